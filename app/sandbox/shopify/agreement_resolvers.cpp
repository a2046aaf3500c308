// What was agreed on an order over time: placing, edits, refunds, returns.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

using Ref = AgreementRef;

const char* agreementType(AgreementKind kind)
{
    switch (kind) {
    case AgreementKind::Order:
        return "OrderAgreement";
    case AgreementKind::OrderEdit:
        return "OrderEditAgreement";
    case AgreementKind::Refund:
        return "RefundAgreement";
    case AgreementKind::Return:
        return "ReturnAgreement";
    }
    return "";
}

const char* reasonText(AgreementKind kind)
{
    switch (kind) {
    case AgreementKind::Order:
        return "ORDER";
    case AgreementKind::OrderEdit:
        return "ORDER_EDIT";
    case AgreementKind::Refund:
        return "REFUND";
    case AgreementKind::Return:
        return "RETURN";
    }
    return "";
}

const char* actionText(SaleAction action)
{
    switch (action) {
    case SaleAction::Order:
        return "ORDER";
    case SaleAction::Return:
        return "RETURN";
    case SaleAction::Update:
        return "UPDATE";
    }
    return "";
}

Resolved appOf(Actor actor)
{
    switch (actor) {
    case Actor::Person:
        return Resolved::null();
    case Actor::ReturnGo:
        return node("App", AppRecord{kAppReturnGo, "ReturnGO"});
    case Actor::Console:
        return node("App", AppRecord{kAppConsole, "Counterfoil"});
    case Actor::SparkLayer:
        return node("App", AppRecord{kAppSparkLayer, "SparkLayer"});
    }
    return Resolved::null();
}

void registerCommon(Resolvers& r, const char* type)
{
    field<Ref>(r, type, "id", [](const Ref& a) { return gid("SalesAgreement", a.agreement->id); });
    field<Ref>(r, type, "happenedAt",
               [](const Ref& a) { return zuluText(a.agreement->happenedAt); });
    field<Ref>(r, type, "reason", [](const Ref& a) { return reasonText(a.agreement->kind); });
    field<Ref>(r, type, "app", [](const Ref& a) { return appOf(a.agreement->by); });
    field<Ref>(r, type, "sales", [](const Ref& a, const FieldCall& call) {
        std::vector<SaleRef> sales;
        for (const Sale& sale : a.agreement->sales)
            sales.push_back({a.order, &sale});
        return connectionOf(
            sales,
            [](const SaleRef& one) {
                return node(one.sale->lineId != 0 ? "ProductSale" : "ShippingLineSale", one);
            },
            [](const SaleRef& one) {
                return CursorKey{one.sale->id, one.sale->id};
            },
            call.arguments);
    });
}

void registerSales(Resolvers& r, World& world)
{
    for (const char* type : {"ProductSale", "ShippingLineSale"}) {
        field<SaleRef>(r, type, "actionType",
                       [](const SaleRef& s) { return actionText(s.sale->action); });
        field<SaleRef>(r, type, "lineType", [](const SaleRef& s) {
            return s.sale->lineId != 0 ? "PRODUCT" : "SHIPPING";
        });
        field<SaleRef>(r, type, "quantity", [](const SaleRef& s) { return s.sale->quantity; });
        field<SaleRef>(r, type, "totalAmount", [&world](const SaleRef& s) {
            return bagNode(world, *s.order, s.sale->total);
        });
    }
    field<SaleRef>(r, "ProductSale", "lineItem", [](const SaleRef& s) -> Resolved {
        for (const OrderLine& line : s.order->lines)
            if (line.id == s.sale->lineId)
                return lineNode(*s.order, line);
        return Resolved::null();
    });
}

} // namespace

void registerAgreements(Resolvers& r, Context& context)
{
    field<const Order*>(
        r, "Order", "agreements", [&context](const Order* const& o, const FieldCall& call) {
            const SearchQuery query = SearchQuery::parse(textArgument(call, "query"));
            std::vector<Ref> list;
            for (const Agreement& agreement : o->agreements) {
                const SearchReader reader =
                    [&](const std::string& name) -> std::optional<SearchValue> {
                    if (name == "happened_at")
                        return SearchValue{agreement.happenedAt, {}};
                    if (name == "id")
                        return SearchValue{std::nullopt, {std::to_string(agreement.id)}};
                    return std::nullopt;
                };
                if (query.matches(reader, context.wholeSeconds(), &context.searchWarnings))
                    list.push_back({o, &agreement});
            }
            std::ranges::stable_sort(list, {}, [](const Ref& one) {
                return std::pair(one.agreement->happenedAt, one.agreement->id);
            });
            return connectionOf(
                list, [](const Ref& one) { return node(agreementType(one.agreement->kind), one); },
                [](const Ref& one) {
                    return CursorKey{one.agreement->happenedAt, one.agreement->id};
                },
                call.arguments);
        });
    for (const char* type :
         {"OrderAgreement", "OrderEditAgreement", "RefundAgreement", "ReturnAgreement"})
        registerCommon(r, type);
    field<Ref>(r, "RefundAgreement", "refund", [](const Ref& a) -> Resolved {
        for (const Refund& refund : a.order->refunds)
            if (refund.id == a.agreement->refundId)
                return refundNode(*a.order, refund);
        return Resolved::null();
    });
    field<Ref>(r, "ReturnAgreement", "return", [](const Ref& a) -> Resolved {
        for (const ShopReturn& item : a.order->returns)
            if (item.id == a.agreement->returnId)
                return returnNode(*a.order, item);
        return Resolved::null();
    });
    field<AppRecord>(r, "App", "id", [](const AppRecord& a) { return gid("App", a.id); });
    field<AppRecord>(r, "App", "title", [](const AppRecord& a) { return a.title; });
    registerSales(r, context.world);
}

} // namespace counterfoil::sandbox::shopify
