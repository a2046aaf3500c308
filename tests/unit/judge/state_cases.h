#pragma once

#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

/// Returns in good order in every state of an RMA, for the rules about states and stock. Each test
/// then breaks one thing.
namespace counterfoil::judging {

struct StateRow {
    const char* name;
    std::function<void(Builder&)> change;
    const char* expected; ///< summary()
};

inline void status(Builder& b, RmaStatus value, const char* word, const char* since)
{
    b.facts.rma->status = {value, word};
    b.facts.rma->statusSince = at(since);
    const bool hasGoods =
        value == RmaStatus::Received || value == RmaStatus::Validated || value == RmaStatus::Done;
    if (!hasGoods)
        b.facts.rma->receivedAt.reset();
}

inline ShopifyReturn& shopReturn(Builder& b, ShopifyReturnStatus value, const char* word,
                                 std::int64_t processed = 0)
{
    ShopifyReturn back;
    back.id = ShopifyReturnId("gid://r" + std::to_string(b.facts.order->returns->size() + 1));
    back.name = "B2B-1042-R" + std::to_string(b.facts.order->returns->size() + 1);
    back.status = {value, word};
    back.createdAt = back.approvedAt = at("2026-11-01T12:00:00Z");
    ShopifyReturnLine line;
    line.id = "gid://rl1";
    line.line = LineId("1");
    line.quantity = 4;
    line.processedQuantity = processed;
    line.unprocessedQuantity = 4 - processed;
    back.lines = {line};
    b.facts.rma->comments.push_back(
        {"system", "", "Created & approved Shopify return " + back.name, {}});
    b.facts.order->returns->push_back(back);
    return b.facts.order->returns->back();
}

inline Shipment& shipment(Builder& b, ShipmentStatus value, const char* word)
{
    Shipment row;
    row.id = "s" + std::to_string(b.facts.rma->shipments.size() + 1);
    row.status = {value, word};
    b.facts.rma->shipments.push_back(row);
    return b.facts.rma->shipments.back();
}

inline void dispose(Builder& b, std::int64_t quantity, const char* place, const char* when,
                    DispositionType type = DispositionType::Restocked)
{
    Disposition row;
    row.id = "d" + std::to_string(quantity);
    row.type = {type, "x"};
    row.quantity = quantity;
    row.location = LocationId(place);
    row.line = LineId("1");
    row.createdAt = at(when);
    b.facts.order->returns->back().dispositions.push_back(row);
}

/// The order was paid by card, and ReturnGO pays back to it: the account route is not the matter.
inline void onCard(Builder& b)
{
    b.facts.order->attributes[0].value = "upfrontPayment";
    b.paid("1296.00");
    for (RmaUnit& unit : b.facts.rma->units)
        unit.resolution = {Resolution::RefundToPaymentMethod, "x"};
}

/// A return in good order: open in Shopify, its goods received and in quarantine.
inline void healthyReceived(Builder& b)
{
    onCard(b);
    shopReturn(b, ShopifyReturnStatus::Open, "OPEN");
    dispose(b, 4, "gid://q", "2026-11-05T12:00:00Z");
    shipment(b, ShipmentStatus::Received, "Received");
}

inline void healthyDone(Builder& b)
{
    healthyReceived(b);
    status(b, RmaStatus::Done, "Done", "2026-11-06T10:00:00Z");
    b.facts.order->returns->back().status = {ShopifyReturnStatus::Closed, "CLOSED"};
    b.facts.order->returns->back().closedAt = at("2026-11-06T10:00:00Z");
    b.facts.order->returns->back().lines[0].processedQuantity = 4;
    b.facts.order->returns->back().lines[0].unprocessedQuantity = 0;
    b.inspect("1", 4);
    b.transaction("1", RmaTransactionStatus::Success, "216.00");
}

inline void healthyApproved(Builder& b, const char* since = "2026-11-02T10:00:00Z")
{
    onCard(b);
    status(b, RmaStatus::Approved, "Approved", since);
    shopReturn(b, ShopifyReturnStatus::Open, "OPEN");
    shipment(b, ShipmentStatus::LabelCreated, "LabelCreated");
}

inline void healthyDead(Builder& b, RmaStatus value, const char* word)
{
    onCard(b);
    status(b, value, word, "2026-11-03T10:00:00Z");
    if (value == RmaStatus::Canceled)
        shopReturn(b, ShopifyReturnStatus::Canceled, "CANCELED");
    shipment(b, ShipmentStatus::LabelCreated, "LabelCreated");
}

inline void keepItem(Builder& b)
{
    for (RmaUnit& unit : b.facts.rma->units)
        unit.returnMethodType = "No shipment required";
}

inline Refund& refund(Builder& b, const char* total, const char* when = "2026-11-05T09:00:00Z")
{
    Refund row;
    row.id = RefundId("77");
    row.createdAt = at(when);
    row.total = pair(gbp(total));
    RefundLine line;
    line.line = LineId("1");
    line.quantity = 4;
    line.restockType = "NO_RESTOCK";
    row.lines = {line};
    b.facts.order->refunds->push_back(row);
    return b.facts.order->refunds->back();
}

inline void level(Builder& b, std::int64_t available)
{
    StockLevel row;
    row.location = LocationId("gid://q");
    row.sku = "SKU-1";
    row.available = available;
    b.facts.stock.push_back(row);
}

/// One of the four did not come, or is not what was sold: ReturnGO pays nothing for it.
inline void oneBad(Builder& b, UnitVerdict verdict)
{
    b.inspect("1", 3);
    b.inspect("1", 1, verdict);
    b.facts.rma->units[3].resolution = {Resolution::None, "x"};
}

/// Inspected and credited on the account four days ago; still lies at Received.
inline void creditedOnAccount(Builder& b, const char* when)
{
    shopReturn(b, ShopifyReturnStatus::Open, "OPEN");
    dispose(b, 4, "gid://q", "2026-11-05T12:00:00Z");
    shipment(b, ShipmentStatus::Received, "Received");
    b.inspect("1", 4);
    b.credit("216.00").changedAt = at(when);
}

inline void purchase(Builder& b)
{
    Purchase row;
    row.type = "order";
    row.currency = b.money;
    row.paymentMethod = {PaymentMethod::Account, "on_account"};
    row.total = gbp("1296.00");
    row.placedAt = at("2026-10-01T09:00:00Z");
    PurchaseLine line;
    line.sku = "SKU-1";
    line.quantity = 24;
    row.lines = {line};
    b.facts.purchase = row;
    b.facts.purchaseTransactions.emplace();
}

/// A healthy order on account that nothing but the purchase is wrong with.
inline void withPurchase(Builder& b)
{
    healthyReceived(b);
    purchase(b);
    b.facts.purchase->paymentMethod = {PaymentMethod::Card, "platform_upfront"};
    b.facts.feeds[Platform::SparkLayer].lastSuccess = b.facts.now;
    b.facts.order->currentTotal = pair(gbp("1296.00"));
}

inline std::string nameOf(const testing::TestParamInfo<StateRow>& row)
{
    return row.param.name;
}

} // namespace counterfoil::judging
