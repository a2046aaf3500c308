#include "core/decode/returngo.h"
#include "tests/unit/decode/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::decode;
using domain::DocumentPage;
using samples::with;

namespace {

const ReturngoAdapter& adapter()
{
    return defaultAdapters().returngo;
}

Instant at(const char* text)
{
    return parseInstant(text).value();
}

TEST(Returngo, ListRowsBecomeSummaries)
{
    const Result<DocumentPage> page = returngo::rmasPage(samples::rmas(), adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U);
    EXPECT_EQ(page->documents[0].keys.rma.value, "7000412");
    EXPECT_EQ(page->documents[0].keys.orderName, "B2B-1042");
    EXPECT_EQ(page->documents[0].keys.status, "Received");
    EXPECT_TRUE(page->hasNextPage);
    EXPECT_EQ(page->endCursor, "cmV0dXJucy5pZDo3MDAwNDEy");
    const Result<domain::Rma> rma = returngo::rmaSummary(page->documents[0].body, adapter());
    ASSERT_TRUE(rma);
    EXPECT_FALSE(rma->hasDetail);
    EXPECT_EQ(rma->approvedAt, at("2026-03-02T10:01:40Z"));
    EXPECT_EQ(rma->statusSince, std::nullopt) << "no event says when it was received";
}

TEST(Returngo, TheLastPageIsEmptyOrHasNoCursor)
{
    EXPECT_FALSE(returngo::rmasPage(R"({"rmas":[],"next_cursor":"x"})", adapter())->hasNextPage);
    const std::string bare =
        with(samples::rmas(), R"("next_cursor":"cmV0dXJucy5pZDo3MDAwNDEy")", R"("next_cursor":"")");
    EXPECT_FALSE(returngo::rmasPage(bare, adapter())->hasNextPage);
    EXPECT_EQ(returngo::rmasPage(R"({"message":"hello"})", adapter()).error().code,
              ErrorCode::Undecodable);
    EXPECT_EQ(returngo::rmasPage("<html>", adapter()).error().source, Platform::ReturnGo);
}

TEST(Returngo, DetailHoldsUnitsMoneyAndTimes)
{
    const Result<DocumentPage> page = returngo::rmaDetail(samples::rmaDetail(), adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U) << page->setAside.at(0).reason;
    EXPECT_EQ(page->documents[0].keys.units.at(0).value, "3300017");
    const Result<domain::Rma> rma = returngo::rma(page->documents[0].body, adapter());
    ASSERT_TRUE(rma);
    EXPECT_EQ(rma->order.value, "5550001112223");
    ASSERT_EQ(rma->units.size(), 1U);
    const domain::RmaUnit& unit = rma->units[0];
    EXPECT_EQ(unit.paidPrice->presentment.minor(), 18'50);
    EXPECT_EQ(unit.restockingFee->minor(), 1'25);
    EXPECT_EQ(unit.isTaxIncluded, false);
    EXPECT_EQ(unit.resolution.value, domain::Resolution::RefundToPaymentMethod);
    EXPECT_EQ(unit.validation.at, std::nullopt) << "flags alone prove nothing";
    EXPECT_EQ(unit.answers.at(0).value, "PO-88172");
    EXPECT_EQ(rma->transactions.at(0).id.value, "9100001") << "an id sent as a number";
    EXPECT_EQ(rma->receivedAt, at("2026-03-09T08:30:00Z")) << "a person's note does not count";
    EXPECT_EQ(rma->statusSince, rma->receivedAt);
    EXPECT_EQ(rma->approvedAt, at("2026-03-02T10:01:42Z"));
    EXPECT_EQ(rma->comments.at(1).text, "Shipment received later, see note & call");
}

struct Oddity {
    const char* name;
    const char* from;
    const char* to;
};
class ReturngoOddity : public testing::TestWithParam<Oddity> {};

/// All of these mean "absent", or the same in another type (returngo.md 2).
TEST_P(ReturngoOddity, IsTakenAsItIs)
{
    const Result<domain::Rma> rma =
        returngo::rma(with(samples::rmaDetail(), GetParam().from, GetParam().to), adapter());
    ASSERT_TRUE(rma) << rma.error().detail;
    EXPECT_EQ(rma->units.size(), 1U);
    EXPECT_EQ(rma->transactions.at(0).amount.presentment.minor(), 18'50);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReturngoOddity,
    testing::Values(
        Oddity{"FlagAsNumber", "\"taxIncluded\":false", "\"taxIncluded\":0"},
        Oddity{"FlagAsOne", "\"isOutbound\":false", "\"isOutbound\":1"},
        Oddity{"KeyAbsent", "\"barcode\":\"\",", ""},
        Oddity{"SkuNull", "\"sku\":\"BEAN-1KG\"", "\"sku\":null"},
        Oddity{"IdAsNumber", "\"returnedItemId\":\"3300017\"", "\"returnedItemId\":3300017"},
        Oddity{"TransactionIdAsText", "\"id\":9100001", "\"id\":\"9100001\""},
        Oddity{"CarrierNull", "\"carrierName\":\"Sample Freight\"", "\"carrierName\":null"},
        Oddity{"OrderIdEmpty", "\"orderId\":\"5550001112223\"", "\"orderId\":\"\""},
        Oddity{"NoValidationBlock", "\"itemValidationStatusResponse\":{", "\"other\":{"},
        Oddity{"AmountAsText",
               "{\"amount\":18.5,\"currency\":\"GBP\",\"shopAmount\":18.5,\"shopCurrency\":\"GBP\"}"
               ",\"status\"",
               "{\"amount\":\"18.50\",\"currency\":\"gbp\",\"shopAmount\":null,\"shopCurrency\":"
               "null},\"status\""},
        Oddity{"NoiseOfBinaryFractions",
               "{\"amount\":18.5,\"currency\":\"GBP\",\"shopAmount\":18.5,\"shopCurrency\":\"GBP\"}"
               ",\"status\"",
               "{\"amount\":18.499999999999996,\"currency\":\"GBP\"},\"status\""},
        Oddity{"FeeAsMoney", "\"restockingFee\":1.25",
               "\"restockingFee\":{\"amount\":1.25,\"currency\":\"GBP\"}"},
        Oddity{"CommentWithoutATime", "\"datetime\":\"2026-03-11T08:30:00+00:00\"",
               "\"datetime\":\"11 March\""},
        Oddity{"ShipmentsNull", "\"exchangeOrders\":[]", "\"exchangeOrders\":null"}),
    [](const auto& row) { return std::string(row.param.name); });

struct Fault {
    const char* name;
    const char* from;
    const char* to;
    const char* reason;
};
class ReturngoFault : public testing::TestWithParam<Fault> {};

TEST_P(ReturngoFault, SetsTheRecordAsideWithThePath)
{
    const std::string body = with(samples::rmaDetail(), GetParam().from, GetParam().to);
    const Result<DocumentPage> page = returngo::rmaDetail(body, adapter());
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->documents.empty());
    ASSERT_EQ(page->setAside.size(), 1U);
    EXPECT_EQ(page->setAside[0].reason, GetParam().reason);
    const Result<domain::Rma> rma = returngo::rma(body, adapter());
    ASSERT_FALSE(rma) << "the stored document is read by the same rules";
    EXPECT_EQ(rma.error().detail, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReturngoFault,
    testing::Values(
        Fault{"PriceIsAWord", "\"paidPrice\":{\"amount\":18.5",
              "\"paidPrice\":{\"amount\":\"dear\"",
              "items[0].paidPrice.amount: not an amount: not a decimal number: 'dear'"},
        Fault{"PriceIsTrue", "\"paidPrice\":{\"amount\":18.5", "\"paidPrice\":{\"amount\":true",
              "items[0].paidPrice.amount: not a number"},
        Fault{"NoCurrency", "\"paidPrice\":{\"amount\":18.5,\"currency\":\"GBP\"",
              "\"paidPrice\":{\"amount\":18.5,\"currency\":null",
              "items[0].paidPrice.currency: not a currency"},
        Fault{"HugePrice", "\"paidPrice\":{\"amount\":18.5", "\"paidPrice\":{\"amount\":1e300",
              "items[0].paidPrice.amount: not an amount: not a decimal number: '1e300'"},
        Fault{"ItemsAreAText", "\"items\":[{", "\"items\":\"\",\"was\":[{", "items: not a list"},
        Fault{"NoStatus", "\"status\":\"Received\",\"order_name\"", "\"order_name\"",
              "rmaSummary.status: missing"},
        Fault{"BadTime", "\"createdAt\":\"2026-03-02T09:14:05+00:00\"",
              "\"createdAt\":\"yesterday\"", "createdAt: not a time"}),
    [](const auto& row) { return std::string(row.param.name); });

/// law.md 4: a piece without an id of its own is its line's n-th one.
TEST(Returngo, AUnitWithoutAnIdIsNamedByItsLineAndItsPlace)
{
    std::string body =
        with(samples::rmaDetail(), "\"returnedItemId\":\"3300017\"", "\"returnedItemId\":null");
    const std::string line = "\"shopLineItemId\":\"14000000000001\"";
    body = with(body, "\"items\":[", "\"items\":[{" + line + "},{\"sku\":\"X-1\"},");
    const Result<DocumentPage> page = returngo::rmaDetail(body, adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U) << page->setAside.at(0).reason;
    const std::vector<UnitId>& units = page->documents[0].keys.units;
    EXPECT_THAT(units,
                testing::ElementsAre(UnitId("7000412:14000000000001:1"), UnitId("7000412:X-1:1"),
                                     UnitId("7000412:14000000000001:2")));
    const Result<domain::Rma> rma = returngo::rma(page->documents[0].body, adapter());
    ASSERT_TRUE(rma);
    EXPECT_EQ(rma->units.at(2).id, units.at(2));
}

TEST(Returngo, AnswersOfEveryTypeAreRead)
{
    const auto answered = [](const std::string& answer) {
        const Result<domain::Rma> rma = returngo::rma(
            with(samples::rmaDetail(), "{\"textAnswer\":\"PO-88172\"}", answer), adapter());
        return rma && !rma->units.at(0).answers.empty() ? rma->units[0].answers[0].value
                                                        : std::string("none");
    };
    EXPECT_EQ(answered("{\"textAnswer\":null,\"textArrayAnswer\":[\"PO-1\",\"\",\"PO-2\"]}"),
              "PO-1, PO-2");
    EXPECT_EQ(answered("{\"textAnswer\":\"\",\"textArrayAnswer\":[],\"numericAnswer\":88172}"),
              "88172");
    EXPECT_EQ(answered("{\"textAnswer\":null,\"textArrayAnswer\":null,\"numericAnswer\":null}"),
              "none");
}

TEST(Returngo, WhatASiteStatesOtherwiseIsReadSo)
{
    ReturngoAdapter site = adapter();
    site.keepItemMethod = "Keep the item";
    site.paidPriceIsNet = false;
    const Result<domain::Rma> rma = returngo::rma(
        with(samples::rmaDetail(), R"({"type":"Ship with any carrier","name":"Courier"})",
             R"("keep the item")"),
        site);
    ASSERT_TRUE(rma) << rma.error().detail;
    EXPECT_EQ(rma->units.at(0).returnMethodType, "No shipment required");
    EXPECT_EQ(rma->units[0].isTaxIncluded, true) << "this shop's paid price holds its tax";
}

TEST(Returngo, ATimeWithoutAnOffsetIsUtc)
{
    const Result<domain::Rma> rma =
        returngo::rma(with(samples::rmaDetail(), "\"lastValidationDate\":null",
                           "\"lastValidationDate\":\"2026-03-10T07:15:00\""),
                      adapter());
    ASSERT_TRUE(rma) << rma.error().detail;
    EXPECT_EQ(rma->units.at(0).validation.at, at("2026-03-10T07:15:00Z"));
}

TEST(Returngo, AListThatIsNullIsEmpty)
{
    const Result<DocumentPage> page =
        returngo::rmasPage(R"({"rmas":null,"next_cursor":null})", adapter());
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->documents.empty());
    EXPECT_FALSE(page->hasNextPage);
    EXPECT_FALSE(returngo::transactionsPage(R"({"next_cursor":""})", adapter()))
        << "a list that is not there at all is no answer";
}

TEST(Returngo, UnknownWordsAreShownAndBlockNothingElse)
{
    std::vector<domain::UnknownSeen> unknowns;
    const std::string body =
        with(samples::rmaDetail(), "\"resolutionType\":\"RefundToPaymentMethod\"",
             "\"resolutionType\":\"DonateItem\"");
    const Result<domain::Rma> rma = returngo::rma(body, adapter(), &unknowns);
    ASSERT_TRUE(rma);
    ASSERT_EQ(unknowns.size(), 1U);
    EXPECT_EQ(unknowns[0].field, "items[0].resolutionType");
    EXPECT_EQ(unknowns[0].value, "DonateItem");
    EXPECT_TRUE(rma->units[0].resolution.isUnknownWord());
}

TEST(Returngo, AFeeWithoutACurrencyIsUnread)
{
    std::vector<domain::UnknownSeen> unknowns;
    std::string body = with(
        samples::rmaDetail(),
        R"("paidPrice":{"amount":18.5,"currency":"GBP","shopAmount":18.5,"shopCurrency":"GBP"})",
        R"("paidPrice":null)");
    body = with(body, "\"transactions\":[" + samples::rmaTransactionRow() + "]",
                "\"transactions\":[]");
    const Result<domain::Rma> rma = returngo::rma(body, adapter(), &unknowns);
    ASSERT_TRUE(rma);
    EXPECT_FALSE(rma->units[0].restockingFee);
    EXPECT_THAT(unknowns, testing::Not(testing::IsEmpty()));
}

TEST(Returngo, TransactionRowsKnowTheirUnitsOnly)
{
    const Result<DocumentPage> page =
        returngo::transactionsPage(samples::rmaTransactions(), adapter());
    ASSERT_TRUE(page);
    EXPECT_EQ(page->documents.at(0).externalId, "9100001");
    EXPECT_EQ(page->documents[0].keys.units.at(0).value, "3300017");
    EXPECT_TRUE(page->documents[0].keys.rma.empty());
    const Result<domain::RmaTransaction> row =
        returngo::rmaTransaction(page->documents[0].body, adapter());
    ASSERT_TRUE(row);
    EXPECT_EQ(row->type.value, domain::RmaTransactionType::RefundToStoreCredit);
    EXPECT_EQ(row->status.value, domain::RmaTransactionStatus::Success);
}

TEST(Returngo, ErrorTextsInAnyForm)
{
    EXPECT_EQ(returngo::replyError(429, R"({"message":"Limit Exceeded"})").code,
              ErrorCode::QuotaSpent);
    EXPECT_EQ(returngo::replyError(429, R"({"message":"Too Many Requests"})").code,
              ErrorCode::RateLimited);
    EXPECT_EQ(returngo::replyError(429, "").code, ErrorCode::RateLimited);
    const Error html = returngo::replyError(400, "<b>Transition</b> not <i>allowed</i>");
    EXPECT_EQ(html.code, ErrorCode::Rejected);
    EXPECT_EQ(html.detail, "HTTP 400: Transition not allowed");
    EXPECT_EQ(returngo::replyError(403, R"({"message":"Forbidden"})").code,
              ErrorCode::Unauthorised);
    EXPECT_EQ(returngo::replyError(500, "\xff\xfe").code, ErrorCode::Server);
}

TEST(Returngo, PlainTextOfComments)
{
    EXPECT_EQ(returngo::plainText("Request <b>APPROVED</b>"), "Request APPROVED");
    EXPECT_EQ(returngo::plainText("a<br>b<p>c</p>d"), "a b c d");
    EXPECT_EQ(returngo::plainText("2 &lt; 3 &amp;&amp; x&nbsp;&unknown; < y"),
              "2 < 3 && x &unknown; < y");
    EXPECT_EQ(returngo::plainText("<script>"), "");
}

} // namespace
