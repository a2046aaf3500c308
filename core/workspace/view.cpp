#include "core/workspace/view.h"

#include <array>

namespace counterfoil::view {

namespace {

constexpr std::array<std::string_view, 11> kWords{
    "open", "expected", "in-progress", "awaiting-approval", "waiting-for", "settling",
    "open", "snoozed",  "closed",      "accepted",          "history"};
constexpr std::array<const char*, 11> kTexts{"Open",
                                             "Expected",
                                             "In progress",
                                             "Awaiting approval",
                                             "Waiting",
                                             "Settling",
                                             "Said done, not seen",
                                             "Snoozed",
                                             "Closed",
                                             "Accepted",
                                             "History"};

} // namespace

std::string_view rowStateWord(RowState state)
{
    return kWords[static_cast<std::size_t>(state)];
}

std::string rowStateText(RowState state, const std::string& waitingFor)
{
    if (state == RowState::WaitingFor && !waitingFor.empty())
        return "Waiting for " + waitingFor;
    return kTexts[static_cast<std::size_t>(state)];
}

} // namespace counterfoil::view
