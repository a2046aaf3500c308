#include "ui/widgets/unit_strip.h"

#include "ui/theme/style.h"
#include "ui/widgets/accessible_list.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;
using theme::Tone;

namespace {

constexpr int kSquare = 15;
constexpr int kSquareGap = 2;
constexpr int kShareBarHeight = 8;
constexpr int kShareBarWidth = 190;

QString count(int number, const QString& letter)
{
    return QString::number(number) + QLatin1Char(' ') + letter;
}

void paintSquare(QPainter& painter, const QRectF& box, UnitVerdict verdict)
{
    const theme::Theme& t = theme::current();
    if (verdict == UnitVerdict::ToDo) {
        painter.setPen(QPen(t.ctl, 1));
        painter.setBrush(Qt::NoBrush);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter.setRenderHint(QPainter::Antialiasing, false);
        return;
    }
    const Tone tone = verdictTone(verdict);
    painter.setPen(Qt::NoPen);
    painter.setBrush(verdict == UnitVerdict::Missing ? t.track : t.toneFill(tone));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(box, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    Text::draw(painter, box, Qt::AlignCenter, verdictLetter(verdict), FontRole::Initials,
               t.toneText(tone));
}

} // namespace

int UnitCounts::total() const
{
    return units.empty() ? aGrade + bGrade + damaged + wrongItem + missing + toDo
                         : static_cast<int>(units.size());
}

UnitCounts UnitCounts::of(std::vector<UnitVerdict> list)
{
    UnitCounts counts;
    for (const UnitVerdict verdict : list) {
        counts.aGrade += verdict == UnitVerdict::AGrade;
        counts.bGrade += verdict == UnitVerdict::BGrade;
        counts.damaged += verdict == UnitVerdict::Damaged;
        counts.wrongItem += verdict == UnitVerdict::WrongItem;
        counts.missing += verdict == UnitVerdict::Missing;
        counts.toDo += verdict == UnitVerdict::ToDo;
    }
    counts.units = std::move(list);
    return counts;
}

QString verdictLetter(UnitVerdict verdict)
{
    switch (verdict) {
    case UnitVerdict::AGrade:
        return QStringLiteral("A");
    case UnitVerdict::BGrade:
        return QStringLiteral("B");
    case UnitVerdict::Damaged:
        return QStringLiteral("D");
    case UnitVerdict::WrongItem:
        return QStringLiteral("W");
    case UnitVerdict::Missing:
        return QStringLiteral("M");
    case UnitVerdict::ToDo:
        return {};
    }
    return {};
}

QString verdictText(UnitVerdict verdict)
{
    switch (verdict) {
    case UnitVerdict::AGrade:
        return UnitStrip::tr("A-grade");
    case UnitVerdict::BGrade:
        return UnitStrip::tr("B-grade");
    case UnitVerdict::Damaged:
        return UnitStrip::tr("damaged");
    case UnitVerdict::WrongItem:
        return UnitStrip::tr("wrong item");
    case UnitVerdict::Missing:
        return UnitStrip::tr("missing");
    case UnitVerdict::ToDo:
        return UnitStrip::tr("not inspected");
    }
    return {};
}

QString unitCountText(const UnitCounts& counts)
{
    QStringList words;
    const std::pair<int, UnitVerdict> groups[] = {{counts.aGrade, UnitVerdict::AGrade},
                                                  {counts.bGrade, UnitVerdict::BGrade},
                                                  {counts.damaged, UnitVerdict::Damaged},
                                                  {counts.wrongItem, UnitVerdict::WrongItem},
                                                  {counts.missing, UnitVerdict::Missing}};
    for (const auto& [number, verdict] : groups)
        if (number > 0)
            words.append(count(number, verdictLetter(verdict)));
    if (counts.toDo > 0)
        words.append(UnitStrip::tr("%1 to do").arg(counts.toDo));
    return words.join(QStringLiteral(", "));
}

Tone verdictTone(UnitVerdict verdict)
{
    switch (verdict) {
    case UnitVerdict::AGrade:
        return Tone::Ok;
    case UnitVerdict::BGrade:
        return Tone::Medium;
    case UnitVerdict::Damaged:
        return Tone::Critical;
    case UnitVerdict::WrongItem:
        return Tone::High;
    case UnitVerdict::Missing:
    case UnitVerdict::ToDo:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

QColor verdictColor(UnitVerdict verdict)
{
    const theme::Theme& t = theme::current();
    switch (verdict) {
    case UnitVerdict::AGrade:
        return t.series[1];
    case UnitVerdict::BGrade:
        return t.medFill;
    case UnitVerdict::Damaged:
        return t.series[3];
    case UnitVerdict::WrongItem:
        return t.highFill;
    case UnitVerdict::Missing:
        return t.text3;
    case UnitVerdict::ToDo:
        return t.panel;
    }
    return t.panel;
}

void paintUnits(QPainter& painter, const QRectF& box, const UnitCounts& counts)
{
    const theme::Theme& t = theme::current();
    if (!counts.units.empty() && static_cast<int>(counts.units.size()) <= kUnitSquaresMax) {
        double x = box.x();
        const double y = std::round(box.y() + (box.height() - kSquare) / 2);
        for (const UnitVerdict verdict : counts.units) {
            paintSquare(painter, QRectF(x, y, kSquare, kSquare), verdict);
            x += kSquare + kSquareGap;
        }
        return;
    }
    const int total = std::max(1, counts.total());
    const double width = std::min(box.width(), static_cast<double>(kShareBarWidth));
    const double textHeight = t.lineHeight(FontRole::Small);
    const double top = std::round(box.y() + (box.height() - kShareBarHeight - 2 - textHeight) / 2);
    const QRectF bar(box.x(), top, width, kShareBarHeight);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(bar, t.ctl);
    painter.fillRect(bar.adjusted(1, 1, -1, -1), t.panel);
    const std::pair<int, UnitVerdict> groups[] = {{counts.aGrade, UnitVerdict::AGrade},
                                                  {counts.bGrade, UnitVerdict::BGrade},
                                                  {counts.damaged, UnitVerdict::Damaged},
                                                  {counts.wrongItem, UnitVerdict::WrongItem},
                                                  {counts.missing, UnitVerdict::Missing}};
    int before = 0;
    for (const auto& [number, verdict] : groups) {
        if (number == 0)
            continue;
        const double left = std::round(bar.x() + width * before / total);
        before += number;
        const double right = std::round(bar.x() + width * before / total);
        painter.fillRect(QRectF(left, bar.y(), std::max(1.0, right - left), bar.height()),
                         verdictColor(verdict));
    }
    Text::drawTabular(painter, QRectF(box.x(), bar.bottom() + 2, box.width(), textHeight),
                      Qt::AlignLeft | Qt::AlignVCenter, unitCountText(counts), FontRole::Small,
                      t.text);
}

UnitStrip::UnitStrip(QWidget* parent) : PaintedWidget(parent)
{
    installListAccessibility();
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void UnitStrip::setCounts(UnitCounts counts)
{
    m_counts = std::move(counts);
    m_focused = std::clamp(m_focused, 0, std::max(0, m_counts.total() - 1));
    setAccessibleDescription(unitCountText(m_counts));
    updateGeometry();
    update();
}

QSize UnitStrip::sizeHint() const
{
    const int squares = static_cast<int>(m_counts.units.size());
    if (squares > 0 && squares <= kUnitSquaresMax)
        return {squares * (kSquare + kSquareGap), kSquare + 4};
    return {kShareBarWidth, kShareBarHeight + 4 + theme::current().lineHeight(FontRole::Small)};
}

QString UnitStrip::listText(int index) const
{
    if (m_counts.units.empty())
        return unitCountText(m_counts);
    return tr("Unit %1, %2")
        .arg(index + 1)
        .arg(verdictText(m_counts.units.at(static_cast<std::size_t>(index))));
}

QRect UnitStrip::listRect(int index) const
{
    if (m_counts.units.empty() || m_counts.total() > kUnitSquaresMax)
        return rect();
    return {index * (kSquare + kSquareGap), (height() - kSquare) / 2, kSquare, kSquare};
}

void UnitStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintUnits(painter, rect(), m_counts);
    if (!showsFocusRing())
        return;
    const bool isSquares = !m_counts.units.empty() && m_counts.total() <= kUnitSquaresMax;
    const QRectF ring = isSquares ? QRectF(m_focused * (kSquare + kSquareGap) - 1,
                                           (height() - kSquare) / 2.0 - 1, kSquare + 2, kSquare + 2)
                                  : QRectF(rect());
    theme::paintFocusRing(painter, ring, 2);
}

void UnitStrip::focusUnit(int index)
{
    m_focused = std::clamp(index, 0, std::max(0, m_counts.total() - 1));
    announceListItem(this, m_focused);
    update();
    Q_EMIT unitFocused(m_focused);
}

void UnitStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        focusUnit(m_focused - 1);
        return;
    case Qt::Key_Right:
        focusUnit(m_focused + 1);
        return;
    case Qt::Key_Home:
        focusUnit(0);
        return;
    case Qt::Key_End:
        focusUnit(m_counts.total() - 1);
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

void UnitStrip::mousePressEvent(QMouseEvent* event)
{
    if (!m_counts.units.empty() && m_counts.total() <= kUnitSquaresMax)
        focusUnit(event->pos().x() / (kSquare + kSquareGap));
    PaintedWidget::mousePressEvent(event);
}

} // namespace counterfoil::widgets
