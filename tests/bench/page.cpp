#include "tests/bench/page.h"

#include <fmt/format.h>

#include <array>

namespace counterfoil::bench {
namespace {

constexpr std::size_t kLinesAtLeast = 4;
constexpr std::array<const char*, 6> kCompanies{
    "Northwind Cafes Ltd", "Kestrel Hotels Group", "Gorse Hill Garden Centre",
    "Moorgate Canteens",   "Alder & Finch Bakery", "Pennine Roasters Cooperative"};
constexpr std::array<const char*, 5> kSkus{"BEAN-1KG", "CUP-8OZ", "FILT-V60-02", "TEA-GR-40",
                                           "KETTLE-1L"};

std::string amount(std::size_t minor)
{
    return fmt::format("{}.{:02}", minor / 100, minor % 100);
}

std::string bag(std::size_t minor)
{
    const std::string text = amount(minor);
    return fmt::format(R"({{"shopMoney":{{"amount":"{}","currencyCode":"GBP"}},)"
                       R"("presentmentMoney":{{"amount":"{}","currencyCode":"GBP"}}}})",
                       text, text);
}

std::string lineNode(std::size_t number, std::size_t index)
{
    const std::size_t id = 9'000'000'000'000 + number * 100 + index;
    const std::size_t quantity = 6 + (number * 7 + index * 5) % 60;
    const std::size_t unit = 250 + (number * 37 + index * 113) % 4000;
    const char* sku = kSkus[(number + index) % kSkus.size()];
    return fmt::format(
        R"({{"id":"gid://shopify/LineItem/{0}","sku":"{1}","name":"{1}, carton of {2}","quantity":{3},)"
        R"("currentQuantity":{3},"refundableQuantity":{3},"unfulfilledQuantity":0,"restockable":true,)"
        R"("customAttributes":[{{"key":"sparkPriceList","value":"trade-uk"}}],"variant":)"
        R"({{"id":"gid://shopify/ProductVariant/{4}","legacyResourceId":"{4}","inventoryItem":)"
        R"({{"id":"gid://shopify/InventoryItem/{4}","tracked":true}}}},)"
        R"("originalUnitPriceSet":{5},"discountedUnitPriceAfterAllDiscountsSet":{6},)"
        R"("priceAfterAllDiscountsBeforeTaxesSet":{7},"taxLines":[{{"rate":0.2,"priceSet":{8}}}]}})",
        id, sku, 1 + index % 4 * 6, quantity, 4'000'000'000 + (number + index) % 900,
        bag(unit + 100), bag(unit), bag(unit * quantity), bag(unit * quantity / 5));
}

} // namespace

std::string orderId(std::size_t number)
{
    return fmt::format("{}", 5'820'000'000'000 + number);
}

std::string orderName(std::size_t number)
{
    return fmt::format("B2B-{}", 1000 + number);
}

std::string orderNode(std::size_t number, int revision, bool withLines)
{
    const std::size_t total = 20'000 + (number * 9173) % 480'000;
    const std::size_t buyer = number % 97;
    const char* company = kCompanies[buyer % kCompanies.size()];
    std::string out = fmt::format(
        R"({{"id":"gid://shopify/Order/{0}","legacyResourceId":"{0}","name":"{1}","createdAt":"2026-11-{2:02}T09:00:00Z",)"
        R"("updatedAt":"2026-11-24T09:{3:02}:{4:02}Z","processedAt":"2026-11-{2:02}T09:00:00Z","cancelledAt":null,)"
        R"("closed":false,"edited":false,"test":false,"confirmed":true,"displayFinancialStatus":"PENDING",)"
        R"("displayFulfillmentStatus":"FULFILLED","returnStatus":"NO_RETURN","unpaid":true,"fullyPaid":false,)"
        R"("refundable":false,"paymentGatewayNames":["Pay on Account"],"poNumber":"PO-{5}","note":"Deliver to bay {6}, ask for goods in rev {7}",)"
        R"("tags":["b2b","trade","net-30"],"sourceName":"sparklayer","taxesIncluded":false,"currencyCode":"GBP",)"
        R"("presentmentCurrencyCode":"GBP","customAttributes":[{{"key":"sparkPaymentType","value":"paymentOnAccount"}},)"
        R"({{"key":"sparkCartId","value":"{8:08x}-4c1e-49b2-9d0f-{9:012x}"}},{{"key":"PO number","value":"PO-{5}"}}],)"
        R"("totalOutstandingSet":{10},"currentTotalPriceSet":{10},"totalRefundedSet":{11},)"
        R"("paymentTerms":{{"paymentTermsType":"NET","paymentTermsName":"Net 30","overdue":false,"dueInDays":30}},)"
        R"("customer":{{"id":"gid://shopify/Customer/{12}","legacyResourceId":"{12}","tags":["b2b","trade"]}},)"
        R"("purchasingEntity":{{"__typename":"PurchasingCompany","company":{{"id":"gid://shopify/Company/{13}",)"
        R"("name":"{14}","externalId":null}},"location":{{"id":"gid://shopify/CompanyLocation/{13}","name":"{14}, main site","externalId":null}}}})",
        orderId(number), orderName(number), 1 + number % 23, revision % 60, number % 60,
        55'000 + number % 9000, number % 12, revision, number * 2654435761U % 0xffffffffU, number,
        bag(total), bag(0), 7'000'000 + buyer, 300 + buyer, company);
    if (withLines) {
        out += R"(,"lineItems":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[)";
        const std::size_t lines = kLinesAtLeast + number % 7;
        for (std::size_t i = 0; i < lines; ++i)
            out += (i == 0 ? "" : ",") + lineNode(number, i);
        out += "]}";
    }
    return out + "}";
}

std::string orderPage(std::size_t count, int revision)
{
    std::string out =
        R"({"data":{"orders":{"pageInfo":{"hasNextPage":false,"endCursor":"eyJ4Ijo0"},"nodes":[)";
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "" : ",") + orderNode(i, revision, true);
    return out +
           R"(]}},"extensions":{"cost":{"requestedQueryCost":642,"actualQueryCost":620,"throttleStatus":)"
           R"({"maximumAvailable":20000.0,"currentlyAvailable":18800,"restoreRate":1000.0}}}})";
}

} // namespace counterfoil::bench
