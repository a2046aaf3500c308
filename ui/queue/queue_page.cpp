#include "ui/queue/queue_page.h"

#include <QVBoxLayout>

namespace counterfoil::queue {

QueuePage::QueuePage(QWidget* parent) : QWidget(parent), m_list(new widgets::QueueView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    m_list->setSource(&m_rows);
    m_list->setLoading(true);
    connect(m_list, &widgets::QueueView::activated, this, [this](quint64) { Q_EMIT opened(); });
    connect(m_list, &widgets::QueueView::currentIdChanged, this,
            [this](quint64) { Q_EMIT currentMoved(); });
}

QueuePage::~QueuePage()
{
    m_list->setSource(nullptr);
}

void QueuePage::setTable(std::shared_ptr<const workspace::QueueTable> table, Instant now,
                         const std::string& person)
{
    m_rows.setTable(std::move(table));
    m_now = now;
    m_person = person;
    m_list->setLoading(false);
    refresh();
}

void QueuePage::setFilter(query::Filter filter)
{
    m_rows.setFilter(std::move(filter));
    refresh();
}

std::optional<view::QueueRow> QueuePage::current() const
{
    return m_rows.exceptionOf(m_list->currentId());
}

void QueuePage::ensureCurrent()
{
    if (m_rows.indexOf(m_list->currentId()) < 0 && m_rows.count() > 0)
        m_list->setCurrentId(m_rows.idAt(0));
}

void QueuePage::refresh()
{
    m_rows.rebuild(m_now, m_person);
    m_list->resetRows();
}

} // namespace counterfoil::queue
