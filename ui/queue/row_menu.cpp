#include "ui/queue/row_menu.h"

#include <QCoreApplication>
#include <QDateTime>

#include "core/query/filter.h"
#include "ui/models/row_text.h"

namespace counterfoil::queue {

using models::text;
using widgets::QueueColumn;

namespace {

QString tr(const char* words)
{
    return QCoreApplication::translate("queue", words);
}

QString term(query::Key key, const std::string& value)
{
    return value.empty() ? QString() : text(query::termText(key, value));
}

} // namespace

QString termOf(const view::QueueRow& row, QueueColumn column)
{
    switch (column) {
    case QueueColumn::Check:
        return {};
    case QueueColumn::Severity:
        return term(query::Key::Severity, std::string(domain::severityWord(row.severity)));
    case QueueColumn::Exception:
        return term(query::Key::Type, std::string(domain::findingTypeId(row.type)));
    case QueueColumn::Return:
        return term(query::Key::Rma, row.rma);
    case QueueColumn::Order:
        return term(query::Key::Order, row.order);
    case QueueColumn::Customer:
        return term(query::Key::Customer, row.customer);
    case QueueColumn::AtRisk:
        return row.atRisk ? term(query::Key::Currency, std::string(row.atRisk->currency().code()))
                          : QString();
    case QueueColumn::Age:
        return row.due ? QStringLiteral("sla:over") : QString();
    case QueueColumn::Owner:
        return row.assignee.empty()
                   ? term(query::Key::Owner, std::string(domain::ownerWord(row.owner)))
                   : term(query::Key::Assignee, row.assignee);
    case QueueColumn::State:
        return term(query::Key::State, std::string(view::rowStateWord(row.state)));
    }
    return {};
}

QString copyText(const view::QueueRow& row)
{
    const QStringList parts{text(row.title),
                            text(row.reason),
                            models::returnName(row.rma),
                            text(row.order),
                            text(row.po),
                            text(row.customer),
                            row.atRisk ? text(row.atRisk->displayText()) : QString(),
                            text(row.assigneeName),
                            text(view::rowStateText(row.state, row.waitingFor))};
    return parts.join(QLatin1Char('\t'));
}

QString copyTextWithSource(const view::QueueRow& row, Instant now)
{
    return copyText(row) + QLatin1Char('\t') + text(row.site) + QLatin1Char('/') +
           text(row.caseId.value) + QLatin1Char('\t') + text(row.id.value) + QLatin1Char('\t') +
           text(formatInstant(now));
}

void addFilterActions(QMenu& menu, const view::QueueRow& row, QueueColumn under,
                      const std::function<void(const QString&)>& pick)
{
    const QString first = termOf(row, under);
    if (!first.isEmpty()) {
        QAction* action = menu.addAction(tr("Filter by %1").arg(first));
        action->setObjectName(QStringLiteral("filterByThis"));
        QObject::connect(action, &QAction::triggered, &menu, [pick, first] { pick(first); });
    }
    QMenu* more = menu.addMenu(tr("Filter by"));
    more->setObjectName(QStringLiteral("filterByMenu"));
    for (int i = 1; i < widgets::kQueueColumnCount; ++i) {
        const QString other = termOf(row, static_cast<QueueColumn>(i));
        if (!other.isEmpty())
            QObject::connect(more->addAction(other), &QAction::triggered, &menu,
                             [pick, other] { pick(other); });
    }
}

} // namespace counterfoil::queue
