#include "core/reconcile/shop_refunds.h"

#include "core/base/text.h"

#include <algorithm>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return !value.empty() && std::find(list.begin(), list.end(), value) != list.end();
}

bool isNamedBy(const RmaTransaction& row, const Refund& refund)
{
    return !row.externalReferenceId.empty() &&
           gidNumber(row.externalReferenceId) == gidNumber(refund.id.value);
}

/// ReturnGO's refund must stand in Shopify. Where none of the order's refunds bears the name that
/// its transactions give, the one of the same sum is it: that the name is Shopify's number is
/// inferred (returngo.md 7.2).
bool isUnnamedReturngos(const CaseFacts& facts, const Refund& refund)
{
    Money sum = Money::zero(facts.order->currency);
    for (const RmaTransaction& row : facts.rma->transactions) {
        if (row.status.value != RmaTransactionStatus::Success ||
            row.type.value != RmaTransactionType::RefundToPaymentMethod)
            continue;
        const bool isFound =
            std::any_of(facts.order->refunds->begin(), facts.order->refunds->end(),
                        [&](const Refund& other) { return isNamedBy(row, other); });
        const Result<Money> next = sum.plus(row.amount.presentment.magnitude());
        if (isFound || !next)
            return false;
        sum = *next;
    }
    return sum.isPositive() && sum == refund.total.presentment;
}

RefundMaker makerOf(const CaseFacts& facts, const Policy& policy, const Refund& refund)
{
    if (facts.rma && std::any_of(facts.rma->transactions.begin(), facts.rma->transactions.end(),
                                 [&](const RmaTransaction& row) { return isNamedBy(row, refund); }))
        return RefundMaker::Returngo;
    if (facts.rma && isUnnamedReturngos(facts, refund))
        return RefundMaker::Returngo;
    if (!facts.order->agreements)
        return RefundMaker::Person;
    for (const Agreement& row : *facts.order->agreements) {
        if (row.refund != refund.id)
            continue;
        const std::string title = folded(row.appTitle);
        if (contains(policy.returngoAppIds, row.appId) ||
            title.find("returngo") != std::string::npos)
            return RefundMaker::Returngo;
        if (contains(policy.consoleAppIds, row.appId) ||
            title.find("counterfoil") != std::string::npos)
            return RefundMaker::Console;
    }
    return RefundMaker::Person;
}

/// The Shopify return that the refund hangs on is one of this case's; nullopt: it hangs on none.
std::optional<bool> isOfOurReturn(const CaseFacts& facts, const Refund& refund)
{
    const std::vector<const ShopifyReturn*> returns = returnsOf(facts);
    const auto has = [&](const ShopifyReturn* back) {
        const bool isNamed = refund.shopifyReturn && back->id == *refund.shopifyReturn;
        return isNamed || std::find(back->refunds.begin(), back->refunds.end(), refund.id) !=
                              back->refunds.end();
    };
    if (std::any_of(returns.begin(), returns.end(), has))
        return true;
    return refund.shopifyReturn ? std::optional(false) : std::nullopt;
}

void addMoney(const Order& order, ShopRefund& out)
{
    out.out = out.manual = Money::zero(order.currency);
    if (!out.refund->total.presentment.isPositive())
        return;
    const auto add = [](Money& sum, const Money& part) { sum = sum.plus(part).value_or(sum); };
    for (const PaymentTransaction& row : out.refund->transactions) {
        const bool isOut = row.kind.value == TransactionKind::Refund &&
                           (row.status.value == TransactionStatus::Success ||
                            row.status.value == TransactionStatus::Pending);
        if (isOut && row.amount.presentment.isPositive())
            add(isManualMoney(order, row) ? out.manual : out.out, row.amount.presentment);
    }
    // The total says that money left, and no row says by which way: not by a gateway.
    if (out.refund->transactions.empty())
        out.manual = out.refund->total.presentment;
}

} // namespace

bool isManualMoney(const Order& order, const PaymentTransaction& row)
{
    if (row.isManualGateway || row.gateway == "manual")
        return true;
    return order.transactions && std::any_of(order.transactions->begin(), order.transactions->end(),
                                             [&](const PaymentTransaction& other) {
                                                 const bool isSame = other.id == row.id ||
                                                                     (!row.gateway.empty() &&
                                                                      other.gateway == row.gateway);
                                                 return isSame && other.isManualGateway;
                                             });
}

std::vector<ShopRefund> refundsOfReturn(const CaseFacts& facts, const Policy& policy,
                                        const Joined& joined, const ExpectedCredit& expected)
{
    std::vector<ShopRefund> all;
    if (!facts.order || !facts.order->refunds)
        return all;
    for (const Refund& refund : *facts.order->refunds) {
        const bool isEarlier =
            joined.began && refund.createdAt && *refund.createdAt < *joined.began;
        const std::optional<bool> isOurs = isOfOurReturn(facts, refund);
        if (isEarlier || isOurs == false)
            continue;
        ShopRefund row;
        row.refund = &refund;
        row.isLinked = isOurs.value_or(false);
        for (const RefundLine& line : refund.lines) {
            if (expected.line(line.line))
                row.pieces[line.line] += line.quantity;
        }
        const Money& total = refund.total.presentment;
        row.isByAmount = refund.lines.empty() && refund.linesComplete && total.isPositive() &&
                         total == expected.total.gross;
        if (row.pieces.empty() && !row.isByAmount)
            continue;
        row.maker = makerOf(facts, policy, refund);
        addMoney(*facts.order, row);
        all.push_back(std::move(row));
    }
    std::sort(all.begin(), all.end(),
              [](const ShopRefund& a, const ShopRefund& b) { return a.refund->id < b.refund->id; });
    return all;
}

std::vector<UnitId> unitsOf(const CaseFacts& facts, const Joined& joined, const ShopRefund& refund)
{
    std::vector<UnitId> units;
    for (const JoinedUnit& unit : joined.units) {
        const bool isNamed =
            unit.hasLine() && refund.pieces.count((*facts.order->lines)[unit.line].id) > 0;
        if (isNamed || refund.isByAmount)
            units.push_back(unit.id);
    }
    return units;
}

} // namespace counterfoil::reconcile
