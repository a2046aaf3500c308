#include "core/workspace/case_view.h"

#include "core/base/text.h"
#include "core/phrases/phrases.h"
#include "core/reconcile/expected_credit.h"
#include "core/reconcile/joined.h"
#include "core/reconcile/payment.h"
#include "core/reconcile/po.h"
#include "core/reconcile/returngo_money.h"
#include "core/workspace/sheet_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace counterfoil::workspace {

namespace {

using view::CellState;
using view::ComparisonCell;
using view::ComparisonGroup;
using view::ComparisonRow;
using view::System;

ComparisonCell cell(std::string text, CellState state, const domain::DocumentRef& document = {},
                    const char* field = "")
{
    ComparisonCell out;
    out.text = std::move(text);
    out.state = state;
    out.document = document;
    out.field = field;
    if (!document.externalId.empty())
        out.tip = fmt::format("{} {}, version {}. Read {}", platformName(document.platform),
                              domain::documentKindWord(document.kind), document.version,
                              formatInstant(document.observedAt));
    return out;
}

ComparisonCell read(std::string text, bool isRead, bool agrees, const domain::DocumentRef& document,
                    const char* field)
{
    if (!isRead)
        return cell({}, CellState::Unread, document, field);
    return cell(std::move(text), agrees ? CellState::Equal : CellState::Differs, document, field);
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

/// What every row of the comparison is made from, worked out once.
struct Picture {
    const domain::CaseFacts& facts;
    reconcile::Joined joined;
    reconcile::ExpectedCredit expected;
    reconcile::Payment payment;
    reconcile::ReturngoMoney returngo;
    reconcile::PoNumber po;
};

ComparisonRow methodRow(const Picture& in)
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

ComparisonRow capturedRow(const Picture& in)
{
    ComparisonRow row;
    row.label = "Card captured";
    if (in.facts.order) {
        const std::string text =
            in.payment.captured.isZero() ? "none" : in.payment.captured.groupedText();
        row.cells[System::Shopify] =
            read(text, in.payment.isMoneyRead, true, in.facts.order->moneyRef, "captured");
        row.cells[System::ShouldBe] =
            cell(in.payment.isMoneyRead ? text : "ask",
                 in.payment.isMoneyRead ? CellState::Equal : CellState::Ask);
    }
    return row;
}

ComparisonRow poRow(const Picture& in)
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
                                     found->document, "po");
    };
    put(System::Shopify, Platform::Shopify, in.po.isOrderRead);
    put(System::SparkLayer, Platform::SparkLayer, in.po.isPurchaseRead);
    if (row.cells[System::Shopify].state == CellState::Empty && !in.po.value.empty())
        row.cells[System::Shopify].fix = "set-po";
    row.cells[System::ShouldBe] =
        cell(in.po.value, in.po.value.empty() ? CellState::Ask : CellState::Equal);
    return row;
}

ComparisonRow statusRow(const Picture& in)
{
    ComparisonRow row;
    row.label = "Return status";
    for (const domain::ShopifyReturn* shopify : reconcile::returnsOf(in.facts))
        row.cells[System::Shopify] = cell(shopify->status.raw, CellState::Equal,
                                          in.facts.order->returnsRef, "return-status");
    if (in.facts.rma) {
        row.cells[System::ReturnGo] =
            cell(in.facts.rma->status.raw, CellState::Equal, in.facts.rma->document, "rma-status");
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

ComparisonRow routeRow(const Picture& in)
{
    ComparisonRow row;
    row.label = "Refund method";
    const bool isKnown = in.payment.kind != reconcile::OrderKind::NotJudged;
    const char* wanted = in.payment.isAccount() ? "Account credit" : "As paid";
    if (in.facts.rma && in.facts.rma->hasDetail && !in.facts.rma->units.empty()) {
        // Units of one return may be settled in several ways: every way is shown, and one wrong one
        // is a difference.
        std::set<std::string> names;
        bool isWrong = false;
        for (const domain::RmaUnit& unit : in.facts.rma->units) {
            names.insert(resolutionName(unit.resolution.value));
            isWrong = isWrong || (in.payment.isAccount() && isMoneyOut(unit.resolution.value));
        }
        row.cells[System::ReturnGo] = read(fmt::format("{}", fmt::join(names, ", ")), true,
                                           !isWrong, in.facts.rma->document, "refund-method");
    } else if (in.facts.rma) {
        row.cells[System::ReturnGo] = cell({}, CellState::Unread);
    }
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

LineMoney returngoOf(const Picture& in, const LineId& line)
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

ComparisonGroup lineGroup(const Picture& in, const reconcile::ExpectedLine& line)
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
    price.cells[System::Shopify] =
        cell(unitNet.groupedText(), CellState::Equal, in.facts.order->linesRef, "unit-price");
    if (returngo.price) {
        // A price is compared with the one of its own kind: taking gross for net is one of the
        // faults to be seen here.
        const money::Money& invoiced =
            returngo.isPriceGross ? money::rounded(line.unitGross, currency) : unitNet;
        price.cells[System::ReturnGo] =
            read(returngo.price->groupedText(), true, isWithin(*returngo.price, invoiced, 1),
                 rmaRef, "unit-price");
        if (returngo.isPriceGross && returngo.price != unitNet)
            price.cells[System::ReturnGo].text += " gross";
    }
    price.cells[System::ShouldBe] = cell(unitNet.groupedText(), CellState::Equal);
    ComparisonRow units;
    units.label = "Units credited";
    units.cells[System::ReturnGo] =
        cell(std::to_string(returngo.units), CellState::Equal, rmaRef, "units");
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
             "credit");
    credit.cells[System::ShouldBe] = cell(total.groupedText(), CellState::Equal);
    for (ComparisonRow* row : {&price, &units, &credit}) {
        for (auto& [system, item] : row->cells)
            item.isNumber = true;
        group.rows.push_back(std::move(*row));
    }
    return group;
}

ComparisonGroup totalGroup(const Picture& in)
{
    ComparisonGroup group;
    ComparisonRow total;
    total.label = "Credit in total";
    total.isStrong = true;
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

std::vector<ComparisonGroup> comparison(const Picture& in)
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

int differences(const std::vector<ComparisonGroup>& groups)
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

void addEvent(view::TimelineView& timeline, System lane, const std::optional<Instant>& at,
              std::string text, bool isPhysical)
{
    if (at)
        timeline.events.push_back({lane, *at, std::move(text), isPhysical, false});
}

view::TimelineView timelineOf(const domain::CaseFacts& facts, const domain::Judgement& judgement)
{
    view::TimelineView out;
    if (facts.order)
        addEvent(out, System::Shopify, facts.order->createdAt, "ordered", false);
    for (const domain::ShopifyReturn* row : reconcile::returnsOf(facts)) {
        addEvent(out, System::Shopify, row->createdAt, "return opened", false);
        addEvent(out, System::Shopify, row->closedAt, "return closed", false);
        for (const domain::Disposition& disposition : row->dispositions)
            addEvent(out, System::Shopify, disposition.createdAt, folded(disposition.type.raw),
                     true);
    }
    if (facts.rma) {
        addEvent(out, System::ReturnGo, facts.rma->createdAt, "requested", false);
        addEvent(out, System::ReturnGo, facts.rma->approvedAt, "approved", false);
        addEvent(out, System::ReturnGo, facts.rma->receivedAt, "received", true);
        for (const domain::RmaTransaction& row : facts.rma->transactions)
            addEvent(out, System::ReturnGo, row.createdAt,
                     fmt::format("{} {}", row.type.raw, row.status.raw), false);
    }
    for (const domain::Finding& finding : judgement.findings) {
        if (finding.since && (!out.driftSince || *finding.since < *out.driftSince))
            out.driftSince = finding.since;
    }
    std::stable_sort(
        out.events.begin(), out.events.end(),
        [](const view::TimelineEvent& a, const view::TimelineEvent& b) { return a.at < b.at; });
    return out;
}

std::string customerName(const domain::CaseFacts& facts)
{
    if (facts.order && !facts.order->companyName.empty())
        return facts.order->companyName;
    return facts.account ? facts.account->companyName : std::string();
}

/// A release of ours took the unit out, or may have.
bool hasLeft(const domain::CaseFacts& facts, const UnitId& unit)
{
    return std::any_of(
        facts.actions.begin(), facts.actions.end(), [&unit](const domain::OwnAction& row) {
            return row.kind == domain::ActionKind::Release &&
                   domain::mayHaveTakenEffect(row.state) &&
                   std::find(row.units.begin(), row.units.end(), unit) != row.units.end();
        });
}

} // namespace

view::CaseView caseView(const domain::CaseFacts& facts, const domain::Judgement& judgement,
                        const SiteContext& sites)
{
    view::CaseView out;
    out.site = facts.site.value;
    out.id = facts.id;
    out.at = facts.now;
    out.rma = facts.rma ? facts.rma->id.value : std::string();
    out.order = facts.order ? facts.order->name : facts.rma ? facts.rma->orderName : std::string();
    out.customer = customerName(facts);
    for (const domain::Finding& finding : judgement.findings) {
        view::FindingSentence sentence;
        sentence.type = finding.type;
        sentence.severity = finding.severity;
        sentence.id = domain::findingKey(facts.site, facts.id, finding.type, finding.subject);
        sentence.bold = phrases::text(finding.title) + ".";
        sentence.rest = phrases::text(finding.reason) + ".";
        out.sentences.push_back(std::move(sentence));
    }
    for (const domain::NotJudged& open : judgement.notJudged)
        out.notJudged.push_back(
            fmt::format("{}: {}", domain::findingTypeId(open.type), phrases::text(open.reason)));
    const SiteConfig* site = sites.site(out.site);
    if (!site || facts.kind == domain::CaseKind::Feed)
        return out;
    const domain::Policy& policy = site->site.policy;
    reconcile::Joined joined = reconcile::join(facts, policy);
    reconcile::ExpectedCredit expected = reconcile::expectedCredit(facts, policy, joined);
    const reconcile::Payment payment =
        reconcile::paymentOf(facts, reconcile::returnedValue(expected));
    reconcile::ReturngoMoney returngo = reconcile::returngoMoney(facts, joined, expected);
    const Picture picture{facts,   std::move(joined),   std::move(expected),
                          payment, std::move(returngo), reconcile::poOf(facts, policy)};
    out.po = picture.po.value;
    out.comparison = comparison(picture);
    out.differing = differences(out.comparison);
    out.timeline = timelineOf(facts, judgement);
    if (!out.rma.empty())
        out.returngoUrl = "https://app.returngo.ai/dashboard/returns?filter_status=open&rmaid=" +
                          percentEncoded(out.rma);
    return out;
}

std::vector<view::TraceView> traceViews(const domain::Judgement& judgement)
{
    constexpr std::array<const char*, 6> kOutcomes{"passes", "fails",    "not judged",
                                                   "hidden", "expected", "not applicable"};
    std::vector<view::TraceView> out;
    for (const domain::TraceNode& node : judgement.trace) {
        view::TraceView row;
        row.type = node.type;
        row.outcome = kOutcomes[static_cast<std::size_t>(node.outcome)];
        row.text = phrases::text(node.text);
        for (const domain::Evidence& value : node.values)
            row.values.emplace_back(
                value.field,
                fmt::format("{} ({} {} v{})", value.value, platformName(value.document.platform),
                            domain::documentKindWord(value.document.kind), value.document.version));
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<view::LotView> lotsOf(const domain::CaseFacts& facts, const SiteContext& sites)
{
    std::vector<view::LotView> out;
    const SiteConfig* site = sites.site(facts.site.value);
    if (!site || !facts.rma || !facts.rma->hasDetail)
        return out;
    const domain::RmaStatus status = facts.rma->status.value;
    if (status != domain::RmaStatus::Received && status != domain::RmaStatus::Validated &&
        status != domain::RmaStatus::Done)
        return out;
    std::map<std::string, view::LotView> lots;
    for (const domain::RmaUnit& unit : facts.rma->units) {
        if (hasLeft(facts, unit.id))
            continue;
        view::LotView& lot = lots[unit.sku];
        lot.sku = unit.sku;
        lot.title = unit.title;
        view::InspectionUnit row;
        row.unit = unit.id;
        row.ordinal = ++lot.units;
        row.sku = unit.sku;
        row.title = unit.title;
        const auto found =
            std::find_if(facts.inspections.begin(), facts.inspections.end(),
                         [&](const domain::Inspection& item) { return item.unit == unit.id; });
        if (found != facts.inspections.end()) {
            row.verdict = found->verdict;
            row.cause = found->cause;
            row.note = found->note;
            row.person = sites.personName(found->person.value);
            row.at = localTime(found->at, sites.zone(facts.site.value));
            ++lot.counts[found->verdict];
        } else {
            ++lot.toDo;
        }
        lot.rows.push_back(std::move(row));
    }
    for (auto& [sku, lot] : lots) {
        lot.id = fmt::format("Q-{}-{}", facts.rma->id.value, sku);
        lot.site = facts.site.value;
        lot.caseId = facts.id;
        lot.rma = facts.rma->id.value;
        lot.customer = customerName(facts);
        lot.since = facts.rma->receivedAt;
        lot.stage = lot.toDo == lot.units ? "not-inspected"
                    : lot.toDo > 0        ? "part-inspected"
                                          : "ready";
        out.push_back(std::move(lot));
    }
    return out;
}

} // namespace counterfoil::workspace
