#include "core/base/text.h"
#include "core/query/filter.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::query {

namespace {

std::vector<std::string> valuesOf(Key key)
{
    switch (key) {
    case Key::Is:
        return {"open",      "mine",    "unassigned", "overdue", "regressed",
                "inherited", "history", "claimed",    "snoozed", "expected"};
    case Key::Type: {
        std::vector<std::string> ids;
        for (const domain::FindingTypeInfo& info : domain::findingTypes())
            ids.emplace_back(info.id);
        return ids;
    }
    case Key::Owner:
    case Key::Team:
        return {"finance", "cx", "warehouse", "integration"};
    case Key::Severity:
        return {"critical", "high", "medium", "low"};
    case Key::State:
        return {"open",     "expected", "in-progress", "awaiting-approval", "waiting-for",
                "settling", "snoozed",  "closed",      "accepted",          "history"};
    case Key::Sort:
        return {"risk", "age", "sla", "severity", "customer"};
    case Key::Group:
        return {"case", "none"};
    case Key::Platform:
        return {"shopify", "sparklayer", "returngo"};
    case Key::Payment:
        return {"account", "invoice", "card"};
    case Key::Po:
        return {"missing"};
    case Key::Sla:
        return {"over", "<4h"};
    default:
        return {};
    }
}

} // namespace

std::vector<Suggestion> suggest(std::string_view text, std::size_t cursor)
{
    std::vector<Suggestion> out;
    const std::string_view before = text.substr(0, std::min(cursor, text.size()));
    const std::vector<Token> pieces = tokens(before);
    const bool isAtPiece = !pieces.empty() && pieces.back().end == before.size();
    const std::size_t begin = isAtPiece ? pieces.back().begin : before.size();
    const std::string minus = isAtPiece && pieces.back().isNegated ? "-" : "";
    if (isAtPiece && !pieces.back().key.empty()) {
        const auto key = keyFromWord(pieces.back().key);
        if (!key)
            return out;
        const std::string typed = folded(pieces.back().values.back());
        std::string head = fmt::format("{}{}:", minus, keyWord(*key));
        for (std::size_t i = 0; i + 1 < pieces.back().values.size(); ++i)
            head += pieces.back().values[i] + ',';
        for (const std::string& value : valuesOf(*key)) {
            if (value.starts_with(typed) && value != typed)
                out.push_back({head + value, begin, before.size()});
        }
        return out;
    }
    const std::string typed = isAtPiece ? folded(pieces.back().values.front()) : std::string();
    for (std::size_t i = 1; i <= static_cast<std::size_t>(Key::Group); ++i) {
        const std::string_view word = keyWord(static_cast<Key>(i));
        if (word.starts_with(typed))
            out.push_back({fmt::format("{}{}:", minus, word), begin, before.size()});
    }
    return out;
}

} // namespace counterfoil::query
