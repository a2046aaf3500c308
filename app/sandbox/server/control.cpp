#include "app/sandbox/server/control.h"

#include "app/sandbox/world/scenarios/scenario.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

using Json = nlohmann::json;

HttpResponse say(int status, const Json& body)
{
    HttpResponse out;
    out.status = status;
    out.body = body.dump();
    return out;
}

HttpResponse wrong(const std::string& why)
{
    return say(400, Json{{"error", why}});
}

} // namespace

void RequestLog::note(const std::string& endpoint, const std::string& operation, int status)
{
    const auto now = std::chrono::steady_clock::now();
    while (!m_rows.empty() && now - m_rows.front().at > std::chrono::hours(24))
        m_rows.pop_front();
    m_rows.push_back({now, endpoint, operation, status});
}

std::string RequestLog::text()
{
    Json out = Json::object();
    for (const Row& row : m_rows) {
        Json& counts = out[row.endpoint][row.operation];
        if (counts.is_null())
            counts = Json::object();
        const std::string status = std::to_string(row.status);
        counts[status] = counts.value(status, 0) + 1;
        counts["total"] = counts.value("total", 0) + 1;
    }
    return Json{{"requests", out}, {"total", m_rows.size()}}.dump();
}

void Control::handle(const HttpRequest& request, Reply reply)
{
    HttpResponse answer;
    try {
        answer = request.method == "GET"    ? get(request)
                 : request.method == "POST" ? post(request)
                                            : say(405, Json{{"error", "GET or POST"}});
    } catch (const Json::exception& broken) {
        answer = wrong(broken.what());
    }
    reply(std::move(answer));
}

void Control::beforeRequest(const std::string& endpoint, const std::string& operation)
{
    for (auto it = m_armed.begin(); it != m_armed.end(); ++it) {
        if ((!it->endpoint.empty() && it->endpoint != endpoint) ||
            operation.find(it->match) == std::string::npos)
            continue;
        const Armed armed = *it;
        if (--it->times == 0)
            m_armed.erase(it);
        m_parts.story.play(armed.step, armed.about);
        return;
    }
}

HttpResponse Control::get(const HttpRequest& request)
{
    HttpResponse out;
    if (request.path == "/truth") {
        out.body = truthText(m_parts.world);
    } else if (request.path == "/state") {
        out.body = stateText(m_parts.world);
    } else if (request.path == "/log") {
        out.body = m_parts.log.text();
    } else if (request.path == "/steps") {
        out.body = Json(Story::steps()).dump();
    } else if (request.path == "/scenarios") {
        Json rows = Json::array();
        for (const Planted& p : m_parts.planted)
            rows.push_back({{"scenario", std::string(p.scenario)},
                            {"type", std::string(p.type)},
                            {"rma", std::to_string(p.rma)}});
        out.body = rows.dump();
    } else if (request.path == "/faults") {
        Json rows = Json::array();
        for (const Fault& f : m_parts.faults.all())
            rows.push_back({{"endpoint", f.endpoint},
                            {"match", f.match},
                            {"kind", f.kind},
                            {"times", f.times},
                            {"rate", f.rate}});
        out.body = rows.dump();
    } else {
        return say(404, Json{{"error", "state, truth, log, faults, steps or scenarios"}});
    }
    return out;
}

HttpResponse Control::setFaults(const std::string& body)
{
    const Json json = Json::parse(body);
    if (json.is_object() && json.contains("level"))
        return m_parts.faults.setLevel(json["level"]) ? say(200, Json::object())
                                                      : wrong("level: none, light or heavy");
    if (json.is_object() && json.value("clear", false)) {
        m_parts.faults.clear();
        return say(200, Json::object());
    }
    for (const Json& row : json.is_array() ? json : Json::array({json})) {
        Fault fault;
        fault.endpoint = row.value("endpoint", "");
        fault.match = row.value("match", "");
        fault.kind = row.value("kind", "");
        fault.times = row.value("times", std::int64_t(-1));
        fault.rate = row.value("rate", 1.0);
        fault.delayMs = row.value("delay_ms", fault.delayMs);
        if (!FaultTable::known(fault.kind))
            return wrong("unknown kind '" + fault.kind + "'");
        m_parts.faults.add(std::move(fault));
    }
    return say(200, Json::object());
}

HttpResponse Control::post(const HttpRequest& request)
{
    if (request.path == "/faults")
        return setFaults(request.body);
    const Json json = Json::parse(request.body);
    if (request.path == "/advance") {
        m_parts.world.advance(json.at("seconds").get<std::int64_t>() * kSecond);
        return say(200, Json{{"now", zuluText(m_parts.world.now())}});
    }
    const auto& steps = Story::steps();
    const std::string step = json.value("step", "");
    if (std::find(steps.begin(), steps.end(), step) == steps.end())
        return wrong("unknown step '" + step + "'");
    if (request.path == "/step") {
        const std::string done = m_parts.story.play(step, json.value("about", ""));
        return say(200, Json{{"done", !done.empty()}, {"what", done}});
    }
    if (request.path == "/arm") {
        m_armed.push_back({json.value("endpoint", ""), json.value("match", ""), step,
                           json.value("about", ""), json.value("times", std::int64_t(1))});
        return say(200, Json::object());
    }
    return say(404, Json{{"error", "faults, advance, step or arm"}});
}

} // namespace counterfoil::sandbox
