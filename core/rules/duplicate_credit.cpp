#include "core/rules/given.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// What one unit got, and by how many credits that were each a whole one or a good part of it.
struct UnitGiven {
    Money balance, paid, largest, second;
    Money sum;
    std::int64_t parts = 0; ///< each rounded by up to one minor unit
};

void add(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

std::map<UnitId, UnitGiven> byUnit(const Context& context, const std::vector<Given>& all)
{
    const Money zero = Money::zero(context.expected.currency);
    std::map<UnitId, UnitGiven> units;
    for (const Given& given : all) {
        for (const auto& [id, share] : given.shares) {
            UnitGiven& unit =
                units.try_emplace(id, UnitGiven{zero, zero, zero, zero, zero, 0}).first->second;
            add(given.means == Given::Means::Balance ? unit.balance : unit.paid, share);
            add(unit.sum, share);
            ++unit.parts;
            if (share.minor() > unit.largest.minor()) {
                unit.second = unit.largest;
                unit.largest = share;
            } else if (share.minor() > unit.second.minor()) {
                unit.second = share;
            }
        }
    }
    return units;
}

struct Doubled {
    std::vector<UnitId> units;
    Money amount;
    bool isTwoMeans = false;
};

/// Units that got more than they are worth, and got it twice. One payment in parts, or the paid and
/// the unpaid part of an order each settled its own way, add up to no more than the worth.
Doubled doubledOf(const Context& context, const std::vector<Given>& all)
{
    const std::map<UnitId, UnitGiven> units = byUnit(context, all);
    Doubled out;
    out.amount = Money::zero(context.expected.currency);
    for (const reconcile::UnitCredit& credit : context.expected.units) {
        const auto found = units.find(credit.unit);
        if (found == units.end())
            continue;
        const UnitGiven& unit = found->second;
        const Money worth = worthOf(credit);
        const bool isTwoMeans = unit.balance.isPositive() && unit.paid.isPositive();
        const bool isTwice = unit.second.isPositive() && unit.second.minor() * 2 >= worth.minor();
        const Money above = unit.sum.minus(worth).value_or(worth);
        if ((!isTwoMeans && !isTwice) || above.minor() <= unit.parts)
            continue;
        const Money less = isTwoMeans && unit.balance.minor() < unit.paid.minor() ? unit.balance
                           : isTwoMeans                                           ? unit.paid
                                                                                  : unit.second;
        add(out.amount, above.minor() < less.minor() ? above : less);
        out.units.push_back(credit.unit);
        out.isTwoMeans = out.isTwoMeans || isTwoMeans;
    }
    return out;
}

void emit(const Context& context, const std::vector<Given>& all, const Doubled& doubled,
          Report& report)
{
    Finding finding = startFinding(context, FindingType::DuplicateCredit);
    finding.variant = doubled.isTwoMeans ? "two-means" : "same-book";
    const std::set<UnitId> units(doubled.units.begin(), doubled.units.end());
    std::string sources;
    Money first = Money::zero(context.expected.currency);
    for (const Given& given : all) {
        const bool isIt =
            std::any_of(given.shares.begin(), given.shares.end(), [&](const auto& row) {
                return units.count(row.first) > 0 && row.second.isPositive();
            });
        if (!isIt)
            continue;
        finding.evidence.push_back(
            evidence("amount", amountText(given.amount) + " " + given.source, given.document));
        if (given.at && (!finding.since || *given.at > *finding.since))
            finding.since = given.at; // the second one made it two
        add(first, given.amount);
    }
    setUnits(context, doubled.units, finding);
    setRisk(context, doubled.amount, RiskKind::Over, finding);
    finding.finality = Finality::Final;
    finding.expected = context.expected.total.gross.decimalText();
    finding.actual = first.decimalText();
    finding.title = Phrase("duplicate-credit.title").with("amount", amountText(doubled.amount));
    finding.reason = Phrase("duplicate-credit." + finding.variant + ".reason")
                         .with("actual", amountText(first))
                         .with("amount", amountText(doubled.amount));
    finding.causeCode = "duplicate-" + finding.variant;
    report.found(std::move(finding));
}

} // namespace

// The same unit credited twice in one book, or by the account's credit and by money or a code as
// well (law.md 1). Closes when one of them is reversed.
void duplicateCredit(const Context& context, Report& report)
{
    if (!isGivenJudgeable(context, report))
        return;
    const std::vector<Given>& all = context.given;
    const Doubled doubled = doubledOf(context, all);
    if (doubled.units.empty()) {
        report.passes(
            Phrase(all.empty() ? "trace.duplicate-credit.nothing" : "trace.duplicate-credit.once"));
        return;
    }
    emit(context, all, doubled, report);
}

} // namespace counterfoil::rules
