// Renders every widget in both themes to PNG files: counterfoil-gallery <folder> [scale]. For
// looking at, not for installing.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabBar>
#include <QVBoxLayout>

#include "tests/ui/widgets/queue_fixture.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/budget_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/comparison_grid.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/freshness_indicator.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/money_table.h"
#include "ui/widgets/provenance_row.h"
#include "ui/widgets/queue_view.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/unit_strip.h"

using namespace counterfoil;
using namespace counterfoil::widgets;
using namespace Qt::StringLiterals;

namespace {

void save(QWidget& widget, const QString& path, double scale)
{
    QImage image(QSize(qRound(widget.width() * scale), qRound(widget.height() * scale)),
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(theme::current().window);
    widget.ensurePolished();
    QApplication::processEvents();
    widget.render(&image);
    if (!image.save(path))
        qFatal("cannot write %s", qPrintable(path));
}

class MarksPage final : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), theme::current().panel);
        for (int i = 0; i < 4; ++i) {
            paintSeverity(painter, QRectF(12, 10 + i * 22, 12, 22),
                          static_cast<theme::Severity>(i));
            theme::Text::draw(painter, QRectF(32, 10 + i * 22, 100, 22), Qt::AlignVCenter,
                              severityText(static_cast<theme::Severity>(i)), theme::FontRole::Body,
                              theme::current().text);
        }
        for (int i = 0; i < 11; ++i) {
            paintState(painter, QRectF(140, 10 + i * 20, 10, 20), static_cast<theme::State>(i));
            theme::Text::draw(painter, QRectF(160, 10 + i * 20, 160, 20), Qt::AlignVCenter,
                              stateText(static_cast<theme::State>(i)), theme::FontRole::Small,
                              theme::current().text2);
        }
        for (std::size_t i = 0; i < theme::kIconCount; ++i) {
            const auto column = static_cast<double>(i % 11);
            const auto row = static_cast<double>(i / 11);
            theme::drawIcon(painter, QRectF(320 + column * 34, 14 + row * 34, 16, 16),
                            static_cast<theme::Icon>(i), theme::current().text2);
        }
    }
};

ComparisonCell cell(const QString& value, CellState state = CellState::Equal, bool isNumber = false)
{
    ComparisonCell made;
    made.value = value;
    made.state = state;
    made.isNumber = isNumber;
    return made;
}

std::vector<ComparisonRow> comparisonRows()
{
    const ComparisonCell none = cell({}, CellState::NotHeld);
    const ComparisonCell noNumber = cell({}, CellState::NotHeld, true);
    std::vector<ComparisonRow> rows;
    const auto field = [&](const QString& id, const QString& label,
                           std::vector<ComparisonCell> cells, const QString& should, bool isNumber,
                           const QString& parent = {}) {
        ComparisonRow row;
        row.id = id;
        row.parentId = parent;
        row.label = label;
        row.cells = std::move(cells);
        row.should = should;
        row.shouldIsNumber = isNumber;
        rows.push_back(row);
    };
    field(u"method"_s, u"Payment method"_s,
          {cell(u"On account"_s), cell(u"On account"_s), none, cell(u"On account"_s)},
          u"On account"_s, false);
    ComparisonCell po = cell({}, CellState::Empty);
    po.actionText = u"Fix"_s;
    po.actionId = u"set-po"_s;
    field(u"po"_s, u"PO number"_s,
          {cell(u"PO-88172"_s), po, cell(u"PO-88172"_s), cell(u"PO-88172"_s)}, u"PO-88172"_s,
          false);
    field(u"refund"_s, u"Refund method"_s,
          {none, none, cell(u"Card refund"_s, CellState::Differs), none}, u"Account credit"_s,
          false);
    field(u"stock"_s, u"Stock location"_s,
          {none, cell(u"Quarantine"_s), none, cell({}, CellState::Unread)}, u"Quarantine"_s, false);
    ComparisonRow order;
    order.kind = ComparisonRowKind::Group;
    order.id = u"order"_s;
    order.label = u"Order"_s;
    order.agreement = u"3 facts agree"_s;
    order.summary = u"unpaid, total 530.40, GBP"_s;
    order.startsOpen = false;
    rows.push_back(order);
    ComparisonRow bean = order;
    bean.id = u"bean"_s;
    bean.label = u"BEAN-1KG"_s;
    bean.note = u"Espresso beans 1 kg"_s;
    bean.agreement.clear();
    bean.summary = u"8 of 24 · 5 A, 1 B, 1 D in transit, 1 to do"_s;
    bean.startsOpen = true;
    rows.push_back(bean);
    field(u"price"_s, u"Unit price, net"_s,
          {cell(u"12.50"_s, CellState::Equal, true), cell(u"12.50"_s, CellState::Equal, true),
           cell(u"18.50"_s, CellState::Differs, true), cell(u"12.50"_s, CellState::Equal, true)},
          u"12.50"_s, true, u"bean"_s);
    ComparisonRow why;
    why.kind = ComparisonRowKind::Provenance;
    why.id = u"why"_s;
    why.parentId = u"bean"_s;
    why.provenance = {u"Why 12.50"_s,
                      {u"trade-uk list 14.95"_s, u"24-break 13.59"_s, u"−8 % customer"_s},
                      u"12.50"_s,
                      {}};
    rows.push_back(why);
    field(u"credit"_s, u"Credit, gross"_s,
          {noNumber, noNumber, cell(u"148.00"_s, CellState::Differs, true), noNumber}, u"100.00"_s,
          true, u"bean"_s);
    field(u"total"_s, u"Credit in total"_s,
          {noNumber, noNumber, cell(u"176.80"_s, CellState::Differs, true), noNumber}, u"119.20"_s,
          true);
    rows.back().kind = ComparisonRowKind::Total;
    return rows;
}

TimelineContent timelineContent()
{
    const auto at = [](int day, int hour, int minute = 0) {
        return QDateTime(QDate(2026, 11, day), QTime(hour, minute), Qt::UTC).toMSecsSinceEpoch();
    };
    TimelineContent content;
    content.fromMs = at(18, 0);
    content.toMs = at(24, 20);
    content.nowMs = at(24, 10, 42);
    content.nowText = u"10:42"_s;
    content.drift = TimelineDrift{at(22, 6, 40), at(24, 10, 42), u"drift 2 d 4 h"_s};
    content.lanes = {
        {u"SparkLayer"_s, u"no change, balance owed 3,412.60"_s, {}},
        {u"Shopify"_s,
         {},
         {{at(18, 9), u"R1 opened"_s, TimelineMark::Step, u"Shopify, return opened"_s},
          {at(21, 8), u"in quarantine"_s, TimelineMark::Physical, u"Shopify, in quarantine"_s}}},
        {u"ReturnGO"_s,
         {},
         {{at(18, 8), u"approved"_s, TimelineMark::Step, u"ReturnGO, approved"_s},
          {at(21, 8), u"received"_s, TimelineMark::Physical, u"ReturnGO, received"_s},
          {at(22, 6, 40), {}, TimelineMark::DriftStart, u"ReturnGO, refund requested"_s}}},
        {u"ERP"_s, u"INV-20618 of 28 Oct, no credit note"_s, {}}};
    return content;
}

void queuePages(const QString& prefix, double scale)
{
    widgets::testing::FixtureSource source(1'000'000);
    for (const Density density : {Density::Comfortable, Density::Compact}) {
        QWidget page;
        page.resize(1440, 620);
        auto* row = new QHBoxLayout(&page);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        auto* rail = new Rail(&page);
        rail->setFixedWidth(theme::metric::kRail);
        rail->setItems({{u"all"_s, u"All open"_s, theme::Icon::Inbox, u"64"_s},
                        {u"mine"_s, u"Mine"_s, theme::Icon::Person, u"9"_s},
                        {u"cx"_s, u"Customer service"_s, theme::Icon::Headset, u"21"_s},
                        {u"fin"_s, u"Finance"_s, theme::Icon::Coins, u"18"_s},
                        {{}, u"Operations"_s, std::nullopt, {}},
                        {u"q"_s, u"Quarantine stock"_s, theme::Icon::Quarantine, u"10"_s},
                        {u"health"_s, u"Health"_s, theme::Icon::Health, u"1"_s, true}});
        rail->setCurrentPlace(u"all"_s);
        row->addWidget(rail);
        auto* view = new QueueView(&page);
        view->setDensity(density);
        view->setSource(&source);
        row->addWidget(view, 1);
        page.show();
        QApplication::processEvents();
        if (density == Density::Comfortable) {
            view->setSelectedIds({7, 8});
            view->setCurrentId(10);
        }
        save(page,
             prefix + (density == Density::Comfortable ? u"queue.png"_s : u"queue-compact.png"_s),
             scale);
    }
}

void panelPage(const QString& prefix, double scale)
{
    QWidget page;
    page.resize(560, 620);
    page.setAutoFillBackground(true);
    QPalette palette = page.palette();
    palette.setColor(QPalette::Window, theme::current().panel);
    page.setPalette(palette);
    auto* column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    auto* tabs = new QTabBar(&page);
    for (const QString& tab : {u"Compare"_s, u"Timeline"_s, u"Playbook"_s})
        tabs->addTab(tab);
    column->addWidget(tabs);
    auto* grid = new ComparisonGrid(&page);
    grid->setContent(
        {{u"SparkLayer"_s, {}}, {u"Shopify"_s, {}}, {u"ReturnGO"_s, {}}, {u"ERP"_s, {}}},
        comparisonRows());
    column->addWidget(grid);
    auto* timeline = new Timeline(&page);
    timeline->setContent(timelineContent());
    column->addWidget(timeline);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 8, 16, 8);
    auto* issue = new Button(u"Issue account credit"_s, ButtonKind::Primary, &page);
    issue->setKeyHint(u"C"_s);
    auto* stop = new Button(u"Stop card refund"_s, ButtonKind::Plain, &page);
    stop->setGlyph(theme::Icon::Detach);
    auto* blocked = new Button(u"Issue £97.10"_s, ButtonKind::Plain, &page);
    blocked->setGlyph(theme::Icon::Lock);
    blocked->setBlocked(u"SparkLayer is not connected"_s);
    buttons->addWidget(issue);
    buttons->addWidget(stop);
    buttons->addWidget(blocked);
    buttons->addWidget(blocked->makeReasonLabel(&page));
    column->addLayout(buttons);
    column->addStretch(1);
    page.show();
    QApplication::processEvents();
    save(page, prefix + u"panel.png"_s, scale);
}

void partsPage(const QString& prefix, double scale)
{
    QWidget page;
    page.resize(1180, 760);
    auto* column = new QVBoxLayout(&page);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(12, 8, 12, 0);
    auto* field = new FilterField(&page);
    field->setText(u"is:open owner:finance,cx age:<30d -is:snoozed \"two words\""_s);
    field->setCountText(u"55 shown of 64 open"_s);
    top->addWidget(field, 1);
    auto* money = new MoneyTable(&page);
    money->setLines({{u"£"_s, u"9,318.60"_s, u"3,866.20"_s, u"1,327.50"_s, {}, {}, {}},
                     {u"€"_s, u"2,216.00"_s, u"830.00"_s, u"160.00"_s, {}, {}, {}}});
    top->addWidget(money);
    auto* fresh = new FreshnessIndicator(&page);
    fresh->setItems({{u"s"_s, u"Shopify"_s, u"12s"_s, theme::Freshness::Fresh, {}},
                     {u"l"_s, u"SparkLayer"_s, u"4m"_s, theme::Freshness::Late, {}},
                     {u"r"_s, u"ReturnGO"_s, u"13m"_s, theme::Freshness::Failing, {}},
                     {u"e"_s, u"ERP"_s, {}, theme::Freshness::NotConnected, {}}});
    top->addWidget(fresh);
    column->addLayout(top);
    auto* invalid = new FilterField(&page);
    invalid->setText(u"is:open risk:>ten"_s);
    invalid->setCountText(u"64 of 64"_s);
    auto* error = invalid->makeErrorLabel(&page);
    invalid->setVerdict(FilterValidity::Invalid, u"risk needs a number, for example risk:>100"_s);
    auto* second = new QVBoxLayout;
    second->setContentsMargins(12, 0, 12, 0);
    second->addWidget(invalid);
    second->addWidget(error);
    column->addLayout(second);
    for (const BannerKind kind : {BannerKind::Error, BannerKind::Warning, BannerKind::ReadOnly}) {
        auto* banner = new Banner(&page);
        banner->setContents(
            {{kind, u"ReturnGO has not answered since 10:29."_s,
              u"You see its data of 10:29. Changes for ReturnGO wait in the queue."_s,
              u"Next try in 48 s"_s, u"Try now"_s, u"x"_s}});
        column->addWidget(banner);
    }
    auto* chips = new QHBoxLayout;
    chips->setContentsMargins(12, 0, 12, 0);
    auto* all = new Chip(u"All open"_s, &page);
    all->setCount(u"64"_s);
    all->setChecked(true);
    auto* past = new Chip(u"Past SLA"_s, &page);
    past->setCount(u"4"_s);
    auto* fresher = new Chip(u"4 new"_s, &page);
    fresher->setKeyCap(u"."_s);
    fresher->setChecked(true);
    auto* saveView = new Button(u"Save view"_s, ButtonKind::Quiet, &page, ButtonSize::Small);
    saveView->setGlyph(theme::Icon::Bookmark);
    auto* verdicts = new SegmentedControl(&page);
    verdicts->setSegments({{u"a"_s, u"A-grade"_s, theme::Tone::Ok, {}},
                           {u"b"_s, u"B-grade"_s, theme::Tone::Medium, {}},
                           {u"d"_s, u"Damaged"_s, theme::Tone::Critical, {}},
                           {u"w"_s, u"Wrong item"_s, theme::Tone::High, {}},
                           {u"m"_s, u"Missing"_s, theme::Tone::Neutral, {}}});
    verdicts->setChosen(u"d"_s);
    for (QWidget* widget : std::initializer_list<QWidget*>{all, past, fresher, saveView, verdicts})
        chips->addWidget(widget);
    for (const BadgeContent& content :
         {BadgeContent{u"Critical"_s, theme::Tone::Critical, {}, theme::Severity::Critical},
          BadgeContent{u"Unbroken"_s, theme::Tone::Ok, theme::Icon::Chain, {}},
          BadgeContent{u"8 lines, 62 units"_s, theme::Tone::Neutral, {}, {}}})
        chips->addWidget(new Badge(content, &page));
    chips->addWidget(new KeyCap({u"G"_s, u"then"_s, u"Q"_s}, &page));
    chips->addStretch(1);
    column->addLayout(chips);
    auto* units = new QHBoxLayout;
    units->setContentsMargins(12, 0, 12, 0);
    auto* few = new UnitStrip(&page);
    using V = UnitVerdict;
    few->setCounts(UnitCounts::of(
        {V::AGrade, V::AGrade, V::BGrade, V::Damaged, V::WrongItem, V::Missing, V::ToDo}));
    auto* many = new UnitStrip(&page);
    UnitCounts counts;
    counts.aGrade = 22;
    counts.bGrade = 1;
    counts.damaged = 1;
    counts.toDo = 6;
    many->setCounts(counts);
    units->addWidget(few);
    units->addWidget(many);
    auto* box = new QCheckBox(u"Read only"_s, &page);
    box->setChecked(true);
    auto* combo = new QComboBox(&page);
    combo->addItem(u"Wrong price basis in ReturnGO"_s);
    combo->setFixedHeight(30);
    auto* spin = new QSpinBox(&page);
    spin->setRange(0, 2000);
    spin->setValue(600);
    spin->setFixedHeight(32);
    auto* edit = new QLineEdit(u"larkfield-trade.myshopify.com"_s, &page);
    for (QWidget* widget : std::initializer_list<QWidget*>{box, combo, spin, edit})
        units->addWidget(widget);
    column->addLayout(units);
    auto* cards = new QHBoxLayout;
    cards->setContentsMargins(16, 0, 16, 0);
    auto* budgetCard = new Card(&page);
    budgetCard->setTitle(u"ReturnGO call budget"_s);
    budgetCard->setNote(u"last 24 hours, one key for 3 sites"_s);
    auto* budget = new BudgetBar(budgetCard);
    budget->setBudget(
        {{u"Open sweep"_s, 268, 0},
         {u"Transactions"_s, 161, 1},
         {u"Changed"_s, 54, 5},
         {u"Details on change"_s, 287, 4},
         {u"Rolling re-read"_s, 138, 2},
         {u"In focus"_s, 62, 6},
         {u"Your actions"_s, 76, 7},
         {u"Left"_s, 954, -1}},
        {{1400, u"1,400 read slower"_s}, {1700, u"1,700"_s}, {1900, u"1,900 only you"_s}}, 2000);
    budgetCard->bodyLayout()->addWidget(budget);
    budgetCard->bodyLayout()->addStretch(1);
    cards->addWidget(budgetCard, 3);
    auto* emptyCard = new Card(&page);
    auto* empty = new EmptyState(emptyCard);
    empty->setTexts(u"No open exceptions"_s,
                    u"Last check 10:42. 148 returns and 312 orders compared, all agree."_s);
    empty->addButton(u"resolved"_s, u"See resolved today"_s)->setCount(u"11"_s);
    emptyCard->bodyLayout()->addWidget(empty);
    cards->addWidget(emptyCard, 2);
    auto* spark = new Sparkline(&page);
    spark->setValues({3, 4, 3, 5, 4, 4, 6, 9, 9, 9}, theme::Tone::Critical);
    emptyCard->bodyLayout()->addWidget(spark);
    column->addLayout(cards, 1);
    column->addWidget(new Avatar(&page));
    auto* status = new StatusBar(&page);
    status->setSegments({{u"a"_s, u"64 open"_s, {}, true, false},
                         {u"b"_s, u"55 shown"_s, {}, true, false},
                         {u"c"_s, u"Writes queue empty"_s, {}, true, true},
                         {u"d"_s, u"Tue 24 Nov 2026, 10:42"_s, {}, false, true}});
    column->addWidget(status);
    page.show();
    Toast toast(&page);
    toast.present({theme::Icon::Tick, u"Approved £138.60 for Saltmarsh Provisions. Sends in 8 s."_s,
                   u"Undo"_s, u"Z"_s, u"t"_s, false},
                  std::chrono::milliseconds(0));
    QApplication::processEvents();
    save(page, prefix + u"parts.png"_s, scale);
}

void sheetPage(const QString& prefix, double scale)
{
    QWidget page;
    page.resize(900, 460);
    page.show();
    auto* sheet = new Sheet(&page, u"creditSheet"_s, {640, 360});
    sheet->setTitle(u"Settle the return: account credit"_s);
    sheet->setSubtitle(u"Northwind Cafes Ltd will owe £97.10 less. RMA7000412, order B2B-1042."_s,
                       u"£97.10"_s);
    auto* cancel = new Button(u"Cancel"_s, ButtonKind::Plain, sheet);
    auto* request = new Button(u"Request approval"_s, ButtonKind::Primary, sheet);
    request->setKeyHint(u"Ctrl ↵"_s);
    sheet->footLayout()->addStretch(1);
    sheet->footLayout()->addWidget(cancel);
    sheet->footLayout()->addWidget(request);
    sheet->open();
    QApplication::processEvents();
    save(page, prefix + u"sheet.png"_s, scale);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QDir::currentPath();
    const double scale = argc > 2 ? QString::fromLatin1(argv[2]).toDouble() : 1.0;
    theme::ThemeService& service = theme::ThemeService::install(theme::Mode::Light);
    for (const theme::Mode mode : {theme::Mode::Light, theme::Mode::Dark}) {
        service.setMode(mode);
        const QString prefix = folder + (mode == theme::Mode::Light ? u"/light-"_s : u"/dark-"_s);
        MarksPage marks;
        marks.resize(720, 240);
        save(marks, prefix + u"marks.png"_s, scale);
        queuePages(prefix, scale);
        panelPage(prefix, scale);
        partsPage(prefix, scale);
        sheetPage(prefix, scale);
    }
    return 0;
}
