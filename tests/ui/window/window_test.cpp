// The real window over a small desk in memory, worked by keys alone and found by object names.
#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>

#include "tests/ui/window/small_workspace.h"
#include "ui/casefile/case_pane.h"
#include "ui/models/row_text.h"
#include "ui/palette/key_sheet.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/held_toasts.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/sheet.h"

#include <gtest/gtest.h>

namespace counterfoil {
namespace {

using testing::makeRow;
using testing::rowId;
using testing::SmallWorkspace;

/// A window over thirty rows, the largest first: 30, 29, ..., 1.
class Window : public ::testing::Test {
protected:
    void SetUp() override
    {
        for (int i = 1; i <= 30; ++i)
            desk.rows.push_back(makeRow(i));
        window = std::make_unique<shell::MainWindow>(&desk);
        window->resize(1440, 900);
        window->show();
        desk.publish();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
        list()->setFocus();
        QApplication::processEvents();
    }

    [[nodiscard]] widgets::QueueView* list() const { return window->queuePage()->list(); }
    [[nodiscard]] const models::QueueModel& model() const { return window->queuePage()->model(); }
    template <class T> [[nodiscard]] T* find(const char* name) const
    {
        return window->findChild<T*>(QLatin1String(name));
    }
    /// Numbers of the rows in the list, in order.
    [[nodiscard]] std::vector<int> shown() const
    {
        std::vector<int> numbers;
        for (int i = 0; i < model().count(); ++i)
            if (!model().isGroup(i))
                numbers.push_back(number(model().idAt(i)));
        return numbers;
    }
    static int number(quint64 id) { return static_cast<int>(id); }
    static quint64 id(int number) { return models::numberOf(rowId(number)); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QWidget* at = QApplication::focusWidget();
        QTest::keyClick(at ? at : window.get(), key, with);
        QApplication::processEvents();
    }
    void type(const char* words)
    {
        QTest::keyClicks(QApplication::focusWidget(), QLatin1String(words));
        QApplication::processEvents();
    }

    SmallWorkspace desk;
    std::unique_ptr<shell::MainWindow> window;
};

TEST_F(Window, ShowsTheLargestFirstAndMovesByKeys)
{
    ASSERT_EQ(shown().size(), 30U);
    EXPECT_EQ(shown().front(), 30);
    press(Qt::Key_J);
    press(Qt::Key_J);
    press(Qt::Key_K);
    press(Qt::Key_Down);
    EXPECT_EQ(number(list()->currentId()), 29);
}

TEST_F(Window, EnterOpensTheCaseAndEscClosesIt)
{
    press(Qt::Key_J);
    press(Qt::Key_Return);
    ASSERT_FALSE(desk.casesRead.empty());
    EXPECT_TRUE(window->casePane()->isVisible());
    EXPECT_EQ(desk.casesRead.back(), "rma:7000030");
    list()->setFocus();
    press(Qt::Key_Escape);
    EXPECT_FALSE(window->casePane()->isVisible());
    EXPECT_TRUE(list()->hasFocus());
}

TEST_F(Window, AFilterKeepsItsSelectionOverAPoll)
{
    window->queuePage()->setQuery(QStringLiteral("is:open risk:>200"));
    ASSERT_EQ(shown().size(), 10U);
    list()->setCurrentId(id(25));
    press(Qt::Key_X);
    press(Qt::Key_J);
    press(Qt::Key_X);
    desk.row(rowId(25)).rmaStatus = "Done";
    desk.publish();
    EXPECT_EQ(list()->selectedIds(), (std::vector<quint64>{id(25), id(24)}));
    EXPECT_EQ(number(list()->currentId()), 24);
    EXPECT_EQ(window->queuePage()->query(), QStringLiteral("is:open risk:>200"));
    EXPECT_EQ(shown().size(), 10U);
    EXPECT_TRUE(list()->hasFocus());
}

/// A window over a store that was never read.
class NewStore : public Window {
protected:
    void SetUp() override
    {
        setHealth(view::FeedHealth::NeverRead);
        window = std::make_unique<shell::MainWindow>(&desk);
        window->resize(1440, 900);
        window->show();
        desk.publish();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    }
    void setHealth(view::FeedHealth health)
    {
        view::Freshness shopify;
        shopify.platform = Platform::Shopify;
        shopify.health = health;
        desk.feeds = {shopify};
    }
    void found(int from, int to)
    {
        for (int i = from; i <= to; ++i)
            desk.rows.push_back(makeRow(i));
        desk.publish();
        QApplication::processEvents();
    }
};

TEST_F(NewStore, FillsWhatIsFoundUntilSomebodyTouchesTheList)
{
    const auto texts = window->queuePage()->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(texts.begin(), texts.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QLatin1String("for the first time"));
    })) << "an unread store must not say that everything agrees";
    found(1, 2);
    setHealth(view::FeedHealth::Fresh); // the first loop ended, its details go on
    found(3, 9);
    EXPECT_EQ(shown().size(), 9U);
    EXPECT_EQ(model().waiting(), 0);
    EXPECT_TRUE(list()->hasFocus()) << "the keyboard works at once";
    press(Qt::Key_J);
    EXPECT_EQ(number(list()->currentId()), 9);
    found(10, 12);
    EXPECT_EQ(shown().size(), 9U);
    EXPECT_EQ(model().waiting(), 3) << "now what comes waits";
}

TEST_F(Window, NothingMovesUnderTheCursor)
{
    list()->verticalScrollBar()->setValue(130);
    list()->setCurrentId(id(24));
    const auto before = shown();
    const int scrolled = list()->verticalScrollBar()->value();
    desk.row(rowId(3)).orderKey = 1'000'000; // the last but two is now the most urgent
    desk.row(rowId(24)).reason = "Another reason";
    desk.publish();
    EXPECT_EQ(shown(), before);
    EXPECT_EQ(list()->verticalScrollBar()->value(), scrolled);
    EXPECT_EQ(model().exceptionOf(id(24))->reason, "Another reason");
    press(Qt::Key_Period);
    EXPECT_EQ(shown().front(), 3);
    EXPECT_EQ(number(list()->currentId()), 24);
}

TEST_F(Window, NewRowsWaitForTheirKey)
{
    desk.rows.push_back(makeRow(40));
    desk.rows.push_back(makeRow(41));
    desk.publish();
    EXPECT_EQ(shown().size(), 30U);
    auto* chip = find<widgets::Chip>("showWaiting");
    ASSERT_NE(chip, nullptr);
    EXPECT_TRUE(chip->isVisible());
    EXPECT_EQ(chip->text(), QStringLiteral("2 new"));
    press(Qt::Key_Period);
    EXPECT_EQ(shown().front(), 41);
    EXPECT_FALSE(chip->isVisible());
}

TEST_F(Window, ARowThatLeftStaysClosedUntilAskedFor)
{
    std::erase_if(desk.rows, [](const auto& row) { return row.id.value == rowId(28); });
    desk.publish();
    ASSERT_EQ(shown().at(2), 28);
    EXPECT_EQ(model().exceptionOf(id(28))->state, view::RowState::Closed);
    EXPECT_EQ(find<widgets::Chip>("showWaiting")->text(), QStringLiteral("1 closed"));
    press(Qt::Key_Period);
    EXPECT_EQ(shown().at(2), 27);
}

TEST_F(Window, ASnoozedRowGoesAndTheNextOneIsCurrent)
{
    list()->setCurrentId(id(29));
    press(Qt::Key_S);
    auto* sheet = find<widgets::Sheet>("rowSheet");
    ASSERT_NE(sheet, nullptr);
    EXPECT_FALSE(find<widgets::Button>("rowPrimary")->isEnabled()) << "a snooze needs a reason";
    type("waits for the buyer");
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(desk.row(rowId(29)).state, view::RowState::Snoozed);
    EXPECT_EQ(shown().at(1), 28);
    EXPECT_EQ(number(list()->currentId()), 28);
}

TEST_F(Window, BulkActsOnAFrozenListAndSaysItsScope)
{
    list()->setCurrentId(id(30));
    press(Qt::Key_X);
    press(Qt::Key_Down, Qt::ShiftModifier);
    auto* bar = find<QWidget>("bulkBar");
    ASSERT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->accessibleDescription(), QStringLiteral("2 selected, £590.00 at risk · 1 team"));
    press(Qt::Key_I);
    ASSERT_NE(find<widgets::Sheet>("rowSheet"), nullptr);
    desk.rows.push_back(makeRow(50));
    desk.publish(); // what comes in now is not touched
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(desk.row(rowId(30)).assignee, "priya");
    EXPECT_EQ(desk.row(rowId(29)).assignee, "priya");
    EXPECT_TRUE(desk.row(rowId(28)).assignee.empty());
    EXPECT_TRUE(desk.row(rowId(50)).assignee.empty());
    EXPECT_FALSE(bar->isVisible());
}

TEST_F(Window, AnInvalidQueryKeepsTheLastValidList)
{
    auto* field = window->queuePage()->field();
    press(Qt::Key_Slash);
    ASSERT_TRUE(field->hasFocus());
    type("risk:>250");
    ASSERT_EQ(shown().size(), 5U);
    field->setText(QStringLiteral("risk:>ten"));
    EXPECT_EQ(field->validity(), widgets::FilterValidity::Invalid);
    EXPECT_EQ(shown().size(), 5U);
    EXPECT_TRUE(find<QWidget>("filterFieldError")->isVisible());
}

TEST_F(Window, LettersInTheQueryFieldAreLetters)
{
    press(Qt::Key_Slash);
    type("snorijxk");
    EXPECT_EQ(window->queuePage()->field()->text(), QStringLiteral("snorijxk"));
    EXPECT_EQ(find<widgets::Sheet>("rowSheet"), nullptr);
}

TEST_F(Window, ThePaletteRunsACommandAndGivesTheFocusBack)
{
    press(Qt::Key_K, Qt::ControlModifier);
    auto* field = find<QLineEdit>("paletteField");
    ASSERT_NE(field, nullptr);
    EXPECT_TRUE(field->hasFocus());
    type(">snoozed");
    press(Qt::Key_Return);
    EXPECT_EQ(window->place(), QStringLiteral("snoozed"));
    EXPECT_EQ(window->queuePage()->query(), QStringLiteral("is:snoozed"));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    press(Qt::Key_K, Qt::ControlModifier);
    press(Qt::Key_Escape);
    EXPECT_TRUE(list()->hasFocus() || find<QWidget>("queueEmpty")->isVisible());
}

TEST_F(Window, ThePaletteFindsACaseByItsCustomer)
{
    press(Qt::Key_K, Qt::ControlModifier);
    type("customer 17");
    press(Qt::Key_Return);
    ASSERT_FALSE(desk.casesRead.empty());
    EXPECT_EQ(desk.casesRead.back(), "rma:7000017");
}

TEST_F(Window, TheKeySheetShowsOnlyWhatCanBeDoneHere)
{
    press(Qt::Key_F1);
    auto* sheet = find<widgets::Sheet>("keySheet");
    ASSERT_NE(sheet, nullptr);
    auto* table = find<palette::KeyTable>("keyTable");
    const QString read = table->accessibleDescription();
    EXPECT_TRUE(read.contains(QStringLiteral("Snooze: S")));
    EXPECT_FALSE(read.contains(QStringLiteral("Missing: M"))) << "a verdict is no key of the queue";
    type("palette");
    EXPECT_EQ(table->shown(), 1);
    press(Qt::Key_Escape);
    EXPECT_TRUE(list()->hasFocus());
}

TEST_F(Window, TheRailHoldsOnlyPlacesThatExistAndTheWayBackWorks)
{
    auto* rail = find<widgets::Rail>("rail");
    const auto* model = static_cast<const widgets::RailModel*>(rail->model());
    QStringList places;
    for (int i = 0; i < model->rowCount(); ++i)
        if (!model->item(i).id.isEmpty())
            places << model->item(i).id;
    EXPECT_EQ(
        places.join(QLatin1Char(' ')),
        QStringLiteral("all mine cx finance warehouse integration snoozed quarantine health"));
    EXPECT_EQ(model->item(model->rowOf(QStringLiteral("all"))).count, QStringLiteral("30"));
    press(Qt::Key_5, Qt::ControlModifier); // Warehouse
    EXPECT_EQ(window->queuePage()->query(), QStringLiteral("is:open owner:warehouse"));
    EXPECT_EQ(rail->currentPlace(), QStringLiteral("warehouse"));
    EXPECT_TRUE(find<QWidget>("queueEmpty")->isVisible());
    press(Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(window->place(), QStringLiteral("all"));
    EXPECT_EQ(shown().size(), 30U);
}

TEST_F(Window, GThenALetterGoesToAPlace)
{
    press(Qt::Key_G);
    press(Qt::Key_H);
    EXPECT_EQ(window->place(), QStringLiteral("health"));
    press(Qt::Key_G);
    press(Qt::Key_Q);
    EXPECT_EQ(window->place(), QStringLiteral("all"));
}

TEST_F(Window, ExceptionsOfOneCaseStandUnderItsHeadAndFold)
{
    desk.row(rowId(7)).caseId = desk.row(rowId(29)).caseId;
    desk.row(rowId(7)).customer = desk.row(rowId(29)).customer;
    desk.publish();
    press(Qt::Key_Period);
    ASSERT_EQ(model().count(), 31);
    EXPECT_TRUE(model().isGroup(1));
    EXPECT_EQ(shown().at(1), 29);
    EXPECT_EQ(shown().at(2), 7);
    EXPECT_EQ(model().row(1).amount, QStringLiteral("£360.00"));
    list()->setCurrentId(id(7));
    press(Qt::Key_Left);
    EXPECT_EQ(model().count(), 29);
    EXPECT_EQ(model().exceptions(), 30);
    press(Qt::Key_Right);
    EXPECT_EQ(model().count(), 31);
    window->queuePage()->setQuery(QStringLiteral("is:open group:none"));
    EXPECT_EQ(model().count(), 30);
}

TEST_F(Window, AColumnHeadSortsAndTurnsRound)
{
    Q_EMIT list()->sortRequested(widgets::QueueColumn::AtRisk); // the default order already
    EXPECT_EQ(window->queuePage()->field()->validity(), widgets::FilterValidity::Valid);
    EXPECT_EQ(shown().front(), 1);
    Q_EMIT list()->sortRequested(widgets::QueueColumn::AtRisk);
    EXPECT_EQ(shown().front(), 30);
}

TEST_F(Window, QuickFiltersCountAndToggle)
{
    auto* chip = find<widgets::Chip>("chip-large");
    ASSERT_NE(chip, nullptr);
    EXPECT_EQ(chip->accessibleName(), QStringLiteral("Over 100 20"));
    chip->click();
    EXPECT_EQ(window->queuePage()->query(), QStringLiteral("is:open risk:>100"));
    EXPECT_EQ(shown().size(), 20U);
    chip->click();
    EXPECT_EQ(shown().size(), 30U);
}

TEST_F(Window, AHeldWriteCanBeTakenBackByKey)
{
    view::ActionView held;
    held.id = ActionId("a1");
    held.title = "Account credit £41.60, Harrow Lane";
    held.state = domain::ActionState::Approved;
    held.heldUntil = fromMillis(QDateTime::currentMSecsSinceEpoch() + 10'000);
    held.undo = {true, {}};
    desk.actions = {held};
    desk.tellAction("a1");
    QApplication::processEvents();
    auto* toast = window->toasts()->toast();
    ASSERT_TRUE(toast->isVisible());
    EXPECT_EQ(toast->shownId(), QStringLiteral("a1"));
    press(Qt::Key_Z);
    EXPECT_EQ(desk.undone, std::vector<std::string>{"a1"});
    EXPECT_EQ(toast->shownId(), QStringLiteral("undone"));
    press(Qt::Key_Z);
    EXPECT_EQ(desk.undone.size(), 1U);
}

TEST_F(Window, AProblemOfTheEngineStandsInTheBannerUntilReadAgain)
{
    desk.complain(QStringLiteral("Another process writes to this store."));
    auto* banner = find<QWidget>("banner");
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->isVisible());
    press(Qt::Key_F5);
    EXPECT_EQ(desk.readings, 1);
    QApplication::processEvents();
    EXPECT_FALSE(banner->isVisible());
}

TEST_F(Window, NarrowItKeepsIconsAndLaysThePaneOverTheList)
{
    window->resize(1100, 700);
    QApplication::processEvents();
    EXPECT_EQ(find<QWidget>("railHost")->width(), 52);
    const int before = window->queuePage()->width();
    press(Qt::Key_J);
    press(Qt::Key_Return);
    EXPECT_EQ(window->queuePage()->width(), before);
    window->resize(1440, 900);
    QApplication::processEvents();
    EXPECT_EQ(find<QWidget>("railHost")->width(), 216);
    EXPECT_LT(window->queuePage()->width(), 1440 - 216 - 400);
}

TEST_F(Window, AViewIsSavedUnderAName)
{
    window->queuePage()->setQuery(QStringLiteral("is:open risk:>280"));
    find<widgets::Button>("saveView")->click();
    type("Over 280");
    press(Qt::Key_Return);
    auto* rail = find<widgets::Rail>("rail");
    const auto* model = static_cast<const widgets::RailModel*>(rail->model());
    EXPECT_GE(model->rowOf(QStringLiteral("view:Over 280")), 0);
    window->goTo(QStringLiteral("all"));
    window->goTo(QStringLiteral("view:Over 280"));
    EXPECT_EQ(shown(), (std::vector<int>{30, 29}));
    queue::removeView(QStringLiteral("Larkfield Supply UK"), QStringLiteral("Over 280"));
}

} // namespace
} // namespace counterfoil
