#include "core/base/text.h"
#include "core/decode/returngo_values.h"

#include <algorithm>
#include <array>
#include <utility>

namespace counterfoil::decode::returngo {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{{
    {"&amp;", "&"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&nbsp;", " "},
}};

void later(std::optional<Instant>& kept, std::optional<Instant> candidate)
{
    if (candidate && (!kept || *candidate > *kept))
        kept = candidate;
}

/// Words of the time-line that lead into a status.
std::vector<std::string_view> wordsInto(domain::RmaStatus status)
{
    switch (status) {
    case domain::RmaStatus::Pending:
        return {"created", "reopened"};
    case domain::RmaStatus::Approved:
        return {"approved", "reopened"};
    case domain::RmaStatus::Received:
        return {"received"};
    case domain::RmaStatus::Validated:
        return {"validated"};
    case domain::RmaStatus::Done:
        return {"done"};
    case domain::RmaStatus::Rejected:
        return {"rejected"};
    case domain::RmaStatus::Canceled:
        return {"canceled"};
    case domain::RmaStatus::Unknown:
        break;
    }
    return {};
}

/// The newest moment that the time-line or the events give for @p word.
std::optional<Instant> newest(const ReturngoAdapter& adapter, const domain::Rma& rma,
                              std::string_view word)
{
    std::optional<Instant> at;
    const auto patterns = adapter.timeline.find(std::string(word));
    for (const domain::RmaComment& comment : rma.comments) {
        // A person's note may use the same words: only what the system wrote tells.
        if (patterns == adapter.timeline.end() || !sameText(comment.type, "system"))
            continue;
        const std::string text = folded(comment.text);
        const bool says = std::any_of(
            patterns->second.begin(), patterns->second.end(), [&](const std::string& pattern) {
                return !pattern.empty() && text.find(pattern) != std::string::npos;
            });
        if (says)
            later(at, comment.at);
    }
    for (const domain::Attribute& event : rma.events) {
        const auto known = adapter.events.find(event.key);
        if (known == adapter.events.end() || known->second != word)
            continue;
        if (const Result<Instant> instant = parseInstant(event.value); instant)
            later(at, *instant);
    }
    return at;
}

} // namespace

void readTimeline(const ReturngoAdapter& adapter, domain::Rma& rma)
{
    rma.receivedAt = newest(adapter, rma, "received");
    rma.approvedAt = newest(adapter, rma, "approved");
    for (const std::string_view word : wordsInto(rma.status.value))
        later(rma.statusSince, newest(adapter, rma, word));
    if (rma.status.value == domain::RmaStatus::Validated && !rma.statusSince) {
        for (const domain::RmaUnit& unit : rma.units)
            later(rma.statusSince, unit.validation.at);
    }
    if (!rma.createdAt && !rma.hasDetail)
        rma.createdAt = newest(adapter, rma, "created");
}

std::string plainText(std::string_view html)
{
    std::string out;
    bool wasBlank = true;
    const auto put = [&](std::string_view text) {
        for (const char c : text) {
            const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!isBlank || !wasBlank)
                out.push_back(isBlank ? ' ' : c);
            wasBlank = isBlank;
        }
    };
    while (!html.empty()) {
        if (html.front() == '<') {
            const std::size_t end = html.find('>');
            if (end != std::string_view::npos) {
                // Breaks and paragraphs part words, other tags do not.
                const std::string tag = folded(html.substr(1, end - 1));
                if (tag.starts_with("br") || tag.starts_with("p") || tag.starts_with("/p") ||
                    tag.starts_with("/li") || tag.starts_with("div"))
                    put(" ");
                html.remove_prefix(end + 1);
                continue;
            }
        }
        if (html.front() == '&') {
            const auto* const found =
                std::find_if(kEntities.begin(), kEntities.end(),
                             [&](const auto& row) { return html.starts_with(row.first); });
            if (found != kEntities.end()) {
                put(found->second);
                html.remove_prefix(found->first.size());
                continue;
            }
        }
        const std::size_t next = std::min(html.find_first_of("<&", 1), html.size());
        put(html.substr(0, next));
        html.remove_prefix(next);
    }
    return std::string(trimmed(out));
}

} // namespace counterfoil::decode::returngo
