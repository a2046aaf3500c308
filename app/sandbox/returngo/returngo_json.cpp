// ReturnGO's answers about one RMA, in its own words and with its own oddities.

#include "app/sandbox/http/json_text.h"
#include "app/sandbox/returngo/returngo_handler.h"

#include <algorithm>

namespace counterfoil::sandbox {
namespace {

/// "18.5", "18", "12.35": a JSON number as short as it goes.
std::string shortNumber(Minor minor, const std::string& currency)
{
    std::string text = fixedText(minor, currency);
    if (text.find('.') == std::string::npos)
        return text;
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text;
}

void writeAddress(JsonText& out, const std::string& name, const std::string& street,
                  const std::string& city, const std::string& zip, const std::string& country,
                  const std::string& email)
{
    out.open('{').pair("name", name).pair("street1", street).pair("street2", "").pair("city", city);
    out.pair("state", "").pair("zip", zip).pair("country", country).pair("phone", "");
    out.pair("email", email).close('}');
}

void writeValidation(JsonText& out, const RmaUnit& unit)
{
    out.key("itemValidationStatusResponse").open('{');
    const auto& v = unit.validation;
    out.key("isRestockable").boolean(v && v->restockable);
    out.key("isReturned").boolean(v && v->returned);
    out.key("nonRestockableReason");
    v && !v->nonRestockableReason.empty() ? out.text(v->nonRestockableReason) : out.null();
    out.key("nonReturnedReason").null();
    out.key("storeLocationId");
    v ? out.text("online") : out.null();
    out.key("lastValidationDate");
    v ? out.text(offsetText(v->at)) : out.null();
    out.key("lastValidatedBy");
    v ? out.text(v->by) : out.null();
    out.key("thirdPartyName").null().key("userDetails").null().close('}');
}

} // namespace

void ReturnGoHandler::writeMoney(JsonText& out, const Rma& rma, Minor minor) const
{
    if (rma.draftId != 0) {
        out.open('{').key("amount").raw(shortNumber(minor, "GBP")).pair("currency", "GBP");
        out.key("shopAmount").raw(shortNumber(minor, "GBP")).pair("shopCurrency", "GBP");
        out.close('}');
        return;
    }
    const MoneyBag bag = m_world.bag(m_world.orders[rma.order], minor);
    out.open('{').key("amount").raw(shortNumber(bag.presentment.minor, bag.presentment.currency));
    out.pair("currency", bag.presentment.currency);
    out.key("shopAmount").raw(shortNumber(bag.shop.minor, bag.shop.currency));
    out.pair("shopCurrency", bag.shop.currency).close('}');
}

void ReturnGoHandler::writeSummary(JsonText& out, const Rma& rma) const
{
    out.open('{').pair("rmaId", std::to_string(rma.id));
    out.pair("status", rma.rawState.empty() ? wordOf(rma.state) : rma.rawState);
    out.pair("order_name", rma.orderName).key("events").open('[');
    for (const RmaEvent& e : rma.events) {
        out.open('{').pair("eventName", e.name).pair("eventDate", offsetText(e.at));
        out.pair("triggeredVia", e.via).pair("storeLocationId", "online");
        out.key("userDetails").null().close('}');
    }
    out.close(']').close('}');
}

void ReturnGoHandler::writeShipments(JsonText& out, const Rma& rma) const
{
    out.key("shipments").open('[');
    for (const RgShipment& s : rma.shipments) {
        const Customer& c = m_world.customers[rma.draftId ? 0 : m_world.orders[rma.order].customer];
        out.open('{').pair("shipmentId", std::to_string(s.id)).pair("status", s.status);
        out.pair("carrierName", s.carrier).key("requestedServiceLevel").null();
        out.key("actualServiceLevel").null().pair("trackingNumber", s.tracking);
        out.pair("trackingURL", s.trackingUrl).key("labelURL");
        s.labelUrl.empty() ? out.null() : out.text(s.labelUrl);
        out.key("customerAddress");
        writeAddress(out, c.company, "1 Sample Way", "Leeds", "LS1 1AA", "GB", c.email);
        out.key("returnAddress");
        writeAddress(out, "Main warehouse", "9 Dock Rd", "Hull", "HU1 1AA", "GB",
                     "dock@example.com");
        out.key("isOutbound").boolean(false).close('}');
    }
    out.close(']');
}

void ReturnGoHandler::writeItems(JsonText& out, const Rma& rma) const
{
    out.key("items").open('[');
    const Order* order = rma.draftId ? nullptr : &m_world.orders[rma.order];
    for (const RmaUnit& unit : rma.units) {
        const Product* product = &m_world.products.front();
        if (order)
            for (const OrderLine& l : order->lines)
                if (l.id == unit.lineId)
                    product = &m_world.products[l.product];
        out.open('{').pair("returnedItemId", std::to_string(unit.id));
        out.pair("shopLineItemId", std::to_string(unit.lineId));
        out.pair("shopProductId", std::to_string(product->productId));
        out.pair("variantId", std::to_string(product->variantId));
        out.pair("fullName", product->title + " " + product->variantTitle);
        out.pair("productName", product->title);
        if (unit.id % 7 != 0)
            out.pair("variantName", product->variantTitle).pair("barcode", "");
        out.pair("image", "").pair("sku", product->sku).key("paidPrice");
        writeMoney(out, rma, unit.paidPrice);
        out.key("paidTax");
        writeMoney(out, rma, unit.paidTax);
        out.key("taxIncluded").boolean(unit.taxIncluded).pair("returnReason", unit.reason);
        out.pair("extendedReason", "").pair("resolutionType", unit.resolutionType);
        out.pair("resolutionName", unit.resolutionName).pair("policyRuleName", unit.policyRule);
        out.key("isAutoApprove").number(rma.autoApprove ? 1 : 0);
        const std::string currency = order ? order->currency : "GBP";
        out.key("restockingFee").raw(shortNumber(unit.restockingFee, currency));
        out.key("returnFee").raw(shortNumber(unit.returnFee, currency));
        out.key("shipmentFee").raw(shortNumber(unit.shipmentFee, currency));
        out.key("shipmentId");
        rma.shipments.empty() ? out.null() : out.text(std::to_string(rma.shipments.front().id));
        out.key("returnMethod").open('{').pair("type", unit.returnMethod);
        out.pair("name", "Courier").close('}');
        writeValidation(out, unit);
        out.key("exchangeItems").open('[');
        for (const ExchangeItem& e : unit.exchange) {
            const Product& p = m_world.products[e.product];
            out.open('{').pair("productId", std::to_string(p.productId));
            out.pair("variantId", std::to_string(p.variantId)).key("quantity").number(e.quantity);
            out.pair("sku", p.sku).pair("itemPriceMethod", "PaidPrice");
            out.key("freeExchangePriceRange").open('{').key("min").number(0);
            out.key("max").number(0).close('}').key("catalogPrice");
            writeMoney(out, rma, e.price);
            out.key("effectivePrice");
            writeMoney(out, rma, e.price);
            out.close('}');
        }
        out.close(']').key("followUpQuestions").open('[');
        if (!unit.poAnswer.empty()) {
            out.open('{').pair("type", "Text").pair("name", "Your PO number").key("answer");
            out.open('{').pair("textAnswer", unit.poAnswer).close('}').close('}');
        }
        out.close(']').close('}');
    }
    out.close(']');
}

void ReturnGoHandler::writeTransaction(JsonText& out, const Rma& rma, const RgTransaction& tx) const
{
    out.open('{').key("id").number(tx.id).pair("type", tx.type);
    out.key("externalReferenceId");
    tx.referenceId.empty() ? out.null() : out.text(tx.referenceId);
    out.key("externalReferenceType");
    tx.referenceType.empty() ? out.null() : out.text(tx.referenceType);
    out.key("amount");
    writeMoney(out, rma, tx.amount);
    out.pair("status", tx.status).pair("processor", "Shopify").key("bankAccountDetails").null();
    out.key("returnItemIds").open('[');
    for (const Id unit : tx.unitIds)
        out.text(std::to_string(unit));
    out.close(']').pair("createdAt", offsetText(tx.createdAt));
    out.pair("lastUpdated", offsetText(tx.updatedAt)).close('}');
}

HttpResponse ReturnGoHandler::detail(const Rma& rma) const
{
    JsonText out;
    out.open('{').key("rmaSummary");
    writeSummary(out, rma);
    const Id order = rma.draftId ? rma.draftId : m_world.orders[rma.order].id;
    out.key("orderDetails").open('{').pair("orderId", std::to_string(order));
    out.pair("order_name", rma.orderName).close('}');
    writeShipments(out, rma);
    writeItems(out, rma);
    out.key("comments").open('[');
    for (auto it = rma.comments.rbegin(); it != rma.comments.rend(); ++it) {
        out.open('{').pair("commentType", it->type).pair("triggeredBy", it->by);
        out.pair("htmlText", it->html).pair("datetime", offsetText(it->at)).close('}');
    }
    out.close(']').key("exchangeOrders").open('[');
    if (!rma.exchangeOrderName.empty()) {
        out.open('{').pair("draftOrderId", std::to_string(rma.id + 1000)).pair("orderId", "");
        out.pair("orderName", rma.exchangeOrderName).pair("type", "Exchange").close('}');
    }
    out.close(']').key("exchangeItems").open('[').close(']').key("cancellationFee").number(0);
    out.key("transactions").open('[');
    for (const RgTransaction& tx : rma.transactions)
        writeTransaction(out, rma, tx);
    out.close(']').pair("createdAt", offsetText(rma.createdAt));
    out.pair("lastUpdated", offsetText(rma.lastUpdated));
    out.key("isOutOfPolicy").number(rma.outOfPolicy ? 1 : 0).close('}');
    HttpResponse answer;
    answer.body = out.str();
    return answer;
}

} // namespace counterfoil::sandbox
