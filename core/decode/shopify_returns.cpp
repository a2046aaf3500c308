#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace counterfoil::decode::shopify {

namespace {

using domain::DispositionType;
using domain::ShopifyReturnStatus;

constexpr std::array<Word<ShopifyReturnStatus>, 5> kReturnStatuses{{
    {"REQUESTED", ShopifyReturnStatus::Requested},
    {"OPEN", ShopifyReturnStatus::Open},
    {"CLOSED", ShopifyReturnStatus::Closed},
    {"DECLINED", ShopifyReturnStatus::Declined},
    {"CANCELED", ShopifyReturnStatus::Canceled},
}};
constexpr std::array<Word<DispositionType>, 4> kDispositions{{
    {"RESTOCKED", DispositionType::Restocked},
    {"NOT_RESTOCKED", DispositionType::NotRestocked},
    {"PROCESSING_REQUIRED", DispositionType::ProcessingRequired},
    {"MISSING", DispositionType::Missing},
}};

domain::ShopifyReturnLine decodeReturnLine(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::ShopifyReturnLine line;
    line.id = requireText(fields("id"), faults);
    line.quantity = requireInteger(fields("quantity"), faults);
    line.processedQuantity = requireInteger(fields("processedQuantity"), faults);
    line.unprocessedQuantity = requireInteger(fields("unprocessedQuantity"), faults);
    line.refundedQuantity = requireInteger(fields("refundedQuantity"), faults);
    const View fulfilled = readObject(fields("fulfillmentLineItem"), faults);
    line.fulfillmentLineId = readGid(fulfilled, faults);
    line.line = LineId(std::string(gidNumber(readGid(fulfilled["lineItem"], faults))));
    return line;
}

domain::Disposition decodeDisposition(const View& node, const domain::ReverseLine& reverse,
                                      Faults& faults)
{
    Fields fields(node);
    domain::Disposition disposition;
    disposition.id = requireText(fields("id"), faults);
    disposition.type = readCoded<DispositionType>(fields("type"), kDispositions, faults);
    disposition.quantity = requireInteger(fields("quantity"), faults);
    disposition.createdAt = readInstant(fields("createdAt"), faults);
    disposition.location = LocationId(readGid(fields("location"), faults));
    disposition.line = reverse.line;
    disposition.reverseLineId = reverse.id;
    return disposition;
}

/// Lines of the reverse fulfillment orders; both they and the return's lines carry the
/// fulfillment line, which leads to the order's line (shopify.md 9).
void decodeReverse(const View& node, domain::ShopifyReturn& shopifyReturn, Faults& faults)
{
    const View connection = node["lineItems"];
    if (connection.isAbsent())
        faults.add(connection, "missing");
    for (const View& row : readNodes(connection, faults).children()) {
        domain::ReverseLine line;
        line.id = requireText(row["id"], faults);
        line.totalQuantity = requireInteger(row["totalQuantity"], faults);
        line.fulfillmentLineId = readGid(row["fulfillmentLineItem"], faults);
        const auto found =
            std::find_if(shopifyReturn.lines.begin(), shopifyReturn.lines.end(),
                         [&](const domain::ShopifyReturnLine& other) {
                             return !line.fulfillmentLineId.empty() &&
                                    other.fulfillmentLineId == line.fulfillmentLineId;
                         });
        if (found != shopifyReturn.lines.end())
            line.line = found->line;
        const View dispositions = row["dispositions"];
        if (dispositions.isAbsent())
            faults.add(dispositions, "missing");
        for (const View& item : readArray(dispositions, faults).children())
            shopifyReturn.dispositions.push_back(decodeDisposition(item, line, faults));
        shopifyReturn.reverseLines.push_back(std::move(line));
    }
    if (hasNextPage(connection, faults))
        faults.unknown(connection, "cut: more lines than were read");
}

domain::ShopifyReturn decodeReturn(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::ShopifyReturn out;
    out.id = ShopifyReturnId(requireGid(fields("id"), faults));
    out.name = readText(fields("name"), faults);
    out.status = readCoded<ShopifyReturnStatus>(fields("status"), kReturnStatuses, faults);
    out.createdAt = readInstant(fields("createdAt"), faults);
    out.approvedAt = readInstant(fields("requestApprovedAt"), faults);
    out.closedAt = readInstant(fields("closedAt"), faults);
    out.totalQuantity = requireInteger(fields("totalQuantity"), faults);
    const View lines = fields("returnLineItems");
    if (lines.isAbsent())
        faults.add(lines, "missing");
    for (const View& row : readNodes(lines, faults).children())
        out.lines.push_back(decodeReturnLine(row, faults));
    if (hasNextPage(lines, faults))
        faults.unknown(lines, "cut: more lines than were read");
    const View reverse = fields("reverseFulfillmentOrders");
    if (reverse.isAbsent())
        faults.add(reverse, "missing");
    for (const View& row : readNodes(reverse, faults).children())
        decodeReverse(row, out, faults);
    if (hasNextPage(reverse, faults))
        faults.unknown(reverse, "cut: more than were read");
    for (const View& row : readNodes(fields("refunds"), faults).children())
        out.refunds.emplace_back(std::string(gidNumber(readText(row["id"], faults))));
    return out;
}

domain::AgreementSale decodeSale(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::AgreementSale sale;
    sale.action = readText(fields("actionType"), faults);
    sale.lineType = readText(fields("lineType"), faults);
    sale.quantity = readInteger(fields("quantity"), faults);
    const std::optional<domain::MoneyPair> total =
        readBag(fields("totalAmount"), Finer::Round, faults);
    if (total)
        sale.total = total->presentment;
    const std::string line = readGid(fields("lineItem"), faults);
    if (!line.empty())
        sale.line = LineId(std::string(gidNumber(line)));
    return sale;
}

domain::Agreement decodeAgreement(const View& node, Faults& faults)
{
    Fields fields(node);
    domain::Agreement out;
    out.id = requireText(fields("id"), faults);
    const View happened = fields("happenedAt");
    const std::optional<Instant> at = readInstant(happened, faults);
    if (!at)
        faults.add(happened, "missing");
    out.happenedAt = at.value_or(Instant{});
    out.reason = readText(fields("reason"), faults);
    const View app = readObject(fields("app"), faults);
    out.appId = readGid(app, faults);
    out.appTitle = readText(app["title"], faults);
    const std::string refund = readGid(fields("refund"), faults);
    if (!refund.empty())
        out.refund = RefundId(std::string(gidNumber(refund)));
    std::string returned = readGid(fields("return"), faults);
    if (!returned.empty())
        out.shopifyReturn = ShopifyReturnId(std::move(returned));
    const View sales = fields("sales");
    out.salesComplete = !sales.isAbsent() && !hasNextPage(sales, faults);
    for (const View& row : readNodes(sales, faults).children())
        out.sales.push_back(decodeSale(row, faults));
    return out;
}

} // namespace

void decodeReturns(const View& node, domain::Order& order, Faults& faults)
{
    decodeOrderId(node, order, faults);
    const View connection = node["returns"];
    if (connection.isAbsent())
        faults.add(connection, "missing");
    std::vector<domain::ShopifyReturn> returns;
    for (const View& row : readNodes(connection, faults).children())
        returns.push_back(decodeReturn(row, faults));
    if (hasNextPage(connection, faults))
        faults.unknown(connection, "cut: more returns than were read");
    order.returns = std::move(returns);
}

void decodeAgreements(const View& node, domain::Order& order, Faults& faults)
{
    decodeOrderId(node, order, faults);
    const View connection = node["agreements"];
    if (connection.isAbsent())
        faults.add(connection, "missing");
    std::vector<domain::Agreement> agreements;
    for (const View& row : readNodes(connection, faults).children())
        agreements.push_back(decodeAgreement(row, faults));
    if (hasNextPage(connection, faults))
        faults.unknown(connection, "cut: more agreements than were read");
    order.agreements = std::move(agreements);
}

} // namespace counterfoil::decode::shopify
