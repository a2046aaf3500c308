#pragma once

#include "core/actions/planning.h"
#include "core/actions/record.h"

#include <string>

/// One wholesale return for the tests of core/actions: 4 units of a line of 6 at 12.50 net + 20 %,
/// three of them inspected (A, A, B), on account, 812.40 owed. Made-up company, made-up figures.
namespace counterfoil::actions::sample {

inline const money::Currency kGbp = money::Currency::fromCode("GBP").value();
inline const Instant kNow = fromMillis(1'795'514'400'000); // Tuesday 2026-11-24, 10:00 UTC
inline constexpr const char* kQuarantine = "gid://shopify/Location/11";
inline constexpr const char* kSellable = "gid://shopify/Location/22";
inline constexpr const char* kOutlet = "gid://shopify/Location/33";
inline constexpr const char* kItem = "gid://shopify/InventoryItem/1";

inline money::Money gbp(std::int64_t minor)
{
    return money::Money::fromMinor(minor, kGbp);
}

inline domain::MoneyPair pair(std::int64_t minor)
{
    return {gbp(minor), gbp(minor)};
}

inline domain::Inspection look(const char* unit, domain::UnitVerdict verdict)
{
    domain::Inspection row;
    row.rma = RmaId("7000412");
    row.unit = UnitId(unit);
    row.verdict = verdict;
    row.person = PersonId("rhys");
    row.at = kNow - std::chrono::hours(48);
    return row;
}

inline domain::StockLevel level(const char* location, std::int64_t available)
{
    domain::StockLevel row;
    row.location = LocationId(location);
    row.item = InventoryItemId(kItem);
    row.sku = "BEAN-1KG";
    row.available = available;
    return row;
}

inline domain::Account
account(const std::string& balanceText = R"({"credit_limit":5000,"balance":812.40})",
        std::int64_t owedMinor = 812'40)
{
    domain::Account row;
    row.customer = CustomerId("77");
    row.gid = "gid://shopify/Customer/77";
    row.hasBalance = true;
    row.balanceText = balanceText;
    row.balanceType = "json";
    row.balanceDigest = "digest-1";
    row.balance = gbp(owedMinor);
    row.creditLimit = gbp(5000'00);
    return row;
}

inline domain::CaseFacts facts()
{
    domain::CaseFacts facts;
    facts.site = SiteId("uk");
    facts.id = CaseId("rma:7000412");
    facts.now = kNow;
    domain::OrderLine line;
    line.id = LineId("91");
    line.sku = "BEAN-1KG";
    line.quantity = line.currentQuantity = line.refundableQuantity = 6;
    line.hasVariant = true;
    line.inventoryItem = InventoryItemId(kItem);
    line.isTracked = true;
    line.originalUnit = line.discountedUnit = pair(12'50);
    line.discountedUnitMinor = money::Fraction(12'50);
    line.taxLines = {{"0.2", gbp(15'00)}};
    domain::Order order;
    order.id = OrderId("5820011223344");
    order.gid = "gid://shopify/Order/5820011223344";
    order.name = "B2B-1042";
    order.currency = order.shopCurrency = kGbp;
    order.customer = CustomerId("77");
    order.customerGid = "gid://shopify/Customer/77";
    order.attributes = {{"sparkPaymentType", "payment_on_account"}};
    order.financialStatus = {domain::FinancialStatus::Pending, "PENDING"};
    order.lines = {{line}};
    order.transactions = std::vector<domain::PaymentTransaction>();
    order.refunds = std::vector<domain::Refund>();
    order.returns = std::vector<domain::ShopifyReturn>();
    facts.order = std::move(order);
    domain::PurchaseLine copy;
    copy.sku = "BEAN-1KG";
    copy.quantity = 6;
    copy.totalNet = gbp(75'00);
    domain::Purchase purchase;
    purchase.order = OrderId("5820011223344");
    purchase.paymentMethod = {domain::PaymentMethod::Account, "on_account"};
    purchase.currency = kGbp;
    purchase.lines = {{copy}};
    facts.purchase = std::move(purchase);
    facts.isPurchaseRead = true;
    facts.purchaseTransactions = std::vector<domain::PurchaseTransaction>();
    domain::Rma rma;
    rma.id = RmaId("7000412");
    rma.status = {domain::RmaStatus::Received, "Received"};
    rma.orderName = "B2B-1042";
    rma.order = OrderId("5820011223344");
    rma.hasDetail = true;
    rma.createdAt = kNow - std::chrono::hours(240);
    rma.receivedAt = rma.statusSince = kNow - std::chrono::hours(96);
    for (const char* id : {"u1", "u2", "u3", "u4"}) {
        domain::RmaUnit unit;
        unit.id = UnitId(id);
        unit.line = LineId("91");
        unit.sku = "BEAN-1KG";
        unit.resolution = {domain::Resolution::RefundToPaymentMethod, "RefundToPaymentMethod"};
        rma.units.push_back(unit);
    }
    facts.rma = std::move(rma);
    facts.inspections = {look("u1", domain::UnitVerdict::AGrade),
                         look("u2", domain::UnitVerdict::AGrade),
                         look("u3", domain::UnitVerdict::BGrade)};
    facts.account = account();
    facts.stock = {level(kQuarantine, 9), level(kSellable, 40), level(kOutlet, 2)};
    return facts;
}

inline domain::Policy policy()
{
    domain::Policy policy;
    policy.isSingleSeat = false;
    policy.facts.returnLowersBalance = Fact::No;
    policy.facts.refundLowersBalance = Fact::No;
    policy.locations = {{kQuarantine, domain::LocationKind::Quarantine},
                        {kSellable, domain::LocationKind::Sellable},
                        {kOutlet, domain::LocationKind::Outlet}};
    policy.destinationA = kSellable;
    policy.destinationB = kOutlet;
    return policy;
}

inline PlanContext proved()
{
    PlanContext context;
    context.isProved = true;
    context.now = kNow;
    return context;
}

inline Plan creditPlan(const domain::CaseFacts& from = facts(), const domain::Policy& by = policy(),
                       const PlanContext& context = proved())
{
    return planCredit(from, by, creditChoice(from, by), context);
}

inline std::string refusal(const Plan& plan)
{
    const Check* blocking = plan.firstBlocking();
    return blocking != nullptr ? blocking->text.code : "";
}

/// A filed action of a plan, as the runner files it.
inline ActionRecord filed(const Plan& plan, const char* proposer = "priya")
{
    ActionRecord record;
    record.head.id = actionIdOf(plan);
    record.head.kind = plan.kind;
    record.head.amount = plan.gross;
    record.head.quantity = plan.quantity;
    record.head.order = plan.order;
    record.head.proposer = PersonId(proposer);
    record.head.createdAt = record.head.changedAt = kNow;
    for (const PlanUnit& unit : plan.units)
        record.head.units.push_back(unit.unit);
    record.site = plan.site.value;
    record.caseId = plan.caseId;
    record.planJson = planJson(plan);
    record.planHash = planHash(plan);
    return record;
}

} // namespace counterfoil::actions::sample
