#include "core/reconcile/state_table.h"

#include <gtest/gtest.h>

namespace counterfoil::judging {

using domain::RmaStatus;

TEST(StateTable, IsWhatThePageSays)
{
    using reconcile::StateCell;
    using Column = reconcile::StateColumn;
    using V = StateCell::Verdict;
    const reconcile::StateTable& table = reconcile::StateTable::get();
    struct Cell {
        RmaStatus status;
        Column column;
        const char* state;
        V verdict;
        int hours;
        const char* fact;
    };
    using S = RmaStatus;
    const Column shop = Column::ShopifyReturn, ship = Column::Shipment, money = Column::Money;
    const char* made = "returngo_creates_shopify_return";
    const std::vector<Cell> page{
        {S::Pending, shop, "none", V::Ok, 0, ""},
        {S::Pending, shop, "REQUESTED", V::Ok, 0, ""},
        {S::Pending, shop, "OPEN", V::Late, 24, ""},
        {S::Pending, shop, "CLOSED", V::Wrong, 0, ""},
        {S::Pending, ship, "Pending", V::Ok, 0, ""},
        {S::Pending, ship, "Received", V::Late, 24, ""},
        {S::Approved, shop, "OPEN", V::Ok, 0, ""},
        {S::Approved, shop, "none", V::Late, 24, made},
        {S::Approved, shop, "CANCELED", V::Wrong, 0, ""},
        {S::Approved, shop, "DECLINED", V::Wrong, 0, ""},
        {S::Approved, shop, "CLOSED", V::Wrong, 0, ""},
        {S::Approved, ship, "Pending", V::Ok, 0, ""},
        {S::Approved, ship, "LabelCreated", V::Ok, 0, ""},
        {S::Approved, ship, "Shipped", V::Ok, 0, ""},
        {S::Approved, ship, "Received", V::Late, 24, ""},
        {S::Received, shop, "OPEN", V::Ok, 0, ""},
        {S::Received, shop, "CLOSED", V::Late, 48, "all_units_processed"},
        {S::Received, shop, "CANCELED", V::Wrong, 0, ""},
        {S::Received, shop, "none", V::Late, 24, made},
        {S::Received, ship, "Received", V::Ok, 0, ""},
        {S::Received, ship, "Validated", V::Ok, 0, ""},
        {S::Received, ship, "Shipped", V::Late, 24, ""},
        {S::Received, money, "settled_not_done", V::Late, 120, ""},
        {S::Validated, shop, "OPEN", V::Ok, 0, ""},
        {S::Validated, shop, "CLOSED", V::Late, 48, "all_units_processed"},
        {S::Validated, shop, "CANCELED", V::Wrong, 0, ""},
        {S::Validated, shop, "none", V::Late, 24, made},
        {S::Validated, ship, "Validated", V::Ok, 0, ""},
        {S::Validated, ship, "Received", V::Ok, 0, ""},
        {S::Validated, money, "due", V::Late, 48, ""},
        {S::Done, shop, "CLOSED", V::Ok, 0, ""},
        {S::Done, shop, "OPEN", V::Late, 72, ""},
        {S::Done, shop, "CANCELED", V::Wrong, 0, ""},
        {S::Done, shop, "none", V::Unnamed, 0, made},
        {S::Done, ship, "Received", V::Ok, 0, ""},
        {S::Done, ship, "Validated", V::Ok, 0, ""},
        {S::Done, ship, "none", V::Unnamed, 0, "keep_item"},
        {S::Done, ship, "Shipped", V::Wrong, 0, ""},
        {S::Done, money, "settled", V::Ok, 0, ""},
        {S::Done, money, "nothing_though_expected", V::Late, 24, ""},
        {S::Rejected, shop, "none", V::Ok, 0, ""},
        {S::Rejected, shop, "DECLINED", V::Ok, 0, ""},
        {S::Rejected, shop, "CANCELED", V::Ok, 0, ""},
        {S::Rejected, shop, "OPEN", V::Late, 24, ""},
        {S::Rejected, shop, "REQUESTED", V::Late, 24, ""},
        {S::Rejected, shop, "CLOSED_with_processed_units", V::Wrong, 0, ""},
        {S::Rejected, ship, "Shipped", V::Ok, 0, ""},
        {S::Rejected, ship, "Received", V::Late, 48, ""},
        {S::Rejected, money, "none", V::Ok, 0, ""},
        {S::Rejected, money, "any_paid", V::Wrong, 0, ""},
        {S::Canceled, shop, "none", V::Ok, 0, ""},
        {S::Canceled, shop, "CANCELED", V::Ok, 0, ""},
        {S::Canceled, shop, "DECLINED", V::Ok, 0, ""},
        {S::Canceled, shop, "OPEN", V::Late, 24, ""},
        {S::Canceled, shop, "CLOSED_with_processed_units", V::Wrong, 0, ""},
        {S::Canceled, ship, "Pending", V::Ok, 0, ""},
        {S::Canceled, ship, "Received", V::Late, 48, ""},
        {S::Canceled, money, "none", V::Ok, 0, ""},
        {S::Canceled, money, "any_paid", V::Wrong, 0, ""},
    };
    for (const Cell& want : page) {
        const StateCell& cell = table.cell(want.status, want.column, want.state);
        SCOPED_TRACE(std::string("row ") + std::to_string(static_cast<int>(want.status)) + ", " +
                     want.state);
        EXPECT_EQ(cell.verdict, want.verdict);
        EXPECT_EQ(cell.late, std::chrono::hours(want.hours));
        EXPECT_EQ(cell.fact, want.fact);
    }
    EXPECT_EQ(table.otherwise(S::Done, ship).verdict, V::Wrong);
}

/// Every state of the RMA stands in every column, and a state that nobody knows says nothing.
TEST(StateTable, CoversEveryStateAndColumn)
{
    using Column = reconcile::StateColumn;
    const reconcile::StateTable& table = reconcile::StateTable::get();
    for (const RmaStatus status :
         {RmaStatus::Pending, RmaStatus::Approved, RmaStatus::Received, RmaStatus::Validated,
          RmaStatus::Done, RmaStatus::Rejected, RmaStatus::Canceled}) {
        EXPECT_FALSE(table.fitting(status, Column::ShopifyReturn).empty());
        EXPECT_FALSE(table.fitting(status, Column::Shipment).empty());
    }
    EXPECT_EQ(table.cell(RmaStatus::Unknown, Column::ShopifyReturn, "OPEN").verdict,
              reconcile::StateCell::Verdict::Unnamed);
    const std::string whole(reconcile::stateTableText());
    for (const char* row :
         {"Pending", "Approved", "Received", "Validated", "Done", "Rejected", "Canceled"}) {
        std::string broken = whole;
        const std::size_t found = broken.find("\n    \"" + std::string(row) + "\": {");
        ASSERT_NE(found, std::string::npos) << row;
        broken.replace(found + 6, 1, "X");
        EXPECT_FALSE(reconcile::StateTable::parse(broken)) << row;
    }
    for (const char* column : {"shopify_return", "shipment", "money", "stock"}) {
        std::string broken = whole;
        const std::size_t found = broken.rfind("\"" + std::string(column) + "\"");
        ASSERT_NE(found, std::string::npos) << column;
        broken.replace(found + 1, 1, "X");
        EXPECT_FALSE(reconcile::StateTable::parse(broken)) << column;
    }
    EXPECT_FALSE(reconcile::StateTable::parse("{}"));
    EXPECT_FALSE(reconcile::StateTable::parse(""));
}

} // namespace counterfoil::judging
