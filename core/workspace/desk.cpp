#include "core/workspace/desk.h"

#include "core/base/text.h"
#include "core/decode/adapter.h"
#include "core/phrases/phrases.h"
#include "core/platform/http/key_store.h"
#include "core/platform/http/qt_clock.h"
#include "core/platform/http/qt_transport.h"
#include "core/rules/judge.h"
#include "core/sync/actions/runner.h"
#include "core/sync/actions/store_ledger.h"
#include "core/sync/engine.h"
#include "core/sync/fact_sink.h"
#include "core/workspace/case_view.h"
#include "core/workspace/health_view.h"
#include "core/workspace/queue_view.h"
#include "core/workspace/sheet_view.h"

#include <QDir>
#include <QLockFile>
#include <QString>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace counterfoil::workspace {

namespace {

std::string folderOf(const std::string& storeUrl)
{
    return storeUrl.substr(std::string_view("sqlite:").size());
}

std::string osUser()
{
    const QByteArray name = qgetenv("USER");
    return name.isEmpty() ? "operator" : name.toStdString();
}

bool isRest(domain::ActionState state)
{
    return state != domain::ActionState::Proposed && state != domain::ActionState::Approved &&
           state != domain::ActionState::Leased && state != domain::ActionState::Sending &&
           state != domain::ActionState::Unknown && state != domain::ActionState::Confirmed;
}

/// The ports of a desk that is not connected: plans can be made and filed, nothing can be read
/// again or sent.
class Offline final : public sync::Reader, public sync::Sender {
public:
    Task<Result<void>> reread(std::string, sync::RereadScope) override
    {
        co_return fail(ErrorCode::Network, "this desk is not connected to the platforms",
                       Platform::Console);
    }
    Task<Result<HttpReply>> sendWrite(std::string, Platform, request::PreparedRequest) override
    {
        // Forbidden, not Network: nothing left, so nothing is in doubt.
        co_return fail(ErrorCode::Forbidden, "this desk is not connected to the platforms",
                       Platform::Console);
    }
};

} // namespace

struct Desk::Impl {
    Impl(const WorkspaceConfig& config, DeskOptions deskOptions)
        : sites(config), options(std::move(deskOptions))
    {
    }

    SiteContext sites;
    DeskOptions options;
    std::string person;
    http::QtClock clock;
    http::SystemRandom random;
    Offline offline;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<http::QtTransport> transport;
    std::unique_ptr<sync::StoreSink> sink;
    std::unique_ptr<sync::Engine> engine;
    std::unique_ptr<sync::StoreLedger> ledger;
    std::unique_ptr<sync::Runner> runner;
    TaskGroup focus; ///< dropped before what its tasks point into

    /// A focus read that fails shows as a late column: the poller's own failure tells of it.
    [[nodiscard]] Task<void> readFocus(std::string site, CaseId id)
    {
        const Result<void> done = co_await engine->refreshFocus(std::move(site), std::move(id));
        static_cast<void>(done);
    }

    [[nodiscard]] store::Judge judge() const
    {
        const SiteContext* context = &sites;
        return [context](const domain::CaseFacts& facts) {
            const SiteConfig* site = context->site(facts.site.value);
            return site ? rules::judge(facts, site->site.policy, &context->zones())
                        : domain::Judgement{};
        };
    }

    [[nodiscard]] decode::Adapters adaptersOf(const SiteConfig& site) const
    {
        return decode::withOverrides(site.adapterOverrides).value_or(decode::defaultAdapters());
    }

    /// People of the config; without any, the one who sits here with every role, so that a single
    /// seat can work.
    [[nodiscard]] std::vector<domain::Person> peopleOf(const SiteConfig& site) const
    {
        std::vector<domain::Person> people = site.site.people;
        if (people.empty()) {
            domain::Person me;
            me.id = PersonId(person);
            me.name = person;
            me.roles = {domain::Role::CxAgent,
                        domain::Role::FinanceClerk,
                        domain::Role::FinanceApprover,
                        domain::Role::FinanceLead,
                        domain::Role::WarehouseOperative,
                        domain::Role::WarehouseLead,
                        domain::Role::IntegrationAdmin};
            people.push_back(std::move(me));
        }
        return people;
    }

    void makeRunner()
    {
        std::map<std::string, sync::StoreLedger::SiteWords> words;
        std::vector<sync::RunnerSite> rows;
        for (const SiteConfig& site : sites.sites()) {
            const decode::Adapters adapters = adaptersOf(site);
            words[site.site.id.value] = {adapters.shopify, site.site.currency};
            sync::RunnerSite row;
            row.id = site.site.id.value;
            row.currency = site.site.currency;
            row.policy = site.site.policy;
            row.people = peopleOf(site);
            row.context.apiVersion = site.shopify.apiVersion;
            row.context.balanceKey = adapters.shopify.balanceKey;
            row.context.releaseReason = adapters.shopify.releaseReason;
            if (site.proof) {
                row.proof.customer = CustomerId(std::string(gidNumber(site.proof->customer)));
                row.proof.order = OrderId(std::string(gidNumber(site.proof->order)));
                row.proof.item = InventoryItemId(site.proof->item);
                row.proof.from = LocationId(site.proof->from);
                row.proof.to = LocationId(site.proof->to);
            }
            rows.push_back(std::move(row));
        }
        ledger = std::make_unique<sync::StoreLedger>(*store, std::move(words));
        sync::Runner::Services services;
        services.clock = &clock;
        services.reader = engine ? static_cast<sync::Reader*>(engine.get()) : &offline;
        services.sender = engine ? static_cast<sync::Sender*>(engine.get()) : &offline;
        services.ledger = ledger.get();
        runner = std::make_unique<sync::Runner>(services, std::move(rows));
    }

    [[nodiscard]] Result<Secret> secret(const http::SecretRef& reference)
    {
        http::DesktopKeyStore keys;
        return http::resolveSecret(reference, keys);
    }

    [[nodiscard]] Result<sync::SiteSetup> setupOf(const SiteConfig& site)
    {
        const decode::Adapters adapters = adaptersOf(site);
        sync::SiteSetup out;
        out.site = site.site.id.value;
        out.currency = site.site.currency;
        out.shopify.baseUrl = site.shopify.url;
        out.shopify.adapter = adapters.shopify;
        out.shopify.adapter.apiVersion = site.shopify.apiVersion;
        const auto key =
            secret(site.shopify.token ? *site.shopify.token : *site.shopify.clientSecret);
        if (!key)
            return fail(key.error());
        if (site.shopify.token) {
            out.shopify.credentials.token = *key;
        } else {
            const auto id = secret(*site.shopify.clientId);
            if (!id)
                return fail(id.error());
            out.shopify.credentials.clientId = id->reveal();
            out.shopify.credentials.clientSecret = *key;
        }
        if (site.sparklayer) {
            const auto spark = secret(site.sparklayer->clientSecret);
            if (!spark)
                return fail(spark.error());
            out.sparklayer.emplace();
            out.sparklayer->baseUrl = site.sparklayer->url;
            out.sparklayer->siteId = site.sparklayer->siteId;
            out.sparklayer->clientId = site.sparklayer->clientId;
            out.sparklayer->clientSecret = *spark;
            out.sparklayer->adapter = adapters.sparklayer;
        }
        if (site.returngo) {
            const auto returngo = secret(site.returngo->apiKey);
            if (!returngo)
                return fail(returngo.error());
            out.returngo.emplace();
            out.returngo->baseUrl = site.returngo->url;
            out.returngo->shopName = site.returngo->shopName;
            out.returngo->apiKey = *returngo;
            out.returngo->adapter = adapters.returngo;
        }
        for (const auto& [gid, kind] : site.site.policy.locations) {
            if (kind == domain::LocationKind::Quarantine)
                out.quarantineLocations.emplace_back(gid);
            else
                out.otherLocations.emplace_back(gid);
        }
        return out;
    }

    [[nodiscard]] Result<domain::CaseFacts> facts(const std::string& site, const CaseId& id,
                                                  Instant now) const
    {
        auto found = store->loadCase(site, id, now);
        if (!found)
            return fail(found.error());
        if (!*found)
            return fail(ErrorCode::NotFound, fmt::format("no case {} at site {}", id.value, site),
                        Platform::Console);
        return **std::move(found);
    }

    /// A refusal of the runner with its words.
    [[nodiscard]] Error worded(const Error& error) const
    {
        Error out = error;
        if (error.code == ErrorCode::Forbidden && !runner->lastRefusal().code.empty())
            out.detail = phrases::text(runner->lastRefusal());
        return out;
    }
};

Desk::Desk(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Desk::~Desk()
{
    if (m_impl->engine)
        m_impl->engine->stop();
}

Result<std::unique_ptr<Desk>> Desk::open(const WorkspaceConfig& config, DeskOptions options)
{
    auto impl = std::make_unique<Impl>(config, std::move(options));
    impl->person = !impl->options.person.empty() ? impl->options.person
                   : !config.person.empty()      ? config.person
                                                 : osUser();
    if (!QDir().mkpath(QString::fromStdString(folderOf(config.storeUrl))))
        return fail(ErrorCode::Store,
                    fmt::format("cannot make the folder {}", folderOf(config.storeUrl)));
    store::OpenOptions open;
    open.isReadOnly = impl->options.isReadOnly;
    const http::QtClock* clock = &impl->clock;
    open.now = [clock] { return clock->now(); };
    auto opened = store::Store::open(config.storeUrl, std::move(open));
    if (!opened)
        return fail(opened.error());
    impl->store = *std::move(opened);
    for (const SiteConfig& site : config.sites) {
        store::SiteSettings settings;
        settings.adapterJson = site.adapterOverrides;
        settings.policy = site.site.policy;
        settings.currency = site.site.currency;
        impl->store->configureSite(site.site.id.value, std::move(settings));
    }
    impl->makeRunner();
    return std::unique_ptr<Desk>(new Desk(std::move(impl)));
}

store::Store& Desk::store()
{
    return *m_impl->store;
}

const SiteContext& Desk::sites() const
{
    return m_impl->sites;
}

const std::string& Desk::person() const
{
    return m_impl->person;
}

void Desk::setPerson(const std::string& person)
{
    m_impl->person = person;
    // Where the config names nobody, the runner knows only who sat here when it was made.
    if (!m_impl->engine)
        m_impl->makeRunner();
}

Instant Desk::now() const
{
    return m_impl->clock.now();
}

Result<void> Desk::lockEngine()
{
    if (m_impl->lock)
        return {};
    const std::string path = folderOf(m_impl->sites.config().storeUrl) + "/engine.lock";
    auto lock = std::make_unique<QLockFile>(QString::fromStdString(path));
    lock->setStaleLockTime(0);
    if (!lock->tryLock(0)) {
        qint64 pid = 0;
        QString host;
        QString name;
        lock->getLockInfo(&pid, &host, &name);
        return fail(
            ErrorCode::Store,
            fmt::format(
                "{} (process {}) reads and sends at this store already; close it first, or wait",
                name.toStdString(), pid));
    }
    m_impl->lock = std::move(lock);
    return {};
}

bool Desk::holdsEngine() const
{
    return m_impl->lock != nullptr;
}

Result<void> Desk::connect()
{
    if (m_impl->engine)
        return {};
    std::vector<sync::SiteSetup> setups;
    for (const SiteConfig& site : m_impl->sites.sites()) {
        auto setup = m_impl->setupOf(site);
        if (!setup)
            return fail(setup.error());
        setups.push_back(*std::move(setup));
    }
    m_impl->transport = std::make_unique<http::QtTransport>(http::TransportOptions());
    m_impl->sink = std::make_unique<sync::StoreSink>(*m_impl->store, m_impl->judge());
    m_impl->engine = std::make_unique<sync::Engine>(*m_impl->sink, *m_impl->transport,
                                                    m_impl->clock, m_impl->random);
    for (sync::SiteSetup& setup : setups)
        m_impl->engine->addSite(std::move(setup));
    m_impl->makeRunner();
    return {};
}

Task<void> Desk::run()
{
    m_impl->engine->start();
    co_await m_impl->runner->run();
}

Task<Result<sync::SyncReport>> Desk::syncOnce()
{
    sync::SyncReport all;
    for (const std::string& site : m_impl->engine->siteIds()) {
        const Result<sync::SyncReport> report = co_await m_impl->engine->syncOnce(site);
        if (!report)
            co_return fail(report.error());
        all.loops.insert(all.loops.end(), report->loops.begin(), report->loops.end());
    }
    co_return all;
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

Result<ActionId> Desk::proposeCredit(const std::string& site, const CaseId& id,
                                     const std::string& expectedHash, const std::string& reasonCode,
                                     const std::string& reasonText)
{
    const auto plan = m_impl->runner->previewCredit(site, id);
    if (!plan)
        return fail(m_impl->worded(plan.error()));
    if (actions::planHash(*plan) != expectedHash)
        return fail(ErrorCode::Conflict, "the plan is not the one that was shown",
                    Platform::Console);
    sync::Proposal proposal;
    proposal.person = PersonId(m_impl->person);
    proposal.reasonCode = reasonCode;
    proposal.reasonText = reasonText;
    auto filed = m_impl->runner->propose(*plan, proposal);
    return filed ? filed : fail(m_impl->worded(filed.error()));
}

Result<std::vector<ActionId>> Desk::proposeRelease(const std::string& site, const CaseId& id,
                                                   const std::string& expectedHash,
                                                   const std::string& reasonText)
{
    const auto plans = m_impl->runner->previewRelease(site, id);
    if (!plans)
        return fail(m_impl->worded(plans.error()));
    std::string hashes;
    for (const actions::Plan& plan : *plans)
        hashes += (hashes.empty() ? "" : ",") + actions::planHash(plan);
    if (hashes != expectedHash)
        return fail(ErrorCode::Conflict, "the plan is not the one that was shown",
                    Platform::Console);
    std::vector<ActionId> out;
    for (const actions::Plan& plan : *plans) {
        sync::Proposal proposal;
        proposal.person = PersonId(m_impl->person);
        proposal.reasonText = reasonText;
        const auto filed = m_impl->runner->propose(plan, proposal);
        if (!filed)
            return fail(m_impl->worded(filed.error()));
        out.push_back(*filed);
    }
    return out;
}

Result<ActionId> Desk::proposePo(const std::string& site, const CaseId& id, const std::string& po)
{
    const auto plan = m_impl->runner->previewSetPo(site, id, po);
    if (!plan)
        return fail(m_impl->worded(plan.error()));
    sync::Proposal proposal;
    proposal.person = PersonId(m_impl->person);
    auto filed = m_impl->runner->propose(*plan, proposal);
    return filed ? filed : fail(m_impl->worded(filed.error()));
}

Result<bool> Desk::approve(const ActionId& id, const std::string& reason)
{
    const auto state = m_impl->runner->approve(id, PersonId(m_impl->person), reason);
    if (!state)
        return fail(m_impl->worded(state.error()));
    return *state == domain::ActionState::Approved;
}

Result<void> Desk::reject(const ActionId& id, const std::string& reason)
{
    const auto done = m_impl->runner->reject(id, PersonId(m_impl->person), reason);
    return done ? done : fail(m_impl->worded(done.error()));
}

Result<void> Desk::undo(const ActionId& id)
{
    const auto done = m_impl->runner->cancel(id, PersonId(m_impl->person));
    return done ? done : fail(m_impl->worded(done.error()));
}

Result<void> Desk::inspect(const std::string& site, std::vector<domain::Inspection> rows)
{
    const Instant at = now();
    for (domain::Inspection& row : rows) {
        row.person = PersonId(m_impl->person);
        row.at = at;
    }
    return m_impl->store->addInspections(site, rows, PersonId(m_impl->person), m_impl->judge(), at);
}

Result<void> Desk::claim(const std::string& site, const CaseId& id, const FindingId& finding,
                         const std::string& step, const std::string& reason)
{
    domain::Claim row;
    row.finding = finding;
    row.step = step;
    row.person = PersonId(m_impl->person);
    row.at = now();
    row.reason = reason;
    return m_impl->store->addClaim(site, id, row, m_impl->judge());
}

Result<void> Desk::peopleState(const std::vector<FindingId>& findings, const std::string& event,
                               const std::string& detailJson)
{
    for (const FindingId& finding : findings) {
        const auto done = m_impl->store->setPeopleState(finding, event, detailJson,
                                                        PersonId(m_impl->person), now());
        if (!done)
            return done;
    }
    return {};
}

Result<void> Desk::stopAll(bool isStopped, const std::string& reason)
{
    return m_impl->store->setStopAll(isStopped, PersonId(m_impl->person), reason);
}

Task<Result<view::ActionView>> Desk::runAction(ActionId id, Millis limit)
{
    const Instant until = now() + limit;
    while (true) {
        if (m_impl->lock && m_impl->engine) {
            const Result<domain::ActionState> state = co_await m_impl->runner->drive(id);
            if (!state)
                co_return fail(m_impl->worded(state.error()));
        }
        const Result<std::optional<actions::ActionRecord>> record = m_impl->store->action(id);
        if (!record)
            co_return fail(record.error());
        if (!*record)
            co_return fail(ErrorCode::NotFound, "no such action", Platform::Console);
        if (isRest((*record)->head.state) || now() >= until)
            co_return actionView(**record, m_impl->sites, m_impl->person, now());
        co_await m_impl->clock.sleep(std::chrono::seconds(1));
    }
}

Task<Result<void>> Desk::rereadCase(std::string site, CaseId id)
{
    const Result<domain::CaseFacts> facts = m_impl->facts(site, id, now());
    if (!facts)
        co_return fail(facts.error());
    sync::RereadScope scope;
    scope.caseId = id;
    if (facts->rma)
        scope.rma = facts->rma->id;
    if (facts->order) {
        scope.order = facts->order->id;
        scope.customer = facts->order->customer;
    }
    scope.callClass = "operator";
    const Result<void> done = co_await m_impl->engine->reread(site, scope);
    co_return done;
}

Task<Result<store::ProofRecord>> Desk::prove(std::string site, std::string write)
{
    const Result<store::ProofRecord> proof =
        co_await m_impl->runner->prove(site, write, PersonId(m_impl->person));
    co_return proof;
}

Task<Result<std::vector<view::DoctorCheck>>> Desk::doctor()
{
    std::vector<view::DoctorCheck> out;
    const auto add = [&out](const char* id, const char* text, bool isGood, std::string detail) {
        out.push_back({id, text, std::move(detail),
                       isGood ? view::CheckState::Passed : view::CheckState::Blocking});
    };
    const Result<store::AuditVerdict> audit = m_impl->store->verifyAudit();
    add("audit", "The audit log is unbroken", audit && !audit->brokenAt,
        audit ? audit->what : phrases::sentence(audit.error()));
    add("zones", "Every time zone is known", m_impl->sites.missingZones().empty(),
        fmt::format("{}", fmt::join(m_impl->sites.missingZones(), ", ")));
    const Result<void> connected = connect();
    add("secrets", "Every secret can be fetched", connected.has_value(),
        connected ? std::string() : phrases::sentence(connected.error()));
    if (!connected)
        co_return out;
    // Reading writes the store, and one process at a time does that.
    const Result<void> locked = lockEngine();
    if (!locked) {
        out.push_back({"engine", "The platforms are read by another process",
                       phrases::sentence(locked.error()), view::CheckState::Attention});
        co_return out;
    }
    for (const std::string& site : m_impl->engine->siteIds()) {
        const Result<sync::SyncReport> report = co_await m_impl->engine->syncOnce(site);
        if (!report) {
            add("sync", "The site can be read", false, phrases::sentence(report.error()));
            continue;
        }
        for (const sync::LoopReport& loop : report->loops)
            add(loop.loop.c_str(), loop.loop.c_str(), !loop.error,
                loop.error ? phrases::sentence(*loop.error) : std::string());
        for (const char* write : {"credit-metafield", "release", "set-po"}) {
            const Result<std::optional<store::ProofRecord>> proof =
                m_impl->store->proof(site, write);
            const bool isProved = proof && *proof && (*proof)->isGood;
            out.push_back({write, fmt::format("{} is proved at {}", write, site),
                           isProved ? "" : "its button stays locked until counterfoilctl prove",
                           isProved ? view::CheckState::Passed : view::CheckState::Attention});
        }
    }
    co_return out;
}

void Desk::setFocus(const std::string& site, const CaseId& id)
{
    if (m_impl->engine && m_impl->lock)
        m_impl->focus.spawn(m_impl->readFocus(site, id));
}

} // namespace counterfoil::workspace
