#include "app/sandbox/world/scenarios/scenario.h"

#include <array>

namespace counterfoil::sandbox {
namespace {

using namespace scenario;

constexpr const char* kValue = "credit-value-mismatch";
constexpr const char* kTax = "tax-or-currency-mismatch";
constexpr const char* kEarly = "paid-before-inspection";
constexpr const char* kStuck = "refund-stuck";
constexpr const char* kGateway = "account-order-gateway-refund";
constexpr const char* kCode = "account-order-store-credit";
constexpr const char* kUnposted = "credit-not-posted";
constexpr const char* kRestock = "restocked-before-inspection";
constexpr const char* kBlocked = "return-blocked-unpaid";
constexpr const char* kPoMissing = "po-missing";
constexpr const char* kPoConflict = "po-conflict";
constexpr const char* kByHand = "manual-refund-open-return";
constexpr const char* kEdited = "order-edited-during-return";
constexpr const char* kUnknown = "unknown-value";
constexpr const char* kStatus = "return-status-drift";
constexpr const char* kMoneyState = "money-state-drift";
constexpr const char* kStalled = "return-stalled";
constexpr const char* kPurchase = "purchase-mismatch";
constexpr const char* kQuantity = "received-quantity-mismatch";

constexpr std::array kTable{
    Scenario{"retail-asked", kValue, "card refund asked for at the storefront price", retailAsked},
    Scenario{"gateway-requested", kGateway, "refund to a card asked for on an unpaid account order",
             gatewayRequested},
    Scenario{"credit-forgotten", kUnposted, "inspected five days ago, nothing credited",
             creditForgotten},
    Scenario{"jumped-queue", kRestock, "put straight into sellable stock, never inspected",
             jumpedQueue},
    Scenario{"into-quarantine", "", "the same, into quarantine", intoQuarantine},
    Scenario{"code-issued", kCode, "store credit code handed out on an account order", codeIssued},
    Scenario{"code-on-card", "", "store credit on an order paid by card", codeOnCard},
    Scenario{"buyer-blocked", kUnposted, "over the limit only because of the missing credit",
             buyerBlocked},
    Scenario{"payment-pending", kBlocked, "return refused: the order's payment is pending",
             paymentPending},
    Scenario{"unpaid-but-quiet", "", "unpaid order, return requested, nothing refused",
             unpaidButQuiet},
    Scenario{"po-missing", kPoMissing, "no PO anywhere though the buyer always gives one",
             poMissing},
    Scenario{"po-conflict", kPoConflict, "Shopify and SparkLayer hold two POs", poConflict},
    Scenario{"po-spelling", "", "the same PO in another spelling", poSpelling},
    Scenario{"refunded-by-hand", kByHand, "refunded in Shopify, RMA still open", refundedByHand},
    Scenario{"refunded-by-returngo", "", "refunded through ReturnGO, RMA still open",
             refundedByReturnGo},
    Scenario{"edited-away", kEdited, "returned pieces removed from the order meanwhile",
             editedAway},
    Scenario{"edited-before", "", "edited before the return was asked for", editedBefore},
    Scenario{"strange-status", kUnknown, "an RMA status nobody knows", strangeStatus},
    Scenario{"missed-break", kValue, "credited at the single price, bought at the 24 price",
             missedBreak},
    Scenario{"break-kept", "", "one of 24 comes back at the 24 price", breakKept},
    Scenario{"retail-believed", kValue, "storefront price stands on an approved account return",
             retailBelieved},
    Scenario{"ignored-discount", kValue, "the customer discount was left out", ignoredDiscount},
    Scenario{"todays-list", kValue, "priced by today's list, the order is older", todaysList},
    Scenario{"net-for-gross", kTax, "net paid where gross was due", netForGross},
    Scenario{"tax-on-top", kTax, "gross taken for net, tax added again", taxOnTop},
    Scenario{"label-fee", kValue, "a label fee that the site never agreed", labelFee},
    Scenario{"agreed-fee", "", "an agreed restocking fee", agreedFee},
    Scenario{"unexplained", kValue, "an amount that no price explains", unexplained},
    Scenario{"discount-not-spread", kValue, "the order discount was left out", discountNotSpread},
    Scenario{"over-tolerance", kValue, "one minor unit beyond rounding", overTolerance},
    Scenario{"at-tolerance", "", "exactly what rounding explains", atTolerance},
    Scenario{"penny-rounding", "", "unit prices rounded one by one", pennyRounding},
    Scenario{"paid-too-little", kValue, "one piece short, return done", paidTooLittle},
    Scenario{"gateway-failed", kGateway, "the refund was asked for and failed", gatewayFailed},
    Scenario{"gateway-succeeded", kGateway, "money went to a card that never paid",
             gatewaySucceeded},
    Scenario{"gateway-set", kGateway, "an approved account return is set to a card refund",
             gatewaySet},
    Scenario{"gateway-bank-paid", kGateway, "paid by bank, set to a card", gatewayBankPaid},
    Scenario{"gateway-invoice", kGateway, "the same on an invoice order", gatewayInvoice},
    Scenario{"paid-by-card-later", "", "account order later paid by card, refunded to that card",
             paidByCardLater},
    Scenario{"code-requested", kCode, "store credit asked for on an account order", codeRequested},
    Scenario{"done-uncredited", kUnposted, "return done, account never credited", doneUncredited,
             kMoneyState},
    Scenario{"keep-item-uncredited", kUnposted, "buyer keeps the goods, credit due on approval",
             keepItemUncredited},
    Scenario{"euro-uncredited", kUnposted, "the same in euro", euroUncredited},
    Scenario{"credit-still-early", "", "inspected yesterday, credit still to come",
             creditStillEarly},
    Scenario{"invoice-settled", "", "invoice order: settled on Shopify alone", invoiceSettled},
    Scenario{"part-inspected", "", "two of six pieces inspected", partInspected},
    Scenario{"restocked-by-refund", kRestock, "restock ticked in the refund, never inspected",
             restockedByRefund, kEarly},
    Scenario{"half-inspected-restock", kRestock, "four pieces sellable, two inspected",
             halfInspectedRestock},
    Scenario{"inspected-first", "", "inspected, then put into sellable stock", inspectedFirst},
    Scenario{"outlet-goods", "", "inspected, then into the outlet", outletGoods},
    Scenario{"draft-only", kBlocked, "return refused: the order is still a draft", draftOnly},
    Scenario{"paid-since-refusal", "", "refused once, paid by card since", paidSinceRefusal},
    Scenario{"po-conflict-attribute", kPoConflict, "an order attribute holds another PO",
             poConflictAttribute},
    Scenario{"po-only-spark", "", "PO known to SparkLayer only", poOnlySpark},
    Scenario{"po-not-on-card", "", "card order without a PO", poNotOnCard},
    Scenario{"refunded-by-hand-early", kByHand, "refunded in Shopify before the goods came",
             refundedByHandEarly, kEarly},
    Scenario{"refund-of-nothing", "", "lines refunded by hand without money", refundOfNothing},
    Scenario{"edited-price", kEdited, "price of the returned line changed meanwhile", editedPrice},
    Scenario{"edited-elsewhere", "", "another line was edited", editedElsewhere},
    Scenario{"strange-resolution", kUnknown, "a resolution nobody knows", strangeResolution},
    Scenario{"strange-money-state", kUnknown, "a transaction state nobody knows",
             strangeMoneyState},
    Scenario{"strange-shipment", kUnknown, "a shipment state nobody knows", strangeShipment},
    Scenario{"strange-method", kUnknown, "a payment method nobody knows", strangeMethod},
    Scenario{"strange-location", kUnknown, "put away at a location that no list names",
             strangeLocation},
    Scenario{"two-returns", "", "a second return on an order with a settled one", twoReturns},
    Scenario{"same-sku-twice", "", "one SKU on two lines at two prices", sameSkuTwice},
    Scenario{"closed-in-shopify", kStatus, "approved, its Shopify return was cancelled by hand",
             closedInShopify},
    Scenario{"reopened-return", "", "cancelled and reopened: a second Shopify return is open",
             reopenedReturn},
    Scenario{"left-open-in-shopify", kStatus, "done five days ago, the Shopify return never closed",
             leftOpenInShopify},
    Scenario{"parcel-never-scanned", kStatus, "received two days ago, the shipment says Shipped",
             parcelNeverScanned},
    Scenario{"goods-of-a-cancelled", kStatus, "goods came three days ago for a cancelled return",
             goodsOfACanceled},
    Scenario{"paid-then-cancelled", kMoneyState, "refunded, then cancelled", paidThenCanceled},
    Scenario{"refunded-before", "", "cancelled; the order had a refund before the return began",
             refundedBefore},
    Scenario{"card-done-unpaid", kMoneyState, "card order: return done, no money went back",
             cardDoneUnpaid},
    Scenario{"paid-not-done", kMoneyState, "credited six days ago, the return still open",
             paidNotDone},
    Scenario{"paid-not-done-yet", "", "credited two days ago, the return still open",
             paidNotDoneYet},
    Scenario{"forgotten-request", kStalled, "asked for five days ago, nobody answered",
             forgottenRequest},
    Scenario{"slow-buyer", "", "approved twenty days ago, nothing sent yet", slowBuyer},
    Scenario{"damaged-sold", "rejected-unit-restocked",
             "one piece failed the inspection, all were made sellable", damagedSold},
    Scenario{"damaged-kept", "", "the failed piece stayed in quarantine", damagedKept},
    Scenario{"nothing-moved", "stock-movement-missing",
             "received and credited, booked into no location", nothingMoved},
    Scenario{"not-yet-moved", "", "the same, received this morning", notYetMoved},
    Scenario{"long-in-quarantine", "quarantine-overdue",
             "in quarantine for eight days, nobody inspected", longInQuarantine},
    Scenario{"one-short", kQuantity, "five announced, four came", oneShort, kValue},
    Scenario{"short-and-settled", "", "one short, the accepted pieces are refunded",
             shortAndSettled},
    Scenario{"foreign-line", "return-line-unmatched", "ReturnGO names a line of no order",
             foreignLine},
    Scenario{"purchase-lost", kPurchase, "SparkLayer has no purchase for its own order",
             purchaseLost},
    Scenario{"purchase-unconfirmed", kPurchase, "the purchase was never confirmed",
             purchaseUnconfirmed},
    Scenario{"refund-waiting", kStuck, "card refund asked for thirty hours ago, not paid",
             refundWaiting},
    Scenario{"refund-under-way", "", "card refund asked for twenty hours ago", refundUnderWay},
    Scenario{"refund-failed", kStuck, "card refund failed, nothing since", refundFailed},
    Scenario{"refund-failed-then-paid", "", "card refund failed, the second one arrived",
             refundFailedThenPaid},
    Scenario{"paid-unseen", kEarly, "refunded, and nobody inspected the goods", paidUnseen},
    Scenario{"paid-then-seen", "", "refunded, inspected the day after", paidThenSeen},
    Scenario{"code-and-credit", "duplicate-credit", "a code, and the account credit besides",
             codeAndCredit, kCode},
    Scenario{"above-the-line", "over-credit", "refunded more than the whole line was invoiced at",
             aboveTheLine},
    Scenario{"exactly-the-line", "", "the whole line refunded to the penny", exactlyTheLine},
    Scenario{"purchase-other-pieces", kPurchase, "the purchase holds two pieces fewer",
             purchaseOtherPieces},
};

} // namespace

std::span<const Scenario> scenarioTable()
{
    return kTable;
}

} // namespace counterfoil::sandbox
