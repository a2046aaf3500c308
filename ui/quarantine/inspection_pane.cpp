#include "ui/quarantine/inspection_pane.h"

#include "core/phrases/phrases.h"
#include "ui/quarantine/count_text.h"
#include "ui/quarantine/lot_model.h"
#include "ui/theme/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace counterfoil::quarantine {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::PlainLabel;

namespace {

constexpr int kCountWidth = 200;

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

/// The head of the pane: a line above, the panel's fill.
class HeadRow final : public widgets::PaintedWidget {
public:
    using PaintedWidget::PaintedWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), theme::current().panel);
        widgets::hairline(painter, 0, 0, width(), theme::current().line2);
        widgets::hairline(painter, 0, height() - 1, width(), theme::current().line);
    }
};

} // namespace

InspectionPane::InspectionPane(QWidget* parent)
    : QWidget(parent), m_units(new UnitModel(this)), m_list(new UnitList(m_units, this)),
      m_what(new PlainLabel({}, FontRole::Body, &Theme::text2, this)),
      m_done(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_rest(new Button(tr("Mark rest A-grade"), widgets::ButtonKind::Plain, this,
                        widgets::ButtonSize::Small)),
      m_count(new QLineEdit(this)), m_note(new QLineEdit(this)),
      m_said(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_title(new PlainLabel({}, FontRole::BodyStrong, &Theme::text, this))
{
    widgets::nameWidget(this, QStringLiteral("inspectionPane"), tr("Inspection"));
    layOut();
    connect(m_rest, &Button::clicked, this, &InspectionPane::markRest);
    connect(m_count, &QLineEdit::returnPressed, this, &InspectionPane::takeCount);
    connect(m_count, &QLineEdit::textEdited, this, &InspectionPane::checkCount);
    connect(m_note, &QLineEdit::returnPressed, this, &InspectionPane::takeNote);
    connect(m_list, &UnitList::left, this, &InspectionPane::left);
    connect(m_list, &UnitList::unitChanged, this, &InspectionPane::showNoteOf);
    connect(m_list, &UnitList::verdictGiven, this,
            [this](int row, domain::UnitVerdict verdict, domain::DamageCause cause) {
                setProblem({});
                Q_EMIT recorded({inspectionOf(m_units->lot(), m_units->unit(row), verdict, cause)});
            });
    m_count->installEventFilter(this);
    m_note->installEventFilter(this);
}

void InspectionPane::layOut()
{
    auto* head = new HeadRow(this);
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(theme::metric::kGutter, 6, theme::metric::kGutter, 6);
    headRow->setSpacing(10);
    m_title->setObjectName(QStringLiteral("inspectedLot"));
    m_done->setObjectName(QStringLiteral("inspectedCount"));
    headRow->addWidget(m_title);
    headRow->addWidget(m_what);
    headRow->addStretch(1);
    headRow->addWidget(m_done);
    widgets::nameWidget(m_rest, QStringLiteral("markRest"),
                        tr("Mark every unit without a verdict A-grade"));
    headRow->addWidget(m_rest);

    auto* foot = new HeadRow(this);
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(theme::metric::kGutter, 6, theme::metric::kGutter, 6);
    footRow->setSpacing(8);
    footRow->addWidget(new PlainLabel(tr("Grade by count"), FontRole::Small, &Theme::text2, foot));
    footRow->addWidget(new widgets::KeyCap({QStringLiteral("#")}, foot));
    widgets::nameWidget(m_count, QStringLiteral("countField"), tr("Grade by count"));
    m_count->setPlaceholderText(tr("5 A, 1 B, 1 D in transit"));
    m_count->setFixedWidth(kCountWidth);
    footRow->addWidget(m_count);
    footRow->addSpacing(8);
    footRow->addWidget(new PlainLabel(tr("Note"), FontRole::Small, &Theme::text2, foot));
    footRow->addWidget(new widgets::KeyCap({QStringLiteral("N")}, foot));
    widgets::nameWidget(m_note, QStringLiteral("noteField"), tr("Note of the current unit"));
    m_note->setFixedWidth(kCountWidth);
    footRow->addWidget(m_note);
    m_said->setObjectName(QStringLiteral("inspectionSaid"));
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_said->setWordWrap(true);
    footRow->addWidget(m_said, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_list, 1);
    column->addWidget(foot);
}

QString InspectionPane::key() const
{
    return m_units->rowCount() > 0 || !m_units->lot().id.empty() ? lotKey(m_units->lot())
                                                                 : QString();
}

void InspectionPane::setLot(const view::LotView& lot)
{
    const bool isOther = key() != lotKey(lot);
    m_units->setLot(lot);
    if (isOther) {
        m_count->clear();
        say({}, false);
        const int first = m_units->nextToDo(0);
        if (m_units->rowCount() > 0)
            m_list->setCurrentIndex(m_units->index(std::max(0, first)));
        showNoteOf(m_list->currentIndex().row());
    }
    refresh();
}

void InspectionPane::clear()
{
    m_units->setLot({});
    m_count->clear();
    m_note->clear();
    refresh();
}

void InspectionPane::refresh()
{
    const view::LotView& lot = m_units->lot();
    m_title->setText(lot.rma.empty() ? q(lot.sku) : rmaText(lot));
    QStringList words{q(lot.sku), plural(lot.units, tr("unit"), tr("units"))};
    if (!lot.location.empty())
        words << q(lot.location);
    m_what->setText(words.join(QStringLiteral(", ")));
    m_done->setText(tr("%1 of %2 inspected").arg(lot.units - lot.toDo).arg(lot.units));
    const bool canInspect = !lot.rows.empty();
    m_count->setEnabled(canInspect && lot.toDo > 0);
    m_note->setEnabled(canInspect);
    if (!canInspect)
        m_rest->setBlocked(tr("These units have no return yet; find their return first."));
    else if (lot.toDo == 0)
        m_rest->setBlocked(tr("Every unit of this lot has its verdict."));
    else
        m_rest->setAllowed();
    m_rest->setText(lot.toDo > 1 ? tr("Mark rest A-grade (%1)").arg(lot.toDo)
                                 : tr("Mark rest A-grade"));
    m_rest->updateGeometry();
    if (m_said->text().isEmpty())
        say({}, false);
}

void InspectionPane::say(const QString& sentence, bool isProblem)
{
    m_said->setToken(isProblem ? &Theme::crit : &Theme::text2);
    m_said->setText(sentence.isEmpty()
                        ? tr("D and W stay in quarantine. D again: damaged by buyer.")
                        : sentence);
    m_said->setToolTip(sentence.toHtmlEscaped());
}

void InspectionPane::setProblem(const QString& sentence)
{
    say(sentence, !sentence.isEmpty());
}

void InspectionPane::startInspecting()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void InspectionPane::startCounting()
{
    if (m_count->isEnabled())
        m_count->setFocus(Qt::ShortcutFocusReason);
}

void InspectionPane::startNote()
{
    if (m_note->isEnabled() && m_list->currentIndex().isValid())
        m_note->setFocus(Qt::ShortcutFocusReason);
}

void InspectionPane::countOneMore()
{
    const auto more = withOneMore(m_count->text().toStdString(), m_units->lot().toDo);
    if (!more) {
        say(q(phrases::sentence(more.error())), true);
        return;
    }
    m_count->setText(QString::fromStdString(*more));
    say(tr("Enter in the field records it."), false);
}

void InspectionPane::markRest()
{
    const view::LotView& lot = m_units->lot();
    if (lot.toDo == 0)
        return;
    setProblem({});
    Q_EMIT recorded(
        inspectionsOf(lot, {{lot.toDo, domain::UnitVerdict::AGrade, domain::DamageCause::None}}));
}

void InspectionPane::checkCount()
{
    const std::string text = m_count->text().toStdString();
    const auto counts = readCount(text, m_units->lot().toDo);
    // While typing only what can no longer become right is a problem.
    const bool isTooMany = !counts && workspace::parseGrades(text).has_value();
    say(isTooMany ? q(counts.error().detail) : QString(), isTooMany);
}

void InspectionPane::takeCount()
{
    const auto counts = readCount(m_count->text().toStdString(), m_units->lot().toDo);
    if (!counts) {
        say(q(counts.error().detail), true);
        return;
    }
    m_count->clear();
    setProblem({});
    Q_EMIT recorded(inspectionsOf(m_units->lot(), *counts));
    m_list->setFocus(Qt::OtherFocusReason);
}

void InspectionPane::takeNote()
{
    const int row = m_list->currentIndex().row();
    if (row < 0)
        return;
    view::InspectionUnit unit = m_units->unit(row);
    if (!unit.verdict) {
        say(tr("A note goes with a verdict: give it first, then write the note."), true);
        return;
    }
    unit.note = m_note->text().trimmed().toStdString();
    setProblem({});
    Q_EMIT recorded({inspectionOf(m_units->lot(), unit, *unit.verdict, unit.cause)});
    m_list->setFocus(Qt::OtherFocusReason);
}

void InspectionPane::showNoteOf(int row)
{
    m_note->setText(row >= 0 && row < m_units->rowCount() ? q(m_units->unit(row).note) : QString());
}

bool InspectionPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && (watched == m_count || watched == m_note) &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace counterfoil::quarantine
