// Everything a person can do in the window, as actions: keys, menus, palette, key sheet.
#include <QActionGroup>
#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/phrases/phrases.h"
#include "ui/casefile/case_pane.h"
#include "ui/models/row_text.h"
#include "ui/palette/key_sheet.h"
#include "ui/palette/palette.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/case_dock.h"
#include "ui/shell/case_window.h"
#include "ui/shell/held_toasts.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/button.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/money_table.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/sheet.h"

namespace counterfoil::shell {

using palette::Scope;
using theme::Icon;

namespace {

QString themeKey()
{
    return QStringLiteral("look/theme");
}

/// "Ctrl", "K" from a key sequence, for the caps of palette and key sheet.
QStringList capsOf(const QKeySequence& keys)
{
    return keys.toString(QKeySequence::NativeText).split(QLatin1Char('+'));
}

} // namespace

QAction* MainWindow::addCommand(const QString& name, const QString& text, const QStringList& caps,
                                Scope scope, const QList<QKeySequence>& keys,
                                std::function<void()> run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setStatusTip(text);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    m_commands.push_back({text, caps, scope, std::nullopt, action});
    return action;
}

void MainWindow::makeCommands()
{
    addCommand(QStringLiteral("commandPalette"), tr("Command palette"),
               {QStringLiteral("Ctrl"), QStringLiteral("K")}, Scope::Everywhere,
               {QKeySequence(Qt::CTRL | Qt::Key_K)}, [this] { openPalette(); });
    addCommand(QStringLiteral("goQuery"), tr("Query field"), {QStringLiteral("/")},
               Scope::Everywhere, {QKeySequence(Qt::Key_Slash)},
               [this] { m_queue->field()->setFocus(Qt::ShortcutFocusReason); });
    addCommand(QStringLiteral("undoHeld"), tr("Undo while held"), {QStringLiteral("Z")},
               Scope::Everywhere, {QKeySequence(Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Z)},
               [this] { m_toasts->undo(); });
    addCommand(QStringLiteral("readNow"), tr("Read now"), {QStringLiteral("F5")}, Scope::Everywhere,
               {QKeySequence(Qt::Key_F5)}, [this] { readNow(); });
    addCommand(QStringLiteral("nextPane"), tr("Next pane"), {QStringLiteral("F6")},
               Scope::Everywhere, {QKeySequence(Qt::Key_F6)}, [this] { nextPane(1); });
    addCommand(QStringLiteral("previousPane"), tr("Previous pane"),
               {QStringLiteral("Shift"), QStringLiteral("F6")}, Scope::Everywhere,
               {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, [this] { nextPane(-1); });
    addCommand(QStringLiteral("goBack"), tr("Back"), {QStringLiteral("Alt"), QStringLiteral("←")},
               Scope::Everywhere, {QKeySequence(Qt::ALT | Qt::Key_Left)}, [this] { step(-1); });
    addCommand(QStringLiteral("goForward"), tr("Forward"),
               {QStringLiteral("Alt"), QStringLiteral("→")}, Scope::Everywhere,
               {QKeySequence(Qt::ALT | Qt::Key_Right)}, [this] { step(1); });
    addCommand(QStringLiteral("keySheetAction"), tr("This sheet of keys"), {QStringLiteral("?")},
               Scope::Everywhere,
               {QKeySequence(Qt::Key_Question), QKeySequence(Qt::SHIFT | Qt::Key_Question),
                QKeySequence(Qt::Key_F1)},
               [this] { openKeys(); });
    makeGoCommands();
    makeCaseCommands();
    makeLookCommands();
    for (QAction* action : m_queue->rowActions())
        m_commands.push_back(
            {action->text(), capsOf(action->shortcut()), Scope::Queue, std::nullopt, action});
    addListKeys();
    makeMenus();
}

void MainWindow::makeGoCommands()
{
    struct Place {
        const char* place;
        QString text;
        const char* letter;
        Icon icon;
    };
    const Place places[] = {{"all", tr("Queue"), "Q", Icon::Inbox},
                            {"mine", tr("Mine"), nullptr, Icon::Person},
                            {"cx", tr("Customer service"), nullptr, Icon::Headset},
                            {"finance", tr("Finance"), nullptr, Icon::Coins},
                            {"warehouse", tr("Warehouse"), nullptr, Icon::Box},
                            {"integration", tr("Integration"), nullptr, Icon::Plug},
                            {"snoozed", tr("Snoozed"), nullptr, Icon::Snooze},
                            {"quarantine", tr("Quarantine stock"), "W", Icon::Quarantine},
                            {"health", tr("Health"), "H", Icon::Health}};
    int number = 1;
    for (const Place& place : places) {
        QList<QKeySequence> keys{QKeySequence(QStringLiteral("Ctrl+%1").arg(number))};
        QStringList caps{QStringLiteral("Ctrl"), QString::number(number)};
        if (place.letter) {
            const QString letter = QLatin1String(place.letter);
            keys.prepend(QKeySequence(QStringLiteral("G, ") + letter));
            caps = {QStringLiteral("G"), QStringLiteral("then"), letter};
        }
        addCommand(QStringLiteral("go-") + QLatin1String(place.place), place.text, caps,
                   Scope::GoTo, keys,
                   [this, where = QString::fromLatin1(place.place)] { goTo(where); });
        m_commands.back().icon = place.icon;
        ++number;
    }
}

void MainWindow::makeCaseCommands()
{
    struct Sheet {
        const char* name;
        QString text;
        Qt::Key key;
        CaseSheet sheet;
        Icon icon;
    };
    const Sheet sheets[] = {
        {"caseCredit", tr("Issue account credit"), Qt::Key_C, CaseSheet::Credit, Icon::Credit},
        {"casePo", tr("Fix PO number"), Qt::Key_P, CaseSheet::Po, Icon::Sign},
        {"caseRelease", tr("Release stock"), Qt::Key_L, CaseSheet::Release, Icon::Box}};
    for (const Sheet& one : sheets) {
        QAction* action =
            addCommand(QLatin1String(one.name), one.text, capsOf(QKeySequence(one.key)),
                       Scope::Panel, {QKeySequence(one.key)},
                       [this, sheet = static_cast<int>(one.sheet)] { openSheetOfCurrent(sheet); });
        // The pane has the same letters of its own; here they act on the list in focus.
        removeAction(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_queue->addAction(action);
        m_commands.back().icon = one.icon;
    }
    addCommand(QStringLiteral("caseWindowAction"), tr("Open in a window"),
               {QStringLiteral("Ctrl"), QStringLiteral("↵")}, Scope::Queue, {},
               [this] { openWindow(); });
    m_commands.back().icon = Icon::Detach;
}

void MainWindow::makeLookCommands()
{
    addCommand(QStringLiteral("densityAction"), tr("Row height"),
               {QStringLiteral("Ctrl"), QStringLiteral("Shift"), QStringLiteral("D")}, Scope::Queue,
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)},
               [this] { m_queue->toggleDensity(); });
    m_commands.back().icon = Icon::Rows;
    addCommand(QStringLiteral("saveViewAction"), tr("Save view"), {}, Scope::Queue, {},
               [this] { m_queue->saveView(); });
    m_commands.back().icon = Icon::Bookmark;
    const std::pair<QString, theme::Mode> modes[] = {
        {tr("Theme: as the system"), theme::Mode::System},
        {tr("Theme: light"), theme::Mode::Light},
        {tr("Theme: dark"), theme::Mode::Dark}};
    for (const auto& [text, mode] : modes)
        addCommand(QStringLiteral("theme-%1").arg(static_cast<int>(mode)), text, {},
                   Scope::Everywhere, {}, [mode = mode] {
                       theme::ThemeService::install().setMode(mode);
                       QSettings().setValue(themeKey(), static_cast<int>(mode));
                   });
    for (const int percent : {90, 100, 115, 130})
        addCommand(QStringLiteral("text-%1").arg(percent), tr("Text size: %1 %").arg(percent), {},
                   Scope::Everywhere, {}, [percent] {
                       theme::ThemeService::install().setTextPercent(percent);
                       QSettings().setValue(QStringLiteral("look/text"), percent);
                   });
    addCommand(QStringLiteral("reduceMotion"), tr("Reduce motion"), {}, Scope::Everywhere, {}, [] {
        auto& service = theme::ThemeService::install();
        service.setReducesMotion(!service.reducesMotion());
        QSettings().setValue(QStringLiteral("look/reduceMotion"), service.reducesMotion());
    });
    addCommand(QStringLiteral("choosePersonAction"), tr("Who sits here"), {}, Scope::Everywhere, {},
               [this] { choosePerson(); });
    m_commands.back().icon = Icon::People;
}

void MainWindow::addListKeys()
{
    const auto add = [this](const QString& text, const QStringList& caps, Scope scope) {
        m_commands.push_back({text, caps, scope, std::nullopt, nullptr});
    };
    const QString orWord = QStringLiteral("or");
    add(tr("Move"),
        {QStringLiteral("J"), QStringLiteral("K"), orWord, QStringLiteral("↓"),
         QStringLiteral("↑")},
        Scope::Queue);
    add(tr("Open panel"), {QStringLiteral("↵")}, Scope::Queue);
    add(tr("Select"), {QStringLiteral("X")}, Scope::Queue);
    add(tr("Select a range"), {QStringLiteral("Shift"), QStringLiteral("↓")}, Scope::Queue);
    add(tr("Select all"), {QStringLiteral("Ctrl"), QStringLiteral("A")}, Scope::Queue);
    add(tr("Close, open case"), {QStringLiteral("←"), QStringLiteral("→")}, Scope::Queue);
    add(tr("Compare to Raw data"), {QStringLiteral("1"), QStringLiteral("…"), QStringLiteral("5")},
        Scope::Panel);
    add(tr("Clear, close"), {QStringLiteral("Esc")}, Scope::Panel);
    add(tr("A-grade, B-grade"), {QStringLiteral("A"), QStringLiteral("B")}, Scope::Inspection);
    add(tr("Damaged, wrong item"), {QStringLiteral("D"), QStringLiteral("W")}, Scope::Inspection);
    add(tr("Missing"), {QStringLiteral("M")}, Scope::Inspection);
    add(tr("Grade by count"), {QStringLiteral("#")}, Scope::Inspection);
}

std::vector<palette::Command> MainWindow::commandsHere() const
{
    const bool isQueue = m_pages->currentWidget() == m_dock;
    const bool isStock = m_quarantine && m_pages->currentWidget() == m_quarantine;
    const bool hasRow = isQueue && m_queue->list()->currentId() != 0;
    std::vector<palette::Command> here;
    for (const palette::Command& command : m_commands) {
        const bool isOfRow = command.scope == Scope::Queue || command.scope == Scope::Panel;
        if ((isOfRow && !isQueue) || (command.scope == Scope::Inspection && !isStock) ||
            (command.scope == Scope::Panel && command.action && !hasRow))
            continue;
        here.push_back(command);
    }
    return here;
}

void MainWindow::makeMenus()
{
    menuBar()->setObjectName(QStringLiteral("menuBar"));
    QMenu* go = menuBar()->addMenu(tr("&Go"));
    QMenu* rows = menuBar()->addMenu(tr("&Exception"));
    QMenu* view = menuBar()->addMenu(tr("&View"));
    for (const palette::Command& command : m_commands) {
        if (!command.action)
            continue;
        if (command.scope == Scope::GoTo)
            go->addAction(command.action);
        else if (command.scope == Scope::Everywhere)
            view->addAction(command.action);
        else
            rows->addAction(command.action);
    }
    menuBar()->hide();
}

void MainWindow::openPalette()
{
    const auto* other =
        m_content->findChild<palette::CommandPalette*>(QString(), Qt::FindDirectChildrenOnly);
    if (other && other->isVisible())
        return;
    palette::Sources sources;
    sources.commands = commandsHere();
    sources.table = m_workspace->queue();
    sources.now = now();
    sources.person = m_workspace->person();
    sources.people = m_workspace->people();
    if (const auto row = m_queue->current(); row && m_pages->currentWidget() == m_dock)
        sources.about = models::text(row->title);
    sources.openCase = [this](const view::QueueRow& row, bool inWindow) { openRow(row, inWindow); };
    sources.setQuery = [this](const QString& query) {
        showPage(QStringLiteral("all"));
        m_queue->setQuery(query);
    };
    auto* opened = new palette::CommandPalette(m_content, std::move(sources));
    opened->open();
}

void MainWindow::openKeys()
{
    palette::openKeySheet(m_content, commandsHere());
}

void MainWindow::openSettings(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("settingsMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& service = theme::ThemeService::install();
    QMenu* themes = menu->addMenu(tr("Theme"));
    QMenu* sizes = menu->addMenu(tr("Text size"));
    for (const palette::Command& command : m_commands) {
        if (!command.action)
            continue;
        const QString name = command.action->objectName();
        const QString value = name.section(QLatin1Char('-'), 1);
        if (name.startsWith(QLatin1String("theme-")) || name.startsWith(QLatin1String("text-"))) {
            const bool isTheme = name.startsWith(QLatin1String("theme-"));
            command.action->setCheckable(true);
            command.action->setChecked(value.toInt() == (isTheme ? static_cast<int>(service.mode())
                                                                 : service.textPercent()));
            (isTheme ? themes : sizes)->addAction(command.action);
        } else if (name == QLatin1String("reduceMotion")) {
            command.action->setCheckable(true);
            command.action->setChecked(service.reducesMotion());
            menu->addAction(command.action);
        } else if (name == QLatin1String("densityAction") ||
                   name == QLatin1String("keySheetAction") ||
                   name == QLatin1String("choosePersonAction")) {
            menu->addAction(command.action);
        }
    }
    if (!m_views.empty()) {
        QMenu* remove = menu->addMenu(tr("Remove a saved view"));
        for (const queue::SavedView& view : m_views)
            connect(remove->addAction(view.name), &QAction::triggered, this,
                    [this, name = view.name] { removeView(name); });
    }
    menu->popup(at - QPoint(0, menu->sizeHint().height()));
}

void MainWindow::openPeople(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("peopleMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& [id, name] : m_workspace->people()) {
        QAction* action = menu->addAction(models::text(name));
        action->setCheckable(true);
        action->setChecked(id == m_workspace->person());
        connect(action, &QAction::triggered, this, [this, id = id] { m_workspace->setPerson(id); });
    }
    menu->addSeparator();
    QAction* said = menu->addAction(tr("One seat: the audit log says that it was chosen here"));
    said->setEnabled(false);
    menu->popup(at - QPoint(0, menu->sizeHint().height()));
}

void MainWindow::choosePerson()
{
    const auto people = m_workspace->people();
    if (people.empty())
        return;
    auto* sheet = new widgets::Sheet(m_content, QStringLiteral("personSheet"), {460, 420});
    sheet->setTitle(tr("Who are you?"));
    sheet->setSubtitle(tr("One seat: what you do is signed with this name."));
    QVBoxLayout* body = sheet->bodyLayout();
    body->setContentsMargins(20, 14, 20, 14);
    body->setSpacing(8);
    widgets::Button* first = nullptr;
    for (const auto& [id, name] : people) {
        auto* button = new widgets::Button(models::text(name), widgets::ButtonKind::Plain, sheet);
        button->setObjectName(QStringLiteral("person-") + models::text(id));
        button->setGlyph(Icon::Person);
        connect(button, &widgets::Button::clicked, this, [this, sheet, id = id] {
            m_workspace->setPerson(id);
            sheet->close();
        });
        body->addWidget(button);
        if (!first || id == m_workspace->person())
            first = button;
    }
    body->addStretch(1);
    sheet->footLayout()->addWidget(
        new widgets::PlainLabel(tr("Four eyes cannot hold with one seat; the audit log marks it."),
                                theme::FontRole::Small, &theme::Theme::text2, sheet));
    sheet->open();
    first->setFocus(Qt::TabFocusReason);
}

void MainWindow::say(const QString& sentence, bool isProblem)
{
    widgets::ToastContent content;
    content.icon = isProblem ? Icon::Alert : Icon::Refresh;
    content.text = sentence;
    content.id = QStringLiteral("window");
    content.isAssertive = isProblem;
    m_toasts->say(content);
}

void MainWindow::readNow()
{
    say(tr("Reading every platform now."), false);
    m_engineProblem.clear();
    m_workspace->readEverything(this, [this](Result<void> result) {
        if (result)
            say(tr("Every platform was read just now."), false);
        else
            say(models::text(phrases::sentence(result.error())), true);
        showFrame();
    });
}

void MainWindow::nextPane(int by)
{
    QList<QWidget*> panes{m_rail, m_queue->field()};
    if (m_pages->currentWidget() == m_dock) {
        panes << m_queue->list();
        if (m_dock->isPaneShown())
            panes << m_case;
    } else {
        panes << m_pages->currentWidget();
    }
    qsizetype at = 0;
    for (qsizetype i = 0; i < panes.size(); ++i)
        if (panes[i]->hasFocus() || panes[i]->isAncestorOf(QApplication::focusWidget()))
            at = i;
    QWidget* next = panes[(at + by + panes.size()) % panes.size()];
    if (next->focusPolicy() == Qt::NoFocus)
        if (QWidget* inner = next->nextInFocusChain(); inner && next->isAncestorOf(inner))
            next = inner;
    next->setFocus(Qt::TabFocusReason);
}

void MainWindow::pickMoney(int line, widgets::MoneyKind)
{
    const auto frame = m_workspace->frame();
    if (!frame || line < 0 || static_cast<std::size_t>(line) >= frame->totals.size())
        return;
    const auto& total = frame->totals[static_cast<std::size_t>(line)];
    showPage(QStringLiteral("all"));
    m_queue->setQuery(QStringLiteral("is:open currency:%1 risk:>0")
                          .arg(models::text(std::string(total.currency.code()))));
}

} // namespace counterfoil::shell
