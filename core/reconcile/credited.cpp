#include "core/reconcile/credited.h"

#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

bool isEffective(ActionState state)
{
    return state == ActionState::Confirmed || state == ActionState::Settled;
}

void addAmount(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

/// "[cf:<12 hex>]" in the RMA's notes names an action (law.md 11).
bool isNamedInNotes(const CaseFacts& facts, const ActionId& id)
{
    if (!facts.rma)
        return false;
    std::string hex;
    for (const char c : id.value) {
        if (c != '-' && hex.size() < 12)
            hex.push_back(c);
    }
    const std::string token = "[cf:" + hex + "]";
    return hex.size() == 12 && std::any_of(facts.rma->comments.begin(), facts.rma->comments.end(),
                                           [&](const RmaComment& row) {
                                               return row.text.find(token) != std::string::npos;
                                           });
}

void addOwn(const CaseFacts& facts, const Joined& joined, BookCredit& book)
{
    const OwnAction* undone = overwrittenCredit(facts);
    std::set<UnitId> mine;
    for (const JoinedUnit& unit : joined.units)
        mine.insert(unit.id);
    for (const OwnAction& action : facts.actions) {
        const bool isOurs = action.kind == ActionKind::Credit &&
                            action.book == Book::SparkLayerBalance && isEffective(action.state);
        const bool isHere = std::any_of(action.units.begin(), action.units.end(),
                                        [&](const UnitId& id) { return mine.count(id) > 0; });
        if (!isOurs || !isHere || &action == undone)
            continue;
        addAmount(book.amount, action.amount);
        book.units.insert(book.units.end(), action.units.begin(), action.units.end());
        book.source = "own";
        book.since = action.changedAt;
    }
}

bool isOwnAction(const CaseFacts& facts, const ActionId& id)
{
    return std::any_of(facts.actions.begin(), facts.actions.end(),
                       [&](const OwnAction& row) { return row.id == id; });
}

/// Receipts beside the balance that the ledger does not know: after a lost ledger, or from another
/// console. Named in the RMA's notes they are this return's; otherwise one that fits to the penny
/// leaves it open whether the credit exists.
void addReceipts(const CaseFacts& facts, const ExpectedCredit& expected, BookCredit& book)
{
    if (!facts.account)
        return;
    for (const Receipt& receipt : facts.account->receipts) {
        if (isOwnAction(facts, receipt.action))
            continue;
        if (isNamedInNotes(facts, receipt.action)) {
            addAmount(book.amount, receipt.amount);
            book.source = "receipt";
            book.since = receipt.at;
            continue;
        }
        const bool isLater =
            !facts.rma || !facts.rma->createdAt || receipt.at >= *facts.rma->createdAt;
        const bool fits = receipt.amount == expected.due.gross && receipt.amount.isPositive();
        if (isLater && fits && book.amount.isZero())
            book.problem =
                Phrase("not-judged.foreign-receipt").with("amount", receipt.amount.displayText());
    }
}

/// A payment of the buyer that SparkLayer took over from Shopify: the same amount came in there.
bool isPayment(const CaseFacts& facts, const PurchaseTransaction& row)
{
    if (!facts.order || !facts.order->transactions)
        return false;
    return std::any_of(facts.order->transactions->begin(), facts.order->transactions->end(),
                       [&](const PaymentTransaction& paid) {
                           const bool isIn = paid.status.value == TransactionStatus::Success &&
                                             (paid.kind.value == TransactionKind::Sale ||
                                              paid.kind.value == TransactionKind::Capture);
                           return isIn && (paid.amount.presentment == row.total ||
                                           (!row.platformId.empty() &&
                                            gidNumber(paid.id) == gidNumber(row.platformId)));
                       });
}

bool namesAction(const CaseFacts& facts, const PurchaseTransaction& row)
{
    return std::any_of(facts.actions.begin(), facts.actions.end(), [&](const OwnAction& action) {
        return !action.id.empty() && row.platformId.find(action.id.value) != std::string::npos;
    });
}

/// Credits that SparkLayer's transactions applied to the balance: positive ones lower what is owed
/// (sparklayer.md 8.2). One that names this RMA is its credit; one that names none is taken for it
/// when it fits and is no payment, for a payment looks the same.
void addTransactions(const CaseFacts& facts, const ExpectedCredit& expected, BookCredit& book)
{
    if (!facts.purchaseTransactions)
        return;
    const std::int64_t units = static_cast<std::int64_t>(expected.units.size());
    const std::string_view mine = facts.rma ? std::string_view(facts.rma->id.value) : "";
    for (const PurchaseTransaction& row : *facts.purchaseTransactions) {
        if (!row.appliesToBalance || !row.total.isPositive() || namesAction(facts, row))
            continue;
        std::string_view named = trimmed(row.rma);
        while (!named.empty() && (named.front() < '0' || named.front() > '9'))
            named.remove_prefix(1);
        const bool isNamed = !named.empty() && named == mine;
        const bool fits = row.rma.empty() && !isPayment(facts, row) &&
                          (isRounding(row.total, expected.due.gross, units) ||
                           isRounding(row.total, expected.total.gross, units));
        if (!isNamed && !fits)
            continue;
        addAmount(book.amount, row.total);
        book.source = "sparklayer";
    }
}

/// Whether every due unit was processed in Shopify's return, or refunded there.
bool isProcessedInShopify(const CaseFacts& facts, const ExpectedCredit& expected,
                          std::int64_t& processed)
{
    processed = 0;
    std::int64_t wanted = 0;
    for (const ExpectedLine& line : expected.lines) {
        wanted += line.unitsDue;
        std::int64_t done = 0;
        for (const ShopifyReturn* back : returnsOf(facts)) {
            for (const ShopifyReturnLine& row : back->lines) {
                if (row.line == line.line)
                    done += std::max(row.processedQuantity, row.refundedQuantity);
            }
        }
        std::int64_t refunded = 0;
        if (facts.order && facts.order->refunds) {
            for (const Refund& refund : *facts.order->refunds) {
                for (const RefundLine& row : refund.lines)
                    refunded += row.line == line.line ? row.quantity : 0;
            }
        }
        processed += std::min(line.unitsDue, std::max(done, refunded));
    }
    return wanted > 0 && processed >= wanted;
}

/// What the site does to the balance by itself once Shopify processed or refunded the return.
void addAutomatic(const CaseFacts& facts, const Policy& policy, const ExpectedCredit& expected,
                  BookCredit& book)
{
    std::int64_t processed = 0;
    const bool isAll = isProcessedInShopify(facts, expected, processed);
    if (processed == 0 || !book.amount.isZero())
        return;
    bool isRefunded = false;
    if (facts.order && facts.order->refunds) {
        isRefunded = std::any_of(
            facts.order->refunds->begin(), facts.order->refunds->end(), [&](const Refund& refund) {
                return std::any_of(refund.lines.begin(), refund.lines.end(),
                                   [&](const RefundLine& row) { return expected.line(row.line); });
            });
    }
    const Fact byReturn = policy.facts.returnLowersBalance;
    const Fact byRefund = isRefunded ? policy.facts.refundLowersBalance : Fact::No;
    if (isAll && (byReturn == Fact::Yes || byRefund == Fact::Yes)) {
        addAmount(book.amount, expected.due.gross);
        book.source = "automatic";
        return;
    }
    if (byReturn == Fact::Yes || byRefund == Fact::Yes)
        book.problem = Phrase("not-judged.part-processed");
    else if (byReturn == Fact::Unknown)
        book.problem = Phrase("not-judged.fact").with("fact", "return_lowers_balance");
    else if (byRefund == Fact::Unknown)
        book.problem = Phrase("not-judged.fact").with("fact", "refund_lowers_balance");
}

BookCredit balanceBook(const CaseFacts& facts, const Policy& policy, const Joined& joined,
                       const ExpectedCredit& expected, const Payment& payment)
{
    BookCredit book;
    book.amount = Money::zero(expected.currency);
    book.isApplicable = isBalanceBook(payment, policy);
    if (!book.isApplicable)
        return book;
    addOwn(facts, joined, book);
    addReceipts(facts, expected, book);
    addTransactions(facts, expected, book);
    addAutomatic(facts, policy, expected, book);
    const bool isSettled =
        !book.amount.isZero() && book.amount.minor() >= expected.due.gross.minor();
    if (isSettled) {
        book.problem = {};
        return book;
    }
    if (!book.problem.code.empty())
        return book;
    if (!facts.account)
        book.problem = Phrase("not-judged.account-unread");
    else if (policy.isSparklayerConnected && facts.purchase && !facts.purchaseTransactions)
        book.problem = Phrase("not-judged.transactions-unread");
    else if (policy.isSparklayerConnected && !facts.purchase && !facts.isPurchaseRead)
        book.problem = Phrase("not-judged.purchase-unread");
    return book;
}

BookCredit orderBook(const CaseFacts& facts, const Policy& policy, const ExpectedCredit& expected)
{
    BookCredit book;
    book.amount = Money::zero(expected.currency);
    book.isApplicable = true;
    if (!facts.order || !facts.order->returns || !facts.order->refunds) {
        book.problem = Phrase("not-judged.returns-unread");
        return book;
    }
    std::int64_t processed = 0;
    const bool isAll = isProcessedInShopify(facts, expected, processed);
    if (processed == 0)
        return book;
    if (policy.facts.returnProcessLowersOutstanding == Fact::Unknown) {
        book.problem = Phrase("not-judged.fact").with("fact", "return_process_lowers_outstanding");
        return book;
    }
    book.source = "shopify-return";
    if (isAll)
        book.amount = expected.due.gross;
    else
        book.problem = Phrase("not-judged.part-processed");
    return book;
}

/// Orders of this buyer that were placed between two reads, by their totals; nullopt: one of them
/// has no known total.
std::optional<std::int64_t> placedBetween(const CaseFacts& facts, Instant from, Instant to)
{
    std::int64_t sum = 0;
    for (const OrderHint& hint : facts.recentOrders) {
        if (!hint.createdAt || *hint.createdAt <= from || *hint.createdAt > to)
            continue;
        if (!hint.total)
            return std::nullopt;
        sum += hint.total->minor();
    }
    return sum;
}

bool holds(const AccountObservation& row, const ActionId& id)
{
    return std::find(row.receipts.begin(), row.receipts.end(), id) != row.receipts.end();
}

/// Follows the balance over the versions since the receipt appeared: the credit counts as undone
/// from the step on that rose by exactly its amount beyond the orders placed meanwhile, until a
/// step falls by it again.
bool isUndone(const CaseFacts& facts, const OwnAction& action)
{
    bool undone = false;
    for (std::size_t i = 1; i < facts.accountHistory.size(); ++i) {
        const AccountObservation& before = facts.accountHistory[i - 1];
        const AccountObservation& after = facts.accountHistory[i];
        if (!holds(after, action.id))
            continue;
        const std::optional<std::int64_t> placed =
            placedBetween(facts, before.observedAt, after.observedAt);
        if (!before.balance || !after.balance || !placed)
            continue;
        const std::int64_t moved = after.balance->minor() - before.balance->minor() - *placed;
        if (!holds(before, action.id)) {
            undone = moved == 0; // our receipt arrived, the lower balance did not stay
            continue;
        }
        if (moved == action.amount.minor())
            undone = true;
        else if (moved == -action.amount.minor())
            undone = false;
    }
    return undone;
}

} // namespace

bool isRounding(const Money& a, const Money& b, std::int64_t units)
{
    const Result<Money> apart = a.minus(b);
    return apart && apart->magnitude().minor() <= toleranceMinor(units);
}

const OwnAction* overwrittenCredit(const CaseFacts& facts)
{
    for (const OwnAction& action : facts.actions) {
        const bool isCandidate = action.kind == ActionKind::Credit &&
                                 action.book == Book::SparkLayerBalance &&
                                 (isEffective(action.state) || action.state == ActionState::Drift);
        const bool hasReceipt =
            facts.account &&
            std::any_of(facts.account->receipts.begin(), facts.account->receipts.end(),
                        [&](const Receipt& row) { return row.action == action.id; });
        if (isCandidate && hasReceipt &&
            (action.state == ActionState::Drift || isUndone(facts, action)))
            return &action;
    }
    return nullptr;
}

Credited creditedSoFar(const CaseFacts& facts, const Policy& policy, const Joined& joined,
                       const ExpectedCredit& expected, const Payment& payment)
{
    Credited out;
    out.balance = balanceBook(facts, policy, joined, expected, payment);
    out.shopifyOrder = orderBook(facts, policy, expected);
    return out;
}

} // namespace counterfoil::reconcile
