#include "core/sync/engine.h"

#include "core/base/check.h"

namespace counterfoil::sync {

namespace {

tl::unexpected<Error> unknownSite(const std::string& id)
{
    return fail(ErrorCode::Invalid, "no site \"" + id + "\"");
}

} // namespace

Engine::Engine(FactSink& sink, Transport& transport, Clock& clock, Random& random)
    : m_sink(sink), m_transport(transport), m_clock(clock), m_random(random)
{
}

Engine::~Engine()
{
    stop();
}

void Engine::addSite(SiteSetup setup)
{
    CF_CHECK(!isStarted());
    const std::string id = setup.site;
    const bool isNew =
        m_sites
            .emplace(id, std::make_unique<SiteEngine>(std::move(setup), m_sink, m_transport,
                                                      m_clock, m_random))
            .second;
    CF_CHECK(isNew);
}

SiteEngine* Engine::site(const std::string& id)
{
    const auto found = m_sites.find(id);
    return found == m_sites.end() ? nullptr : found->second.get();
}

std::vector<std::string> Engine::siteIds() const
{
    std::vector<std::string> ids;
    for (const auto& [id, engine] : m_sites)
        ids.push_back(id);
    return ids;
}

Task<Result<SyncReport>> Engine::syncOnce(std::string siteId)
{
    SiteEngine* const found = site(siteId);
    if (!found)
        co_return unknownSite(siteId);
    SyncReport report = co_await found->syncOnce();
    co_return report;
}

void Engine::start()
{
    CF_CHECK(!isStarted());
    m_polling = std::make_unique<TaskGroup>();
    for (const auto& [id, engine] : m_sites)
        m_polling->spawn(engine->run());
}

void Engine::stop()
{
    m_polling.reset();
}

Task<Result<void>> Engine::refreshFocus(std::string siteId, CaseId caseId)
{
    SiteEngine* const found = site(siteId);
    if (!found)
        co_return unknownSite(siteId);
    co_return co_await found->refreshFocus(std::move(caseId));
}

Task<Result<void>> Engine::reread(std::string siteId, RereadScope scope)
{
    SiteEngine* const found = site(siteId);
    if (!found)
        co_return unknownSite(siteId);
    co_return co_await found->reread(std::move(scope));
}

Task<Result<HttpReply>> Engine::sendWrite(std::string siteId, Platform platform,
                                          request::PreparedRequest write)
{
    SiteEngine* const found = site(siteId);
    if (!found)
        co_return unknownSite(siteId);
    co_return co_await found->sendWrite(platform, std::move(write));
}

} // namespace counterfoil::sync
