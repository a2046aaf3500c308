#include "core/decode/pointers.h"

#include "core/base/text.h"
#include "core/decode/json.h"

#include <fmt/format.h>

#include <array>
#include <span>

namespace counterfoil::decode {

namespace {

using domain::DocumentKind;

/// Where a field stands. With a list: inside the element whose `idKey` ends in the subject.
struct Place {
    std::string_view field;
    std::string_view list;
    std::string_view idKey;
    std::string_view pointer;
};

constexpr std::array kHead{
    Place{"name", "", "", "/name"},
    Place{"po", "", "", "/poNumber"},
    Place{"note", "", "", "/note"},
    Place{"outstanding", "", "", "/totalOutstandingSet/presentmentMoney/amount"},
    Place{"total", "", "", "/currentTotalPriceSet/presentmentMoney/amount"},
    Place{"financial-status", "", "", "/displayFinancialStatus"},
    Place{"status", "", "", "/returnStatus"},
    Place{"payment-method", "", "", "/customAttributes"},
    Place{"attributes", "", "", "/customAttributes"},
};
constexpr std::array kLines{
    Place{"unit-price", "/lineItems/nodes", "id",
          "/discountedUnitPriceAfterAllDiscountsSet/presentmentMoney/amount"},
    Place{"net-price", "/lineItems/nodes", "id",
          "/priceAfterAllDiscountsBeforeTaxesSet/presentmentMoney/amount"},
    Place{"tax", "/lineItems/nodes", "id", "/taxLines"},
    Place{"quantity", "/lineItems/nodes", "id", "/quantity"},
    Place{"sku", "/lineItems/nodes", "id", "/sku"},
};
constexpr std::array kMoney{
    Place{"outstanding", "", "", "/totalOutstandingSet/presentmentMoney/amount"},
    Place{"received", "", "", "/totalReceivedSet/presentmentMoney/amount"},
    Place{"amount", "/refunds", "id", "/totalRefundedSet/presentmentMoney/amount"},
    Place{"amount", "/transactions", "id", "/amountSet/presentmentMoney/amount"},
    Place{"type", "/transactions", "id", "/kind"},
    Place{"status", "/transactions", "id", "/status"},
};
constexpr std::array kReturns{
    Place{"status", "/returns/nodes", "id", "/status"},
    Place{"name", "/returns/nodes", "id", "/name"},
    Place{"restocked", "/returns/nodes", "id", "/reverseFulfillmentOrders"},
};
constexpr std::array kAgreements{
    Place{"amount", "/agreements/nodes", "id", "/sales"},
    Place{"type", "/agreements/nodes", "id", "/reason"},
};
constexpr std::array kDraft{
    Place{"name", "", "", "/name"},
    Place{"status", "", "", "/status"},
    Place{"po", "", "", "/poNumber"},
    Place{"total", "", "", "/totalPriceSet/presentmentMoney/amount"},
};
constexpr std::array kAccount{
    Place{"balance", "", "", "/metafield/value"},
    Place{"receipts", "", "", "/receipts/value"},
};
constexpr std::array kLevel{
    Place{"available", "", "", "/level/quantities"},
    Place{"sku", "", "", "/level/item/sku"},
};
constexpr std::array kSparkStock{
    Place{"available", "", "", "/stock_levels"},
    Place{"sku", "", "", "/sku"},
};

std::span<const Place> placesOf(DocumentKind kind)
{
    switch (kind) {
    case DocumentKind::Order:
        return kHead;
    case DocumentKind::OrderLines:
        return kLines;
    case DocumentKind::OrderMoney:
        return kMoney;
    case DocumentKind::OrderReturns:
        return kReturns;
    case DocumentKind::OrderAgreements:
        return kAgreements;
    case DocumentKind::Draft:
        return kDraft;
    case DocumentKind::Account:
        return kAccount;
    case DocumentKind::StockLevel:
        return kLevel;
    case DocumentKind::SparkStock:
        return kSparkStock;
    case DocumentKind::ShopSetup:
    case DocumentKind::Purchase:
    case DocumentKind::PurchaseTransactions:
    case DocumentKind::Rma:
    case DocumentKind::RmaSummary:
    case DocumentKind::RmaTransaction:
    case DocumentKind::PriceExplanation:
        break;
    }
    return {};
}

/// Pointer of the element of @p list whose value at @p idPointer is @p subject or a gid of it.
std::string elementPointer(const View& root, std::string_view list, std::string_view idPointer,
                           std::string_view subject)
{
    std::size_t index = 0;
    Faults ignored{View()};
    for (const View& row : root.at(list).children()) {
        const std::string id = readText(row.at(idPointer), ignored);
        if (!id.empty() && (id == subject || gidNumber(id) == subject))
            return fmt::format("{}/{}", list, index);
        ++index;
    }
    return {};
}

std::string shopifyPointer(DocumentKind kind, std::string_view field, std::string_view body,
                           std::string_view subject)
{
    for (const Place& place : placesOf(kind)) {
        if (place.field != field || place.list.empty() != subject.empty())
            continue;
        if (place.list.empty())
            return std::string(place.pointer);
        const Result<Json> json = Json::parse(body);
        if (!json)
            return {};
        const std::string element =
            elementPointer(json->root(), place.list, fmt::format("/{}", place.idKey), subject);
        if (!element.empty())
            return element + std::string(place.pointer);
    }
    return {};
}

/// Our word for a field -> the adapter's word, where the place is the adapter's.
struct Alias {
    std::string_view field;
    std::string_view key;
};
constexpr std::array kUnitAliases{
    Alias{"paid-price", "paid_price"},
    Alias{"paid-tax", "paid_tax"},
    Alias{"resolution", "resolution"},
    Alias{"refund-method", "resolution"},
    Alias{"inspected", "validation"},
    Alias{"restocking-fee", "restocking_fee"},
    Alias{"return-fee", "return_fee"},
    Alias{"label-fee", "shipment_fee"},
    Alias{"sku", "sku"},
    Alias{"quantity", "unit_id"},
};
constexpr std::array kTransactionAliases{
    Alias{"amount", "transaction_amount"},
    Alias{"type", "transaction_type"},
    Alias{"refund-method", "transaction_type"},
    Alias{"status", "transaction_status"},
};
constexpr std::array kPurchaseAliases{
    Alias{"po", "customer_reference"}, Alias{"payment-method", "payment_method"},
    Alias{"total", "total"},           Alias{"status", "type"},
    Alias{"received", "total_paid"},
};
constexpr std::array kPurchaseLineAliases{
    Alias{"unit-price", "line_net"},
    Alias{"net-price", "line_net"},
    Alias{"tax", "line_tax"},
    Alias{"quantity", "line_quantity"},
};

std::string_view aliasOf(std::span<const Alias> aliases, std::string_view field)
{
    for (const Alias& alias : aliases) {
        if (alias.field == field)
            return alias.key;
    }
    return {};
}

std::string rmaPointer(const ReturngoAdapter& adapter, std::string_view field,
                       std::string_view body, std::string_view subject)
{
    const auto& fields = adapter.fields;
    if (subject.empty()) {
        if (field == "status")
            return fields.at("summary") + fields.at("status");
        if (field == "order")
            return fields.at("order_id");
        if (field == "name")
            return fields.at("order_name_detail");
        return field == "received" ? fields.at("comments") : std::string();
    }
    const Result<Json> json = Json::parse(body);
    if (!json)
        return {};
    const std::string unit =
        elementPointer(json->root(), fields.at("items"), fields.at("unit_id"), subject);
    if (const std::string_view key = aliasOf(kUnitAliases, field); !unit.empty() && !key.empty())
        return unit + fields.at(std::string(key));
    const std::string transaction = elementPointer(json->root(), fields.at("transactions"),
                                                   fields.at("transaction_id"), subject);
    if (const std::string_view key = aliasOf(kTransactionAliases, field);
        !transaction.empty() && !key.empty())
        return transaction + fields.at(std::string(key));
    return {};
}

/// Pointer of the first line of that SKU in any package.
std::string purchaseLine(const SparklayerAdapter& adapter, const View& root,
                         std::string_view subject)
{
    const std::string& packages = adapter.fields.at("packages");
    const std::string& lines = adapter.fields.at("package_lines");
    const View list = root.at(packages);
    std::vector<std::string> places;
    if (list.isObject())
        places.push_back(packages);
    std::size_t count = 0;
    if (list.isArray()) {
        for ([[maybe_unused]] const View& package : list.children())
            places.push_back(fmt::format("{}/{}", packages, count++));
    }
    for (const std::string& place : places) {
        for (const std::string& sku : adapter.lineSkuPaths) {
            std::string found = elementPointer(root, place + lines, sku, subject);
            if (!found.empty())
                return found;
        }
    }
    return {};
}

std::string purchasePointer(const SparklayerAdapter& adapter, std::string_view field,
                            std::string_view body, std::string_view subject)
{
    if (subject.empty()) {
        const std::string_view key = aliasOf(kPurchaseAliases, field);
        return key.empty() ? std::string() : adapter.fields.at(std::string(key));
    }
    const std::string_view key = aliasOf(kPurchaseLineAliases, field);
    const Result<Json> json = Json::parse(body);
    if (key.empty() || !json)
        return {};
    const std::string line = purchaseLine(adapter, json->root(), subject);
    return line.empty() ? std::string() : line + adapter.fields.at(std::string(key));
}

} // namespace

std::string pointerFor(const Adapters& adapters, DocumentKind kind, std::string_view field,
                       std::string_view body, std::string_view subject)
{
    if (kind == DocumentKind::Rma)
        return rmaPointer(adapters.returngo, field, body, subject);
    if (kind == DocumentKind::RmaSummary)
        return field == "status" ? adapters.returngo.fields.at("status") : std::string();
    if (kind == DocumentKind::RmaTransaction) {
        const std::string_view key = aliasOf(kTransactionAliases, field);
        return key.empty() ? std::string() : adapters.returngo.fields.at(std::string(key));
    }
    if (kind == DocumentKind::Purchase)
        return purchasePointer(adapters.sparklayer, field, body, subject);
    return shopifyPointer(kind, field, body, subject);
}

} // namespace counterfoil::decode
