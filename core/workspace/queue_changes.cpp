#include "core/workspace/queue_changes.h"

#include <algorithm>
#include <functional>
#include <set>

namespace counterfoil::workspace {

namespace {

/// The rows of a table by the hash of their finding.
std::vector<std::pair<std::size_t, std::uint32_t>> byFinding(const QueueTable& table)
{
    std::vector<std::pair<std::size_t, std::uint32_t>> out;
    out.reserve(table.size());
    for (std::size_t i = 0; i < table.size(); ++i)
        out.emplace_back(std::hash<std::string_view>{}(table.idText(i)),
                         static_cast<std::uint32_t>(i));
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

std::vector<std::string> casesBetween(const QueueTable& before, const QueueTable& after)
{
    const auto old = byFinding(before);
    const auto now = byFinding(after);
    std::set<std::string> cases;
    auto left = old.begin();
    auto right = now.begin();
    while (left != old.end() || right != now.end()) {
        if (right == now.end() || (left != old.end() && left->first < right->first)) {
            cases.emplace(before.caseId((left++)->second));
        } else if (left == old.end() || right->first < left->first) {
            cases.emplace(after.caseId((right++)->second));
        } else {
            if (before.seq(left->second) != after.seq(right->second))
                cases.emplace(after.caseId(right->second));
            ++left;
            ++right;
        }
    }
    return {cases.begin(), cases.end()};
}

} // namespace counterfoil::workspace
