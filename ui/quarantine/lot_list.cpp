#include "ui/quarantine/lot_list.h"

#include "ui/theme/icons.h"
#include "ui/theme/text.h"
#include "ui/theme/theme_service.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace counterfoil::quarantine {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kGroupRow = 28;
constexpr int kGutter = 16;
constexpr int kCaret = 12;
constexpr int kCellGap = 12;

QString q(const std::string& text)
{
    return Text::isolated(QString::fromStdString(text));
}

QRectF cellOf(const QRect& row, const LotColumns::Span& span)
{
    return {static_cast<double>(row.x() + span.x), static_cast<double>(row.y()),
            static_cast<double>(span.width - kCellGap), static_cast<double>(row.height())};
}

class LotDelegate final : public QStyledItemDelegate {
public:
    explicit LotDelegate(LotList* list) : QStyledItemDelegate(list), m_list(list) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override
    {
        const bool isGroup = m_list->lots()->groupAt(index.row()) != nullptr;
        return {100, theme::current().px(isGroup ? kGroupRow : theme::metric::kLotRow)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const bool isCurrent = index.row() == m_list->currentIndex().row();
        const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
        if (const LotModel::Group* group = m_list->lots()->groupAt(index.row()))
            paintGroup(*painter, option.rect, *group, isCurrent);
        else if (const view::LotView* lot = m_list->lots()->lotAt(index.row()))
            paintLot(*painter, option.rect, *lot, isCurrent, isHovered);
    }

private:
    void paintGroup(QPainter& painter, const QRect& box, const LotModel::Group& group,
                    bool isCurrent) const
    {
        const Theme& t = theme::current();
        painter.fillRect(box, isCurrent && m_list->hasFocus() ? t.sel : t.sunken);
        widgets::hairline(painter, box.x(), box.bottom(), box.width(), t.line);
        if (isCurrent)
            painter.fillRect(QRect(box.topLeft(), QSize(2, box.height())), t.accent);
        theme::drawIcon(painter,
                        QRectF(box.x() + kGutter, box.center().y() - kCaret / 2.0, kCaret, kCaret),
                        group.isOpen ? theme::Icon::CaretDown : theme::Icon::CaretRight, t.text2);
        const double titleX = box.x() + kGutter + kCaret + 10;
        const double titleWidth = std::ceil(Text::width(group.title, FontRole::SmallStrong)) + 1;
        Text::draw(painter, QRectF(titleX, box.y(), titleWidth, box.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, group.title, FontRole::SmallStrong, t.text);
        Text::draw(painter, QRectF(titleX + titleWidth + 8, box.y(), 260, box.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, group.note, FontRole::Small, t.text2);
        const LotColumns columns = LotColumns::layOut(box.width(), m_list->lots()->hasValues());
        if (columns.value.width > 0) {
            QRectF value = cellOf(box, columns.value);
            value.setLeft(value.left() - 100);
            Text::drawTabular(painter, value, Qt::AlignRight | Qt::AlignVCenter, group.value,
                              FontRole::SmallStrong, t.text);
        }
    }

    void paintTwoLines(QPainter& painter, const QRectF& cell, const QString& first,
                       const QString& second) const
    {
        const Theme& t = theme::current();
        const double firstHeight = t.lineHeight(FontRole::BodyMedium);
        const double secondHeight = t.lineHeight(FontRole::Small);
        const double total = firstHeight + (second.isEmpty() ? 0 : secondHeight);
        const double top = cell.y() + (cell.height() - total) / 2;
        Text::drawTabular(painter, QRectF(cell.x(), top, cell.width(), firstHeight),
                          Qt::AlignLeft | Qt::AlignVCenter, first, FontRole::BodyMedium, t.text);
        Text::drawTabular(painter, QRectF(cell.x(), top + firstHeight, cell.width(), secondHeight),
                          Qt::AlignLeft | Qt::AlignVCenter, second, FontRole::Small, t.text2);
    }

    void paintLot(QPainter& painter, const QRect& box, const view::LotView& lot, bool isCurrent,
                  bool isHovered) const
    {
        const Theme& t = theme::current();
        painter.fillRect(box, isCurrent ? t.sel : isHovered ? t.hover : t.panel);
        widgets::hairline(painter, box.x(), box.bottom(), box.width(),
                          isCurrent ? t.selLine : t.line);
        if (isCurrent)
            painter.fillRect(QRect(box.topLeft(), QSize(2, box.height())), t.accent);
        const LotModel& lots = *m_list->lots();
        const LotColumns columns = LotColumns::layOut(box.width(), lots.hasValues());
        paintTwoLines(painter, cellOf(box, columns.lot), rmaText(lot), secondLine(lot));
        paintTwoLines(painter, cellOf(box, columns.product), q(lot.sku), q(lot.title));
        if (columns.customer.width > 0)
            Text::draw(painter, cellOf(box, columns.customer), Qt::AlignLeft | Qt::AlignVCenter,
                       q(lot.customer), FontRole::Body, t.text);
        const QRectF units = cellOf(box, columns.units);
        if (lot.rows.empty())
            Text::draw(painter, units, Qt::AlignLeft | Qt::AlignVCenter,
                       plural(lot.units, LotModel::tr("unit"), LotModel::tr("units")) +
                           (lot.note.empty() ? QString() : QStringLiteral(", ") + q(lot.note)),
                       FontRole::Small, t.text);
        else
            widgets::paintUnits(painter, units, unitCounts(lot));
        if (columns.value.width > 0 && lot.value)
            Text::drawTabular(painter, cellOf(box, columns.value),
                              Qt::AlignRight | Qt::AlignVCenter, q(lot.value->displayText()),
                              FontRole::BodyStrong, t.text);
        Text::drawTabular(painter, cellOf(box, columns.age), Qt::AlignRight | Qt::AlignVCenter,
                          ageText(lot, lots.now()), FontRole::Small, t.text2);
    }

    static QString secondLine(const view::LotView& lot)
    {
        if (!lot.location.empty())
            return q(lot.location);
        if (!lot.since)
            return {};
        return LotModel::tr("received %1")
            .arg(QDateTime::fromMSecsSinceEpoch(toMillis(*lot.since))
                     .toString(QStringLiteral("d MMM")));
    }

    LotList* m_list;
};

} // namespace

LotColumns LotColumns::layOut(int widthPx, bool hasValues)
{
    const Theme& t = theme::current();
    const int lotWidth = t.px(120);
    const int ageWidth = t.px(80) + kGutter;
    const int unitsWidth = t.px(218);
    const int productMin = t.px(140);
    const int customerMin = t.px(120);
    const int valueFull = hasValues ? t.px(100) : 0;
    int left = widthPx - kGutter - lotWidth - ageWidth - unitsWidth;
    const bool showsValue = left - valueFull >= productMin && valueFull > 0;
    if (showsValue)
        left -= valueFull;
    const bool showsCustomer = left >= productMin + customerMin;
    LotColumns out;
    int x = kGutter;
    const auto place = [&x](Span& span, int width) {
        span = {x, width};
        x += width;
    };
    place(out.lot, lotWidth);
    place(out.product, showsCustomer ? std::max(productMin, left / 2) : left);
    place(out.customer, showsCustomer ? left - out.product.width : 0);
    place(out.units, unitsWidth);
    place(out.value, showsValue ? valueFull : 0);
    place(out.age, ageWidth - kGutter + kCellGap);
    return out;
}

LotList::LotList(LotModel* model, QWidget* parent) : QListView(parent), m_model(model)
{
    widgets::nameWidget(this, QStringLiteral("lotList"), tr("Lots in quarantine"));
    setModel(model);
    setItemDelegate(new LotDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, [this] {
            scheduleDelayedItemsLayout();
            viewport()->update();
        });
    // A reset of the model forgets the current row and the place in the list; people do not.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const int place = verticalScrollBar()->value();
        QMetaObject::invokeMethod(
            this, [this, place] { verticalScrollBar()->setValue(place); }, Qt::QueuedConnection);
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        const int row = m_model->rowOf(m_lastKey);
        if (row >= 0)
            setCurrentIndex(m_model->index(row));
    });
}

bool LotList::select(const QString& key)
{
    int row = m_model->rowOf(key);
    for (int group = 0; row < 0 && group < m_model->rowCount(); ++group) {
        const LotModel::Group* head = m_model->groupAt(group);
        if (!head || head->isOpen)
            continue;
        m_model->toggle(group);
        row = m_model->rowOf(key);
        if (row < 0)
            m_model->toggle(group);
    }
    if (row < 0)
        return false;
    setCurrentIndex(m_model->index(row));
    scrollTo(m_model->index(row));
    return true;
}

QString LotList::currentKey() const
{
    const view::LotView* lot = m_model->lotAt(currentIndex().row());
    return lot ? lotKey(*lot) : QString();
}

void LotList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    viewport()->update();
    const QString key = currentKey();
    if (key.isEmpty() || key == m_lastKey)
        return;
    m_lastKey = key;
    Q_EMIT lotChanged(key);
}

void LotList::toggle(int row, bool isOpening)
{
    const LotModel::Group* group = m_model->groupAt(row);
    if (!group || group->isOpen == isOpening)
        return;
    m_model->toggle(row);
    setCurrentIndex(m_model->index(row));
}

void LotList::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    const LotModel::Group* group = m_model->groupAt(row);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        toggle(row, event->key() == Qt::Key_Right);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (group)
            toggle(row, !group->isOpen);
        else if (m_model->lotAt(row))
            Q_EMIT opened();
        return;
    default:
        // Letters are no search: a scanner types here.
        if (event->text().isEmpty() || !event->text().at(0).isPrint())
            QListView::keyPressEvent(event);
        else
            event->ignore();
    }
}

void LotList::mousePressEvent(QMouseEvent* event)
{
    QListView::mousePressEvent(event);
    const QModelIndex hit = indexAt(event->pos());
    if (const LotModel::Group* group = m_model->groupAt(hit.row()))
        toggle(hit.row(), !group->isOpen);
}

void LotList::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_model->lotAt(indexAt(event->pos()).row()))
        Q_EMIT opened();
}

void LotList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    viewport()->update();
}

void LotList::focusOutEvent(QFocusEvent* event)
{
    QListView::focusOutEvent(event);
    viewport()->update();
}

LotHeader::LotHeader(LotList* list, QWidget* parent) : PaintedWidget(parent), m_list(list)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(list->lots(), &QAbstractItemModel::modelReset, this, [this] { update(); });
}

QSize LotHeader::sizeHint() const
{
    return {200, theme::current().px(theme::metric::kTableHead)};
}

void LotHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    painter.fillRect(rect(), t.sunken);
    widgets::hairline(painter, 0, height() - 1, width(), t.line);
    const LotColumns columns =
        LotColumns::layOut(m_list->viewport()->width(), m_list->lots()->hasValues());
    const auto head = [&](const LotColumns::Span& span, const QString& text, Qt::Alignment side) {
        if (span.width > 0)
            Text::draw(painter, cellOf(rect(), span), side | Qt::AlignVCenter, text,
                       FontRole::Micro, t.text3);
    };
    head(columns.lot, tr("Return"), Qt::AlignLeft);
    head(columns.product, tr("Product"), Qt::AlignLeft);
    head(columns.customer, tr("Customer"), Qt::AlignLeft);
    head(columns.units, tr("Units, by inspection result"), Qt::AlignLeft);
    head(columns.value, tr("Value, gross"), Qt::AlignRight);
    head(columns.age, tr("Age"), Qt::AlignRight);
}

namespace {

constexpr int kLegendSquare = 15;
constexpr int kLegendGap = 6;
constexpr int kLegendStep = 12;

std::array<std::pair<widgets::UnitVerdict, QString>, 6> legendWords()
{
    using widgets::UnitVerdict;
    return {{{UnitVerdict::AGrade, VerdictLegend::tr("A-grade")},
             {UnitVerdict::BGrade, VerdictLegend::tr("B-grade")},
             {UnitVerdict::Damaged, VerdictLegend::tr("Damaged")},
             {UnitVerdict::WrongItem, VerdictLegend::tr("Wrong")},
             {UnitVerdict::Missing, VerdictLegend::tr("Missing")},
             {UnitVerdict::ToDo, VerdictLegend::tr("To do")}}};
}

} // namespace

VerdictLegend::VerdictLegend(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred); // gives way in a narrow window
}

QSize VerdictLegend::sizeHint() const
{
    double total = 0;
    for (const auto& [verdict, text] : legendWords())
        total += kLegendSquare + kLegendGap + std::ceil(Text::width(text, FontRole::Small)) +
                 kLegendStep;
    return {static_cast<int>(total), theme::current().px(theme::metric::kChip)};
}

void VerdictLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    double x = 0;
    for (const auto& [verdict, text] : legendWords()) {
        widgets::paintUnits(painter, QRectF(x, 0, kLegendSquare, height()),
                            widgets::UnitCounts::of({verdict}));
        const double width = std::ceil(Text::width(text, FontRole::Small)) + 1;
        x += kLegendSquare + kLegendGap;
        Text::draw(painter, QRectF(x, 0, width, height()), Qt::AlignLeft | Qt::AlignVCenter, text,
                   FontRole::Small, t.text2);
        x += width + kLegendStep;
    }
}

} // namespace counterfoil::quarantine
