#include "ui/queue/sub_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>

#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"

namespace counterfoil::queue {

using theme::Icon;
using widgets::Button;
using widgets::ButtonKind;
using widgets::ButtonSize;
using widgets::Chip;

const std::vector<QuickFilter>& quickFilters()
{
    static const std::vector<QuickFilter> filters{
        {QStringLiteral("all"), SubBar::tr("All open"), QStringLiteral("is:open")},
        {QStringLiteral("overdue"), SubBar::tr("Past SLA"), QStringLiteral("is:overdue")},
        {QStringLiteral("large"), SubBar::tr("Over 100"), QStringLiteral("risk:>100")},
        {QStringLiteral("account"), SubBar::tr("On account"), QStringLiteral("payment:account")},
        {QStringLiteral("unassigned"), SubBar::tr("Unassigned"), QStringLiteral("is:unassigned")}};
    return filters;
}

SubBar::SubBar(QWidget* parent)
    : PaintedWidget(parent), m_row(new QHBoxLayout(this)), m_filters(new Chip(tr("Filters"), this)),
      m_save(new Button(tr("Save view"), ButtonKind::Quiet, this, ButtonSize::Small)),
      m_waiting(new Chip(QString(), this)),
      m_group(new Button(tr("Case"), ButtonKind::Quiet, this, ButtonSize::Small)),
      m_density(new Button(tr("Comfortable"), ButtonKind::Quiet, this, ButtonSize::Small)),
      m_columns(new Button(tr("Columns"), ButtonKind::Quiet, this, ButtonSize::Small)),
      m_densityWord(tr("Comfortable"))
{
    widgets::nameWidget(this, QStringLiteral("subBar"), tr("Quick filters and view"));
    m_row->setContentsMargins(12, 0, 8, 0);
    m_row->setSpacing(6);
    for (const QuickFilter& filter : quickFilters()) {
        auto* chip = new Chip(filter.text, this);
        chip->setObjectName(QStringLiteral("chip-") + filter.id);
        connect(chip, &Chip::clicked, this, [this, id = filter.id] { Q_EMIT filterPicked(id); });
        m_chips.push_back(chip);
        m_row->addWidget(chip);
    }
    m_filters->setCheckable(false);
    m_filters->setGlyph(Icon::CaretDown);
    m_row->addWidget(m_filters);
    m_save->setGlyph(Icon::Bookmark);
    m_row->addWidget(m_save);
    m_row->addStretch(1);
    m_waiting->setKeyCap(QStringLiteral("."));
    m_row->addWidget(m_waiting);
    m_group->setGlyph(Icon::Group);
    m_density->setGlyph(Icon::Rows);
    m_columns->setGlyph(Icon::Columns);
    for (Button* button : {m_group, m_density, m_columns})
        m_row->addWidget(button);
    widgets::nameWidget(m_filters, QStringLiteral("quickFilters"), tr("Quick filters"));
    widgets::nameWidget(m_save, QStringLiteral("saveView"), tr("Save view"));
    widgets::nameWidget(m_waiting, QStringLiteral("showWaiting"), tr("Show new rows"));
    widgets::nameWidget(m_group, QStringLiteral("grouping"), tr("Group by case"));
    widgets::nameWidget(m_density, QStringLiteral("density"), tr("Row height"));
    widgets::nameWidget(m_columns, QStringLiteral("columns"), tr("Columns"));
    m_waiting->setCheckable(true);
    m_waiting->setChecked(true);
    m_waiting->hide();
    connect(m_filters, &Chip::clicked, this, [this] { openFilterMenu(); });
    connect(m_save, &Button::clicked, this, [this] { Q_EMIT saveViewWanted(); });
    connect(m_waiting, &Chip::clicked, this, [this] {
        m_waiting->setChecked(true); // it is a button in the look of a switch that is on
        Q_EMIT waitingWanted();
    });
    connect(m_group, &Button::clicked, this, [this] { Q_EMIT groupingWanted(!m_isGrouped); });
    connect(m_density, &Button::clicked, this, [this] { Q_EMIT densityWanted(); });
    connect(m_columns, &Button::clicked, this, [this] {
        Q_EMIT columnsWanted(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
    });
    fit();
}

QSize SubBar::sizeHint() const
{
    return {200, theme::current().px(theme::metric::kSubBar)};
}

void SubBar::setCount(const QString& filterId, int count)
{
    const auto& filters = quickFilters();
    for (std::size_t i = 0; i < filters.size(); ++i)
        if (filters[i].id == filterId)
            m_chips[i]->setCount(QString::number(count));
    fit();
}

void SubBar::setOn(const QStringList& filterIds)
{
    const auto& filters = quickFilters();
    for (std::size_t i = 0; i < filters.size(); ++i)
        m_chips[i]->setChecked(filterIds.contains(filters[i].id));
}

void SubBar::setWaiting(int rows, int closed)
{
    QStringList parts;
    if (rows > 0)
        parts << tr("%1 new").arg(rows);
    if (closed > 0)
        parts << tr("%1 closed").arg(closed);
    m_waiting->setText(parts.join(QStringLiteral(", ")));
    m_waiting->setAccessibleName(m_waiting->text());
    m_waiting->setHidden(parts.isEmpty());
    fit();
}

void SubBar::setGrouped(bool isGrouped)
{
    m_isGrouped = isGrouped;
    fit();
}

void SubBar::setDensity(widgets::Density density)
{
    m_densityWord = density == widgets::Density::Compact ? tr("Compact") : tr("Comfortable");
    fit();
}

int SubBar::neededWidth() const
{
    const QMargins margins = m_row->contentsMargins();
    int width = margins.left() + margins.right();
    for (int i = 0; i < m_row->count(); ++i) {
        const QWidget* widget = m_row->itemAt(i)->widget();
        if (widget && !widget->isHidden())
            width += widget->sizeHint().width() + m_row->spacing();
    }
    return width + m_row->spacing();
}

void SubBar::fit()
{
    const auto showChips = [this](std::size_t count) {
        for (std::size_t i = 0; i < m_chips.size(); ++i)
            m_chips[i]->setHidden(i >= count);
        m_filters->setHidden(count > 0);
    };
    const QString groupWord = m_isGrouped ? tr("Case") : tr("No groups");
    showChips(m_chips.size());
    m_save->show();
    m_group->setText(groupWord);
    m_density->setText(m_densityWord);
    m_columns->setText(tr("Columns"));
    const auto isTooWide = [this] { return neededWidth() > width(); };
    if (isTooWide())
        m_save->hide();
    if (isTooWide()) {
        m_density->setText(QString());
        m_columns->setText(QString());
    }
    if (isTooWide())
        m_group->setText(QString());
    if (isTooWide())
        showChips(0);
    m_density->setToolTip(m_densityWord);
    m_group->setToolTip(groupWord);
    m_columns->setToolTip(tr("Columns"));
}

void SubBar::openFilterMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("quickFilterMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& filters = quickFilters();
    for (std::size_t i = 0; i < filters.size(); ++i) {
        QAction* action = menu->addAction(m_chips[i]->accessibleName());
        action->setCheckable(true);
        action->setChecked(m_chips[i]->isChecked());
        connect(action, &QAction::triggered, this,
                [this, id = filters[i].id] { Q_EMIT filterPicked(id); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Save view")), &QAction::triggered, this,
            [this] { Q_EMIT saveViewWanted(); });
    menu->popup(m_filters->mapToGlobal(QPoint(0, m_filters->height())));
}

void SubBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
    widgets::hairline(painter, 0, height() - 1, width(), theme::current().line);
}

void SubBar::resizeEvent(QResizeEvent* event)
{
    PaintedWidget::resizeEvent(event);
    fit();
}

} // namespace counterfoil::queue
