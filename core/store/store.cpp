#include "core/store/store.h"

#include "core/base/check.h"
#include "core/base/digest.h"
#include "core/store/case_loader.h"
#include "core/store/impl.h"
#include "core/store/migrations.h"
#include "core/store/page_writer.h"

#include <fmt/format.h>

#include <filesystem>
#include <random>

namespace counterfoil::store {

namespace {

constexpr std::string_view kScheme = "sqlite:";
/// Files up to this size are read through at start; bigger ones on demand (doctor).
constexpr std::uintmax_t kCheckedAtStartBytes = 32U << 20U;
constexpr std::size_t kErrorTextMax = 400;

std::string newEpoch()
{
    std::random_device device;
    return fmt::format("{:08x}{:08x}", device(), device());
}

Result<void> checkSmallFile(Connection& connection)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(connection.path(), error);
    if (error || size > kCheckedAtStartBytes)
        return {};
    return connection.checkIntegrity();
}

} // namespace

Store::Store(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Store::~Store() = default;

const SiteContext& Store::Impl::site(const std::string& id) const
{
    static const SiteContext kDefaults{decode::defaultAdapters(), {}, {}};
    const auto found = sites.find(id);
    return found == sites.end() ? kDefaults : found->second;
}

Result<void> Store::Impl::openFiles(bool readOnly)
{
    const std::filesystem::path base(folder);
    std::error_code error;
    if (!readOnly)
        std::filesystem::create_directories(base, error);
    if (!std::filesystem::is_directory(base, error)) {
        return fail(ErrorCode::Store,
                    fmt::format("The store's folder {} does not exist and cannot be made. Choose a "
                                "folder that this user may write to.",
                                folder));
    }
    // The ledger is made first, so facts alone are what a lost ledger leaves behind: an empty one
    // in its place would call itself unbroken and forget what was sent.
    if (std::filesystem::exists(base / "facts.db", error) &&
        !std::filesystem::exists(base / "ledger.db", error)) {
        return fail(ErrorCode::Store,
                    fmt::format("The ledger at {} is gone, and facts lie beside its place. Put it "
                                "back from the newest backup; to begin anew, take facts.db away "
                                "too.",
                                (base / "ledger.db").string()));
    }
    Connection::Options options;
    options.isReadOnly = readOnly;
    options.isFullySynced = true;
    options.what = "ledger";
    CF_LET(openedLedger, Connection::open((base / "ledger.db").string(), options));
    ledger = std::move(openedLedger);
    options.isFullySynced = false;
    options.what = "facts";
    CF_LET(openedFacts, Connection::open((base / "facts.db").string(), options));
    facts = std::move(openedFacts);
    if (readOnly) {
        CF_TRY(checkVersion(*ledger, ledgerMigrations()));
        return checkVersion(*facts, factsMigrations());
    }
    CF_TRY(checkSmallFile(*ledger));
    CF_TRY(checkSmallFile(*facts));
    CF_TRY(migrate(*ledger, ledgerMigrations(), folder));
    CF_TRY(migrate(*facts, factsMigrations(), ""));
    CF_LET(epoch, readMeta(*facts, "epoch"));
    if (!epoch)
        CF_TRY(writeMeta(*facts, "epoch", newEpoch()));
    return {};
}

Result<std::unique_ptr<Store>> Store::open(const std::string& url, OpenOptions options)
{
    if (!std::string_view(url).starts_with(kScheme)) {
        return fail(ErrorCode::Config,
                    fmt::format("store: \"{}\" is not a store of this program; expected "
                                "\"sqlite:/path/to/folder\"",
                                url));
    }
    auto impl = std::make_unique<Impl>();
    impl->folder = url.substr(kScheme.size());
    impl->isReadOnly = options.isReadOnly;
    impl->now = options.now ? std::move(options.now) : [] {
        return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
    };
    CF_TRY(impl->openFiles(options.isReadOnly));
    CF_TRY(impl->readEpoch());
    if (!options.isReadOnly) {
        impl->documents = std::make_unique<bulk::DocumentWriter>(*impl->facts);
        CF_TRY(impl->retractLost());
    }
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

void Store::configureSite(const std::string& site, SiteSettings settings)
{
    SiteContext context{decode::defaultAdapters(), std::move(settings.policy), settings.currency};
    // The config was checked when it was read; overrides that do not fit leave the defaults.
    if (auto adapters = decode::withOverrides(settings.adapterJson))
        context.adapters = std::move(*adapters);
    if (context.policy.returngoAppIds.empty())
        context.policy.returngoAppIds = context.adapters.shopify.returngoAppIds;
    if (context.policy.consoleAppIds.empty())
        context.policy.consoleAppIds = context.adapters.shopify.consoleAppIds;
    m_impl->sites.insert_or_assign(site, std::move(context));
    m_impl->decoded.clear();
}

Result<void> Store::Impl::addFeedCase(std::set<CaseKey>& dirty, const std::string& siteId,
                                      Platform platform)
{
    if (platform == Platform::None)
        return {};
    const std::string caseId = fmt::format("feed:{}", platformWord(platform));
    CF_TRY(registerCase(siteId, caseId));
    dirty.emplace(siteId, caseId);
    return {};
}

Result<void> Store::Impl::registerCase(const std::string& siteId, const std::string& caseId)
{
    CF_TRY(facts->run("insert or ignore into cases(site, case_id) values(?, ?)", {siteId, caseId}));
    return {};
}

Result<PageOutcome> Store::applyPage(const PageWrite& page, const Judge& judge)
{
    PageOutcome outcome;
    const auto transaction = Transaction::begin(*m_impl->facts);
    CF_TRY(transaction);
    const auto apply = [&]() -> Result<void> {
        PageWriter writer(*m_impl, page);
        CF_TRY(writer.write(outcome));
        // The due lists are found by the cases' keys as they are after judging, so the commit
        // comes first; a kill in between is harmless, since both lists follow from what is stored.
        CF_LET(count, m_impl->judgeAndCommit(writer.dirty(), page.observedAt, judge, false));
        outcome.casesJudged = count;
        return writer.findDue(outcome);
    };
    if (auto applied = apply(); !applied) {
        // Ids of rolled back versions are given out again.
        m_impl->decoded.clear();
        return fail(applied.error());
    }
    CF_LET(seq, m_impl->newestSeq());
    outcome.changeSeq = seq;
    return outcome;
}

Result<void> Store::applyFailure(const std::string& site, const std::string& loop,
                                 Platform platform, const Error& error, Instant at,
                                 const Judge& judge)
{
    const auto transaction = Transaction::begin(*m_impl->facts);
    CF_TRY(transaction);
    const std::string text =
        fmt::format("{}: {}", errorWord(error.code), error.detail).substr(0, kErrorTextMax);
    CF_TRY(m_impl->facts->run(
        "insert into watermark(site, loop, platform, failing_since, last_error, last_request_id) "
        "values(?, ?, ?, ?, ?, ?) on conflict(site, loop) do update set "
        "failing_since = coalesce(failing_since, excluded.failing_since), "
        "last_error = excluded.last_error, last_request_id = excluded.last_request_id",
        {site, loop, platformWord(platform), at, text, error.requestId}));
    std::set<CaseKey> dirty;
    CF_TRY(m_impl->addFeedCase(dirty, site, platform));
    CF_TRY(m_impl->judgeAndCommit(std::move(dirty), at, judge, false));
    return {};
}

Result<std::size_t> Store::judgeDue(Instant now, const Judge& judge)
{
    const auto transaction = Transaction::begin(*m_impl->facts);
    CF_TRY(transaction);
    std::set<CaseKey> dirty;
    CF_LET(rows, m_impl->facts->rows("select site, case_id from cases where "
                                     "(judge_again_at is not null and judge_again_at <= ?) or "
                                     "case_id like 'feed:%' or judged_at is null",
                                     {now}));
    for (const Row& row : rows)
        dirty.emplace(row.text(0), row.text(1));
    return m_impl->judgeAndCommit(std::move(dirty), now, judge, false);
}

Result<std::size_t> Store::judgeAll(Instant now, const Judge& judge)
{
    // In batches, so that neither the write lock nor memory is held for the whole store.
    constexpr std::size_t kBatch = 500;
    CF_LET(rows, m_impl->facts->rows("select site, case_id from cases order by site, case_id"));
    std::size_t judged = 0;
    for (std::size_t start = 0; start < rows.size() || start == 0; start += kBatch) {
        const auto transaction = Transaction::begin(*m_impl->facts);
        CF_TRY(transaction);
        std::set<CaseKey> dirty;
        for (std::size_t i = start; i < std::min(rows.size(), start + kBatch); ++i)
            dirty.emplace(rows[i].text(0), rows[i].text(1));
        CF_LET(count, m_impl->judgeAndCommit(std::move(dirty), now, judge, true));
        judged += count;
    }
    return judged;
}

Result<std::optional<domain::CaseFacts>> Store::loadCase(const std::string& site,
                                                         const CaseId& caseId, Instant now) const
{
    return CaseLoader(*m_impl, site, now).load(caseId.value);
}

} // namespace counterfoil::store
