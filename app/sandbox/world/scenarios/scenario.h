#pragma once

#include "app/sandbox/world/builder.h"

#include <span>
#include <string_view>

namespace counterfoil::sandbox {

/// Everything a scenario needs while it is planted.
class Stage {
public:
    Stage(Builder& builder, std::size_t round) : b(builder), m_round(round) {}

    Builder& b;

    /// Time before the start of the world's clock.
    [[nodiscard]] Instant ago(Instant span) const { return b.start() - span; }
    /// A buyer on account without a PO habit; `pick` shifts the choice.
    std::size_t accountBuyer();
    /// A buyer on account whose house gives a PO with every order.
    std::size_t poBuyer();
    std::size_t euroBuyer();
    /// A buyer with a customer discount of 10 %.
    std::size_t discountBuyer();
    /// Reserved for `credit-not-posted`, variant buyer blocked; nullopt when used up.
    std::optional<std::size_t> blockedBuyer();

    /// An order of one line (plus `more` other lines), placed `placedAgo` before the start.
    std::size_t order(std::size_t customer, PayMethod method, std::int64_t pieces,
                      Instant placedAgo = 24 * kDay, std::size_t more = 0);
    /// An RMA for `pieces` of the first line, requested 11 days ago unless told.
    std::size_t request(std::size_t order, std::int64_t pieces, const char* resolution,
                        Instant requestedAgo = 11 * kDay);
    /// Account order, `pieces` back, arrived 6 days ago and lying in quarantine.
    std::size_t arrivedOnAccount(std::size_t customer, std::int64_t pieces,
                                 const char* resolution = kToBank);
    /// The same for a card order.
    std::size_t arrivedOnCard(std::size_t customer, std::int64_t pieces,
                              const char* resolution = kToCard);
    /// Makes ReturnGO believe each piece cost `unit` in the order's terms.
    void believe(std::size_t rma, Minor unit);
    [[nodiscard]] const OrderLine& firstLine(std::size_t rma) const;

private:
    std::size_t m_round;
};

/// One planted case. `type` empty: nothing may be found.
struct Scenario {
    std::string_view name;
    std::string_view type;
    std::string_view what;              ///< what happened, in one sentence
    std::size_t (*plant)(Stage& stage); ///< index of the RMA it is about
    std::string_view also = {};         ///< a second type that the same facts imply
};

/// All scenarios, hits and near misses, in planting order.
[[nodiscard]] std::span<const Scenario> scenarioTable();

/// Buyers that the everyday trade must leave alone.
[[nodiscard]] bool reservedBuyer(std::size_t customer);

// One function a scenario; the table in scenarios.cpp says what each is.
namespace scenario {
std::size_t retailAsked(Stage& s);
std::size_t retailBelieved(Stage& s);
std::size_t missedBreak(Stage& s);
std::size_t ignoredDiscount(Stage& s);
std::size_t todaysList(Stage& s);
std::size_t netForGross(Stage& s);
std::size_t taxOnTop(Stage& s);
std::size_t labelFee(Stage& s);
std::size_t unexplained(Stage& s);
std::size_t discountNotSpread(Stage& s);
std::size_t overTolerance(Stage& s);
std::size_t paidTooLittle(Stage& s);
std::size_t atTolerance(Stage& s);
std::size_t agreedFee(Stage& s);
std::size_t pennyRounding(Stage& s);
std::size_t refundWaiting(Stage& s);
std::size_t refundUnderWay(Stage& s);
std::size_t refundFailed(Stage& s);
std::size_t refundFailedThenPaid(Stage& s);
std::size_t paidUnseen(Stage& s);
std::size_t paidThenSeen(Stage& s);
std::size_t codeAndCredit(Stage& s);
std::size_t aboveTheLine(Stage& s);
std::size_t exactlyTheLine(Stage& s);
std::size_t breakKept(Stage& s);
std::size_t gatewayRequested(Stage& s);
std::size_t gatewayFailed(Stage& s);
std::size_t gatewaySucceeded(Stage& s);
std::size_t gatewaySet(Stage& s);
std::size_t gatewayBankPaid(Stage& s);
std::size_t gatewayInvoice(Stage& s);
std::size_t paidByCardLater(Stage& s);
std::size_t codeIssued(Stage& s);
std::size_t codeRequested(Stage& s);
std::size_t codeOnCard(Stage& s);
std::size_t creditForgotten(Stage& s);
std::size_t doneUncredited(Stage& s);
std::size_t buyerBlocked(Stage& s);
std::size_t keepItemUncredited(Stage& s);
std::size_t euroUncredited(Stage& s);
std::size_t creditStillEarly(Stage& s);
std::size_t invoiceSettled(Stage& s);
std::size_t partInspected(Stage& s);
std::size_t jumpedQueue(Stage& s);
std::size_t restockedByRefund(Stage& s);
std::size_t halfInspectedRestock(Stage& s);
std::size_t intoQuarantine(Stage& s);
std::size_t inspectedFirst(Stage& s);
std::size_t outletGoods(Stage& s);
std::size_t paymentPending(Stage& s);
std::size_t draftOnly(Stage& s);
std::size_t unpaidButQuiet(Stage& s);
std::size_t paidSinceRefusal(Stage& s);
std::size_t poMissing(Stage& s);
std::size_t poConflict(Stage& s);
std::size_t poConflictAttribute(Stage& s);
std::size_t poSpelling(Stage& s);
std::size_t poOnlySpark(Stage& s);
std::size_t poNotOnCard(Stage& s);
std::size_t refundedByHand(Stage& s);
std::size_t refundedByHandEarly(Stage& s);
std::size_t refundedByReturnGo(Stage& s);
std::size_t refundOfNothing(Stage& s);
std::size_t editedAway(Stage& s);
std::size_t editedPrice(Stage& s);
std::size_t editedBefore(Stage& s);
std::size_t editedElsewhere(Stage& s);
std::size_t strangeStatus(Stage& s);
std::size_t strangeResolution(Stage& s);
std::size_t strangeMoneyState(Stage& s);
std::size_t strangeShipment(Stage& s);
std::size_t strangeMethod(Stage& s);
std::size_t strangeLocation(Stage& s);
std::size_t twoReturns(Stage& s);
std::size_t sameSkuTwice(Stage& s);
std::size_t closedInShopify(Stage& s);
std::size_t reopenedReturn(Stage& s);
std::size_t leftOpenInShopify(Stage& s);
std::size_t parcelNeverScanned(Stage& s);
std::size_t goodsOfACanceled(Stage& s);
std::size_t paidThenCanceled(Stage& s);
std::size_t refundedBefore(Stage& s);
std::size_t cardDoneUnpaid(Stage& s);
std::size_t paidNotDone(Stage& s);
std::size_t paidNotDoneYet(Stage& s);
std::size_t forgottenRequest(Stage& s);
std::size_t slowBuyer(Stage& s);
std::size_t damagedSold(Stage& s);
std::size_t damagedKept(Stage& s);
std::size_t nothingMoved(Stage& s);
std::size_t notYetMoved(Stage& s);
std::size_t longInQuarantine(Stage& s);
std::size_t oneShort(Stage& s);
std::size_t shortAndSettled(Stage& s);
std::size_t foreignLine(Stage& s);
std::size_t purchaseLost(Stage& s);
std::size_t purchaseUnconfirmed(Stage& s);
std::size_t purchaseOtherPieces(Stage& s);
} // namespace scenario

} // namespace counterfoil::sandbox
