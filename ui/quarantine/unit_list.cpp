#include "ui/quarantine/unit_list.h"

#include "ui/quarantine/lot_model.h"
#include "ui/theme/style.h"
#include "ui/theme/text.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/widget_base.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>
#include <cmath>

namespace counterfoil::quarantine {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kRow = 30;
constexpr int kGutter = 16;
constexpr int kOrdinal = 30;
constexpr int kSegmentHeight = 20;
constexpr int kSegmentPadding = 9;
constexpr int kCause = 150;
constexpr int kWho = 150;
constexpr int kGap = 14;

constexpr std::array<domain::UnitVerdict, 5> kVerdicts{
    domain::UnitVerdict::AGrade, domain::UnitVerdict::BGrade, domain::UnitVerdict::Damaged,
    domain::UnitVerdict::WrongItem, domain::UnitVerdict::Missing};

QString q(const std::string& text)
{
    return Text::isolated(QString::fromStdString(text));
}

QString segmentText(std::size_t segment)
{
    switch (segment) {
    case 0:
        return UnitList::tr("A-grade");
    case 1:
        return UnitList::tr("B-grade");
    case 2:
        return UnitList::tr("Damaged");
    case 3:
        return UnitList::tr("Wrong item");
    default:
        return UnitList::tr("Missing");
    }
}

double segmentWidth(std::size_t segment)
{
    return 2 * kSegmentPadding +
           std::ceil(Text::width(segmentText(segment), FontRole::SmallStrong));
}

QRectF segmentBox(const QRectF& row, std::size_t segment)
{
    double x = row.x() + kGutter + kOrdinal;
    for (std::size_t i = 0; i < segment; ++i)
        x += segmentWidth(i);
    const double height = theme::current().px(kSegmentHeight);
    return {x, std::round(row.center().y() - height / 2), segmentWidth(segment), height};
}

/// What stands right of the buttons; the person and the note go first when it is narrow.
struct Cells {
    QRectF cause, note, who;
};
Cells cellsOf(const QRectF& row)
{
    const Theme& t = theme::current();
    const double left = segmentBox(row, kVerdicts.size() - 1).right() + kGap;
    const double right = row.right() - kGutter;
    Cells out;
    const double causeWidth = std::min<double>(t.px(kCause), std::max(0.0, right - left));
    out.cause = QRectF(left, row.y(), causeWidth, row.height());
    const double rest = right - out.cause.right() - kGap;
    const double whoWidth = rest > t.px(kWho) ? t.px(kWho) : 0;
    out.who = QRectF(right - whoWidth, row.y(), whoWidth, row.height());
    out.note = QRectF(out.cause.right() + kGap, row.y(),
                      std::max(0.0, rest - whoWidth - (whoWidth > 0 ? kGap : 0)), row.height());
    return out;
}

void paintSegments(QPainter& painter, const QRectF& row, const view::InspectionUnit& unit)
{
    const Theme& t = theme::current();
    const QRectF first = segmentBox(row, 0);
    const QRectF last = segmentBox(row, kVerdicts.size() - 1);
    const QRectF frame = first.united(last).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(frame, theme::metric::kRadiusChip, theme::metric::kRadiusChip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shape, t.panel);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
        if (unit.verdict == kVerdicts[i])
            painter.fillRect(segmentBox(row, i),
                             t.toneFill(widgets::verdictTone(verdictOf(unit.verdict))));
    }
    painter.restore();
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
        const QRectF box = segmentBox(row, i);
        if (i > 0)
            widgets::hairlineVertical(painter, box.x(), box.y() + 1, box.height() - 2, t.line2);
        const bool isChosen = unit.verdict == kVerdicts[i];
        Text::draw(painter, box, Qt::AlignCenter, segmentText(i),
                   isChosen ? FontRole::SmallStrong : FontRole::Small,
                   isChosen ? t.toneText(widgets::verdictTone(verdictOf(unit.verdict))) : t.text2);
    }
}

class UnitDelegate final : public QStyledItemDelegate {
public:
    explicit UnitDelegate(UnitList* list) : QStyledItemDelegate(list), m_list(list) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, theme::current().px(kRow)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Theme& t = theme::current();
        const view::InspectionUnit& unit = m_list->units()->unit(index.row());
        const bool isCurrent = index.row() == m_list->currentIndex().row();
        const QRectF row(option.rect);
        painter->fillRect(option.rect, isCurrent && m_list->hasFocus() ? t.sel : t.panel);
        widgets::hairline(*painter, row.x(), option.rect.bottom(), row.width(),
                          isCurrent && m_list->hasFocus() ? t.selLine : t.line);
        if (isCurrent)
            painter->fillRect(QRectF(row.topLeft(), QSizeF(2, row.height())), t.accent);
        Text::drawTabular(*painter, QRectF(row.x() + kGutter, row.y(), kOrdinal - 6, row.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, QString::number(unit.ordinal),
                          FontRole::Small, t.text2);
        paintSegments(*painter, row, unit);
        const Cells cells = cellsOf(row);
        Text::draw(*painter, cells.cause, Qt::AlignLeft | Qt::AlignVCenter, shareText(unit),
                   FontRole::Small, t.text);
        const bool isHint = !unit.verdict && isCurrent && unit.note.empty();
        Text::draw(*painter, cells.note, Qt::AlignLeft | Qt::AlignVCenter,
                   isHint ? UnitList::tr("Press A, B, D, W or M") : q(unit.note), FontRole::Small,
                   isHint ? t.text3 : t.text);
        const QString who = !unit.verdict ? UnitList::tr("Not inspected")
                                          : q(unit.person + " " + unit.at).trimmed();
        Text::drawTabular(*painter, cells.who, Qt::AlignRight | Qt::AlignVCenter, who,
                          FontRole::Small, t.text2);
    }

private:
    UnitList* m_list;
};

} // namespace

QString shareText(const view::InspectionUnit& unit)
{
    if (!unit.verdict)
        return {};
    QString cause;
    if (*unit.verdict == domain::UnitVerdict::Damaged)
        cause = unit.cause == domain::DamageCause::Buyer     ? UnitList::tr("by buyer")
                : unit.cause == domain::DamageCause::Transit ? UnitList::tr("in transit")
                                                             : UnitList::tr("cause not known");
    const QString share = q(unit.shareText);
    if (cause.isEmpty() || share.isEmpty())
        return cause + share;
    return cause + QStringLiteral(", ") + share;
}

void UnitModel::setLot(view::LotView lot)
{
    const auto isSameUnit = [](const view::InspectionUnit& a, const view::InspectionUnit& b) {
        return a.unit == b.unit;
    };
    const bool isSame =
        lot.rows.size() == m_lot.rows.size() && lotKey(lot) == lotKey(m_lot) &&
        std::equal(lot.rows.begin(), lot.rows.end(), m_lot.rows.begin(), isSameUnit);
    if (isSame) {
        m_lot = std::move(lot);
        if (!m_lot.rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_lot = std::move(lot);
    endResetModel();
}

const view::InspectionUnit& UnitModel::unit(int row) const
{
    return m_lot.rows.at(static_cast<std::size_t>(row));
}

int UnitModel::nextToDo(int from) const
{
    const int count = rowCount();
    for (int step = 0; step < count; ++step) {
        const int row = (std::max(0, from) + step) % count;
        if (!unit(row).verdict)
            return row;
    }
    return -1;
}

int UnitModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lot.rows.size());
}

QVariant UnitModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const view::InspectionUnit& it = unit(index.row());
    QStringList words{tr("Unit %1").arg(it.ordinal), widgets::verdictText(verdictOf(it.verdict)),
                      shareText(it), q(it.note), q(it.person + " " + it.at).trimmed()};
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

UnitList::UnitList(UnitModel* model, QWidget* parent) : QListView(parent), m_model(model)
{
    widgets::nameWidget(this, QStringLiteral("unitList"), tr("Units of the lot"));
    setModel(model);
    setItemDelegate(new UnitDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, [this] {
            scheduleDelayedItemsLayout();
            viewport()->update();
        });
}

QRectF UnitList::segmentRect(int row, int segment) const
{
    return segmentBox(QRectF(visualRect(m_model->index(row))), static_cast<std::size_t>(segment));
}

void UnitList::give(int row, domain::UnitVerdict verdict, domain::DamageCause cause)
{
    if (row >= 0 && row < m_model->rowCount())
        Q_EMIT verdictGiven(row, verdict, cause);
}

bool UnitList::pressVerdict(QChar letter)
{
    const QString letters = QStringLiteral("ABDWM");
    const auto place = letters.indexOf(letter.toUpper());
    const int row = currentIndex().row();
    if (place < 0 || row < 0)
        return false;
    const domain::UnitVerdict verdict = kVerdicts[static_cast<std::size_t>(place)];
    const view::InspectionUnit& unit = m_model->unit(row);
    domain::DamageCause cause = domain::DamageCause::None;
    if (verdict == domain::UnitVerdict::Damaged)
        cause = unit.verdict == verdict && unit.cause != domain::DamageCause::Buyer
                    ? domain::DamageCause::Buyer
                    : domain::DamageCause::Transit;
    const bool wasToDo = !unit.verdict;
    give(row, verdict, cause);
    // After a verdict the next item; a correction stays where it is.
    if (const int next = m_model->nextToDo(row + 1); wasToDo && next >= 0)
        setCurrentIndex(m_model->index(next));
    return true;
}

void UnitList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (event->text().isEmpty() || !event->text().at(0).isPrint())
        QListView::keyPressEvent(event);
    else
        event->ignore(); // letters are verdicts or a label; the page knows which
}

void UnitList::mousePressEvent(QMouseEvent* event)
{
    QListView::mousePressEvent(event);
    const QModelIndex hit = indexAt(event->pos());
    if (!hit.isValid() || event->button() != Qt::LeftButton)
        return;
    const QRectF row(visualRect(hit));
    const view::InspectionUnit& unit = m_model->unit(hit.row());
    for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
        if (segmentBox(row, i).contains(event->pos()) && unit.verdict != kVerdicts[i])
            give(hit.row(), kVerdicts[i],
                 kVerdicts[i] == domain::UnitVerdict::Damaged ? domain::DamageCause::Transit
                                                              : domain::DamageCause::None);
    }
    if (unit.verdict == domain::UnitVerdict::Damaged && cellsOf(row).cause.contains(event->pos()))
        give(hit.row(), domain::UnitVerdict::Damaged,
             unit.cause == domain::DamageCause::Buyer ? domain::DamageCause::Transit
                                                      : domain::DamageCause::Buyer);
}

void UnitList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT unitChanged(current.row());
}

void UnitList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    viewport()->update();
}

void UnitList::focusOutEvent(QFocusEvent* event)
{
    QListView::focusOutEvent(event);
    viewport()->update();
}

} // namespace counterfoil::quarantine
