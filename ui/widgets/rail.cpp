#include "ui/widgets/rail.h"

#include "ui/theme/style.h"
#include "ui/theme/theme_service.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kItemMargin = 8;
constexpr int kIcon = 16;
constexpr int kTextX = 40;

} // namespace

void RailModel::setItems(std::vector<RailItem> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

void RailModel::setCount(const QString& id, const QString& count, bool isCritical)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    RailItem& changed = m_items[static_cast<std::size_t>(row)];
    if (changed.count == count && changed.countIsCritical == isCritical)
        return;
    changed.count = count;
    changed.countIsCritical = isCritical;
    Q_EMIT dataChanged(index(row), index(row));
}

int RailModel::rowOf(const QString& id) const
{
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (!id.isEmpty() && m_items[i].id == id)
            return static_cast<int>(i);
    return -1;
}

int RailModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant RailModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const RailItem& shown = item(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::ToolTipRole:
        return shown.count.isEmpty()
                   ? shown.text.toHtmlEscaped()
                   : (shown.text + QStringLiteral(", ") + shown.count).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return shown.count.isEmpty() ? shown.text : shown.text + QStringLiteral(", ") + shown.count;
    default:
        return {};
    }
}

Qt::ItemFlags RailModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || item(index.row()).id.isEmpty())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

Rail::Rail(QWidget* parent) : QListView(parent), m_model(new RailModel(this))
{
    nameWidget(this, QStringLiteral("rail"), tr("Places"));
    setModel(m_model);
    setItemDelegate(new RailDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setMouseTracking(true);
    setUniformItemSizes(false);
    connect(this, &QListView::clicked, this, &Rail::pick);
    const auto refresh = [this] {
        QPalette palette = viewport()->palette();
        palette.setColor(QPalette::Base, theme::current().rail);
        viewport()->setPalette(palette);
        setPalette(palette);
        scheduleDelayedItemsLayout();
        viewport()->update();
    };
    refresh();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, refresh);
}

void Rail::setItems(std::vector<RailItem> items)
{
    m_model->setItems(std::move(items));
    setCurrentPlace(m_place);
}

void Rail::setCount(const QString& id, const QString& count, bool isCritical)
{
    m_model->setCount(id, count, isCritical);
}

void Rail::setCurrentPlace(const QString& id)
{
    m_place = id;
    const int row = m_model->rowOf(id);
    if (row >= 0)
        setCurrentIndex(m_model->index(row));
    viewport()->update();
}

void Rail::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    scheduleDelayedItemsLayout();
    viewport()->update();
}

void Rail::pick(const QModelIndex& index)
{
    if (!index.isValid() || m_model->item(index.row()).id.isEmpty())
        return;
    const QString id = m_model->item(index.row()).id;
    setCurrentPlace(id);
    Q_EMIT placePicked(id);
}

void Rail::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QListView::focusInEvent(event);
}

void Rail::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QListView::focusOutEvent(event);
}

void Rail::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        pick(currentIndex());
        return;
    }
    m_showsFocusRing = true;
    QListView::keyPressEvent(event);
}

QSize RailDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const bool isHeading = index.flags() == Qt::NoItemFlags;
    if (isHeading && m_rail->isNarrow())
        return {theme::metric::kRailNarrow, 12};
    return {100, theme::current().px(theme::metric::kRailItem) + (isHeading ? 8 : 0)};
}

void RailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const auto* model = qobject_cast<const RailModel*>(index.model());
    if (!model)
        return;
    const RailItem& shown = model->item(index.row());
    const theme::Theme& t = theme::current();
    const QRectF line(option.rect);
    if (shown.id.isEmpty()) {
        if (m_rail->isNarrow())
            hairline(*painter, line.x() + 12, line.center().y(), line.width() - 24, t.line2);
        else
            Text::draw(*painter, line.adjusted(16, 8, -12, 0), Qt::AlignLeft | Qt::AlignVCenter,
                       shown.text, FontRole::Micro, t.text3);
        return;
    }
    const QRectF box = line.adjusted(kItemMargin, 0, -kItemMargin, 0);
    const bool isCurrent = shown.id == m_rail->currentPlace();
    if (isCurrent || (option.state & QStyle::State_MouseOver)) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        QColor hover = t.railSel;
        hover.setAlphaF(0.5F);
        painter->setBrush(isCurrent ? t.railSel : hover);
        painter->drawRoundedRect(box, theme::metric::kRadiusChip, theme::metric::kRadiusChip);
        painter->setRenderHint(QPainter::Antialiasing, false);
    }
    const double iconX = m_rail->isNarrow() ? line.x() + (line.width() - kIcon) / 2 : line.x() + 16;
    if (shown.icon)
        drawIcon(*painter, QRectF(iconX, line.y() + (line.height() - kIcon) / 2, kIcon, kIcon),
                 *shown.icon, isCurrent ? t.accentText : t.text2);
    if (!m_rail->isNarrow()) {
        const double countWidth =
            shown.count.isEmpty()
                ? 0
                : std::ceil(Text::tabularWidth(shown.count, FontRole::SmallMedium)) + 8;
        const QRectF textBox(line.x() + kTextX, line.y(),
                             box.right() - 8 - countWidth - line.x() - kTextX, line.height());
        Text::draw(*painter, textBox, Qt::AlignLeft | Qt::AlignVCenter, shown.text,
                   FontRole::BodyMedium, isCurrent ? t.text : t.text2);
        Text::drawTabular(
            *painter, box.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, shown.count,
            isCurrent || shown.countIsCritical ? FontRole::SmallStrong : FontRole::SmallMedium,
            shown.countIsCritical ? t.crit
            : isCurrent           ? t.text
                                  : t.text2);
    }
    if (m_rail->showsFocusRing() && (option.state & QStyle::State_HasFocus))
        theme::paintFocusRing(*painter, box, theme::metric::kRadiusChip);
}

} // namespace counterfoil::widgets
