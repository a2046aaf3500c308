#include "core/actions/engine.h"
#include "tests/unit/actions/sample.h"

#include <gtest/gtest.h>

#include <set>

namespace counterfoil::actions {

using namespace sample;
using domain::ActionState;
using State = domain::ActionState;

namespace {

constexpr int kStates = static_cast<int>(State::Expired) + 1;

/// The table of design.md 7, written down a second time.
const std::set<std::pair<State, State>> kLegal{
    {State::Proposed, State::Proposed}, {State::Proposed, State::Approved},
    {State::Proposed, State::Rejected}, {State::Proposed, State::Cancelled},
    {State::Proposed, State::Expired},  {State::Proposed, State::Stale},
    {State::Approved, State::Leased},   {State::Approved, State::Cancelled},
    {State::Approved, State::Expired},  {State::Approved, State::Stale},
    {State::Leased, State::Approved},   {State::Leased, State::Stale},
    {State::Leased, State::Expired},    {State::Leased, State::Sending},
    {State::Sending, State::Approved},  {State::Sending, State::Confirmed},
    {State::Sending, State::Refused},   {State::Sending, State::Unknown},
    {State::Unknown, State::Sending},   {State::Unknown, State::Confirmed},
    {State::Unknown, State::Stale},     {State::Unknown, State::Stuck},
    {State::Stuck, State::Confirmed},   {State::Stuck, State::Stale},
    {State::Stale, State::Confirmed},   {State::Confirmed, State::Settled},
    {State::Confirmed, State::Drift},   {State::Settled, State::Drift},
    {State::Drift, State::Settled},
};

ActionRecord sentCredit()
{
    ActionRecord record = filed(creditPlan());
    PreState pre;
    pre.balanceDigest = "digest-1";
    pre.balanceMinor = 812'40;
    Attempt attempt;
    attempt.number = 1;
    attempt.at = kNow;
    attempt.preText = preText(pre);
    attempt.outcome = "unknown";
    record.attempts = {attempt};
    return record;
}

ActionRecord sentRelease()
{
    const Plan plan =
        planRelease(facts(), policy(), releaseChoices(facts(), policy()).front(), proved());
    ActionRecord record = filed(plan);
    PreState pre;
    pre.fromLevel = 9;
    pre.toLevel = 40;
    pre.sparkLevel = 40;
    Attempt attempt;
    attempt.number = 1;
    attempt.at = kNow;
    attempt.preText = preText(pre);
    attempt.outcome = "unknown";
    record.attempts = {attempt};
    return record;
}

domain::Account withReceipt(const ActionRecord& record, std::int64_t minor)
{
    domain::Account now = account(R"({"balance":767.40})", 767'40);
    now.balanceDigest = "digest-2";
    now.hasReceipts = true;
    now.receiptsText = "[...]";
    now.receiptsDigest = "receipts-2";
    now.receipts = {{record.head.id, 3, gbp(minor), kNow}};
    return now;
}

domain::AccountObservation seen(std::int64_t version, std::int64_t minor,
                                std::vector<ActionId> receipts)
{
    domain::AccountObservation row;
    row.version = version;
    row.balance = gbp(minor);
    row.receipts = std::move(receipts);
    return row;
}

} // namespace

TEST(States, EveryPairIsLegalOrNotAsInTheTable)
{
    for (int from = 0; from < kStates; ++from) {
        for (int to = 0; to < kStates; ++to) {
            const auto a = static_cast<State>(from), b = static_cast<State>(to);
            EXPECT_EQ(isLegalMove(a, b), kLegal.contains({a, b}))
                << domain::actionStateWord(a) << " -> " << domain::actionStateWord(b);
        }
    }
}

TEST(States, WhatEndsCannotBeSentAgain)
{
    for (const State end : {State::Rejected, State::Refused, State::Cancelled, State::Expired,
                            State::Settled, State::Stale}) {
        EXPECT_FALSE(isLegalMove(end, State::Sending));
        EXPECT_FALSE(isLegalMove(end, State::Approved));
        EXPECT_TRUE(isResting(end));
    }
}

TEST(PreStateText, ReadsBackWhatItWrote)
{
    PreState pre;
    pre.balanceDigest = "a\"b";
    pre.receiptsDigest = "";
    pre.balanceMinor = -5;
    pre.fromLevel = 0;
    pre.po = "PO";
    EXPECT_EQ(preFromText(preText(pre)).value(), pre);
    EXPECT_EQ(preFromText(preText(PreState())).value(), PreState());
    EXPECT_FALSE(preFromText("[1"));
}

TEST(Preflight, AMovedBoundValueIsNamedWithOldAndNew)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(preflight(plan, creditPlan()).code, "");
    domain::CaseFacts later = facts();
    later.rma->status = {domain::RmaStatus::Validated, "Validated"};
    const domain::Phrase why = preflight(plan, creditPlan(later));
    EXPECT_EQ(why.code, "stale.moved");
    EXPECT_EQ(why.value("field"), "rma.status");
    EXPECT_EQ(why.value("old"), "Received");
    EXPECT_EQ(why.value("new"), "Validated");
}

TEST(Preflight, ABusyAccountDoesNotVoidIt)
{
    domain::CaseFacts later = facts();
    later.account = account(R"({"balance":1234.56})", 1234'56);
    EXPECT_EQ(preflight(creditPlan(), creditPlan(later)).code, "");
}

TEST(Preflight, AStoppedRefundIsWhatItWaitedForAndAPaidOneIsNot)
{
    domain::CaseFacts asked = facts();
    domain::RmaTransaction row;
    row.type = {domain::RmaTransactionType::RefundToPaymentMethod, "RefundToPaymentMethod"};
    row.status = {domain::RmaTransactionStatus::Requested, "Requested"};
    row.amount = pair(74'00);
    asked.rma->transactions = {row};
    const Plan plan = creditPlan(asked);
    EXPECT_EQ(preflight(plan, creditPlan()).code, "");
    asked.rma->transactions.front().status = {domain::RmaTransactionStatus::Success, "Success"};
    EXPECT_EQ(preflight(plan, creditPlan(asked)).value("field"), "rma.payment");
    EXPECT_EQ(preflight(creditPlan(), creditPlan(asked)).value("field"), "rma.payment");
}

TEST(Preflight, ABrokenConstraintIsNamed)
{
    domain::CaseFacts later = facts();
    later.account = account(R"({"balance":1.00})", 1'00);
    EXPECT_EQ(preflight(creditPlan(), creditPlan(later)).code, "refuse.balance-below-zero");
}

TEST(Caps, EachHoldsToTheMinorUnit)
{
    domain::Policy rules = policy();
    rules.capCallMinor = 45'00;
    rules.capHourMinor = 100'00;
    rules.capDayMinor = 200'00;
    Plan plan = creditPlan();
    EXPECT_EQ(refusalByCaps(plan, 55'00, 155'00, rules).code, "");
    EXPECT_EQ(refusalByCaps(plan, 55'01, 155'00, rules).code, "refuse.cap-hour");
    EXPECT_EQ(refusalByCaps(plan, 55'00, 155'01, rules).code, "refuse.cap-day");
    plan.need.shopMinor = 45'01;
    EXPECT_EQ(refusalByCaps(plan, 0, 0, rules).code, "refuse.cap-call");
}

TEST(Heard, ARefusalAfterAnEarlierDoubtSaysNothingAboutIt)
{
    Hearing hearing;
    hearing.heard = Heard::Refused;
    EXPECT_EQ(stateAfter(hearing, true), State::Refused);
    EXPECT_EQ(stateAfter(hearing, false), State::Unknown);
    hearing.heard = Heard::NotTaken;
    EXPECT_EQ(stateAfter(hearing, true), State::Approved);
    EXPECT_EQ(stateAfter(hearing, false), State::Unknown);
    hearing.heard = Heard::Done;
    EXPECT_EQ(stateAfter(hearing, false), State::Confirmed);
    hearing.heard = Heard::Doubt;
    EXPECT_EQ(stateAfter(hearing, true), State::Unknown);
}

TEST(ResolveCredit, OurReceiptConfirms)
{
    const ActionRecord record = sentCredit();
    EXPECT_EQ(resolveCredit(record, withReceipt(record, 45'00), 0, kNow).next, Next::Confirm);
    EXPECT_EQ(resolveCredit(record, withReceipt(record, 45'01), 0, kNow).next, Next::Stuck);
}

TEST(ResolveCredit, BothDigestsAsPlannedResendsTheSame)
{
    ActionRecord record = sentCredit();
    EXPECT_EQ(resolveCredit(record, account(), 0, kNow).next, Next::Resend);
    record.attempts.resize(kAttemptsMax, record.attempts.front());
    EXPECT_EQ(resolveCredit(record, account(), 0, kNow).next, Next::Stuck);
}

TEST(ResolveCredit, AMovedDigestIsStaleOnlyWhenNothingCanArriveAnyMore)
{
    const ActionRecord record = sentCredit();
    domain::Account moved = account();
    moved.balanceDigest = "digest-9";
    EXPECT_EQ(resolveCredit(record, moved, 0, kNow + kLateWindow - Millis(1)).next,
              Next::ReadAgain);
    EXPECT_EQ(resolveCredit(record, moved, 0, kNow + kLateWindow).next, Next::Stale);
}

TEST(ResolveCredit, ReceiptsThatAppearedUnderAnotherNameAreAMovedDigest)
{
    const ActionRecord record = sentCredit();
    domain::Account other = account();
    other.hasReceipts = true;
    other.receiptsText = "[]";
    other.receiptsDigest = "receipts-1";
    EXPECT_EQ(resolveCredit(record, other, 0, kNow + kLateWindow).next, Next::Stale);
}

TEST(ResolveCredit, ThePlatformsOwnStaleAnswerEndsTheWait)
{
    ActionRecord record = sentCredit();
    record.attempts.front().detail = "STALE_OBJECT: changed";
    domain::Account moved = account();
    moved.balanceDigest = "digest-9";
    EXPECT_EQ(resolveCredit(record, moved, 0, kNow).next, Next::Stale);
    // ... but a receipt still outranks it: an earlier copy of ours was the one that changed it.
    EXPECT_EQ(resolveCredit(record, withReceipt(record, 45'00), 0, kNow).next, Next::Confirm);
}

TEST(ResolveCredit, UnreadIsNotAbsent)
{
    const ActionRecord record = sentCredit();
    EXPECT_EQ(resolveCredit(record, std::nullopt, 0, kNow).next, Next::ReadAgain);
    EXPECT_EQ(resolveCredit(record, std::nullopt, kResolveReadsMax, kNow).next, Next::Stuck);
    domain::Account odd = account();
    odd.hasReceipts = true;
    odd.receiptsText = "??";
    EXPECT_EQ(resolveCredit(record, odd, 0, kNow + kLateWindow).next, Next::ReadAgain);
}

TEST(ResolveRelease, AYoungKeyIsReplayedAndAnOldOneIsNot)
{
    ActionRecord record = sentRelease();
    EXPECT_EQ(resolveRelease(record, {}, 0, kNow + kKeyTrusted - Millis(1)).next, Next::Resend);
    EXPECT_EQ(resolveRelease(record, {7, 42, {}}, 0, kNow + kKeyTrusted).next, Next::Confirm);
    EXPECT_EQ(resolveRelease(record, {9, 40, {}}, 0, kNow + kKeyTrusted).next, Next::Resend);
    EXPECT_EQ(resolveRelease(record, {8, 40, {}}, 0, kNow + kKeyTrusted).next, Next::Stuck);
    EXPECT_EQ(resolveRelease(record, {}, 0, kNow + kKeyTrusted).next, Next::ReadAgain);
}

TEST(ResolveRelease, AStaleAnswerMeansThatNothingMoved)
{
    ActionRecord record = sentRelease();
    record.attempts.front().detail = "CHANGE_FROM_QUANTITY_STALE: changed";
    EXPECT_EQ(resolveRelease(record, {}, 0, kNow).next, Next::ReadAgain);
    EXPECT_EQ(resolveRelease(record, {}, 0, kNow + kLateWindow).next, Next::Stale);
    record.attempts.front().detail = "IDEMPOTENCY_KEY_PARAMETER_MISMATCH: ";
    EXPECT_EQ(resolveRelease(record, {}, 0, kNow).next, Next::Stuck);
}

TEST(ResolvePo, IsResentAtMostOnce)
{
    const Plan plan = planSetPo(facts(), policy(), "PO-2", proved());
    ActionRecord record = filed(plan);
    record.attempts = sentCredit().attempts;
    EXPECT_EQ(resolvePo(record, plan, "PO-2", 0, kNow).next, Next::Confirm);
    EXPECT_EQ(resolvePo(record, plan, "", 0, kNow).next, Next::Resend);
    EXPECT_EQ(resolvePo(record, plan, "PO-3", 0, kNow + kLateWindow).next, Next::Stale);
    record.attempts.push_back(record.attempts.front());
    EXPECT_EQ(resolvePo(record, plan, "", 0, kNow + kLateWindow).next, Next::Stuck);
}

TEST(ProofOfCredit, IsOurReceiptInTheVersionThatWeWrote)
{
    const ActionRecord record = sentCredit();
    const ActionId own = record.head.id;
    EXPECT_EQ(proofOfCredit(record, {seen(1, 812'40, {})}, {}, {}).state, ProofState::NotYet);
    EXPECT_EQ(proofOfCredit(record, {seen(1, 812'40, {}), seen(2, 767'40, {own})}, {}, {}).state,
              ProofState::Proved);
}

TEST(ProofOfCredit, LaterOrdersAndCreditsAreExplained)
{
    const ActionRecord record = sentCredit();
    const ActionId own = record.head.id, other("other");
    domain::OwnAction credit;
    credit.id = other;
    credit.amount = gbp(10'00);
    EXPECT_EQ(proofOfCredit(record, {seen(2, 757'40, {other, own})}, {credit}, {}).state,
              ProofState::NotYet)
        << "both receipts in one version: which came first is not known";
    EXPECT_EQ(
        proofOfCredit(record, {seen(2, 767'40, {own}), seen(3, 757'40, {other, own})}, {credit}, {})
            .state,
        ProofState::Proved);
    EXPECT_EQ(proofOfCredit(record, {seen(2, 867'40, {own})}, {}, {{100'00, "B2B-1043"}}).state,
              ProofState::Proved);
}

TEST(ProofOfCredit, TheOldFigureWrittenBackIsUndone)
{
    ActionRecord record = sentCredit();
    record.attempts.front().outcome = "ok";
    const ActionId own = record.head.id;
    const ProofReading reading =
        proofOfCredit(record, {seen(2, 767'40, {own}), seen(3, 812'40, {own})}, {}, {});
    EXPECT_EQ(reading.state, ProofState::Undone);
    EXPECT_EQ(reading.why.code, "proof.overwritten");
    EXPECT_EQ(proofOfCredit(record, {seen(2, 767'40, {own}), seen(3, 812'40, {})}, {}, {}).why.code,
              "proof.receipt-gone");
    EXPECT_EQ(proofOfCredit(record, {seen(2, 767'40, {own}), seen(3, 812'41, {own})}, {}, {}).state,
              ProofState::Proved)
        << "another order since";
}

TEST(ProofOfRelease, NeedsBothSidesAndSparkLayer)
{
    const ActionRecord record = sentRelease(); // 2 pieces, 9 -> 7 and 40 -> 42
    EXPECT_EQ(proofOfRelease(record, {7, 42, 42}, 0, false).state, ProofState::Proved);
    EXPECT_EQ(proofOfRelease(record, {7, 41, 41}, 1, false).state, ProofState::Proved);
    EXPECT_EQ(proofOfRelease(record, {7, 42, std::nullopt}, 0, false).state, ProofState::NotYet)
        << "SparkLayer was read before and is unread now";
    EXPECT_EQ(proofOfRelease(record, {7, 42, 40}, 0, false).why.code, "proof.sparklayer-behind");
    EXPECT_EQ(proofOfRelease(record, {7, 40, 40}, 0, false).state, ProofState::NotYet)
        << "a lone minus";
    EXPECT_EQ(proofOfRelease(record, {9, 40, 40}, 0, false).state, ProofState::NotYet);
    EXPECT_EQ(proofOfRelease(record, {7, {}, 42}, 0, false).state, ProofState::NotYet);
    EXPECT_EQ(proofOfRelease(record, {10, 39, 39}, 0, true).state, ProofState::Proved)
        << "the answer listed both changes; goods came and went since";
}

TEST(ProofOfRelease, SparkLayerNeedNotKnowTheOutlet)
{
    const ActionRecord record = sentRelease(); // SparkLayer showed 40 before, two pieces moved
    Levels levels{7, 42, 900};                 // it shows another place than the destination
    EXPECT_EQ(proofOfRelease(record, levels, 0, false).why.code, "proof.sparklayer-behind");
    levels.sellable = 899;
    EXPECT_EQ(proofOfRelease(record, levels, 0, false).why.code, "proof.sparklayer-behind");
    levels.sellable = 900;
    EXPECT_EQ(proofOfRelease(record, levels, 0, false).state, ProofState::Proved);
    levels.to = 40;
    EXPECT_EQ(proofOfRelease(record, levels, 0, false).state, ProofState::NotYet)
        << "Shopify itself has not moved";
}

TEST(OwnMoves, AReleaseOfTheSameItemExplainsTheLevel)
{
    Plan plan;
    plan.kind = domain::ActionKind::Release;
    plan.item = InventoryItemId("item-1");
    plan.from = LocationId("11");
    plan.bound["level.quarantine"] = "9";
    ActionRecord own;
    own.head.id = ActionId("own");
    own.head.createdAt = kNow;
    own.site = "uk";
    ActionRecord other = own;
    other.head.id = ActionId("other");
    other.head.kind = domain::ActionKind::Release;
    other.head.state = State::Confirmed;
    other.head.from = plan.from;
    other.head.quantity = 4;
    other.head.sentAt = kNow + Millis(1);
    const auto planOf = [&plan](const ActionRecord&) { return std::make_shared<const Plan>(plan); };
    EXPECT_EQ(ownMovesSince(own, plan, {other, own}, planOf), 4);
    const auto movesWith = [&](auto change) {
        ActionRecord row = other;
        change(row);
        return ownMovesSince(own, plan, {row}, planOf);
    };
    EXPECT_EQ(movesWith([](ActionRecord& row) { row.head.sentAt = kNow; }), 0)
        << "sent before this plan was filed: its level shows it";
    EXPECT_EQ(movesWith([](ActionRecord& row) { row.head.sentAt.reset(); }), 0);
    EXPECT_EQ(movesWith([](ActionRecord& row) { row.head.state = State::Unknown; }), 0);
    EXPECT_EQ(movesWith([](ActionRecord& row) { row.head.from = LocationId("12"); }), 0);
    EXPECT_EQ(movesWith([](ActionRecord& row) { row.site = "de"; }), 0);
    Plan another = plan;
    another.item = InventoryItemId("item-2");
    EXPECT_EQ(ownMovesSince(own, plan, {other},
                            [&another](const ActionRecord&) {
                                return std::make_shared<const Plan>(another);
                            }),
              0);
    EXPECT_EQ(withLevelLowered(plan, 4).bound.at("level.quarantine"), "5");
    EXPECT_EQ(withLevelLowered(plan, 0).bound.at("level.quarantine"), "9");
}

TEST(Settling, EndsAsDriftWhenItsTimeIsUp)
{
    ProofReading reading;
    const Instant end = kNow + kProveCredit;
    EXPECT_EQ(stateAfterProof(State::Confirmed, reading, end, end - Millis(1)), State::Confirmed);
    EXPECT_EQ(stateAfterProof(State::Confirmed, reading, end, end), State::Drift);
    EXPECT_EQ(stateAfterProof(State::Settled, reading, end, end), State::Settled);
    reading.state = ProofState::Undone;
    EXPECT_EQ(stateAfterProof(State::Settled, reading, end, kNow), State::Drift);
    reading.state = ProofState::Proved;
    EXPECT_EQ(stateAfterProof(State::Drift, reading, end, kNow), State::Settled);
}

} // namespace counterfoil::actions
