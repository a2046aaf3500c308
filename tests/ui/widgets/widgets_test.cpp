#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include "ui/theme/theme_service.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/comparison_grid.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/unit_strip.h"

#include <gtest/gtest.h>

namespace counterfoil::widgets {

namespace {

using Kind = FilterToken::Kind;

TEST(FilterTokens, SplitKeysValuesSignsQuotesAndWords)
{
    const QString text = QStringLiteral("is:open -is:snoozed customer:\"North wind\" kettle risk:");
    const std::vector<FilterToken> tokens = tokeniseFilter(text);
    const std::vector<FilterToken> expected = {
        {0, 3, Kind::Key},     {3, 4, Kind::Value},  {8, 1, Kind::Sign},
        {9, 3, Kind::Key},     {12, 7, Kind::Value}, {20, 9, Kind::Key},
        {29, 12, Kind::Value}, {42, 6, Kind::Word},  {49, 5, Kind::Key}};
    EXPECT_EQ(tokens, expected);
    EXPECT_TRUE(tokeniseFilter({}).empty());
    EXPECT_EQ(tokeniseFilter(QStringLiteral("\"never closed")).size(), 1U);
}

QSet<QRgb> colorsOf(QWidget& widget)
{
    QSet<QRgb> colors;
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colors.insert(image.pixel(x, y) | 0xFF000000U);
    return colors;
}

TEST(FilterField, ColoursTokensAndShowsItsVerdict)
{
    QWidget host;
    FilterField field(&host);
    QLabel* error = field.makeErrorLabel(&host);
    field.resize(600, 32);
    field.setText(QStringLiteral("is:open word"));
    field.setVerdict(FilterValidity::Valid);
    const theme::Theme& t = theme::current();
    EXPECT_TRUE(colorsOf(field).contains(t.accentText.rgb())) << "the value is not coloured";
    EXPECT_TRUE(colorsOf(field).contains(t.ok.rgb())) << "no tick";
    EXPECT_TRUE(error->isHidden());

    field.setVerdict(FilterValidity::Incomplete);
    EXPECT_FALSE(colorsOf(field).contains(t.ok.rgb()));
    EXPECT_FALSE(colorsOf(field).contains(t.crit.rgb()));

    field.setVerdict(FilterValidity::Invalid,
                     QStringLiteral("risk needs a number, for example risk:>100"));
    EXPECT_TRUE(colorsOf(field).contains(t.crit.rgb())) << "the edge is not crit";
    EXPECT_FALSE(error->isHidden());
    EXPECT_EQ(error->text(), field.accessibleDescription());
}

TEST(Marks, DifferByShapeAndNotOnlyByColour)
{
    QList<QImage> shapes;
    for (const auto severity : {theme::Severity::Critical, theme::Severity::High,
                                theme::Severity::Medium, theme::Severity::Low}) {
        QImage image(24, 24, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintSeverity(painter, QRectF(0, 0, 24, 24), severity);
        painter.end();
        const QImage shape = image.convertToFormat(QImage::Format_Alpha8);
        EXPECT_FALSE(shapes.contains(shape));
        shapes.append(shape);
    }
}

TEST(Button, ThatIsBlockedSaysWhy)
{
    QWidget host;
    Button button(QStringLiteral("Issue account credit"), ButtonKind::Primary, &host);
    button.setObjectName(QStringLiteral("issue"));
    QLabel* reason = button.makeReasonLabel(&host);
    button.setBlocked(QStringLiteral("Waits for step 1, the return is not processed"));
    EXPECT_FALSE(button.isEnabled());
    EXPECT_EQ(button.toolTip(), button.blockedReason());
    EXPECT_EQ(button.accessibleDescription(), button.blockedReason());
    EXPECT_EQ(reason->text(), button.blockedReason());
    EXPECT_FALSE(reason->isHidden());
    button.setAllowed();
    EXPECT_TRUE(button.isEnabled());
    EXPECT_TRUE(reason->isHidden());
}

TEST(SegmentedControl, ChoosesByKeyAndReadsItOut)
{
    SegmentedControl control;
    control.setSegments(
        {{QStringLiteral("a"), QStringLiteral("A-grade"), theme::Tone::Ok, {}},
         {QStringLiteral("d"), QStringLiteral("Damaged"), theme::Tone::Critical, {}}});
    QSignalSpy picked(&control, &SegmentedControl::picked);
    EXPECT_EQ(control.chosen(), QString());
    QTest::keyClick(&control, Qt::Key_Right);
    QTest::keyClick(&control, Qt::Key_Right);
    QTest::keyClick(&control, Qt::Key_Right);
    EXPECT_EQ(control.chosen(), QStringLiteral("d"));
    EXPECT_EQ(control.accessibleDescription(), QStringLiteral("Damaged"));
    control.setChosen(QStringLiteral("a"));
    EXPECT_EQ(picked.count(), 3) << "setChosen must not look like a person";
}

TEST(Banner, ShowsTheWorstAndCountsTheRest)
{
    QWidget host;
    Banner banner(&host);
    banner.resize(900, 40);
    banner.setContents(
        {{BannerKind::ReadOnly, QStringLiteral("Read only."), {}, {}, {}, QStringLiteral("r")},
         {BannerKind::Error,
          QStringLiteral("Broken."),
          {},
          {},
          QStringLiteral("Verify"),
          QStringLiteral("e")},
         {BannerKind::Warning, QStringLiteral("Nearly used."), {}, {}, {}, QStringLiteral("w")}});
    ASSERT_TRUE(banner.shown());
    EXPECT_EQ(banner.shown()->id, QStringLiteral("e"));
    EXPECT_FALSE(banner.findChild<Button*>(QStringLiteral("bannerMore"))->isHidden());
    QSignalSpy acted(&banner, &Banner::acted);
    banner.findChild<Button*>(QStringLiteral("bannerButton"))->click();
    EXPECT_EQ(acted.at(0).at(0).toString(), QStringLiteral("e"));
    banner.setContents({});
    EXPECT_TRUE(banner.isHidden());
}

TEST(Toast, IsReplacedAndTellsWhichOneWent)
{
    QWidget pane;
    pane.resize(800, 400);
    pane.show();
    Toast toast(&pane);
    QSignalSpy dismissed(&toast, &Toast::dismissed);
    QSignalSpy acted(&toast, &Toast::acted);
    toast.present({theme::Icon::Tick, QStringLiteral("One"), QStringLiteral("Undo"),
                   QStringLiteral("Z"), QStringLiteral("1"), false},
                  std::chrono::milliseconds(0));
    toast.present({theme::Icon::Tick, QStringLiteral("Two"), QStringLiteral("Undo"),
                   QStringLiteral("Z"), QStringLiteral("2"), false},
                  std::chrono::milliseconds(0));
    ASSERT_EQ(dismissed.count(), 1);
    EXPECT_EQ(dismissed.at(0).at(0).toString(), QStringLiteral("1"));
    toast.setText(QStringLiteral("1"), QStringLiteral("stale"));
    EXPECT_EQ(toast.accessibleName(), QStringLiteral("Two"));
    QTest::keyClick(&toast, Qt::Key_Return);
    EXPECT_EQ(acted.at(0).at(0).toString(), QStringLiteral("2"));
    QTest::keyClick(&toast, Qt::Key_Escape);
    EXPECT_FALSE(toast.isVisible());
}

TEST(Sheet, TrapsTheFocusAndGivesItBack)
{
    QWidget host;
    host.resize(900, 600);
    auto* behind = new QLineEdit(&host);
    host.show();
    behind->setFocus();
    QApplication::setActiveWindow(&host);
    QApplication::processEvents();
    auto* sheet = new Sheet(&host, QStringLiteral("testSheet"));
    auto* inside = new QLineEdit(sheet);
    sheet->bodyLayout()->addWidget(inside);
    auto* primary = new Button(QStringLiteral("Release 8 units"), ButtonKind::Primary, sheet);
    sheet->footLayout()->addWidget(primary);
    sheet->setPrimary(primary);
    sheet->open();
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        ASSERT_TRUE(sheet == QApplication::focusWidget() ||
                    sheet->isAncestorOf(QApplication::focusWidget()))
            << "left at step " << i;
    }
    behind->setFocus();
    EXPECT_NE(QApplication::focusWidget(), behind) << "the page behind took the focus";

    QSignalSpy clicked(primary, &Button::clicked);
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(clicked.count(), 1);

    bool mayClose = false;
    sheet->setCloseGuard([&mayClose] { return mayClose; });
    QSignalSpy closed(sheet, &Sheet::closed);
    QTest::keyClick(sheet, Qt::Key_Escape);
    EXPECT_EQ(closed.count(), 0);
    mayClose = true;
    QTest::keyClick(sheet, Qt::Key_Escape);
    EXPECT_EQ(closed.count(), 1);
    EXPECT_EQ(QApplication::focusWidget(), behind);
}

ComparisonCell made(const QString& value, CellState state)
{
    ComparisonCell cell;
    cell.value = value;
    cell.state = state;
    cell.isNumber = true;
    return cell;
}

std::vector<ComparisonRow> twoRows()
{
    ComparisonRow group;
    group.kind = ComparisonRowKind::Group;
    group.id = QStringLiteral("bean");
    group.label = QStringLiteral("BEAN-1KG");
    ComparisonRow price;
    price.id = QStringLiteral("price");
    price.parentId = QStringLiteral("bean");
    price.label = QStringLiteral("Unit price");
    price.should = QStringLiteral("12.50");
    price.cells = {made(QStringLiteral("18.50"), CellState::Differs), made({}, CellState::NotHeld),
                   made({}, CellState::Unread)};
    price.cells[0].tip = QStringLiteral("Read 10:40:12, 2 min ago");
    price.cells[0].source = QStringLiteral("ReturnGO, 10:40:12");
    return {group, price};
}

const std::vector<ComparisonColumn>& threeSystems()
{
    static const std::vector<ComparisonColumn> kColumns = {{QStringLiteral("ReturnGO"), {}},
                                                           {QStringLiteral("ERP"), {}},
                                                           {QStringLiteral("Shopify"), {}}};
    return kColumns;
}

TEST(Comparison, SaysWhatDiffersAndWhatIsNotKnown)
{
    ComparisonModel model;
    model.setContent(threeSystems(), twoRows());
    EXPECT_EQ(model.sentence(1, 1),
              QStringLiteral(
                  "Unit price, ReturnGO, 18.50, differs from 12.50. Read 10:40:12, 2 min ago"));
    EXPECT_EQ(model.index(1, 2).data().toString(), QString(QChar(0x2014)));
    EXPECT_EQ(model.index(1, 3).data().toString(), QStringLiteral("not read yet"));
}

TEST(Comparison, FoldsAndKeepsTheFoldOverNewContent)
{
    ComparisonGrid grid;
    grid.resize(560, 300);
    grid.setContent(threeSystems(), twoRows());
    grid.show();
    grid.setCurrentIndex(grid.comparison()->index(0, 0));
    QTest::keyClick(&grid, Qt::Key_Left);
    EXPECT_EQ(grid.comparison()->rowCount(), 1);
    grid.setContent(threeSystems(), twoRows());
    EXPECT_EQ(grid.comparison()->rowCount(), 1);
    QTest::keyClick(&grid, Qt::Key_Return);
    EXPECT_EQ(grid.comparison()->rowCount(), 2);
    grid.setCurrentIndex(grid.comparison()->index(1, 1));
    QTest::keyClick(&grid, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("18.50 (ReturnGO, 10:40:12)"));
    EXPECT_TRUE(colorsOf(grid).contains(theme::current().markLine.rgb()));
}

TEST(Timeline, WalksItsEventsInTimeOrder)
{
    Timeline timeline;
    timeline.resize(560, 120);
    TimelineContent content;
    content.fromMs = 0;
    content.toMs = 10 * 86'400'000LL;
    content.nowMs = content.toMs;
    content.lanes = {
        {QStringLiteral("Shopify"),
         {},
         {{5 * 86'400'000LL, QStringLiteral("b"), TimelineMark::Step, QStringLiteral("second")}}},
        {QStringLiteral("ReturnGO"),
         {},
         {{2 * 86'400'000LL, QStringLiteral("a"), TimelineMark::Step, QStringLiteral("first")}}}};
    timeline.setContent(content);
    QTest::keyClick(&timeline, Qt::Key_Right);
    EXPECT_EQ(timeline.accessibleDescription(), QStringLiteral("first"));
    QTest::keyClick(&timeline, Qt::Key_Right);
    EXPECT_EQ(timeline.accessibleDescription(), QStringLiteral("second"));
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&timeline);
    ASSERT_EQ(list->childCount(), 2);
    EXPECT_EQ(list->child(0)->text(QAccessible::Name), QStringLiteral("first"));
}

TEST(UnitStrip, ReadsEachUnitAndCountsAbove12)
{
    using V = UnitVerdict;
    UnitStrip strip;
    strip.setCounts(UnitCounts::of({V::AGrade, V::Damaged, V::ToDo}));
    EXPECT_EQ(strip.listText(1), QStringLiteral("Unit 2, damaged"));
    EXPECT_EQ(unitCountText(strip.counts()), QStringLiteral("1 A, 1 D, 1 to do"));
    UnitCounts many;
    many.aGrade = 22;
    many.missing = 1;
    EXPECT_EQ(unitCountText(many), QStringLiteral("22 A, 1 M"));
    EXPECT_EQ(many.total(), 23);
}

TEST(Rail, PicksPlacesAndNeverHeadings)
{
    Rail rail;
    rail.resize(216, 300);
    rail.setItems({{QStringLiteral("all"), QStringLiteral("All open"), theme::Icon::Inbox,
                    QStringLiteral("64")},
                   {{}, QStringLiteral("Saved views"), std::nullopt, {}},
                   {QStringLiteral("health"), QStringLiteral("Health"), theme::Icon::Health, {}}});
    rail.show();
    rail.setCurrentPlace(QStringLiteral("all"));
    QSignalSpy picked(&rail, &Rail::placePicked);
    QTest::keyClick(&rail, Qt::Key_Down);
    QTest::keyClick(&rail, Qt::Key_Return);
    ASSERT_EQ(picked.count(), 1);
    EXPECT_EQ(picked.at(0).at(0).toString(), QStringLiteral("health"));
}

} // namespace

} // namespace counterfoil::widgets
