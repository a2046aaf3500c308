#pragma once

#include "core/base/seams.h"
#include "tests/support/virtual_clock.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::testing {

[[nodiscard]] inline HttpReply reply(int status, std::string body)
{
    HttpReply made;
    made.status = status;
    made.body = std::move(body);
    return made;
}

/// A network in which a function answers: 5 ms later, on the virtual clock. Counts what is in
/// flight at once and what was asked.
class ScriptedTransport : public Transport {
public:
    using Script = std::function<Result<HttpReply>(const HttpRequest&)>;
    ScriptedTransport(Scheduler& scheduler, Script script)
        : m_scheduler(scheduler), m_script(std::move(script))
    {
    }
    [[nodiscard]] Task<Result<HttpReply>> send(HttpRequest request) override
    {
        const InFlight counted(*this);
        m_asked.push_back(request);
        m_times.push_back(m_scheduler.now());
        Leaf<bool> arrived;
        m_scheduler.after(Millis(5), [done = arrived.resolver()] { done(true); });
        co_await arrived;
        co_return m_script(request);
    }
    void setScript(Script script) { m_script = std::move(script); }
    [[nodiscard]] const std::vector<HttpRequest>& asked() const { return m_asked; }
    [[nodiscard]] const std::vector<Instant>& times() const { return m_times; }
    [[nodiscard]] int inFlightMax() const { return m_inFlightMax; }
    [[nodiscard]] int inFlight() const { return m_inFlight; }
    [[nodiscard]] std::size_t countOf(const std::string& part) const
    {
        return static_cast<std::size_t>(
            std::count_if(m_asked.begin(), m_asked.end(), [&](const HttpRequest& request) {
                return request.url.find(part) != std::string::npos ||
                       request.label.find(part) != std::string::npos ||
                       request.body.find(part) != std::string::npos;
            }));
    }

private:
    struct InFlight {
        explicit InFlight(ScriptedTransport& transport) : owner(transport)
        {
            owner.m_inFlightMax = std::max(owner.m_inFlightMax, ++owner.m_inFlight);
        }
        InFlight(const InFlight&) = delete;
        InFlight& operator=(const InFlight&) = delete;
        ~InFlight() { --owner.m_inFlight; }
        ScriptedTransport& owner;
    };

    Scheduler& m_scheduler;
    Script m_script;
    std::vector<HttpRequest> m_asked;
    std::vector<Instant> m_times;
    int m_inFlight = 0, m_inFlightMax = 0;
};

} // namespace counterfoil::testing
