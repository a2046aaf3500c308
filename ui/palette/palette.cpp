#include "ui/palette/palette.h"

#include <QAbstractListModel>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStyledItemDelegate>

#include "ui/widgets/key_cap.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/shadow.h"
#include "ui/widgets/sheet.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::palette {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 500;
constexpr int kHead = 48;
constexpr int kFoot = 34;
constexpr int kLine = 32;
constexpr int kHeading = 32;
constexpr int kTop = 112;
constexpr int kSide = 16;

int ceilWidth(const QString& text, FontRole role)
{
    return static_cast<int>(std::ceil(Text::tabularWidth(text, role)));
}

/// Draws @p text with the typed words in the accent colour. @return its width
double drawMarked(QPainter& painter, const QRectF& box, const QString& text, FontRole role,
                  const QColor& color, const QStringList& words)
{
    const theme::Theme& t = theme::current();
    std::vector<std::pair<qsizetype, qsizetype>> marks;
    for (const QString& word : words)
        if (const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0)
            marks.emplace_back(at, at + word.size());
    std::sort(marks.begin(), marks.end());
    double x = box.x();
    qsizetype done = 0;
    const auto piece = [&](const QString& part, bool isMarked) {
        if (part.isEmpty() || x >= box.right())
            return;
        const FontRole used = isMarked ? FontRole::BodyStrong : role;
        Text::drawTabular(painter, QRectF(x, box.y(), box.right() - x, box.height()),
                          Qt::AlignLeft | Qt::AlignVCenter, part, used,
                          isMarked ? t.accentText : color);
        x += Text::tabularWidth(part, used);
    };
    for (const auto& [from, to] : marks) {
        if (from < done)
            continue;
        piece(text.mid(done, from - done), false);
        piece(text.mid(from, to - from), true);
        done = to;
    }
    piece(text.mid(done), false);
    return x - box.x();
}

} // namespace

/// The lines as a model; headings take no selection.
class ItemList final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<Item> items)
    {
        beginResetModel();
        m_items = std::move(items);
        endResetModel();
    }
    [[nodiscard]] const Item& at(int row) const
    {
        return m_items.at(static_cast<std::size_t>(row));
    }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_items.size());
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override
    {
        if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
            return {};
        const Item& item = at(index.row());
        return item.note.isEmpty() ? item.text : item.text + QStringLiteral(", ") + item.note;
    }
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override
    {
        if (!index.isValid() || !at(index.row()).run)
            return Qt::NoItemFlags;
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    }

private:
    std::vector<Item> m_items;
};

namespace {

class ItemDelegate final : public QStyledItemDelegate {
public:
    ItemDelegate(const ItemList* items, const QLineEdit* field, QObject* parent)
        : QStyledItemDelegate(parent), m_items(items), m_field(field)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const bool isHeading = !m_items->at(index.row()).run;
        return {100, theme::current().px(isHeading ? kHeading : kLine)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const theme::Theme& t = theme::current();
        const Item& item = m_items->at(index.row());
        const QRectF line(option.rect);
        if (!item.run) {
            Text::draw(*painter, line.adjusted(kSide, 6, -kSide, 0),
                       Qt::AlignLeft | Qt::AlignVCenter, item.text, FontRole::Micro, t.text2);
            return;
        }
        if (option.state & QStyle::State_Selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.sel);
            painter->drawRoundedRect(line.adjusted(6, 0, -6, 0), theme::metric::kRadiusChip,
                                     theme::metric::kRadiusChip);
            painter->setRenderHint(QPainter::Antialiasing, false);
        }
        const QRectF mark(kSide, line.y() + (line.height() - 16) / 2, 16, 16);
        if (item.severity)
            widgets::paintSeverity(*painter, mark, *item.severity);
        else if (item.icon)
            drawIcon(*painter, mark.adjusted(1, 1, -1, -1), *item.icon, t.text2);
        double right = line.right() - kSide;
        for (auto key = item.keys.rbegin(); key != item.keys.rend(); ++key) {
            if (*key == QLatin1String("then") || *key == QLatin1String("or"))
                continue;
            const int width = widgets::keyCapWidth(*key);
            right -= width;
            widgets::paintKeyCap(*painter, QRectF(right, line.y(), width, line.height()), *key);
            right -= 4;
        }
        const int rightWidth = ceilWidth(item.right, FontRole::Body) + 1;
        Text::drawTabular(*painter, QRectF(right - rightWidth, line.y(), rightWidth, line.height()),
                          Qt::AlignRight | Qt::AlignVCenter, item.right, FontRole::Body, t.text2);
        right -= rightWidth + 12;
        QString typed = m_field->text();
        if (!typed.isEmpty() && QStringLiteral(">@#").contains(typed.at(0)))
            typed.remove(0, 1);
        const QStringList words = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const double start = kSide + 26;
        const QRectF box(start, line.y(), right - start, line.height());
        const double used = drawMarked(*painter, box, item.text, FontRole::Body, t.text, words);
        if (!item.note.isEmpty() && used + 20 < box.width()) {
            const QString joined = QStringLiteral("· ") + item.note;
            drawMarked(*painter, box.adjusted(used + 5, 0, 0, 0), joined, FontRole::Body, t.text2,
                       words);
        }
    }

private:
    const ItemList* m_items;
    const QLineEdit* m_field;
};

} // namespace

CommandPalette::CommandPalette(QWidget* host, Sources sources)
    : QWidget(host), m_sources(std::move(sources)), m_scrim(new widgets::Scrim(host)),
      m_field(new QLineEdit(this)), m_list(new QListView(this)), m_items(new ItemList(this))
{
    widgets::nameWidget(this, QStringLiteral("palette"), tr("Command palette"));
    widgets::nameWidget(m_field, QStringLiteral("paletteField"), tr("Find a command or a record"));
    widgets::nameWidget(m_list, QStringLiteral("paletteList"), tr("Found"));
    m_field->setPlaceholderText(tr("Find a command, an exception, a customer, an order"));
    m_field->setFrame(false);
    m_field->setStyleSheet(
        QStringLiteral("QLineEdit, QLineEdit:focus { border: none; background: transparent; }"));
    m_field->installEventFilter(this);
    m_list->setModel(m_items);
    m_list->setItemDelegate(new ItemDelegate(m_items, m_field, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    QPalette colors = m_list->palette();
    colors.setColor(QPalette::Base, theme::current().raised);
    m_list->setPalette(colors);
    host->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this] { find(); });
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& index) { run(index, false); });
    hide();
}

QRect CommandPalette::body() const
{
    return rect().adjusted(widgets::kShadowPx, widgets::kShadowPx, -widgets::kShadowPx,
                           -widgets::kShadowPx);
}

void CommandPalette::place()
{
    const QSize room = parentWidget()->size();
    const int top = std::min(kTop, room.height() / 8);
    const int width = std::min(kWidth, room.width() - 48);
    const int height = std::min(kHeight, room.height() - top - 24);
    setGeometry((room.width() - width) / 2 - widgets::kShadowPx, top - widgets::kShadowPx,
                width + 2 * widgets::kShadowPx, height + 2 * widgets::kShadowPx);
}

void CommandPalette::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QRect inside = body();
    const int head = theme::current().px(kHead);
    const int foot = theme::current().px(kFoot);
    m_field->setGeometry(inside.x() + 34, inside.y() + 6, inside.width() - 100, head - 12);
    m_list->setGeometry(inside.x() + 1, inside.y() + head, inside.width() - 2,
                        inside.height() - head - foot);
}

void CommandPalette::open()
{
    m_focusBefore = QApplication::focusWidget();
    place();
    m_scrim->setGeometry(parentWidget()->rect());
    m_scrim->show();
    m_scrim->raise();
    show();
    raise();
    find();
    m_field->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::close()
{
    if (m_isClosing)
        return;
    m_isClosing = true;
    hide();
    m_scrim->hide();
    m_scrim->deleteLater();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
    deleteLater();
}

void CommandPalette::find()
{
    m_items->setItems(findItems(m_field->text(), m_sources));
    move(1);
}

void CommandPalette::move(int step)
{
    const int count = m_items->rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    for (int tries = 0; tries < count; ++tries) {
        row = (row + step + count) % count;
        if (m_items->at(row).run) {
            m_list->setCurrentIndex(m_items->index(row));
            m_field->setAccessibleDescription(
                m_items->index(row).data(Qt::AccessibleTextRole).toString());
            // Its heading is shown with the first line.
            m_list->scrollTo(m_items->index(row <= 1 ? 0 : row));
            return;
        }
    }
}

void CommandPalette::run(const QModelIndex& index, bool inWindow)
{
    if (!index.isValid() || !m_items->at(index.row()).run)
        return;
    const auto action = m_items->at(index.row()).run;
    close(); // first: what runs may open a sheet that takes the focus
    action(inWindow);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_field && event->type() == QEvent::FocusOut && isVisible() && !m_isClosing &&
        window()->isActiveWindow())
        QMetaObject::invokeMethod(m_field, qOverload<>(&QWidget::setFocus), Qt::QueuedConnection);
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Tab:
        move(1);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Backtab:
        move(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(m_list->currentIndex(), key->modifiers() & Qt::ControlModifier);
        return true;
    default:
        return false;
    }
}

bool CommandPalette::focusNextPrevChild(bool)
{
    return true; // the field keeps it
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const QRectF inside(body());
    widgets::paintShadow(painter, inside);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.isDark ? QPen(t.line2, 1) : QPen(Qt::NoPen));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(inside, theme::metric::kRadiusSheet, theme::metric::kRadiusSheet);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int head = t.px(kHead);
    const int foot = t.px(kFoot);
    drawIcon(painter, QRectF(inside.x() + kSide, inside.y() + (head - 14) / 2.0, 14, 14),
             theme::Icon::Search, t.text2);
    const QString escape = QStringLiteral("Esc");
    const int cap = widgets::keyCapWidth(escape);
    widgets::paintKeyCap(painter, QRectF(inside.right() - kSide - cap, inside.y(), cap, head),
                         escape);
    widgets::hairline(painter, inside.x(), inside.y() + head - 1, inside.width(), t.line2);
    const QRectF line(inside.x(), inside.bottom() - foot, inside.width(), foot);
    widgets::hairline(painter, line.x(), line.y(), line.width(), t.line2);
    double x = line.x() + kSide;
    const auto hint = [&](const QStringList& keys, const QString& words) {
        for (const QString& key : keys) {
            const int width = widgets::keyCapWidth(key);
            widgets::paintKeyCap(painter, QRectF(x, line.y(), width, line.height()), key);
            x += width + 4;
        }
        const int width = ceilWidth(words, FontRole::Micro) + 1;
        Text::draw(painter, QRectF(x + 2, line.y(), width, line.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, words, FontRole::Micro, t.text2);
        x += width + 18;
    };
    hint({QStringLiteral("↑"), QStringLiteral("↓")}, tr("move"));
    hint({QStringLiteral("↵")}, tr("run"));
    hint({QStringLiteral("Ctrl"), QStringLiteral("↵")}, tr("open in a window"));
    Text::draw(painter, line.adjusted(0, 0, -kSide, 0), Qt::AlignRight | Qt::AlignVCenter,
               tr("Type > for commands, @ for people, # for RMA or order"), FontRole::Micro,
               t.text2);
}

} // namespace counterfoil::palette
