#include "app/sandbox/http/faults.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace counterfoil::sandbox {
namespace {

constexpr std::array<std::string_view, 19> kKinds{
    "401",         "partial",      "user-error",   "null-quantity", "unknown-enum",
    "drop-before", "drop-reply",   "429",          "500",           "throttled",
    "html",        "half-json",    "cut",          "wrong-types",   "huge",
    "empty",       "invalid-utf8", "deep-nesting", "slow"};

} // namespace

bool FaultTable::known(const std::string& kind)
{
    return kind.starts_with("user-error:") ||
           std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

bool FaultTable::setLevel(const std::string& level)
{
    if (level != "none" && level != "light" && level != "heavy")
        return false;
    m_faults.clear();
    if (level == "none")
        return true;
    const double unit = level == "light" ? 0.01 : 0.03;
    for (const char* kind : {"429", "500", "slow", "drop-before"})
        m_faults.push_back({"", "", kind, -1, unit, 400});
    if (level == "heavy")
        for (const char* kind : {"html", "half-json", "drop-reply", "cut"})
            m_faults.push_back({"", "", kind, -1, unit, 400});
    return true;
}

std::optional<Fault> FaultTable::take(const std::string& endpoint, const std::string& path,
                                      const std::string& operation)
{
    for (auto it = m_faults.begin(); it != m_faults.end(); ++it) {
        if (!it->endpoint.empty() && it->endpoint != endpoint)
            continue;
        if (!it->match.empty() && path.find(it->match) == std::string::npos &&
            operation.find(it->match) == std::string::npos)
            continue;
        if (it->rate < 1.0 && static_cast<double>(m_rng.below(1'000'000)) >= it->rate * 1'000'000.0)
            continue;
        Fault taken = *it;
        if (it->times > 0 && --it->times == 0)
            m_faults.erase(it);
        return taken;
    }
    return std::nullopt;
}

} // namespace counterfoil::sandbox
