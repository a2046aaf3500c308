#pragma once

#include "core/rules/context.h"

#include <string>
#include <vector>

namespace counterfoil::rules {

/// What one rule says about one case.
class Report {
public:
    explicit Report(domain::FindingType type) : m_type(type) {}

    void passes(domain::Phrase text);
    /// The rule has nothing to say about this kind of case.
    void notApplicable(domain::Phrase text);
    void notJudged(domain::Phrase reason);
    /// Not yet a matter of judging: the system is at it.
    void waits(domain::Phrase text);
    void found(domain::Finding finding);
    /// Time alone changes the answer at @p at.
    void judgeAgain(Instant at);

    std::vector<domain::Finding> findings;
    std::vector<domain::NotJudged> open;
    std::vector<domain::TraceNode> trace;
    std::optional<Instant> judgeAgainAt;

private:
    void node(domain::TraceNode::Outcome outcome, domain::Phrase text,
              std::vector<domain::Evidence> values = {});
    domain::FindingType m_type;
};

using RuleFunction = void (*)(const Context&, Report&);

/// A finding of @p type with the site's owner and severity.
[[nodiscard]] domain::Finding startFinding(const Context& context, domain::FindingType type);

/// Inside its grace window a fact is expected, not a finding (product.md 2): sets graceUntil and
/// the moment to judge again.
void applyGrace(const Context& context, Instant since, Millis grace, domain::Finding& finding,
                Report& report);

/// Sets at risk in both currencies.
void setRisk(const Context& context, const money::Money& amount, domain::RiskKind kind,
             domain::Finding& finding);

/// SKU and lines of the units; the SKU only when it is one.
void setUnits(const Context& context, std::vector<UnitId> units, domain::Finding& finding);

/// "48.00": amounts inside sentences.
[[nodiscard]] std::string amountText(const money::Money& amount);
[[nodiscard]] domain::Evidence evidence(std::string field, std::string value,
                                        const domain::DocumentRef& document);

} // namespace counterfoil::rules
