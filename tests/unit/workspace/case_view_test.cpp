#include "core/rules/registry.h"
#include "core/workspace/case_view.h"
#include "core/workspace/cell_pointers.h"
#include "core/workspace/comparison_view.h"
#include "core/workspace/config.h"
#include "core/workspace/lot_view.h"
#include "core/workspace/playbook_view.h"
#include "core/workspace/sheet_view.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace counterfoil::workspace {
namespace {

using view::CellState;
using view::System;

WorkspaceConfig config()
{
    return *parseConfig(
        R"({"store":"sqlite:s","sites":[{"id":"uk","currency":"GBP","shopify":{"url":"https://x.myshopify.com","token":{"env":"T"}},
        "people":[{"name":"Priya Shah","login":"priya","roles":["finance-approver"]},{"name":"Nora Field","login":"nora","roles":["warehouse-lead"]},
                  {"name":"Jo Okafor","login":"jo","roles":["cx-agent"]}]}]})");
}

domain::MoneyPair pounds(std::int64_t minor)
{
    const money::Money amount = money::Money::fromMinor(minor, *money::Currency::fromCode("GBP"));
    return {amount, amount};
}

/// 2 kettles on account at 12.50 net, 20 % tax: 15.00 gross each. Both come back.
domain::CaseFacts returnOfTwo(std::int64_t paidMinor, bool isTaxIncluded)
{
    domain::CaseFacts facts;
    facts.site = SiteId("uk");
    facts.id = CaseId("rma:7000412");
    facts.now = *parseInstant("2026-11-24T10:00:00Z");
    facts.isPurchaseRead = true;
    domain::Order order;
    order.id = OrderId("1");
    order.name = "B2B-1042";
    order.currency = order.shopCurrency = *money::Currency::fromCode("GBP");
    order.attributes.push_back({"sparkPaymentType", "paymentOnAccount"});
    order.paymentMethod = {domain::PaymentMethod::Account, "paymentOnAccount"};
    order.transactions.emplace();
    order.refunds.emplace();
    order.returns.emplace();
    order.agreements.emplace();
    domain::OrderLine line;
    line.id = LineId("91");
    line.sku = "KETTLE-1L";
    line.quantity = line.currentQuantity = 2;
    line.discountedUnitMinor = money::Fraction(1250);
    line.discountedUnit = line.originalUnit = pounds(1250);
    line.netWithoutRefunded = pounds(2500);
    line.taxLines.push_back({"0.2", money::Money::fromMinor(500, order.currency)});
    order.lines.emplace({line});
    facts.order = order;
    domain::Rma rma;
    rma.id = RmaId("7000412");
    rma.status = {domain::RmaStatus::Received, "Received"};
    rma.order = order.id;
    rma.hasDetail = true;
    for (const char* id : {"u1", "u2"}) {
        domain::RmaUnit unit;
        unit.id = UnitId(id);
        unit.line = line.id;
        unit.sku = line.sku;
        unit.resolution = {domain::Resolution::BankAccount, "RefundToBankAccount"};
        unit.paidPrice = pounds(paidMinor);
        unit.paidTax = pounds(isTaxIncluded ? 250 : 0);
        unit.isTaxIncluded = isTaxIncluded;
        rma.units.push_back(unit);
    }
    facts.rma = rma;
    return facts;
}

view::ComparisonCell cellOf(const domain::CaseFacts& facts, const std::string& label, System system)
{
    const view::CaseView view = caseView(facts, domain::Judgement{}, SiteContext(config()));
    for (const view::ComparisonGroup& group : view.comparison) {
        for (const view::ComparisonRow& row : group.rows) {
            const auto found = row.cells.find(system);
            if (row.label == label && found != row.cells.end())
                return found->second;
        }
    }
    ADD_FAILURE() << "no cell " << label;
    return {};
}

TEST(CaseView, APriceIsComparedWithTheOneOfItsOwnKind)
{
    EXPECT_EQ(cellOf(returnOfTwo(1250, false), "Unit price, net", System::ReturnGo).state,
              CellState::Equal);
    EXPECT_EQ(cellOf(returnOfTwo(1500, true), "Unit price, net", System::ReturnGo).state,
              CellState::Equal);
}

TEST(CaseView, AGrossPriceTakenForNetDiffers)
{
    EXPECT_EQ(cellOf(returnOfTwo(1500, false), "Unit price, net", System::ReturnGo).state,
              CellState::Differs);
}

TEST(CaseView, ANetPriceTakenForGrossDiffers)
{
    EXPECT_EQ(cellOf(returnOfTwo(1250, true), "Unit price, net", System::ReturnGo).state,
              CellState::Differs);
}

TEST(CaseView, OneUnitSetToACardIsSeenWhereverItStands)
{
    domain::CaseFacts facts = returnOfTwo(1250, false);
    EXPECT_EQ(cellOf(facts, "Refund method", System::ReturnGo).state, CellState::Equal);
    facts.rma->units[1].resolution = {domain::Resolution::RefundToPaymentMethod,
                                      "RefundToPaymentMethod"};
    const view::ComparisonCell mixed = cellOf(facts, "Refund method", System::ReturnGo);
    EXPECT_EQ(mixed.state, CellState::Differs);
    EXPECT_NE(mixed.text.find("Card refund"), std::string::npos) << mixed.text;
}

TEST(CaseView, AReleasedUnitIsNotInALotAnyMore)
{
    domain::CaseFacts facts = returnOfTwo(1250, false);
    const SiteContext sites(config());
    ASSERT_EQ(lotsOf(facts, sites).at(0).units, 2);
    domain::OwnAction release;
    release.kind = domain::ActionKind::Release;
    release.state = domain::ActionState::Settled;
    release.units = {UnitId("u1")};
    facts.actions.push_back(release);
    ASSERT_EQ(lotsOf(facts, sites).at(0).units, 1);
    EXPECT_EQ(lotsOf(facts, sites).at(0).rows.at(0).unit, UnitId("u2"));
    facts.actions[0].state = domain::ActionState::Cancelled;
    EXPECT_EQ(lotsOf(facts, sites).at(0).units, 2);
}

TEST(PersonNote, SaysWhatThisPersonMayDo)
{
    const SiteContext sites(config());
    const SiteConfig& site = sites.sites().front();
    EXPECT_EQ(personNote(site, "priya"), "Approves to £50.00");
    EXPECT_EQ(personNote(site, "nora"), "Releases to £500.00");
    EXPECT_EQ(personNote(site, "jo"), "Proposes, approves nothing");
    EXPECT_EQ(personNote(site, "somebody"), "Not in the config of this site");
}

TEST(Playbooks, EveryTypeWithARuleHasOneAndEveryWordIsKnown)
{
    const auto books = nlohmann::json::parse(playbookText());
    for (const rules::Rule& rule : rules::registry())
        EXPECT_TRUE(books.contains(std::string(domain::findingTypeId(rule.type))))
            << domain::findingTypeId(rule.type);
    int steps = 0;
    for (const auto& [type, book] : books.items()) {
        EXPECT_TRUE(domain::findingTypeFromId(type).has_value()) << type;
        for (const auto& step : book) {
            ++steps;
            EXPECT_FALSE(step.value("text", "").empty()) << type;
            EXPECT_FALSE(step.value("owner", "").empty()) << type;
            EXPECT_TRUE(!step.contains("action") ||
                        isPlaybookAction(step["action"].get<std::string>()))
                << type;
            EXPECT_TRUE(!step.contains("done") || isPlaybookProof(step["done"].get<std::string>()))
                << type;
        }
    }
    EXPECT_GT(steps, 20);
}

TEST(Playbooks, AStepIsTickedByWhatThePlatformsShowOnly)
{
    const SiteContext sites(config());
    domain::CaseFacts facts = returnOfTwo(1250, false);
    facts.rma->units[0].resolution = {domain::Resolution::RefundToPaymentMethod, "Refund"};
    domain::Claim claim;
    claim.step = "stop-payment";
    facts.claims.push_back(claim);
    const domain::Policy& policy = sites.site("uk")->site.policy;
    EXPECT_FALSE(isProved("payment-stopped", pictureOf(facts, policy))) << "said is not seen";
    facts.rma->units[0].resolution = {domain::Resolution::BankAccount, "RefundToBankAccount"};
    EXPECT_TRUE(isProved("payment-stopped", pictureOf(facts, policy)));
    EXPECT_FALSE(isProved("inspected", pictureOf(facts, policy)));
    facts.rma->hasDetail = false;
    EXPECT_FALSE(isProved("payment-stopped", pictureOf(facts, policy))) << "unread proves nothing";
}

TEST(CaseView, ALotIsWorthItsInvoicedUnitsAndLiesWhereShopifySays)
{
    const SiteContext sites(config());
    const domain::CaseFacts facts = returnOfTwo(1250, false);
    const view::LotView lot = lotsOf(facts, sites).at(0);
    ASSERT_TRUE(lot.value.has_value());
    EXPECT_EQ(lot.value->minor(), 3000);
    EXPECT_EQ(lot.location, "") << "no disposition and no quarantine in the config: not known";
}

TEST(CaseView, WhatSparkLayerInvoicedStandsBesideTheOrder)
{
    domain::CaseFacts facts = returnOfTwo(1250, false);
    domain::Purchase purchase;
    domain::PurchaseLine line;
    line.sku = "KETTLE-1L";
    line.quantity = 2;
    line.totalNet = money::Money::fromMinor(2960, facts.order->currency);
    purchase.lines.emplace({line});
    facts.purchase = purchase;
    const view::ComparisonCell cell = cellOf(facts, "Unit price, net", System::SparkLayer);
    EXPECT_EQ(cell.text, "14.80");
    EXPECT_EQ(cell.state, CellState::Differs);
}

TEST(Comparison, CellsLeadToTheirFieldInTheDocument)
{
    domain::CaseFacts facts = returnOfTwo(1800, false);
    facts.order->linesRef.kind = domain::DocumentKind::OrderLines;
    facts.order->linesRef.externalId = "1";
    facts.rma->document.kind = domain::DocumentKind::Rma;
    facts.rma->document.externalId = "7000412";
    const domain::Policy policy;
    auto groups = comparisonOf(pictureOf(facts, policy));
    int read = 0;
    fillPointers(groups, decode::defaultAdapters(), [&](const domain::DocumentRef& ref) {
        ++read;
        if (ref.kind == domain::DocumentKind::OrderLines)
            return std::string(R"({"lineItems":{"nodes":[{"id":"gid://shopify/LineItem/90"},)"
                               R"({"id":"gid://shopify/LineItem/91"}]}})");
        return std::string(R"({"rma_summary":{"status":"Received"}})");
    });
    ASSERT_EQ(groups.at(1).title, "KETTLE-1L");
    const view::ComparisonRow& price = groups.at(1).rows.front();
    EXPECT_EQ(price.cells.at(System::Shopify).pointer,
              "/lineItems/nodes/1/discountedUnitPriceAfterAllDiscountsSet/presentmentMoney/amount");
    EXPECT_EQ(price.cells.at(System::ReturnGo).pointer, "") << "this unit is not in the document";
    EXPECT_NE(groups.at(0).rows.at(3).cells.at(System::ReturnGo).pointer, "");
    EXPECT_EQ(price.cells.at(System::ShouldBe).pointer, "") << "no platform says what should be";
    EXPECT_EQ(read, 2) << "each document is read once";
}

} // namespace
} // namespace counterfoil::workspace
