#include "core/workspace/case_view.h"
#include "core/workspace/desk_impl.h"
#include "core/workspace/health_view.h"
#include "core/workspace/queue_view.h"
#include "core/workspace/sheet_view.h"

#include <limits>

// What a desk shows. Nothing here writes or sends.

namespace counterfoil::workspace {

Result<std::vector<view::QueueRow>> Desk::queue(bool withClosed) const
{
    const auto stored = m_impl->store->findings(withClosed);
    if (!stored)
        return fail(stored.error());
    return queueRows(*stored, m_impl->sites, now());
}

Result<view::FrameView> Desk::frame() const
{
    const auto stored = m_impl->store->findings(false);
    if (!stored)
        return fail(stored.error());
    view::FrameView out;
    const SiteConfig& first = m_impl->sites.sites().front();
    out.siteName = first.site.name;
    out.siteCount = static_cast<int>(m_impl->sites.sites().size());
    out.at = now();
    out.seq = m_impl->store->changeSeq();
    countRows(queueRows(*stored, m_impl->sites, out.at), m_impl->person, out);
    out.totals = riskTotals(*stored, first.site.currency);
    out.personName = m_impl->sites.personName(m_impl->person);
    out.personNote = personNote(first, m_impl->person);
    const auto open = m_impl->store->notJudged();
    if (open)
        fillNotJudged(*open, out);
    const auto marks = m_impl->store->watermarks(first.site.id.value);
    if (marks)
        out.feeds = freshness(*marks, first.site.policy, out.at);
    const auto calls =
        m_impl->store->callsSince(Platform::ReturnGo, out.at - std::chrono::hours(24));
    out.returngoCallsUsed = calls ? static_cast<int>(calls->size()) : 0;
    out.returngoCallsCap = static_cast<int>(m_impl->adaptersOf(first).returngo.dailyCap);
    const auto waiting = m_impl->store->actionsInStates(
        {domain::ActionState::Approved, domain::ActionState::Leased, domain::ActionState::Sending,
         domain::ActionState::Unknown});
    out.writesWaiting = waiting ? static_cast<int>(waiting->size()) : 0;
    out.isStopAll = m_impl->store->isStopAll().value_or(false);
    return out;
}

Result<CaseId> Desk::findCase(const std::string& site, const std::string& text,
                              std::string* siteFound) const
{
    for (const SiteConfig& row : m_impl->sites.sites()) {
        if (!site.empty() && row.site.id.value != site)
            continue;
        const std::string bare = text.starts_with("RMA") ? text.substr(3) : text;
        const auto found = m_impl->store->findCase(row.site.id.value, bare);
        if (!found)
            return fail(found.error());
        if (*found) {
            *siteFound = row.site.id.value;
            return **found;
        }
    }
    return fail(ErrorCode::NotFound,
                fmt::format("no return or order '{}' in the local copy; run sync first", text),
                Platform::Console);
}

Result<view::CaseView> Desk::caseView(const std::string& site, const CaseId& id) const
{
    const auto facts = m_impl->facts(site, id, now());
    if (!facts)
        return fail(facts.error());
    const domain::Judgement judgement = m_impl->judge()(*facts);
    view::CaseView out = workspace::caseView(*facts, judgement, m_impl->sites);
    auto stored = m_impl->store->findings(false);
    if (!stored)
        return fail(stored.error());
    std::erase_if(*stored, [&](const store::StoredFinding& row) {
        return row.site != site || row.caseId != id;
    });
    out.findings = queueRows(*stored, m_impl->sites, out.at);
    if (!out.findings.empty()) {
        const view::QueueRow& worst = out.findings.front();
        out.title = worst.title;
        out.atRisk = worst.atRisk;
        out.severity = worst.severity;
        out.customerNote = worst.customerNote;
        out.ownerText = fmt::format(
            "{}{}", worst.assigneeName.empty() ? "Unassigned, " : worst.assigneeName + ", ",
            domain::ownerWord(worst.owner));
        out.ageText = "Open " + durationText(out.at - worst.firstSeen);
        if (worst.due)
            out.slaText = *worst.due < out.at ? shortDuration(out.at - *worst.due) + " past SLA"
                                              : shortDuration(*worst.due - out.at) + " left";
    } else {
        out.title = "Nothing to do";
    }
    if (facts->kind != domain::CaseKind::Feed) {
        const auto credit = previewCredit(site, id, false);
        out.credit =
            credit ? credit->propose : view::Allowed{false, phrases::sentence(credit.error())};
        const auto release = previewRelease(site, id);
        out.release =
            release ? release->release : view::Allowed{false, phrases::sentence(release.error())};
        out.releaseLabel = release ? release->releaseLabel : "Release";
        out.creditLabel = "Issue account credit";
        const auto po = m_impl->runner->previewSetPo(site, id, "PO");
        const actions::Check* blocking = po ? po->firstBlocking() : nullptr;
        out.setPo = po && !blocking
                        ? view::Allowed{true, {}}
                        : view::Allowed{false, blocking ? phrases::text(blocking->text)
                                                        : "Shopify's order was not read"};
        out.inspect = {facts->rma.has_value(), facts->rma ? "" : "No RMA"};
    }
    return out;
}

Result<std::vector<view::TraceView>> Desk::why(const std::string& site, const CaseId& id) const
{
    const auto facts = m_impl->facts(site, id, now());
    if (!facts)
        return fail(facts.error());
    return traceViews(m_impl->judge()(*facts));
}

Result<view::DocumentView> Desk::document(const std::string& site,
                                          const domain::DocumentRef& ref) const
{
    const auto found =
        m_impl->store->document(site, ref.kind, ref.externalId,
                                ref.version > 0 ? std::optional(ref.version) : std::nullopt);
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, "no such document", Platform::Console);
    view::DocumentView out;
    out.ref = (*found)->ref;
    out.title =
        fmt::format("{} {} {}, version {}", platformName(ref.platform),
                    domain::documentKindWord(ref.kind), ref.externalId, (*found)->ref.version);
    out.body = (*found)->body;
    return out;
}

Result<view::QuarantineView> Desk::quarantine() const
{
    view::QuarantineView out;
    int units = 0;
    for (const SiteConfig& site : m_impl->sites.sites()) {
        const auto rmas =
            m_impl->store->rmasInStates(site.site.id.value, {"Received", "Validated"});
        if (!rmas)
            return fail(rmas.error());
        for (const RmaId& rma : *rmas) {
            const auto facts = m_impl->facts(site.site.id.value, CaseId("rma:" + rma.value), now());
            if (!facts)
                continue; // no longer there: the next reading takes it off
            for (view::LotView& lot : lotsOf(*facts, m_impl->sites)) {
                units += lot.units;
                out.lots.push_back(std::move(lot));
            }
        }
    }
    out.summary = fmt::format("{} lots, {} units", out.lots.size(), units);
    return out;
}

Result<view::HealthView> Desk::health() const
{
    view::HealthView out;
    const SiteConfig& first = m_impl->sites.sites().front();
    const auto marks = m_impl->store->watermarks(first.site.id.value);
    if (!marks)
        return fail(marks.error());
    const auto calls =
        m_impl->store->callsSince(Platform::ReturnGo, now() - std::chrono::hours(24));
    if (!calls)
        return fail(calls.error());
    fillHealth(*marks, *calls, first.site.policy, m_impl->sites.zone(first.site.id.value), now(),
               out);
    out.budgetCap = static_cast<int>(m_impl->adaptersOf(first).returngo.dailyCap);
    const auto changes = actions();
    if (changes)
        out.changes = *changes;
    const auto newest = m_impl->store->auditRows(std::numeric_limits<std::int64_t>::max(), 1);
    if (newest && !newest->empty()) {
        out.auditEntries = newest->front().seq;
        out.auditHead = newest->front().hash;
        out.auditLastEntry = newest->front().entry.what;
    }
    out.auditState = "Not verified";
    return out;
}

Result<std::vector<view::ActionView>> Desk::actions() const
{
    const auto records = m_impl->store->allActions(500);
    if (!records)
        return fail(records.error());
    std::vector<view::ActionView> out;
    for (const actions::ActionRecord& record : *records)
        out.push_back(actionView(record, m_impl->sites, m_impl->person, now()));
    return out;
}

Result<view::CreditPreview> Desk::previewCredit(const std::string& site, const CaseId& id,
                                                bool wholeForecast) const
{
    const auto plan = m_impl->runner->previewCredit(site, id);
    if (!plan)
        return fail(m_impl->worded(plan.error()));
    const auto need = m_impl->runner->requirement(*plan, PersonId(m_impl->person));
    const auto facts = m_impl->facts(site, id, now());
    if (!need || !facts)
        return fail(need ? facts.error() : m_impl->worded(need.error()));
    return creditPreview(*plan, *need, *facts, m_impl->sites, m_impl->person, wholeForecast);
}

Result<view::ReleasePreview> Desk::previewRelease(const std::string& site, const CaseId& id) const
{
    const auto plans = m_impl->runner->previewRelease(site, id);
    if (!plans)
        return fail(m_impl->worded(plans.error()));
    const auto facts = m_impl->facts(site, id, now());
    if (!facts)
        return fail(facts.error());
    std::vector<actions::Requirement> needs;
    for (const actions::Plan& plan : *plans) {
        const auto need = m_impl->runner->requirement(plan, PersonId(m_impl->person));
        if (!need)
            return fail(m_impl->worded(need.error()));
        needs.push_back(*need);
    }
    return releasePreview(*plans, needs, *facts, m_impl->sites, m_impl->person);
}

} // namespace counterfoil::workspace
