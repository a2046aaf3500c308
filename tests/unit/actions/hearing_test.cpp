#include "core/sync/actions/hearing.h"
#include "tests/unit/actions/sample.h"

#include <gtest/gtest.h>

namespace counterfoil::sync {

using namespace actions::sample;
using actions::Heard;
using actions::Plan;

namespace {

Result<HttpReply> reply(int status, std::string body)
{
    HttpReply http;
    http.status = status;
    http.body = std::move(body);
    http.headers = {{"X-Request-Id", "r-1"}};
    return http;
}

Heard heard(const Plan& plan, const Result<HttpReply>& answer)
{
    return hear(plan, actions::actionIdOf(plan), answer).heard;
}

std::string setReply(const std::string& receipts)
{
    return R"({"data":{"metafieldsSet":{"metafields":[{"id":"1","namespace":"app","key":"receipts",)"
           R"("type":"json","value":")" +
           receipts +
           R"(","compareDigest":"d","updatedAt":"2026-11-24T10:00:00Z"}],"userErrors":[]}}})";
}

std::string userError(const char* field, const char* code)
{
    return std::string(R"({"data":{")") + field + R"(":{"metafields":null,)" +
           R"("inventoryAdjustmentGroup":null,"userErrors":[{"code":")" + code +
           R"(","field":null,"message":"no"}]}}})";
}

} // namespace

TEST(Hear, DoneCountsOnlyWithOurReceipt)
{
    const Plan plan = creditPlan();
    const std::string id = actions::actionIdOf(plan).value;
    const std::string entry = R"([{\"action\":\")" + id +
                              R"(\",\"units\":3,\"amount\":\"45.00\",\"currency\":\"GBP\",)" +
                              R"(\"at\":\"2026-11-24T10:00:00Z\"}])";
    EXPECT_EQ(heard(plan, reply(200, setReply(entry))), Heard::Done);
    EXPECT_EQ(heard(plan, reply(200, setReply("[]"))), Heard::Doubt);
}

TEST(Hear, ARaceIsADoubtAndARefusalIsNone)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(heard(plan, reply(200, userError("metafieldsSet", "STALE_OBJECT"))), Heard::Doubt);
    EXPECT_EQ(heard(plan, reply(200, userError("metafieldsSet", "INVALID_VALUE"))), Heard::Refused);
}

TEST(Hear, WhateverIsNoAnswerIsADoubt)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(heard(plan, reply(200, "<html>hello</html>")), Heard::Doubt);
    EXPECT_EQ(heard(plan, reply(200, "")), Heard::Doubt);
    EXPECT_EQ(heard(plan, reply(200, R"({"data":{"metafieldsSet":null}})")), Heard::Doubt);
    EXPECT_EQ(heard(plan, reply(502, "")), Heard::Doubt);
    EXPECT_EQ(heard(plan, fail(ErrorCode::Timeout, "")), Heard::Doubt);
    EXPECT_EQ(heard(plan, fail(ErrorCode::Network, "")), Heard::Doubt);
    EXPECT_EQ(heard(plan, fail(ErrorCode::Cancelled, "")), Heard::Doubt);
}

TEST(Hear, TurnedAwayIsNotTaken)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(heard(plan, reply(429, "")), Heard::NotTaken);
    EXPECT_EQ(heard(plan, reply(401, "")), Heard::NotTaken);
    EXPECT_EQ(heard(plan, fail(ErrorCode::RateLimited, "")), Heard::NotTaken);
    const char* throttled =
        R"({"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]})";
    EXPECT_EQ(heard(plan, reply(200, throttled)), Heard::NotTaken);
}

TEST(Hear, WhatBrokeOnTheWayIsADoubt)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(heard(plan, reply(200, userError("metafieldsSet", "INTERNAL_ERROR"))), Heard::Doubt);
    EXPECT_EQ(
        heard(plan, reply(200, R"({"data":{"metafieldsSet":null},"errors":[{"message":"x"}]})")),
        Heard::Doubt);
    EXPECT_EQ(heard(plan, reply(200, R"({"errors":[{"message":"no such field"}]})")),
              Heard::Refused)
        << "a document that was turned away never ran";
    const Plan release = actions::planRelease(
        facts(), policy(), actions::releaseChoices(facts(), policy()).front(), proved());
    for (const char* code : {"SERVICE_UNAVAILABLE", "ADJUST_QUANTITIES_FAILED"})
        EXPECT_EQ(heard(release, reply(200, userError("inventoryAdjustQuantities", code))),
                  Heard::Doubt)
            << code;
    const std::string half =
        R"({"data":{"inventoryAdjustQuantities":{"inventoryAdjustmentGroup":{"id":"g","createdAt":"2026-11-24T10:00:00Z","reason":"restock","referenceDocumentUri":"x","changes":[{"name":"available","delta":-2,"quantityAfterChange":7,"location":{"id":"gid://shopify/Location/11"},"item":null}]},"userErrors":[{"code":"INVALID_LOCATION","field":null,"message":"no"}]}}})";
    EXPECT_EQ(heard(release, reply(200, half)), Heard::Doubt) << "half a release is no refusal";
}

TEST(Hear, ARedirectIsARefusal)
{
    EXPECT_EQ(heard(creditPlan(), reply(302, "")), Heard::Refused);
}

TEST(Hear, AReleaseMustShowBothChanges)
{
    const Plan plan = actions::planRelease(
        facts(), policy(), actions::releaseChoices(facts(), policy()).front(), proved());
    const std::string minus =
        R"({"name":"available","delta":-2,"quantityAfterChange":7,"location":{"id":"gid://shopify/Location/11"},"item":{"id":"gid://shopify/InventoryItem/1"}})";
    const std::string plus =
        R"({"name":"available","delta":2,"quantityAfterChange":null,"location":{"id":"gid://shopify/Location/22"},"item":{"id":"gid://shopify/InventoryItem/1"}})";
    const auto body = [](const std::string& changes) {
        return R"({"data":{"inventoryAdjustQuantities":{"inventoryAdjustmentGroup":{"id":"g","createdAt":"2026-11-24T10:00:00Z","reason":"restock","referenceDocumentUri":"x","changes":[)" +
               changes + R"(]},"userErrors":[]}}})";
    };
    const actions::Hearing both =
        hear(plan, actions::actionIdOf(plan), reply(200, body(minus + "," + plus)));
    EXPECT_EQ(both.heard, Heard::Done);
    EXPECT_EQ(both.fromAfter, 7);
    EXPECT_EQ(both.toAfter, std::nullopt) << "null means read again, not zero";
    EXPECT_EQ(both.requestId, "r-1");
    EXPECT_EQ(heard(plan, reply(200, body(minus))), Heard::Doubt) << "a lone minus";
    EXPECT_EQ(heard(plan, reply(200, userError("inventoryAdjustQuantities",
                                               "CHANGE_FROM_QUANTITY_STALE"))),
              Heard::Doubt);
}

} // namespace counterfoil::sync
