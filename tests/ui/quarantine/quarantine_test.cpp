#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/health/pictures.h"
#include "tests/ui/health/still_workspace.h"
#include "ui/quarantine/inspection_pane.h"
#include "ui/quarantine/lot_list.h"
#include "ui/quarantine/quarantine_page.h"
#include "ui/quarantine/release_tray.h"
#include "ui/quarantine/scan_reader.h"
#include "ui/quarantine/unit_list.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"

#include <gtest/gtest.h>

namespace counterfoil::tests {
namespace {

using domain::DamageCause;
using domain::UnitVerdict;
using quarantine::InspectionPane;
using quarantine::LotList;
using quarantine::QuarantinePage;
using quarantine::ScanReader;
using quarantine::UnitList;
using widgets::Button;

Instant at(const char* text)
{
    return parseInstant(text).value();
}

view::LotView lot(const char* rma, const char* sku, const char* title,
                  std::vector<std::optional<UnitVerdict>> verdicts, const char* since)
{
    view::LotView out;
    out.id = std::string("Q-") + rma + "-" + sku;
    out.site = "uk";
    out.caseId = CaseId(std::string("rma:") + rma);
    out.rma = rma;
    out.sku = sku;
    out.title = title;
    out.customer = "Northwind Cafes Ltd";
    out.since = at(since);
    for (const auto& verdict : verdicts) {
        view::InspectionUnit unit;
        unit.unit = UnitId(std::string(rma) + sku + std::to_string(out.rows.size()));
        unit.ordinal = ++out.units;
        unit.sku = sku;
        unit.verdict = verdict;
        if (verdict) {
            ++out.counts[*verdict];
            unit.person = "Rhys Bowen";
            unit.at = "10:12";
            unit.shareText = "credit 100 %";
            unit.cause =
                *verdict == UnitVerdict::Damaged ? DamageCause::Transit : DamageCause::None;
        } else {
            ++out.toDo;
        }
        out.rows.push_back(std::move(unit));
    }
    out.stage = out.toDo == out.units ? "not-inspected" : out.toDo > 0 ? "part-inspected" : "ready";
    return out;
}

constexpr auto kA = UnitVerdict::AGrade;

view::QuarantineView sample()
{
    view::QuarantineView out;
    out.lots = {lot("7000386", "MUG-12OZ", "Stoneware mug 12 oz",
                    std::vector<std::optional<UnitVerdict>>(24), "2026-11-24T04:42:00Z"),
                lot("7000395", "TEA-EB-250", "Breakfast tea 250 g",
                    std::vector<std::optional<UnitVerdict>>(9), "2026-11-23T10:00:00Z"),
                lot("7000412", "BEAN-1KG", "Espresso beans 1 kg",
                    {kA, kA, kA, kA, kA, UnitVerdict::Damaged, UnitVerdict::BGrade, {}},
                    "2026-11-21T14:00:00Z"),
                lot("7000412", "CUP-8OZ", "Ceramic cup 8 oz",
                    {kA, kA, UnitVerdict::Damaged, UnitVerdict::WrongItem, {}, {}},
                    "2026-11-21T14:00:00Z"),
                lot("7000356", "OAT-1L", "Oat drink 1 l",
                    std::vector<std::optional<UnitVerdict>>(12, kA), "2026-11-20T10:00:00Z")};
    out.summary = "5 lots, 59 units";
    return out;
}

/// Holds lots; verdicts change them when the test lets them land.
class LotWorkspace final : public StillWorkspace {
public:
    view::QuarantineView quarantine = sample();
    view::ReleasePreview preview;
    std::vector<domain::Inspection> recorded;
    std::vector<workspace::Done> waiting;
    bool isSlow = false;
    int previews = 0;

    LotWorkspace() { frameView.at = at("2026-11-24T10:42:00Z"); }

    void readQuarantine(QObject*, workspace::Answer<view::QuarantineView> answer) override
    {
        answer(quarantine);
    }
    void previewRelease(QObject*, const std::string&, const CaseId&,
                        workspace::Answer<view::ReleasePreview> answer) override
    {
        ++previews;
        answer(preview);
    }
    void inspect(QObject*, const std::string&, const CaseId&, std::vector<domain::Inspection> rows,
                 workspace::Done answer) override
    {
        recorded.insert(recorded.end(), rows.begin(), rows.end());
        if (isSlow) {
            waiting.push_back(std::move(answer));
            return;
        }
        if (done)
            land(rows);
        answer(done);
    }
    void land(const std::vector<domain::Inspection>& rows)
    {
        for (view::LotView& each : quarantine.lots) {
            for (view::InspectionUnit& unit : each.rows) {
                for (const domain::Inspection& row : rows) {
                    if (row.unit != unit.unit)
                        continue;
                    each.toDo -= unit.verdict ? 0 : 1;
                    unit.verdict = row.verdict;
                    unit.cause = row.cause;
                    unit.note = row.note;
                    unit.person = "Nora Field";
                }
            }
            each.stage = each.toDo == each.units ? "not-inspected"
                         : each.toDo > 0         ? "part-inspected"
                                                 : "ready";
        }
    }
};

class QuarantinePageTest : public testing::Test {
protected:
    void open()
    {
        page = std::make_unique<QuarantinePage>(&source);
        page->resize(1224, 828);
        page->show();
        page->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(page.get()));
        lots = page->findChild<LotList*>();
        units = page->findChild<UnitList*>();
        pane = page->findChild<InspectionPane*>();
        ASSERT_NE(lots, nullptr);
        ASSERT_NE(units, nullptr);
        ASSERT_NE(pane, nullptr);
    }
    template <class T> T* find(const char* name)
    {
        auto* found = page->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    /// A key of a person: alone for longer than a scanner's pause.
    void press(QWidget* widget, Qt::Key key)
    {
        auto* reader = page->findChild<ScanReader*>();
        QTest::keyClick(widget, key);
        reader->flush();
    }
    /// A scanner: the label without pauses, then Enter.
    static void scan(QWidget* widget, const char* label)
    {
        QTest::keyClicks(widget, QString::fromLatin1(label));
        QTest::keyClick(widget, Qt::Key_Return);
    }

    LotWorkspace source;
    std::unique_ptr<QuarantinePage> page;
    LotList* lots = nullptr;
    UnitList* units = nullptr;
    InspectionPane* pane = nullptr;
};

TEST_F(QuarantinePageTest, groupsByStageWithTheOldestFirst)
{
    open();
    const quarantine::LotModel& model = *lots->lots();
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows << (model.groupAt(row) ? model.groupAt(row)->title
                                    : QString::fromStdString(model.lotAt(row)->sku));
    EXPECT_EQ(rows.join(QLatin1Char('|')).toStdString(),
              "Not inspected|TEA-EB-250|MUG-12OZ|Part inspected|BEAN-1KG|CUP-8OZ|"
              "Inspected, ready to release|OAT-1L");
    EXPECT_EQ(model.groupAt(0)->note, QStringLiteral("2 lots, 33 units"));
    EXPECT_TRUE(model.data(model.index(4), Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("5 A, 1 B, 1 D, 1 to do")));
    savePictures(*page, QStringLiteral("quarantine"));
}

TEST_F(QuarantinePageTest, lettersGiveVerdictsAndGoOnToTheNextUnit)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("TEA-EB-250")));
    lots->setFocus();
    press(lots, Qt::Key_Return);
    EXPECT_TRUE(units->hasFocus());
    press(units, Qt::Key_A);
    press(units, Qt::Key_B);
    press(units, Qt::Key_D);
    press(units, Qt::Key_W);
    press(units, Qt::Key_M);
    ASSERT_EQ(source.recorded.size(), 5U);
    const UnitVerdict expected[] = {UnitVerdict::AGrade, UnitVerdict::BGrade, UnitVerdict::Damaged,
                                    UnitVerdict::WrongItem, UnitVerdict::Missing};
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(source.recorded[i].verdict, expected[i]);
        EXPECT_EQ(source.recorded[i].unit.value, "7000395TEA-EB-250" + std::to_string(i));
    }
    EXPECT_EQ(source.recorded[2].cause, DamageCause::Transit);
    EXPECT_EQ(units->currentIndex().row(), 5);
    EXPECT_EQ(find<QLabel>("inspectedCount")->text(), QStringLiteral("5 of 9 inspected"));
}

TEST_F(QuarantinePageTest, damagedAgainChangesWhoDamagedIt)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("BEAN-1KG")));
    units->setFocus();
    units->setCurrentIndex(units->model()->index(5, 0));
    press(units, Qt::Key_D);
    ASSERT_EQ(source.recorded.size(), 1U);
    EXPECT_EQ(source.recorded[0].cause, DamageCause::Buyer);
    EXPECT_EQ(units->currentIndex().row(), 5) << "a correction stays where it is";
    press(units, Qt::Key_D);
    EXPECT_EQ(source.recorded[1].cause, DamageCause::Transit);
}

TEST_F(QuarantinePageTest, lettersAreNoVerdictsInTheListOfLots)
{
    open();
    lots->setFocus();
    press(lots, Qt::Key_A);
    press(lots, Qt::Key_D);
    EXPECT_TRUE(source.recorded.empty());
}

TEST_F(QuarantinePageTest, aClickOnAButtonOfAUnitGivesIt)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("TEA-EB-250")));
    QApplication::processEvents();
    QTest::mouseClick(units->viewport(), Qt::LeftButton, {},
                      units->segmentRect(1, 3).center().toPoint());
    ASSERT_EQ(source.recorded.size(), 1U);
    EXPECT_EQ(source.recorded[0].verdict, UnitVerdict::WrongItem);
    EXPECT_EQ(source.recorded[0].unit.value, "7000395TEA-EB-2501");
}

TEST_F(QuarantinePageTest, countsInOneField)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("MUG-12OZ")));
    lots->setFocus();
    press(lots, Qt::Key_NumberSign);
    auto* field = find<QLineEdit>("countField");
    EXPECT_TRUE(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("25 A"));
    EXPECT_TRUE(find<QLabel>("inspectionSaid")->text().contains(QStringLiteral("24 are left")));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(source.recorded.empty());
    field->clear();
    QTest::keyClicks(field, QStringLiteral("22 A, 1 B, 1 D"));
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(source.recorded.size(), 24U);
    EXPECT_TRUE(field->text().isEmpty());
    EXPECT_EQ(find<QLabel>("inspectedCount")->text(), QStringLiteral("24 of 24 inspected"));
    EXPECT_FALSE(find<Button>("markRest")->isEnabled());
    EXPECT_FALSE(find<Button>("markRest")->blockedReason().isEmpty());
}

TEST_F(QuarantinePageTest, marksTheRestAGrade)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("CUP-8OZ")));
    find<Button>("markRest")->click();
    ASSERT_EQ(source.recorded.size(), 2U);
    EXPECT_EQ(source.recorded[0].verdict, UnitVerdict::AGrade);
    EXPECT_EQ(source.recorded[0].unit.value, "7000412CUP-8OZ4");
}

TEST_F(QuarantinePageTest, aNoteGoesWithTheVerdict)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("BEAN-1KG")));
    units->setFocus();
    units->setCurrentIndex(units->model()->index(5, 0));
    press(units, Qt::Key_N);
    auto* field = find<QLineEdit>("noteField");
    EXPECT_TRUE(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("Bag split at the seam"));
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_EQ(source.recorded.size(), 1U);
    EXPECT_EQ(source.recorded[0].note, "Bag split at the seam");
    EXPECT_EQ(source.recorded[0].verdict, UnitVerdict::Damaged);
    EXPECT_EQ(source.recorded[0].cause, DamageCause::Transit);
}

TEST_F(QuarantinePageTest, whatIsOnItsWayStaysOnScreenWhenAnOlderReadingArrives)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("TEA-EB-250")));
    source.isSlow = true;
    units->setFocus();
    press(units, Qt::Key_A);
    Q_EMIT source.queueChanged({}); // a reading without the verdict
    EXPECT_EQ(find<QLabel>("inspectedCount")->text(), QStringLiteral("1 of 9 inspected"));
    ASSERT_EQ(source.waiting.size(), 1U);
    source.land(source.recorded);
    source.waiting.front()({});
    EXPECT_EQ(find<QLabel>("inspectedCount")->text(), QStringLiteral("1 of 9 inspected"));
    EXPECT_EQ(units->units()->unit(0).person, "Nora Field");
}

TEST_F(QuarantinePageTest, aRefusedVerdictIsTakenBackAndSaysWhy)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("TEA-EB-250")));
    source.done = fail(ErrorCode::Forbidden, "no role for it");
    units->setFocus();
    press(units, Qt::Key_A);
    EXPECT_EQ(find<QLabel>("inspectedCount")->text(), QStringLiteral("0 of 9 inspected"));
    EXPECT_TRUE(find<QLabel>("inspectionSaid")->text().startsWith(QStringLiteral("Not recorded.")));
}

TEST_F(QuarantinePageTest, theLotInWorkKeepsItsPlaceUntilAnotherIsOpened)
{
    open();
    ASSERT_TRUE(page->select(QStringLiteral("CUP-8OZ")));
    const int before = lots->currentIndex().row();
    find<Button>("markRest")->click();
    EXPECT_EQ(lots->currentIndex().row(), before);
    ASSERT_NE(lots->lots()->lotAt(before), nullptr);
    EXPECT_EQ(lots->lots()->lotAt(before)->sku, "CUP-8OZ");
    ASSERT_TRUE(page->select(QStringLiteral("MUG-12OZ")));
    const int moved =
        lots->lots()->rowOf(QStringLiteral("uk/rma:7000412/CUP-8OZ/Q-7000412-CUP-8OZ"));
    EXPECT_GT(moved, before);
}

TEST_F(QuarantinePageTest, aScannedLabelSelectsAndASecondScanAddsOne)
{
    open();
    lots->setFocus();
    scan(lots, "TEA-EB-250");
    EXPECT_TRUE(pane->key().contains(QStringLiteral("TEA-EB-250")));
    EXPECT_TRUE(units->hasFocus());
    EXPECT_TRUE(source.recorded.empty()) << "the letters of a label are no verdicts";
    scan(units, "TEA-EB-250");
    EXPECT_EQ(find<QLineEdit>("countField")->text(), QStringLiteral("1 A"));
    scan(units, "tea-eb-250");
    EXPECT_EQ(find<QLineEdit>("countField")->text(), QStringLiteral("2 A"));
    scan(units, "RMA7000412");
    EXPECT_TRUE(pane->key().contains(QStringLiteral("7000412")));
    scan(units, "NO-SUCH-THING");
    EXPECT_TRUE(find<QLabel>("inspectionSaid")->text().contains(QStringLiteral("NO-SUCH-THING")));
    EXPECT_TRUE(source.recorded.empty());
}

TEST(ScanReader, aLetterThatStandsAloneIsAKey)
{
    ScanReader reader;
    QSignalSpy keys(&reader, &ScanReader::key);
    QSignalSpy labels(&reader, &ScanReader::scanned);
    reader.feed(QStringLiteral("A"));
    EXPECT_TRUE(keys.wait(2000)); // its own pause ends it
    EXPECT_EQ(keys.size(), 1);
    EXPECT_TRUE(labels.isEmpty());
    EXPECT_FALSE(reader.feedEnter());
    for (const char* letter : {"B", "2", "B"})
        reader.feed(QString::fromLatin1(letter));
    EXPECT_TRUE(reader.feedEnter());
    ASSERT_EQ(labels.size(), 1);
    EXPECT_EQ(labels[0][0].toString(), QStringLiteral("B2B"));
    EXPECT_EQ(keys.size(), 1);
}

TEST_F(QuarantinePageTest, theTrayShowsBeforeAndAfterAndAsksForTheSheet)
{
    view::ReleaseLine line;
    line.sku = "BEAN-1KG";
    line.title = "Espresso beans 1 kg";
    line.location = "Hull main";
    line.units = 5;
    line.availableBefore = 212;
    line.availableAfter = 217;
    line.note = "5 A";
    source.preview.lines = {line};
    source.preview.unitsByLocation = {{"Hull main", 5}};
    source.preview.valueText = "£62.50";
    source.preview.approvalText = "Nora Field may release this alone.";
    source.preview.releaseLabel = "Release 5 units";
    source.preview.release = {true, ""};
    open();
    ASSERT_TRUE(page->select(QStringLiteral("BEAN-1KG")));
    auto* button = find<Button>("releaseButton");
    EXPECT_EQ(button->text(), QStringLiteral("Release 5 units"));
    const auto rows = page->findChildren<quarantine::ReleaseLineRow*>();
    ASSERT_EQ(rows.size(), 1);
    EXPECT_TRUE(rows[0]->accessibleName().contains(QStringLiteral("available 212, then 217")));
    std::vector<std::string> asked;
    QObject::connect(
        page.get(), &QuarantinePage::releaseRequested, page.get(),
        [&](const std::string& site, const CaseId& id) { asked.push_back(site + " " + id.value); });
    units->setFocus();
    press(units, Qt::Key_L);
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0], "uk rma:7000412");
    savePictures(*page, QStringLiteral("quarantine-release"));
    source.preview.release = {false, "Stock was not read"};
    Q_EMIT source.queueChanged({});
    EXPECT_FALSE(button->isEnabled());
    EXPECT_EQ(button->blockedReason(), QStringLiteral("Stock was not read"));
    press(units, Qt::Key_L);
    EXPECT_EQ(asked.size(), 1U);
}

TEST_F(QuarantinePageTest, chipsNarrowTheListAndCount)
{
    open();
    auto* ready = find<widgets::Chip>("chipReady");
    ready->click();
    const quarantine::LotModel& model = *lots->lots();
    EXPECT_EQ(model.count(quarantine::LotFilter::Ready), 1);
    bool hasOthers = false;
    for (int row = 0; row < model.rowCount(); ++row)
        hasOthers = hasOthers || (model.lotAt(row) && model.lotAt(row)->stage == "part-inspected");
    EXPECT_FALSE(hasOthers);
    EXPECT_TRUE(find<widgets::Chip>("chipHeld")->isHidden());
}

TEST_F(QuarantinePageTest, aGroupFoldsAndStaysFolded)
{
    open();
    lots->setFocus();
    lots->setCurrentIndex(lots->model()->index(0, 0));
    press(lots, Qt::Key_Left);
    EXPECT_FALSE(lots->lots()->groupAt(0)->isOpen);
    Q_EMIT source.queueChanged({});
    EXPECT_FALSE(lots->lots()->groupAt(0)->isOpen);
    EXPECT_TRUE(page->select(QStringLiteral("MUG-12OZ"))) << "a scan unfolds";
    EXPECT_TRUE(lots->lots()->groupAt(0)->isOpen);
}

TEST_F(QuarantinePageTest, saysWhenNothingIsThere)
{
    source.quarantine.lots.clear();
    open();
    auto* empty = page->findChild<widgets::EmptyState*>();
    ASSERT_NE(empty, nullptr);
    EXPECT_TRUE(empty->isVisible());
    EXPECT_EQ(empty->accessibleName(), QStringLiteral("Nothing is in quarantine"));
}

} // namespace
} // namespace counterfoil::tests
