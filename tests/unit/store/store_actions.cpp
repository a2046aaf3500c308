#include "tests/unit/store/store_fixture.h"

#include "core/store/connection.h"

#include <gmock/gmock.h>

namespace counterfoil::store {

using domain::ActionState;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const PersonId kMara("mara");

actions::ActionRecord credit(const std::string& id, std::vector<std::string> units,
                             std::int64_t each = 1000, std::int64_t valueMax = 1000)
{
    actions::ActionRecord record;
    record.head.id = ActionId(id);
    record.head.rma = RmaId("1");
    record.head.amount = gbp(each * static_cast<std::int64_t>(units.size()));
    record.head.createdAt = minutes(1);
    record.head.changedAt = minutes(1);
    record.head.proposer = kMara;
    record.site = "uk";
    record.caseId = CaseId("rma:1");
    record.naturalKey = "credit|uk|" + id;
    record.planJson = R"({"kind":"credit"})";
    record.planHash = "hash-" + id;
    record.problem = domain::Phrase("none");
    for (const std::string& unit : units) {
        record.head.units.emplace_back(unit);
        record.shares.push_back({UnitId(unit), LineId("11"), each, valueMax});
    }
    return record;
}

actions::AuditEntry entry(const std::string& what, const std::string& object)
{
    return {kMara, what, object, R"({"a":1})"};
}

} // namespace

class StoreActions : public StoreTest {
protected:
    void file(const actions::ActionRecord& record)
    {
        NEED(store->fileAction(record, entry("action.filed", record.head.id.value)));
    }
    Result<void> move(actions::ActionRecord record, ActionState from, ActionState to)
    {
        record.head.state = to;
        if (mayHaveTakenEffect(to) && !record.head.sentAt)
            record.head.sentAt = minutes(5);
        return store->moveAction(record, from, entry("action.moved", record.head.id.value));
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, StoreActions, testing::Values(Backend{"sqlite", &sqliteUrl}),
                         &backendName);

TEST_P(StoreActions, AnActionComesBackAsItWasFiled)
{
    actions::ActionRecord record = credit("a", {"u1", "u2"});
    record.approvals.push_back(
        {PersonId("fin"), domain::Role::FinanceLead, record.planHash, minutes(2), true, "fine"});
    record.heldUntil = minutes(3);
    record.needsSecondPerson = true;
    file(record);
    NEED(store->saveAttempt(
        record.head.id,
        {1, minutes(4), "shopify AccountCredit", "{}", "h", "key", "{}", "", "", ""},
        entry("action.attempt", "a")));
    NEED(store->saveAttempt(
        record.head.id,
        {1, minutes(4), "shopify AccountCredit", "{}", "h", "key", "{}", "ok", "", "req-9"},
        entry("action.attempt", "a")));
    reopen();
    const auto read = NEED(store->action(ActionId("a")));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->head.amount, gbp(2000));
    EXPECT_EQ(read->head.units, record.head.units);
    EXPECT_EQ(read->planJson, record.planJson);
    EXPECT_EQ(read->naturalKey, record.naturalKey);
    EXPECT_EQ(read->heldUntil, minutes(3));
    EXPECT_TRUE(read->needsSecondPerson);
    EXPECT_EQ(read->problem.code, "none");
    ASSERT_THAT(read->shares, SizeIs(2));
    EXPECT_EQ(read->shares[0].amountMinor, 1000);
    ASSERT_THAT(read->approvals, SizeIs(1));
    EXPECT_EQ(read->approvals[0].role, domain::Role::FinanceLead);
    ASSERT_THAT(read->attempts, SizeIs(1));
    EXPECT_EQ(read->attempts[0].outcome, "ok");
    EXPECT_EQ(read->attempts[0].requestId, "req-9");
    EXPECT_FALSE(NEED(store->action(ActionId("b"))).has_value());
    EXPECT_THAT(NEED(store->allActions(10)), SizeIs(1));
    EXPECT_THAT(NEED(store->actionsInStates({ActionState::Proposed})), SizeIs(1));
    EXPECT_THAT(NEED(store->actionsInStates({ActionState::Approved})), IsEmpty());
}

TEST_P(StoreActions, SeveralAreFiledTogetherOrNotAtAll)
{
    file(credit("taken", {"u9"}));
    const auto entries = NEED(store->verifyAudit()).entries;
    const auto refused = store->fileActions({{credit("a", {"u1"}), entry("action.filed", "a")},
                                             {credit("b", {"u9"}), entry("action.filed", "b")}});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_FALSE(NEED(store->action(ActionId("a"))).has_value());
    EXPECT_EQ(NEED(store->verifyAudit()).entries, entries);
    NEED(store->fileActions({{credit("a", {"u1"}), entry("action.filed", "a")},
                             {credit("b", {"u2"}), entry("action.filed", "b")}}));
    EXPECT_THAT(NEED(store->actionsInStates({ActionState::Proposed})), SizeIs(3));
    EXPECT_FALSE(NEED(store->verifyAudit()).brokenAt.has_value());
}

TEST_P(StoreActions, TwoStandingActionsNeverShareAUnit)
{
    file(credit("a", {"u1", "u2"}));
    const auto refused = store->fileAction(credit("b", {"u2", "u3"}), entry("action.filed", "b"));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_THAT(refused.error().detail, HasSubstr("action a"));
    // Nothing of the refused one stays: u3 is free, and the audit chain does not tell of it.
    EXPECT_FALSE(NEED(store->action(ActionId("b"))).has_value());
    EXPECT_EQ(NEED(store->verifyAudit()).entries, 1);
    file(credit("c", {"u3"}));
}

TEST_P(StoreActions, AWithdrawnActionFreesItsUnitsAndCannotTakeThemBack)
{
    const auto first = credit("a", {"u1"});
    file(first);
    NEED(move(first, ActionState::Proposed, ActionState::Rejected));
    file(credit("b", {"u1"}));
    const auto back = move(first, ActionState::Rejected, ActionState::Proposed);
    ASSERT_FALSE(back.has_value());
    EXPECT_EQ(back.error().code, ErrorCode::Conflict);
    EXPECT_EQ(NEED(store->action(ActionId("a")))->head.state, ActionState::Rejected);
}

TEST_P(StoreActions, AnotherBookOrPurposeIsAnotherShare)
{
    file(credit("a", {"u1"}));
    auto erp = credit("b", {"u1"});
    erp.head.book = domain::Book::Erp;
    file(erp);
    auto correction = credit("c", {"u1"}, -1000);
    correction.head.purpose = domain::Purpose::Correction;
    file(correction);
}

TEST_P(StoreActions, TheSumInOneBookNeverExceedsTheUnitsValue)
{
    const auto above = store->fileAction(credit("a", {"u1"}, 1001, 1000), entry("x", "a"));
    ASSERT_FALSE(above.has_value());
    EXPECT_EQ(above.error().code, ErrorCode::Conflict);
    file(credit("b", {"u1"}, 1000, 1000));
    auto more = credit("c", {"u1"}, 1, 1000);
    more.head.purpose = domain::Purpose::Correction;
    EXPECT_EQ(store->fileAction(more, entry("x", "c")).error().code, ErrorCode::Conflict);
}

TEST_P(StoreActions, AMoveNeedsTheStateItStartsFromAndTheSamePlan)
{
    const auto record = credit("a", {"u1"});
    file(record);
    NEED(move(record, ActionState::Proposed, ActionState::Approved));
    EXPECT_EQ(move(record, ActionState::Proposed, ActionState::Approved).error().code,
              ErrorCode::Conflict);
    auto other = record;
    other.planHash = "another";
    EXPECT_EQ(move(other, ActionState::Approved, ActionState::Leased).error().code,
              ErrorCode::Conflict);
    auto larger = record;
    larger.head.amount = gbp(9999);
    EXPECT_EQ(move(larger, ActionState::Approved, ActionState::Leased).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(NEED(store->action(ActionId("a")))->head.state, ActionState::Approved);
}

TEST_P(StoreActions, WhatWasMaybeSentCountsAgainstTheCap)
{
    const auto record = credit("a", {"u1", "u2"});
    file(record);
    EXPECT_EQ(NEED(store->creditedSince("uk", "GBP", kStart)), 0);
    NEED(move(record, ActionState::Proposed, ActionState::Unknown));
    EXPECT_EQ(NEED(store->creditedSince("uk", "GBP", kStart)), 2000);
    EXPECT_EQ(NEED(store->creditedSince("uk", "EUR", kStart)), 0);
    EXPECT_EQ(NEED(store->creditedSince("uk", "GBP", minutes(6))), 0);
    EXPECT_EQ(NEED(store->creditedSince("us", "GBP", kStart)), 0);
}

TEST_P(StoreActions, AnActionOnItsWayShowsInTheStateOfTheFindingsItSettles)
{
    const Judge judge = [](const domain::CaseFacts& facts) {
        domain::Judgement judgement = unpaidJudge(facts);
        if (!judgement.findings.empty()) {
            judgement.findings[0].units = {UnitId("u1")};
            domain::Finding po;
            po.type = domain::FindingType::PoMissing;
            judgement.findings.push_back(po);
        }
        return judgement;
    };
    apply(page({summary("1", "Received")}, minutes(0)), judge);
    const auto stateOf = [&](domain::FindingType type) {
        for (const StoredFinding& stored : NEED(store->findings(true))) {
            if (stored.finding.type == type)
                return stored.state;
        }
        return std::string();
    };
    const std::int64_t seq = store->changeSeq();
    const auto other = credit("other", {"u7"});
    file(other);
    EXPECT_EQ(stateOf(domain::FindingType::CreditNotPosted), "open");
    const auto record = credit("a", {"u1"});
    file(record);
    EXPECT_EQ(stateOf(domain::FindingType::CreditNotPosted), "awaiting-approval");
    EXPECT_EQ(stateOf(domain::FindingType::PoMissing), "open");
    EXPECT_FALSE(NEED(store->findingsSince(seq)).empty());
    NEED(move(record, ActionState::Proposed, ActionState::Approved));
    EXPECT_EQ(stateOf(domain::FindingType::CreditNotPosted), "in-progress");
    NEED(move(record, ActionState::Approved, ActionState::Confirmed));
    EXPECT_EQ(stateOf(domain::FindingType::CreditNotPosted), "settling");
    NEED(move(record, ActionState::Confirmed, ActionState::Settled));
    EXPECT_EQ(stateOf(domain::FindingType::CreditNotPosted), "open");
    // The judge sees the actions of a case when the case is next judged.
    std::size_t seen = 0;
    NEED(store->judgeDue(minutes(9), [&](const domain::CaseFacts& facts) {
        seen = facts.actions.size();
        return judge(facts);
    }));
    EXPECT_EQ(seen, 2U);
}

TEST_P(StoreActions, TheDocumentsAnActionRestsOnAreCopiedIntoTheLedger)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    file(credit("a", {"u1"}));
    store.reset();
    Connection::Options options;
    options.what = "ledger";
    auto ledger = NEED(Connection::open((folder.path() / "ledger.db").string(), options));
    const auto rows = NEED(ledger->rows("select kind, external_id, action_id from document_copy"));
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].text(0), "rma-summary");
    EXPECT_EQ(rows[0].text(2), "a");
}

TEST_P(StoreActions, StopAllAndProofsAreKept)
{
    EXPECT_FALSE(NEED(store->isStopAll()));
    NEED(store->setStopAll(true, kMara, "looks wrong"));
    ProofRecord proof;
    proof.site = "uk";
    proof.write = "release";
    proof.at = minutes(1);
    proof.isGood = true;
    proof.person = kMara;
    NEED(store->saveProof(proof, entry("proof", "release")));
    reopen();
    EXPECT_TRUE(NEED(store->isStopAll()));
    EXPECT_TRUE(NEED(store->proof("uk", "release"))->isGood);
    EXPECT_FALSE(NEED(store->proof("uk", "set-po")).has_value());
    NEED(store->setStopAll(false, kMara, "looked at"));
    EXPECT_FALSE(NEED(store->isStopAll()));
}

TEST_P(StoreActions, CallsAreCountedFromAMoment)
{
    for (int minute = 0; minute < 5; ++minute) {
        NEED(store->addCall(
            {minutes(minute), "uk", Platform::ReturnGo, "sweep-a", "returngo rmas", 200}));
    }
    NEED(store->addCall({minutes(3), "uk", Platform::Shopify, "focus", "shopify", 0}));
    const auto calls = NEED(store->callsSince(Platform::ReturnGo, minutes(2)));
    ASSERT_THAT(calls, SizeIs(3));
    EXPECT_EQ(calls[0].at, minutes(2));
    EXPECT_EQ(calls[0].callClass, "sweep-a");
}

class StoreAudit : public StoreActions {
protected:
    /// Changes the ledger behind the program's back.
    void tamper(const std::string& sql)
    {
        store.reset();
        Connection::Options options;
        options.what = "ledger";
        {
            auto ledger = NEED(Connection::open((folder.path() / "ledger.db").string(), options));
            EXPECT_GE(NEED(ledger->run(sql)), 1);
        }
        reopen();
    }
    void SetUp() override
    {
        StoreActions::SetUp();
        for (int i = 1; i <= 5; ++i)
            NEED(store->audit(entry("view.personal", std::to_string(i))));
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, StoreAudit, testing::Values(Backend{"sqlite", &sqliteUrl}),
                         &backendName);

TEST_P(StoreAudit, AnUntouchedChainHolds)
{
    reopen();
    const AuditVerdict verdict = NEED(store->verifyAudit());
    EXPECT_EQ(verdict.entries, 5);
    EXPECT_FALSE(verdict.brokenAt.has_value()) << verdict.what;
    const auto rows = NEED(store->auditRows(5, 2));
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].seq, 4);
    EXPECT_EQ(rows[0].hash, NEED(store->auditRows(6, 1))[0].previousHash);
}

TEST_P(StoreAudit, AChangedEntryIsNamed)
{
    tamper("update audit set detail = '{\"a\":2}' where seq = 3");
    const AuditVerdict verdict = NEED(store->verifyAudit());
    EXPECT_EQ(verdict.brokenAt, 3);
    EXPECT_THAT(verdict.what, HasSubstr("entry 3 (view.personal) was changed"));
}

TEST_P(StoreAudit, AMissingEntryIsNamed)
{
    tamper("delete from audit where seq = 3");
    const AuditVerdict verdict = NEED(store->verifyAudit());
    EXPECT_EQ(verdict.brokenAt, 4);
    EXPECT_THAT(verdict.what, HasSubstr("entries 3 to 3 are missing"));
}

TEST_P(StoreAudit, ACutOffEndIsNamed)
{
    tamper("delete from audit where seq > 3");
    const AuditVerdict verdict = NEED(store->verifyAudit());
    EXPECT_EQ(verdict.brokenAt, 4);
    EXPECT_THAT(verdict.what, HasSubstr("cut off"));
}

} // namespace counterfoil::store
