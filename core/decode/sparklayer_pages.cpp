#include "core/base/text.h"
#include "core/decode/sparklayer_values.h"

#include <fmt/format.h>

namespace counterfoil::decode::sparklayer {

namespace {

using domain::DocumentKind;
using domain::PageDocument;

constexpr std::size_t kSetAsideBytes = 64U << 10U;

Result<Json> open(std::string_view body)
{
    // "Nothing" may come as 204 without a body (sparklayer.md 5.1).
    Result<Json> json = Json::parse(trimmed(body).empty() ? std::string_view("[]") : body);
    if (!json) {
        Error error = json.error();
        error.source = Platform::SparkLayer;
        return fail(std::move(error));
    }
    if (json->root().kind() < JsonKind::Object)
        return fail(ErrorCode::Undecodable, "answer: neither an object nor a list",
                    Platform::SparkLayer);
    return json;
}

domain::SetAside asideOf(DocumentKind kind, const View& node, const Faults& faults)
{
    domain::SetAside aside;
    aside.kind = kind;
    aside.reason = faults.text();
    aside.body = std::string(clipped(node.raw(), kSetAsideBytes));
    return aside;
}

Result<View> listOf(const Json& json)
{
    const View list = firstList(json.root());
    Faults faults(json.root());
    if (!list.isArray())
        faults.add(json.root(), "no list in the answer");
    else
        static_cast<void>(readArray(list, faults)); // its length
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return list;
}

/// A price and its currency under any of the names that were seen (sparklayer.md 5.1).
void readPrice(const View& row, money::Currency currency, PriceRow& price, Faults& faults)
{
    View value;
    for (const std::string_view key :
         {"unit_price", "price", "net_price", "net_unit_price", "unit_price_net"}) {
        if (value.isAbsent())
            value = row[key];
    }
    const View code = value.isObject() ? value["currency"] : row["currency_code"];
    const std::string text = readText(code, faults);
    price.currency = text.empty() ? currency : readCurrency(code, text, faults);
    const View number = value.isObject() ? value["number"] : value;
    if (price.currency.empty() && !number.isAbsent())
        faults.add(number, "an amount without a currency");
    else
        price.netUnitMinor = readMinorExact(number, price.currency, faults);
}

std::string skuOf(const View& row, Faults& faults)
{
    std::string sku = readText(row["sku"], faults);
    return sku.empty() ? readText(row["identifiers"]["sku"], faults) : sku;
}

/// One priced line with its quantity breaks, each a row.
void appendPrices(const View& row, money::Currency currency, std::vector<PriceRow>& rows,
                  Faults& faults)
{
    PriceRow base;
    base.sku = skuOf(row, faults);
    base.priceList = readText(row["price_list_slug"], faults);
    base.fromQuantity = readInteger(row["quantity"], faults).value_or(1);
    if (row["error"].kind() == JsonKind::String) {
        base.error = std::string(clipped(readText(row["error"], faults), 512));
        rows.push_back(std::move(base));
        return;
    }
    readPrice(row, currency, base, faults);
    const money::Currency known = base.currency;
    if (base.netUnitMinor)
        rows.push_back(base);
    for (const std::string_view key : {"pricing", "quantity_breaks", "breaks", "price_breaks"}) {
        for (const View& step : readArray(row[key], faults).children()) {
            PriceRow broken = base;
            broken.fromQuantity = readInteger(step["quantity"], faults).value_or(1);
            broken.netUnitMinor.reset();
            readPrice(step, known, broken, faults);
            if (broken.netUnitMinor)
                rows.push_back(std::move(broken));
        }
    }
}

Result<std::vector<PriceRow>> prices(std::string_view body, money::Currency currency)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    const Result<View> list = listOf(*json);
    if (!list)
        return fail(list.error());
    std::vector<PriceRow> rows;
    Faults faults(json->root());
    for (const View& row : list->children())
        appendPrices(row, currency, rows, faults);
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return rows;
}

} // namespace

Result<TokenReply> token(std::string_view body)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    TokenReply reply;
    const View access = json->root()["access_token"];
    reply.accessToken = Secret(readText(access, faults));
    if (reply.accessToken.empty())
        faults.add(access, "missing");
    // One hour is what the platform documents (sparklayer.md 2.2).
    reply.lifetime =
        readSeconds(json->root()["expires_in"], faults).value_or(std::chrono::hours(1));
    if (faults.any())
        return failed(faults, Platform::SparkLayer);
    return reply;
}

Result<PurchaseList> purchaseList(std::string_view body, const SparklayerAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    const Result<View> list = listOf(*json);
    if (!list)
        return fail(list.error());
    PurchaseList page;
    for (const View& node : list->children()) {
        ++page.received;
        Faults faults(node);
        domain::Purchase purchase;
        if (!node.isObject())
            faults.add(node, "not an object");
        decodePurchase(node, adapter, purchase, faults);
        if (faults.any()) {
            page.setAside.push_back(asideOf(DocumentKind::Purchase, node, faults));
            continue;
        }
        PurchaseRow row;
        row.id = purchase.id;
        row.order = purchase.order;
        row.visibleName = purchase.visibleName;
        row.type = purchase.type;
        row.updatedAt = purchase.updatedAt;
        page.rows.push_back(std::move(row));
    }
    return page;
}

Result<DocumentPage> purchaseDetail(std::string_view body, const SparklayerAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    if (!json->root().isObject())
        return fail(ErrorCode::Undecodable, "answer: not an object", Platform::SparkLayer);
    DocumentPage page;
    PageDocument document;
    domain::Purchase purchase;
    Faults faults(json->root(), &document.unknowns);
    decodePurchase(json->root(), adapter, purchase, faults);
    if (faults.any()) {
        page.setAside.push_back(asideOf(DocumentKind::Purchase, json->root(), faults));
        return page;
    }
    document.kind = DocumentKind::Purchase;
    document.externalId = purchase.order.empty() ? purchase.id.value : purchase.order.value;
    document.body = std::string(json->root().raw());
    document.sourceTime = purchase.updatedAt;
    document.keys.order = purchase.order;
    document.keys.orderName = purchase.visibleName;
    document.keys.status = purchase.type;
    document.keys.hasPo = !trimmed(purchase.customerReference).empty();
    page.documents.push_back(std::move(document));
    return page;
}

Result<DocumentPage> transactions(std::string_view body, std::string externalId, OrderId order,
                                  const SparklayerAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    const Result<View> list = listOf(*json);
    if (!list)
        return fail(list.error());
    DocumentPage page;
    PageDocument document;
    Faults faults(json->root(), &document.unknowns);
    std::vector<domain::PurchaseTransaction> read;
    // Whether a bare number has its currency is for the case to say: any one will do here.
    const Result<money::Currency> any = money::Currency::fromCode("GBP");
    decodeTransactions(*list, adapter, any.value_or(money::Currency()), read, faults);
    if (faults.any()) {
        page.setAside.push_back(asideOf(DocumentKind::PurchaseTransactions, json->root(), faults));
        page.setAside.back().externalId = std::move(externalId);
        return page;
    }
    document.kind = DocumentKind::PurchaseTransactions;
    document.externalId = std::move(externalId);
    document.body = std::string(json->root().raw());
    document.keys.order = std::move(order);
    page.documents.push_back(std::move(document));
    return page;
}

Result<DocumentPage> stockRows(std::string_view body, const SparklayerAdapter& /*adapter*/)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    const Result<View> list = listOf(*json);
    if (!list)
        return fail(list.error());
    DocumentPage page;
    for (const View& node : list->children()) {
        PageDocument document;
        const Result<SparkStock> read = stock(node.raw());
        if (!read) {
            domain::SetAside aside;
            aside.kind = DocumentKind::SparkStock;
            aside.reason = read.error().detail;
            aside.body = std::string(clipped(node.raw(), kSetAsideBytes));
            page.setAside.push_back(std::move(aside));
            continue;
        }
        document.kind = DocumentKind::SparkStock;
        document.externalId = read->sku;
        document.body = std::string(node.raw());
        document.keys.sku = read->sku;
        page.documents.push_back(std::move(document));
    }
    return page;
}

Result<std::vector<PriceRow>> calculatedPrices(std::string_view body)
{
    return prices(body, money::Currency());
}

Result<std::vector<PriceRow>> customerPrices(std::string_view body, money::Currency currency)
{
    return prices(body, currency);
}

namespace {

/// title and detail of a problem object with its errors, or the messages of a bare list.
std::string problemText(const View& root)
{
    Faults ignored{View()};
    std::string text;
    const auto add = [&](const View& value) {
        const std::string part = readText(value, ignored);
        if (!part.empty() && value.kind() == JsonKind::String)
            text += (text.empty() ? "" : "; ") + part;
    };
    if (root.isObject()) {
        add(root["title"]);
        add(root["detail"]);
        add(root["message"]);
    }
    const View rows = root.isArray() ? root : root["errors"];
    for (const View& row : rows.children()) {
        if (text.size() > 400)
            break;
        add(row["code"]);
        add(row["property"]);
        add(row["field"]);
        add(row["message"]);
    }
    return text;
}

ErrorCode codeOf(int httpStatus)
{
    switch (httpStatus) {
    case 400:
    case 422:
        return ErrorCode::Rejected;
    case 401:
    case 403:
        return ErrorCode::Unauthorised;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 429:
        return ErrorCode::RateLimited;
    default:
        return httpStatus >= 500 ? ErrorCode::Server : ErrorCode::Invalid;
    }
}

} // namespace

Error replyError(int httpStatus, std::string_view body)
{
    std::string text;
    if (const Result<Json> json = Json::parse(body); json)
        text = problemText(json->root());
    Error error(
        codeOf(httpStatus),
        fmt::format("HTTP {}{}{}", httpStatus, text.empty() ? "" : ": ", clipped(text, 400)),
        Platform::SparkLayer);
    error.httpStatus = httpStatus;
    return error;
}

} // namespace counterfoil::decode::sparklayer
