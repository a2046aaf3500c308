#include "ui/models/queue_model.h"

#include "ui/models/row_text.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace counterfoil::models {

QueueModel::QueueModel(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

QueueModel::~QueueModel()
{
    m_pool.waitForDone();
}

query::Context QueueModel::context() const
{
    query::Context context;
    context.now = m_request.now;
    context.person = m_request.person;
    return context;
}

void QueueModel::setTable(std::shared_ptr<const workspace::QueueTable> table, Instant now,
                          const std::string& person, const std::vector<std::string>& changedCases)
{
    if (m_request.person != person)
        m_wantsFresh = true;
    m_request.table = std::move(table);
    m_request.now = now;
    m_request.person = person;
    m_changed.insert(m_changed.end(), changedCases.begin(), changedCases.end());
    run(true);
}

void QueueModel::setFilter(query::Filter filter)
{
    m_request.filter = std::move(filter);
    m_wantsFresh = true;
    run(false);
}

void QueueModel::showWaiting()
{
    m_wantsFresh = true;
    run(false);
}

void QueueModel::letGo(const std::vector<quint64>& ids)
{
    for (const quint64 id : ids)
        m_request.leaving.insert(id);
}

void QueueModel::setCaseOpen(quint64 caseNumber, bool isOpen)
{
    if (isOpen)
        m_request.foldedCases.remove(caseNumber);
    else
        m_request.foldedCases.insert(caseNumber);
    if (!m_table)
        return;
    ArrangeRequest shown = m_request;
    shown.table = m_table;
    layOutPlaces(m_shown, shown);
    Q_EMIT arranged();
}

void QueueModel::run(bool isHeld)
{
    if (!m_request.table || m_isRunning)
        return; // what runs now is followed by another turn
    ArrangeRequest request = m_request;
    // An empty list has nothing that could move under a cursor.
    request.isHeld = isHeld && !m_wantsFresh && !m_shown.order.empty();
    m_wantsFresh = false;
    if (request.isHeld) {
        request.order = m_shown.order;
        request.cases = m_shown.cases;
    }
    const quint64 turn = ++m_turn;
    std::vector<std::string> changed;
    changed.swap(m_changed);
    if (request.table->size() <= kSmall)
        return take(arrange(request), request, changed);
    m_isRunning = true;
    m_pool.start([this, request = std::move(request), changed = std::move(changed), turn] {
        auto made = std::make_shared<Arrangement>(arrange(request));
        QMetaObject::invokeMethod(
            this,
            [this, made, request, changed, turn] {
                m_isRunning = false;
                const bool isOld = request.table != m_request.table || m_wantsFresh;
                take(std::move(*made), request, changed);
                if (isOld && turn == m_turn)
                    run(true);
            },
            Qt::QueuedConnection);
    });
}

void QueueModel::take(Arrangement made, const ArrangeRequest& request,
                      const std::vector<std::string>& changedCases)
{
    // What leaves the table and stays listed keeps its last value.
    for (const quint64 id : made.order) {
        if (made.rowOf.contains(id) || m_gone.contains(id))
            continue;
        view::QueueRow last = valueOf(id);
        last.state = view::RowState::Closed;
        last.due.reset();
        m_gone.emplace(id, std::move(last));
    }
    for (auto at = m_gone.begin(); at != m_gone.end();) {
        const bool isListed =
            std::find(made.order.begin(), made.order.end(), at->first) != made.order.end();
        at = isListed && !made.rowOf.contains(at->first) ? std::next(at) : m_gone.erase(at);
    }
    const Arrangement before = std::exchange(m_shown, std::move(made));
    const auto tableBefore = std::exchange(m_table, request.table);
    // Cases folded while the other thread worked.
    if (request.foldedCases != m_request.foldedCases) {
        ArrangeRequest now = m_request;
        now.table = m_table;
        layOutPlaces(m_shown, now);
    }
    if (!m_request.leaving.isEmpty()) {
        const IdIndex listed(m_shown.order);
        for (auto id = m_request.leaving.begin(); id != m_request.leaving.end();)
            id = listed.contains(*id) ? std::next(id) : m_request.leaving.erase(id);
    }
    announce(before, request, tableBefore, changedCases);
    Q_EMIT taken();
}

void QueueModel::announce(const Arrangement& before, const ArrangeRequest& request,
                          const std::shared_ptr<const workspace::QueueTable>& tableBefore,
                          const std::vector<std::string>& changedCases)
{
    const bool hasMoved =
        !request.isHeld || !tableBefore ||
        !std::equal(before.places.begin(), before.places.end(), m_shown.places.begin(),
                    m_shown.places.end(), [](const Place& a, const Place& b) {
                        return a.id == b.id && a.kind == b.kind;
                    });
    if (hasMoved)
        return Q_EMIT arranged();
    std::unordered_set<std::string_view> changed(changedCases.begin(), changedCases.end());
    if (changed.empty())
        return;
    for (std::size_t i = 0; i < m_shown.places.size(); ++i) {
        const Place& place = m_shown.places[i];
        const bool isGroup = place.kind == Place::Kind::Group;
        const quint64 id = isGroup ? m_shown.membersAt(i).front() : place.id;
        const std::uint32_t rowBefore = before.rowOf.value(id, kGone);
        if (rowBefore == kGone || !changed.contains(tableBefore->caseId(rowBefore)))
            continue;
        const std::uint16_t columns =
            isGroup ? std::uint16_t{0} : changedColumns(tableBefore->row(rowBefore), valueOf(id));
        if (isGroup || columns != 0)
            Q_EMIT lineChanged(place.id, columns);
    }
}

view::QueueRow QueueModel::valueOf(quint64 id) const
{
    if (const std::uint32_t row = m_shown.rowOf.value(id, kGone); row != kGone)
        return m_table->row(row);
    const auto gone = m_gone.find(id);
    return gone == m_gone.end() ? view::QueueRow() : gone->second;
}

int QueueModel::indexOf(quint64 id) const
{
    return static_cast<int>(m_shown.placeOf.value(id, kGone)); // kGone is -1 there
}

std::vector<quint64> QueueModel::membersOf(int place) const
{
    const auto members = m_shown.membersAt(static_cast<std::size_t>(place));
    if (members.empty())
        return {idAt(place)};
    return {members.begin(), members.end()};
}

std::optional<view::QueueRow> QueueModel::exceptionOf(quint64 id) const
{
    const int place = indexOf(id);
    if (place < 0)
        return std::nullopt;
    const Place& line = m_shown.places[static_cast<std::size_t>(place)];
    return valueOf(line.kind == Place::Kind::Group ? membersOf(place).front() : id);
}

std::vector<view::QueueRow> QueueModel::exceptionsOf(const std::vector<quint64>& ids) const
{
    std::vector<view::QueueRow> rows;
    QSet<quint64> seen;
    for (const quint64 id : ids) {
        const int place = indexOf(id);
        const std::vector<quint64> members =
            place >= 0 ? membersOf(place) : std::vector<quint64>{id};
        for (const quint64 member : members) {
            if (seen.contains(member))
                continue;
            seen.insert(member);
            if (m_shown.rowOf.contains(member) || m_gone.contains(member))
                rows.push_back(valueOf(member));
        }
    }
    return rows;
}

bool QueueModel::isGroup(int index) const
{
    return m_shown.places.at(static_cast<std::size_t>(index)).kind == Place::Kind::Group;
}

quint64 QueueModel::idAt(int index) const
{
    return m_shown.places.at(static_cast<std::size_t>(index)).id;
}

widgets::QueueRow QueueModel::row(int index) const
{
    const Place& place = m_shown.places.at(static_cast<std::size_t>(index));
    if (place.kind == Place::Kind::Group) {
        std::vector<view::QueueRow> rows;
        for (const quint64 id : membersOf(index))
            rows.push_back(valueOf(id));
        const bool isOpen = !m_request.foldedCases.contains(place.id);
        return rows.empty() ? widgets::QueueRow() : printedCase(rows, place.id, isOpen);
    }
    widgets::QueueRow row = printed(valueOf(place.id), m_request.now);
    row.id = place.id;
    if (place.kind != Place::Kind::Single) {
        row.kind = widgets::QueueRowKind::Child;
        row.isLastChild = place.kind == Place::Kind::LastChild;
    }
    return row;
}

} // namespace counterfoil::models
