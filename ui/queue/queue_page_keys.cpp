// What a person does on the page of exceptions: keys, menus, sheets.
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/models/row_text.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/row_menu.h"
#include "ui/queue/saved_views.h"
#include "ui/widgets/button.h"
#include "ui/widgets/sheet.h"

namespace counterfoil::queue {

using widgets::QueueColumn;

QAction* QueuePage::addRowAction(const QString& name, const QString& text,
                                 const QList<QKeySequence>& keys, std::function<void()> run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    // Single letters belong to the list: a text field elsewhere in the window keeps its own.
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setStatusTip(text);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    m_actions.append(action);
    return action;
}

void QueuePage::makeActions()
{
    addRowAction(QStringLiteral("rowAssign"), tr("Assign"), {QKeySequence(Qt::Key_I)},
                 [this] { act(RowVerb::Assign); });
    addRowAction(QStringLiteral("rowSnooze"), tr("Snooze"), {QKeySequence(Qt::Key_S)},
                 [this] { act(RowVerb::Snooze); });
    addRowAction(QStringLiteral("rowOwner"), tr("Change owner"), {QKeySequence(Qt::Key_O)},
                 [this] { act(RowVerb::ChangeOwner); });
    addRowAction(QStringLiteral("rowNote"), tr("Add note"), {QKeySequence(Qt::Key_N)},
                 [this] { act(RowVerb::Note); });
    addRowAction(QStringLiteral("rowCheck"), tr("Check again"), {QKeySequence(Qt::Key_R)},
                 [this] { m_commands->checkAgain(targets()); });
    addRowAction(QStringLiteral("rowsNew"), tr("Show new rows"), {QKeySequence(Qt::Key_Period)},
                 [this] { showWaiting(); });
    addRowAction(QStringLiteral("rowCopy"), tr("Copy"), {QKeySequence::Copy},
                 [this] { copy(false); });
    addRowAction(QStringLiteral("rowCopySource"), tr("Copy with source"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { copy(true); });
}

void QueuePage::act(RowVerb verb)
{
    std::vector<view::QueueRow> rows = targets();
    if (!rows.empty())
        m_commands->open(verb, std::move(rows), sheetHost());
}

void QueuePage::copy(bool withSource)
{
    QStringList lines;
    for (const view::QueueRow& row : targets())
        lines << (withSource ? copyTextWithSource(row, m_model->now()) : copyText(row));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void QueuePage::openMenu(quint64 id, const QPoint& at)
{
    const auto row = m_model->exceptionOf(id);
    if (!row)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("rowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open")), &QAction::triggered, this, [this] { Q_EMIT opened(); });
    connect(menu->addAction(tr("Open in a window")), &QAction::triggered, this,
            [this] { Q_EMIT windowWanted(); });
    menu->addSeparator();
    for (QAction* action : m_actions)
        if (action->objectName() != QLatin1String("rowsNew"))
            menu->addAction(action);
    menu->addSeparator();
    QueueColumn under = QueueColumn::Customer;
    const int x = m_list->viewport()->mapFromGlobal(at).x();
    for (int i = 0; i < widgets::kQueueColumnCount; ++i) {
        const auto& span = m_list->columns().of(static_cast<QueueColumn>(i));
        if (span.width > 0 && x >= span.x && x < span.x + span.width)
            under = static_cast<QueueColumn>(i);
    }
    addFilterActions(*menu, *row, under,
                     [this](const QString& term) { m_query->toggleTerm(term); });
    menu->popup(at);
}

void QueuePage::openColumnsMenu(const QPoint& at)
{
    struct Column {
        QueueColumn column;
        QString name;
    };
    const Column columns[] = {
        {QueueColumn::Return, tr("Return")},     {QueueColumn::Order, tr("Order, PO")},
        {QueueColumn::Customer, tr("Customer")}, {QueueColumn::Age, tr("Age, time to SLA")},
        {QueueColumn::Owner, tr("Owner")},       {QueueColumn::State, tr("State")}};
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Column& column : columns) {
        const auto bit = static_cast<std::uint16_t>(1U << static_cast<unsigned>(column.column));
        QAction* action = menu->addAction(column.name);
        action->setCheckable(true);
        action->setChecked((m_list->hiddenColumns() & bit) == 0);
        connect(action, &QAction::toggled, this, [this, bit](bool isOn) {
            const unsigned before = m_list->hiddenColumns();
            const auto hidden = static_cast<std::uint16_t>(isOn ? before & ~bit : before | bit);
            m_list->setHiddenColumns(hidden);
            QSettings().setValue(QStringLiteral("queue/hiddenColumns"), hidden);
        });
    }
    menu->popup(at);
}

void QueuePage::sortBy(QueueColumn column)
{
    QString key;
    switch (column) {
    case QueueColumn::AtRisk:
        key = QStringLiteral("risk");
        break;
    case QueueColumn::Age:
        key = QStringLiteral("age");
        break;
    case QueueColumn::Severity:
        key = QStringLiteral("severity");
        break;
    case QueueColumn::Customer:
        key = QStringLiteral("customer");
        break;
    case QueueColumn::Check:
    case QueueColumn::Exception:
    case QueueColumn::Return:
    case QueueColumn::Order:
    case QueueColumn::Owner:
    case QueueColumn::State:
        return;
    }
    const QString plain = QStringLiteral("sort:") + key;
    const bool isOn = m_query->holds(plain) || (key == QLatin1String("risk") &&
                                                m_model->filter().sort == query::SortBy::Risk &&
                                                !m_model->filter().isSortAscending);
    m_query->setTerm(QStringLiteral("sort"), isOn ? QStringLiteral("-sort:") + key : plain);
}

void QueuePage::saveView()
{
    auto* sheet = new widgets::Sheet(sheetHost(), QStringLiteral("saveViewSheet"), {440, 220});
    sheet->setTitle(tr("Save this view"));
    sheet->setSubtitle(query());
    sheet->bodyLayout()->setContentsMargins(20, 16, 20, 8);
    auto* name = new QLineEdit(sheet);
    widgets::nameWidget(name, QStringLiteral("viewName"), tr("Name of the view"));
    name->setPlaceholderText(tr("Name, for example Over 100, older than a week"));
    name->setMaxLength(60);
    sheet->bodyLayout()->addWidget(name);
    sheet->bodyLayout()->addStretch(1);
    auto* save = new widgets::Button(tr("Save view"), widgets::ButtonKind::Primary, sheet);
    save->setObjectName(QStringLiteral("viewSave"));
    sheet->footLayout()->addWidget(save->makeReasonLabel(sheet));
    sheet->footLayout()->addStretch(1);
    sheet->footLayout()->addWidget(save);
    sheet->setPrimary(save);
    const auto refresh = [save, name] {
        if (name->text().trimmed().isEmpty())
            save->setBlocked(tr("The view needs a name"));
        else
            save->setAllowed();
    };
    refresh();
    connect(name, &QLineEdit::textChanged, save, refresh);
    connect(name, &QLineEdit::returnPressed, save, [save] {
        if (save->isEnabled())
            save->click();
    });
    const auto keep = [this, sheet, name] {
        const auto frame = m_workspace->frame();
        const QString site = frame ? models::text(frame->siteName) : QString();
        const bool isKept = queue::saveView(site, {name->text().trimmed(), query()});
        sheet->close();
        widgets::ToastContent content;
        content.icon = isKept ? theme::Icon::Bookmark : theme::Icon::Alert;
        content.id = QStringLiteral("views");
        content.text =
            isKept ? tr("View saved.")
                   : tr("There are %1 views already; remove one first.").arg(kSavedViewsMax);
        Q_EMIT toastWanted(content);
        Q_EMIT viewsChanged();
    };
    connect(save, &widgets::Button::clicked, this, keep, Qt::SingleShotConnection);
    sheet->open();
    name->setFocus(Qt::OtherFocusReason);
}

} // namespace counterfoil::queue
