#include "core/decode/shopify.h"
#include "core/workspace/case_view.h"
#include "core/workspace/cell_pointers.h"
#include "core/workspace/desk_impl.h"
#include "core/workspace/health_view.h"
#include "core/workspace/lot_view.h"
#include "core/workspace/queue_builder.h"
#include "core/workspace/queue_view.h"
#include "core/workspace/sheet_view.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

// What a desk shows. Nothing here writes or sends.

namespace counterfoil::workspace {

namespace {

std::string documentTitle(const domain::DocumentRef& ref)
{
    return fmt::format("{} {} {}, version {}", platformName(ref.platform),
                       domain::documentKindWord(ref.kind), ref.externalId, ref.version);
}

/// The worst thing that the whole desk suffers from, in a sentence, and what to open for it.
void fillBanner(bool isReadOnly, const reconcile::TimeZone& zone, view::FrameView& frame)
{
    int failing = 0;
    const view::Freshness* worst = nullptr;
    for (const view::Freshness& feed : frame.feeds) {
        if (feed.health != view::FeedHealth::Failing)
            continue;
        ++failing;
        if (!worst || (feed.lastRead && worst->lastRead && *feed.lastRead < *worst->lastRead))
            worst = &feed;
    }
    if (frame.isStopAll) {
        frame.banner = "All writes are stopped. Nothing is sent until somebody lifts the stop.";
        frame.bannerAction = "Open Health";
    } else if (worst) {
        frame.banner =
            fmt::format("{} {}. {}", platformName(worst->platform), worst->detail,
                        worst->lastRead ? "Its values are as of " +
                                              localClock(*worst->lastRead, zone).substr(0, 5) + "."
                                        : "Nothing of it was read yet.");
        if (failing > 1)
            frame.banner += fmt::format(" {} more.", failing - 1);
        frame.bannerAction = "Open Health";
    } else if (isReadOnly) {
        frame.banner = "The local copy is open for reading only. Nothing can be changed or sent.";
    }
}

} // namespace

/// Notes on the findings of a case, oldest first.
std::vector<view::NoteView> Desk::Impl::notesOf(const std::vector<view::QueueRow>& rows) const
{
    std::vector<view::NoteView> out;
    std::set<std::pair<Instant, std::string>> seen; // one note on several findings is one note
    for (const view::QueueRow& row : rows) {
        const auto journal = store->journal(row.id);
        if (!journal)
            continue;
        for (const store::JournalEntry& entry : *journal) {
            const auto detail = entry.event == "note"
                                    ? nlohmann::json::parse(entry.detail, nullptr, false)
                                    : nlohmann::json();
            if (!detail.is_object() || !seen.emplace(entry.at, entry.detail).second)
                continue;
            out.push_back({sites.personName(entry.person.value), entry.at,
                           detail.value("text", std::string())});
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const view::NoteView& a, const view::NoteView& b) { return a.at < b.at; });
    return out;
}

/// Newest version of each document of a case, bodies left out.
std::vector<view::DocumentView> Desk::Impl::documentsOf(const std::string& site,
                                                        const CaseId& id) const
{
    std::map<std::pair<domain::DocumentKind, std::string>, view::DocumentView> newest;
    const auto versions = store->documentVersions(site, id);
    if (!versions)
        return {};
    for (const store::DocumentVersion& row : *versions) {
        view::DocumentView& kept = newest[{row.ref.kind, row.ref.externalId}];
        if (row.ref.version >= kept.ref.version) {
            kept.ref = row.ref;
            kept.title = documentTitle(row.ref);
        }
    }
    std::vector<view::DocumentView> out;
    for (auto& [key, document] : newest)
        out.push_back(std::move(document));
    return out;
}

/// Takes the names of locations from the newest set-up document of each shop.
void Desk::Impl::nameLocations()
{
    std::map<std::string, std::string> names;
    for (const SiteConfig& site : sites.sites()) {
        const auto found = store->document(site.site.id.value, domain::DocumentKind::ShopSetup,
                                           "setup", std::nullopt);
        if (!found || !*found)
            continue;
        const auto setup = decode::shopify::shopSetup((*found)->body);
        if (!setup)
            continue; // set aside by the reader already; numbers stand in for the names
        for (const decode::shopify::ShopLocation& location : setup->locations)
            names[location.id.value] = location.name;
    }
    if (!names.empty())
        sites.setLocationNames(std::move(names));
}

/// The table of the queue; counts and totals of everything in @p frame, unless only the first rows
/// are wanted.
Result<std::shared_ptr<const QueueTable>> Desk::Impl::tableOf(std::optional<std::size_t> first,
                                                              view::FrameView& frame) const
{
    QueueBuilder builder(sites, person, frame.at);
    const auto add = [&builder](store::StoredFinding& finding) { builder.add(finding); };
    const auto read = first ? store->visitFirst(*first, add) : store->visitLive(add);
    if (!read)
        return fail(read.error());
    frame.isCounting = first.has_value();
    view::FrameView left;
    return builder.finish(first ? left : frame, first.value_or(QueueTable::npos));
}

Result<std::vector<view::QueueRow>> Desk::queue(bool withClosed) const
{
    const auto stored = m_impl->store->findings(withClosed);
    if (!stored)
        return fail(stored.error());
    return queueRows(*stored, m_impl->sites, now());
}

Result<view::FrameView> Desk::frame() const
{
    return shown().map([](Shown both) { return std::move(both.frame); });
}

/// Counts that read as many rows as the store holds: not for the first rows of a start.
void Desk::countCases(view::FrameView& frame) const
{
    const auto open = m_impl->store->notJudged();
    if (open)
        fillNotJudged(*open, frame);
    for (const SiteConfig& site : m_impl->sites.sites()) {
        const auto received =
            m_impl->store->rmasInStates(site.site.id.value, {"Received", "Validated"});
        frame.quarantineReturns += received ? static_cast<int>(received->size()) : 0;
    }
}

Result<Desk::Shown> Desk::shown(std::optional<std::size_t> first) const
{
    Shown both;
    view::FrameView& out = both.frame;
    const SiteConfig& main = m_impl->sites.sites().front();
    out.siteName = main.site.name;
    out.siteCount = static_cast<int>(m_impl->sites.sites().size());
    out.at = now();
    out.seq = m_impl->store->changeSeq();
    const auto table = m_impl->tableOf(first, out);
    if (!table)
        return fail(table.error());
    both.table = *table;
    out.personName = m_impl->sites.personName(m_impl->person);
    out.personNote = personNote(main, m_impl->person);
    if (!first)
        countCases(out);
    for (const SiteConfig& site : m_impl->sites.sites()) {
        const auto marks = m_impl->store->watermarks(site.site.id.value);
        if (!marks)
            continue;
        auto feeds = freshness(*marks, site.site.policy, out.at);
        for (view::Freshness& feed : feeds) {
            const bool isAbsent = (feed.platform == Platform::SparkLayer && !site.sparklayer) ||
                                  (feed.platform == Platform::ReturnGo && !site.returngo);
            if (isAbsent)
                feed.health = view::FeedHealth::NotConnected; // will never be read
        }
        if (out.siteCount == 1)
            out.feeds = std::move(feeds);
        else
            keepWorse(std::move(feeds), site.site.name, out.feeds);
    }
    const auto calls =
        m_impl->store->callsSince(Platform::ReturnGo, out.at - std::chrono::hours(24));
    out.returngoCallsUsed = calls ? static_cast<int>(calls->size()) : 0;
    out.returngoCallsCap = static_cast<int>(m_impl->adaptersOf(main).returngo.dailyCap);
    const auto waiting = m_impl->store->actionsInStates(
        {domain::ActionState::Approved, domain::ActionState::Leased, domain::ActionState::Sending,
         domain::ActionState::Unknown});
    out.writesWaiting = waiting ? static_cast<int>(waiting->size()) : 0;
    const auto proposed = m_impl->store->actionsInStates({domain::ActionState::Proposed});
    out.approvalsWaiting = proposed ? static_cast<int>(proposed->size()) : 0;
    const auto doubtful = m_impl->store->actionsInStates(
        {domain::ActionState::Stuck, domain::ActionState::Drift, domain::ActionState::Unknown});
    out.healthProblems = doubtful ? static_cast<int>(doubtful->size()) : 0;
    for (const view::Freshness& feed : out.feeds)
        out.healthProblems += feed.health == view::FeedHealth::Failing ? 1 : 0;
    out.isStopAll = m_impl->store->isStopAll().value_or(false);
    out.isReadOnly = m_impl->options.isReadOnly;
    fillBanner(out.isReadOnly, m_impl->sites.zone(main.site.id.value), out);
    return both;
}

Result<CaseId> Desk::findCase(const std::string& site, const std::string& text,
                              std::string* siteFound) const
{
    std::string bare = text.starts_with("RMA") ? text.substr(3) : text;
    if (text.starts_with("gid://shopify/"))
        bare = text.substr(text.rfind('/') + 1);
    for (const SiteConfig& row : m_impl->sites.sites()) {
        if (!site.empty() && row.site.id.value != site)
            continue;
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
    const auto stored = m_impl->store->liveOfCase(site, id);
    if (!stored)
        return fail(stored.error());
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
    out.notes = m_impl->notesOf(out.findings);
    out.documents = m_impl->documentsOf(site, id);
    if (facts->kind != domain::CaseKind::Feed)
        m_impl->allow(*facts, out);
    if (const SiteConfig* config = m_impl->sites.site(site))
        fillPointers(out.comparison, m_impl->adaptersOf(*config),
                     [&](const domain::DocumentRef& ref) {
                         const auto found = document(site, ref);
                         return found ? found->body : std::string();
                     });
    return out;
}

/// What a person may press for this case now, and why not.
void Desk::Impl::allow(const domain::CaseFacts& facts, view::CaseView& out)
{
    const auto credit = creditOf(facts, false);
    out.credit = credit ? credit->propose : view::Allowed{false, phrases::sentence(credit.error())};
    const auto release = releaseOf(facts);
    out.release =
        release ? release->release : view::Allowed{false, phrases::sentence(release.error())};
    out.releaseLabel = release ? release->releaseLabel : "Release";
    out.creditLabel = "Issue account credit";
    const auto po = runner->previewSetPo(facts, "PO");
    const actions::Check* blocking = po ? po->firstBlocking() : nullptr;
    out.setPo = po && !blocking ? view::Allowed{true, {}}
                                : view::Allowed{false, blocking ? phrases::text(blocking->text)
                                                                : "Shopify's order was not read"};
    if (std::string why = leftToOthers(facts.site.value, "set-po"); !why.empty())
        out.setPo = {false, std::move(why)};
    out.inspect = {facts.rma.has_value(), facts.rma ? "" : "No RMA"};
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
    out.title = documentTitle(out.ref);
    out.body = (*found)->body;
    return out;
}

Result<view::QuarantineView> Desk::quarantine() const
{
    m_impl->nameLocations();
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

/// Records that would not decode, of one site, on the page of health.
constexpr std::size_t kSetAsideShown = 200;

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
    if (sync::SiteEngine* engine = m_impl->engineOf(first))
        fillIntervals(engine->intervals(), out);
    for (const SiteConfig& site : m_impl->sites.sites()) {
        const auto aside = m_impl->store->setAside(site.site.id.value, kSetAsideShown);
        if (!aside)
            return fail(aside.error());
        fillSetAside(*aside, m_impl->sites.zone(site.site.id.value), out);
    }
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

Result<view::CreditPreview> Desk::Impl::creditOf(const domain::CaseFacts& facts,
                                                 bool wholeForecast) const
{
    const auto plan = runner->previewCredit(facts);
    if (!plan)
        return fail(worded(plan.error()));
    const auto need = runner->requirement(*plan, PersonId(person));
    if (!need)
        return fail(worded(need.error()));
    view::CreditPreview out = creditPreview(*plan, *need, facts, sites, person, wholeForecast);
    if (std::string why = leftToOthers(facts.site.value, "credit"); !why.empty())
        out.propose = out.issue = {false, std::move(why)};
    return out;
}

std::string Desk::Impl::leftToOthers(const std::string& site, std::string_view action) const
{
    const SiteConfig* config = sites.site(site);
    if (!config)
        return {};
    for (const auto& [name, owner] : config->actionOwner) {
        if (name == action && owner != "console")
            return fmt::format("action_owner of the config leaves {} to the {}", action, owner);
    }
    return {};
}

Result<view::ReleasePreview> Desk::Impl::releaseOf(const domain::CaseFacts& facts,
                                                   std::string_view sku)
{
    nameLocations();
    auto plans = runner->previewRelease(facts);
    if (!plans)
        return fail(worded(plans.error()));
    keepSku(*plans, sku);
    std::vector<actions::Requirement> needs;
    for (const actions::Plan& plan : *plans) {
        const auto need = runner->requirement(plan, PersonId(person));
        if (!need)
            return fail(worded(need.error()));
        needs.push_back(*need);
    }
    view::ReleasePreview out = releasePreview(*plans, needs, facts, sites, person);
    if (std::string why = leftToOthers(facts.site.value, "release"); !why.empty())
        out.release = {false, std::move(why)};
    return out;
}

Result<view::CreditPreview> Desk::previewCredit(const std::string& site, const CaseId& id,
                                                bool wholeForecast) const
{
    const auto facts = m_impl->facts(site, id, now());
    if (!facts)
        return fail(facts.error());
    return m_impl->creditOf(*facts, wholeForecast);
}

Result<view::ReleasePreview> Desk::previewRelease(const std::string& site, const CaseId& id,
                                                  std::string_view sku) const
{
    const auto facts = m_impl->facts(site, id, now());
    if (!facts)
        return fail(facts.error());
    return m_impl->releaseOf(*facts, sku);
}

} // namespace counterfoil::workspace
