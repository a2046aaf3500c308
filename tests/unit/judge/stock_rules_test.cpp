#include "tests/unit/judge/state_cases.h"

namespace counterfoil::judging {

class StockRules : public testing::TestWithParam<StateRow> {};

TEST_P(StockRules, SayWhatTheLawSays)
{
    Builder builder;
    builder.policy.facts.returngoCreatesShopifyReturn = Fact::Yes;
    builder.line("1", 24, "54.00").isTracked = true;
    builder.units("1", 4, "54.00");
    GetParam().change(builder);
    EXPECT_EQ(summary(builder.judge()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Stock, StockRules,
    testing::Values(StateRow{"RefusedUnitSellable",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.order->returns->back().dispositions[0].location =
                                     LocationId("gid://s");
                                 b.inspect("1", 3);
                                 b.inspect("1", 1, UnitVerdict::Damaged, DamageCause::Transit);
                             },
                             "rejected-unit-restocked 54.00"},
                    StateRow{"RefusedUnitStays",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.order->returns->back().dispositions[0].quantity = 3;
                                 b.facts.order->returns->back().dispositions[0].location =
                                     LocationId("gid://s");
                                 b.inspect("1", 3);
                                 b.inspect("1", 1, UnitVerdict::Damaged, DamageCause::Transit);
                             },
                             ""},
                    StateRow{"RefusedUnitInQuarantine",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.inspect("1", 3);
                                 b.inspect("1", 1, UnitVerdict::Damaged, DamageCause::Transit);
                             },
                             ""},
                    StateRow{"RefusedByReturnGo",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.order->returns->back().dispositions[0].location =
                                     LocationId("gid://s");
                                 for (RmaUnit& unit : b.facts.rma->units)
                                     unit.validation = {at("2026-11-05T11:00:00Z"), true, true, ""};
                                 b.facts.rma->units[0].validation.isRestockable = false;
                             },
                             "rejected-unit-restocked 54.00"},
                    StateRow{"DamagedGoodsBelongThere",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.order->returns->back().dispositions[0].location =
                                     LocationId("gid://s");
                                 b.inspect("1", 4, UnitVerdict::Damaged, DamageCause::Transit);
                                 b.policy.destinationDamaged = "gid://s";
                             },
                             ""},
                    StateRow{"CreditedAndNothingMoved",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-06T09:00:00Z");
                                 b.facts.order->returns->back().dispositions.clear();
                             },
                             "stock-movement-missing 216.00"},
                    StateRow{"NothingMovedForAnHour",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-09T11:00:00Z");
                                 b.facts.rma->receivedAt = at("2026-11-09T11:00:00Z");
                                 b.facts.order->returns->back().dispositions.clear();
                             },
                             ""},
                    StateRow{"NotByDispositionHere",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-06T09:00:00Z");
                                 b.facts.order->returns->back().dispositions.clear();
                                 b.policy.isReturnsByDisposition = false;
                             },
                             ""},
                    StateRow{"MovedByNotRestocking",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-06T09:00:00Z");
                                 b.facts.order->returns->back().dispositions[0].type = {
                                     DispositionType::NotRestocked, "NOT_RESTOCKED"};
                             },
                             ""},
                    StateRow{"UntrackedGoods",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-06T09:00:00Z");
                                 b.facts.order->returns->back().dispositions.clear();
                                 b.facts.order->lines->front().isTracked = false;
                             },
                             ""},
                    StateRow{"KeptGoodsNeverMove",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-06T09:00:00Z");
                                 b.facts.order->returns->back().dispositions.clear();
                                 keepItem(b);
                             },
                             ""},
                    StateRow{"QuarantineSevenDays",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 level(b, 9);
                                 b.facts.order->returns->back().dispositions[0].createdAt =
                                     at("2026-11-03T10:00:00Z");
                             },
                             "quarantine-overdue 216.00"},
                    StateRow{"QuarantineAMinuteLess",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 level(b, 9);
                                 b.facts.order->returns->back().dispositions[0].createdAt =
                                     at("2026-11-03T10:01:00Z");
                             },
                             ""},
                    StateRow{"QuarantineEmptiedByHand",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 level(b, 0);
                                 b.facts.order->returns->back().dispositions[0].createdAt =
                                     at("2026-11-03T10:00:00Z");
                             },
                             ""},
                    StateRow{"QuarantineInspected",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 level(b, 9);
                                 b.inspect("1", 4);
                                 b.facts.order->returns->back().dispositions[0].createdAt =
                                     at("2026-11-03T10:00:00Z");
                             },
                             ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Counting, StockRules,
    testing::Values(StateRow{"OneShort",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 oneBad(b, UnitVerdict::Missing);
                             },
                             "received-quantity-mismatch/short"},
                    StateRow{"OneWrong",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 oneBad(b, UnitVerdict::WrongItem);
                             },
                             "received-quantity-mismatch/wrong-item"},
                    StateRow{"OneDamagedIsNoCount",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.inspect("1", 3);
                                 b.inspect("1", 1, UnitVerdict::Damaged, DamageCause::Transit);
                             },
                             ""},
                    StateRow{"OneBookedAsMissing",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 dispose(b, 1, "", "2026-11-06T12:00:00Z",
                                         DispositionType::Missing);
                             },
                             "received-quantity-mismatch/short"},
                    StateRow{"NotRestockedIsNotMissing",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 dispose(b, 1, "", "2026-11-06T12:00:00Z",
                                         DispositionType::NotRestocked);
                             },
                             ""},
                    StateRow{"AnotherParcelIsOnItsWay",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 shipment(b, ShipmentStatus::Shipped, "Shipped");
                                 oneBad(b, UnitVerdict::Missing);
                             },
                             ""},
                    StateRow{"AnotherParcelForTenDays",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 shipment(b, ShipmentStatus::Shipped, "Shipped");
                                 b.facts.rma->receivedAt = at("2026-10-31T10:00:00Z");
                                 oneBad(b, UnitVerdict::Missing);
                             },
                             "received-quantity-mismatch/short"},
                    StateRow{"CreditedAsAccepted",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 oneBad(b, UnitVerdict::Missing);
                                 std::vector<UnitId> accepted;
                                 for (std::size_t i = 0; i < 3; ++i)
                                     accepted.push_back(b.facts.rma->units[i].id);
                                 b.transaction("1", RmaTransactionStatus::Success, "162.00",
                                               accepted);
                             },
                             ""},
                    StateRow{"NoSuchLine",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.rma->units[0].line = LineId("99");
                             },
                             "return-line-unmatched"},
                    StateRow{"NoLineNamedButOneSku",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 for (RmaUnit& unit : b.facts.rma->units)
                                     unit.line = LineId();
                             },
                             ""},
                    StateRow{"NoLineNamedAndTwoSkus",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.line("2", 5, "54.00").sku = "SKU-1";
                                 b.facts.rma->units[0].line = LineId();
                             },
                             "return-line-unmatched"},
                    StateRow{"NoSuchLineOfARejectedReturn",
                             [](Builder& b) {
                                 healthyDead(b, RmaStatus::Rejected, "Rejected");
                                 b.facts.rma->units[0].line = LineId("99");
                             },
                             ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Purchases, StockRules,
    testing::Values(StateRow{"Agrees", withPurchase, ""},
                    StateRow{"Missing",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase.reset();
                             },
                             "purchase-mismatch/missing"},
                    StateRow{"MissingForAnHour",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase.reset();
                                 b.facts.order->createdAt = at("2026-11-10T09:00:00Z");
                             },
                             ""},
                    StateRow{"NotAskedYet",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase.reset();
                                 b.facts.isPurchaseRead = false;
                             },
                             ""},
                    StateRow{"NotASparkOrder",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase.reset();
                                 b.facts.order->attributes.clear();
                             },
                             ""},
                    StateRow{"Unconfirmed",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase->type = "order_unconfirmed";
                             },
                             "purchase-mismatch/unconfirmed"},
                    StateRow{"OtherQuantity",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase->lines->front().quantity = 20;
                             },
                             "purchase-mismatch/quantity"},
                    StateRow{"RefundedQuantityPlaysNoPart",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.order->lines->front().currentQuantity = 20;
                                 b.facts.order->lines->front().refundableQuantity = 20;
                             },
                             ""},
                    StateRow{"FollowsAnEdit",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.order->isEdited = true;
                                 Agreement edit;
                                 edit.reason = "ORDER_EDIT";
                                 edit.happenedAt = at("2026-10-10T09:00:00Z");
                                 AgreementSale sale;
                                 sale.action = "RETURN";
                                 sale.line = LineId("1");
                                 sale.quantity = -4;
                                 edit.sales = {sale};
                                 b.facts.order->agreements->push_back(edit);
                                 b.facts.purchase->lines->front().quantity = 20;
                             },
                             ""},
                    StateRow{"OtherCurrency",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase->currency = currency("EUR");
                             },
                             "purchase-mismatch/currency"},
                    StateRow{"OtherTotal",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase->total = gbp("1296.13");
                             },
                             "purchase-mismatch/total"},
                    StateRow{"TotalWithinRounding",
                             [](Builder& b) {
                                 withPurchase(b);
                                 b.facts.purchase->total = gbp("1296.12");
                             },
                             ""},
                    StateRow{"TotalAfterARefund",
                             [](Builder& b) {
                                 withPurchase(b);
                                 refund(b, "0.00");
                                 b.facts.order->currentTotal = pair(gbp("1080.00"));
                             },
                             ""}),
    nameOf);

} // namespace counterfoil::judging
