#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace counterfoil::decode::shopify {

namespace {

constexpr std::size_t kReceiptsMax = 1000; ///< of a list that somebody else made longer

/// Reads the balance's JSON. What cannot be read leaves its member empty and is said in
/// balanceProblem: an unread balance is never zero.
void decodeBalance(const ShopifyAdapter& adapter, money::Currency shopCurrency,
                   domain::Account& account)
{
    if (!adapter.balanceIsOwed) {
        account.balanceProblem = "this shop's balance is credit, not debt";
        return;
    }
    const Result<Json> json = Json::parse(account.balanceText);
    if (!json || !json->root().isObject()) {
        account.balanceProblem = "not a JSON object";
        return;
    }
    Faults faults(json->root());
    Fields fields(json->root());
    const View code = fields(adapter.currencyKey);
    const std::string currencyText = readText(code, faults);
    const money::Currency currency =
        currencyText.empty() ? shopCurrency : readCurrency(code, currencyText, faults);
    const View balance = fields(adapter.balanceKey);
    account.balance = readMoney(balance, currency, Finer::Fault, faults);
    if (!account.balance)
        faults.add(balance, "missing");
    if (faults.any()) {
        account.balance.reset();
        account.balanceProblem = faults.text();
        return;
    }
    // The limit and the terms explain, they are never written: what is unreadable there stays out.
    Faults ignored(json->root());
    account.creditLimit =
        readMoney(fields(adapter.creditLimitKey), currency, Finer::Fault, ignored);
    account.netTerms = readText(fields(adapter.netTermsKey), ignored);
}

void decodeMetafields(Fields& fields, const ShopifyAdapter& adapter, domain::Account& account,
                      Faults& faults)
{
    const View balance = readObject(fields("metafield"), faults);
    if (!balance.isAbsent()) {
        account.hasBalance = true;
        account.balanceType = requireText(balance["type"], faults);
        account.balanceText = readText(balance["value"], faults);
        account.balanceDigest = requireText(balance["compareDigest"], faults);
        const View definition = readObject(balance["definition"], faults);
        const std::string access = readText(definition["access"]["admin"], faults);
        account.isForeignOwned = !definition.isAbsent() && access != adapter.writableAccess;
    }
    const View receiptsField = readObject(fields("receipts"), faults);
    if (receiptsField.isAbsent())
        return;
    account.hasReceipts = true;
    account.receiptsText = readText(receiptsField["value"], faults);
    account.receiptsDigest = requireText(receiptsField["compareDigest"], faults);
    Result<std::vector<domain::Receipt>> list = receipts(account.receiptsText);
    if (list)
        account.receipts = std::move(*list);
    else
        faults.unknown(receiptsField["value"], "not a list of receipts");
}

} // namespace

void decodeAccount(const View& node, const ShopifyAdapter& adapter, money::Currency shopCurrency,
                   domain::Account& account, Faults& faults)
{
    Fields fields(node);
    account.gid = requireText(fields("id"), faults);
    std::string legacy = readText(fields("legacyResourceId"), faults);
    account.customer =
        CustomerId(legacy.empty() ? std::string(gidNumber(account.gid)) : std::move(legacy));
    account.tags = readTexts(fields("tags"), faults);
    for (const View& profile : readArray(fields("companyContactProfiles"), faults).children()) {
        const std::string name = readText(readObject(profile["company"], faults)["name"], faults);
        if (account.companyName.empty())
            account.companyName = name;
    }
    // SparkLayer's own name of the buyer's company, for shops without Shopify companies
    // (sparklayer.md, customer metafields; its form is documented-old, so it may be missing).
    if (account.companyName.empty())
        account.companyName = readText(readObject(fields("companyName"), faults)["value"], faults);
    decodeMetafields(fields, adapter, account, faults);
    if (account.hasBalance)
        decodeBalance(adapter, shopCurrency, account);
}

Result<domain::Account> account(std::string_view doc, const ShopifyAdapter& adapter,
                                money::Currency shopCurrency)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    domain::Account account;
    decodeAccount(json->root(), adapter, shopCurrency, account, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return account;
}

Result<std::vector<domain::Receipt>> receipts(std::string_view receiptsText)
{
    const Result<Json> json = Json::parse(receiptsText);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    if (!json->root().isArray())
        faults.add(json->root(), "not a list");
    std::vector<domain::Receipt> list;
    for (const View& row : json->root().children()) {
        if (list.size() >= kReceiptsMax)
            break;
        Fields fields(row);
        domain::Receipt receipt;
        receipt.action = ActionId(requireText(fields("action"), faults));
        receipt.units = requireInteger(fields("units"), faults);
        const View amount = fields("amount");
        const View code = fields("currency");
        const money::Currency currency = readCurrency(code, readText(code, faults), faults);
        const std::optional<money::Money> money = readMoney(amount, currency, Finer::Fault, faults);
        const View at = fields("at");
        const std::optional<Instant> instant = readInstant(at, faults);
        if (!money)
            faults.add(amount, "missing");
        if (!instant)
            faults.add(at, "missing");
        receipt.amount = money.value_or(money::Money());
        receipt.at = instant.value_or(Instant{});
        list.push_back(std::move(receipt));
    }
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return list;
}

void decodeLevel(const View& node, domain::StockLevel& level, Faults& faults)
{
    Fields fields(node);
    level.isActive = readFlag(fields("isActive"), faults).value_or(true);
    level.updatedAt = readInstant(fields("updatedAt"), faults);
    for (const View& row : readArray(fields("quantities"), faults).children()) {
        if (readText(row["name"], faults) != "available")
            continue;
        level.available = readInteger(row["quantity"], faults);
        if (const std::optional<Instant> moved = readInstant(row["updatedAt"], faults); moved)
            level.updatedAt = moved;
    }
    const View item = fields("item");
    level.item = InventoryItemId(requireGid(readObject(item, faults)["id"], faults));
    level.sku = readText(item["sku"], faults);
    level.isTracked = readFlag(item["tracked"], faults).value_or(true);
}

Result<domain::StockLevel> stockLevel(std::string_view doc)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    domain::StockLevel level;
    level.location = LocationId(requireGid(json->root()["location"], faults));
    const View node = json->root()["level"];
    if (!node.isObject())
        faults.add(node, "not an object");
    decodeLevel(node, level, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return level;
}

namespace {

void decodeLocations(const View& connection, ShopSetup& setup, Faults& faults)
{
    for (const View& row : readNodes(connection, faults).children()) {
        Fields fields(row);
        ShopLocation location;
        location.id = LocationId(requireGid(fields("id"), faults));
        location.name = readText(fields("name"), faults);
        location.isActive = readFlag(fields("isActive"), faults).value_or(false);
        location.fulfillsOnlineOrders =
            readFlag(fields("fulfillsOnlineOrders"), faults).value_or(false);
        setup.locations.push_back(std::move(location));
    }
}

} // namespace

Result<ShopSetup> shopSetup(std::string_view doc)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    const View root = json->root();
    Faults faults(root);
    ShopSetup setup;
    const View shop = root["shop"];
    setup.shopName = readText(readObject(shop, faults)["name"], faults);
    setup.currency =
        readCurrency(shop["currencyCode"], readText(shop["currencyCode"], faults), faults);
    setup.timezone = readText(shop["ianaTimezone"], faults);
    setup.taxesIncluded = readFlag(shop["taxesIncluded"], faults).value_or(false);
    setup.planName = readText(shop["plan"]["publicDisplayName"], faults);
    setup.isPlus = readFlag(shop["plan"]["shopifyPlus"], faults).value_or(false);
    const View installation = readObject(root["currentAppInstallation"], faults);
    setup.appId = readText(installation["app"]["id"], faults);
    setup.appTitle = readText(installation["app"]["title"], faults);
    for (const View& row : readArray(installation["accessScopes"], faults).children())
        setup.scopes.push_back(readText(row["handle"], faults));
    for (const View& row : readArray(root["publicApiVersions"], faults).children()) {
        if (readFlag(row["supported"], faults).value_or(false))
            setup.supportedVersions.push_back(readText(row["handle"], faults));
    }
    const View names = readObject(root["inventoryProperties"], faults)["quantityNames"];
    for (const View& row : readArray(names, faults).children())
        setup.quantityNames.push_back(readText(row["name"], faults));
    decodeLocations(root["locations"], setup, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return setup;
}

void decodeDraft(const View& node, domain::Draft& draft, Faults& faults)
{
    Fields fields(node);
    const std::string gid = requireText(fields("id"), faults);
    draft.id = readText(fields("legacyResourceId"), faults);
    if (draft.id.empty())
        draft.id = std::string(gidNumber(gid));
    draft.name = readText(fields("name"), faults);
    draft.status = readText(fields("status"), faults);
    draft.createdAt = readInstant(fields("createdAt"), faults);
    draft.updatedAt = readInstant(fields("updatedAt"), faults);
    draft.completedAt = readInstant(fields("completedAt"), faults);
    draft.poNumber = readText(fields("poNumber"), faults);
    draft.tags = readTexts(fields("tags"), faults);
    draft.attributes = readAttributes(fields("customAttributes"), faults);
    draft.order = OrderId(std::string(gidNumber(readGid(fields("order"), faults))));
    draft.customer = CustomerId(std::string(gidNumber(readGid(fields("customer"), faults))));
    draft.total = readBag(fields("totalPriceSet"), Finer::Fault, faults);
}

Result<domain::Draft> draft(std::string_view doc)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    domain::Draft draft;
    decodeDraft(json->root(), draft, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return draft;
}

} // namespace counterfoil::decode::shopify
