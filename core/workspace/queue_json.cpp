#include "core/workspace/queue_json.h"

#include "core/base/text.h"
#include "core/workspace/site_context.h"
#include "core/workspace/terminal_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::workspace {

namespace {

using nlohmann::ordered_json;
using view::QueueRow;

ordered_json orNull(const std::string& text)
{
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json orNull(const std::optional<Instant>& instant)
{
    return instant ? ordered_json(formatInstant(*instant)) : ordered_json(nullptr);
}

ordered_json rowJson(const QueueRow& row)
{
    ordered_json out;
    out["id"] = row.id.value;
    out["type"] = domain::findingTypeId(row.type);
    out["site"] = row.site;
    out["rma"] = orNull(row.rma);
    out["order"] = orNull(row.order);
    out["po"] = orNull(row.po);
    out["customer"] = orNull(row.customer);
    out["owner"] = domain::ownerWord(row.owner);
    out["severity"] = domain::severityWord(row.severity);
    out["state"] = view::rowStateWord(row.state);
    if (row.atRisk)
        out["at_risk"] = {{"amount", row.atRisk->decimalText()},
                          {"currency", row.atRisk->currency().code()}};
    else
        out["at_risk"] = nullptr;
    out["expected"] = orNull(row.expected);
    out["actual"] = orNull(row.actual);
    out["reason"] = row.reason;
    out["cause"] = orNull(row.cause);
    out["case"] = row.caseId.value;
    out["assignee"] = orNull(row.assignee);
    out["sku"] = orNull(row.sku);
    out["lines"] = row.lineCount;
    out["risk_kind"] = row.riskKind == domain::RiskKind::None
                           ? ordered_json(nullptr)
                           : ordered_json(domain::riskKindWord(row.riskKind));
    out["first_seen"] = formatInstant(row.firstSeen);
    out["due"] = orNull(row.due);
    out["grace_until"] = orNull(row.graceUntil);
    out["regressed"] = row.isRegressed;
    out["judged"] = true;
    return out;
}

std::string csvField(std::string_view text)
{
    std::string bare = sanitised(text);
    if (!bare.empty() && std::string_view("=+-@\t\r").find(bare[0]) != std::string_view::npos)
        bare.insert(bare.begin(), '\'');
    if (bare.find_first_of("\",\r\n") == std::string::npos)
        return bare;
    std::string out = "\"";
    for (const char c : bare) {
        out += c;
        if (c == '"')
            out += '"';
    }
    return out + '"';
}

} // namespace

std::string queueJson(const std::vector<QueueRow>& rows)
{
    ordered_json out = ordered_json::array();
    for (const QueueRow& row : rows)
        out.push_back(rowJson(row));
    return out.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string queueCsv(const std::vector<QueueRow>& rows)
{
    std::string out = "id,type,site,rma,order,po,customer,owner,severity,state,amount,currency,"
                      "risk_kind,expected,actual,title,reason,cause,"
                      "assignee,first_seen,due\r\n";
    for (const QueueRow& row : rows) {
        const std::string amount = row.atRisk ? row.atRisk->decimalText() : std::string();
        const std::string currency =
            row.atRisk ? std::string(row.atRisk->currency().code()) : std::string();
        const std::array<std::string, 21> fields{row.id.value,
                                                 std::string(domain::findingTypeId(row.type)),
                                                 row.site,
                                                 row.rma,
                                                 row.order,
                                                 row.po,
                                                 row.customer,
                                                 std::string(domain::ownerWord(row.owner)),
                                                 std::string(domain::severityWord(row.severity)),
                                                 std::string(view::rowStateWord(row.state)),
                                                 amount,
                                                 currency,
                                                 std::string(domain::riskKindWord(row.riskKind)),
                                                 row.expected,
                                                 row.actual,
                                                 row.title,
                                                 row.reason,
                                                 row.cause,
                                                 row.assignee,
                                                 formatInstant(row.firstSeen),
                                                 row.due ? formatInstant(*row.due) : std::string()};
        for (std::size_t i = 0; i < fields.size(); ++i) {
            // An amount may be negative and is ours: it is no formula.
            out += i == 10 ? fields[i] : csvField(fields[i]);
            out += i + 1 < fields.size() ? "," : "\r\n";
        }
    }
    return out;
}

std::string queueText(const std::vector<QueueRow>& rows, Instant now, std::size_t width)
{
    constexpr std::size_t kFixed = 9 + 11 + 12 + 24 + 13 + 8 + 10 + 12;
    const std::size_t titleWidth = std::max<std::size_t>(width > kFixed ? width - kFixed : 0, 40);
    const auto line =
        [&](const std::string& severity, const std::string& title, const std::string& rma,
            const std::string& order, const std::string& customer, const std::string& amount,
            const std::string& kind, const std::string& age, const std::string& owner) {
            return fitted(severity, 9, false) + fitted(title, titleWidth, false) + ' ' +
                   fitted(rma, 10, false) + fitted(order, 12, false) + fitted(customer, 23, false) +
                   ' ' + fitted(amount, 12, true) + ' ' + fitted(kind, 8, false) +
                   fitted(age, 10, false) + owner;
        };
    std::string out = line("SEVERITY", "EXCEPTION", "RETURN", "ORDER", "CUSTOMER", "AT RISK", "",
                           "AGE", "OWNER") +
                      '\n';
    for (const QueueRow& row : rows) {
        const std::string amount = row.atRisk ? row.atRisk->displayText() : "—";
        out += line(std::string(domain::severityWord(row.severity)), plainLine(row.title),
                    plainLine(row.rma), plainLine(row.order), plainLine(row.customer), amount,
                    row.riskNote.empty() ? "" : plainLine(row.riskNote),
                    durationText(now - row.firstSeen), std::string(domain::ownerWord(row.owner)));
        while (out.ends_with(' '))
            out.pop_back();
        out += '\n';
    }
    return out;
}

void sortRows(std::vector<QueueRow>& rows, const query::Filter& filter)
{
    const auto before = [&](const QueueRow& a, const QueueRow& b) {
        switch (filter.sort) {
        case query::SortBy::Age:
            return a.firstSeen < b.firstSeen;
        case query::SortBy::Sla:
            return a.due.value_or(Instant::max()) < b.due.value_or(Instant::max());
        case query::SortBy::Severity:
            return a.severity > b.severity;
        case query::SortBy::Customer:
            return folded(a.customer) < folded(b.customer);
        case query::SortBy::Risk:
            return a.orderKey > b.orderKey;
        }
        return false;
    };
    std::stable_sort(rows.begin(), rows.end(), before);
    if (filter.isSortAscending)
        std::reverse(rows.begin(), rows.end());
}

} // namespace counterfoil::workspace
