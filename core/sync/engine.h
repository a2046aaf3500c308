#pragma once

#include "core/sync/ports.h"
#include "core/sync/site_engine.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// All sites of one program. Engine thread. The plan runner reads and sends through it.
class Engine : public Reader, public Sender {
public:
    Engine(FactSink& sink, Transport& transport, Clock& clock, Random& random);
    ~Engine() override;

    /// @pre no site of that id yet; not while started
    void addSite(SiteSetup setup);
    [[nodiscard]] SiteEngine* site(const std::string& id);
    [[nodiscard]] std::vector<std::string> siteIds() const;

    /// All loops of one site once to completion. Errors: Invalid for an unknown site.
    [[nodiscard]] Task<Result<SyncReport>> syncOnce(std::string site);
    /// Begins to poll every site. @pre not started
    void start();
    /// Drops every poller and aborts its requests. Never from inside one of them: post it.
    void stop();
    [[nodiscard]] bool isStarted() const { return m_polling != nullptr; }

    [[nodiscard]] Task<Result<void>> refreshFocus(std::string site, CaseId caseId);
    [[nodiscard]] Task<Result<void>> reread(std::string site, RereadScope scope) override;
    [[nodiscard]] Task<Result<HttpReply>> sendWrite(std::string site, Platform platform,
                                                    request::PreparedRequest write) override;

private:
    FactSink& m_sink;
    Transport& m_transport;
    Clock& m_clock;
    Random& m_random;
    std::map<std::string, std::unique_ptr<SiteEngine>> m_sites;
    std::unique_ptr<TaskGroup> m_polling; ///< dropped before the sites its tasks point into
};

} // namespace counterfoil::sync
