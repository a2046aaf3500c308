#include "tests/ui/actions/fake_workspace.h"
#include "tests/ui/actions/picture.h"
#include "ui/casefile/case_pane.h"
#include "ui/casefile/json_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/comparison_grid.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTextBlock>
#include <QtTest>

#include <gtest/gtest.h>

namespace counterfoil {
namespace {

using casefile::CasePane;
using widgets::Button;

class CasePaneTest : public ::testing::Test {
protected:
    CasePaneTest()
    {
        desk.caseView = testing::pictureCase();
        desk.documents["7000412"].title = "ReturnGO rma 7000412, version 3";
        desk.documents["7000412"].body =
            R"({"id":7000412,"status":"Received","items":[{"price":18.50,"resolutionType":"Card refund"}]})";
        pane = new CasePane(&desk, &m_window);
        pane->setGeometry(0, 0, 560, 828);
        m_window.resize(1440, 900);
        m_window.show();
        m_window.activateWindow();
        const auto note = [this](const char* what) {
            return [this, what] { wanted.emplace_back(what); };
        };
        QObject::connect(pane, &CasePane::creditWanted, pane, note("credit"));
        QObject::connect(pane, &CasePane::releaseWanted, pane, note("release"));
        QObject::connect(pane, &CasePane::poWanted, pane, note("po"));
        QObject::connect(pane, &CasePane::inspectWanted, pane, note("inspect"));
        QObject::connect(pane, &CasePane::stopPaymentWanted, pane, note("stop"));
        QObject::connect(pane, &CasePane::windowWanted, pane, note("window"));
        QObject::connect(pane, &CasePane::toastWanted, pane,
                         [this](const widgets::ToastContent& toast) { said << toast.text; });
        open();
    }

    void open()
    {
        pane->open("uk", CaseId("rma:7000412"));
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 6; ++i)
            QCoreApplication::processEvents();
    }
    template <class T> T* part(const char* name) const
    {
        return pane->findChild<T*>(QString::fromLatin1(name));
    }
    void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* focus = QApplication::focusWidget();
        ASSERT_NE(focus, nullptr);
        QTest::keyClick(focus, static_cast<Qt::Key>(key), modifiers);
        settle();
    }
    /// The grid's cell of a row label and a column.
    [[nodiscard]] QModelIndex cell(const QString& label, int column) const
    {
        auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
        for (int row = 0; row < grid->comparison()->rowCount(); ++row)
            if (grid->comparison()->row(row).label == label)
                return grid->comparison()->index(row, column);
        return {};
    }

    testing::FakeWorkspace desk;
    QWidget m_window;
    CasePane* pane;
    std::vector<std::string> wanted;
    QStringList said;
};

TEST_F(CasePaneTest, saysWhatIsWrongWithItsAmount)
{
    EXPECT_EQ(part<widgets::Paragraph>("caseTitle")->text(),
              QStringLiteral("Card refund on a Pay on Account order"));
    QStringList lines;
    for (auto* line : part<QWidget>("caseSentences")->findChildren<widgets::Paragraph*>())
        lines << line->text();
    EXPECT_TRUE(lines.contains(QStringLiteral(
        "ReturnGO will refund 176.80 to a card. Expected an account credit of 119.20.")));
    EXPECT_TRUE(lines.contains(QStringLiteral("Unexplained: 0.00")));
    EXPECT_EQ(part<QTabBar>("caseTabs")->tabText(0), QStringLiteral("Compare 6 differ"));
    EXPECT_EQ(part<QTabBar>("caseTabs")->tabText(2), QStringLiteral("Playbook 1 of 6"));
}

TEST_F(CasePaneTest, lettersAskForTheSheets)
{
    part<widgets::ComparisonGrid>("comparisonGrid")->setFocus();
    key(Qt::Key_C);
    key(Qt::Key_L);
    key(Qt::Key_P);
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(wanted, (std::vector<std::string>{"credit", "release", "po", "window"}));
}

TEST_F(CasePaneTest, lettersAreLettersInATextField)
{
    key(Qt::Key_N); // to the field of the note
    part<QLineEdit>("noteField")->setFocus();
    QTest::keyClicks(part<QLineEdit>("noteField"), QStringLiteral("clp 1"));
    settle();
    EXPECT_EQ(part<QLineEdit>("noteField")->text(), QStringLiteral("clp 1"));
    EXPECT_TRUE(wanted.empty());
}

TEST_F(CasePaneTest, whatIsOffSaysWhyBesideItAndItsKeyDoesNothing)
{
    desk.caseView.credit = {false, "Waits for step 1, the return is not processed"};
    desk.changed("rma:7000412");
    settle();
    EXPECT_FALSE(part<Button>("credit")->isEnabled());
    auto* reason = part<widgets::Paragraph>("creditReason");
    EXPECT_TRUE(reason->isVisible());
    EXPECT_TRUE(
        reason->text().contains(QStringLiteral("Waits for step 1, the return is not processed")));
    EXPECT_FALSE(part<widgets::Paragraph>("releaseReason")->isVisible());
    part<widgets::ComparisonGrid>("comparisonGrid")->setFocus();
    key(Qt::Key_C);
    EXPECT_TRUE(wanted.empty());
}

TEST_F(CasePaneTest, aPollKeepsScrollFocusAndWhatIsTyped)
{
    auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
    auto* bar = part<QScrollArea>("caseScroll")->verticalScrollBar();
    auto* field = part<QLineEdit>("noteField");
    field->setText(QStringLiteral("half a sent"));
    grid->setFocus(Qt::TabFocusReason);
    grid->setCurrentIndex(cell(QStringLiteral("Credit in total"), 3));
    const QString row = grid->comparison()->row(grid->currentIndex().row()).id;
    bar->setValue(160);
    ASSERT_EQ(bar->value(), 160) << "the case is longer than the pane";
    desk.caseView.notes.push_back({"Jo", fromMillis(1'795'430'000'000), "Asked the buyer."});
    desk.caseView.comparison[0].rows.erase(desk.caseView.comparison[0].rows.begin());
    desk.changed("rma:7000412");
    settle();
    EXPECT_EQ(part<QTabBar>("caseTabs")->tabText(3), QStringLiteral("Notes 3"));
    EXPECT_EQ(bar->value(), 160);
    EXPECT_EQ(QApplication::focusWidget(), grid);
    EXPECT_EQ(grid->comparison()->row(grid->currentIndex().row()).id, row);
    EXPECT_EQ(field->text(), QStringLiteral("half a sent"));
}

TEST_F(CasePaneTest, aCellThatChangedFlashesOnceAndOnlyInTheSameCase)
{
    auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
    const QModelIndex status = cell(QStringLiteral("Return status"), 3);
    const QString row = grid->comparison()->row(status.row()).id;
    auto& cells = desk.caseView.comparison[0].rows[3].cells;
    cells[view::System::ReturnGo].text = "Validated";
    desk.changed("rma:7000412");
    settle();
    EXPECT_GT(grid->flashOf(row, 3), 0.0);
    EXPECT_EQ(grid->flashOf(row, 2), 0.0) << "what stayed the same does not";
    cells[view::System::ReturnGo].text = "Done";
    desk.caseView.id = CaseId("rma:7000413");
    pane->open("uk", CaseId("rma:7000413"));
    settle();
    EXPECT_EQ(grid->flashOf(row, 3), 0.0) << "another case is no change";
}

TEST_F(CasePaneTest, anotherCaseIsNotReadByItsPoll)
{
    const int reads = desk.caseReads;
    desk.changed("rma:1");
    settle();
    EXPECT_EQ(desk.caseReads, reads);
}

TEST_F(CasePaneTest, enterOnACellOpensItsDocumentAtTheFieldAndEscComesBack)
{
    auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
    grid->setFocus(Qt::TabFocusReason);
    grid->setCurrentIndex(cell(QStringLiteral("Unit price, net"), 3));
    key(Qt::Key_Return);
    ASSERT_EQ(desk.documentsRead.size(), 1U);
    EXPECT_EQ(desk.documentsRead[0].externalId, "7000412");
    auto* text = part<QPlainTextEdit>("documentText");
    ASSERT_TRUE(text->isVisible());
    EXPECT_EQ(QApplication::focusWidget(), text);
    EXPECT_EQ(text->textCursor().block().text().trimmed(), QStringLiteral("\"price\": 18.50,"));
    key(Qt::Key_Escape);
    EXPECT_EQ(QApplication::focusWidget(), grid);
}

TEST_F(CasePaneTest, aCellWithoutADocumentSaysSo)
{
    auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
    grid->setFocus(Qt::TabFocusReason);
    grid->setCurrentIndex(cell(QStringLiteral("Payment method"), 1));
    key(Qt::Key_Return);
    EXPECT_TRUE(desk.documentsRead.empty());
    EXPECT_EQ(said.size(), 1);
}

TEST_F(CasePaneTest, theFixLinkAndThePlaybookUseTheSameDoors)
{
    auto* grid = part<widgets::ComparisonGrid>("comparisonGrid");
    grid->setFocus(Qt::TabFocusReason);
    grid->setCurrentIndex(cell(QStringLiteral("PO number"), 2));
    key(Qt::Key_Return);
    QTest::mouseClick(part<Button>("step2"), Qt::LeftButton);
    QTest::mouseClick(part<Button>("step4"), Qt::LeftButton);
    EXPECT_EQ(wanted, (std::vector<std::string>{"po", "stop", "credit"}));
    EXPECT_EQ(part<Button>("step1"), nullptr) << "a step that is done needs no button";
}

TEST_F(CasePaneTest, aNoteIsTakenOnceAndKeptWhenRefused)
{
    auto* field = part<QLineEdit>("noteField");
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("Photos asked for"));
    desk.holdsAnswers = true;
    QTest::keyClick(field, Qt::Key_Return);
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    EXPECT_EQ(field->text(), QStringLiteral("Photos asked for"));
    desk.answerHeld();
    settle();
    ASSERT_EQ(desk.notes, std::vector<std::string>{"Photos asked for"});
    EXPECT_TRUE(field->text().isEmpty());
}

TEST_F(CasePaneTest, digitsGoToThePartsOfTheCase)
{
    part<widgets::ComparisonGrid>("comparisonGrid")->setFocus();
    key(Qt::Key_3);
    auto* area = part<QScrollArea>("caseScroll");
    auto* playbook = part<QWidget>("playbookSection");
    EXPECT_GT(area->verticalScrollBar()->value(), 0);
    EXPECT_FALSE(playbook->visibleRegion().isEmpty());
    EXPECT_EQ(part<QTabBar>("caseTabs")->currentIndex(), 2);
    key(Qt::Key_1);
    EXPECT_EQ(area->verticalScrollBar()->value(), 0);
}

TEST_F(CasePaneTest, theRulesComeWhenAsked)
{
    desk.traces = {{domain::FindingType::CreditValueMismatch, "fails", "18.50 is not 12.50", {}},
                   {domain::FindingType::PoMissing, "passes", "", {}},
                   {domain::FindingType::RefundStuck, "not applicable", "", {}}};
    QTest::mouseClick(part<Button>("whyAsk"), Qt::LeftButton);
    settle();
    ASSERT_NE(part<Button>("whyFolded"), nullptr);
    EXPECT_EQ(part<Button>("whyFolded")->text(), QStringLiteral("2 rules pass or do not apply"));
}

TEST_F(CasePaneTest, aCaseThatCannotBeReadSaysWhyAndOffersNothing)
{
    pane->showProblem(QStringLiteral("The local copy does not hold it."));
    EXPECT_EQ(part<widgets::Paragraph>("caseTitle")->text(),
              QStringLiteral("This case cannot be shown"));
    EXPECT_FALSE(part<Button>("credit")->isVisible());
    open();
    EXPECT_TRUE(part<Button>("credit")->isVisible());
}

TEST_F(CasePaneTest, inAWindowOfItsOwnPlaybookAndNotesStandBeside)
{
    pane->setGeometry(0, 0, 1400, 860);
    settle();
    EXPECT_TRUE(part<QScrollArea>("caseSide")->isAncestorOf(part<QWidget>("notesSection")));
    EXPECT_TRUE(part<widgets::ComparisonGrid>("comparisonGrid")->isRoomy());
    pane->setGeometry(0, 0, 560, 860);
    settle();
    EXPECT_TRUE(part<QScrollArea>("caseScroll")->isAncestorOf(part<QWidget>("notesSection")));
}

TEST(JsonText, keepsEveryValueLetterForLetterAndKnowsItsPointers)
{
    const auto out = casefile::layOutJson(
        R"({"a/b":1.50,"list":[{"x":"y, \"z\""},{}],"n":1e3,"big":12345678901234567890})");
    EXPECT_NE(out.text.find("\"a/b\": 1.50,"), std::string::npos);
    EXPECT_NE(out.text.find("\"big\": 12345678901234567890"), std::string::npos);
    EXPECT_NE(out.text.find("\"n\": 1e3"), std::string::npos);
    EXPECT_EQ(out.lineOf("/a~1b"), 1);
    EXPECT_EQ(out.lineOf("/list/0/x"), 4);
    EXPECT_EQ(out.lineOf("/list/0/gone"), 3) << "the nearest that is there";
    EXPECT_EQ(out.lineHolding("1.50"), 1);
    EXPECT_EQ(out.lineHolding("1.5"), -1);
}

TEST(JsonText, whatIsNotJsonStaysAsItIs)
{
    for (const char* body : {"<html>", "{\"a\":", "", "[1,]x", "{\"a\" 1}"}) {
        const auto out = casefile::layOutJson(body);
        EXPECT_EQ(out.text, std::string(body) + "\n") << body;
    }
}

view::ActionView waitingCredit(const char* id, const char* caseId)
{
    view::ActionView action;
    action.id = ActionId(id);
    action.site = "uk";
    action.caseId = CaseId(caseId);
    action.title = "Account credit £97.10, RMA7000412";
    action.by = "Priya Shah";
    action.stateText = "waits for approval";
    action.approve = action.reject = action.undo = {true, {}};
    return action;
}

TEST_F(CasePaneTest, WhatWaitsForASignatureIsSignedWhereSumAndBuyerStand)
{
    EXPECT_TRUE(part<QWidget>("pendingStrip")->isHidden());
    desk.actions = {waitingCredit("a-1", "rma:7000412"), waitingCredit("a-2", "rma:1")};
    open();
    ASSERT_FALSE(part<QWidget>("pendingStrip")->isHidden());
    EXPECT_TRUE(
        part<widgets::Paragraph>("pendingWhat")->accessibleName().contains(QStringLiteral("97.10")))
        << part<widgets::Paragraph>("pendingWhat")->accessibleName().toStdString();
    pane->setFocus();
    key(Qt::Key_Y);
    ASSERT_EQ(desk.approved.size(), 1U);
    EXPECT_EQ(desk.approved[0], ActionId("a-1"));
}

TEST_F(CasePaneTest, DecliningAsksWhyFirst)
{
    desk.actions = {waitingCredit("a-1", "rma:7000412")};
    open();
    part<Button>("decline")->click();
    settle();
    EXPECT_TRUE(desk.declined.empty()) << "no reason was given";
    part<QLineEdit>("declineReason")->setText(QStringLiteral("wrong units"));
    part<Button>("decline")->click();
    settle();
    ASSERT_EQ(desk.declined.size(), 1U);
    EXPECT_EQ(desk.declined[0].second, "wrong units");
}

} // namespace
} // namespace counterfoil
