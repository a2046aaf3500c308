#include "ui/models/marks.h"

namespace counterfoil::models {

theme::Severity severityOf(domain::Severity severity)
{
    switch (severity) {
    case domain::Severity::Critical:
        return theme::Severity::Critical;
    case domain::Severity::High:
        return theme::Severity::High;
    case domain::Severity::Medium:
        return theme::Severity::Medium;
    case domain::Severity::Low:
        return theme::Severity::Low;
    }
    return theme::Severity::Low;
}

theme::State stateOf(view::RowState state)
{
    switch (state) {
    case view::RowState::Open:
        return theme::State::Open;
    case view::RowState::Expected:
        return theme::State::Expected;
    case view::RowState::InProgress:
        return theme::State::InProgress;
    case view::RowState::AwaitingApproval:
        return theme::State::AwaitingApproval;
    case view::RowState::WaitingFor:
        return theme::State::WaitingFor;
    case view::RowState::Settling:
        return theme::State::Settling;
    case view::RowState::SaidDone:
        return theme::State::SaidDone;
    case view::RowState::Snoozed:
        return theme::State::Snoozed;
    case view::RowState::Closed:
        return theme::State::Closed;
    case view::RowState::Accepted:
        return theme::State::Accepted;
    case view::RowState::History:
        return theme::State::History;
    }
    return theme::State::Open;
}

theme::Freshness freshnessOf(view::FeedHealth health)
{
    switch (health) {
    case view::FeedHealth::Fresh:
        return theme::Freshness::Fresh;
    case view::FeedHealth::Late:
        return theme::Freshness::Late;
    case view::FeedHealth::Failing:
        return theme::Freshness::Failing;
    case view::FeedHealth::NotConnected:
    case view::FeedHealth::NeverRead:
        return theme::Freshness::NotConnected;
    }
    return theme::Freshness::NotConnected;
}

} // namespace counterfoil::models
