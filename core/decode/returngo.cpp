#include "core/decode/returngo.h"

#include "core/base/text.h"
#include "core/decode/returngo_values.h"

#include <fmt/format.h>

#include <map>

namespace counterfoil::decode::returngo {

namespace {

/// What domain::RmaUnit::returnMethodType says of goods that the buyer keeps.
constexpr std::string_view kKeepItemMethod = "No shipment required";

std::string requireText(const View& value, Faults& faults)
{
    std::string text = readText(value, faults);
    if (text.empty())
        faults.add(value, "missing");
    return text;
}

/// {amount, currency, shopAmount, shopCurrency}. ReturnGO sends numbers that may carry the noise of
/// binary fractions: rounded half up from their text (returngo.md 7.3).
std::optional<domain::MoneyPair> readPair(const Record& parent, const View& view, Faults& faults)
{
    const View object = readObject(view, faults);
    if (object.isAbsent())
        return std::nullopt;
    const Record record = parent.inner(object);
    const View amount = record("amount");
    if (readDecimal(amount, faults).empty())
        return std::nullopt;
    const View code = record("currency");
    const money::Currency currency = readCurrency(code, readText(code, faults), faults);
    domain::MoneyPair pair;
    const std::optional<money::Money> presentment =
        readMoney(amount, currency, Finer::Round, faults);
    pair.presentment = presentment.value_or(money::Money());
    const View shopCode = record("shop_currency");
    const std::string shopText = readText(shopCode, faults);
    if (!shopText.empty()) {
        const std::optional<money::Money> shop = readMoney(
            record("shop_amount"), readCurrency(shopCode, shopText, faults), Finer::Round, faults);
        pair.shop = shop.value_or(money::Money());
    }
    return pair;
}

/// A fee is a bare number: read in the RMA's currency. Without one it stays unread.
std::optional<money::Money> readFee(const View& value, money::Currency currency, Faults& faults)
{
    if (readDecimal(value, faults).empty())
        return std::nullopt;
    if (currency.empty()) {
        faults.unknown(value, "an amount without a currency");
        return std::nullopt;
    }
    return readMoney(value, currency, Finer::Round, faults);
}

/// The same, where an account sends it with its currency.
std::optional<money::Money> readFee(const Record& parent, const char* word,
                                    money::Currency currency, Faults& faults)
{
    const View value = parent(word);
    if (!value.isObject())
        return readFee(value, currency, faults);
    const std::optional<domain::MoneyPair> pair = readPair(parent, value, faults);
    return pair ? std::optional(pair->presentment) : std::nullopt;
}

/// A time of ReturnGO: one without an offset is in UTC, as all others are (returngo.md 2).
std::optional<Instant> readMoment(const View& value, Faults& faults)
{
    if (value.kind() == JsonKind::String) {
        Faults ignored{View()};
        if (const Result<Instant> utc = parseInstant(readText(value, ignored) + "Z"))
            return *utc;
    }
    return readInstant(value, faults);
}

domain::Shipment decodeShipment(const Record& record, Faults& faults)
{
    domain::Shipment shipment;
    shipment.id = readText(record("shipment_id"), faults);
    shipment.status =
        readCoded(record("shipment_status"), record.adapter().shipmentStatuses, faults);
    shipment.carrier = readText(record("carrier"), faults);
    shipment.trackingNumber = readText(record("tracking"), faults);
    shipment.isOutbound = readFlag(record("outbound"), faults).value_or(false);
    return shipment;
}

void decodeUnitMoney(const Record& record, domain::RmaUnit& unit, Faults& faults)
{
    unit.paidPrice = readPair(record, record("paid_price"), faults);
    unit.paidTax = readPair(record, record("paid_tax"), faults);
    unit.isTaxIncluded = readFlag(record("tax_included"), faults);
    if (unit.isTaxIncluded == false && !record.adapter().paidPriceIsNet)
        unit.isTaxIncluded = true; // stated by the site: the paid price is what was paid
    if (unit.paidPrice && unit.paidTax &&
        unit.paidPrice->presentment.currency() != unit.paidTax->presentment.currency())
        faults.add(record("paid_tax"), "in another currency than the price");
}

void decodeFees(const Record& record, money::Currency currency, domain::RmaUnit& unit,
                Faults& faults)
{
    if (unit.paidPrice)
        currency = unit.paidPrice->presentment.currency();
    unit.restockingFee = readFee(record, "restocking_fee", currency, faults);
    unit.returnFee = readFee(record, "return_fee", currency, faults);
    unit.shipmentFee = readFee(record, "shipment_fee", currency, faults);
}

domain::Validation decodeValidation(const Record& parent, Faults& faults)
{
    domain::Validation validation;
    const View object = readObject(parent("validation"), faults);
    if (object.isAbsent())
        return validation;
    const Record record = parent.inner(object);
    validation.at = readMoment(record("validated_at"), faults);
    validation.by = readText(record("validated_by"), faults);
    validation.isRestockable = readFlag(record("restockable"), faults);
    validation.isReturned = readFlag(record("returned"), faults);
    return validation;
}

/// The answer to a follow-up question, whatever its type (returngo.md 5.2).
std::string readAnswer(const Record& question, Faults& faults)
{
    std::string text = readText(question("question_answer"), faults);
    if (!text.empty())
        return text;
    for (const std::string& part : readTexts(question("question_answers"), faults)) {
        if (!part.empty())
            text += (text.empty() ? "" : ", ") + part;
    }
    return text.empty() ? readText(question("question_number"), faults) : text;
}

/// "No shipment required" for what this shop's word says (the setting), else the word as sent.
std::string readReturnMethod(const Record& record, Faults& faults)
{
    const View plain = record("return_method_text");
    std::string word =
        readText(plain.kind() == JsonKind::String ? plain : record("return_method"), faults);
    if (sameText(word, record.adapter().keepItemMethod))
        return std::string(kKeepItemMethod);
    return word;
}

/// Units without an id of their own: the n-th of their line (law.md 4).
void nameUnits(domain::Rma& rma)
{
    std::map<std::string, int> seen;
    for (domain::RmaUnit& unit : rma.units) {
        if (!unit.id.empty())
            continue;
        const std::string place =
            fmt::format("{}:{}", rma.id.value, unit.line.empty() ? unit.sku : unit.line.value);
        unit.id = UnitId(fmt::format("{}:{}", place, ++seen[place]));
    }
}

domain::RmaUnit decodeUnit(const Record& record, Faults& faults)
{
    domain::RmaUnit unit;
    unit.id = UnitId(readText(record("unit_id"), faults));
    unit.line = LineId(std::string(gidNumber(readText(record("line_id"), faults))));
    unit.variantId = readText(record("variant_id"), faults);
    unit.sku = readText(record("sku"), faults);
    unit.title = readText(record("title"), faults);
    decodeUnitMoney(record, unit, faults);
    unit.returnReason = readText(record("return_reason"), faults);
    unit.resolution = readCoded(record("resolution"), record.adapter().resolutions, faults);
    unit.resolutionName = readText(record("resolution_name"), faults);
    unit.policyRuleName = readText(record("policy_rule"), faults);
    unit.shipmentId = readText(record("item_shipment"), faults);
    unit.returnMethodType = readReturnMethod(record, faults);
    unit.validation = decodeValidation(record, faults);
    unit.hasExchange =
        readArray(record("exchange_items"), faults).firstChild().kind() != JsonKind::Missing;
    for (const View& row : readArray(record("questions"), faults).children()) {
        const Record question = record.inner(row);
        domain::Attribute answer;
        answer.key = readText(question("question_name"), faults);
        answer.value = readAnswer(question, faults);
        if (!answer.value.empty())
            unit.answers.push_back(std::move(answer));
    }
    return unit;
}

domain::RmaComment decodeComment(const Record& record, Faults& faults)
{
    domain::RmaComment comment;
    comment.type = readText(record("comment_type"), faults);
    comment.by = readText(record("comment_by"), faults);
    comment.text = plainText(readText(record("comment_text"), faults));
    // A time that is none costs the comment its place, not the whole return its reading.
    const View when = record("comment_at");
    Faults own{when};
    comment.at = readMoment(when, own);
    if (own.any())
        faults.unknown(when, readText(when, own));
    return comment;
}

/// The currency of the RMA's order: the first one that a price or a transaction names.
money::Currency currencyOf(const domain::Rma& rma)
{
    for (const domain::RmaUnit& unit : rma.units) {
        if (unit.paidPrice)
            return unit.paidPrice->presentment.currency();
    }
    return rma.transactions.empty() ? money::Currency()
                                    : rma.transactions.front().amount.presentment.currency();
}

} // namespace

void decodeSummary(const Record& record, domain::Rma& rma, Faults& faults)
{
    rma.id = RmaId(requireText(record("rma_id"), faults));
    const View status = record("status");
    rma.status = readCoded(status, record.adapter().rmaStatuses, faults);
    if (rma.status.raw.empty())
        faults.add(status, "missing");
    rma.orderName = readText(record("order_name"), faults);
    for (const View& row : readArray(record("events"), faults).children()) {
        const Record event = record.inner(row);
        domain::Attribute attribute;
        attribute.key = readText(event("event_name"), faults);
        attribute.value = readText(event("event_date"), faults);
        rma.events.push_back(std::move(attribute));
    }
}

void decodeTransaction(const Record& record, domain::RmaTransaction& transaction, Faults& faults)
{
    transaction.id = TransactionId(requireText(record("transaction_id"), faults));
    transaction.type =
        readCoded(record("transaction_type"), record.adapter().transactionTypes, faults);
    transaction.status =
        readCoded(record("transaction_status"), record.adapter().transactionStatuses, faults);
    const View amount = record("transaction_amount");
    const std::optional<domain::MoneyPair> pair = readPair(record, amount, faults);
    if (!pair)
        faults.add(amount, "missing");
    transaction.amount = pair.value_or(domain::MoneyPair{});
    transaction.externalReferenceType = readText(record("reference_type"), faults);
    transaction.externalReferenceId = readText(record("reference_id"), faults);
    for (std::string& unit : readTexts(record("transaction_units"), faults))
        transaction.units.emplace_back(std::move(unit));
    transaction.createdAt = readMoment(record("created_at"), faults);
    transaction.updatedAt = readMoment(record("updated_at"), faults);
}

void decodeDetail(const Record& record, domain::Rma& rma, Faults& faults)
{
    rma.hasDetail = true;
    const View summary = record("summary");
    if (!summary.isObject())
        faults.add(summary, "not an object");
    decodeSummary(record.inner(summary), rma, faults);
    rma.order = OrderId(std::string(gidNumber(readText(record("order_id"), faults))));
    const std::string name = readText(record("order_name_detail"), faults);
    if (!name.empty())
        rma.orderName = name;
    for (const View& row : readArray(record("shipments"), faults).children())
        rma.shipments.push_back(decodeShipment(record.inner(row), faults));
    const View items = record("items");
    if (items.isAbsent())
        faults.add(items, "missing");
    for (const View& row : readArray(items, faults).children())
        rma.units.push_back(decodeUnit(record.inner(row), faults));
    nameUnits(rma);
    for (const View& row : readArray(record("comments"), faults).children())
        rma.comments.push_back(decodeComment(record.inner(row), faults));
    for (const View& row : readArray(record("transactions"), faults).children())
        decodeTransaction(record.inner(row), rma.transactions.emplace_back(), faults);
    const money::Currency currency = currencyOf(rma);
    std::size_t index = 0;
    for (const View& row : readArray(items, faults).children())
        decodeFees(record.inner(row), currency, rma.units[index++], faults);
    rma.cancellationFee = readFee(record, "cancellation_fee", currency, faults);
    rma.hasExchangeOrder =
        readArray(record("exchange_orders"), faults).firstChild().kind() != JsonKind::Missing;
    rma.createdAt = readMoment(record("created_at"), faults);
    rma.updatedAt = readMoment(record("updated_at"), faults);
    readTimeline(record.adapter(), rma);
}

Result<domain::Rma> rma(std::string_view doc, const ReturngoAdapter& adapter, Unknowns unknowns)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    domain::Rma rma;
    decodeDetail(Record(json->root(), adapter), rma, faults);
    if (faults.any())
        return failed(faults, Platform::ReturnGo);
    return rma;
}

Result<domain::Rma> rmaSummary(std::string_view doc, const ReturngoAdapter& adapter,
                               Unknowns unknowns)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    domain::Rma rma;
    decodeSummary(Record(json->root(), adapter), rma, faults);
    if (faults.any())
        return failed(faults, Platform::ReturnGo);
    readTimeline(adapter, rma);
    return rma;
}

Result<domain::RmaTransaction> rmaTransaction(std::string_view doc, const ReturngoAdapter& adapter,
                                              Unknowns unknowns)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    domain::RmaTransaction transaction;
    decodeTransaction(Record(json->root(), adapter), transaction, faults);
    if (faults.any())
        return failed(faults, Platform::ReturnGo);
    return transaction;
}

} // namespace counterfoil::decode::returngo
