#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/policy.h"
#include "core/rules/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

/// A case built from a few words: an unpaid Pay on Account order of one line, an RMA of some of its
/// pieces. Each test then changes what it is about.
namespace counterfoil::judging {

using namespace domain;
using money::Currency;
using money::Money;

inline Currency currency(const char* code)
{
    return Currency::fromCode(code).value();
}
inline Money amount(const char* text, Currency in)
{
    return Money::parse(text, in).value();
}
inline Money gbp(const char* text)
{
    return amount(text, currency("GBP"));
}
inline MoneyPair pair(Money value)
{
    return {value, value};
}
inline Instant at(const char* text)
{
    return parseInstant(text).value();
}

struct Builder {
    Currency money = currency("GBP");
    CaseFacts facts;
    Policy policy;

    explicit Builder(const char* code = "GBP") : money(currency(code))
    {
        facts.site = SiteId("uk");
        facts.id = CaseId("rma:7000412");
        facts.now = at("2026-11-10T10:00:00Z");
        policy.facts.feeTax = FeeTax::None;
        policy.facts.returnProcessLowersOutstanding = Fact::Yes;
        policy.facts.returnLowersBalance = Fact::No;
        policy.facts.refundLowersBalance = Fact::No;
        policy.facts.invoiceRaisesBalance = Fact::No;
        policy.facts.returngoRequiresPaid = Fact::Yes;
        policy.poRequired = PoRequired::No;
        policy.locations = {{"gid://q", LocationKind::Quarantine},
                            {"gid://s", LocationKind::Sellable}};
        policy.calendar.days.front() = policy.calendar.days.back() = {0, 0};
        order();
        rma();
        Account account;
        account.balance = amount("1000", money);
        account.creditLimit = amount("5000", money);
        facts.account = account;
        facts.isPurchaseRead = true;
        facts.feeds[Platform::ReturnGo].lastSuccess = facts.now;
        facts.feeds[Platform::ReturnGo].previousSuccess = at("2026-11-10T09:55:00Z");
    }

    void order()
    {
        Order order;
        order.id = OrderId("5550001112223");
        order.name = "B2B-1042";
        order.createdAt = at("2026-10-01T09:00:00Z");
        order.currency = order.shopCurrency = money;
        order.financialStatus = {FinancialStatus::Pending, "PENDING"};
        order.attributes = {{"sparkPaymentType", "paymentOnAccount"}};
        order.lines.emplace();
        order.transactions.emplace();
        order.refunds.emplace();
        order.returns.emplace();
        order.agreements.emplace();
        facts.order = order;
    }

    void rma()
    {
        Rma rma;
        rma.id = RmaId("7000412");
        rma.status = {RmaStatus::Received, "Received"};
        rma.order = facts.order->id;
        rma.hasDetail = true;
        rma.createdAt = at("2026-11-01T09:00:00Z");
        rma.receivedAt = rma.statusSince = at("2026-11-05T09:00:00Z");
        rma.document.observedAt = facts.now;
        facts.rma = rma;
    }

    /// A line of the order. @p unit as Shopify says it, @p tax of the whole line.
    OrderLine& line(const char* id, std::int64_t quantity, const char* unit, const char* tax = "0")
    {
        OrderLine row;
        row.id = LineId(id);
        row.sku = std::string("SKU-") + id;
        row.quantity = row.currentQuantity = quantity;
        row.hasVariant = true;
        row.discountedUnit = pair(Money::parseRounded(unit, money).value());
        row.discountedUnitMinor = money::Fraction::parseDecimal(unit)
                                      .value()
                                      .times(money::Fraction(money.minorPerMajor()))
                                      .value();
        row.originalUnit = row.discountedUnit;
        row.taxLines = {{"0.2", amount(tax, money)}};
        facts.order->lines->push_back(row);
        return facts.order->lines->back();
    }

    /// @p count units of a line at ReturnGO's price, to be paid outside (the right way).
    Builder& units(const char* line, int count, const char* price,
                   Resolution way = Resolution::BankAccount)
    {
        for (int i = 0; i < count; ++i) {
            RmaUnit unit;
            unit.id = UnitId(std::string("u") + line + "-" +
                             std::to_string(10 + facts.rma->units.size()));
            unit.line = LineId(line);
            unit.sku = std::string("SKU-") + line;
            unit.paidPrice = pair(amount(price, money));
            unit.paidTax = pair(amount("0", money));
            unit.isTaxIncluded = true;
            unit.resolution = {way, "x"};
            facts.rma->units.push_back(unit);
        }
        return *this;
    }

    /// Our own verdict on the first @p count units of a line that have none.
    Builder& inspect(const char* line, int count, UnitVerdict verdict = UnitVerdict::AGrade,
                     DamageCause cause = DamageCause::None,
                     const char* when = "2026-11-05T10:00:00Z")
    {
        for (const RmaUnit& unit : facts.rma->units) {
            const bool isDone =
                std::any_of(facts.inspections.begin(), facts.inspections.end(),
                            [&](const Inspection& row) { return row.unit == unit.id; });
            if (unit.line.value != line || isDone || count-- <= 0)
                continue;
            Inspection row;
            row.rma = facts.rma->id;
            row.unit = unit.id;
            row.verdict = verdict;
            row.cause = cause;
            row.at = at(when);
            facts.inspections.push_back(row);
        }
        return *this;
    }

    RmaTransaction& transaction(const char* id, RmaTransactionStatus status, const char* value,
                                std::vector<UnitId> over = {},
                                RmaTransactionType type = RmaTransactionType::RefundToPaymentMethod)
    {
        RmaTransaction row;
        row.id = TransactionId(id);
        row.type = {type, "x"};
        row.status = {status, "x"};
        row.amount = pair(amount(value, money));
        row.createdAt = at("2026-11-06T09:00:00Z");
        if (over.empty()) {
            for (const RmaUnit& unit : facts.rma->units)
                over.push_back(unit.id);
        }
        row.units = std::move(over);
        facts.rma->transactions.push_back(row);
        return facts.rma->transactions.back();
    }

    void paid(const char* value, bool isManual = false)
    {
        PaymentTransaction row;
        row.id = "pay" + std::to_string(facts.order->transactions->size());
        row.kind = {TransactionKind::Sale, "SALE"};
        row.status = {TransactionStatus::Success, "SUCCESS"};
        row.gateway = isManual ? "manual" : "shopify_payments";
        row.isManualGateway = isManual;
        row.amount = pair(amount(value, money));
        facts.order->transactions->push_back(row);
    }

    OwnAction& credit(const char* value, ActionState state = ActionState::Confirmed)
    {
        OwnAction action;
        action.id = ActionId("11111111-2222-5333-8444-555555555555");
        action.state = state;
        action.amount = amount(value, money);
        for (const RmaUnit& unit : facts.rma->units)
            action.units.push_back(unit.id);
        action.changedAt = at("2026-11-07T09:00:00Z");
        facts.actions.push_back(action);
        return facts.actions.back();
    }

    /// Whatever a rule finds, it says what and why.
    [[nodiscard]] Judgement judge() const
    {
        Judgement judgement = rules::judge(facts, policy);
        for (const Finding& finding : judgement.findings) {
            EXPECT_FALSE(finding.title.code.empty()) << findingTypeId(finding.type);
            EXPECT_FALSE(finding.reason.code.empty()) << findingTypeId(finding.type);
        }
        return judgement;
    }
};

inline const Finding* find(const Judgement& judgement, FindingType type)
{
    for (const Finding& row : judgement.findings) {
        if (row.type == type)
            return &row;
    }
    return nullptr;
}
inline bool isNotJudged(const Judgement& judgement, FindingType type, std::string_view reason = {})
{
    return std::any_of(judgement.notJudged.begin(), judgement.notJudged.end(),
                       [&](const NotJudged& row) {
                           return row.type == type && (reason.empty() || row.reason.code == reason);
                       });
}

/// "credit-value-mismatch/over 48.00; ..." : every finding that is not only expected.
inline std::string summary(const Judgement& judgement)
{
    std::string out;
    for (const Finding& row : judgement.findings) {
        if (row.graceUntil)
            continue;
        if (!out.empty())
            out += "; ";
        out += std::string(findingTypeId(row.type));
        if (!row.variant.empty())
            out += "/" + row.variant;
        if (row.atRisk)
            out += " " + row.atRisk->decimalText();
    }
    return out;
}

/// summary() of the findings about money alone: what states and stock say beside them is told
/// elsewhere.
inline std::string moneySummary(Judgement judgement)
{
    using T = FindingType;
    constexpr std::array kMoney{T::CreditValueMismatch,
                                T::AccountOrderGatewayRefund,
                                T::AccountOrderStoreCredit,
                                T::DuplicateCredit,
                                T::CreditNotPosted,
                                T::OverCredit,
                                T::RefundStuck,
                                T::PaidBeforeInspection,
                                T::TaxOrCurrencyMismatch,
                                T::ManualRefundOpenReturn,
                                T::ReturnBlockedUnpaid,
                                T::OrderEditedDuringReturn};
    std::erase_if(judgement.findings, [&](const Finding& row) {
        return std::find(kMoney.begin(), kMoney.end(), row.type) == kMoney.end();
    });
    return summary(judgement);
}

} // namespace counterfoil::judging
