// Amounts, transactions, payment terms and refunds.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

/// Amounts travel as text whose scale varies: "480.0" here, "480.00" there.
std::string amountText(const Money& money)
{
    return (money.minor / 7) % 2 == 0 ? decimalText(money.minor, money.currency)
                                      : fixedText(money.minor, money.currency);
}

const char* kindText(TxKind kind)
{
    switch (kind) {
    case TxKind::Sale:
        return "SALE";
    case TxKind::Capture:
        return "CAPTURE";
    case TxKind::Authorization:
        return "AUTHORIZATION";
    case TxKind::Refund:
        return "REFUND";
    case TxKind::Void:
        return "VOID";
    }
    return "";
}

const char* statusText(TxStatus status)
{
    switch (status) {
    case TxStatus::Success:
        return "SUCCESS";
    case TxStatus::Pending:
        return "PENDING";
    case TxStatus::Failure:
        return "FAILURE";
    case TxStatus::Error:
        return "ERROR";
    }
    return "";
}

const char* restockText(RestockType type)
{
    switch (type) {
    case RestockType::Return:
        return "RETURN";
    case RestockType::Cancel:
        return "CANCEL";
    case RestockType::NoRestock:
        return "NO_RESTOCK";
    case RestockType::LegacyRestock:
        return "LEGACY_RESTOCK";
    }
    return "";
}

Node transactionNode(const Order& order, const OrderTransaction& transaction)
{
    return node("OrderTransaction", TransactionRef{&order, &transaction});
}

const OrderTransaction* transactionById(const Order& order, Id id)
{
    for (const OrderTransaction& transaction : order.transactions)
        if (transaction.id == id)
            return &transaction;
    return nullptr;
}

void registerAmounts(Resolvers& r)
{
    field<MoneyBag>(r, "MoneyBag", "shopMoney",
                    [](const MoneyBag& b) { return moneyNode(b.shop); });
    field<MoneyBag>(r, "MoneyBag", "presentmentMoney",
                    [](const MoneyBag& b) { return moneyNode(b.presentment); });
    field<Money>(r, "MoneyV2", "amount", [](const Money& m) { return amountText(m); });
    field<Money>(r, "MoneyV2", "currencyCode", [](const Money& m) { return m.currency; });
}

void registerTransactions(Resolvers& r, Context& context)
{
    using Ref = TransactionRef;
    const char* type = "OrderTransaction";
    World& world = context.world;
    field<Ref>(r, type, "id",
               [](const Ref& t) { return gid("OrderTransaction", t.transaction->id); });
    field<Ref>(r, type, "kind", [](const Ref& t) { return kindText(t.transaction->kind); });
    field<Ref>(r, type, "status", [](const Ref& t) { return statusText(t.transaction->status); });
    field<Ref>(r, type, "gateway", [](const Ref& t) { return textOrNull(t.transaction->gateway); });
    field<Ref>(r, type, "formattedGateway",
               [](const Ref& t) { return textOrNull(t.transaction->formattedGateway); });
    field<Ref>(r, type, "manualPaymentGateway", [](const Ref& t) { return t.transaction->manual; });
    field<Ref>(r, type, "createdAt",
               [](const Ref& t) { return zuluText(t.transaction->createdAt); });
    field<Ref>(r, type, "processedAt",
               [](const Ref& t) { return timeOrNull(t.transaction->createdAt); });
    field<Ref>(r, type, "errorCode",
               [](const Ref& t) { return textOrNull(t.transaction->errorCode); });
    field<Ref>(r, type, "amountSet",
               [&world](const Ref& t) { return bagNode(world, *t.order, t.transaction->amount); });
    field<Ref>(r, type, "parentTransaction", [](const Ref& t) -> Resolved {
        const auto parent = t.transaction->parentId;
        const OrderTransaction* found = parent ? transactionById(*t.order, *parent) : nullptr;
        return found == nullptr ? Resolved::null() : Resolved(transactionNode(*t.order, *found));
    });
    field<const Order*>(r, "Order", "transactions", [](const Order* const& o) {
        std::vector<Node> nodes;
        for (const OrderTransaction& transaction : o->transactions)
            nodes.push_back(transactionNode(*o, transaction));
        return nodes;
    });
}

void registerTerms(Resolvers& r, Context& context)
{
    using Terms = const Order*;
    World& world = context.world;
    const auto open = [](const Order& o) {
        return o.terms->completedAt == 0 && World::totals(o).outstanding > 0;
    };
    field<Terms>(r, "Order", "paymentTerms", [](const Order* const& o) -> Resolved {
        return o->terms ? Resolved(node<Terms>("PaymentTerms", o)) : Resolved::null();
    });
    field<Terms>(r, "PaymentTerms", "id",
                 [](const Terms& o) { return gid("PaymentTerms", o->id); });
    field<Terms>(r, "PaymentTerms", "paymentTermsType",
                 [](const Terms& o) { return o->terms->type; });
    field<Terms>(r, "PaymentTerms", "paymentTermsName",
                 [](const Terms& o) { return o->terms->name; });
    field<Terms>(r, "PaymentTerms", "dueInDays",
                 [](const Terms& o) { return o->terms->dueInDays; });
    field<Terms>(r, "PaymentTerms", "overdue", [&world, open](const Terms& o) {
        return open(*o) && o->terms->dueAt != 0 && o->terms->dueAt < world.now();
    });
    field<Terms>(r, "PaymentTerms", "paymentSchedules", [](const Terms& o, const FieldCall& call) {
        return connectionOf(
            std::vector<const Order*>{o},
            [](const Order* one) { return node<Terms>("PaymentSchedule", one); },
            [](const Order* one) {
                return CursorKey{one->terms->dueAt, one->id};
            },
            call.arguments);
    });
    field<Terms>(r, "PaymentSchedule", "id",
                 [](const Terms& o) { return gid("PaymentSchedule", o->id); });
    field<Terms>(r, "PaymentSchedule", "dueAt",
                 [](const Terms& o) { return timeOrNull(o->terms->dueAt); });
    field<Terms>(r, "PaymentSchedule", "completedAt",
                 [](const Terms& o) { return timeOrNull(o->terms->completedAt); });
    field<Terms>(r, "PaymentSchedule", "balanceDue", [open](const Terms& o) {
        return moneyNode({open(*o) ? World::totals(*o).outstanding : 0, o->currency});
    });
}

void registerRefunds(Resolvers& r, Context& context)
{
    using Ref = RefundRef;
    World& world = context.world;
    field<Ref>(r, "Refund", "id", [](const Ref& f) { return gid("Refund", f.refund->id); });
    field<Ref>(r, "Refund", "legacyResourceId",
               [](const Ref& f) { return std::to_string(f.refund->id); });
    field<Ref>(r, "Refund", "createdAt",
               [](const Ref& f) { return timeOrNull(f.refund->createdAt); });
    field<Ref>(r, "Refund", "processedAt",
               [](const Ref& f) { return zuluText(f.refund->createdAt); });
    field<Ref>(r, "Refund", "note", [](const Ref& f) { return textOrNull(f.refund->note); });
    field<Ref>(r, "Refund", "totalRefundedSet",
               [&world](const Ref& f) { return bagNode(world, *f.order, f.refund->total); });
    field<Ref>(r, "Refund", "return", [](const Ref& f) -> Resolved {
        for (const ShopReturn& item : f.order->returns)
            if (item.id == f.refund->returnId)
                return returnNode(*f.order, item);
        return Resolved::null();
    });
    field<Ref>(r, "Refund", "refundLineItems", [](const Ref& f, const FieldCall& call) {
        std::vector<RefundLineRef> lines;
        for (const RefundLine& line : f.refund->lines)
            lines.push_back({f.order, &line});
        return connectionOf(
            lines, [](const RefundLineRef& one) { return node("RefundLineItem", one); },
            [](const RefundLineRef& one) {
                return CursorKey{one.line->lineId, one.line->lineId};
            },
            call.arguments);
    });
    field<Ref>(r, "Refund", "transactions", [](const Ref& f, const FieldCall& call) {
        std::vector<TransactionRef> list;
        for (const Id id : f.refund->transactionIds)
            if (const auto* found = transactionById(*f.order, id))
                list.push_back({f.order, found});
        return connectionOf(
            list, [](const TransactionRef& one) { return node("OrderTransaction", one); },
            [](const TransactionRef& one) {
                return CursorKey{one.transaction->createdAt, one.transaction->id};
            },
            call.arguments);
    });
    field<const Order*>(r, "Order", "refunds", [](const Order* const& o) {
        std::vector<Node> nodes;
        for (const Refund& refund : o->refunds)
            nodes.push_back(refundNode(*o, refund));
        return nodes;
    });
}

void registerRefundLines(Resolvers& r, Context& context)
{
    using Ref = RefundLineRef;
    const char* type = "RefundLineItem";
    World& world = context.world;
    field<Ref>(r, type, "quantity", [](const Ref& l) { return l.line->quantity; });
    field<Ref>(r, type, "restockType",
               [](const Ref& l) { return restockText(l.line->restockType); });
    field<Ref>(r, type, "restocked", [](const Ref& l) { return l.line->restocked; });
    field<Ref>(r, type, "location",
               [&world](const Ref& l) { return locationOrNull(world, l.line->locationId); });
    field<Ref>(r, type, "lineItem", [](const Ref& l) -> Resolved {
        for (const OrderLine& line : l.order->lines)
            if (line.id == l.line->lineId)
                return lineNode(*l.order, line);
        return Resolved::null();
    });
    field<Ref>(r, type, "subtotalSet",
               [&world](const Ref& l) { return bagNode(world, *l.order, l.line->subtotal); });
}

} // namespace

void registerMoney(Resolvers& resolvers, Context& context)
{
    registerAmounts(resolvers);
    registerTransactions(resolvers, context);
    registerTerms(resolvers, context);
    registerRefunds(resolvers, context);
    registerRefundLines(resolvers, context);
}

} // namespace counterfoil::sandbox::shopify
