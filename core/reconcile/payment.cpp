#include "core/reconcile/payment.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

// sparklayer.md 6.5, every spelling seen; compared without case, blanks, dashes and underscores.
constexpr std::array<std::pair<std::string_view, PaymentMethod>, 15> kMethods{{
    {"paymentonaccount", PaymentMethod::Account},
    {"onaccount", PaymentMethod::Account},
    {"payonaccount", PaymentMethod::Account},
    {"account", PaymentMethod::Account},
    {"paymentbyinvoice", PaymentMethod::Invoice},
    {"paybyinvoice", PaymentMethod::Invoice},
    {"byinvoice", PaymentMethod::Invoice},
    {"invoice", PaymentMethod::Invoice},
    {"upfrontpayment", PaymentMethod::Card},
    {"platformupfront", PaymentMethod::Card},
    {"payonlinebycard", PaymentMethod::Card},
    {"card", PaymentMethod::Card},
    {"upfront", PaymentMethod::Card},
    {"quote", PaymentMethod::Quote},
    {"requestforquote", PaymentMethod::Quote},
}};

bool isAccountLike(PaymentMethod method)
{
    return method == PaymentMethod::Account || method == PaymentMethod::Invoice;
}

void readMethod(const CaseFacts& facts, Payment& payment)
{
    const Attribute* attribute = facts.order ? facts.order->attribute("sparkPaymentType") : nullptr;
    if (!attribute && facts.draft) {
        const auto found = std::find_if(
            facts.draft->attributes.begin(), facts.draft->attributes.end(),
            [](const Attribute& row) { return sameText(row.key, "sparkPaymentType"); });
        attribute = found == facts.draft->attributes.end() ? nullptr : &*found;
    }
    const PaymentMethod byOrder =
        attribute ? paymentMethodOf(attribute->value) : PaymentMethod::Unknown;
    if (attribute && !trimmed(attribute->value).empty()) {
        payment.method = byOrder;
        payment.methodWord = attribute->value;
        payment.methodDocument = facts.order ? facts.order->head : facts.draft->document;
    }
    if (!facts.purchase || facts.purchase->paymentMethod.raw.empty())
        return;
    const Coded<PaymentMethod>& byPurchase = facts.purchase->paymentMethod;
    const bool bothKnown =
        byOrder != PaymentMethod::Unknown && byPurchase.value != PaymentMethod::Unknown;
    const bool isConflict = bothKnown && byOrder != byPurchase.value &&
                            isAccountLike(byOrder) != isAccountLike(byPurchase.value);
    if (isConflict) {
        payment.problem = Phrase("not-judged.method-conflict")
                              .with("shopify", payment.methodWord)
                              .with("sparklayer", byPurchase.raw);
    }
    // A word that nobody knows is for a person, whatever the other system says.
    if (byOrder != byPurchase.value || byOrder == PaymentMethod::Unknown) {
        payment.method = byPurchase.value;
        payment.methodWord = byPurchase.raw;
        payment.methodDocument = facts.purchase->document;
    }
}

/// Refunds in Shopify that this return caused: ReturnGO names them in its transactions.
std::set<std::string> ownRefunds(const CaseFacts& facts)
{
    std::set<std::string> ids;
    if (!facts.rma)
        return ids;
    for (const RmaTransaction& row : facts.rma->transactions) {
        if (!row.externalReferenceId.empty())
            ids.insert(row.externalReferenceId);
    }
    return ids;
}

bool isSuccess(const PaymentTransaction& row)
{
    return row.status.value == TransactionStatus::Success;
}

bool addTo(Money& sum, const Money& amount)
{
    const Result<Money> next = sum.plus(amount);
    if (next)
        sum = *next;
    return next.has_value();
}

/// Money that left through a gateway for something else than this return.
bool takeOffOtherRefunds(const CaseFacts& facts, std::span<const ShopRefund> refunds,
                         Payment& payment)
{
    if (!facts.order->refunds)
        return true;
    const std::set<std::string> own = ownRefunds(facts);
    std::set<LineId> returned;
    if (facts.rma) {
        for (const RmaUnit& unit : facts.rma->units)
            returned.insert(unit.line);
    }
    for (const Refund& refund : *facts.order->refunds) {
        const bool isOfReturn =
            own.count(refund.id.value) > 0 ||
            std::any_of(refunds.begin(), refunds.end(),
                        [&](const ShopRefund& row) { return row.refund == &refund; }) ||
            (facts.rma && facts.rma->createdAt && refund.createdAt &&
             *refund.createdAt >= *facts.rma->createdAt &&
             std::any_of(refund.lines.begin(), refund.lines.end(),
                         [&](const RefundLine& line) { return returned.count(line.line) > 0; }));
        if (isOfReturn)
            continue;
        for (const PaymentTransaction& row : refund.transactions) {
            if (isSuccess(row) && row.kind.value == TransactionKind::Refund &&
                !isManualMoney(*facts.order, row) &&
                !addTo(payment.captured, row.amount.presentment.negated()))
                return false;
        }
    }
    return true;
}

/// What the lines were invoiced at, or the order's own sum where that is more (carriage).
std::optional<Money> invoicedTotal(const Order& order)
{
    if (!order.lines)
        return std::nullopt;
    Money sum = Money::zero(order.currency);
    for (const OrderLine& line : *order.lines) {
        const std::optional<LineValue> value =
            LineValue::of(line, order.taxesIncluded, order.currency);
        if (!value || !addTo(sum, value->whole().gross))
            return std::nullopt;
    }
    const bool isMore = order.currentTotal &&
                        order.currentTotal->presentment.currency() == order.currency &&
                        order.currentTotal->presentment.minor() > sum.minor();
    return isMore ? order.currentTotal->presentment : sum;
}

void readMoney(const CaseFacts& facts, std::span<const ShopRefund> refunds, Payment& payment)
{
    const Order& order = *facts.order;
    payment.captured = payment.manual = Money::zero(order.currency);
    if (!order.transactions)
        return;
    payment.isMoneyRead = true;
    for (const PaymentTransaction& row : *order.transactions) {
        const bool isIn =
            row.kind.value == TransactionKind::Sale || row.kind.value == TransactionKind::Capture;
        if (!isIn || !isSuccess(row))
            continue;
        Money& sum = row.isManualGateway ? payment.manual : payment.captured;
        if (!addTo(sum, row.amount.presentment))
            payment.problem = Phrase("not-judged.payment-currency");
        if (!row.gateway.empty())
            payment.gateways.push_back(row.gateway);
    }
    if (!takeOffOtherRefunds(facts, refunds, payment))
        payment.problem = Phrase("not-judged.payment-currency");
    if (payment.captured.isNegative())
        payment.captured = Money::zero(order.currency);
    if (const std::optional<Money> total = invoicedTotal(order)) {
        const Money left = total->minus(payment.captured).value_or(*total);
        payment.unpaid = left.isNegative() ? Money::zero(order.currency) : left;
    }
    std::sort(payment.gateways.begin(), payment.gateways.end());
    payment.gateways.erase(std::unique(payment.gateways.begin(), payment.gateways.end()),
                           payment.gateways.end());
}

OrderKind kindOf(const CaseFacts& facts, const Money& value, Payment& payment)
{
    if (!payment.problem.code.empty())
        return OrderKind::NotJudged;
    if (payment.method == PaymentMethod::Card)
        return OrderKind::CardPaid;
    if (payment.method == PaymentMethod::Quote)
        return OrderKind::Other;
    const bool isWordless = payment.methodWord.empty();
    if (isWordless && facts.purchase == std::nullopt && payment.captured.isPositive() &&
        payment.captured.minor() >= value.minor())
        return OrderKind::CardPaid; // an order that never went through SparkLayer, paid at checkout
    if (isWordless && facts.isPurchaseRead && !facts.purchase) {
        payment.problem = Phrase("not-judged.no-method");
        return OrderKind::NotJudged;
    }
    if (isWordless && !facts.isPurchaseRead) {
        payment.problem = Phrase("not-judged.method-unread");
        return OrderKind::NotJudged;
    }
    if (!payment.hasAccountMethod()) {
        payment.problem = Phrase("not-judged.method-unknown").with("word", payment.methodWord);
        return OrderKind::NotJudged;
    }
    if (!payment.isMoneyRead) {
        payment.problem = Phrase("not-judged.money-unread");
        return OrderKind::NotJudged;
    }
    const bool isCovered =
        payment.captured.isPositive() && payment.captured.minor() >= value.minor();
    return isCovered ? OrderKind::CardPaid : OrderKind::Account;
}

} // namespace

PaymentMethod paymentMethodOf(std::string_view word)
{
    std::string key;
    for (const char c : folded(trimmed(word))) {
        if (c != ' ' && c != '-' && c != '_')
            key.push_back(c);
    }
    for (const auto& [known, method] : kMethods) {
        if (key == known)
            return method;
    }
    return PaymentMethod::Unknown;
}

Payment paymentOf(const CaseFacts& facts, const Money& returnedValue,
                  std::span<const ShopRefund> refunds)
{
    Payment payment;
    readMethod(facts, payment);
    if (!facts.order) {
        payment.problem = Phrase("not-judged.order-unread");
        return payment;
    }
    readMoney(facts, refunds, payment);
    payment.kind = kindOf(facts, returnedValue, payment);
    return payment;
}

Money returnedValue(const ExpectedCredit& expected)
{
    Split sum = zeroSplit(expected.currency);
    for (const ExpectedLine& line : expected.lines) {
        if (line.due.gross.currency() == expected.currency)
            sum = plus(sum, plus(line.total(), line.notDue));
    }
    return sum.gross;
}

bool isBalanceBook(const Payment& payment, const Policy& policy)
{
    if (payment.method == PaymentMethod::Invoice)
        return policy.facts.invoiceRaisesBalance == Fact::Yes;
    return payment.method == PaymentMethod::Account;
}

} // namespace counterfoil::reconcile
