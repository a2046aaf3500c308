#include "ui/widgets/queue_delegate.h"

#include "ui/theme/style.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/marks.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kExceptionMin = 240;
constexpr int kAvatarOnly = 44;
constexpr int kPadding = 8;
constexpr int kAgePadding = 18;
constexpr int kChildIndent = 26;
constexpr int kCheckSide = 14;
constexpr int kGroupGap = 6;
constexpr int kBadgeOverhang = 10; ///< into the empty padding of the next column
constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

// Design widths of visual.md 4; the exception column takes what is left.
constexpr std::array<int, kQueueColumnCount> kWidths = {36,  24, kExceptionMin, 98,  94,
                                                        152, 84, 130,           156, 141};

QColor mixed(const QColor& over, const QColor& under, double share)
{
    const auto channel = [share](int a, int b) {
        return static_cast<int>(std::lround(a * share + b * (1 - share)));
    };
    return QColor(channel(over.red(), under.red()), channel(over.green(), under.green()),
                  channel(over.blue(), under.blue()));
}

} // namespace

QueueColumns QueueColumns::layOut(int widthPx, std::uint16_t hidden)
{
    const Theme& t = theme::current();
    std::array<int, kQueueColumnCount> widths = kWidths;
    for (int& width : widths)
        width = t.px(width);
    QueueColumns columns;
    columns.width = widthPx;
    const auto at = [&widths](QueueColumn column) -> int& {
        return widths[static_cast<std::size_t>(column)];
    };
    for (const QueueColumn column : {QueueColumn::Return, QueueColumn::Order, QueueColumn::Customer,
                                     QueueColumn::Age, QueueColumn::Owner, QueueColumn::State})
        if (hidden & (1U << static_cast<unsigned>(column)))
            at(column) = 0;
    const auto isTooWide = [&] {
        int used = 0;
        for (const int width : widths)
            used += width;
        return used > widthPx;
    };
    for (const QueueColumn column : {QueueColumn::Order, QueueColumn::Return, QueueColumn::State})
        if (isTooWide())
            at(column) = 0;
    if (isTooWide() && at(QueueColumn::Owner) > 0) {
        at(QueueColumn::Owner) = t.px(kAvatarOnly);
        columns.showsOwnerText = false;
    }
    if (isTooWide())
        columns.showsCustomerNote = false;
    int others = 0;
    for (const int width : widths)
        others += width;
    others -= at(QueueColumn::Exception);
    at(QueueColumn::Exception) = std::max(t.px(120), widthPx - others);
    int x = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        columns.spans[i] = {x, widths[i]};
        x += widths[i];
    }
    return columns;
}

int QueueDelegate::rowHeight() const
{
    return theme::current().px(isCompact() ? theme::metric::kRowCompact : theme::metric::kRow);
}

int QueueDelegate::groupHeight() const
{
    return theme::current().px(theme::metric::kGroupRow);
}

QRect QueueDelegate::checkCell(const QRect& box, const QueueColumns& columns)
{
    return {box.x(), box.y(), columns.of(QueueColumn::Check).width, box.height()};
}

QRect QueueDelegate::caretCell(const QRect& box, const QueueColumns& columns)
{
    return {box.x() + columns.of(QueueColumn::Severity).x, box.y(),
            columns.of(QueueColumn::Severity).width, box.height()};
}

QRectF QueueDelegate::cellOf(const QRect& box, const QueueColumns& columns,
                             QueueColumn column) const
{
    const QueueColumns::Span& span = columns.of(column);
    return {static_cast<double>(box.x() + span.x), static_cast<double>(box.y()),
            static_cast<double>(span.width), box.height() - 1.0};
}

QueueDelegate::Lines QueueDelegate::linesOf(const QRectF& cell) const
{
    const Theme& t = theme::current();
    const double first = t.lineHeight(FontRole::BodyMedium);
    if (isCompact())
        return {cell, {}};
    const double second = t.lineHeight(FontRole::Small);
    const double top = std::round(cell.y() + (cell.height() - first - second) / 2);
    return {QRectF(cell.x(), top, cell.width(), first),
            QRectF(cell.x(), top + first, cell.width(), second)};
}

void QueueDelegate::paintBackground(QPainter& painter, const QRect& box, const QueueRow& row,
                                    const QueueRowLook& look, const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    const QColor base = look.isSelected                   ? t.sel
                        : row.kind == QueueRowKind::Group ? t.sunken
                        : look.isHovered                  ? t.hover
                                                          : t.panel;
    painter.fillRect(box, base);
    if (look.flashingColumns == 0 || look.flashStrength <= 0)
        return;
    for (int i = 0; i < kQueueColumnCount; ++i)
        if (look.flashingColumns & (1U << i))
            painter.fillRect(cellOf(box, columns, static_cast<QueueColumn>(i)),
                             mixed(t.mark, base, look.flashStrength));
}

void QueueDelegate::paintGuides(QPainter& painter, const QRect& box, const QueueRow& row,
                                const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    const double x = box.x() + columns.of(QueueColumn::Exception).x + 10;
    const double middle = std::round(box.y() + box.height() / 2.0);
    hairlineVertical(painter, x, box.y(), row.isLastChild ? middle - box.y() : box.height(),
                     t.line2);
    hairline(painter, x, middle, 8, t.line2);
}

void QueueDelegate::paint(QPainter& painter, const QRect& box, const QueueRow& row,
                          const QueueRowLook& look, const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    paintBackground(painter, box, row, look, columns);
    if (look.isCurrent)
        painter.fillRect(QRect(box.x(), box.y(), 2, box.height()), t.accent);
    if (row.kind == QueueRowKind::Child)
        paintGuides(painter, box, row, columns);
    if (look.showsCheck) {
        const QRectF cell = cellOf(box, columns, QueueColumn::Check);
        theme::paintCheckBox(painter,
                             QRectF(box.x() + 12, std::round(cell.center().y() - kCheckSide / 2.0),
                                    kCheckSide, kCheckSide),
                             look.checkState, true);
    }
    if (row.kind == QueueRowKind::Group) {
        paintGroup(painter, box, row, columns);
    } else {
        paintException(painter, box, row, columns);
        if (row.kind == QueueRowKind::Single) {
            const auto column = [&](QueueColumn which) {
                return cellOf(box, columns, which).adjusted(kPadding, 0, -4, 0);
            };
            if (columns.isShown(QueueColumn::Return))
                paintTwoLines(painter, column(QueueColumn::Return), row.returnId, row.returnState,
                              true);
            if (columns.isShown(QueueColumn::Order))
                paintTwoLines(painter, column(QueueColumn::Order), row.order, row.po, true);
            paintTwoLines(painter, column(QueueColumn::Customer), row.customer,
                          columns.showsCustomerNote ? row.customerNote : QString(), false);
        }
        paintAmount(painter, cellOf(box, columns, QueueColumn::AtRisk).adjusted(0, 0, -kPadding, 0),
                    row);
        paintSla(painter,
                 cellOf(box, columns, QueueColumn::Age).adjusted(kAgePadding, 0, -kPadding, 0),
                 row.sla, isCompact());
        paintOwner(painter, cellOf(box, columns, QueueColumn::Owner).adjusted(14, 0, -4, 0), row,
                   columns.showsOwnerText);
        if (columns.isShown(QueueColumn::State))
            paintStateCell(painter, cellOf(box, columns, QueueColumn::State).adjusted(5, 0, -4, 0),
                           row);
    }
    hairline(painter, box.x(), box.bottom(), box.width(), look.isSelected ? t.selLine : t.line);
    if (look.showsFocusRing)
        theme::paintFocusRing(painter, QRectF(box).adjusted(2, 0, -2, -1), 0);
}

void QueueDelegate::paintException(QPainter& painter, const QRect& box, const QueueRow& row,
                                   const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    const bool isChild = row.kind == QueueRowKind::Child;
    QRectF cell = cellOf(box, columns, QueueColumn::Exception).adjusted(6, 0, -6, 0);
    if (isChild) {
        // The cell spans to "At risk": the case's return, order and customer stand in its group
        // row.
        cell.setRight(box.x() + columns.of(QueueColumn::AtRisk).x - 6);
        paintSeverity(painter, QRectF(cell.x() + kChildIndent - 7, cell.y(), 12, cell.height()),
                      row.severity);
        cell.setLeft(cell.x() + kChildIndent + 15);
    } else {
        const QueueColumns::Span& span = columns.of(QueueColumn::Severity);
        paintSeverity(painter, QRectF(box.x() + span.x, cell.y(), span.width - 4, cell.height()),
                      row.severity);
    }
    if (!isCompact()) {
        const Lines lines = linesOf(cell);
        Text::draw(painter, lines.first, kLeft, row.title, FontRole::BodyMedium, t.text);
        Text::draw(painter, lines.second, kLeft, row.reason, FontRole::Small, t.text3);
        return;
    }
    const double titleWidth =
        std::min(std::ceil(Text::width(row.title, FontRole::BodyMedium)) + 1, cell.width());
    Text::draw(painter, QRectF(cell.x(), cell.y(), titleWidth, cell.height()), kLeft, row.title,
               FontRole::BodyMedium, t.text);
    const double reasonX = cell.x() + titleWidth + 10;
    if (cell.right() - reasonX > 24)
        Text::draw(painter, QRectF(reasonX, cell.y(), cell.right() - reasonX, cell.height()), kLeft,
                   row.reason, FontRole::Small, t.text3);
}

void QueueDelegate::paintGroup(QPainter& painter, const QRect& box, const QueueRow& row,
                               const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    const QueueColumns::Span& caret = columns.of(QueueColumn::Severity);
    drawIcon(painter,
             QRectF(box.x() + caret.x + (caret.width - 4 - 12) / 2.0,
                    box.y() + (box.height() - 13) / 2.0, 12, 12),
             row.isOpen ? theme::Icon::CaretDown : theme::Icon::CaretRight, t.text2);
    const QRectF cell = cellOf(box, columns, QueueColumn::Exception).adjusted(6, 0, -6, 0);
    double x = cell.x();
    const double badge = row.badge.text.isEmpty() ? 0 : badgeWidth(row.badge);
    const double noteWidth = std::ceil(Text::width(row.reason, FontRole::Small)) + 1;
    const double nameWidth =
        std::min(std::ceil(Text::width(row.title, FontRole::BodyStrong)) + 1, cell.width());
    Text::draw(painter, QRectF(x, cell.y(), nameWidth, cell.height()), kLeft, row.title,
               FontRole::BodyStrong, t.text);
    x += nameWidth + kGroupGap;
    const double limit = cell.right() + kBadgeOverhang;
    // Why a case ranks above a larger sum outweighs how many exceptions it has.
    const bool hasRoomForBoth = x + noteWidth + kGroupGap + badge <= limit;
    if (hasRoomForBoth || (badge == 0 && x + noteWidth <= cell.right())) {
        Text::draw(painter, QRectF(x, cell.y(), noteWidth, cell.height()), kLeft, row.reason,
                   FontRole::Small, t.text3);
        x += noteWidth + kGroupGap;
    }
    if (badge > 0 && x + badge <= limit)
        paintBadge(painter, QRectF(x, cell.y(), badge, cell.height()), row.badge);
    const auto plain = [&](QueueColumn column, const QString& text) {
        Text::drawTabular(painter, cellOf(box, columns, column).adjusted(kPadding, 0, -4, 0), kLeft,
                          text, FontRole::Small, t.text2);
    };
    if (columns.isShown(QueueColumn::Return))
        plain(QueueColumn::Return, row.returnId);
    if (columns.isShown(QueueColumn::Order))
        plain(QueueColumn::Order, row.order);
    plain(QueueColumn::Customer, row.po);
    Text::drawTabular(painter,
                      cellOf(box, columns, QueueColumn::AtRisk).adjusted(0, 0, -kPadding, 0),
                      kRight, row.amount, FontRole::BodyStrong, t.text);
}

void QueueDelegate::paintTwoLines(QPainter& painter, const QRectF& cell, const QString& first,
                                  const QString& second, bool isTabular) const
{
    const Theme& t = theme::current();
    const Lines lines = linesOf(cell);
    // A missing second line leaves the first one centred.
    const QRectF& top = second.isEmpty() || isCompact() ? cell : lines.first;
    if (isTabular)
        Text::drawTabular(painter, top, kLeft, first, FontRole::Body, t.text);
    else
        Text::draw(painter, top, kLeft, first, FontRole::Body, t.text);
    if (isCompact() || second.isEmpty())
        return;
    if (isTabular)
        Text::drawTabular(painter, lines.second, kLeft, second, FontRole::Small, t.text3);
    else
        Text::draw(painter, lines.second, kLeft, second, FontRole::Small, t.text3);
}

void QueueDelegate::paintAmount(QPainter& painter, const QRectF& cell, const QueueRow& row) const
{
    const Theme& t = theme::current();
    if (row.amount.isEmpty()) {
        Text::draw(painter, cell, kRight, QString(QChar(0x2014)), FontRole::Body, t.text3);
        return;
    }
    const Lines lines = linesOf(cell);
    const bool isSingle = isCompact() || row.amountNote.isEmpty();
    Text::drawTabular(painter, isSingle ? cell : lines.first, kRight, row.amount,
                      FontRole::BodyStrong, t.text);
    if (!isSingle)
        Text::drawTabular(painter, lines.second, kRight, row.amountNote, FontRole::Small, t.text3);
}

void QueueDelegate::paintOwner(QPainter& painter, const QRectF& cell, const QueueRow& row,
                               bool showsText) const
{
    const Theme& t = theme::current();
    const double side = t.px(isCompact() ? 18 : 22);
    paintAvatar(painter, QRectF(cell.x(), std::round(cell.center().y() - side / 2), side, side),
                initialsOf(row.owner));
    if (!showsText)
        return;
    const QRectF text = cell.adjusted(side + 8, 0, 0, 0);
    if (row.owner.isEmpty()) {
        const Lines lines = linesOf(text);
        const bool isSingle = isCompact() || row.team.isEmpty();
        Text::draw(painter, isSingle ? text : lines.first, kLeft, Avatar::tr("Unassigned"),
                   FontRole::Small, t.text3);
        if (!isSingle)
            Text::draw(painter, lines.second, kLeft, row.team, FontRole::Small, t.text3);
        return;
    }
    paintTwoLines(painter, text, row.owner, row.team, false);
}

void QueueDelegate::paintStateCell(QPainter& painter, const QRectF& cell, const QueueRow& row) const
{
    const Theme& t = theme::current();
    paintState(painter, QRectF(cell.x(), cell.y(), 10, cell.height()), row.state);
    Text::draw(painter, cell.adjusted(16, 0, 0, 0), kLeft,
               row.stateText.isEmpty() ? stateText(row.state) : row.stateText, FontRole::Small,
               t.text2);
}

void QueueDelegate::paintPending(QPainter& painter, const QRect& box, int ordinal,
                                 const QueueColumns& columns) const
{
    const Theme& t = theme::current();
    painter.fillRect(box, t.panel);
    // Still bars of differing length, the same at every paint.
    const double share = 0.45 + 0.1 * ((ordinal * 7) % 5);
    const double middle = box.center().y();
    const QRectF cell = cellOf(box, columns, QueueColumn::Exception).adjusted(6, 0, -20, 0);
    painter.fillRect(
        QRectF(cell.x(), middle - (isCompact() ? 4 : 10), std::round(cell.width() * share), 8),
        t.track);
    if (!isCompact())
        painter.fillRect(
            QRectF(cell.x(), middle + 4, std::round(cell.width() * std::min(1.0, share + 0.25)), 8),
            t.track);
    for (const QueueColumn column : {QueueColumn::Customer, QueueColumn::AtRisk}) {
        const QRectF other = cellOf(box, columns, column).adjusted(kPadding, 0, -kPadding, 0);
        painter.fillRect(QRectF(column == QueueColumn::AtRisk ? other.right() - 52 : other.x(),
                                middle - 4, column == QueueColumn::AtRisk ? 52 : 104, 8),
                         t.track);
    }
    hairline(painter, box.x(), box.bottom(), box.width(), t.line);
}

} // namespace counterfoil::widgets
