#include "tests/corpus/decoders.h"

#include "core/decode/pointers.h"
#include "core/decode/returngo.h"
#include "core/decode/shopify.h"
#include "core/decode/sparklayer.h"
#include "tests/unit/decode/samples.h"

namespace counterfoil::corpus {

namespace {

using namespace decode;
using domain::DocumentKind;

const Adapters& adapters()
{
    return defaultAdapters();
}

money::Currency gbp()
{
    return money::Currency::fromCode("GBP").value();
}

void see(Outcome& out, const std::string& label, const std::optional<money::Money>& amount)
{
    if (amount && !amount->currency().empty())
        out.money.push_back({label, *amount});
}

void see(Outcome& out, const std::string& label, const std::optional<domain::MoneyPair>& pair)
{
    if (!pair)
        return;
    see(out, label, std::optional(pair->presentment));
    see(out, label + ".shop", std::optional(pair->shop));
}

template <class Pair> void seePair(Outcome& out, const std::string& label, const Pair& pair)
{
    see(out, label, std::optional<domain::MoneyPair>(pair));
}

std::string at(const std::string& list, std::size_t index, const char* field)
{
    return list + std::to_string(index) + "." + field;
}

void seeOrder(Outcome& out, const domain::Order& order)
{
    out.texts.insert(out.texts.end(), {order.id.value, order.name, order.poNumber, order.note,
                                       order.financialStatus.raw});
    see(out, "outstanding", order.outstanding);
    see(out, "total", order.currentTotal);
    see(out, "refunded", order.totalRefunded);
    see(out, "received", order.totalReceived);
    see(out, "net", order.netPayment);
    for (std::size_t i = 0; order.lines && i < order.lines->size(); ++i) {
        const domain::OrderLine& line = (*order.lines)[i];
        seePair(out, at("line", i, "original"), line.originalUnit);
        seePair(out, at("line", i, "unit"), line.discountedUnit);
        see(out, at("line", i, "net"), line.netWithoutRefunded);
        for (std::size_t t = 0; t < line.taxLines.size(); ++t)
            see(out, at("line", i, "tax") + std::to_string(t),
                std::optional(line.taxLines[t].presentment));
    }
    for (std::size_t i = 0; order.transactions && i < order.transactions->size(); ++i)
        seePair(out, at("transaction", i, "amount"), (*order.transactions)[i].amount);
    for (std::size_t i = 0; order.refunds && i < order.refunds->size(); ++i) {
        const domain::Refund& refund = (*order.refunds)[i];
        seePair(out, at("refund", i, "total"), refund.total);
        for (std::size_t l = 0; l < refund.lines.size(); ++l)
            see(out, at("refund", i, "line") + std::to_string(l), refund.lines[l].subtotal);
        for (std::size_t t = 0; t < refund.transactions.size(); ++t)
            seePair(out, at("refund", i, "transaction") + std::to_string(t),
                    refund.transactions[t].amount);
    }
    for (std::size_t i = 0; order.agreements && i < order.agreements->size(); ++i) {
        const std::vector<domain::AgreementSale>& sales = (*order.agreements)[i].sales;
        for (std::size_t s = 0; s < sales.size(); ++s)
            see(out, at("agreement", i, "sale") + std::to_string(s), sales[s].total);
    }
}

void seeTransaction(Outcome& out, const std::string& label, const domain::RmaTransaction& row)
{
    seePair(out, label, row.amount);
    out.texts.insert(out.texts.end(), {row.id.value, row.type.raw, row.externalReferenceId});
}

void seeRma(Outcome& out, const domain::Rma& rma)
{
    out.texts.insert(out.texts.end(), {rma.id.value, rma.orderName, rma.status.raw});
    for (const domain::RmaComment& comment : rma.comments)
        out.texts.push_back(comment.text);
    for (std::size_t i = 0; i < rma.units.size(); ++i) {
        const domain::RmaUnit& unit = rma.units[i];
        see(out, at("unit", i, "price"), unit.paidPrice);
        see(out, at("unit", i, "tax"), unit.paidTax);
        see(out, at("unit", i, "restocking"), unit.restockingFee);
        see(out, at("unit", i, "return"), unit.returnFee);
        see(out, at("unit", i, "label"), unit.shipmentFee);
    }
    for (std::size_t i = 0; i < rma.transactions.size(); ++i)
        seeTransaction(out, at("rma-transaction", i, "amount"), rma.transactions[i]);
    see(out, "cancellation", rma.cancellationFee);
}

void seePurchase(Outcome& out, const domain::Purchase& purchase)
{
    out.texts.insert(out.texts.end(), {purchase.id.value, purchase.order.value,
                                       purchase.customerReference, purchase.paymentMethod.raw});
    see(out, "total", purchase.total);
    see(out, "paid", purchase.totalPaid);
    for (std::size_t i = 0; purchase.lines && i < purchase.lines->size(); ++i) {
        const domain::PurchaseLine& line = (*purchase.lines)[i];
        see(out, at("line", i, "net"), line.totalNet);
        see(out, at("line", i, "tax"), line.totalTax);
        see(out, at("line", i, "gross"), line.totalGross);
        see(out, at("line", i, "discount"), line.discountNet);
    }
}

void seeAccount(Outcome& out, const domain::Account& account)
{
    out.texts.insert(out.texts.end(), {account.customer.value, account.balanceProblem});
    see(out, "balance", account.balance);
    see(out, "limit", account.creditLimit);
    for (std::size_t i = 0; i < account.receipts.size(); ++i)
        see(out, at("receipt", i, "amount"), std::optional(account.receipts[i].amount));
}

/// Runs a document decoder and notes what it saw.
template <class T, class See> void take(Outcome& out, const Result<T>& result, See seeIt)
{
    if (result)
        seeIt(out, *result);
    else
        out.error = result.error();
}

template <class Apply> void takePart(Outcome& out, std::string_view doc, Apply apply)
{
    domain::Order order;
    std::vector<domain::UnknownSeen> unknowns;
    const Result<void> result = apply(doc, order, &unknowns);
    if (!result)
        out.error = result.error();
    else
        seeOrder(out, order);
    for (const domain::UnknownSeen& seen : unknowns)
        out.texts.insert(out.texts.end(), {seen.field, seen.value});
}

void document(Outcome& out, DocumentKind kind, std::string_view doc)
{
    const ShopifyAdapter& shop = adapters().shopify;
    switch (kind) {
    case DocumentKind::Order:
        takePart(out, doc, [&](auto text, auto& order, auto* unknowns) {
            return shopify::applyOrderHead(text, shop, order, unknowns);
        });
        break;
    case DocumentKind::OrderLines:
        takePart(out, doc, shopify::applyOrderLines);
        break;
    case DocumentKind::OrderMoney:
        takePart(out, doc, shopify::applyOrderMoney);
        break;
    case DocumentKind::OrderReturns:
        takePart(out, doc, shopify::applyOrderReturns);
        break;
    case DocumentKind::OrderAgreements:
        takePart(out, doc, shopify::applyOrderAgreements);
        break;
    case DocumentKind::Draft:
        take(out, shopify::draft(doc),
             [](Outcome& o, const domain::Draft& draft) { see(o, "total", draft.total); });
        break;
    case DocumentKind::Account:
        take(out, shopify::account(doc, shop, gbp()), seeAccount);
        break;
    case DocumentKind::StockLevel:
        take(out, shopify::stockLevel(doc), [](Outcome& o, const domain::StockLevel& level) {
            o.texts.insert(o.texts.end(), {level.location.value, level.sku});
        });
        break;
    case DocumentKind::ShopSetup:
        take(out, shopify::shopSetup(doc), [](Outcome& o, const shopify::ShopSetup& setup) {
            o.texts.push_back(setup.shopName);
        });
        break;
    case DocumentKind::Purchase:
        take(out, sparklayer::purchase(doc, adapters().sparklayer), seePurchase);
        break;
    case DocumentKind::PurchaseTransactions:
        take(out, sparklayer::purchaseTransactions(doc, adapters().sparklayer, gbp()),
             [](Outcome& o, const std::vector<domain::PurchaseTransaction>& rows) {
                 for (std::size_t i = 0; i < rows.size(); ++i)
                     see(o, at("purchase-transaction", i, "total"), std::optional(rows[i].total));
             });
        break;
    case DocumentKind::Rma:
        take(out, returngo::rma(doc, adapters().returngo), seeRma);
        break;
    case DocumentKind::RmaSummary:
        take(out, returngo::rmaSummary(doc, adapters().returngo), seeRma);
        break;
    case DocumentKind::RmaTransaction:
        take(out, returngo::rmaTransaction(doc, adapters().returngo),
             [](Outcome& o, const domain::RmaTransaction& row) {
                 seeTransaction(o, "transaction", row);
             });
        break;
    case DocumentKind::SparkStock:
        take(out, sparklayer::stock(doc),
             [](Outcome& o, const sparklayer::SparkStock& stock) { o.texts.push_back(stock.sku); });
        break;
    case DocumentKind::PriceExplanation:
        break;
    }
    out.texts.push_back(pointerFor(adapters(), kind, "amount", doc, "91"));
}

/// A page's documents must decode again, every one: what was cut is what will be judged.
Outcome page(const Result<domain::DocumentPage>& result)
{
    Outcome out;
    if (!result) {
        out.error = result.error();
        return out;
    }
    for (const domain::SetAside& aside : result->setAside) {
        out.setAsideReasons.push_back(aside.reason);
        out.texts.push_back(aside.externalId);
    }
    for (const domain::GraphqlError& error : result->errors)
        out.texts.insert(out.texts.end(), {error.message, error.code, error.path});
    for (const domain::PageDocument& cut : result->documents) {
        out.texts.insert(out.texts.end(), {cut.externalId, cut.keys.orderName, cut.keys.sku});
        Outcome inner;
        document(inner, cut.kind, cut.body);
        if (inner.error)
            inner.error->detail = "cut from a page but does not decode: " + inner.error->detail,
            inner.error->code = ErrorCode::Internal;
        out.error = inner.error;
        out.texts.insert(out.texts.end(), inner.texts.begin(), inner.texts.end());
        out.money.insert(out.money.end(), inner.money.begin(), inner.money.end());
    }
    return out;
}

template <class T> Outcome reply(const Result<T>& result)
{
    Outcome out;
    if (!result)
        out.error = result.error();
    return out;
}

template <DocumentKind kind> Outcome alone(std::string_view file)
{
    Outcome out;
    document(out, kind, file);
    return out;
}

template <auto decode> Outcome shopifyPage(std::string_view file)
{
    return page(decode(file, adapters().shopify));
}

template <auto decode> Outcome plainReply(std::string_view file)
{
    return reply(decode(file));
}

Outcome prices(std::string_view file)
{
    Outcome out = reply(sparklayer::customerPrices(file, gbp()));
    const Outcome other = reply(sparklayer::calculatedPrices(file));
    if (!out.error)
        out.error = other.error;
    return out;
}

Outcome errorTexts(std::string_view file)
{
    Outcome out;
    for (const int status : {200, 400, 401, 404, 429, 500}) {
        out.texts.push_back(shopify::replyError(status, file).detail);
        out.texts.push_back(sparklayer::replyError(status, file).detail);
        out.texts.push_back(returngo::replyError(status, file).detail);
    }
    static_cast<void>(shopify::costOf(file));
    return out;
}

Outcome merged(std::string_view file)
{
    const std::string text(file);
    return reply(shopify::mergePages(DocumentKind::OrderLines, {text, text}));
}

} // namespace

const std::vector<Decoder>& decoders()
{
    static const std::vector<Decoder> kDecoders{
        {"ordersChanged", shopifyPage<shopify::ordersChanged>},
        {"orderLines", shopifyPage<shopify::orderLines>},
        {"orderMoney", shopifyPage<shopify::orderMoney>},
        {"orderReturns", shopifyPage<shopify::orderReturns>},
        {"orderAgreements", shopifyPage<shopify::orderAgreements>},
        {"draftsChanged", shopifyPage<shopify::draftsChanged>},
        {"accountMetafield", shopifyPage<shopify::accountMetafield>},
        {"setup", shopifyPage<shopify::setup>},
        {"locationStock", shopifyPage<shopify::locationStock>},
        {"bulkOrders", shopifyPage<shopify::bulkOrders>},
        {"itemAtTwoLocations", plainReply<shopify::itemAtTwoLocations>},
        {"bulkStart", plainReply<shopify::bulkStart>},
        {"bulkPoll", plainReply<shopify::bulkPoll>},
        {"metafieldsSet", plainReply<shopify::metafieldsSet>},
        {"inventoryAdjust", plainReply<shopify::inventoryAdjust>},
        {"orderUpdate", plainReply<shopify::orderUpdate>},
        {"shopifyToken", plainReply<shopify::token>},
        {"receipts", plainReply<shopify::receipts>},
        {"mergePages", merged},
        {"purchaseList",
         [](std::string_view file) {
             return reply(sparklayer::purchaseList(file, adapters().sparklayer));
         }},
        {"purchaseDetail",
         [](std::string_view file) {
             return page(sparklayer::purchaseDetail(file, adapters().sparklayer));
         }},
        {"sparkTransactions",
         [](std::string_view file) {
             return page(sparklayer::transactions(file, "1", OrderId("1"), adapters().sparklayer));
         }},
        {"stockRows",
         [](std::string_view file) {
             return page(sparklayer::stockRows(file, adapters().sparklayer));
         }},
        {"sparkToken", plainReply<sparklayer::token>},
        {"sparkPrices", prices},
        {"rmasPage",
         [](std::string_view file) { return page(returngo::rmasPage(file, adapters().returngo)); }},
        {"rmaDetail",
         [](std::string_view file) {
             return page(returngo::rmaDetail(file, adapters().returngo));
         }},
        {"transactionsPage",
         [](std::string_view file) {
             return page(returngo::transactionsPage(file, adapters().returngo));
         }},
        {"errorTexts", errorTexts},
        {"documentOrder", alone<DocumentKind::Order>},
        {"documentLines", alone<DocumentKind::OrderLines>},
        {"documentMoney", alone<DocumentKind::OrderMoney>},
        {"documentReturns", alone<DocumentKind::OrderReturns>},
        {"documentAgreements", alone<DocumentKind::OrderAgreements>},
        {"documentDraft", alone<DocumentKind::Draft>},
        {"documentAccount", alone<DocumentKind::Account>},
        {"documentLevel", alone<DocumentKind::StockLevel>},
        {"documentSetup", alone<DocumentKind::ShopSetup>},
        {"documentPurchase", alone<DocumentKind::Purchase>},
        {"documentTransactions", alone<DocumentKind::PurchaseTransactions>},
        {"documentRma", alone<DocumentKind::Rma>},
        {"documentSummary", alone<DocumentKind::RmaSummary>},
        {"documentRmaTransaction", alone<DocumentKind::RmaTransaction>},
        {"documentSparkStock", alone<DocumentKind::SparkStock>},
    };
    return kDecoders;
}

std::vector<Sample> sampleFiles()
{
    return {
        {"ordersChanged", samples::ordersChanged()},
        {"orderNode", samples::orderNode()},
        {"orderLines", samples::orderLines()},
        {"orderLinesObject", samples::orderLinesObject()},
        {"orderMoney", samples::orderMoney()},
        {"orderMoneyObject", samples::orderMoneyObject()},
        {"orderReturns", samples::orderReturns()},
        {"orderAgreements", samples::orderAgreements()},
        {"draftsChanged", samples::draftsChanged()},
        {"accountMetafield", samples::accountMetafield()},
        {"accountObject", samples::accountObject()},
        {"setup", samples::setup()},
        {"locationStock", samples::locationStock()},
        {"twoLevels", samples::twoLevels()},
        {"bulkPoll", samples::bulkPoll()},
        {"bulkStart", samples::bulkStart()},
        {"metafieldsSet", samples::metafieldsSet()},
        {"inventoryAdjust", samples::inventoryAdjust()},
        {"orderUpdate", samples::orderUpdate()},
        {"purchase", samples::purchase()},
        {"purchaseList", "[" + samples::purchase() + "]"},
        {"sparkTransactions", samples::sparkTransactions()},
        {"sparkStock", samples::sparkStock()},
        {"sparkPrices", samples::sparkPrices()},
        {"sparkToken", samples::sparkToken()},
        {"rmas", samples::rmas()},
        {"rmaDetail", samples::rmaDetail()},
        {"rmaTransactions", samples::rmaTransactions()},
        {"rmaTransactionRow", samples::rmaTransactionRow()},
    };
}

} // namespace counterfoil::corpus
