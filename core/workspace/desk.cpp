#include "core/workspace/desk.h"

#include "core/base/check.h"
#include "core/decode/shopify.h"
#include "core/workspace/desk_impl.h"
#include "core/workspace/sheet_view.h"

#include <QDir>
#include <QString>

#include <algorithm>
#include <array>

namespace counterfoil::workspace {

namespace {

std::string folderOf(const std::string& storeUrl)
{
    return storeUrl.substr(std::string_view("sqlite:").size());
}

/// Writes whose button stays locked until a proof run of the site is stored.
constexpr std::array<const char*, 3> kProvenWrites{"credit-metafield", "release", "set-po"};

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

/// What the set-up of the shop says beside the config.
void addShopChecks(const std::string& body, const SiteConfig& site,
                   std::vector<view::DoctorCheck>& out)
{
    const auto setup = decode::shopify::shopSetup(body);
    if (!setup) {
        out.push_back({"setup", "The shop's set-up cannot be read",
                       phrases::sentence(setup.error()), view::CheckState::Attention});
        return;
    }
    const auto add = [&out](const char* id, bool isGood, std::string text, std::string detail) {
        out.push_back({id, std::move(text), isGood ? std::string() : std::move(detail),
                       isGood ? view::CheckState::Passed : view::CheckState::Attention});
    };
    const bool isSameCurrency = setup->currency == site.site.currency;
    add("currency", isSameCurrency,
        fmt::format("{} trades in {}", setup->shopName, setup->currency.code()),
        fmt::format("written here is {}", site.site.currency.code()));
    add("locations", !setup->locations.empty(),
        fmt::format("{} locations can be seen", setup->locations.size()),
        "the key may lack read_locations");
}

} // namespace

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
    co_await proveMissing();
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
    co_await proveMissing();
    co_return all;
}

Result<ActionId> Desk::proposeCredit(const std::string& site, const CaseId& id,
                                     const std::string& expectedHash, const std::string& reasonCode,
                                     const std::string& reasonText)
{
    if (std::string why = m_impl->leftToOthers(site, "credit"); !why.empty())
        return fail(ErrorCode::Forbidden, std::move(why), Platform::Console);
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
                                                   const std::string& reasonText,
                                                   std::string_view sku)
{
    if (std::string why = m_impl->leftToOthers(site, "release"); !why.empty())
        return fail(ErrorCode::Forbidden, std::move(why), Platform::Console);
    auto plans = m_impl->runner->previewRelease(site, id);
    if (!plans)
        return fail(m_impl->worded(plans.error()));
    keepSku(*plans, sku);
    // One that is blocked holds up no other; when all are, the refusal says why.
    const auto isSendable = [](const actions::Plan& plan) { return plan.isSendable(); };
    if (std::any_of(plans->begin(), plans->end(), isSendable))
        std::erase_if(*plans, [&](const actions::Plan& plan) { return !isSendable(plan); });
    if (plans->empty())
        return fail(ErrorCode::NotFound, "no inspected unit is waiting in quarantine",
                    Platform::Console);
    std::string hashes;
    for (const actions::Plan& plan : *plans)
        hashes += (hashes.empty() ? "" : ",") + actions::planHash(plan);
    if (hashes != expectedHash)
        return fail(ErrorCode::Conflict, "the plan is not the one that was shown",
                    Platform::Console);
    sync::Proposal proposal;
    proposal.person = PersonId(m_impl->person);
    proposal.reasonText = reasonText;
    auto filed = m_impl->runner->proposeAll(*plans, proposal);
    return filed ? filed : fail(m_impl->worded(filed.error()));
}

Result<ActionId> Desk::proposePo(const std::string& site, const CaseId& id, const std::string& po)
{
    if (std::string why = m_impl->leftToOthers(site, "set-po"); !why.empty())
        return fail(ErrorCode::Forbidden, std::move(why), Platform::Console);
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

Task<void> Desk::proveMissing()
{
    // What may have left comes first: a proof run writes to the same platforms.
    const auto doubtful = m_impl->store->actionsInStates(
        {domain::ActionState::Leased, domain::ActionState::Sending, domain::ActionState::Unknown});
    if (!doubtful || !doubtful->empty())
        co_return;
    for (const SiteConfig& site : m_impl->sites.sites()) {
        if (!site.proof || !site.proof->isAtStart)
            continue;
        for (const char* name : kProvenWrites) {
            const std::string id = site.site.id.value;
            const std::string write = name;
            const Result<std::optional<store::ProofRecord>> known = m_impl->store->proof(id, write);
            if (!known || *known)
                continue; // tried once is enough: what failed is for a person to run again
            const Result<store::ProofRecord> outcome = co_await prove(id, write);
            static_cast<void>(outcome); // good or not, it is stored and shown by doctor and health
        }
    }
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
        for (const char* write : kProvenWrites) {
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

Task<std::vector<view::DoctorCheck>> Desk::probe(Platform platform)
{
    std::vector<view::DoctorCheck> out;
    const std::string name(platformName(platform));
    const Result<void> connected = connect();
    if (!connected) {
        out.push_back({"secrets", "The secret cannot be fetched",
                       phrases::sentence(connected.error()), view::CheckState::Blocking});
        co_return out;
    }
    out.push_back({"secrets", "The secret is there", {}, view::CheckState::Passed});
    sync::SiteEngine* engine = m_impl->engineOf(m_impl->sites.sites().front());
    CF_CHECK(engine != nullptr);
    const Result<domain::DocumentPage> answer = co_await engine->probe(platform);
    if (!answer) {
        out.push_back({"answers", name + " cannot be read", phrases::sentence(answer.error()),
                       view::CheckState::Blocking});
        co_return out;
    }
    out.push_back({"answers", name + " answers and takes the key", {}, view::CheckState::Passed});
    if (platform == Platform::Shopify && !answer->documents.empty())
        addShopChecks(answer->documents.front().body, m_impl->sites.sites().front(), out);
    if (platform == Platform::ReturnGo)
        out.push_back({"returns",
                       fmt::format("{} returns changed in the last 7 days on the first page",
                                   answer->documents.size()),
                       {},
                       view::CheckState::Passed});
    co_return out;
}

void Desk::setFocus(const std::string& site, const CaseId& id)
{
    if (m_impl->engine && m_impl->lock)
        m_impl->focus.spawn(m_impl->readFocus(site, id));
}

} // namespace counterfoil::workspace
