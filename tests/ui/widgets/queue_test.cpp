#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/widgets/queue_fixture.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/queue_view.h"

#include <gtest/gtest.h>

#include <random>

namespace counterfoil::widgets {

namespace {

using testing::FixtureSource;

TEST(QueueGeometry, AgreesWithAddingTheHeightsUp)
{
    const unsigned seed = std::random_device{}();
    std::cout << "seed " << seed << '\n';
    std::mt19937 random(seed);
    std::vector<bool> groups(2'000);
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = random() % 5 == 0;
    QueueGeometry geometry;
    geometry.rebuild(static_cast<int>(groups.size()), 44, 30,
                     [&](int i) { return groups[static_cast<std::size_t>(i)]; });
    std::int64_t top = 0;
    for (int i = 0; i < geometry.count(); ++i) {
        const int height = groups[static_cast<std::size_t>(i)] ? 30 : 44;
        ASSERT_EQ(geometry.y(i), top);
        ASSERT_EQ(geometry.height(i), height);
        ASSERT_EQ(geometry.rowAt(top), i);
        ASSERT_EQ(geometry.rowAt(top + height - 1), i);
        top += height;
    }
    EXPECT_EQ(geometry.totalHeight(), top);
    EXPECT_EQ(geometry.rowAt(-5), 0);
    EXPECT_EQ(geometry.rowAt(top + 99), geometry.count() - 1);
}

TEST(QueueGeometry, HoldsAMillionRows)
{
    QueueGeometry geometry;
    geometry.rebuild(1'000'000, 44, 30, [](int i) { return i % 4 == 0; });
    EXPECT_EQ(geometry.totalHeight(), 750'000LL * 44 + 250'000LL * 30);
    for (const int row : {0, 63, 64, 65, 499'999, 999'999})
        EXPECT_EQ(geometry.rowAt(geometry.y(row)), row);
}

TEST(QueueGeometry, IsEmptyWithoutRows)
{
    QueueGeometry geometry;
    geometry.rebuild(0, 44, 30, [](int) { return false; });
    EXPECT_EQ(geometry.totalHeight(), 0);
    EXPECT_EQ(geometry.rowAt(0), -1);
}

TEST(QueueColumns, HideInTheOrderOfTheDesign)
{
    const QueueColumns wide = QueueColumns::layOut(1224);
    EXPECT_TRUE(wide.isShown(QueueColumn::Order));
    EXPECT_TRUE(wide.showsCustomerNote);
    const QueueColumns noOrder = QueueColumns::layOut(1100);
    EXPECT_FALSE(noOrder.isShown(QueueColumn::Order));
    EXPECT_TRUE(noOrder.isShown(QueueColumn::Return));
    const QueueColumns noReturn = QueueColumns::layOut(1000);
    EXPECT_FALSE(noReturn.isShown(QueueColumn::Return));
    EXPECT_TRUE(noReturn.isShown(QueueColumn::State));
    const QueueColumns panelOpen = QueueColumns::layOut(720);
    EXPECT_FALSE(panelOpen.isShown(QueueColumn::State));
    EXPECT_FALSE(panelOpen.showsOwnerText);
    EXPECT_TRUE(panelOpen.isShown(QueueColumn::Owner)) << "the circle stays";
    const QueueColumns narrow = QueueColumns::layOut(664);
    EXPECT_FALSE(narrow.showsCustomerNote);
}

struct View {
    explicit View(QueueRowSource* source)
    {
        view.resize(1224, 600);
        view.setSource(source);
        view.show();
        QApplication::processEvents();
    }
    QueueView view;
};

TEST(QueueView, PaintsRowsInBothThemesAtEveryScale)
{
    FixtureSource source(100);
    theme::ThemeService& service = *theme::ThemeService::instance();
    for (const theme::Mode mode : {theme::Mode::Light, theme::Mode::Dark}) {
        service.setMode(mode);
        View shown(&source);
        for (const double scale : {1.0, 1.5, 2.0}) {
            QImage image(QSize(qRound(1224 * scale), qRound(500 * scale)),
                         QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(scale);
            image.fill(Qt::magenta);
            QPainter painter(&image);
            shown.view.paintRows(painter, QRect(0, 0, 1224, 500));
            painter.end();
            QSet<QRgb> colors;
            for (int y = 0; y < image.height(); y += 2)
                for (int x = 0; x < image.width() - 20; x += 2)
                    colors.insert(image.pixel(x, y));
            EXPECT_TRUE(colors.contains(theme::current().panel.rgb()));
            EXPECT_TRUE(colors.contains(theme::current().crit.rgb()))
                << "no critical mark at " << scale;
            EXPECT_FALSE(colors.contains(qRgb(255, 0, 255))) << "unpainted ground at " << scale;
            EXPECT_GT(colors.size(), 200) << "blank at " << scale;
        }
    }
    service.setMode(theme::Mode::Light);
}

TEST(QueueView, KeepsSelectionCurrentRowAndPlaceWhenRowsComeInAbove)
{
    FixtureSource source(10'000);
    View shown(&source);
    shown.view.verticalScrollBar()->setValue(40'000);
    QApplication::processEvents();
    const int topBefore = shown.view.rowAtViewportY(0);
    const quint64 topId = source.idAt(topBefore);
    const int insetBefore = shown.view.rowRect(topBefore).y();
    shown.view.setCurrentId(source.idAt(topBefore + 4));
    const quint64 current = shown.view.currentId();
    shown.view.setSelectedIds({source.idAt(topBefore + 1), source.idAt(3)});
    const auto selected = shown.view.selectedIds();
    QApplication::processEvents();
    shown.view.viewport()->grab();

    source.insertAbove(7);
    shown.view.resetRows();

    const int topAfter = shown.view.rowAtViewportY(0);
    EXPECT_EQ(source.idAt(topAfter), topId);
    EXPECT_EQ(shown.view.rowRect(topAfter).y(), insetBefore);
    EXPECT_EQ(shown.view.currentId(), current);
    EXPECT_EQ(shown.view.selectedIds(), selected);
    EXPECT_EQ(selected.size(), 2U);
}

TEST(QueueView, IsWorkedByKeysAlone)
{
    FixtureSource source(200);
    View shown(&source);
    QueueView& view = shown.view;
    QSignalSpy activated(&view, &QueueView::activated);
    QSignalSpy window(&view, &QueueView::windowRequested);
    QSignalSpy toggled(&view, &QueueView::caseToggled);
    QTest::keyClick(&view, Qt::Key_J);
    QTest::keyClick(&view, Qt::Key_J);
    QTest::keyClick(&view, Qt::Key_Up);
    EXPECT_EQ(view.currentId(), source.idAt(0));
    QTest::keyClick(&view, Qt::Key_X);
    EXPECT_EQ(view.selectedIds(), std::vector<quint64>{source.idAt(0)});
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(view.selectedCount(), 2);
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_EQ(view.selectedCount(), 0);
    view.setCurrentId(source.idAt(4)); // a child of the group at 2
    QTest::keyClick(&view, Qt::Key_Left);
    ASSERT_EQ(toggled.count(), 1);
    EXPECT_EQ(toggled.at(0).at(0).value<quint64>(), source.idAt(2));
    EXPECT_FALSE(toggled.at(0).at(1).toBool());
    QTest::keyClick(&view, Qt::Key_X); // a group selects its exceptions
    EXPECT_EQ(view.selectedCount(), 3);
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(activated.count(), 1);
    EXPECT_EQ(window.count(), 1);
    QTest::keyClick(&view, Qt::Key_End);
    EXPECT_EQ(view.currentId(), source.idAt(199));
}

TEST(QueueView, SpeaksItsRows)
{
    FixtureSource source(20);
    View shown(&source);
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&shown.view);
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->role(), QAccessible::List);
    ASSERT_EQ(list->childCount(), 20);
    ASSERT_NE(list->child(1), nullptr);
    EXPECT_EQ(list->child(1)->text(QAccessible::Name), source.row(1).sentence);
    EXPECT_EQ(list->indexOfChild(list->child(1)), 1);
}

/// Microseconds of the best of @p rounds calls, the least disturbed one.
template <typename Work> double bestMicroseconds(int rounds, Work work)
{
    qint64 best = std::numeric_limits<qint64>::max();
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = std::min(best, timer.nsecsElapsed());
    }
    return static_cast<double>(best) / 1000.0;
}

TEST(QueueView, FrameCostDoesNotGrowWithTheNumberOfRows)
{
    constexpr int kPattern = 11; // both views show the same rows of the fixture
    QImage image(1224, 880, QImage::Format_RGB32);
    FixtureSource few(1'000);
    FixtureSource many(1'000'000);
    View small(&few);
    View large(&many);
    for (View* shown : {&small, &large}) {
        shown->view.resize(1224, 908);
        QApplication::processEvents();
        const int middle = shown->view.geometryOfRows().count() / 2 / kPattern * kPattern;
        const auto top = static_cast<int>(shown->view.geometryOfRows().y(middle));
        shown->view.verticalScrollBar()->setValue(top);
        ASSERT_EQ(shown->view.rowAtViewportY(0), middle);
    }
    double smallBest = std::numeric_limits<double>::max();
    double largeBest = smallBest;
    // In turn, so that other work on the machine slows both alike; the best of each is the
    // undisturbed one.
    for (int round = 0; round < 60; ++round)
        for (View* shown : {&small, &large}) {
            double& best = shown == &small ? smallBest : largeBest;
            best = std::min(best, bestMicroseconds(1, [&] {
                                QPainter painter(&image);
                                shown->view.paintRows(painter, image.rect());
                            }));
        }
    std::cout << "frame of 20 rows: 1k " << smallBest << " us, 1M " << largeBest << " us\n";
    EXPECT_LT(largeBest, smallBest * 1.5)
        << "P6 allows 1.1 on an idle machine; the rest is left for a shared one";
}

TEST(QueueView, FrameCostsAboutWhatItsWordsCost)
{
    FixtureSource source(1'000);
    View shown(&source);
    shown.view.resize(1224, 908);
    QApplication::processEvents();
    QImage image(1224, 880, QImage::Format_RGB32);
    const double ours = bestMicroseconds(30, [&] {
        QPainter painter(&image);
        shown.view.paintRows(painter, image.rect());
    });
    const double words = bestMicroseconds(30, [&] {
        QPainter painter(&image);
        image.fill(Qt::white);
        for (int i = 0; i * 44 < 880; ++i) {
            const QueueRow row = source.row(i);
            int x = 0;
            for (const QString& text :
                 {row.title, row.reason, row.returnId, row.returnState, row.order, row.po,
                  row.customer, row.customerNote, row.amount, row.amountNote, row.sla.age,
                  row.sla.remaining, row.owner, row.team}) {
                painter.drawText(QRect(x, i * 44, 200, 20), Qt::AlignLeft, text);
                x += 80;
            }
        }
    });
    std::cout << "frame " << ours << " us, its words by drawText " << words << " us, ratio "
              << ours / words << '\n';
    EXPECT_LT(ours, words * 4) << "the goal is 2 in a release build; this lane is not optimised";
}

} // namespace

} // namespace counterfoil::widgets
