#include "ui/quarantine/release_tray.h"

#include "core/phrases/phrases.h"
#include "ui/quarantine/lot_model.h"
#include "ui/theme/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace counterfoil::quarantine {

using theme::FontRole;
using theme::Text;
using theme::Theme;
using widgets::Button;
using widgets::PlainLabel;

namespace {

constexpr int kLinePadding = 8;

QString q(const std::string& text)
{
    return Text::isolated(QString::fromStdString(text));
}

} // namespace

ReleaseLineRow::ReleaseLineRow(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReleaseLineRow::setLine(const view::ReleaseLine& line)
{
    m_line = line;
    setAccessibleName(tr("%1, %2 units to %3, available %4, then %5")
                          .arg(q(line.sku))
                          .arg(line.units)
                          .arg(q(line.location))
                          .arg(line.availableBefore)
                          .arg(line.availableAfter));
    setToolTip(q(line.title).toHtmlEscaped());
    updateGeometry();
    update();
}

QSize ReleaseLineRow::sizeHint() const
{
    const Theme& t = theme::current();
    const int lines = m_line.note.empty() ? 1 : 2;
    return {200, 2 * kLinePadding + t.lineHeight(FontRole::BodyMedium) +
                     lines * t.lineHeight(FontRole::Small)};
}

void ReleaseLineRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    widgets::hairline(painter, 0, height() - 1, width(), t.line);
    const QRectF inner = QRectF(rect()).adjusted(theme::metric::kGutter, kLinePadding,
                                                 -theme::metric::kGutter, -kLinePadding);
    const double firstHeight = t.lineHeight(FontRole::BodyMedium);
    const double nextHeight = t.lineHeight(FontRole::Small);
    const QRectF first(inner.x(), inner.y(), inner.width(), firstHeight);
    const double skuWidth = std::ceil(Text::width(q(m_line.sku), FontRole::BodyMedium)) + 1;
    Text::draw(painter, first, Qt::AlignLeft | Qt::AlignVCenter, q(m_line.sku),
               FontRole::BodyMedium, t.text);
    Text::draw(painter, first.adjusted(skuWidth + 8, 0, -44, 0), Qt::AlignLeft | Qt::AlignVCenter,
               q(m_line.title), FontRole::Small, t.text2);
    Text::drawTabular(painter, first, Qt::AlignRight | Qt::AlignVCenter,
                      QStringLiteral("+") + QString::number(m_line.units), FontRole::BodyStrong,
                      m_line.isOn ? t.text : t.text3);
    const QRectF second(inner.x(), first.bottom(), inner.width(), nextHeight);
    const QLocale locale;
    const QString after = locale.toString(static_cast<qlonglong>(m_line.availableAfter));
    const double afterWidth = std::ceil(Text::tabularWidth(after, FontRole::SmallStrong)) + 1;
    Text::draw(painter, second.adjusted(0, 0, -110, 0), Qt::AlignLeft | Qt::AlignVCenter,
               tr("%1, available").arg(q(m_line.location)), FontRole::Small, t.text2);
    Text::drawTabular(painter, second, Qt::AlignRight | Qt::AlignVCenter, after,
                      FontRole::SmallStrong, t.text);
    Text::drawTabular(
        painter, second.adjusted(0, 0, -afterWidth - 6, 0), Qt::AlignRight | Qt::AlignVCenter,
        locale.toString(static_cast<qlonglong>(m_line.availableBefore)) + QStringLiteral(" ›"),
        FontRole::Small, t.text2);
    if (!m_line.note.empty())
        Text::draw(painter, QRectF(inner.x(), second.bottom(), inner.width(), nextHeight),
                   Qt::AlignLeft | Qt::AlignVCenter, q(m_line.note), FontRole::Micro, t.text2);
}

ReleaseTray::ReleaseTray(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source),
      m_title(new PlainLabel(tr("Release"), FontRole::Heading, &Theme::text, this)),
      m_size(new widgets::Badge({}, this)),
      m_what(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_sums(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_approval(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_release(new Button(tr("Release"), widgets::ButtonKind::Primary, this))
{
    widgets::nameWidget(this, QStringLiteral("releaseTray"), tr("Release"));
    layOut();
    connect(m_release, &Button::clicked, this, &ReleaseTray::press);
    showReason(tr("Choose a lot."));
}

void ReleaseTray::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QWidget(this);
    auto* headColumn = new QVBoxLayout(head);
    headColumn->setContentsMargins(theme::metric::kGutter, 11, theme::metric::kGutter, 11);
    headColumn->setSpacing(2);
    auto* first = new QHBoxLayout;
    first->addWidget(m_title);
    first->addStretch(1);
    m_size->setObjectName(QStringLiteral("releaseSize"));
    first->addWidget(m_size);
    headColumn->addLayout(first);
    m_what->setObjectName(QStringLiteral("releaseWhat"));
    headColumn->addWidget(m_what);
    column->addWidget(head);

    auto* page = new QWidget;
    m_lines = new QVBoxLayout(page);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(0);
    m_lines->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    page->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(scroll, 1);

    auto* foot = new QWidget(this);
    auto* footColumn = new QVBoxLayout(foot);
    footColumn->setContentsMargins(theme::metric::kGutter, 10, theme::metric::kGutter, 12);
    footColumn->setSpacing(8);
    m_sums->setObjectName(QStringLiteral("releaseSums"));
    m_sums->setWordWrap(true);
    m_approval->setObjectName(QStringLiteral("releaseApproval"));
    m_approval->setWordWrap(true);
    footColumn->addWidget(m_sums);
    footColumn->addWidget(m_approval);
    widgets::nameWidget(m_release, QStringLiteral("releaseButton"), tr("Release"));
    m_release->setKeyHint(QStringLiteral("L"));
    QLabel* reason = m_release->makeReasonLabel(foot);
    footColumn->addWidget(reason);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_release);
    footColumn->addLayout(buttons);
    column->addWidget(foot);
}

void ReleaseTray::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
    widgets::hairlineVertical(painter, 0, 0, height(), theme::current().line2);
}

void ReleaseTray::setCase(const std::string& site, const CaseId& id, const QString& rma)
{
    if (site == m_site && id == m_case)
        return;
    m_site = site;
    m_case = id;
    m_what->setText(rma);
    if (id.value.empty()) {
        setLines({});
        showReason(tr("Choose a lot of a return."));
        return;
    }
    refresh();
}

void ReleaseTray::refresh()
{
    if (m_case.value.empty())
        return;
    m_workspace->previewRelease(
        this, m_site, m_case,
        [this, site = m_site, id = m_case](Result<view::ReleasePreview> answer) {
            if (site != m_site || id != m_case)
                return; // another lot was chosen meanwhile
            if (answer) {
                showAnswer(*answer);
            } else {
                setLines({});
                showReason(q(phrases::sentence(answer.error())));
            }
            Q_EMIT shown();
        });
}

void ReleaseTray::setLines(const std::vector<view::ReleaseLine>& lines)
{
    while (m_rows.size() < lines.size()) {
        m_rows.push_back(new ReleaseLineRow);
        m_lines->insertWidget(m_lines->count() - 1, m_rows.back());
    }
    int units = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < lines.size());
        if (i >= lines.size())
            continue;
        m_rows[i]->setLine(lines[i]);
        units += lines[i].units;
    }
    m_size->setVisible(!lines.empty());
    m_size->setContent({plural(static_cast<int>(lines.size()), tr("line"), tr("lines")) +
                            QStringLiteral(", ") + plural(units, tr("unit"), tr("units")),
                        theme::Tone::Neutral,
                        {},
                        {}});
    m_sums->setHidden(lines.empty());
    m_approval->setHidden(lines.empty());
}

void ReleaseTray::showAnswer(const view::ReleasePreview& preview)
{
    setLines(preview.lines);
    QStringList sums;
    for (const auto& [location, units] : preview.unitsByLocation)
        sums << tr("Units to %1: %2").arg(q(location)).arg(units);
    if (!preview.valueText.empty())
        sums << tr("Value: %1").arg(q(preview.valueText));
    m_sums->setText(sums.join(QLatin1Char('\n')));
    m_approval->setText(q(preview.approvalText));
    const bool hasLabel = !preview.lines.empty() && !preview.releaseLabel.empty();
    m_release->setText(hasLabel ? q(preview.releaseLabel) : tr("Release"));
    m_release->setAccessibleName(m_release->text());
    m_release->updateGeometry();
    if (preview.release.isAllowed)
        m_release->setAllowed();
    else
        m_release->setBlocked(q(preview.release.reason));
}

void ReleaseTray::showReason(const QString& reason)
{
    setLines({});
    m_release->setText(tr("Release"));
    m_release->updateGeometry();
    m_release->setBlocked(reason);
}

void ReleaseTray::press()
{
    if (m_release->isEnabled())
        Q_EMIT releaseRequested(m_site, m_case);
}

} // namespace counterfoil::quarantine
