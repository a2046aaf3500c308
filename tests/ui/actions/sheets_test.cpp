#include "tests/ui/actions/fake_workspace.h"
#include "tests/ui/actions/picture.h"
#include "ui/actions/check_list.h"
#include "ui/actions/figure_table.h"
#include "ui/actions/sheets.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/segmented_control.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QStackedWidget>
#include <QtTest>

#include <gtest/gtest.h>

namespace counterfoil {
namespace {

using actionsheets::ActionSheet;
using widgets::Button;

/// A window with something behind the sheet, and a sheet opened over it.
class SheetTest : public ::testing::Test {
protected:
    SheetTest()
    {
        m_window.resize(1440, 900);
        m_behind = new QLineEdit(&m_window);
        m_window.show();
        m_window.activateWindow();
        settle();
        m_behind->setFocus();
        desk.caseView = testing::pictureCase();
        desk.credit = testing::pictureCredit();
        desk.creditWhole = testing::pictureCredit();
        desk.creditWhole.propose = {false, "Waits for the inspection of the remaining units"};
        desk.creditWhole.issue = desk.creditWhole.propose;
        desk.release = testing::pictureRelease();
        desk.quarantine = testing::pictureLots();
    }

    void keep(ActionSheet* sheet)
    {
        m_sheet = sheet;
        QObject::connect(
            sheet, &ActionSheet::toastWanted, sheet,
            [this](const widgets::ToastContent& content) { toasts.push_back(content); });
        settle();
    }
    void openCredit()
    {
        keep(actionsheets::openCreditSheet(&desk, &m_window, "uk", CaseId("rma:7000412")));
    }
    static void settle()
    {
        for (int i = 0; i < 6; ++i)
            QCoreApplication::processEvents();
    }
    template <class T> T* part(const char* name) const
    {
        return m_sheet ? m_sheet->findChild<T*>(QString::fromLatin1(name)) : nullptr;
    }
    [[nodiscard]] Button* primary() const { return part<Button>("primary"); }
    [[nodiscard]] QString note() const { return part<widgets::Paragraph>("sheetNote")->text(); }
    void chooseReason(int index = 0) { part<QComboBox>("reasonCode")->setCurrentIndex(index); }
    void write(const QString& text)
    {
        auto* field = part<QPlainTextEdit>("reasonText");
        field->setFocus();
        QTest::keyClicks(field, text);
    }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* focus = QApplication::focusWidget();
        ASSERT_NE(focus, nullptr);
        QTest::keyClick(focus, key, modifiers);
    }
    [[nodiscard]] bool isOpen() const { return m_sheet && m_sheet->isVisible(); }

    testing::FakeWorkspace desk;
    std::vector<widgets::ToastContent> toasts;
    QWidget m_window;
    QLineEdit* m_behind;
    QPointer<ActionSheet> m_sheet;
};

TEST_F(SheetTest, aCreditGoesFromThePlanToTheToastByKeyboardAlone)
{
    openCredit();
    ASSERT_TRUE(isOpen());
    EXPECT_EQ(m_sheet->objectName(), QStringLiteral("creditSheet"));
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("Choose a reason first"));
    // The focus stands at the reason already.
    EXPECT_EQ(QApplication::focusWidget(), part<QComboBox>("reasonCode"));
    press(Qt::Key_Down);
    EXPECT_TRUE(primary()->isEnabled());
    press(Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Invoiced 12.50, not 18.50"));
    press(Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.credits.size(), 1U);
    EXPECT_EQ(desk.credits[0].planHash, "7f3a-97.10");
    EXPECT_EQ(desk.credits[0].code, "Wrong price basis in ReturnGO");
    EXPECT_EQ(desk.credits[0].text, "Invoiced 12.50, not 18.50");
    EXPECT_FALSE(desk.credits[0].approveToo) << "two people here";
    ASSERT_EQ(toasts.size(), 1U);
    EXPECT_EQ(toasts[0].text,
              QStringLiteral("Approval of £97.10 for Northwind Cafes Ltd requested."));
    EXPECT_FALSE(isOpen());
    EXPECT_EQ(QApplication::focusWidget(), m_behind) << "the focus goes back";
}

TEST_F(SheetTest, whoMayIssueAloneApprovesTooAndTheToastSaysWhenItLeaves)
{
    desk.credit.issue = {true, ""};
    openCredit();
    chooseReason();
    EXPECT_EQ(primary()->text(), QStringLiteral("Issue £97.10"));
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.credits.size(), 1U);
    EXPECT_TRUE(desk.credits[0].approveToo);
    ASSERT_EQ(toasts.size(), 1U);
    EXPECT_EQ(toasts[0].text,
              QStringLiteral("Approved £97.10 for Northwind Cafes Ltd. Sends in 10 s."));
    EXPECT_EQ(toasts[0].verb, QStringLiteral("Undo"));
    EXPECT_EQ(toasts[0].verbKey, QStringLiteral("Z"));
    EXPECT_FALSE(toasts[0].id.isEmpty());
}

TEST_F(SheetTest, pressingAgainWhileItIsBeingFiledFilesOnce)
{
    desk.holdsAnswers = true;
    openCredit();
    chooseReason();
    write(QStringLiteral("price"));
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Return, Qt::ControlModifier);
    primary()->click();
    press(Qt::Key_Escape);
    settle();
    EXPECT_EQ(desk.credits.size(), 1U);
    EXPECT_TRUE(isOpen()) << "it waits for the answer";
    desk.answerHeld();
    settle();
    EXPECT_EQ(toasts.size(), 1U);
    EXPECT_FALSE(isOpen());
}

TEST_F(SheetTest, theDisabledButtonsSayWhy)
{
    openCredit();
    chooseReason();
    auto* second = part<Button>("second");
    ASSERT_TRUE(second->isVisible());
    EXPECT_FALSE(second->isEnabled());
    EXPECT_EQ(second->blockedReason(), QStringLiteral("Needs a second person: request approval"));
    m_sheet->close();
    settle();

    desk.credit.propose = {false, "This write is not proved at this shop"};
    desk.credit.issue = desk.credit.propose;
    openCredit();
    chooseReason();
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("This write is not proved at this shop"));
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    EXPECT_TRUE(desk.credits.empty());
}

TEST_F(SheetTest, theLastReasonAsksForWords)
{
    openCredit();
    chooseReason(3);
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("Write the reason in words"));
    write(QStringLiteral("goodwill was agreed by telephone"));
    EXPECT_TRUE(primary()->isEnabled());
}

TEST_F(SheetTest, escapeAsksOnlyWhenSomethingIsWritten)
{
    openCredit();
    press(Qt::Key_Escape);
    settle();
    EXPECT_FALSE(isOpen());

    openCredit();
    write(QStringLiteral("price"));
    press(Qt::Key_Escape);
    settle();
    ASSERT_TRUE(isOpen());
    ASSERT_TRUE(part<QWidget>("discardBar")->isVisible());
    press(Qt::Key_Escape); // on the question: keep
    EXPECT_TRUE(isOpen());
    EXPECT_FALSE(part<QWidget>("discardBar")->isVisible());
    EXPECT_EQ(QApplication::focusWidget(), part<QPlainTextEdit>("reasonText"));
    press(Qt::Key_Escape);
    QTest::mouseClick(part<Button>("discard"), Qt::LeftButton);
    settle();
    EXPECT_FALSE(isOpen());
    EXPECT_TRUE(desk.credits.empty());
}

TEST_F(SheetTest, aMovedAmountIsShownOldAndNewAndAskedAgain)
{
    openCredit();
    chooseReason();
    write(QStringLiteral("price"));
    desk.credit = testing::movedCredit(); // an inspection elsewhere; this desk has not heard yet
    press(Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.credits.size(), 1U);
    ASSERT_TRUE(isOpen());
    ASSERT_TRUE(part<QWidget>("conflictForm")->isVisible());
    const auto& rows = part<actionsheets::FigureTable>("conflictRows")->rows();
    ASSERT_GE(rows.size(), 3U);
    EXPECT_EQ(rows[0].lead, QStringLiteral("Credit, 9 units then, 8 now"));
    EXPECT_EQ(rows[0].figures[0].text, QStringLiteral("£97.10"));
    EXPECT_EQ(rows[0].figures[1].text, QStringLiteral("£84.60"));
    EXPECT_EQ(rows[0].figures[1].color, &theme::Theme::crit);
    EXPECT_EQ(rows.back().figures[1].text, QStringLiteral("3,508.60"));
    EXPECT_EQ(rows.back().figures[1].color, &theme::Theme::text) << "the balance moves freely";
    EXPECT_EQ(primary()->text(), QStringLiteral("Request approval of £84.60"));
    EXPECT_TRUE(toasts.empty());
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.credits.size(), 2U);
    EXPECT_EQ(desk.credits[1].planHash, "02be-84.60");
    EXPECT_EQ(desk.credits[1].text, "price") << "the reason is kept";
    EXPECT_FALSE(isOpen());
}

TEST_F(SheetTest, aMovedAmountShowsWithoutAPressOnceTheDeskHears)
{
    openCredit();
    chooseReason();
    desk.changed("rma:7000412"); // nothing this plan is bound to
    settle();
    EXPECT_FALSE(part<QWidget>("conflictForm")->isVisible());
    desk.credit = testing::movedCredit();
    desk.changed("rma:1");
    settle();
    EXPECT_FALSE(part<QWidget>("conflictForm")->isVisible()) << "another case";
    desk.changed("rma:7000412");
    settle();
    EXPECT_TRUE(part<QWidget>("conflictForm")->isVisible());
    QTest::mouseClick(part<Button>("showNewPlan"), Qt::LeftButton);
    settle();
    EXPECT_FALSE(part<QWidget>("conflictForm")->isVisible());
    EXPECT_TRUE(desk.credits.empty());
}

TEST_F(SheetTest, aRefusalIsSaidAndThePressIsFreeAgain)
{
    desk.submitError = Error(ErrorCode::Forbidden, "Stop-all is on", Platform::Console);
    openCredit();
    chooseReason();
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_TRUE(isOpen());
    EXPECT_FALSE(note().isEmpty());
    EXPECT_TRUE(primary()->isEnabled());
    EXPECT_TRUE(toasts.empty());
}

TEST_F(SheetTest, waitingForTheRestIsShownAndNotSent)
{
    openCredit();
    chooseReason();
    auto* choice = part<widgets::SegmentedControl>("creditSwitch");
    choice->setFocus();
    press(Qt::Key_Right);
    settle();
    EXPECT_EQ(choice->chosen(), QStringLiteral("whole"));
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("Waits for the inspection of the remaining units"));
}

TEST_F(SheetTest, stepZeroIsAClaimWithAReason)
{
    openCredit();
    auto* tick = part<QCheckBox>("stoppedTick");
    ASSERT_NE(tick, nullptr);
    tick->setFocus();
    press(Qt::Key_Space);
    settle();
    EXPECT_TRUE(desk.claims.empty()) << "a tick without a reason says nothing";
    EXPECT_EQ(QApplication::focusWidget(), part<QLineEdit>("stoppedReason"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Priya cancelled it 10:50"));
    press(Qt::Key_Return);
    settle();
    ASSERT_EQ(desk.claims.size(), 1U);
    EXPECT_EQ(desk.claims[0].step, "stop-payment");
    EXPECT_EQ(desk.claims[0].finding.value, "f1");
    EXPECT_EQ(desk.claims[0].reason, "Priya cancelled it 10:50");
}

TEST_F(SheetTest, everyCallCanBeCopied)
{
    openCredit();
    QTest::mouseClick(part<Button>("copySteps"), Qt::LeftButton);
    const QString text = QApplication::clipboard()->text();
    EXPECT_TRUE(text.contains(QStringLiteral("returnProcess B2B-1042-R1")));
    EXPECT_TRUE(text.contains(QStringLiteral("0 Stop the other payment")));
}

TEST_F(SheetTest, whatBlocksStandsFirstAmongTheChecks)
{
    actionsheets::CheckList list;
    list.setChecks({{view::CheckState::Passed, "fine", ""},
                    {view::CheckState::Blocking, "not proved", ""},
                    {view::CheckState::Attention, "look", ""},
                    {view::CheckState::Blocking, "not proved", ""}});
    EXPECT_EQ(list.summary(), QStringLiteral("1 of 3 passed")) << "said once";
    EXPECT_TRUE(list.accessibleDescription().startsWith(QStringLiteral("blocks: not proved")));
}

TEST_F(SheetTest, aReleaseIsFiledOnceWithBeforeAndAfter)
{
    keep(actionsheets::openReleaseSheet(&desk, &m_window, "uk", CaseId("rma:7000412")));
    EXPECT_EQ(m_sheet->objectName(), QStringLiteral("releaseSheet"));
    const auto& rows = part<actionsheets::FigureTable>("releaseLines")->rows();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].figures[1].text, QStringLiteral("412"));
    EXPECT_EQ(rows[0].figures[2].text, QStringLiteral("417"));
    EXPECT_EQ(primary()->text(), QStringLiteral("Release 8 units"));
    press(Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.releases.size(), 1U);
    EXPECT_TRUE(desk.releases[0].second);
    ASSERT_EQ(toasts.size(), 1U);
    EXPECT_EQ(toasts[0].text, QStringLiteral("Release of 8 units is held. Sends in 10 s."));
}

TEST_F(SheetTest, stepZeroOfAReleaseIsAClaimToo)
{
    desk.release.steps.insert(desk.release.steps.begin(), testing::pictureCredit().steps.front());
    keep(actionsheets::openReleaseSheet(&desk, &m_window, "uk", CaseId("rma:7000412")));
    QTest::keyClicks(part<QLineEdit>("stoppedReason"), QStringLiteral("Jo did"));
    QTest::mouseClick(part<QCheckBox>("stoppedTick"), Qt::LeftButton, {}, QPoint(8, 8));
    settle();
    ASSERT_EQ(desk.claims.size(), 1U);
    EXPECT_EQ(desk.claims[0].reason, "Jo did");
}

TEST_F(SheetTest, aReleaseAboveTheLimitIsARequest)
{
    desk.release.releaseLabel = "Request release of 8 units";
    desk.release.isRequest = true;
    keep(actionsheets::openReleaseSheet(&desk, &m_window, "uk", CaseId("rma:7000412")));
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.releases.size(), 1U);
    EXPECT_FALSE(desk.releases[0].second);
    EXPECT_EQ(toasts.at(0).text, QStringLiteral("Release of 8 units requested."));
}

TEST_F(SheetTest, aReleaseThatMovedAsksAgain)
{
    keep(actionsheets::openReleaseSheet(&desk, &m_window, "uk", CaseId("rma:7000412")));
    desk.release.planHash = "release-7";
    desk.release.releaseLabel = "Release 7 units";
    desk.release.lines[0].units = 4;
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_TRUE(part<QWidget>("conflictForm")->isVisible());
    EXPECT_EQ(primary()->text(), QStringLiteral("Release 7 units"));
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.releases.size(), 2U);
    EXPECT_EQ(desk.releases[1].first, "release-7");
}

TEST_F(SheetTest, thePoNumberIsSuggestedAndSetOnce)
{
    keep(actionsheets::openSetPo(&desk, &m_window, "uk", CaseId("rma:7000412")));
    auto* field = part<QLineEdit>("po");
    EXPECT_EQ(field->text(), QStringLiteral("PO-88172"));
    field->clear();
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("Write the PO number first"));
    QTest::keyClicks(field, QStringLiteral("  PO-9 "));
    press(Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.pos.size(), 1U);
    EXPECT_EQ(desk.pos[0], "PO-9");
    EXPECT_EQ(desk.approved.size(), 1U);
    ASSERT_EQ(toasts.size(), 1U);
    EXPECT_EQ(toasts[0].text, QStringLiteral("PO number PO-9 for order B2B-1042. Sends in 10 s."));
}

TEST_F(SheetTest, aBlockedPoSaysWhy)
{
    desk.caseView.setPo = {false, "Shopify's order was not read"};
    keep(actionsheets::openSetPo(&desk, &m_window, "uk", CaseId("rma:7000412")));
    EXPECT_FALSE(primary()->isEnabled());
    EXPECT_EQ(note(), QStringLiteral("Shopify's order was not read"));
}

TEST_F(SheetTest, stoppingThePaymentNeedsTickAndReason)
{
    keep(actionsheets::openStopPayment(&desk, &m_window, "uk", CaseId("rma:7000412")));
    EXPECT_FALSE(primary()->isEnabled());
    part<QCheckBox>("stoppedTick")->setChecked(true);
    EXPECT_FALSE(primary()->isEnabled());
    QTest::keyClicks(part<QPlainTextEdit>("stoppedReason"), QStringLiteral("Stopped by Jo"));
    QTest::keyClick(m_sheet, Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.claims.size(), 1U);
    EXPECT_EQ(desk.claims[0].finding.value, "f1");
    EXPECT_EQ(desk.claims[0].reason, "Stopped by Jo");
    ASSERT_EQ(toasts.size(), 1U);
    EXPECT_TRUE(toasts[0].verb.isEmpty()) << "a claim is not undone";
}

TEST_F(SheetTest, verdictsAreGivenByUnitAndByCountAndRecordedOnce)
{
    keep(actionsheets::openInspection(&desk, &m_window, "uk", CaseId("rma:7000412")));
    EXPECT_FALSE(primary()->isEnabled());
    auto* units = part<QListView>("unitList");
    ASSERT_NE(units, nullptr);
    units->setFocus();
    QTest::keyClick(units, Qt::Key_B); // the one bag to do
    settle();
    EXPECT_EQ(primary()->text(), QStringLiteral("Record 1 verdict"));
    part<widgets::SegmentedControl>("lotChoice")->setFocus();
    press(Qt::Key_Right);
    settle();
    auto* count = part<QLineEdit>("countField");
    ASSERT_NE(count, nullptr);
    count->setFocus();
    QTest::keyClicks(count, QStringLiteral("1 A, 1 D by buyer"));
    QTest::keyClick(count, Qt::Key_Return);
    settle();
    EXPECT_EQ(primary()->text(), QStringLiteral("Record 3 verdicts"));
    press(Qt::Key_Return, Qt::ControlModifier);
    settle();
    ASSERT_EQ(desk.inspections.size(), 3U);
    EXPECT_EQ(desk.inspections[0].unit.value, "BEAN-1KG#8");
    EXPECT_EQ(desk.inspections[0].verdict, domain::UnitVerdict::BGrade);
    EXPECT_EQ(desk.inspections[2].unit.value, "CUP-8OZ#6");
    EXPECT_EQ(desk.inspections[2].cause, domain::DamageCause::Buyer);
    EXPECT_EQ(toasts.at(0).text, QStringLiteral("3 verdicts recorded."));
}

} // namespace
} // namespace counterfoil
