#include "core/rules/rule.h"

#include "core/reconcile/risk.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

void Report::node(TraceNode::Outcome outcome, Phrase text, std::vector<Evidence> values)
{
    TraceNode row;
    row.type = m_type;
    row.outcome = outcome;
    row.text = std::move(text);
    row.values = std::move(values);
    trace.push_back(std::move(row));
}

void Report::passes(Phrase text)
{
    node(TraceNode::Outcome::Passes, std::move(text));
}

void Report::notApplicable(Phrase text)
{
    node(TraceNode::Outcome::NotApplicable, std::move(text));
}

void Report::notJudged(Phrase reason)
{
    node(TraceNode::Outcome::NotJudged, reason);
    const NotJudged row{m_type, std::move(reason)};
    const bool isKnown = std::any_of(open.begin(), open.end(), [&](const NotJudged& other) {
        return other.reason == row.reason;
    });
    if (!isKnown)
        open.push_back(row);
}

void Report::waits(Phrase text)
{
    node(TraceNode::Outcome::Expected, std::move(text));
}

void Report::found(Finding finding)
{
    node(finding.graceUntil ? TraceNode::Outcome::Expected : TraceNode::Outcome::Fails,
         finding.reason, finding.evidence);
    findings.push_back(std::move(finding));
}

void Report::judgeAgain(Instant at)
{
    if (!judgeAgainAt || at < *judgeAgainAt)
        judgeAgainAt = at;
}

Finding startFinding(const Context& context, FindingType type)
{
    Finding finding;
    const FindingTypeInfo& info = infoOf(type);
    finding.type = type;
    const auto owner = context.policy.owners.find(type);
    finding.owner = owner == context.policy.owners.end() ? info.owner : owner->second;
    const auto severity = context.policy.severities.find(type);
    finding.severity =
        severity == context.policy.severities.end() ? info.severity : severity->second;
    return finding;
}

void applyGrace(const Context& context, Instant since, Millis grace, Finding& finding,
                Report& report)
{
    finding.since = since;
    const Instant until = since + grace;
    if (context.now() >= until)
        return;
    finding.graceUntil = until;
    report.judgeAgain(until);
}

void setRisk(const Context& context, const money::Money& amount, RiskKind kind, Finding& finding)
{
    finding.atRisk = amount;
    finding.riskKind = kind;
    if (context.facts.order)
        finding.atRiskShop = reconcile::atShopRate(*context.facts.order, amount);
}

void setUnits(const Context& context, std::vector<UnitId> units, Finding& finding)
{
    std::sort(units.begin(), units.end());
    units.erase(std::unique(units.begin(), units.end()), units.end());
    std::set<LineId> lines;
    std::set<std::string> skus;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (!std::binary_search(units.begin(), units.end(), unit.id))
            continue;
        if (unit.hasLine())
            lines.insert((*context.facts.order->lines)[unit.line].id);
        if (!unit.sku.empty())
            skus.insert(unit.sku);
    }
    finding.units = std::move(units);
    finding.lines.assign(lines.begin(), lines.end());
    if (skus.size() == 1)
        finding.sku = *skus.begin();
}

std::string amountText(const money::Money& amount)
{
    return amount.groupedText();
}

Evidence evidence(std::string field, std::string value, const DocumentRef& document)
{
    return {std::move(field), std::move(value), document, {}};
}

} // namespace counterfoil::rules
