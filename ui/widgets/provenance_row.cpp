#include "ui/widgets/provenance_row.h"

#include "ui/theme/icons.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kBoxPadding = 6;
constexpr int kBoxHeight = 20;
constexpr int kCaretWidth = 24;

double paintBox(QPainter& painter, double x, const QRectF& row, const QString& text, bool isRemark)
{
    const theme::Theme& t = theme::current();
    const double height = t.px(kBoxHeight);
    const double width =
        std::min(std::ceil(Text::tabularWidth(text, FontRole::Small)) + 2 * kBoxPadding,
                 std::max(0.0, row.right() - x));
    const QRectF box(x, std::round(row.y() + (row.height() - height) / 2), width, height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isRemark ? QPen(Qt::NoPen) : QPen(t.line2, 1));
    painter.setBrush(isRemark ? t.highBg : t.sunken);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme::metric::kRadiusBadge,
                            theme::metric::kRadiusBadge);
    painter.setRenderHint(QPainter::Antialiasing, false);
    Text::drawTabular(painter, box.adjusted(kBoxPadding, 0, -kBoxPadding + 1, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, text, FontRole::Small,
                      isRemark ? t.high : t.text);
    return box.right();
}

} // namespace

void paintProvenance(QPainter& painter, const QRectF& box, const Provenance& provenance)
{
    const theme::Theme& t = theme::current();
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    double x = box.x();
    const double leadWidth =
        std::ceil(Text::tabularWidth(provenance.lead, FontRole::SmallMedium)) + 1;
    Text::drawTabular(painter, QRectF(x, box.y(), leadWidth, box.height()), left, provenance.lead,
                      FontRole::SmallMedium, t.text);
    x += leadWidth + 6;
    for (std::size_t i = 0; i < provenance.steps.size() && x < box.right(); ++i) {
        if (i > 0) {
            drawIcon(painter, QRectF(x + (kCaretWidth - 12) / 2.0, box.center().y() - 6, 12, 12),
                     theme::Icon::CaretRight, t.text3);
            x += kCaretWidth;
        }
        x = paintBox(painter, x, box, provenance.steps[i], false);
    }
    if (!provenance.result.isEmpty()) {
        Text::draw(painter, QRectF(x, box.y(), 22, box.height()), Qt::AlignCenter,
                   QStringLiteral("="), FontRole::Small, t.text3);
        x += 22;
        const double width =
            std::ceil(Text::tabularWidth(provenance.result, FontRole::SmallStrong)) + 1;
        Text::drawTabular(painter, QRectF(x, box.y(), width, box.height()), left, provenance.result,
                          FontRole::SmallStrong, t.text);
        x += width + 8;
    }
    if (!provenance.remark.isEmpty())
        paintBox(painter, x, box, provenance.remark, true);
}

ProvenanceRow::ProvenanceRow(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProvenanceRow::setProvenance(Provenance provenance)
{
    m_provenance = std::move(provenance);
    QStringList words(m_provenance.steps.begin(), m_provenance.steps.end());
    QString sentence = m_provenance.lead + QStringLiteral(": ") + words.join(tr(", then "));
    if (!m_provenance.result.isEmpty())
        sentence += QStringLiteral(" = ") + m_provenance.result;
    if (!m_provenance.remark.isEmpty())
        sentence += QStringLiteral(". ") + m_provenance.remark;
    setAccessibleName(sentence);
    update();
}

QSize ProvenanceRow::sizeHint() const
{
    return {400, theme::current().px(theme::metric::kProvenanceRow)};
}

void ProvenanceRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintProvenance(painter, rect(), m_provenance);
}

} // namespace counterfoil::widgets
