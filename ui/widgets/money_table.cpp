#include "ui/widgets/money_table.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kLinesShownMax = 2;
constexpr int kSignColumn = 42;
constexpr int kFigureColumn = 62;
constexpr int kLineHeight = 13;
constexpr std::array<MoneyKind, 3> kKinds = {MoneyKind::Over, MoneyKind::Under, MoneyKind::Blocked};

} // namespace

MoneyTable::MoneyTable(QWidget* parent) : PaintedWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    nameWidget(this, QStringLiteral("moneyAtRisk"), tr("Money at risk"));
}

void MoneyTable::setLines(std::vector<MoneyLine> lines)
{
    m_lines = std::move(lines);
    m_focused.line = std::clamp(m_focused.line, 0, std::max(0, shownLines() - 1));
    QStringList sentences;
    for (const MoneyLine& line : m_lines)
        sentences.append(tr("%1: over %2, under %3, blocked %4")
                             .arg(line.currencySign, line.over, line.under, line.blocked));
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

int MoneyTable::shownLines() const
{
    return std::min(static_cast<int>(m_lines.size()), kLinesShownMax);
}

QSize MoneyTable::sizeHint() const
{
    const theme::Theme& t = theme::current();
    return {t.px(kSignColumn + 3 * kFigureColumn) + 4, t.px(kLineHeight) * (1 + kLinesShownMax)};
}

QRectF MoneyTable::cellRect(int line, int column) const
{
    const theme::Theme& t = theme::current();
    const double height = t.px(kLineHeight);
    if (column < 0)
        return {0, height * line, static_cast<double>(t.px(kSignColumn)), height};
    return {static_cast<double>(t.px(kSignColumn + column * kFigureColumn)), height * line,
            static_cast<double>(t.px(kFigureColumn)), height};
}

const QString& MoneyTable::figure(const Cell& cell) const
{
    const MoneyLine& line = m_lines[static_cast<std::size_t>(cell.line)];
    return cell.kind == MoneyKind::Over    ? line.over
           : cell.kind == MoneyKind::Under ? line.under
                                           : line.blocked;
}

const QString& MoneyTable::tip(const Cell& cell) const
{
    const MoneyLine& line = m_lines[static_cast<std::size_t>(cell.line)];
    return cell.kind == MoneyKind::Over    ? line.overTip
           : cell.kind == MoneyKind::Under ? line.underTip
                                           : line.blockedTip;
}

std::optional<MoneyTable::Cell> MoneyTable::cellAt(const QPointF& position) const
{
    for (int line = 0; line < shownLines(); ++line)
        for (const MoneyKind kind : kKinds)
            if (cellRect(line + 1, static_cast<int>(kind)).contains(position))
                return Cell{line, kind};
    return std::nullopt;
}

void MoneyTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    const QString heads[] = {tr("Over"), tr("Under"), tr("Blocked")};
    const int hidden = static_cast<int>(m_lines.size()) - shownLines();
    Text::draw(painter, cellRect(0, -1).adjusted(0, 0, -8, 0), right,
               hidden > 0 ? tr("+%1").arg(hidden) : tr("At risk"), FontRole::Micro,
               hidden > 0 ? t.accentText : t.text3);
    for (int column = 0; column < 3; ++column)
        Text::draw(painter, cellRect(0, column), right, heads[column], FontRole::Micro, t.text3);
    for (int line = 0; line < shownLines(); ++line) {
        Text::draw(painter, cellRect(line + 1, -1).adjusted(0, 0, -8, 0), right,
                   m_lines[static_cast<std::size_t>(line)].currencySign, FontRole::Micro, t.text3);
        for (const MoneyKind kind : kKinds) {
            const QRectF box = cellRect(line + 1, static_cast<int>(kind));
            Text::drawTabular(painter, box, right, figure({line, kind}), FontRole::MicroStrong,
                              t.text);
            if (showsFocusRing() && m_focused == Cell{line, kind})
                theme::paintFocusRing(painter, box.adjusted(2, -1, 3, 1), 3);
        }
    }
}

void MoneyTable::mouseReleaseEvent(QMouseEvent* event)
{
    if (const auto hit = cellAt(event->position()))
        Q_EMIT picked(hit->line, hit->kind);
    else if (cellRect(0, -1).contains(event->position()))
        Q_EMIT moreRequested();
}

void MoneyTable::keyPressEvent(QKeyEvent* event)
{
    const int column = static_cast<int>(m_focused.kind);
    switch (event->key()) {
    case Qt::Key_Left:
        m_focused.kind = static_cast<MoneyKind>(std::max(0, column - 1));
        break;
    case Qt::Key_Right:
        m_focused.kind = static_cast<MoneyKind>(std::min(2, column + 1));
        break;
    case Qt::Key_Up:
        m_focused.line = std::max(0, m_focused.line - 1);
        break;
    case Qt::Key_Down:
        m_focused.line = std::clamp(m_focused.line + 1, 0, std::max(0, shownLines() - 1));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_lines.empty())
            Q_EMIT picked(m_focused.line, m_focused.kind);
        return;
    default:
        PaintedWidget::keyPressEvent(event);
        return;
    }
    if (!m_lines.empty() && !tip(m_focused).isEmpty())
        QToolTip::showText(mapToGlobal(cellRect(m_focused.line + 1, column).bottomLeft().toPoint()),
                           tip(m_focused).toHtmlEscaped(), this);
    update();
}

bool MoneyTable::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto hit = cellAt(help->pos()))
            QToolTip::showText(help->globalPos(), tip(*hit).toHtmlEscaped(), this);
        return true;
    }
    return PaintedWidget::event(event);
}

} // namespace counterfoil::widgets
