#include "ui/queue/queue_rows.h"

#include "core/workspace/site_context.h"

#include <algorithm>
#include <charconv>

namespace counterfoil::queue {
namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

/// Finding ids are 24 hex digits of a hash: the first 16 are the row's number.
quint64 numberOf(const FindingId& id)
{
    quint64 number = 0;
    const std::string& text = id.value;
    const auto end = text.data() + std::min<std::size_t>(text.size(), 16);
    const auto read = std::from_chars(text.data(), end, number, 16);
    if (read.ec != std::errc() || read.ptr != end || number == 0)
        number = std::hash<std::string>{}(text) | 1U;
    return number;
}

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

QString teamOf(domain::Owner owner)
{
    switch (owner) {
    case domain::Owner::Finance:
        return QStringLiteral("Finance");
    case domain::Owner::CustomerService:
        return QStringLiteral("Customer service");
    case domain::Owner::Warehouse:
        return QStringLiteral("Warehouse");
    case domain::Owner::Integration:
        return QStringLiteral("Integration");
    }
    return {};
}

widgets::SlaContent slaOf(const view::QueueRow& row, Instant now)
{
    widgets::SlaContent sla;
    sla.age = q(workspace::shortDuration(std::max(now - row.firstSeen, Millis(0))));
    sla.hasSla = row.due.has_value();
    sla.isPaused = row.isPaused;
    sla.usedShare = row.slaUsed;
    if (row.isPaused)
        sla.remaining = QStringLiteral("paused");
    else if (row.due && *row.due >= now)
        sla.remaining = q(workspace::shortDuration(*row.due - now)) + QStringLiteral(" left");
    else if (row.due)
        sla.remaining = q(workspace::shortDuration(now - *row.due)) + QStringLiteral(" over");
    return sla;
}

} // namespace

void QueueRows::setTable(std::shared_ptr<const workspace::QueueTable> table)
{
    m_table = std::move(table);
}

void QueueRows::setFilter(query::Filter filter)
{
    m_filter = std::move(filter);
}

void QueueRows::rebuild(Instant now, const std::string& person)
{
    m_now = now;
    m_shown.clear();
    m_places.clear();
    query::Context context;
    context.now = now;
    context.person = person;
    for (std::size_t index = 0; index < total(); ++index) {
        if (m_filter.matches(m_table->queryRow(index), context))
            m_shown.push_back(index);
    }
    sort();
    for (std::size_t place = 0; place < m_shown.size(); ++place)
        m_places.insert(numberOf(m_table->id(m_shown[place])), static_cast<int>(place));
}

void QueueRows::sort()
{
    const auto by = [this](auto key, bool descends) {
        std::stable_sort(m_shown.begin(), m_shown.end(), [&](std::size_t a, std::size_t b) {
            const auto left = key(m_table->queryRow(a));
            const auto right = key(m_table->queryRow(b));
            return descends ? right < left : left < right;
        });
    };
    const bool isAscending = m_filter.isSortAscending;
    switch (m_filter.sort) {
    case query::SortBy::Risk:
        if (isAscending)
            std::reverse(m_shown.begin(), m_shown.end());
        return;
    case query::SortBy::Age: // oldest first
        return by([](const query::Row& row) { return row.firstSeen; }, isAscending);
    case query::SortBy::Sla: // next to end first; rows without a clock last
        return by([](const query::Row& row) { return row.due.value_or(Instant::max()); },
                  isAscending);
    case query::SortBy::Severity:
        return by([](const query::Row& row) { return row.severity; }, !isAscending);
    case query::SortBy::Customer:
        return by([](const query::Row& row) { return row.customer; }, isAscending);
    }
}

widgets::QueueRow QueueRows::row(int index) const
{
    const view::QueueRow from = m_table->row(m_shown.at(static_cast<std::size_t>(index)));
    widgets::QueueRow row;
    row.id = numberOf(from.id);
    row.severity = severityOf(from.severity);
    row.state = stateOf(from.state);
    row.title = q(from.title);
    row.reason = q(from.reason);
    row.returnId = q(from.rma);
    row.returnState = q(from.rmaStatus);
    row.order = q(from.order);
    row.po = q(from.po);
    row.customer = q(from.customer);
    row.customerNote = q(from.customerNote);
    if (from.atRisk)
        row.amount = q(from.atRisk->displayText());
    row.amountNote = q(from.riskNote);
    row.sla = slaOf(from, m_now);
    row.owner = q(from.assigneeName);
    row.team = teamOf(from.owner);
    row.stateText = q(view::rowStateText(from.state, from.waitingFor));
    row.sentence =
        QStringLiteral("%1. %2. %3. %4").arg(row.title, row.customer, row.amount, row.stateText);
    return row;
}

quint64 QueueRows::idAt(int index) const
{
    return numberOf(m_table->id(m_shown.at(static_cast<std::size_t>(index))));
}

std::optional<view::QueueRow> QueueRows::exceptionOf(quint64 id) const
{
    const int place = indexOf(id);
    if (place < 0)
        return std::nullopt;
    return m_table->row(m_shown.at(static_cast<std::size_t>(place)));
}

} // namespace counterfoil::queue
