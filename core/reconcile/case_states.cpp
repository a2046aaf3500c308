#include "core/reconcile/case_states.h"

#include "core/base/text.h"
#include "core/reconcile/returngo_money.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

std::string_view wordOf(ShopifyReturnStatus status)
{
    switch (status) {
    case ShopifyReturnStatus::Requested:
        return "REQUESTED";
    case ShopifyReturnStatus::Open:
        return "OPEN";
    case ShopifyReturnStatus::Closed:
        return "CLOSED";
    case ShopifyReturnStatus::Declined:
        return "DECLINED";
    case ShopifyReturnStatus::Canceled:
        return "CANCELED";
    case ShopifyReturnStatus::Unknown:
        break;
    }
    return "";
}

std::string_view wordOf(ShipmentStatus status)
{
    switch (status) {
    case ShipmentStatus::Pending:
        return "Pending";
    case ShipmentStatus::LabelCreated:
        return "LabelCreated";
    case ShipmentStatus::Shipped:
        return "Shipped";
    case ShipmentStatus::Received:
        return "Received";
    case ShipmentStatus::Validated:
        return "Validated";
    case ShipmentStatus::Canceled:
        return "Canceled";
    case ShipmentStatus::Unknown:
        break;
    }
    return "";
}

/// Live before closed before ended; larger is the one that counts.
int rankOf(ShopifyReturnStatus status)
{
    switch (status) {
    case ShopifyReturnStatus::Open:
        return 4;
    case ShopifyReturnStatus::Requested:
        return 3;
    case ShopifyReturnStatus::Closed:
        return 2;
    case ShopifyReturnStatus::Canceled:
        return 1;
    case ShopifyReturnStatus::Declined:
    case ShopifyReturnStatus::Unknown:
        break;
    }
    return 0;
}

/// "B2B-1042-R1" is not named by "B2B-1042-R12".
bool isNamed(const Rma& rma, const ShopifyReturn& back)
{
    return !back.name.empty() &&
           std::any_of(rma.comments.begin(), rma.comments.end(), [&](const RmaComment& row) {
               const std::size_t at = row.text.find(back.name);
               if (at == std::string::npos)
                   return false;
               const std::size_t end = at + back.name.size();
               return end == row.text.size() || row.text[end] < '0' || row.text[end] > '9';
           });
}

/// Another RMA of the order returns pieces of a line that this Shopify return holds.
bool hasRival(const CaseFacts& facts, const ShopifyReturn& back)
{
    return std::any_of(facts.siblings.begin(), facts.siblings.end(), [&](const SiblingUnit& row) {
        return std::any_of(back.lines.begin(), back.lines.end(),
                           [&](const ShopifyReturnLine& line) { return line.line == row.line; });
    });
}

bool isProcessed(const ShopifyReturnLine& line)
{
    return line.unprocessedQuantity == 0 ||
           std::max(line.processedQuantity, line.refundedQuantity) >= line.quantity;
}

std::optional<Instant> sinceOf(const ShopifyReturn& back)
{
    switch (back.status.value) {
    case ShopifyReturnStatus::Closed:
        return back.closedAt;
    case ShopifyReturnStatus::Open:
        return back.approvedAt ? back.approvedAt : back.createdAt;
    case ShopifyReturnStatus::Requested:
        return back.createdAt;
    case ShopifyReturnStatus::Canceled:
    case ShopifyReturnStatus::Declined:
    case ShopifyReturnStatus::Unknown:
        break;
    }
    return std::nullopt;
}

const ShopifyReturn* ownReturn(const CaseFacts& facts, bool& isUnclear)
{
    const ShopifyReturn* own = nullptr;
    for (const ShopifyReturn* back : returnsOf(facts)) {
        if (!isNamed(*facts.rma, *back)) {
            // Older than the RMA, or of a line that another RMA returns from: nobody says whose
            // it is.
            const bool isEarlier =
                facts.rma->createdAt && back->createdAt && *back->createdAt < *facts.rma->createdAt;
            if (isEarlier || hasRival(facts, *back)) {
                isUnclear = true;
                continue;
            }
        }
        const auto key = [](const ShopifyReturn& row) {
            return std::tuple(rankOf(row.status.value), row.createdAt, row.id);
        };
        if (!own || key(*own) < key(*back))
            own = back;
    }
    return own;
}

bool isKeepItem(const RmaUnit& unit)
{
    return sameText(unit.returnMethodType, "No shipment required");
}

void add(PaidOut& out, const Money& part, std::optional<Instant> at, bool& isDated)
{
    const Result<Money> sum = out.amount.plus(part);
    if (sum)
        out.amount = *sum;
    else
        out.isComplete = false;
    out.hasAny = true;
    if (!at)
        isDated = false;
    else if (!out.last || *out.last < *at)
        out.last = at;
}

void addTransactions(const CaseFacts& facts, PaidOut& out, bool& isDated)
{
    for (const RmaTransaction& row : facts.rma->transactions) {
        if (!isMoneyOut(row.type.value))
            continue;
        if (row.status.value == RmaTransactionStatus::Success) {
            add(out, row.amount.presentment.magnitude(),
                row.updatedAt ? row.updatedAt : row.createdAt, isDated);
            out.units.insert(out.units.end(), row.units.begin(), row.units.end());
        } else if (row.status.value == RmaTransactionStatus::Requested) {
            out.isRequested = true;
        } else if (row.status.value == RmaTransactionStatus::Unknown) {
            out.problem =
                Phrase("not-judged.transaction-unknown").with("transaction", row.id.value);
        }
    }
}

/// A refund in Shopify belongs to this RMA when it hangs on its Shopify return, or refunds returned
/// pieces on a line that no other RMA returns from.
bool isOfCase(const CaseFacts& facts, const Joined& joined, const Refund& refund)
{
    if (refund.shopifyReturn) {
        const auto returns = returnsOf(facts);
        return std::any_of(returns.begin(), returns.end(), [&](const ShopifyReturn* back) {
            return back->id == *refund.shopifyReturn &&
                   (isNamed(*facts.rma, *back) || !hasRival(facts, *back));
        });
    }
    if (facts.rma->createdAt && refund.createdAt && *refund.createdAt < *facts.rma->createdAt)
        return false;
    return std::any_of(refund.lines.begin(), refund.lines.end(), [&](const RefundLine& row) {
        const bool isOurs =
            std::any_of(joined.units.begin(), joined.units.end(), [&](const JoinedUnit& unit) {
                return unit.hasLine() && (*facts.order->lines)[unit.line].id == row.line;
            });
        const bool isShared =
            std::any_of(facts.siblings.begin(), facts.siblings.end(),
                        [&](const SiblingUnit& other) { return other.line == row.line; });
        // What is booked back as CANCEL never left the house: an order that was called off.
        return isOurs && !isShared && row.restockType != "CANCEL";
    });
}

bool hasMoney(const Refund& refund)
{
    if (!refund.total.presentment.isPositive())
        return false;
    return refund.transactions.empty() ||
           std::any_of(refund.transactions.begin(), refund.transactions.end(),
                       [](const PaymentTransaction& row) {
                           return row.status.value == TransactionStatus::Success ||
                                  row.status.value == TransactionStatus::Pending;
                       });
}

void addRefunds(const CaseFacts& facts, const Joined& joined, PaidOut& out, bool& isDated)
{
    std::set<std::string> known;
    for (const RmaTransaction& row : facts.rma->transactions)
        known.insert(row.externalReferenceId);
    for (const Refund& refund : *facts.order->refunds) {
        if (known.count(refund.id.value) > 0 || !hasMoney(refund) ||
            !isOfCase(facts, joined, refund))
            continue;
        add(out, refund.total.presentment, refund.createdAt, isDated);
    }
}

} // namespace

ReturnState returnStateOf(const CaseFacts& facts)
{
    ReturnState out;
    if (!facts.rma->hasDetail) {
        out.problem = Phrase("not-judged.return-unread");
        return out;
    }
    if (!facts.order || !facts.order->returns) {
        out.problem = Phrase("not-judged.returns-unread");
        return out;
    }
    bool isUnclear = false;
    out.back = ownReturn(facts, isUnclear);
    if (!out.back) {
        if (isUnclear)
            out.problem = Phrase("not-judged.return-unlinked");
        out.word = "none";
        return out;
    }
    out.word = wordOf(out.back->status.value);
    if (out.word.empty())
        out.problem = Phrase("not-judged.return-status").with("word", out.back->status.raw);
    out.since = sinceOf(*out.back);
    out.isAllProcessed = !out.back->lines.empty() &&
                         std::all_of(out.back->lines.begin(), out.back->lines.end(), isProcessed);
    out.hasProcessed = std::any_of(
        out.back->lines.begin(), out.back->lines.end(), [](const ShopifyReturnLine& line) {
            return line.processedQuantity > 0 || line.refundedQuantity > 0;
        });
    return out;
}

ShipmentStates shipmentStatesOf(const CaseFacts& facts)
{
    ShipmentStates out;
    const Rma& rma = *facts.rma;
    if (!rma.hasDetail) {
        out.problem = Phrase("not-judged.return-unread");
        return out;
    }
    out.isKeepItem =
        !rma.units.empty() && std::all_of(rma.units.begin(), rma.units.end(), isKeepItem);
    std::set<std::string> words;
    for (const Shipment& shipment : rma.shipments) {
        if (shipment.isOutbound)
            continue;
        const std::string_view word = wordOf(shipment.status.value);
        if (word.empty())
            out.problem = Phrase("not-judged.shipment-status").with("word", shipment.status.raw);
        else
            words.emplace(word);
    }
    // A label that was given up says nothing beside one that was used.
    if (words.size() > 1)
        words.erase("Canceled");
    out.words.assign(words.begin(), words.end());
    if (out.words.empty())
        out.words.emplace_back("none");
    return out;
}

PaidOut paidOutOf(const CaseFacts& facts, const Joined& joined, const ExpectedCredit& expected)
{
    PaidOut out;
    out.amount = Money::zero(expected.currency);
    if (!facts.rma->hasDetail) {
        out.problem = Phrase("not-judged.return-unread");
        return out;
    }
    bool isDated = true;
    addTransactions(facts, out, isDated);
    if (!facts.order || !facts.order->refunds || !facts.order->lines)
        out.problem = Phrase("not-judged.refunds-unread");
    else
        addRefunds(facts, joined, out, isDated);
    if (!isDated)
        out.last.reset();
    return out;
}

bool isReadSince(const CaseFacts& facts, const Policy& policy, Platform platform, Instant at)
{
    const bool isShopify = platform == Platform::Shopify;
    const std::optional<Instant> seen =
        isShopify   ? facts.order ? std::optional(facts.order->returnsRef.observedAt) : std::nullopt
        : facts.rma ? std::optional(facts.rma->document.observedAt)
                    : std::nullopt;
    // A document that is not from the store carries no time of reading.
    if (seen && (*seen == Instant{} || *seen >= at))
        return true;
    const auto feed = facts.feeds.find(platform);
    const Millis limit = isShopify ? policy.grace.feedShopify : policy.grace.feedReturngo;
    return feed != facts.feeds.end() && feed->second.lastSuccess &&
           *feed->second.lastSuccess >= at + limit;
}

} // namespace counterfoil::reconcile
