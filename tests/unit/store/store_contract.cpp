#include "tests/unit/store/store_fixture.h"

#include <gmock/gmock.h>

namespace counterfoil::store {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

INSTANTIATE_TEST_SUITE_P(Databases, StoreTest, testing::Values(Backend{"sqlite", &sqliteUrl}),
                         &backendName);

TEST_P(StoreTest, AFindingOpensUpdatesClosesAndRegressesWithoutARestart)
{
    apply(page({summary("7000412", "Received")}, minutes(0)));
    StoredFinding stored = onlyFinding();
    EXPECT_EQ(stored.id, unpaidOf("7000412"));
    EXPECT_EQ(stored.state, "open");
    EXPECT_EQ(stored.rma, "7000412");
    EXPECT_EQ(stored.orderName, "B2B-1042");
    EXPECT_EQ(stored.rmaStatus, "Received");
    EXPECT_EQ(stored.finding.atRisk, gbp(412));

    apply(page({summary("7000412", "Received", "B2B-1043")}, minutes(1)));
    apply(page({summary("7000412", "Done")}, minutes(2)));
    stored = onlyFinding();
    EXPECT_EQ(stored.state, "closed");
    EXPECT_EQ(stored.closedBy, "proof");
    EXPECT_EQ(stored.closedAt, minutes(2));

    apply(page({summary("7000412", "Received")}, minutes(3)));
    stored = onlyFinding();
    EXPECT_EQ(stored.state, "open");
    EXPECT_TRUE(stored.isRegressed);
    EXPECT_EQ(stored.firstSeen, minutes(0));
    EXPECT_FALSE(stored.closedAt.has_value());
    EXPECT_THAT(events(stored.id), ElementsAre("opened", "updated", "closed", "regressed"));
}

TEST_P(StoreTest, TheSamePageTwiceChangesNothing)
{
    const auto first = apply(page({summary("1", "Received"), summary("2", "Done")}, minutes(0)));
    EXPECT_EQ(first.newVersions, 2U);
    const auto second = apply(page({summary("1", "Received"), summary("2", "Done")}, minutes(1)));
    EXPECT_EQ(second.newVersions, 0U);
    EXPECT_EQ(second.unchanged, 2U);
    EXPECT_EQ(second.casesJudged, 0U);
    EXPECT_EQ(second.changeSeq, first.changeSeq);
    EXPECT_THAT(events(unpaidOf("1")), ElementsAre("opened"));
    const auto document =
        NEED(store->document("uk", domain::DocumentKind::RmaSummary, "1", std::nullopt));
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->ref.version, 1);
    EXPECT_EQ(document->ref.observedAt, minutes(1));
}

TEST_P(StoreTest, EveryVersionOfADocumentKeepsItsExactBytes)
{
    domain::PageDocument first = summary("1", "Received");
    first.body += std::string("  \n\0\xff", 5);
    apply(page({first}, minutes(0)));
    apply(page({summary("1", "Done")}, minutes(5)));
    const auto old = NEED(store->document("uk", domain::DocumentKind::RmaSummary, "1", 1));
    ASSERT_TRUE(old.has_value());
    EXPECT_EQ(old->body, first.body);
    EXPECT_EQ(old->ref.version, 1);
    EXPECT_EQ(old->ref.observedAt, minutes(0));
    const auto versions = NEED(store->documentVersions("uk", CaseId("rma:1")));
    ASSERT_THAT(versions, SizeIs(2));
    EXPECT_EQ(versions[1].ref.version, 2);
    EXPECT_FALSE(NEED(store->document("uk", domain::DocumentKind::RmaSummary, "1", 3)).has_value());
}

TEST_P(StoreTest, AFindingWhoseRuleCouldNotJudgeStaysOpen)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    const Judge unsure = [](const domain::CaseFacts&) {
        domain::Judgement judgement;
        judgement.notJudged.push_back(
            {domain::FindingType::CreditNotPosted, domain::Phrase("not-judged.fact-unknown")});
        return judgement;
    };
    apply(page({summary("1", "Done")}, minutes(1)), unsure);
    EXPECT_EQ(onlyFinding().state, "open");
    const auto refused = NEED(store->notJudged());
    ASSERT_THAT(refused, SizeIs(1));
    EXPECT_EQ(refused[0].rma, "1");
    EXPECT_EQ(refused[0].entry.reason.code, "not-judged.fact-unknown");
    apply(page({summary("1", "Validated")}, minutes(2)), silentJudge);
    EXPECT_EQ(onlyFinding().state, "closed");
    EXPECT_THAT(NEED(store->notJudged()), IsEmpty());
}

TEST_P(StoreTest, GraceMakesItExpectedAndItsEndMakesItDue)
{
    const Judge patient = [](const domain::CaseFacts& facts) {
        domain::Judgement judgement = unpaidJudge(facts);
        if (!judgement.findings.empty() && facts.now < minutes(60)) {
            judgement.findings[0].graceUntil = minutes(60);
            judgement.judgeAgainAt = minutes(60);
        }
        return judgement;
    };
    apply(page({summary("1", "Received")}, minutes(0)), patient);
    EXPECT_EQ(onlyFinding().state, "expected");
    NEED(store->judgeDue(minutes(59), patient));
    EXPECT_EQ(onlyFinding().state, "expected");
    NEED(store->judgeDue(minutes(60), patient));
    EXPECT_EQ(onlyFinding().state, "open");
    EXPECT_THAT(events(unpaidOf("1")), ElementsAre("opened", "updated"));
}

TEST_P(StoreTest, ACaseFinishedBeforeGoLiveIsHistory)
{
    const Judge historian = [](const domain::CaseFacts& facts) {
        domain::Judgement judgement = unpaidJudge(facts);
        judgement.isHistory = true;
        return judgement;
    };
    apply(page({summary("1", "Received")}, minutes(0)), historian);
    EXPECT_EQ(onlyFinding().state, "history");
}

TEST_P(StoreTest, APolicyThatChangedWhatIsRightClosesByPolicy)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    SiteSettings settings;
    settings.currency = currency("GBP");
    settings.policy.hash = "policy-2";
    store->configureSite("uk", settings);
    EXPECT_EQ(NEED(store->judgeAll(minutes(1), silentJudge)), 1U);
    EXPECT_EQ(onlyFinding().closedBy, "policy");
}

TEST_P(StoreTest, TheChangeFeedTellsOfEveryFindingOnceAndInOrder)
{
    apply(page({summary("1", "Received"), summary("2", "Received")}, minutes(0)));
    const std::int64_t seq = store->changeSeq();
    EXPECT_THAT(NEED(store->findingsSince(0)), SizeIs(2));
    EXPECT_THAT(NEED(store->findingsSince(seq)), IsEmpty());
    apply(page({summary("2", "Done")}, minutes(1)));
    const auto changed = NEED(store->findingsSince(seq));
    ASSERT_THAT(changed, SizeIs(1));
    EXPECT_EQ(changed[0].rma, "2");
    EXPECT_EQ(changed[0].state, "closed");
    EXPECT_GT(store->changeSeq(), seq);
    NEED(store->setPeopleState(unpaidOf("1"), "assigned", R"({"assignee":"mara"})",
                               PersonId("mara"), minutes(2)));
    const auto people = NEED(store->findingsSince(changed[0].seq));
    ASSERT_THAT(people, SizeIs(1));
    EXPECT_EQ(people[0].assignee, "mara");
}

TEST_P(StoreTest, PeoplesStateOutlivesRejudgingAndRestart)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    const FindingId id = unpaidOf("1");
    const PersonId mara("mara");
    NEED(store->setPeopleState(id, "waiting", R"({"for":"buyer","ticket":"T-7"})", mara,
                               minutes(1)));
    now = minutes(31);
    EXPECT_EQ(onlyFinding().state, "waiting-for");
    EXPECT_EQ(onlyFinding().pausedFor, std::chrono::minutes(30));
    NEED(store->setPeopleState(id, "resumed", "", mara, minutes(31)));
    NEED(store->setPeopleState(id, "snoozed", R"({"until":"2099-01-01T00:00:00Z"})", mara,
                               minutes(31)));
    reopen();
    StoredFinding stored = onlyFinding();
    EXPECT_EQ(stored.state, "snoozed");
    EXPECT_EQ(stored.pausedFor, std::chrono::minutes(30));
    EXPECT_EQ(stored.waitingFor, "");
    NEED(store->setPeopleState(id, "unsnoozed", "", mara, minutes(32)));
    NEED(store->setPeopleState(id, "accepted", R"({"reason":"agreed"})", mara, minutes(33)));
    EXPECT_EQ(onlyFinding().state, "accepted");
    // Accepted as it was: another amount or order is another matter.
    apply(page({summary("1", "Received", "B2B-9")}, minutes(34)));
    EXPECT_EQ(onlyFinding().state, "open");
}

TEST_P(StoreTest, WhatIsHandedOffBelongsToTheOtherTeamAndIsNobodysThere)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    const FindingId id = unpaidOf("1");
    const PersonId mara("mara");
    const domain::Owner before = onlyFinding().finding.owner;
    ASSERT_NE(before, domain::Owner::Warehouse);
    NEED(store->setPeopleState(id, "assigned", R"({"assignee":"mara"})", mara, minutes(1)));
    NEED(store->setPeopleState(id, "handed-off", R"({"owner":"warehouse"})", mara, minutes(2)));
    apply(page({summary("1", "Received", "B2B-9")}, minutes(3)));
    reopen();
    EXPECT_EQ(onlyFinding().finding.owner, domain::Owner::Warehouse);
    EXPECT_EQ(onlyFinding().assignee, "");
    EXPECT_EQ(store->setPeopleState(id, "handed-off", R"({"owner":"nobody"})", mara, minutes(4))
                  .error()
                  .code,
              ErrorCode::Invalid);
}

TEST_P(StoreTest, WhatIsNoPeoplesEventIsRefused)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    const PersonId mara("mara");
    EXPECT_EQ(store->setPeopleState(unpaidOf("1"), "opened", "", mara, minutes(1)).error().code,
              ErrorCode::Invalid);
    EXPECT_EQ(store->setPeopleState(unpaidOf("1"), "waiting", "{}", mara, minutes(1)).error().code,
              ErrorCode::Invalid);
    EXPECT_EQ(store->setPeopleState(unpaidOf("2"), "note", R"({"text":"x"})", mara, minutes(1))
                  .error()
                  .code,
              ErrorCode::NotFound);
    EXPECT_THAT(events(unpaidOf("1")), ElementsAre("opened"));
}

TEST_P(StoreTest, AClaimStandsUntilALaterReadStillShowsTheFault)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    domain::Claim claim;
    claim.finding = unpaidOf("1");
    claim.step = "stop-payment";
    claim.person = PersonId("mara");
    claim.at = minutes(5);
    NEED(store->addClaim("uk", CaseId("rma:1"), claim, unpaidJudge));
    EXPECT_TRUE(onlyFinding().isClaimed);
    const auto facts = NEED(store->loadCase("uk", CaseId("rma:1"), minutes(5)));
    ASSERT_TRUE(facts.has_value());
    EXPECT_THAT(facts->claims, SizeIs(1));
    apply(page({summary("1", "Received")}, minutes(6)));
    NEED(store->judgeAll(minutes(7), unpaidJudge));
    EXPECT_FALSE(onlyFinding().isClaimed);
}

TEST_P(StoreTest, AnInspectionReachesTheJudgeAndTheNewestCounts)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    domain::Inspection inspection;
    inspection.rma = RmaId("1");
    inspection.unit = UnitId("u1");
    inspection.verdict = domain::UnitVerdict::Damaged;
    inspection.cause = domain::DamageCause::Transit;
    inspection.sharePercent = 80;
    std::vector<domain::Inspection> seen;
    const Judge looking = [&](const domain::CaseFacts& facts) {
        seen = facts.inspections;
        return unpaidJudge(facts);
    };
    NEED(store->addInspections("uk", {inspection}, PersonId("leo"), looking, minutes(1)));
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].verdict, domain::UnitVerdict::Damaged);
    EXPECT_EQ(seen[0].sharePercent, 80);
    EXPECT_EQ(seen[0].person, PersonId("leo"));
    inspection.verdict = domain::UnitVerdict::AGrade;
    inspection.sharePercent.reset();
    NEED(store->addInspections("uk", {inspection}, PersonId("leo"), looking, minutes(2)));
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].verdict, domain::UnitVerdict::AGrade);
}

TEST_P(StoreTest, AFailedSweepStandsInTheFeedUntilOneSucceeds)
{
    std::vector<domain::CaseFacts> feeds;
    const Judge looking = [&](const domain::CaseFacts& facts) {
        if (facts.kind == domain::CaseKind::Feed)
            feeds.push_back(facts);
        return domain::Judgement();
    };
    apply(page({}, minutes(0), true), looking);
    Error refused(ErrorCode::Unauthorised, "401", Platform::ReturnGo);
    refused.requestId = "req-1";
    NEED(store->applyFailure("uk", "returngo/open-rmas", Platform::ReturnGo, refused, minutes(3),
                             looking));
    NEED(store->applyFailure("uk", "returngo/open-rmas", Platform::ReturnGo, refused, minutes(6),
                             looking));
    ASSERT_THAT(feeds, SizeIs(3));
    const domain::FeedState failing = feeds[2].feeds.at(Platform::ReturnGo);
    EXPECT_EQ(failing.lastSuccess, minutes(0));
    EXPECT_EQ(failing.failingSince, minutes(3));
    EXPECT_TRUE(failing.isAccessRefused);
    EXPECT_EQ(failing.lastErrorWord, "unauthorised");
    EXPECT_EQ(NEED(store->watermark("uk", "returngo/open-rmas"))->lastRequestId, "req-1");
    apply(page({}, minutes(9), true), looking);
    const domain::FeedState well = feeds.back().feeds.at(Platform::ReturnGo);
    EXPECT_EQ(well.lastSuccess, minutes(9));
    EXPECT_EQ(well.previousSuccess, minutes(0));
    EXPECT_FALSE(well.failingSince.has_value());
    EXPECT_FALSE(well.isAccessRefused);
}

TEST_P(StoreTest, AMarkMovesOnlyWithThePageThatCarriesIt)
{
    PageWrite write = page({summary("1", "Received")}, minutes(0));
    apply(write);
    EXPECT_EQ(NEED(store->watermark("uk", write.loop))->mark, "");
    write.newMark = "2026-09-21T00:00:00Z";
    write.isSweepEnd = true;
    apply(write);
    EXPECT_EQ(NEED(store->watermark("uk", write.loop))->mark, "2026-09-21T00:00:00Z");
    EXPECT_FALSE(NEED(store->watermark("uk", "shopify/other")).has_value());
    EXPECT_THAT(NEED(store->watermarks("uk")), SizeIs(1));
}

TEST_P(StoreTest, ASetAsideRecordIsShownUntilItDecodes)
{
    domain::SetAside broken;
    broken.kind = domain::DocumentKind::RmaSummary;
    broken.externalId = "1";
    broken.reason = "rmas[0].status: not a text";
    broken.body = "{}";
    PageWrite write = page({}, minutes(0));
    write.setAside.push_back(broken);
    std::size_t unknowns = 0;
    const Judge counting = [&](const domain::CaseFacts& facts) {
        unknowns = facts.unknowns.size();
        return domain::Judgement();
    };
    apply(write, counting);
    EXPECT_EQ(unknowns, 1U);
    EXPECT_THAT(NEED(store->normalForm()), HasSubstr("set-aside uk rma-summary 1"));
    apply(page({summary("1", "Received")}, minutes(1), true), counting);
    EXPECT_EQ(NEED(store->normalForm()).find("set-aside"), std::string::npos);
}

TEST_P(StoreTest, AReaderOnAnotherConnectionSeesWhatIsCommittedAndMayNotWrite)
{
    apply(page({summary("1", "Received")}, minutes(0)));
    OpenOptions options;
    options.isReadOnly = true;
    const auto reader = NEED(Store::open(GetParam().url(folder.path()), options));
    EXPECT_THAT(NEED(reader->findings(false)), SizeIs(1));
    apply(page({summary("2", "Received")}, minutes(1)));
    EXPECT_THAT(NEED(reader->findings(false)), SizeIs(2));
    EXPECT_EQ(reader->changeSeq(), store->changeSeq());
    const auto refused = reader->audit({PersonId("mara"), "x", "y", "{}"});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Store);
    EXPECT_THAT(refused.error().detail, HasSubstr("read-only"));
}

} // namespace counterfoil::store
