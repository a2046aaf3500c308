#include "ui/casefile/action_bar.h"

#include <QVBoxLayout>

#include "ui/casefile/flow_layout.h"
#include "ui/casefile/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;
using widgets::Button;

namespace {

/// The PO number is worth a button where a system lacks it or holds another one.
bool hasPoToFix(const view::CaseView& view)
{
    for (const view::ComparisonGroup& group : view.comparison) {
        for (const view::ComparisonRow& row : group.rows) {
            for (const auto& [system, cell] : row.cells) {
                if (cell.fix == "set-po")
                    return true;
            }
        }
    }
    for (const view::FindingSentence& row : view.sentences) {
        if (row.type == domain::FindingType::PoMissing ||
            row.type == domain::FindingType::PoConflict)
            return true;
    }
    return false;
}

} // namespace

ActionBar::ActionBar(QWidget* parent)
    : PaintedWidget(parent), m_row(new QWidget(this)), m_reasons(new QVBoxLayout)
{
    setObjectName(QStringLiteral("actionBar"));
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(12, 9, 12, 9);
    down->setSpacing(5);
    auto* flow = new FlowLayout(m_row);
    flow->setContentsMargins(0, 0, 0, 0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    m_row->setSizePolicy(policy);
    down->addWidget(m_row);
    m_reasons->setSpacing(2);
    down->addLayout(m_reasons);
    m_credit = make("credit", tr("Issue account credit"), QStringLiteral("C"), true);
    m_stop = make("stopPayment", tr("Stop the other payment"), {}, false);
    m_stop.button->setGlyph(theme::Icon::Detach);
    m_release = make("release", tr("Release"), QStringLiteral("L"), false);
    m_po = make("setPo", tr("Fix PO number"), QStringLiteral("P"), false);
    m_inspect = make("inspect", tr("Inspect"), {}, false);
    connect(m_credit.button, &Button::clicked, this, &ActionBar::creditWanted);
    connect(m_stop.button, &Button::clicked, this, &ActionBar::stopPaymentWanted);
    connect(m_release.button, &Button::clicked, this, &ActionBar::releaseWanted);
    connect(m_po.button, &Button::clicked, this, &ActionBar::poWanted);
    connect(m_inspect.button, &Button::clicked, this, &ActionBar::inspectWanted);
    clear();
}

ActionBar::Entry ActionBar::make(const char* name, const QString& text, const QString& key,
                                 bool isPrimary)
{
    Entry entry;
    entry.button = new Button(
        text, isPrimary ? widgets::ButtonKind::Primary : widgets::ButtonKind::Plain, m_row);
    entry.button->setObjectName(QString::fromLatin1(name));
    if (!key.isEmpty())
        entry.button->setKeyHint(key);
    m_row->layout()->addWidget(entry.button);
    entry.reason = new widgets::Paragraph(this, FontRole::Micro, &Theme::text2);
    entry.reason->setObjectName(QString::fromLatin1(name) + QStringLiteral("Reason"));
    entry.reason->setGlyph(theme::Icon::Lock, &Theme::text3);
    entry.reason->setMaxLines(2);
    m_reasons->addWidget(entry.reason);
    return entry;
}

void ActionBar::set(Entry& entry, const QString& text, const view::Allowed& allowed, bool isShown)
{
    entry.button->setText(text);
    entry.button->setVisible(isShown);
    if (allowed.isAllowed)
        entry.button->setAllowed();
    else
        entry.button->setBlocked(shown(allowed.reason));
    entry.reason->setVisible(isShown && !allowed.isAllowed);
    entry.reason->setText(shown(allowed.reason), text + QLatin1Char(':'));
}

void ActionBar::show(const view::CaseView& view)
{
    const bool hasActions = !view.creditLabel.empty();
    set(m_credit, view.creditLabel.empty() ? tr("Issue account credit") : shown(view.creditLabel),
        view.credit, hasActions);
    set(m_stop, tr("Stop the other payment"), view.stopPayment,
        view.stopPayment.isAllowed || !view.stopPayment.reason.empty());
    const bool hasUnits =
        !view.releaseLabel.empty() && view.releaseLabel.find(" 0 ") == std::string::npos;
    set(m_release, hasUnits ? shown(view.releaseLabel) : tr("Release"), view.release, hasActions);
    set(m_po, tr("Fix PO number"), view.setPo, hasActions && hasPoToFix(view));
    set(m_inspect, tr("Inspect"), view.inspect, view.inspect.isAllowed);
    m_inspect.button->setCount(shown(view.inspectNote));
    setVisible(hasActions || view.inspect.isAllowed);
    m_row->updateGeometry();
    updateGeometry();
}

void ActionBar::clear()
{
    setVisible(false);
}

bool ActionBar::press(const QString& objectName)
{
    auto* button = findChild<Button*>(objectName);
    if (button == nullptr || !button->isVisibleTo(this) || !button->isEnabled() || !isVisible())
        return false;
    button->click();
    return true;
}

void ActionBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
    widgets::hairline(painter, 0, 0, width(), theme::current().line2);
}

} // namespace counterfoil::casefile
