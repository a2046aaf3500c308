#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace counterfoil::decode::shopify {

namespace {

using domain::FinancialStatus;

constexpr std::array<Word<FinancialStatus>, 8> kFinancial{{
    {"PENDING", FinancialStatus::Pending},
    {"AUTHORIZED", FinancialStatus::Authorized},
    {"PARTIALLY_PAID", FinancialStatus::PartiallyPaid},
    {"PAID", FinancialStatus::Paid},
    {"PARTIALLY_REFUNDED", FinancialStatus::PartiallyRefunded},
    {"REFUNDED", FinancialStatus::Refunded},
    {"VOIDED", FinancialStatus::Voided},
    {"EXPIRED", FinancialStatus::Expired},
}};

void decodeTimes(Fields& fields, domain::Order& order, Faults& faults)
{
    order.createdAt = readInstant(fields("createdAt"), faults);
    order.updatedAt = readInstant(fields("updatedAt"), faults);
    order.processedAt = readInstant(fields("processedAt"), faults);
    order.cancelledAt = readInstant(fields("cancelledAt"), faults);
}

void decodeStates(Fields& fields, domain::Order& order, Faults& faults)
{
    order.isClosed = readFlag(fields("closed"), faults).value_or(false);
    order.isEdited = readFlag(fields("edited"), faults).value_or(false);
    order.isTest = readFlag(fields("test"), faults).value_or(false);
    order.financialStatus =
        readCoded<FinancialStatus>(fields("displayFinancialStatus"), kFinancial, faults);
    order.fulfillmentStatus = readText(fields("displayFulfillmentStatus"), faults);
    order.returnStatus = readText(fields("returnStatus"), faults);
    order.isUnpaid = readFlag(fields("unpaid"), faults);
    order.gatewayNames = readTexts(fields("paymentGatewayNames"), faults);
    order.poNumber = readText(fields("poNumber"), faults);
    order.note = readText(fields("note"), faults);
    order.tags = readTexts(fields("tags"), faults);
    order.sourceName = readText(fields("sourceName"), faults);
    order.taxesIncluded = readFlag(fields("taxesIncluded"), faults).value_or(false);
}

money::Currency readCode(const View& value, Faults& faults)
{
    const std::string code = readText(value, faults);
    return code.empty() ? money::Currency() : readCurrency(value, code, faults);
}

void decodeAmounts(Fields& fields, domain::Order& order, Faults& faults)
{
    order.shopCurrency = readCode(fields("currencyCode"), faults);
    const View presentment = fields("presentmentCurrencyCode");
    order.currency = readCode(presentment, faults);
    order.attributes = readAttributes(fields("customAttributes"), faults);
    const View outstanding = fields("totalOutstandingSet");
    order.outstanding = readBag(outstanding, Finer::Fault, faults);
    order.currentTotal = readBag(fields("currentTotalPriceSet"), Finer::Fault, faults);
    order.totalRefunded = readBag(fields("totalRefundedSet"), Finer::Fault, faults);
    if (order.currency.empty() && order.outstanding)
        order.currency = order.outstanding->presentment.currency(); // bulk rows name it only here
    if (order.currency.empty())
        faults.add(presentment, "missing");
    for (const auto* bag : {&order.outstanding, &order.currentTotal, &order.totalRefunded}) {
        if (*bag && (*bag)->presentment.currency() != order.currency)
            faults.add(outstanding, "in another currency than the order");
    }
}

void decodeBuyer(Fields& fields, domain::Order& order, Faults& faults)
{
    order.termsType =
        readText(readObject(fields("paymentTerms"), faults)["paymentTermsType"], faults);
    const View customer = readObject(fields("customer"), faults);
    if (!customer.isAbsent()) {
        Fields inner(customer);
        order.customerGid = readText(inner("id"), faults);
        std::string legacy = readText(inner("legacyResourceId"), faults);
        order.customer = CustomerId(legacy.empty() ? std::string(gidNumber(order.customerGid))
                                                   : std::move(legacy));
        order.customerTags = readTexts(inner("tags"), faults);
    }
    const View company =
        readObject(readObject(fields("purchasingEntity"), faults)["company"], faults);
    order.companyId = readText(company["id"], faults);
    order.companyName = readText(company["name"], faults);
}

bool isOneToken(std::string_view note)
{
    const std::string_view text = trimmed(note);
    const bool hasBlank = text.find_first_of(" \t\r\n") != std::string_view::npos;
    return !text.empty() && text.size() <= 40 && !hasBlank &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

bool hasPo(const domain::Order& order, const ShopifyAdapter& adapter)
{
    if (!trimmed(order.poNumber).empty() || isOneToken(order.note))
        return true;
    return std::any_of(order.attributes.begin(), order.attributes.end(), [&](const auto& row) {
        return !trimmed(row.value).empty() &&
               std::any_of(adapter.poAttributes.begin(), adapter.poAttributes.end(),
                           [&](const std::string& key) { return sameText(key, row.key); });
    });
}

} // namespace

void decodeOrderId(const View& node, domain::Order& order, Faults& faults)
{
    order.gid = requireText(node["id"], faults);
    std::string legacy = readText(node["legacyResourceId"], faults);
    const std::string id = legacy.empty() ? std::string(gidNumber(order.gid)) : std::move(legacy);
    if (!order.id.empty() && order.id.value != id)
        faults.add(node["id"], "another order than the one being read");
    order.id = OrderId(id);
}

void decodeHead(const View& node, const ShopifyAdapter& adapter, domain::Order& order,
                Faults& faults)
{
    decodeOrderId(node, order, faults);
    Fields fields(node);
    order.name = requireText(fields("name"), faults);
    decodeTimes(fields, order, faults);
    decodeStates(fields, order, faults);
    decodeAmounts(fields, order, faults);
    decodeBuyer(fields, order, faults);
    order.paymentMethod = {};
    if (const domain::Attribute* type = order.attribute(adapter.paymentTypeAttribute)) {
        order.paymentMethod.raw = type->value;
        for (const auto& [word, method] : adapter.paymentTypes) {
            if (sameText(word, type->value))
                order.paymentMethod.value = method;
        }
        if (order.paymentMethod.isUnknownWord())
            faults.unknown(node["customAttributes"], type->value);
    }
}

domain::JoinKeys headKeys(const domain::Order& order, const ShopifyAdapter& adapter)
{
    domain::JoinKeys keys;
    keys.order = order.id;
    keys.customer = order.customer;
    keys.orderName = order.name;
    keys.status = order.financialStatus.raw;
    keys.hasPo = hasPo(order, adapter);
    const bool refunded = order.totalRefunded && !order.totalRefunded->presentment.isZero();
    keys.hasReturn = refunded || order.financialStatus.value == FinancialStatus::Refunded ||
                     order.financialStatus.value == FinancialStatus::PartiallyRefunded ||
                     (!order.returnStatus.empty() && order.returnStatus != "NO_RETURN");
    return keys;
}

Result<void> applyOrderHead(std::string_view doc, const ShopifyAdapter& adapter,
                            domain::Order& order, Unknowns unknowns)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    decodeHead(json->root(), adapter, order, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return {};
}

} // namespace counterfoil::decode::shopify
