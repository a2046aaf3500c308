#include "core/decode/adapter.h"
#include "core/decode/json.h"
#include "core/decode/pointers.h"
#include "tests/unit/decode/samples.h"

#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::decode;

namespace {

TEST(Adapters, DefaultsAreComplete)
{
    const Result<Adapters> read = parseAdapters(defaultShopifyAdapter(), defaultSparklayerAdapter(),
                                                defaultReturngoAdapter());
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->shopify.apiVersion, "2026-07");
    EXPECT_EQ(read->shopify.ordersDelta, std::chrono::seconds(30));
    EXPECT_EQ(read->returngo.dailyCap, 2000);
    EXPECT_EQ(read->returngo.overlap, std::chrono::minutes(35));
    EXPECT_FALSE(read->returngo.setStatusEnabled);
    EXPECT_EQ(read->returngo.setStatusTemplate, R"({"status":"{{status}}"})");
    EXPECT_EQ(read->sparklayer.pageLimit, 500);
}

struct Override {
    const char* name;
    const char* json;
    const char* error; ///< empty: taken
};
class AdapterOverride : public testing::TestWithParam<Override> {};

TEST_P(AdapterOverride, NamesThePathOfWhatIsWrong)
{
    const Result<Adapters> read = withOverrides(GetParam().json);
    if (*GetParam().error == '\0') {
        EXPECT_TRUE(read) << read.error().detail;
        return;
    }
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::Config);
    EXPECT_EQ(read.error().detail, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Table, AdapterOverride,
    testing::Values(Override{"Nothing", "", ""}, Override{"Empty", "{}", ""},
                    Override{"Value", R"({"returngo":{"page_size":100}})", ""},
                    Override{"NewWord", R"({"returngo":{"rma_statuses":{"Erledigt":"done"}}})", ""},
                    Override{"Field", R"({"returngo":{"fields":{"paid_price":"/price"}}})", ""},
                    Override{"NotJson", "{", "adapters: not JSON"},
                    Override{"UnknownPlatform", R"({"erp":{}})", "erp: unknown key"},
                    Override{"UnknownKey", R"({"returngo":{"pagesize":1}})",
                             "returngo.pagesize: unknown key"},
                    Override{"UnknownField", R"({"returngo":{"fields":{"prize":"/x"}}})",
                             "returngo.fields.prize: unknown key"},
                    Override{"NoPointer", R"({"returngo":{"fields":{"sku":"sku"}}})",
                             "returngo.fields.sku: expected a JSON pointer"},
                    Override{"WrongType", R"({"shopify":{"history_days":"many"}})",
                             "shopify.history_days: expected a whole number"},
                    Override{"Negative", R"({"shopify":{"history_days":-1}})",
                             "shopify.history_days: expected no negative number"},
                    Override{"WrongWord", R"({"returngo":{"rma_statuses":{"Gone":"lost"}}})",
                             "returngo.rma_statuses.Gone: unknown word of ours"},
                    Override{"DeepWrongType", R"({"returngo":{"set_status":{"enabled":1}}})",
                             "returngo.set_status.enabled: expected true or false"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Adapters, OverriddenFieldAndWordAreUsed)
{
    EXPECT_EQ(withOverrides(R"({"returngo":{"rma_statuses":{"Erledigt":"done"}}})")
                  ->returngo.rmaStatuses.at("Erledigt"),
              domain::RmaStatus::Done);
}

/// The value that a pointer leads to, raw.
std::string lookUp(domain::DocumentKind kind, const char* field, const std::string& body,
                   const char* subject)
{
    const std::string pointer = pointerFor(defaultAdapters(), kind, field, body, subject);
    const Result<Json> json = Json::parse(body);
    return pointer.empty() ? "none" : std::string(json->root().at(pointer).raw());
}

TEST(Pointers, LeadToTheShownValue)
{
    using domain::DocumentKind;
    EXPECT_EQ(lookUp(DocumentKind::Order, "outstanding", samples::orderNode(), ""), "\"480.0\"");
    EXPECT_EQ(lookUp(DocumentKind::Order, "note", samples::orderNode(), ""), "\"PO-55810\"");
    EXPECT_EQ(lookUp(DocumentKind::OrderLines, "unit-price", samples::orderLinesObject(), "91"),
              "\"14.9991\"");
    EXPECT_EQ(lookUp(DocumentKind::OrderLines, "unit-price", samples::orderLinesObject(), "92"),
              "none");
    EXPECT_EQ(lookUp(DocumentKind::OrderMoney, "amount", samples::orderMoneyObject(), "8"),
              "\"12.0\"");
    EXPECT_EQ(lookUp(DocumentKind::OrderMoney, "amount", samples::orderMoneyObject(),
                     "gid://shopify/OrderTransaction/1"),
              "\"60.0\"");
    EXPECT_EQ(lookUp(DocumentKind::OrderReturns, "status", samples::orderReturnsObject(),
                     "gid://shopify/Return/31"),
              "\"OPEN\"");
    EXPECT_EQ(lookUp(DocumentKind::Rma, "status", samples::rmaDetail(), ""), "\"Received\"");
    EXPECT_EQ(lookUp(DocumentKind::Rma, "restocking-fee", samples::rmaDetail(), "3300017"), "1.25");
    EXPECT_EQ(lookUp(DocumentKind::Rma, "type", samples::rmaDetail(), "9100001"),
              "\"RefundToStoreCredit\"");
    EXPECT_EQ(lookUp(DocumentKind::Purchase, "po", samples::purchase(), ""), "\"PO-55810\"");
    EXPECT_EQ(lookUp(DocumentKind::Purchase, "unit-price", samples::purchase(), "KETTLE-1L"),
              R"({"number":"360.00","currency":"GBP"})");
    EXPECT_EQ(lookUp(DocumentKind::Account, "balance", samples::accountObject(), "").substr(0, 11),
              "\"{\\\"credit_");
    EXPECT_EQ(lookUp(DocumentKind::Order, "no-such-field", samples::orderNode(), ""), "none");
}

} // namespace
