#include "ui/actions/check_list.h"

#include "ui/actions/words.h"
#include "ui/theme/icons.h"

#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kIndent = 23;
constexpr int kSpacing = 9;

int rankOf(view::CheckState state)
{
    return state == view::CheckState::Blocking ? 0 : state == view::CheckState::Attention ? 1 : 2;
}

} // namespace

CheckList::CheckList(QWidget* parent) : PaintedWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CheckList::setChecks(const std::vector<view::SheetCheck>& checks,
                          const std::string& saidElsewhere)
{
    m_checks.clear();
    for (const view::SheetCheck& check : checks) {
        // A sheet of several plans brings the same check once a plan.
        const bool isSaid =
            std::any_of(m_checks.begin(), m_checks.end(), [&check](const view::SheetCheck& row) {
                return row.state == check.state && row.text == check.text &&
                       row.value == check.value;
            });
        if (!isSaid)
            m_checks.push_back(check);
    }
    m_saidElsewhere = saidElsewhere;
    std::stable_sort(m_checks.begin(), m_checks.end(),
                     [](const view::SheetCheck& a, const view::SheetCheck& b) {
                         return rankOf(a.state) < rankOf(b.state);
                     });
    QStringList lines;
    for (const view::SheetCheck& check : m_checks) {
        const QString state = check.state == view::CheckState::Passed      ? tr("passed")
                              : check.state == view::CheckState::Attention ? tr("look at this")
                                                                           : tr("blocks");
        lines << state + QStringLiteral(": ") + shown(check.text) + QLatin1Char(' ') +
                     shown(check.value);
    }
    setAccessibleName(tr("Checks before sending, %1").arg(summary()));
    setAccessibleDescription(lines.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

QString CheckList::summary() const
{
    const auto passed =
        std::count_if(m_checks.begin(), m_checks.end(), [](const view::SheetCheck& check) {
            return check.state == view::CheckState::Passed;
        });
    return tr("%1 of %2 passed").arg(passed).arg(m_checks.size());
}

int CheckList::walk(QPainter* painter, int width) const
{
    const theme::Theme& t = theme::current();
    const int line = t.lineHeight(FontRole::Small);
    int y = 0;
    for (const view::SheetCheck& check : m_checks) {
        if (check.state == view::CheckState::Attention && check.text == m_saidElsewhere)
            continue;
        const QString value = shown(check.value);
        const double valueWidth =
            value.isEmpty() ? 0 : std::ceil(Text::tabularWidth(value, FontRole::Small)) + 10;
        const bool isBlocking = check.state == view::CheckState::Blocking;
        QTextLayout layout(shown(check.text));
        layout.setFont(theme::font(isBlocking ? FontRole::SmallMedium : FontRole::Small));
        layout.beginLayout();
        int height = 0;
        for (QTextLine row = layout.createLine(); row.isValid(); row = layout.createLine()) {
            row.setLineWidth(std::max(40.0, width - kIndent - valueWidth));
            row.setPosition(QPointF(kIndent, y + height + (line - row.height()) / 2));
            height += line;
        }
        layout.endLayout();
        if (painter != nullptr) {
            const QRectF icon(1, y + (line - 13) / 2.0, 13, 13);
            const bool isPassed = check.state == view::CheckState::Passed;
            drawIcon(*painter, icon,
                     isPassed     ? theme::Icon::Tick
                     : isBlocking ? theme::Icon::Cross
                                  : theme::Icon::Alert,
                     isPassed     ? t.ok
                     : isBlocking ? t.crit
                                  : t.high);
            painter->setPen(isBlocking ? t.crit : t.text);
            layout.draw(painter, QPointF(0, 0));
            Text::drawTabular(*painter, QRectF(width - valueWidth, y, valueWidth, line),
                              Qt::AlignRight | Qt::AlignVCenter, value, FontRole::Small, t.text2);
        }
        y += std::max(height, line) + kSpacing;
    }
    return std::max(0, y - kSpacing);
}

int CheckList::heightForWidth(int width) const
{
    return walk(nullptr, width);
}

QSize CheckList::sizeHint() const
{
    return {300, walk(nullptr, 300)};
}

void CheckList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    walk(&painter, width());
}

} // namespace counterfoil::actionsheets
