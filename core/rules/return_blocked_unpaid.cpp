#include "core/base/text.h"
#include "core/rules/registry.h"

#include <algorithm>
#include <array>
#include <span>

namespace counterfoil::rules {

using namespace domain;

namespace {

bool isDraft(const CaseFacts& facts)
{
    return facts.draft && !facts.order && facts.draft->order.empty() &&
           facts.draft->status != "COMPLETED";
}

bool isPaymentPending(const Order& order)
{
    switch (order.financialStatus.value) {
    case FinancialStatus::Pending:
    case FinancialStatus::Authorized:
    case FinancialStatus::PartiallyPaid:
    case FinancialStatus::Expired:
        return true;
    case FinancialStatus::Paid:
    case FinancialStatus::PartiallyRefunded:
    case FinancialStatus::Refunded:
    case FinancialStatus::Voided:
        return false;
    case FinancialStatus::Unknown:
        return order.isUnpaid.value_or(false);
    }
    return false;
}

bool hasAny(const std::string& text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// ReturnGO said no: a line of the RMA's time-line names the refusal, or an automation failed over
/// the order or its payment. Automations fail over labels and mail as well (returngo.md 5.4, 6.1).
bool hasRefusal(const Rma& rma)
{
    constexpr std::array<std::string_view, 7> kWords{
        "refus",    "payment pending", "pending payment", "unpaid",
        "not paid", "not eligible",    "draft order"};
    constexpr std::array<std::string_view, 10> kFailed{"refus",   "pay",        "paid",   "draft",
                                                       "eligib",  "approv",     "financ", "block",
                                                       "pending", "not allowed"};
    constexpr std::array<std::string_view, 9> kElsewhere{"label",    "carrier",  "courier",
                                                         "shipping", "shipment", "mail",
                                                         "notif",    "address",  "exchange"};
    return std::any_of(rma.comments.begin(), rma.comments.end(), [&](const RmaComment& row) {
        const std::string text = folded(row.text);
        if (hasAny(text, kWords))
            return true;
        return sameText(row.type, "error") && hasAny(text, kFailed) && !hasAny(text, kElsewhere);
    });
}

bool hasShopifyRequest(const CaseFacts& facts)
{
    const std::vector<const ShopifyReturn*> returns = reconcile::returnsOf(facts);
    return std::any_of(returns.begin(), returns.end(), [](const ShopifyReturn* row) {
        return row->status.value == ShopifyReturnStatus::Requested;
    });
}

/// Somebody wants to return and was told no, or a person filed it (law.md 10).
bool isWanted(const CaseFacts& facts)
{
    if (facts.isFiledBlocked)
        return true;
    if (facts.rma)
        return facts.rma->status.value == RmaStatus::Pending && hasRefusal(*facts.rma);
    return hasShopifyRequest(facts) && isDraft(facts);
}

/// What is asked back, in the draft's terms: a draft has no invoice, so ReturnGO's paid prices are
/// the only ones anybody states. They order the queue; no credit ever rests on them.
struct Asked {
    money::Money order, shop;
};

std::optional<Asked> askedOfDraft(const CaseFacts& facts)
{
    std::optional<Asked> sum;
    const auto add = [&sum](const MoneyPair& part) {
        if (!sum) {
            sum = Asked{part.presentment, part.shop};
            return true;
        }
        const Result<money::Money> order = sum->order.plus(part.presentment);
        const Result<money::Money> shop = sum->shop.plus(part.shop);
        if (order && shop)
            sum = Asked{*order, *shop};
        return order.has_value() && shop.has_value();
    };
    if (!facts.rma)
        return std::nullopt;
    for (const RmaUnit& unit : facts.rma->units) {
        if (unit.hasExchange || unit.resolution.value == Resolution::Exchange)
            continue;
        const bool hasTax = unit.paidTax && !unit.paidTax->presentment.isZero();
        if (!unit.paidPrice || (hasTax && !unit.isTaxIncluded))
            return std::nullopt;
        if (!add(*unit.paidPrice) || (hasTax && !*unit.isTaxIncluded && !add(*unit.paidTax)))
            return std::nullopt;
    }
    return sum;
}

void setValue(const Context& context, bool isDraftOrder, Finding& finding)
{
    if (isDraftOrder) {
        const std::optional<Asked> asked = askedOfDraft(context.facts);
        if (!asked || !asked->order.isPositive())
            return;
        setRisk(context, asked->order, RiskKind::Under, finding);
        finding.atRiskShop = asked->shop;
        return;
    }
    const money::Money& value = context.expected.total.gross;
    if (context.expected.isJudgeable() && value.isPositive())
        setRisk(context, value, RiskKind::Under, finding);
}

void emit(const Context& context, bool isDraftOrder, Report& report)
{
    Finding finding = startFinding(context, FindingType::ReturnBlockedUnpaid);
    finding.variant = isDraftOrder ? "draft" : "payment-pending";
    std::vector<UnitId> units;
    for (const reconcile::JoinedUnit& unit : context.joined.units)
        units.push_back(unit.id);
    setUnits(context, std::move(units), finding);
    setValue(context, isDraftOrder, finding);
    finding.since = context.joined.began;
    finding.expected = "approved";
    finding.actual = finding.variant;
    finding.title = Phrase("blocked." + finding.variant + ".title");
    finding.reason = Phrase("blocked." + finding.variant + ".reason");
    finding.causeCode = finding.variant;
    if (context.facts.order)
        finding.evidence.push_back(evidence("financial-status",
                                            context.facts.order->financialStatus.raw,
                                            context.facts.order->head));
    else if (context.facts.draft)
        finding.evidence.push_back(
            evidence("status", context.facts.draft->status, context.facts.draft->document));
    report.found(std::move(finding));
}

} // namespace

// ReturnGO refuses a return because the order is a draft or its payment is pending, and somebody
// asked for it. Closes when the RMA moves on or the order is paid or completed.
void returnBlockedUnpaid(const Context& context, Report& report)
{
    const CaseFacts& facts = context.facts;
    if (!isWanted(facts)) {
        report.notApplicable(Phrase("trace.blocked.nobody"));
        return;
    }
    const bool isDraftOrder = isDraft(facts);
    if (!facts.order && !isDraftOrder) {
        report.notJudged(Phrase("not-judged.order-unread"));
        return;
    }
    if (!isDraftOrder && !isPaymentPending(*facts.order)) {
        report.passes(Phrase("trace.blocked.paid"));
        return;
    }
    // A draft is no order yet: that blocks a return whatever the site requires of payments.
    if (!isDraftOrder && context.policy.facts.returngoRequiresPaid == Fact::Unknown) {
        report.notJudged(Phrase("not-judged.fact").with("fact", "returngo_requires_paid"));
        return;
    }
    if (!isDraftOrder && context.policy.facts.returngoRequiresPaid == Fact::No) {
        report.passes(Phrase("trace.blocked.not-required"));
        return;
    }
    emit(context, isDraftOrder, report);
}

} // namespace counterfoil::rules
