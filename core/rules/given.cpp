#include "core/rules/given.h"

#include "core/rules/rule.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// Parts of @p amount by what the units are worth; equal parts where they are worth nothing.
/// Empty when none of the units is in the case.
std::map<UnitId, Money> sharesOf(const Context& context, const Money& amount,
                                 const std::set<UnitId>& units)
{
    std::vector<UnitId> ids;
    std::vector<std::int64_t> weights;
    bool isWorthNothing = true;
    for (const reconcile::UnitCredit& unit : context.expected.units) {
        if (unit.isExchange || (!units.empty() && units.count(unit.unit) == 0))
            continue;
        ids.push_back(unit.unit);
        weights.push_back(std::max<std::int64_t>(0, unit.valueMax.minor()));
        isWorthNothing = isWorthNothing && weights.back() == 0;
    }
    std::map<UnitId, Money> shares;
    if (ids.empty())
        return shares;
    if (isWorthNothing)
        std::fill(weights.begin(), weights.end(), 1);
    const Result<std::vector<Money>> parts = amount.allocate(weights);
    for (std::size_t i = 0; parts && i < ids.size(); ++i)
        shares.emplace(ids[i], (*parts)[i]);
    return shares;
}

void addBalance(const Context& context, std::vector<Given>& out)
{
    const reconcile::BookCredit& book = context.credited.balance;
    for (const reconcile::BookEntry& entry : book.entries) {
        if (!entry.isNamed || !entry.amount.isPositive())
            continue;
        Given row;
        row.amount = entry.amount;
        row.shares = sharesOf(context, entry.amount, {entry.units.begin(), entry.units.end()});
        row.source = entry.source;
        row.at = entry.at;
        if (context.facts.account)
            row.document = context.facts.account->document;
        out.push_back(std::move(row));
    }
    if (!book.automatic.isPositive())
        return;
    Given row;
    row.amount = book.automatic;
    row.shares = sharesOf(context, book.automatic, {});
    row.source = "automatic";
    row.document = context.facts.order->returnsRef;
    out.push_back(std::move(row));
}

void addReturngo(const Context& context, std::vector<Given>& out)
{
    std::vector<const RmaTransaction*> rows;
    for (const RmaTransaction& row : context.facts.rma->transactions) {
        // ReturnGO has no account credit: on account orders "paid outside" is how one is written
        // down, not money of its own (returngo.md 7.1).
        const bool isNote =
            row.type.value == RmaTransactionType::BankAccount && context.payment.hasAccountMethod();
        const bool isGiven = !isNote && row.status.value == RmaTransactionStatus::Success &&
                             reconcile::isMoneyOut(row.type.value) &&
                             row.type.value != RmaTransactionType::Unknown && !row.units.empty() &&
                             row.amount.presentment.currency() == context.expected.currency;
        if (isGiven)
            rows.push_back(&row);
    }
    std::sort(rows.begin(), rows.end(),
              [](const RmaTransaction* a, const RmaTransaction* b) { return a->id < b->id; });
    for (const RmaTransaction* tx : rows) {
        Given row;
        const Resolution way = reconcile::routeOf(tx->type.value);
        row.means = way == Resolution::RefundToStoreCredit || way == Resolution::GiftCard
                        ? Given::Means::Code
                        : Given::Means::Money;
        row.amount = tx->amount.presentment.magnitude();
        row.shares = sharesOf(context, row.amount, {tx->units.begin(), tx->units.end()});
        row.source = "returngo";
        row.at = tx->updatedAt ? tx->updatedAt : tx->createdAt;
        row.document = tx->document;
        if (!row.shares.empty())
            out.push_back(std::move(row));
    }
}

/// A refund by hand is this return's when it says so, or takes exactly the returned pieces.
bool isCertain(const Context& context, const reconcile::ShopRefund& refund)
{
    if (refund.isLinked || refund.isByAmount)
        return true;
    const bool isOnlyOurs =
        std::all_of(refund.refund->lines.begin(), refund.refund->lines.end(),
                    [&](const RefundLine& row) { return refund.pieces.count(row.line) > 0; });
    return isOnlyOurs && refund.refund->linesComplete &&
           std::all_of(refund.pieces.begin(), refund.pieces.end(), [&](const auto& row) {
               const reconcile::ExpectedLine* line = context.expected.line(row.first);
               return line && static_cast<std::int64_t>(line->units.size()) == row.second;
           });
}

void addByHand(const Context& context, std::vector<Given>& out)
{
    // ReturnGO's own refund may be known by its transaction alone, which then names no refund.
    const bool isOpen =
        context.facts.rma &&
        std::any_of(context.facts.rma->transactions.begin(), context.facts.rma->transactions.end(),
                    [](const RmaTransaction& row) {
                        return row.status.value == RmaTransactionStatus::Success &&
                               row.type.value == RmaTransactionType::RefundToPaymentMethod &&
                               row.externalReferenceId.empty();
                    });
    for (const reconcile::ShopRefund& refund : context.refunds) {
        if (refund.maker == reconcile::RefundMaker::Returngo || isOpen || !refund.hasMoney() ||
            !isCertain(context, refund))
            continue;
        Given row;
        row.means = Given::Means::Money;
        row.amount = refund.out.plus(refund.manual).value_or(refund.out);
        const std::vector<UnitId> units = reconcile::unitsOf(context.facts, context.joined, refund);
        row.shares = sharesOf(context, row.amount, {units.begin(), units.end()});
        row.source = "shopify";
        row.at = refund.refund->createdAt;
        row.document = context.facts.order->moneyRef;
        if (!row.shares.empty())
            out.push_back(std::move(row));
    }
}

} // namespace

std::vector<Given> givenFor(const Context& context)
{
    std::vector<Given> out;
    if (!context.facts.order)
        return out;
    addBalance(context, out);
    if (context.facts.rma && context.facts.rma->hasDetail)
        addReturngo(context, out);
    addByHand(context, out);
    return out;
}

bool isGivenJudgeable(const Context& context, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return false;
    }
    const bool isPart = context.expected.problem.code == "not-judged.unit-unmatched" &&
                        !context.expected.units.empty();
    if (!context.expected.isJudgeable() && !isPart) {
        report.notJudged(context.expected.problem);
        return false;
    }
    return true;
}

Money worthOf(const reconcile::UnitCredit& unit)
{
    return unit.state == reconcile::CreditState::Forecast ? unit.valueMax : unit.amount.gross;
}

} // namespace counterfoil::rules
