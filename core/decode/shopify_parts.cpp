#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <array>

namespace counterfoil::decode::shopify {

namespace {

using domain::TransactionKind;
using domain::TransactionStatus;

constexpr std::array<Word<TransactionKind>, 8> kKinds{{
    {"SALE", TransactionKind::Sale},
    {"AUTHORIZATION", TransactionKind::Authorization},
    {"CAPTURE", TransactionKind::Capture},
    {"REFUND", TransactionKind::Refund},
    {"VOID", TransactionKind::Void},
    {"CHANGE", TransactionKind::Change},
    {"EMV_AUTHORIZATION", TransactionKind::EmvAuthorization},
    {"SUGGESTED_REFUND", TransactionKind::SuggestedRefund},
}};
constexpr std::array<Word<TransactionStatus>, 5> kStatuses{{
    {"SUCCESS", TransactionStatus::Success},
    {"FAILURE", TransactionStatus::Failure},
    {"ERROR", TransactionStatus::Error},
    {"PENDING", TransactionStatus::Pending},
    {"AWAITING_RESPONSE", TransactionStatus::AwaitingResponse},
}};

/// `first` of the plain lists in OrderMoney: a full list may have been cut (shopify.md 4.2).
constexpr std::size_t kTransactionsFull = 25;
constexpr std::size_t kRefundsFull = 10;

domain::OrderLine decodeLine(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::OrderLine line;
    const View id = fields("id");
    line.gid = requireText(id, faults);
    line.id = LineId(std::string(gidNumber(line.gid)));
    line.sku = readText(fields("sku"), faults);
    line.title = readText(fields("name"), faults);
    line.quantity = requireInteger(fields("quantity"), faults);
    line.currentQuantity = requireInteger(fields("currentQuantity"), faults);
    line.refundableQuantity = requireInteger(fields("refundableQuantity"), faults);
    line.unfulfilledQuantity = requireInteger(fields("unfulfilledQuantity"), faults);
    line.attributes = readAttributes(fields("customAttributes"), faults);
    const View variant = readObject(fields("variant"), faults);
    if (!variant.isAbsent()) {
        line.hasVariant = true;
        line.variantId = readText(variant["legacyResourceId"], faults);
        if (line.variantId.empty())
            line.variantId = std::string(gidNumber(readText(variant["id"], faults)));
        const View item = readObject(variant["inventoryItem"], faults);
        line.inventoryItem = InventoryItemId(readGid(item, faults));
        line.isTracked = readFlag(item["tracked"], faults).value_or(false);
    }
    line.originalUnit = requireBag(fields("originalUnitPriceSet"), Finer::Round, faults);
    const View unit = fields("discountedUnitPriceAfterAllDiscountsSet");
    line.discountedUnit = requireBag(unit, Finer::Round, faults);
    line.discountedUnitMinor = readMinorExact(unit["presentmentMoney"]["amount"],
                                              line.discountedUnit.presentment.currency(), faults)
                                   .value_or(money::Fraction());
    line.netWithoutRefunded =
        readBag(fields("priceAfterAllDiscountsBeforeTaxesSet"), Finer::Round, faults);
    const View taxes = fields("taxLines");
    if (taxes.isAbsent())
        faults.add(taxes, "missing");
    for (const View& row : readArray(taxes, faults).children()) {
        domain::TaxLine tax;
        tax.rate = readText(row["rate"], faults);
        tax.presentment = requireBag(row["priceSet"], Finer::Round, faults).presentment;
        line.taxLines.push_back(std::move(tax));
    }
    return line;
}

domain::PaymentTransaction decodeTransaction(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::PaymentTransaction transaction;
    transaction.id = requireText(fields("id"), faults);
    transaction.kind = readCoded<TransactionKind>(fields("kind"), kKinds, faults);
    transaction.status = readCoded<TransactionStatus>(fields("status"), kStatuses, faults);
    transaction.gateway = readText(fields("gateway"), faults);
    transaction.isManualGateway = readFlag(fields("manualPaymentGateway"), faults).value_or(false);
    transaction.createdAt = readInstant(fields("createdAt"), faults);
    transaction.processedAt = readInstant(fields("processedAt"), faults);
    transaction.errorCode = readText(fields("errorCode"), faults);
    transaction.amount = requireBag(fields("amountSet"), Finer::Fault, faults);
    transaction.parentId = readGid(fields("parentTransaction"), faults);
    return transaction;
}

domain::RefundLine decodeRefundLine(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::RefundLine line;
    line.quantity = requireInteger(fields("quantity"), faults);
    line.restockType = readText(fields("restockType"), faults);
    line.restocked = readFlag(fields("restocked"), faults);
    line.location = LocationId(readGid(fields("location"), faults));
    line.line = LineId(std::string(gidNumber(readGid(fields("lineItem"), faults))));
    line.subtotal = readBag(fields("subtotalSet"), Finer::Round, faults);
    return line;
}

domain::Refund decodeRefund(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::Refund refund;
    const std::string gid = requireText(fields("id"), faults);
    std::string legacy = readText(fields("legacyResourceId"), faults);
    refund.id = RefundId(legacy.empty() ? std::string(gidNumber(gid)) : std::move(legacy));
    refund.createdAt = readInstant(fields("createdAt"), faults);
    refund.processedAt = readInstant(fields("processedAt"), faults);
    // createdAt may be null (schema): the other time is the best there is, and a refund without any
    // would belong to every return.
    if (!refund.createdAt)
        refund.createdAt = refund.processedAt;
    refund.note = readText(fields("note"), faults);
    refund.total = requireBag(fields("totalRefundedSet"), Finer::Fault, faults);
    std::string returnGid = readGid(fields("return"), faults);
    if (!returnGid.empty())
        refund.shopifyReturn = ShopifyReturnId(std::move(returnGid));
    const View lines = fields("refundLineItems");
    refund.linesComplete = !lines.isAbsent() && !hasNextPage(lines, faults);
    for (const View& row : readNodes(lines, faults).children())
        refund.lines.push_back(decodeRefundLine(row, faults));
    for (const View& row : readNodes(fields("transactions"), faults).children())
        refund.transactions.push_back(decodeTransaction(row, faults));
    return refund;
}

/// Applies one part of an order only when all of it was read.
template <class Decode>
Result<void> applyPart(std::string_view doc, domain::Order& order, Unknowns unknowns, Decode decode)
{
    const Result<Json> json = Json::parse(doc);
    if (!json)
        return fail(json.error());
    Faults faults(json->root(), unknowns);
    domain::Order read = order;
    decode(json->root(), read, faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    order = std::move(read);
    return {};
}

} // namespace

void decodeLines(const View& node, domain::Order& order, Faults& faults)
{
    decodeOrderId(node, order, faults);
    const View connection = node["lineItems"];
    if (connection.isAbsent())
        faults.add(connection, "missing");
    std::vector<domain::OrderLine> lines;
    for (const View& row : readNodes(connection, faults).children())
        lines.push_back(decodeLine(row, faults));
    if (hasNextPage(connection, faults))
        faults.unknown(connection, "cut: more lines than were read");
    order.lines = std::move(lines);
}

void decodeMoney(const View& node, domain::Order& order, Faults& faults)
{
    decodeOrderId(node, order, faults);
    Fields fields(node);
    std::optional<domain::MoneyPair> outstanding =
        readBag(fields("totalOutstandingSet"), Finer::Fault, faults);
    if (outstanding)
        order.outstanding = outstanding;
    order.netPayment = readBag(fields("netPaymentSet"), Finer::Fault, faults);
    order.totalReceived = readBag(fields("totalReceivedSet"), Finer::Fault, faults);
    const View transactions = fields("transactions");
    if (transactions.isAbsent())
        faults.add(transactions, "missing");
    std::vector<domain::PaymentTransaction> payments;
    for (const View& row : readArray(transactions, faults).children())
        payments.push_back(decodeTransaction(row, faults));
    if (payments.size() >= kTransactionsFull)
        faults.unknown(transactions, "a full list: there may be more");
    order.transactions = std::move(payments);
    const View list = fields("refunds");
    if (list.isAbsent())
        faults.add(list, "missing");
    std::vector<domain::Refund> refunds;
    for (const View& row : readArray(list, faults).children())
        refunds.push_back(decodeRefund(row, faults));
    if (refunds.size() >= kRefundsFull)
        faults.unknown(list, "a full list: there may be more");
    order.refunds = std::move(refunds);
}

Result<void> applyOrderLines(std::string_view doc, domain::Order& order, Unknowns unknowns)
{
    return applyPart(doc, order, unknowns, decodeLines);
}

Result<void> applyOrderMoney(std::string_view doc, domain::Order& order, Unknowns unknowns)
{
    return applyPart(doc, order, unknowns, decodeMoney);
}

Result<void> applyOrderReturns(std::string_view doc, domain::Order& order, Unknowns unknowns)
{
    return applyPart(doc, order, unknowns, decodeReturns);
}

Result<void> applyOrderAgreements(std::string_view doc, domain::Order& order, Unknowns unknowns)
{
    return applyPart(doc, order, unknowns, decodeAgreements);
}

} // namespace counterfoil::decode::shopify
