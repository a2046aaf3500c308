#include "app/sandbox/graphql/cost.h"
#include "app/sandbox/graphql/parser.h"
#include "app/sandbox/graphql/validate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace counterfoil::sandbox::graphql {
namespace {

std::string fileText(const std::string& path)
{
    std::ifstream in(std::string(COUNTERFOIL_SOURCE_DIR) + "/" + path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

struct CostCase {
    const char* name;
    std::int64_t points;
};

class DocumentCost : public testing::TestWithParam<CostCase> {};

TEST_P(DocumentCost, IsTheFigureOfThePlatformNote)
{
    const auto schema = Schema::parse(fileText("app/sandbox/shopify/schema.graphql"));
    ASSERT_TRUE(schema.ok()) << schema.problem().message;
    const auto document =
        parseDocument(fileText("resources/graphql/" + std::string(GetParam().name) + ".graphql"));
    ASSERT_TRUE(document.ok()) << document.problem().message;
    const Operation& operation = document.value().operations.front();
    EXPECT_TRUE(validate(schema.value(), document.value(), operation).empty());
    EXPECT_EQ(requestedCost(schema.value(), document.value(), operation, Json::object()),
              GetParam().points);
}

INSTANTIATE_TEST_SUITE_P(
    Table, DocumentCost,
    testing::Values(CostCase{"OrdersChanged", 642}, CostCase{"OrderLines", 683},
                    CostCase{"OrderMoney", 832}, CostCase{"OrderReturns", 795},
                    CostCase{"OrderAgreements", 663}, CostCase{"OrderFulfillmentOrders", 453},
                    CostCase{"DraftsChanged", 352}, CostCase{"LocationStock", 453},
                    CostCase{"ItemAtTwoLocations", 5}, CostCase{"Setup", 110},
                    CostCase{"ReleaseStock", 15}, CostCase{"MoveState", 13},
                    CostCase{"ActivateAtLocation", 12}, CostCase{"AccountCredit", 12},
                    CostCase{"BulkStart", 12}, CostCase{"BulkPoll", 1}, CostCase{"SetPo", 12},
                    CostCase{"RefundNoMoney", 17}),
    [](const auto& caseInfo) { return std::string(caseInfo.param.name); });

} // namespace
} // namespace counterfoil::sandbox::graphql
