#pragma once

#include "app/sandbox/http/faults.h"
#include "app/sandbox/http/handler.h"
#include "app/sandbox/server/story.h"
#include "app/sandbox/world/generator.h"

#include <chrono>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace counterfoil::sandbox {

/// Requests of the last 24 real hours, counted by endpoint, operation and status (0: dropped).
class RequestLog {
public:
    void note(const std::string& endpoint, const std::string& operation, int status);
    [[nodiscard]] std::string text();

private:
    struct Row {
        std::chrono::steady_clock::time_point at;
        std::string endpoint;
        std::string operation;
        int status = 0;
    };
    std::deque<Row> m_rows;
};

/// What the control port works on.
struct ControlParts {
    World& world;
    const std::vector<Planted>& planted;
    const std::string& proofOrder;
    Story& story;
    FaultTable& faults;
    RequestLog& log;
};

/// The control port: GET state, truth, log, faults, scenarios; POST faults, advance, step, arm.
class Control : public Handler {
public:
    explicit Control(ControlParts parts) : m_parts(parts) {}
    void handle(const HttpRequest& request, Reply reply) override;
    /// Plays what `arm` set for this operation, once, before the request executes.
    void beforeRequest(const std::string& endpoint, const std::string& operation);

private:
    struct Armed {
        std::string endpoint;
        std::string match;
        std::string step;
        std::string about;
        std::int64_t times = 1;
    };
    HttpResponse get(const HttpRequest& request);
    HttpResponse post(const HttpRequest& request);
    HttpResponse setFaults(const std::string& body);

    ControlParts m_parts;
    std::vector<Armed> m_armed;
};

/// `truthOf` as JSON: type, rma, order, amount, currency, risk_kind, owner, variant, scenario.
[[nodiscard]] std::string truthText(World& world);
/// Balances, receipts, order records, levels, refunds and RMAs as JSON.
[[nodiscard]] std::string stateText(World& world);

} // namespace counterfoil::sandbox
