#include "core/workspace/comparison_view.h"

#include "core/base/text.h"
#include "core/phrases/phrases.h"
#include "core/reconcile/shop_refunds.h"
#include "core/workspace/sheet_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace counterfoil::workspace {

namespace {

using view::CellState;
using view::ComparisonCell;
using view::ComparisonGroup;
using view::ComparisonRow;
using view::System;

ComparisonCell cell(std::string text, CellState state, const domain::DocumentRef& document = {},
                    const char* field = "", std::string subject = {})
{
    ComparisonCell out;
    out.text = std::move(text);
    out.state = state;
    out.document = document;
    out.field = field;
    out.subject = std::move(subject);
    if (!document.externalId.empty())
        out.tip = fmt::format("{} {}, version {}. Read {}", platformName(document.platform),
                              domain::documentKindWord(document.kind), document.version,
                              formatInstant(document.observedAt));
    return out;
}

ComparisonCell read(std::string text, bool isRead, bool agrees, const domain::DocumentRef& document,
                    const char* field, std::string subject = {})
{
    const CellState state = !isRead  ? CellState::Unread
                            : agrees ? CellState::Equal
                                     : CellState::Differs;
    return cell(isRead ? std::move(text) : std::string(), state, document, field,
                std::move(subject));
}

const char* methodName(domain::PaymentMethod method)
{
    switch (method) {
    case domain::PaymentMethod::Account:
        return "On account";
    case domain::PaymentMethod::Invoice:
        return "Invoice";
    case domain::PaymentMethod::Card:
        return "Card";
    case domain::PaymentMethod::Quote:
        return "Quote";
    case domain::PaymentMethod::Other:
        return "Other";
    case domain::PaymentMethod::Unknown:
        break;
    }
    return "Not known";
}

const char* resolutionName(domain::Resolution resolution)
{
    switch (resolution) {
    case domain::Resolution::RefundToPaymentMethod:
        return "Card refund";
    case domain::Resolution::RefundToStoreCredit:
        return "Store credit";
    case domain::Resolution::GiftCard:
        return "Gift card";
    case domain::Resolution::BankAccount:
        return "Paid outside";
    case domain::Resolution::Exchange:
        return "Exchange";
    case domain::Resolution::None:
        return "None";
    case domain::Resolution::Unknown:
        break;
    }
    return "Not known";
}

ComparisonRow methodRow(const CasePicture& in)
{
    ComparisonRow row;
    row.label = "Payment method";
    const domain::CaseFacts& facts = in.facts;
    if (facts.purchase)
        row.cells[System::SparkLayer] =
            cell(methodName(facts.purchase->paymentMethod.value), CellState::Equal,
                 facts.purchase->document, "payment-method");
    else
        row.cells[System::SparkLayer] =
            cell({}, facts.isPurchaseRead ? CellState::Empty : CellState::Unread);
    if (facts.order) {
        const domain::Attribute* attribute = facts.order->attribute("sparkPaymentType");
        row.cells[System::Shopify] =
            attribute ? cell(methodName(reconcile::paymentMethodOf(attribute->value)),
                             CellState::Equal, facts.order->head, "payment-method")
                      : cell({}, CellState::NotHeld);
    }
    row.cells[System::ShouldBe] = cell(methodName(in.payment.method), CellState::Equal);
    return row;
}

ComparisonRow capturedRow(const CasePicture& in)
{
    ComparisonRow row;
    row.label = "Card captured";
    if (in.facts.order) {
        const std::string text =
            in.payment.captured.isZero() ? "none" : in.payment.captured.groupedText();
        row.cells[System::Shopify] =
            read(text, in.payment.isMoneyRead, true, in.facts.order->moneyRef, "received");
        row.cells[System::ShouldBe] =
            cell(in.payment.isMoneyRead ? text : "ask",
                 in.payment.isMoneyRead ? CellState::Equal : CellState::Ask);
    }
    return row;
}

/// The word of decode/pointers.h for a place that holds a PO number.
const char* fieldOf(const reconcile::PoSource& source)
{
    if (source.place == "attribute")
        return "attributes";
    return source.place == "note" ? "note" : source.place == "answer" ? "" : "po";
}

ComparisonRow poRow(const CasePicture& in)
{
    ComparisonRow row;
    row.label = "PO number";
    const auto put = [&](System system, Platform platform, bool isRead) {
        const auto found = std::find_if(
            in.po.sources.begin(), in.po.sources.end(),
            [&](const reconcile::PoSource& source) { return source.platform == platform; });
        if (found == in.po.sources.end())
            row.cells[system] = cell({}, isRead ? CellState::Empty : CellState::Unread);
        else
            row.cells[system] = read(found->value, true, sameText(found->value, in.po.value),
                                     found->document, fieldOf(*found));
    };
    put(System::Shopify, Platform::Shopify, in.po.isOrderRead);
    put(System::SparkLayer, Platform::SparkLayer, in.po.isPurchaseRead);
    if (row.cells[System::Shopify].state == CellState::Empty && !in.po.value.empty())
        row.cells[System::Shopify].fix = "set-po";
    row.cells[System::ShouldBe] =
        cell(in.po.value, in.po.value.empty() ? CellState::Ask : CellState::Equal);
    return row;
}

ComparisonRow statusRow(const CasePicture& in)
{
    ComparisonRow row;
    row.label = "Return status";
    for (const domain::ShopifyReturn* shopify : reconcile::returnsOf(in.facts))
        row.cells[System::Shopify] = cell(shopify->status.raw, CellState::Equal,
                                          in.facts.order->returnsRef, "status", shopify->id.value);
    if (in.facts.rma) {
        row.cells[System::ReturnGo] =
            cell(in.facts.rma->status.raw, CellState::Equal, in.facts.rma->document, "status");
        row.cells[System::ShouldBe] = cell(in.facts.rma->status.raw, CellState::Equal);
    }
    return row;
}

bool isMoneyOut(domain::Resolution resolution)
{
    return resolution == domain::Resolution::RefundToPaymentMethod ||
           resolution == domain::Resolution::RefundToStoreCredit ||
           resolution == domain::Resolution::GiftCard;
}

ComparisonRow routeRow(const CasePicture& in)
{
    ComparisonRow row;
    row.label = "Refund method";
    const bool isKnown = in.payment.kind != reconcile::OrderKind::NotJudged;
    const char* wanted = in.payment.isAccount() ? "Account credit" : "As paid";
    if (in.facts.rma && in.facts.rma->hasDetail && !in.facts.rma->units.empty()) {
        // Units of one return may be settled in several ways: every way is shown, and one wrong one
        // is a difference.
        std::set<std::string> names;
        const domain::RmaUnit* wrong = nullptr;
        for (const domain::RmaUnit& unit : in.facts.rma->units) {
            names.insert(resolutionName(unit.resolution.value));
            if (!wrong && in.payment.isAccount() && isMoneyOut(unit.resolution.value))
                wrong = &unit;
        }
        const domain::RmaUnit& shown = wrong ? *wrong : in.facts.rma->units.front();
        row.cells[System::ReturnGo] =
            read(fmt::format("{}", fmt::join(names, ", ")), true, wrong == nullptr,
                 in.facts.rma->document, "refund-method", shown.id.value);
    } else if (in.facts.rma) {
        row.cells[System::ReturnGo] = cell({}, CellState::Unread);
    }
    if (in.payment.isAccount() && row.cells[System::ReturnGo].text == "Paid outside")
        row.cells[System::ReturnGo].tip += ". ReturnGO knows no account credit; paid outside is "
                                           "how it leaves the credit to others";
    row.cells[System::ShouldBe] =
        cell(isKnown ? wanted : "", isKnown ? CellState::Equal : CellState::Ask);
    return row;
}

struct LineMoney {
    bool isKnown = true;
    int units = 0;
    money::Money amount;
    std::optional<money::Money> price;
    bool isPriceGross = false; ///< ReturnGO says that its price holds the tax
};

LineMoney returngoOf(const CasePicture& in, const LineId& line)
{
    LineMoney out;
    out.amount = money::Money::zero(in.expected.currency);
    for (const reconcile::UnitMoney& unit : in.returngo.units) {
        if (unit.line != line)
            continue;
        const auto next = out.amount.plus(unit.amount);
        out.isKnown = out.isKnown && unit.problem.code.empty() && next.has_value();
        out.amount = next.value_or(out.amount);
        out.units += unit.amount.isZero() ? 0 : 1;
        if (unit.price) {
            out.price = unit.price;
            out.isPriceGross = unit.isTaxIncluded;
        }
    }
    return out;
}

bool isWithin(const money::Money& a, const money::Money& b, std::int64_t units)
{
    return a.currency() == b.currency() &&
           std::abs(a.minor() - b.minor()) <= reconcile::toleranceMinor(units);
}

/// SparkLayer's own line of this SKU, or nullptr: not read, not there, or not unambiguous.
const domain::PurchaseLine* sparkLineOf(const domain::CaseFacts& facts, const std::string& sku)
{
    const domain::PurchaseLine* found = nullptr;
    if (!facts.purchase || !facts.purchase->lines)
        return nullptr;
    for (const domain::PurchaseLine& row : *facts.purchase->lines) {
        if (row.sku != sku)
            continue;
        if (found)
            return nullptr;
        found = &row;
    }
    return found;
}

/// SparkLayer's net unit price beside the invoiced one.
void putSparkPrice(const CasePicture& in, const reconcile::ExpectedLine& line, ComparisonRow& price)
{
    const domain::PurchaseLine* spark = sparkLineOf(in.facts, line.sku);
    if (!spark || !spark->totalNet || spark->quantity <= 0)
        return;
    const auto unit = money::Fraction::make(spark->totalNet->minor(), spark->quantity);
    if (!unit)
        return;
    const money::Money rounded = money::rounded(*unit, spark->totalNet->currency());
    price.cells[System::SparkLayer] =
        read(rounded.groupedText(), true,
             isWithin(rounded, money::rounded(line.unitNet, in.expected.currency), 1),
             in.facts.purchase->document, "unit-price", line.sku);
}

/// "list of the order's day 14.95 > customer's price 13.59 > 12.50": how the price came about, as
/// far as SparkLayer's answers tell.
void putProvenance(const CasePicture& in, const reconcile::ExpectedLine& line, ComparisonRow& price)
{
    const auto found = in.facts.priceHints.find(line.sku);
    if (found == in.facts.priceHints.end())
        return;
    const domain::PriceHints& hints = found->second;
    const auto box = [&](const char* what, const std::optional<money::Fraction>& unit) {
        if (unit)
            price.provenance.push_back(fmt::format(
                "{} {}", what, money::rounded(*unit, in.expected.currency).groupedText()));
    };
    box("trade list then", hints.tradeListAtOrder);
    if (!hints.tradeListAtOrder)
        box("trade list now", hints.tradeListToday);
    if (hints.singleUnitBreak != hints.customerToday)
        box("customer, one unit", hints.singleUnitBreak);
    box("customer, this quantity", hints.customerToday);
    if (hints.tradeListAtOrder && hints.tradeListToday &&
        *hints.tradeListAtOrder != *hints.tradeListToday)
        box("list changed since, now", hints.tradeListToday);
    if (!price.provenance.empty())
        price.provenanceResult = money::rounded(line.unitNet, in.expected.currency).groupedText();
}

ComparisonGroup lineGroup(const CasePicture& in, const reconcile::ExpectedLine& line)
{
    ComparisonGroup group;
    group.title = line.sku;
    group.subtitle = line.title;
    group.summary = fmt::format("{} of {} · {}", line.units.size(), line.quantityOrdered,
                                verdictSummary(in.facts, line.units));
    const LineMoney returngo = returngoOf(in, line.line);
    const money::Currency currency = in.expected.currency;
    const domain::DocumentRef rmaRef =
        in.facts.rma ? in.facts.rma->document : domain::DocumentRef{};
    ComparisonRow price;
    price.label = "Unit price, net";
    const money::Money unitNet = money::rounded(line.unitNet, currency);
    price.cells[System::Shopify] = cell(unitNet.groupedText(), CellState::Equal,
                                        in.facts.order->linesRef, "unit-price", line.line.value);
    const std::string unit = line.units.empty() ? std::string() : line.units.front().value;
    if (returngo.price) {
        // A price is compared with the one of its own kind: taking gross for net is one of the
        // faults to be seen here.
        const money::Money& invoiced =
            returngo.isPriceGross ? money::rounded(line.unitGross, currency) : unitNet;
        price.cells[System::ReturnGo] =
            read(returngo.price->groupedText(), true, isWithin(*returngo.price, invoiced, 1),
                 rmaRef, "paid-price", unit);
        if (returngo.isPriceGross && returngo.price != unitNet)
            price.cells[System::ReturnGo].text += " gross";
    }
    price.cells[System::ShouldBe] = cell(unitNet.groupedText(), CellState::Equal);
    putSparkPrice(in, line, price);
    putProvenance(in, line, price);
    ComparisonRow units;
    units.label = "Units credited";
    units.cells[System::ReturnGo] =
        cell(std::to_string(returngo.units), CellState::Equal, rmaRef, "quantity", unit);
    units.cells[System::ShouldBe] = cell(
        line.unitsForecast > 0 ? fmt::format("{} + {} to do", line.unitsDue, line.unitsForecast)
                               : std::to_string(line.unitsDue),
        CellState::Equal);
    ComparisonRow credit;
    credit.label = "Credit, gross";
    const money::Money total = line.total().gross;
    credit.cells[System::ReturnGo] =
        read(returngo.amount.groupedText(), returngo.isKnown,
             isWithin(returngo.amount, total, static_cast<std::int64_t>(line.units.size())), rmaRef,
             "paid-price", unit);
    credit.cells[System::ShouldBe] = cell(total.groupedText(), CellState::Equal);
    for (ComparisonRow* row : {&price, &units, &credit}) {
        for (auto& [system, item] : row->cells)
            item.isNumber = true;
        group.rows.push_back(std::move(*row));
    }
    return group;
}

/// What SparkLayer's transactions credited for this RMA; nullopt: they were not read.
std::optional<money::Money> sparkCredit(const CasePicture& in)
{
    if (!in.facts.purchaseTransactions || !in.facts.rma)
        return std::nullopt;
    money::Money sum = money::Money::zero(in.expected.currency);
    for (const domain::PurchaseTransaction& row : *in.facts.purchaseTransactions) {
        if (!row.appliesToBalance || row.rma != in.facts.rma->id.value)
            continue;
        const auto next = sum.plus(row.total);
        if (!next)
            return std::nullopt; // another currency: no sum can be shown
        sum = *next;
    }
    return sum;
}

/// What our credits moved on the account, the ones that reached it.
money::Money ownCredit(const CasePicture& in)
{
    money::Money sum = money::Money::zero(in.expected.currency);
    for (const domain::OwnAction& action : in.facts.actions) {
        if (action.kind == domain::ActionKind::Credit &&
            (action.state == domain::ActionState::Confirmed ||
             action.state == domain::ActionState::Settled))
            sum = sum.plus(action.amount).value_or(sum);
    }
    return sum;
}

void putTotals(const CasePicture& in, ComparisonRow& total)
{
    const money::Money& due = in.expected.total.gross;
    const auto units = static_cast<std::int64_t>(in.expected.units.size());
    if (const auto credited = sparkCredit(in)) {
        const money::Money sum = credited->plus(ownCredit(in)).value_or(*credited);
        // Nothing credited yet is not a difference while it may still come: that is for the rules.
        total.cells[System::SparkLayer] =
            read(sum.isZero() ? "none yet" : sum.groupedText(), true,
                 sum.isZero() || isWithin(sum, due, units),
                 in.facts.purchase ? in.facts.purchase->document : domain::DocumentRef{}, "");
    } else {
        total.cells[System::SparkLayer] = cell({}, CellState::Unread);
    }
    money::Money paid = money::Money::zero(in.expected.currency);
    bool isKnown = in.facts.rma && in.facts.rma->hasDetail;
    for (const reconcile::UnitMoney& unit : in.returngo.units) {
        const auto next = paid.plus(unit.amount);
        isKnown = isKnown && unit.problem.code.empty() && next.has_value();
        paid = next.value_or(paid);
    }
    if (in.facts.rma)
        total.cells[System::ReturnGo] = read(
            paid.groupedText(), isKnown, isWithin(paid, due, units), in.facts.rma->document, "");
    for (auto& [system, item] : total.cells)
        item.isNumber = true;
}

ComparisonGroup totalGroup(const CasePicture& in)
{
    ComparisonGroup group;
    ComparisonRow total;
    total.label = "Credit in total";
    total.isStrong = true;
    putTotals(in, total);
    total.cells[System::ShouldBe] = cell(in.expected.total.gross.groupedText(), CellState::Equal);
    total.cells[System::ShouldBe].isNumber = true;
    ComparisonRow due;
    due.label = "Due / forecast";
    due.cells[System::ShouldBe] = cell(fmt::format("{} / {}", in.expected.due.gross.groupedText(),
                                                   in.expected.forecast.gross.groupedText()),
                                       CellState::Equal);
    due.cells[System::ShouldBe].isNumber = true;
    group.rows = {std::move(total), std::move(due)};
    return group;
}

} // namespace

CasePicture pictureOf(const domain::CaseFacts& facts, const domain::Policy& policy)
{
    reconcile::Joined joined = reconcile::join(facts, policy);
    reconcile::ExpectedCredit expected = reconcile::expectedCredit(facts, policy, joined);
    const std::vector<reconcile::ShopRefund> refunds =
        reconcile::refundsOfReturn(facts, policy, joined, expected);
    const reconcile::Payment payment =
        reconcile::paymentOf(facts, reconcile::returnedValue(expected), refunds);
    reconcile::ReturngoMoney returngo = reconcile::returngoMoney(facts, joined, expected);
    return {facts,
            policy,
            std::move(joined),
            std::move(expected),
            payment,
            std::move(returngo),
            reconcile::poOf(facts, policy)};
}

std::vector<ComparisonGroup> comparisonOf(const CasePicture& in)
{
    std::vector<ComparisonGroup> out;
    ComparisonGroup head;
    head.rows = {methodRow(in), capturedRow(in), poRow(in), statusRow(in), routeRow(in)};
    out.push_back(std::move(head));
    if (!in.facts.order)
        return out;
    for (const reconcile::ExpectedLine& line : in.expected.lines) {
        if (line.isJudgeable())
            out.push_back(lineGroup(in, line));
    }
    if (!in.expected.lines.empty())
        out.push_back(totalGroup(in));
    return out;
}

int differencesIn(const std::vector<ComparisonGroup>& groups)
{
    int count = 0;
    for (const ComparisonGroup& group : groups) {
        for (const ComparisonRow& row : group.rows) {
            for (const auto& [system, item] : row.cells)
                count += item.state == CellState::Differs ? 1 : 0;
        }
    }
    return count;
}

} // namespace counterfoil::workspace
