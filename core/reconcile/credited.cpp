#include "core/reconcile/credited.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
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
        book.entries.push_back({"own", action.amount, action.units, true, action.changedAt});
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
            book.entries.push_back({"receipt", receipt.amount, {}, true, receipt.at});
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
        book.entries.push_back({"sparklayer", row.total, {}, isNamed, std::nullopt});
    }
}

/// What Shopify has done with the due units of this return, by value.
struct ShopifyDone {
    Money processed;    ///< by processing the return
    Money refunded;     ///< by refunds of any kind
    Money withoutMoney; ///< by refunds that moved no money
    /// Some but not all units of a line, and its due units are not worth the same.
    bool isUnclear = false;
};

/// Value of @p count of the line's due units; nullopt: it depends on which.
std::optional<Money> partOf(const ExpectedCredit& expected, const ExpectedLine& line,
                            std::int64_t count)
{
    if (count <= 0 || line.unitsDue == 0)
        return Money::zero(expected.currency);
    if (count >= line.unitsDue)
        return line.due.gross;
    const UnitCredit* first = nullptr;
    for (const UnitCredit& unit : expected.units) {
        if (unit.line != line.line || unit.state != CreditState::Due)
            continue;
        if (first && first->share != unit.share)
            return std::nullopt;
        first = &unit;
    }
    const std::array<std::int64_t, 2> weights{count, line.unitsDue - count};
    const Result<std::vector<Money>> parts = line.due.gross.allocate(weights);
    return parts ? std::optional(parts->front()) : std::nullopt;
}

std::int64_t refundedPieces(const CaseFacts& facts, const LineId& line, bool isMoneyCounted)
{
    std::int64_t pieces = 0;
    if (!facts.order || !facts.order->refunds)
        return pieces;
    for (const Refund& refund : *facts.order->refunds) {
        if (!isMoneyCounted && !refund.total.presentment.isZero())
            continue;
        for (const RefundLine& row : refund.lines)
            pieces += row.line == line ? row.quantity : 0;
    }
    return pieces;
}

ShopifyDone doneInShopify(const CaseFacts& facts, const ExpectedCredit& expected)
{
    ShopifyDone out;
    out.processed = out.refunded = out.withoutMoney = Money::zero(expected.currency);
    for (const ExpectedLine& line : expected.lines) {
        std::int64_t processed = 0;
        std::int64_t refunded = 0;
        for (const ShopifyReturn* back : returnsOf(facts)) {
            for (const ShopifyReturnLine& row : back->lines) {
                processed += row.line == line.line ? row.processedQuantity : 0;
                refunded += row.line == line.line ? row.refundedQuantity : 0;
            }
        }
        const std::int64_t byMoney = std::max(refunded, refundedPieces(facts, line.line, true));
        const auto add = [&](Money& sum, std::int64_t pieces) {
            const std::optional<Money> part = partOf(expected, line, pieces);
            out.isUnclear = out.isUnclear || !part;
            addAmount(sum, part.value_or(Money::zero(expected.currency)));
        };
        add(out.processed, std::max(processed, refunded));
        add(out.refunded, byMoney);
        add(out.withoutMoney, refundedPieces(facts, line.line, false));
    }
    return out;
}

/// Fees are off what is due: done as far as it reaches, and never beyond.
Money atMostDue(const ExpectedCredit& expected, const Money& done)
{
    return done.minor() > expected.due.gross.minor() ? expected.due.gross : done;
}

/// What the site does to the balance by itself once Shopify processed or refunded the return.
void addAutomatic(const CaseFacts& facts, const Policy& policy, const ExpectedCredit& expected,
                  BookCredit& book)
{
    const ShopifyDone done = doneInShopify(facts, expected);
    const Fact byReturn = done.processed.isPositive() ? policy.facts.returnLowersBalance : Fact::No;
    const Fact byRefund = done.refunded.isPositive() ? policy.facts.refundLowersBalance : Fact::No;
    if (byReturn == Fact::Yes || byRefund == Fact::Yes) {
        const Money& more =
            byRefund == Fact::Yes &&
                    (byReturn != Fact::Yes || done.refunded.minor() > done.processed.minor())
                ? done.refunded
                : done.processed;
        book.automatic = atMostDue(expected, more);
    }
    if (!book.amount.isZero())
        return;
    if (book.automatic.isPositive()) {
        addAmount(book.amount, book.automatic);
        book.source = "automatic";
    }
    const bool isAll = book.amount.minor() >= expected.due.gross.minor();
    if (isAll && book.amount.isPositive())
        return;
    if (byReturn == Fact::Unknown)
        book.problem = Phrase("not-judged.fact").with("fact", "return_lowers_balance");
    else if (byRefund == Fact::Unknown)
        book.problem = Phrase("not-judged.fact").with("fact", "refund_lowers_balance");
    else if (done.isUnclear && (byReturn == Fact::Yes || byRefund == Fact::Yes))
        book.problem = Phrase("not-judged.part-processed");
}

BookCredit balanceBook(const CaseFacts& facts, const Policy& policy, const Joined& joined,
                       const ExpectedCredit& expected, const Payment& payment)
{
    BookCredit book;
    book.amount = book.automatic = Money::zero(expected.currency);
    book.isApplicable = isBalanceBook(payment, policy);
    addOwn(facts, joined, book);
    addReceipts(facts, expected, book);
    addTransactions(facts, expected, book);
    if (!book.isApplicable) {
        // Nothing is expected here; what names this return is there all the same.
        book.amount = Money::zero(expected.currency);
        book.units.clear();
        book.problem = {};
        book.source.clear();
        return book;
    }
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
    book.amount = book.automatic = Money::zero(expected.currency);
    book.isApplicable = true;
    if (!facts.order || !facts.order->returns || !facts.order->refunds) {
        book.problem = Phrase("not-judged.returns-unread");
        return book;
    }
    const ShopifyDone done = doneInShopify(facts, expected);
    // A refund without money lowers the order whatever processing alone does (law.md 1).
    const Fact byReturn = policy.facts.returnProcessLowersOutstanding;
    const Money& sure = byReturn == Fact::Yes && done.processed.minor() > done.withoutMoney.minor()
                            ? done.processed
                            : done.withoutMoney;
    book.amount = atMostDue(expected, sure);
    if (book.amount.isPositive())
        book.source = "shopify-return";
    if (book.amount.minor() >= expected.due.gross.minor())
        return book;
    if (byReturn == Fact::Unknown && done.processed.isPositive())
        book.problem = Phrase("not-judged.fact").with("fact", "return_process_lowers_outstanding");
    else if (done.isUnclear)
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
