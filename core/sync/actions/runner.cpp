#include "core/sync/actions/runner.h"

#include "core/actions/writes.h"
#include "core/base/check.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace counterfoil::sync {

namespace {

using actions::ActionRecord;
using actions::Attempt;
using actions::AuditEntry;
using actions::Plan;
using domain::ActionKind;
using domain::ActionState;
using domain::Phrase;
using Json = nlohmann::json;

constexpr std::size_t kRecentMax = 2000;
constexpr std::size_t kPlansMax = 4000;

std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string proofWord(ActionKind kind)
{
    switch (kind) {
    case ActionKind::Credit:
        return "credit-metafield";
    case ActionKind::Release:
        return "release";
    case ActionKind::SetPo:
        return "set-po";
    }
    return "";
}

domain::Book bookOf(ActionKind kind)
{
    if (kind == ActionKind::Credit)
        return domain::Book::SparkLayerBalance;
    return kind == ActionKind::Release ? domain::Book::Stock : domain::Book::ShopifyOrder;
}

AuditEntry auditOf(const PersonId& person, std::string what, const ActionRecord& record,
                   const Json& detail)
{
    AuditEntry entry;
    entry.person = person;
    entry.what = std::move(what);
    entry.object = record.head.id.value;
    entry.detail = dumped(detail);
    return entry;
}

/// Fees lower the credit of the units that carry them; each unit's share stays at or above zero.
std::vector<actions::UnitShare> sharesOf(const Plan& plan)
{
    std::vector<actions::UnitShare> shares;
    for (const actions::PlanUnit& unit : plan.units) {
        actions::UnitShare share;
        share.unit = unit.unit;
        share.line = unit.line;
        share.amountMinor = plan.kind == ActionKind::Credit ? unit.gross.minor() : 0;
        share.valueMinorMax = unit.invoicedGross.minor();
        shares.push_back(std::move(share));
    }
    return shares;
}

} // namespace

Runner::Runner(Services services, std::vector<RunnerSite> sites)
    : m_services(services), m_sites(std::move(sites))
{
    CF_CHECK(services.clock && services.reader && services.sender && services.ledger);
}

void Runner::onChange(std::function<void(const ActionRecord&)> told)
{
    m_told = std::move(told);
}

const RunnerSite* Runner::site(const std::string& id) const
{
    const auto found = std::find_if(m_sites.begin(), m_sites.end(),
                                    [&id](const RunnerSite& row) { return row.id == id; });
    return found == m_sites.end() ? nullptr : &*found;
}

const domain::Person* Runner::person(const RunnerSite& site, const PersonId& id) const
{
    const auto found = std::find_if(site.people.begin(), site.people.end(),
                                    [&id](const domain::Person& row) { return row.id == id; });
    return found == site.people.end() ? nullptr : &*found;
}

tl::unexpected<Error> Runner::refuse(Phrase why)
{
    m_refusal = std::move(why);
    return fail(ErrorCode::Forbidden, m_refusal.code);
}

Result<Runner::Loaded> Runner::load(const ActionId& id) const
{
    Result<std::optional<ActionRecord>> found = m_services.ledger->action(id);
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, "action " + id.value);
    std::shared_ptr<const Plan> plan = planOf(**found);
    if (plan == nullptr)
        return fail(ErrorCode::Undecodable, "action " + id.value + ": its plan cannot be read");
    return Loaded{std::move(**found), std::move(plan)};
}

std::shared_ptr<const Plan> Runner::planOf(const ActionRecord& record) const
{
    const auto known = m_plans.find(record.head.id);
    if (known != m_plans.end() && known->second.text == record.planJson)
        return known->second.plan;
    Result<Plan> plan = actions::planFromJson(record.planJson);
    if (!plan)
        return nullptr;
    if (m_plans.size() >= kPlansMax)
        m_plans.clear();
    auto shared = std::make_shared<const Plan>(std::move(*plan));
    m_plans[record.head.id] = {record.planJson, shared};
    return shared;
}

actions::PlanContext Runner::contextFor(const RunnerSite& site, ActionKind kind) const
{
    actions::PlanContext context = site.context;
    context.now = m_services.clock->now();
    const auto proof = m_services.ledger->proof(site.id, proofWord(kind));
    context.isProved =
        proof && *proof && (*proof)->isGood && (*proof)->apiVersion == context.apiVersion;
    return context;
}

Result<domain::CaseFacts> Runner::factsOf(const std::string& siteId, const CaseId& id) const
{
    Result<std::optional<domain::CaseFacts>> facts =
        m_services.ledger->loadCase(siteId, id, m_services.clock->now());
    if (!facts)
        return fail(facts.error());
    if (!*facts)
        return fail(ErrorCode::NotFound, "case " + id.value);
    return std::move(**facts);
}

Result<Plan> Runner::previewCredit(std::string siteId, CaseId caseId) const
{
    return factsOf(siteId, caseId).and_then([this](const domain::CaseFacts& facts) {
        return previewCredit(facts);
    });
}

Result<std::vector<Plan>> Runner::previewRelease(std::string siteId, CaseId caseId) const
{
    return factsOf(siteId, caseId).and_then([this](const domain::CaseFacts& facts) {
        return previewRelease(facts);
    });
}

Result<Plan> Runner::previewSetPo(std::string siteId, CaseId caseId, std::string poNumber) const
{
    return factsOf(siteId, caseId).and_then([&](const domain::CaseFacts& facts) {
        return previewSetPo(facts, poNumber);
    });
}

Result<Plan> Runner::previewCredit(const domain::CaseFacts& facts) const
{
    const RunnerSite* where = site(facts.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + facts.site.value);
    return actions::planCredit(facts, where->policy, actions::creditChoice(facts, where->policy),
                               contextFor(*where, ActionKind::Credit));
}

Result<std::vector<Plan>> Runner::previewRelease(const domain::CaseFacts& facts) const
{
    const RunnerSite* where = site(facts.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + facts.site.value);
    std::vector<Plan> plans;
    for (const actions::ReleaseChoice& choice : actions::releaseChoices(facts, where->policy)) {
        plans.push_back(actions::planRelease(facts, where->policy, choice,
                                             contextFor(*where, ActionKind::Release)));
    }
    return plans;
}

Result<Plan> Runner::previewSetPo(const domain::CaseFacts& facts, const std::string& poNumber) const
{
    const RunnerSite* where = site(facts.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + facts.site.value);
    return actions::planSetPo(facts, where->policy, poNumber,
                              contextFor(*where, ActionKind::SetPo));
}

Result<Plan> Runner::planAgain(const Plan& plan, const domain::CaseFacts& facts) const
{
    const RunnerSite* where = site(plan.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + plan.site.value);
    const actions::PlanContext context = contextFor(*where, plan.kind);
    if (plan.kind == ActionKind::SetPo)
        return actions::planSetPo(facts, where->policy, plan.poAfter, context);
    if (plan.kind == ActionKind::Credit) {
        const actions::CreditChoice choice =
            actions::narrowed(actions::creditChoice(facts, where->policy), plan);
        return actions::planCredit(facts, where->policy, choice, context);
    }
    actions::ReleaseChoice same;
    same.sku = plan.sku;
    same.item = plan.item;
    same.from = plan.from;
    same.to = plan.to;
    for (const actions::ReleaseChoice& choice : actions::releaseChoices(facts, where->policy)) {
        if (choice.sku != plan.sku || choice.to != plan.to || choice.from != plan.from)
            continue;
        for (const actions::PlanUnit& unit : choice.units) {
            const bool isWanted = std::any_of(
                plan.units.begin(), plan.units.end(),
                [&unit](const actions::PlanUnit& row) { return row.unit == unit.unit; });
            if (isWanted)
                same.units.push_back(unit);
        }
    }
    return actions::planRelease(facts, where->policy, same, context);
}

Result<actions::Requirement> Runner::requirementFor(const ActionRecord& record, const Plan& plan,
                                                    const domain::Policy& policy) const
{
    const Result<std::vector<ActionRecord>> recent = m_services.ledger->recentActions(kRecentMax);
    if (!recent)
        return fail(recent.error());
    const actions::RecentSums sums =
        actions::recentSums(*recent, record, m_services.clock->now(),
                            [this](const ActionRecord& row) { return planOf(row); });
    return actions::requirementOf(plan, sums, policy);
}

Result<actions::Requirement> Runner::requirement(const Plan& plan, const PersonId& by) const
{
    const RunnerSite* where = site(plan.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + plan.site.value);
    ActionRecord record;
    record.head.id = actions::actionIdOf(plan);
    record.head.kind = plan.kind;
    record.head.order = plan.order;
    record.head.proposer = by;
    record.site = plan.site.value;
    record.planJson = actions::planJson(plan);
    return requirementFor(record, plan, where->policy);
}

Result<Filing> Runner::filingOf(const Plan& plan, const Proposal& proposal)
{
    const RunnerSite* where = site(plan.site.value);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + plan.site.value);
    const domain::Person* by = person(*where, proposal.person);
    if (by == nullptr)
        return refuse(Phrase("refuse.person-unknown"));
    Phrase role = actions::refusalToPropose(plan.kind, *by);
    if (!role.code.empty())
        return refuse(std::move(role));
    const Result<domain::CaseFacts> facts = factsOf(where->id, plan.caseId);
    if (!facts)
        return fail(facts.error());
    const Result<Plan> again = planAgain(plan, *facts);
    if (!again)
        return fail(again.error());
    if (const actions::Check* blocking = again->firstBlocking())
        return refuse(blocking->text);
    const std::string hash = actions::planHash(plan);
    if (actions::planHash(*again) != hash) {
        m_refusal = actions::preflight(plan, *again);
        return fail(ErrorCode::Conflict, "the case moved since the preview");
    }
    ActionRecord record;
    record.head.id = actions::actionIdOf(plan);
    record.head.kind = plan.kind;
    record.head.state = ActionState::Proposed;
    record.head.book = bookOf(plan.kind);
    record.head.rma = plan.rma;
    record.head.order = plan.order;
    for (const actions::PlanUnit& unit : plan.units)
        record.head.units.push_back(unit.unit);
    record.head.amount = plan.gross;
    record.head.sku = plan.sku;
    record.head.quantity = plan.quantity;
    record.head.from = plan.from;
    record.head.to = plan.to;
    record.head.createdAt = record.head.changedAt = m_services.clock->now();
    record.head.proposer = proposal.person;
    record.site = where->id;
    record.caseId = plan.caseId;
    record.finding = proposal.finding;
    record.naturalKey = plan.naturalKey;
    record.planJson = actions::planJson(*again);
    record.planHash = hash;
    record.shares = sharesOf(plan);
    record.reasonCode = proposal.reasonCode;
    record.reasonText = proposal.reasonText;
    const Result<actions::Requirement> need = requirementFor(record, *again, where->policy);
    if (!need)
        return fail(need.error());
    record.needsSecondPerson = need->needsSecondPerson;
    AuditEntry audit = auditOf(proposal.person, "action.filed", record,
                               {{"hash", hash}, {"amount", plan.gross.decimalText()}});
    return Filing(std::move(record), std::move(audit));
}

Result<ActionId> Runner::propose(const Plan& plan, const Proposal& proposal)
{
    const Result<std::vector<ActionId>> filed = proposeAll({plan}, proposal);
    if (!filed)
        return fail(filed.error());
    return filed->front();
}

Result<std::vector<ActionId>> Runner::proposeAll(const std::vector<Plan>& plans,
                                                 const Proposal& proposal)
{
    std::vector<Filing> filings;
    for (const Plan& plan : plans) {
        Result<Filing> filing = filingOf(plan, proposal);
        if (!filing)
            return fail(filing.error());
        filings.push_back(std::move(*filing));
    }
    const Result<void> filed = m_services.ledger->fileActions(filings);
    if (!filed)
        return fail(filed.error());
    std::vector<ActionId> ids;
    for (const Filing& filing : filings) {
        ids.push_back(filing.first.head.id);
        if (m_told)
            m_told(filing.first);
    }
    return ids;
}

Result<ActionState> Runner::approve(const ActionId& id, const PersonId& by,
                                    const std::string& reason)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    ActionRecord& record = loaded->record;
    const RunnerSite* where = site(record.site);
    const domain::Person* signer = where != nullptr ? person(*where, by) : nullptr;
    if (signer == nullptr)
        return refuse(Phrase("refuse.person-unknown"));
    const Result<actions::Requirement> need = requirementFor(record, *loaded->plan, where->policy);
    if (!need)
        return fail(need.error());
    std::vector<PersonId> inspectors;
    if (const Result<domain::CaseFacts> facts = factsOf(record.site, record.caseId)) {
        for (const domain::Inspection& row : facts->inspections) {
            if (std::find(record.head.units.begin(), record.head.units.end(), row.unit) !=
                record.head.units.end())
                inspectors.push_back(row.person);
        }
    }
    const Instant now = m_services.clock->now();
    actions::Decision decision = actions::decide(record, *loaded->plan, *need, *signer, reason,
                                                 where->policy, inspectors, now);
    if (decision.verdict == actions::Verdict::Refused)
        return refuse(std::move(decision.reason));
    decision.approval.isEnforced = decision.approval.isEnforced && where->isIdentityProved;
    record.approvals.push_back(decision.approval);
    if (decision.verdict == actions::Verdict::Approved)
        record.heldUntil = now + actions::kHold;
    const ActionState to = decision.verdict == actions::Verdict::Approved ? ActionState::Approved
                                                                          : ActionState::Proposed;
    const Result<void> moved =
        move(record, to, Phrase(), by, decision.approval.isEnforced ? "enforced=1" : "enforced=0");
    if (!moved)
        return fail(moved.error());
    return to;
}

Result<void> Runner::reject(const ActionId& id, const PersonId& by, const std::string& reason)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    if (loaded->record.head.state != ActionState::Proposed)
        return refuse(Phrase("refuse.not-proposed"));
    return move(loaded->record, ActionState::Rejected,
                Phrase("action.rejected").with("why", reason), by);
}

Result<void> Runner::cancel(const ActionId& id, const PersonId& by)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    const ActionState state = loaded->record.head.state;
    if (state != ActionState::Proposed && state != ActionState::Approved)
        return refuse(Phrase("refuse.too-late"));
    return move(loaded->record, ActionState::Cancelled, Phrase(), by);
}

Result<void> Runner::decideStuck(const ActionId& id, const PersonId& by, bool tookEffect,
                                 const std::string& reason)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    if (loaded->record.head.state != ActionState::Stuck)
        return refuse(Phrase("refuse.not-stuck"));
    if (reason.empty())
        return refuse(Phrase("refuse.reason-needed"));
    loaded->record.proveBy =
        m_services.clock->now() + actions::proveWithin(loaded->record.head.kind);
    return move(loaded->record, tookEffect ? ActionState::Confirmed : ActionState::Stale,
                Phrase("action.decided").with("why", reason), by, reason);
}

Result<void> Runner::move(ActionRecord& record, ActionState to, Phrase problem, const PersonId& by,
                          const std::string& note)
{
    const ActionState from = record.head.state;
    CF_CHECK(actions::isLegalMove(from, to));
    ActionRecord changed = record;
    changed.head.state = to;
    changed.head.changedAt = m_services.clock->now();
    changed.problem = std::move(problem);
    Json detail = {{"from", std::string(domain::actionStateWord(from))},
                   {"to", std::string(domain::actionStateWord(to))},
                   {"hash", changed.planHash}};
    if (!changed.problem.code.empty())
        detail["why"] = changed.problem.code;
    if (!note.empty())
        detail["note"] = note;
    const Result<void> moved =
        m_services.ledger->moveAction(changed, from, auditOf(by, "action.moved", changed, detail));
    if (!moved)
        return moved;
    record = std::move(changed);
    if (m_told)
        m_told(record);
    return {};
}

Result<void> Runner::saveAttempt(const ActionRecord& record, const Attempt& attempt,
                                 const std::string& what)
{
    return m_services.ledger->saveAttempt(record.head.id, attempt,
                                          auditOf(PersonId("engine"), what, record,
                                                  {{"number", attempt.number},
                                                   {"request", attempt.requestHash},
                                                   {"outcome", attempt.outcome},
                                                   {"request_id", attempt.requestId}}));
}

Result<Phrase> Runner::capsRefusal(const RunnerSite& where, const Plan& plan) const
{
    const Instant now = m_services.clock->now();
    const std::string currency(where.currency.code());
    const auto hour =
        m_services.ledger->creditedSince(where.id, currency, now - std::chrono::hours(1));
    const auto day =
        m_services.ledger->creditedSince(where.id, currency, now - std::chrono::hours(24));
    if (!hour)
        return fail(hour.error());
    if (!day)
        return fail(day.error());
    return actions::refusalByCaps(plan, *hour, *day, where.policy);
}

} // namespace counterfoil::sync
