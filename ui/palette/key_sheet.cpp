#include "ui/palette/key_sheet.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/widgets/key_cap.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/sheet.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::palette {

using theme::FontRole;
using theme::Text;

namespace {

constexpr QSize kSheetSize{940, 640};
constexpr int kColumns = 3;
constexpr int kGap = 36;
constexpr int kLine = 27;
constexpr int kHeading = 28;
constexpr int kBlockGap = 12;

bool isWord(const QString& key)
{
    return key == QLatin1String("then") || key == QLatin1String("or");
}

} // namespace

KeyTable::KeyTable(std::vector<Command> commands, QWidget* parent)
    : PaintedWidget(parent), m_commands(std::move(commands))
{
    widgets::nameWidget(this, QStringLiteral("keyTable"), tr("Keys"));
    setSearch({});
}

void KeyTable::setSearch(const QString& words)
{
    m_search = words.trimmed();
    QStringList read;
    for (const auto& column : columns())
        for (const Block& block : column)
            for (const Command* command : block.lines)
                read << command->text + QStringLiteral(": ") + command->keys.join(QLatin1Char(' '));
    setAccessibleDescription(read.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

std::vector<std::vector<KeyTable::Block>> KeyTable::columns() const
{
    std::vector<Block> blocks;
    for (const Scope scope :
         {Scope::Everywhere, Scope::GoTo, Scope::Queue, Scope::Panel, Scope::Inspection}) {
        Block block{scope, {}};
        for (const Command& command : m_commands) {
            const bool isFound = command.text.contains(m_search, Qt::CaseInsensitive) ||
                                 command.keys.contains(m_search, Qt::CaseInsensitive);
            if (command.scope == scope && !command.keys.isEmpty() && isFound)
                block.lines.push_back(&command);
        }
        if (!block.lines.empty())
            blocks.push_back(std::move(block));
    }
    std::vector<std::vector<Block>> out(kColumns);
    for (Block& block : blocks) {
        const std::size_t at = block.scope == Scope::Everywhere || block.scope == Scope::GoTo ? 0
                               : block.scope == Scope::Queue                                  ? 1
                                                                                              : 2;
        out[at].push_back(std::move(block));
    }
    return out;
}

int KeyTable::shown() const
{
    int count = 0;
    for (const auto& column : columns())
        for (const Block& block : column)
            count += static_cast<int>(block.lines.size());
    return count;
}

QSize KeyTable::sizeHint() const
{
    const theme::Theme& t = theme::current();
    int height = 0;
    for (const auto& column : columns()) {
        int used = 0;
        for (const Block& block : column)
            used += t.px(kHeading) + static_cast<int>(block.lines.size()) * t.px(kLine) + kBlockGap;
        height = std::max(height, used);
    }
    return {600, height};
}

void KeyTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const double width = (this->width() - (kColumns - 1) * kGap) / double(kColumns);
    const auto all = columns();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double x = static_cast<double>(i) * (width + kGap);
        double y = 0;
        for (const Block& block : all[i]) {
            Text::draw(painter, QRectF(x, y, width, t.px(kHeading)),
                       Qt::AlignLeft | Qt::AlignVCenter, scopeName(block.scope),
                       FontRole::BodyStrong, t.text);
            y += t.px(kHeading);
            widgets::hairline(painter, x, y - 1, width, t.line);
            for (const Command* command : block.lines) {
                const QRectF line(x, y, width, t.px(kLine));
                double right = line.right();
                for (auto key = command->keys.rbegin(); key != command->keys.rend(); ++key) {
                    const double used = isWord(*key)
                                            ? std::ceil(Text::width(*key, FontRole::Small)) + 1
                                            : widgets::keyCapWidth(*key);
                    right -= used;
                    const QRectF cap(right, line.y(), used, line.height());
                    if (isWord(*key))
                        Text::draw(painter, cap, Qt::AlignCenter, *key, FontRole::Small, t.text2);
                    else
                        widgets::paintKeyCap(painter, cap, *key);
                    right -= 4;
                }
                Text::draw(painter, QRectF(x, line.y(), right - x - 6, line.height()),
                           Qt::AlignLeft | Qt::AlignVCenter, command->text, FontRole::Body,
                           t.text2);
                widgets::hairline(painter, x, line.bottom() - 1, width, t.line);
                y += t.px(kLine);
            }
            y += kBlockGap;
        }
    }
}

void openKeySheet(QWidget* host, std::vector<Command> commands)
{
    auto* sheet = new widgets::Sheet(host, QStringLiteral("keySheet"), kSheetSize);
    sheet->setTitle(KeyTable::tr("Keys"));
    QVBoxLayout* body = sheet->bodyLayout();
    body->setContentsMargins(20, 12, 20, 0);
    body->setSpacing(10);
    auto* search = new QLineEdit(sheet);
    widgets::nameWidget(search, QStringLiteral("keySearch"), KeyTable::tr("Find a key or action"));
    search->setPlaceholderText(KeyTable::tr("Find a key or action"));
    search->setFixedWidth(260);
    body->addWidget(search);
    auto* table = new KeyTable(std::move(commands), sheet);
    auto* scroll = new QScrollArea(sheet);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(table);
    table->setAutoFillBackground(false);
    body->addWidget(scroll, 1);
    sheet->footLayout()->addWidget(new widgets::PlainLabel(
        KeyTable::tr("Single letters act on the list in focus and never send money: a sheet comes "
                     "first, and every write is held 10 s."),
        FontRole::Small, &theme::Theme::text2, sheet));
    sheet->footLayout()->addStretch(1);
    QObject::connect(search, &QLineEdit::textChanged, table, &KeyTable::setSearch);
    sheet->open();
    search->setFocus(Qt::OtherFocusReason);
}

} // namespace counterfoil::palette
