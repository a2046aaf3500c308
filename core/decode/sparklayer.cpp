#include "core/decode/sparklayer.h"

#include "core/base/text.h"
#include "core/decode/sparklayer_values.h"

namespace counterfoil::decode::sparklayer {

std::optional<money::Money> readSparkMoney(const View& value, money::Currency currency, Finer finer,
                                           Faults& faults)
{
    if (!value.isObject())
        return readMoney(value, currency, finer, faults);
    const View code = value["currency"];
    const std::string text = readText(code, faults);
    const View named = value["number"];
    const View number = named.isAbsent() ? value["amount"] : named;
    if (readDecimal(number, faults).empty())
        return std::nullopt;
    return readMoney(number, text.empty() ? currency : readCurrency(code, text, faults), finer,
                     faults);
}

View firstList(const View& root)
{
    if (root.isArray())
        return root;
    for (const View& member : root.children()) {
        if (member.isArray())
            return member;
    }
    return View();
}

View identifiersOf(const View& root, const SparklayerAdapter& adapter)
{
    const View now = root.at(adapter.fields.at("identifiers"));
    // An empty object is as good as none (sparklayer.md 12).
    const bool isFilled = now.firstChild().kind() != JsonKind::Missing;
    const View old = root.at(adapter.fields.at("identifiers_old"));
    return isFilled || old.isAbsent() ? now : old;
}

namespace {

std::string firstFilled(const View& record, const std::vector<std::string>& paths, Faults& faults)
{
    for (const std::string& path : paths) {
        std::string text = readText(record.at(path), faults);
        if (!text.empty())
            return text;
    }
    return {};
}

domain::PurchaseLine decodeLine(const View& row, const SparklayerAdapter& adapter,
                                money::Currency currency, Faults& faults)
{
    const auto at = [&](const char* word) { return row.at(adapter.fields.at(word)); };
    domain::PurchaseLine line;
    line.sku = firstFilled(row, adapter.lineSkuPaths, faults);
    line.platformId = std::string(gidNumber(firstFilled(row, adapter.linePlatformIdPaths, faults)));
    line.name = readText(at("line_name"), faults);
    const View quantity = at("line_quantity");
    const std::optional<std::int64_t> count = readInteger(quantity, faults);
    if (!count)
        faults.add(quantity, "missing");
    line.quantity = count.value_or(0);
    line.totalNet = readSparkMoney(at("line_net"), currency, Finer::Round, faults);
    line.totalTax = readSparkMoney(at("line_tax"), currency, Finer::Round, faults);
    line.totalGross = readSparkMoney(at("line_gross"), currency, Finer::Round, faults);
    line.discountNet = readSparkMoney(at("line_discount"), currency, Finer::Round, faults);
    return line;
}

/// Packages come as a list or as a single object (sparklayer.md 3.4).
void decodePackages(const View& packages, const SparklayerAdapter& adapter,
                    domain::Purchase& purchase, Faults& faults)
{
    if (packages.isAbsent())
        return;
    std::vector<domain::PurchaseLine> lines;
    const auto one = [&](const View& package) {
        const View typeView = package.at(adapter.fields.at("package_type"));
        const std::string type = readText(typeView, faults);
        if (!type.empty() && !adapter.packageTypes.contains(folded(trimmed(type))))
            faults.unknown(typeView, type);
        const View rows = package.at(adapter.fields.at("package_lines"));
        for (const View& row : readArray(rows, faults).children()) {
            lines.push_back(decodeLine(row, adapter, purchase.currency, faults));
            lines.back().packageType = type;
        }
    };
    if (packages.isObject()) {
        one(packages);
    } else {
        for (const View& package : readArray(packages, faults).children())
            one(package);
    }
    purchase.lines = std::move(lines);
}

} // namespace

void decodePurchase(const View& root, const SparklayerAdapter& adapter, domain::Purchase& purchase,
                    Faults& faults)
{
    const auto at = [&](const char* word) { return root.at(adapter.fields.at(word)); };
    const View identifiers = readObject(identifiersOf(root, adapter), faults);
    const auto id = [&](const char* word) {
        return readText(identifiers.at(adapter.fields.at(word)), faults);
    };
    purchase.id = PurchaseId(id("id"));
    purchase.order = OrderId(std::string(gidNumber(id("platform_id"))));
    purchase.internalId = id("internal_id");
    purchase.visibleName = id("visible_id");
    if (purchase.id.empty() && purchase.order.empty())
        faults.add(at("identifiers"), "names neither the purchase nor its order");
    purchase.type = readText(at("type"), faults);
    purchase.paymentMethod = readCoded(at("payment_method"), adapter.paymentMethods, faults);
    purchase.customerReference = readText(at("customer_reference"), faults);
    purchase.customerId = readText(at("customer_id"), faults);
    purchase.hasChildCustomer = !readText(at("customer_child"), faults).empty();
    const View code = at("currency");
    const std::string text = readText(code, faults);
    if (!text.empty())
        purchase.currency = readCurrency(code, text, faults);
    purchase.total = readSparkMoney(at("total"), purchase.currency, Finer::Fault, faults);
    purchase.totalPaid = readSparkMoney(at("total_paid"), purchase.currency, Finer::Fault, faults);
    if (purchase.currency.empty() && purchase.total)
        purchase.currency = purchase.total->currency();
    purchase.placedAt = readInstant(at("placed_at"), faults);
    purchase.createdAt = readInstant(at("created_at"), faults);
    purchase.updatedAt = readInstant(at("updated_at"), faults);
    purchase.fulfilmentStatus = readText(at("fulfilment_status"), faults);
    decodePackages(at("packages"), adapter, purchase, faults);
}

void decodeTransactions(const View& list, const SparklayerAdapter& adapter,
                        money::Currency currency,
                        std::vector<domain::PurchaseTransaction>& transactions, Faults& faults)
{
    for (const View& row : readArray(list, faults).children()) {
        const auto at = [&](const char* word) { return row.at(adapter.fields.at(word)); };
        domain::PurchaseTransaction transaction;
        transaction.platformId = readText(at("transaction_id"), faults);
        const View total = at("transaction_total");
        const std::optional<money::Money> money =
            readSparkMoney(total, currency, Finer::Fault, faults);
        if (!money)
            faults.add(total, "missing");
        transaction.total = money.value_or(money::Money());
        const View applies = at("transaction_applies");
        const std::optional<bool> flag = readFlag(applies, faults);
        if (!flag)
            faults.add(applies, "missing");
        transaction.appliesToBalance = flag.value_or(false);
        transaction.rma = readText(at("transaction_rma"), faults);
        transactions.push_back(std::move(transaction));
    }
}

Result<domain::Purchase> purchase(std::string_view doc, const SparklayerAdapter& adapter,
                                  Unknowns unknowns)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    domain::Purchase purchase;
    decodePurchase(json->root(), adapter, purchase, faults);
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return purchase;
}

Result<std::vector<domain::PurchaseTransaction>>
purchaseTransactions(std::string_view doc, const SparklayerAdapter& adapter,
                     money::Currency currency)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    const View list = firstList(json->root());
    if (!list.isArray())
        faults.add(json->root(), "not a list");
    std::vector<domain::PurchaseTransaction> transactions;
    decodeTransactions(list, adapter, currency, transactions, faults);
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return transactions;
}

Result<SparkStock> stock(std::string_view doc)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    SparkStock stock;
    const View sku = json->root()["sku"];
    stock.sku = readText(sku, faults);
    if (stock.sku.empty())
        faults.add(sku, "missing");
    for (const View& row : readArray(json->root()["stock_levels"], faults).children()) {
        SparkStockLevel level;
        level.location = readText(row["stock_location_id"], faults);
        level.level = readInteger(row["stock_level"], faults);
        stock.levels.push_back(std::move(level));
    }
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return stock;
}

} // namespace counterfoil::decode::sparklayer
