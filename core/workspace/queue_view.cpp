#include "core/workspace/queue_view.h"

#include "core/phrases/phrases.h"
#include "core/reconcile/risk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace counterfoil::workspace {

namespace {

using store::StoredFinding;
using view::QueueRow;
using view::RowState;

RowState stateOf(const StoredFinding& row)
{
    if (row.isClaimed && row.state == "open")
        return RowState::SaidDone;
    constexpr std::array<std::pair<std::string_view, RowState>, 10> kStates{{
        {"open", RowState::Open},
        {"expected", RowState::Expected},
        {"in-progress", RowState::InProgress},
        {"awaiting-approval", RowState::AwaitingApproval},
        {"waiting-for", RowState::WaitingFor},
        {"settling", RowState::Settling},
        {"snoozed", RowState::Snoozed},
        {"closed", RowState::Closed},
        {"accepted", RowState::Accepted},
        {"history", RowState::History},
    }};
    for (const auto& [word, state] : kStates) {
        if (word == row.state)
            return state;
    }
    return RowState::Open;
}

bool isLive(std::string_view state)
{
    return state != "closed" && state != "accepted" && state != "history";
}

/// The resolve clock: business hours of the site, moved by pauses; history and expected rows have
/// none.
void setClock(const StoredFinding& stored, const SiteContext& sites, Instant now, QueueRow& row)
{
    const SiteConfig* site = sites.site(stored.site);
    if (!site || row.state == RowState::History || row.state == RowState::Expected ||
        row.state == RowState::Closed)
        return;
    const domain::Policy& policy = site->site.policy;
    const auto own = policy.sla.find(stored.finding.type);
    const int hours = own != policy.sla.end() ? own->second.resolve
                                              : domain::infoOf(stored.finding.type).resolveHours;
    if (hours <= 0)
        return;
    const reconcile::BusinessCalendar& calendar = sites.calendar(stored.site);
    Instant start = stored.firstSeen;
    if (stored.isInherited && policy.goLive && *policy.goLive > start)
        start = *policy.goLive;
    const Millis whole = std::chrono::hours(hours);
    const auto due = calendar.add(start, whole + stored.pausedFor);
    if (!due)
        return;
    row.due = *due;
    row.isPaused = row.state == RowState::WaitingFor || row.state == RowState::Snoozed;
    const Millis used = calendar.elapsed(start, now) - stored.pausedFor;
    row.slaUsed = static_cast<double>(used.count()) / static_cast<double>(whole.count());
}

std::string riskNote(const domain::Finding& finding, const std::optional<money::Money>& inside)
{
    if (inside)
        return "in " + inside->groupedText();
    switch (finding.riskKind) {
    case domain::RiskKind::Over:
        return "over";
    case domain::RiskKind::Under:
        return "under";
    case domain::RiskKind::Blocked:
        return "blocked";
    case domain::RiskKind::None:
    case domain::RiskKind::Stock:
        return {};
    }
    return {};
}

/// The refund of the same case in which a wrong value sits, or nullopt.
std::optional<money::Money> insideOf(const StoredFinding& row,
                                     std::span<const StoredFinding* const> ofCase)
{
    if (!row.finding.atRisk || row.finding.riskKind != domain::RiskKind::Over)
        return std::nullopt;
    for (const StoredFinding* other : ofCase) {
        const bool isWholeRefund =
            other->finding.type == domain::FindingType::AccountOrderGatewayRefund ||
            other->finding.type == domain::FindingType::AccountOrderStoreCredit;
        if (other != &row && isWholeRefund && isLive(other->state) && other->finding.atRisk &&
            other->finding.atRisk->currency() == row.finding.atRisk->currency() &&
            other->finding.atRisk->minor() >= row.finding.atRisk->minor())
            return other->finding.atRisk;
    }
    return std::nullopt;
}

/// "On account · 30 days": how the buyer pays, and the terms of the account where it has some.
std::string accountNote(const std::string& payment, const std::string& terms)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kWords{
        {{"account", "On account"}, {"invoice", "Invoice"}, {"card", "Card"}, {"quote", "Quote"}}};
    std::string out;
    for (const auto& [word, text] : kWords) {
        if (payment == word)
            out = text;
    }
    if (terms.empty() || payment == "card")
        return out;
    const bool isDays = terms.find_first_not_of("0123456789") == std::string::npos;
    return out + (out.empty() ? "" : " · ") + terms + (isDays ? " days" : "");
}

QueueRow rowOf(const StoredFinding& in, const SiteContext& sites, Instant now)
{
    QueueRow out;
    out.id = in.id;
    out.caseId = in.caseId;
    out.site = in.site;
    out.type = in.finding.type;
    out.severity = in.finding.severity;
    out.owner = in.finding.owner;
    out.state = stateOf(in);
    out.title = phrases::text(in.finding.title);
    out.reason = phrases::text(in.finding.reason);
    out.rma = in.rma;
    out.rmaStatus = in.rmaStatus;
    out.order = in.orderName;
    out.po = in.po;
    out.customer = in.customer;
    out.customerNote = accountNote(in.paymentWord, in.customerNote);
    out.assignee = in.assignee;
    out.assigneeName = in.assignee.empty() ? std::string() : sites.personName(in.assignee);
    out.waitingFor = in.waitingFor;
    out.atRisk = in.finding.atRisk;
    out.riskKind = in.finding.riskKind;
    out.orderKey = reconcile::orderKey(in.finding);
    out.canLeaveNow = in.finding.finality == domain::Finality::LeavesNow &&
                      in.finding.riskKind == domain::RiskKind::Over;
    out.firstSeen =
        in.finding.since && *in.finding.since < in.firstSeen ? *in.finding.since : in.firstSeen;
    out.graceUntil = in.finding.graceUntil;
    out.snoozedUntil = in.snoozedUntil;
    out.isRegressed = in.isRegressed;
    out.isInherited = in.isInherited;
    out.isClaimed = in.isClaimed;
    out.sku = in.finding.sku;
    out.payment = in.paymentWord;
    out.cause = phrases::text(in.finding.cause);
    out.expected = in.finding.expected;
    out.actual = in.finding.actual;
    out.lineCount = static_cast<int>(in.finding.lines.size());
    out.seq = in.seq;
    setClock(in, sites, now, out);
    return out;
}

using CaseKey = std::pair<std::string, std::string>;
std::map<CaseKey, std::vector<const StoredFinding*>>
byCase(const std::vector<StoredFinding>& findings)
{
    std::map<CaseKey, std::vector<const StoredFinding*>> out;
    for (const StoredFinding& row : findings)
        out[{row.site, row.caseId.value}].push_back(&row);
    return out;
}

} // namespace

std::vector<QueueRow> caseRows(std::span<const StoredFinding* const> ofCase,
                               const SiteContext& sites, Instant now)
{
    std::vector<QueueRow> rows;
    rows.reserve(ofCase.size());
    for (const StoredFinding* stored : ofCase) {
        QueueRow row = rowOf(*stored, sites, now);
        row.riskNote = riskNote(stored->finding, insideOf(*stored, ofCase));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<QueueRow> queueRows(const std::vector<StoredFinding>& findings,
                                const SiteContext& sites, Instant now)
{
    std::vector<QueueRow> rows;
    rows.reserve(findings.size());
    for (const auto& [key, ofCase] : byCase(findings)) {
        for (QueueRow& row : caseRows(ofCase, sites, now))
            rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const QueueRow& a, const QueueRow& b) {
        return std::tie(b.orderKey, a.firstSeen, a.id) < std::tie(a.orderKey, b.firstSeen, b.id);
    });
    return rows;
}

void RiskSum::add(std::span<const StoredFinding* const> ofCase)
{
    std::vector<domain::Finding> live;
    for (const StoredFinding* row : ofCase) {
        if (isLive(row->state) && row->state != "expected" && row->state != "snoozed")
            live.push_back(row->finding);
    }
    std::set<money::Currency> seen;
    for (const auto& [kind, amount] : reconcile::caseAtRisk(live)) {
        const money::Currency currency = amount.currency();
        const auto [at, isNew] = m_sums.try_emplace(currency);
        view::RiskTotals& total = at->second.total;
        if (isNew) {
            total.currency = currency;
            total.over = total.under = total.blocked = total.stock = money::Money::zero(currency);
        }
        money::Money& target = kind == domain::RiskKind::Over      ? total.over
                               : kind == domain::RiskKind::Under   ? total.under
                               : kind == domain::RiskKind::Blocked ? total.blocked
                                                                   : total.stock;
        target = target.plus(amount).value_or(target);
        if (seen.insert(currency).second)
            ++at->second.cases;
    }
}

std::vector<view::RiskTotals> RiskSum::totals(money::Currency first) const
{
    std::vector<view::RiskTotals> out;
    for (const auto& [currency, sum] : m_sums) {
        view::RiskTotals total = sum.total;
        total.sumShown = fmt::format("{} over, {} under, {} blocked from {} cases; amounts inside "
                                     "another one are counted once",
                                     total.over.groupedText(), total.under.groupedText(),
                                     total.blocked.groupedText(), sum.cases);
        out.insert(currency == first ? out.begin() : out.end(), std::move(total));
    }
    return out;
}

void countCase(std::span<const QueueRow> rows, const std::string& person, view::FrameView& frame)
{
    bool isCounted = false;
    for (const QueueRow& row : rows) {
        if (row.state == RowState::Snoozed)
            ++frame.snoozed;
        if (row.state == RowState::Expected)
            ++frame.expected;
        const std::string_view word = view::rowStateWord(row.state);
        if (!isLive(word) || word == "snoozed" || word == "expected")
            continue;
        ++frame.open;
        frame.cases += isCounted ? 0 : 1;
        isCounted = true;
        frame.mine += !person.empty() && row.assignee == person ? 1 : 0;
        frame.finance += row.owner == domain::Owner::Finance ? 1 : 0;
        frame.customerService += row.owner == domain::Owner::CustomerService ? 1 : 0;
        frame.warehouse += row.owner == domain::Owner::Warehouse ? 1 : 0;
        frame.integration += row.owner == domain::Owner::Integration ? 1 : 0;
    }
}

} // namespace counterfoil::workspace
