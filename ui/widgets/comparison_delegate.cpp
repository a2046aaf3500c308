#include "ui/widgets/comparison_grid.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kPadding = 7;
constexpr int kFieldPadding = 16;
constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

QColor textColorOf(const ComparisonCell& cell)
{
    const theme::Theme& t = theme::current();
    switch (cell.state) {
    case CellState::Differs:
        return t.crit;
    case CellState::Late:
    case CellState::Unread:
    case CellState::Empty:
    case CellState::NotHeld:
    case CellState::Hint:
        return t.text3;
    case CellState::Equal:
        return t.text;
    }
    return t.text;
}

} // namespace

QRectF ComparisonDelegate::linkRect(const QRectF& box, const ComparisonCell& cell)
{
    const double width = std::ceil(Text::width(cell.actionText, FontRole::SmallStrong)) + 4;
    return {box.right() - kPadding - width, box.y(), width + kPadding, box.height()};
}

void ComparisonDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const
{
    const ComparisonModel* model = m_grid->comparison();
    const ComparisonRow& row = model->row(index.row());
    const theme::Theme& t = theme::current();
    const QRectF box(option.rect);
    const bool isTotal = row.kind == ComparisonRowKind::Total;
    painter->save();
    painter->setClipRect(box);
    if (row.kind == ComparisonRowKind::Group) {
        paintGroup(*painter, box, row, model->isOpen(row.id));
    } else if (row.kind == ComparisonRowKind::Provenance) {
        painter->fillRect(box, t.panel);
        paintProvenance(*painter, box.adjusted(kFieldPadding, 0, -6, 0), row.provenance);
    } else if (index.column() == 0) {
        painter->fillRect(box, t.panel);
        Text::draw(*painter, box.adjusted(kFieldPadding, 0, 0, 0), kLeft, row.label,
                   isTotal ? FontRole::SmallStrong : FontRole::Small, isTotal ? t.text : t.text2);
    } else if (index.column() == model->shouldColumn()) {
        painter->fillRect(box, t.should);
        Text::drawTabular(*painter, box.adjusted(kPadding, 0, -kPadding, 0),
                          row.shouldIsNumber ? kRight : kLeft, row.should, FontRole::SmallStrong,
                          t.text);
    } else if (const ComparisonCell* cell = model->cell(index.row(), index.column())) {
        paintCell(*painter, box, row, *cell, m_grid->flashOf(row.id, index.column()));
    }
    hairline(*painter, box.x(), box.bottom() - 1, box.width(), t.line);
    if (m_grid->showsFocusRing() && m_grid->hasFocus() && index == m_grid->currentIndex())
        theme::paintFocusRing(*painter, box.adjusted(0, 0, 0, -1), 0);
    painter->restore();
}

void ComparisonDelegate::paintCell(QPainter& painter, const QRectF& box, const ComparisonRow& row,
                                   const ComparisonCell& cell, double flash) const
{
    const theme::Theme& t = theme::current();
    const bool differs = cell.state == CellState::Differs;
    painter.fillRect(box, differs ? t.mark : t.panel);
    if (flash > 0 && !differs) {
        QColor mark = t.mark;
        mark.setAlphaF(static_cast<float>(flash));
        painter.fillRect(box, mark);
    }
    if (differs)
        painter.fillRect(QRectF(box.x(), box.y(), 2, box.height()), t.markLine);
    const QString text = cellText(cell);
    const bool isStrong = differs || row.kind == ComparisonRowKind::Total;
    const FontRole role = isStrong ? FontRole::SmallStrong : FontRole::Small;
    QColor color = textColorOf(cell);
    if (row.kind == ComparisonRowKind::Total && cell.state == CellState::Equal)
        color = t.text;
    QRectF inner = box.adjusted(kPadding, 0, cell.isNumber ? -kPadding : -4, 0);
    if (!cell.actionText.isEmpty()) {
        const QRectF link = linkRect(box, cell);
        Text::draw(painter, link.adjusted(0, 0, -kPadding, 0), kRight, cell.actionText,
                   FontRole::SmallStrong, t.accentText);
        inner.setRight(link.x() - 2);
    }
    const QString sign(QChar(0x2260));
    if (differs && cell.isNumber) {
        // The sign stands on the inner side: left of a number, right of a word.
        Text::draw(painter, inner, kLeft, sign, FontRole::SmallStrong, t.crit);
        inner.setLeft(inner.x() + 10);
    } else if (differs) {
        Text::draw(painter, inner, kRight, sign, FontRole::SmallStrong, t.crit);
        inner.setRight(inner.right() - 10);
    }
    Text::drawTabular(painter, inner, cell.isNumber ? kRight : kLeft, text, role, color);
}

void ComparisonDelegate::paintGroup(QPainter& painter, const QRectF& box, const ComparisonRow& row,
                                    bool isOpen) const
{
    const theme::Theme& t = theme::current();
    painter.fillRect(box, t.sunken);
    drawIcon(painter, QRectF(box.x() + kFieldPadding, box.center().y() - 6, 12, 12),
             isOpen ? theme::Icon::CaretDown : theme::Icon::CaretRight, t.text2);
    double x = box.x() + kFieldPadding + 22;
    const double summaryWidth =
        row.summary.isEmpty() ? 0 : std::ceil(Text::tabularWidth(row.summary, FontRole::Small)) + 1;
    const double right = box.right() - kFieldPadding;
    Text::drawTabular(painter, QRectF(right - summaryWidth, box.y(), summaryWidth, box.height()),
                      kRight, row.summary, FontRole::Small, t.text3);
    double limit = right - summaryWidth - 8;
    if (!row.agreement.isEmpty()) {
        const double width = std::ceil(Text::tabularWidth(row.agreement, FontRole::Small)) + 1;
        Text::drawTabular(painter, QRectF(limit - width, box.y(), width, box.height()), kRight,
                          row.agreement, FontRole::Small, t.ok);
        drawIcon(painter, QRectF(limit - width - 17, box.center().y() - 6, 12, 12),
                 theme::Icon::Tick, t.ok);
        limit -= width + 24;
    }
    const double labelWidth =
        std::min(std::ceil(Text::width(row.label, FontRole::SmallStrong)) + 1, limit - x);
    Text::draw(painter, QRectF(x, box.y(), labelWidth, box.height()), kLeft, row.label,
               FontRole::SmallStrong, t.text);
    x += labelWidth + 8;
    Text::draw(painter, QRectF(x, box.y(), limit - x, box.height()), kLeft, row.note,
               FontRole::Small, t.text2);
}

} // namespace counterfoil::widgets
