#include "core/rules/judge.h"

#include "core/reconcile/risk.h"
#include "core/rules/registry.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

namespace counterfoil::rules {

using namespace domain;
using T = FindingType;

namespace {

// Chains of law.md 6, each left before right; a type hides everything to its right in its chain.
constexpr std::array<std::array<T, 4>, 3> kChains{{
    {T::DuplicateCredit, T::OverCredit, T::TaxOrCurrencyMismatch, T::CreditValueMismatch},
    {T::RejectedUnitRestocked, T::RestockedBeforeInspection, T::StockMovementMissing,
     T::QuarantineOverdue},
    {T::ManualRefundOpenReturn, T::MoneyStateDrift, T::ReturnStatusDrift, T::ReturnStalled},
}};

bool isMoneyFinding(const Finding& finding)
{
    return finding.riskKind == RiskKind::Over || finding.riskKind == RiskKind::Under ||
           finding.riskKind == RiskKind::Blocked;
}

Severity raised(Severity severity)
{
    return severity == Severity::Critical
               ? severity
               : static_cast<Severity>(static_cast<std::uint8_t>(severity) + 1);
}

/// One step up, once, if any of product.md 2's reasons holds.
void raiseSeverity(const Context& context, Finding& finding)
{
    if (finding.graceUntil)
        return;
    const bool hasLeft = finding.finality == Finality::Final && finding.riskKind == RiskKind::Over;
    bool isClosing = false;
    if (isMoneyFinding(finding)) {
        static const reconcile::TimeZone kUtc;
        const reconcile::TimeZone& zone =
            context.zones ? context.zones->find(context.policy.calendar.timezone) : kUtc;
        const reconcile::BusinessCalendar calendar(context.policy.calendar, zone);
        isClosing = calendar.isInLastDays(context.now(), 3);
    }
    const std::int64_t limit = context.policy.amountLimitMinor;
    const bool isLarge = limit > 0 && finding.atRiskShop && isMoneyFinding(finding) &&
                         finding.atRiskShop->magnitude().minor() > limit;
    if (hasLeft || isClosing || isLarge)
        finding.severity = raised(finding.severity);
    if (isClosing && finding.finality == Finality::Ordinary)
        finding.finality = Finality::Soon;
}

/// Empty units mean the whole case.
bool coversUnits(const Finding& left, const Finding& right)
{
    if (left.units.empty())
        return true;
    return !right.units.empty() && std::includes(left.units.begin(), left.units.end(),
                                                 right.units.begin(), right.units.end());
}

/// The same excess told from another side: a credit given twice is also too high for its line,
/// though it was only one of the line's units that got it.
bool isSameExcess(const Finding& left, const Finding& right)
{
    const bool isFirst = left.type == T::DuplicateCredit || left.type == T::OverCredit;
    const bool isOver = left.riskKind == RiskKind::Over && right.riskKind == RiskKind::Over &&
                        left.atRisk && right.atRisk;
    if (!isFirst || !isOver || right.atRisk->minor() > left.atRisk->minor())
        return false;
    std::vector<UnitId> both;
    std::set_intersection(left.units.begin(), left.units.end(), right.units.begin(),
                          right.units.end(), std::back_inserter(both));
    return !both.empty();
}

bool stands(const Finding& left, const Finding& right)
{
    return hides(left.type, right.type) && (coversUnits(left, right) || isSameExcess(left, right));
}

void hideFindings(Judgement& judgement)
{
    std::vector<Finding> shown;
    for (const Finding& right : judgement.findings) {
        Finding* hider = nullptr;
        for (Finding& left : judgement.findings) {
            // What is only expected cannot stand for what is there already.
            const bool isStrong = !left.graceUntil || right.graceUntil;
            if (&left != &right && isStrong && stands(left, right)) {
                hider = &left;
                break;
            }
        }
        if (!hider) {
            shown.push_back(right);
            continue;
        }
        for (TraceNode& node : judgement.trace) {
            const bool isIt = node.type == right.type && node.text == right.reason;
            if (isIt)
                node.outcome = TraceNode::Outcome::Hidden;
        }
    }
    for (Finding& finding : shown) {
        for (const Finding& right : judgement.findings) {
            const bool isHidden =
                stands(finding, right) && (!finding.graceUntil || right.graceUntil);
            if (isHidden && std::find(finding.hiddenTypes.begin(), finding.hiddenTypes.end(),
                                      right.type) == finding.hiddenTypes.end())
                finding.hiddenTypes.push_back(right.type);
        }
    }
    judgement.findings = std::move(shown);
}

void addEarlier(std::optional<Instant>& at, const std::optional<Instant>& other)
{
    if (other && (!at || *other < *at))
        at = other;
}

bool isInScope(const Rule& rule, CaseKind kind)
{
    return rule.scope == Scope::Both || (rule.scope == Scope::Feeds) == (kind == CaseKind::Feed);
}

bool isFinishedStatus(RmaStatus status)
{
    return status == RmaStatus::Done || status == RmaStatus::Rejected ||
           status == RmaStatus::Canceled;
}

/// With the moment unknown, anything that proves life after the line keeps it out of history.
bool isBeforeGoLive(const CaseFacts& facts, const Policy& policy)
{
    if (!policy.goLive || facts.kind == CaseKind::Feed)
        return false;
    const std::optional<Instant> finished = finishedAt(facts);
    return finished && *finished < *policy.goLive;
}

} // namespace

bool hides(FindingType left, FindingType right)
{
    // Neither of the last two of the stock chain hides the other.
    if (left == T::StockMovementMissing && right == T::QuarantineOverdue)
        return false;
    for (const auto& chain : kChains) {
        const auto l = std::find(chain.begin(), chain.end(), left);
        const auto r = std::find(chain.begin(), chain.end(), right);
        if (l != chain.end() && r != chain.end() && l < r)
            return true;
    }
    const bool isWrongMethod =
        left == T::AccountOrderGatewayRefund || left == T::AccountOrderStoreCredit;
    const bool isItsMoney =
        right == T::RefundStuck || right == T::CreditNotPosted || right == T::MoneyStateDrift;
    if (isWrongMethod && isItsMoney)
        return true;
    return left == T::ReturnLineUnmatched && right != T::ReturnLineUnmatched;
}

std::optional<Instant> finishedAt(const CaseFacts& facts)
{
    if (facts.rma) {
        if (!isFinishedStatus(facts.rma->status.value))
            return std::nullopt;
        std::optional<Instant> at =
            facts.rma->statusSince ? facts.rma->statusSince : facts.rma->updatedAt;
        for (const RmaTransaction& row : facts.rma->transactions) {
            const std::optional<Instant>& moved = row.updatedAt ? row.updatedAt : row.createdAt;
            if (at && moved && *moved > *at)
                at = moved; // money still moved after the state did
        }
        return at;
    }
    std::optional<Instant> last;
    for (const ShopifyReturn* back : reconcile::returnsOf(facts)) {
        if (!back->closedAt)
            return std::nullopt;
        if (!last || *back->closedAt > *last)
            last = back->closedAt;
    }
    return last;
}

Judgement judge(const CaseFacts& facts, const Policy& policy, const reconcile::TimeZones* zones)
{
    const Context context = makeContext(facts, policy, zones);
    Judgement judgement;
    judgement.isHistory = isBeforeGoLive(facts, policy);
    for (const Rule& rule : registry()) {
        if (!isInScope(rule, facts.kind))
            continue;
        Report report(rule.type);
        rule.run(context, report);
        for (Finding& finding : report.findings) {
            raiseSeverity(context, finding);
            judgement.findings.push_back(std::move(finding));
        }
        judgement.notJudged.insert(judgement.notJudged.end(), report.open.begin(),
                                   report.open.end());
        judgement.trace.insert(judgement.trace.end(), report.trace.begin(), report.trace.end());
        addEarlier(judgement.judgeAgainAt, report.judgeAgainAt);
    }
    std::sort(judgement.findings.begin(), judgement.findings.end(),
              [](const Finding& a, const Finding& b) {
                  return std::tie(a.type, a.subject) < std::tie(b.type, b.subject);
              });
    hideFindings(judgement);
    return judgement;
}

} // namespace counterfoil::rules
