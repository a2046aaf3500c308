#include "tests/simulation/shop.h"

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/money/money.h"

#include <nlohmann/json.hpp>

namespace counterfoil::simulation {

namespace {

using Json = nlohmann::json;
constexpr const char* kPrefix = "gid://counterfoil/Release/";

std::string refusal(const char* field, const char* code)
{
    return Json{
        {"data",
         {{field,
           {{"userErrors",
             {{{"code", code}, {"field", nullptr}, {"message", "refused: " + std::string(code)}}}},
            {"metafields", nullptr},
            {"inventoryAdjustmentGroup", nullptr},
            {"order", nullptr}}}}}}
        .dump();
}

bool digestFits(const Json& input, const std::string& text)
{
    if (!input.contains("compareDigest"))
        return true; // unconditional
    if (input.at("compareDigest").is_null())
        return text.empty();
    return !text.empty() && input.at("compareDigest").get<std::string>() == Shop::digestOf(text);
}

} // namespace

std::string Shop::digestOf(const std::string& text)
{
    return sha256Hex(text).substr(0, 24);
}

std::string Shop::balanceWith(const std::string& text, std::int64_t minor) const
{
    Json json = Json::parse(text);
    const std::string amount = money::Money::fromMinor(minor, m_currency).decimalText();
    return R"({"credit_limit":5000,"balance":)" + amount + R"(,"net_terms":30})";
}

std::int64_t Shop::balanceMinor(const CustomerId& customer) const
{
    const std::string& text = owners.at(customer).balanceText;
    const std::size_t start = text.find("\"balance\":") + 10;
    const std::string number = text.substr(start, text.find_first_of(",}", start) - start);
    return money::Money::parse(number, m_currency).value().minor();
}

void Shop::addToBalance(const CustomerId& customer, std::int64_t minor)
{
    Owner& owner = owners.at(customer);
    owner.balanceText = balanceWith(owner.balanceText, balanceMinor(customer) + minor);
    owner.foreignMinor += minor;
}

void Shop::overwriteBalance(const CustomerId& customer, const std::string& text)
{
    const std::int64_t before = balanceMinor(customer);
    owners.at(customer).balanceText = text;
    owners.at(customer).foreignMinor += balanceMinor(customer) - before;
}

void Shop::addToLevel(const std::string& place, std::int64_t pieces)
{
    levels.at(place).available += pieces;
    levels.at(place).foreign += pieces;
}

std::string Shop::apply(const request::PreparedRequest& write, Instant now)
{
    const std::string operation = Json::parse(write.body).at("operationName").get<std::string>();
    if (operation == "AccountCredit")
        return setMetafields(write.body, now);
    if (operation == "ReleaseStock")
        return adjust(write.body, now);
    if (operation == "SetPo")
        return updateOrder(write.body);
    breaches.push_back("unknown write " + operation);
    return R"({"errors":[{"message":"unknown"}]})";
}

std::string Shop::setMetafields(const std::string& body, Instant now)
{
    const Json list = Json::parse(body).at("variables").at("metafields");
    if (list.size() != 2)
        breaches.push_back("a credit is ONE call of two metafields");
    const CustomerId customer(std::string(gidNumber(list.at(0).at("ownerId").get<std::string>())));
    Owner& owner = owners.at(customer);
    const Json* balance = nullptr;
    const Json* receipts = nullptr;
    for (const Json& row : list)
        (row.at("key") == "payment_on_account" ? balance : receipts) = &row;
    if (!m_ignoresDigests &&
        (!digestFits(*balance, owner.balanceText) || !digestFits(*receipts, owner.receiptsText)))
        return refusal("metafieldsSet", "STALE_OBJECT");
    const std::int64_t before = balanceMinor(customer);
    owner.balanceText = balance->at("value").get<std::string>();
    owner.receiptsText = receipts->at("value").get<std::string>();
    const Json newest = Json::parse(owner.receiptsText).at(0);
    Effect effect;
    effect.action = ActionId(newest.at("action").get<std::string>());
    effect.at = now;
    effect.minor = before - balanceMinor(customer);
    credits.push_back(effect);
    Json written = Json::array();
    for (const Json& row : list) {
        const std::string value = row.at("value").get<std::string>();
        written.push_back({{"id", "gid://shopify/Metafield/1"},
                           {"namespace", row.at("namespace")},
                           {"key", row.at("key")},
                           {"type", "json"},
                           {"value", value},
                           {"compareDigest", digestOf(value)},
                           {"updatedAt", formatInstant(now)}});
    }
    return Json{
        {"data", {{"metafieldsSet", {{"metafields", written}, {"userErrors", Json::array()}}}}}}
        .dump();
}

std::string Shop::adjust(const std::string& body, Instant now)
{
    const Json variables = Json::parse(body).at("variables");
    const std::string key = variables.at("key").get<std::string>();
    if (const auto known = m_answers.find(key); known != m_answers.end())
        return known->second;
    const Json input = variables.at("input");
    for (const Json& change : input.at("changes")) {
        const std::string place = change.at("locationId").get<std::string>() + "|" +
                                  change.at("inventoryItemId").get<std::string>();
        if (!change.contains("changeFromQuantity"))
            breaches.push_back("changeFromQuantity is missing");
        const Json& from = change.at("changeFromQuantity");
        if (!m_ignoresDigests && !from.is_null() &&
            from.get<std::int64_t>() != levels.at(place).available)
            return m_answers[key] =
                       refusal("inventoryAdjustQuantities", "CHANGE_FROM_QUANTITY_STALE");
    }
    Json changes = Json::array();
    Effect effect;
    for (const Json& change : input.at("changes")) {
        const std::string location = change.at("locationId").get<std::string>();
        const std::string item = change.at("inventoryItemId").get<std::string>();
        const std::int64_t delta = change.at("delta").get<std::int64_t>();
        std::int64_t& available = levels.at(location + "|" + item).available;
        available += delta;
        effect.quantity = delta > 0 ? delta : effect.quantity;
        changes.push_back({{"name", "available"},
                           {"delta", delta},
                           {"quantityAfterChange", available},
                           {"location", {{"id", location}}},
                           {"item", {{"id", item}}}});
    }
    const std::string uri = input.at("referenceDocumentUri").get<std::string>();
    effect.action = ActionId(uri.substr(std::string(kPrefix).size()));
    effect.at = now;
    releases.push_back(effect);
    return m_answers[key] = Json{{"data",
                                  {{"inventoryAdjustQuantities",
                                    {{"inventoryAdjustmentGroup",
                                      {{"id", "gid://shopify/InventoryAdjustmentGroup/1"},
                                       {"createdAt", formatInstant(now)},
                                       {"reason", "restock"},
                                       {"referenceDocumentUri", uri},
                                       {"changes", changes}}},
                                     {"userErrors", Json::array()}}}}}}
                                .dump();
}

std::string Shop::updateOrder(const std::string& body)
{
    const Json input = Json::parse(body).at("variables").at("input");
    const std::string gid = input.at("id").get<std::string>();
    const std::string po = input.at("poNumber").get<std::string>();
    if (input.size() != 2)
        breaches.push_back("orderUpdate with more than id and poNumber");
    pos[OrderId(std::string(gidNumber(gid)))] = po;
    return Json{
        {"data",
         {{"orderUpdate",
           {{"order", {{"id", gid}, {"poNumber", po}, {"updatedAt", "2026-11-24T10:00:00Z"}}},
            {"userErrors", Json::array()}}}}}}
        .dump();
}

} // namespace counterfoil::simulation
