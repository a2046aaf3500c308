#include "ui/widgets/filter_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/key_cap.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QTextCharFormat>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kLeftPadding = 32;
constexpr int kIcon = 14;
constexpr int kRightPadding = 9;
constexpr int kPartGap = 9;

bool isKeyLetter(QChar letter)
{
    return letter.isLetter() || letter == QLatin1Char('-') || letter == QLatin1Char('_');
}

/// Index behind the value that starts at @p at: quotes keep their spaces.
int valueEnd(const QString& text, int at)
{
    bool isQuoted = false;
    int i = at;
    for (; i < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('"'))
            isQuoted = !isQuoted;
        else if (text.at(i).isSpace() && !isQuoted)
            break;
    }
    return i;
}

} // namespace

std::vector<FilterToken> tokeniseFilter(const QString& text)
{
    using Kind = FilterToken::Kind;
    std::vector<FilterToken> tokens;
    const int size = static_cast<int>(text.size());
    int i = 0;
    while (i < size) {
        if (text.at(i).isSpace()) {
            ++i;
            continue;
        }
        int start = i;
        if (text.at(i) == QLatin1Char('-') && i + 1 < size && !text.at(i + 1).isSpace()) {
            tokens.push_back({i, 1, Kind::Sign});
            start = ++i;
        }
        int keyEnd = start;
        while (keyEnd < size && isKeyLetter(text.at(keyEnd)))
            ++keyEnd;
        const bool hasKey = keyEnd > start && keyEnd < size && text.at(keyEnd) == QLatin1Char(':');
        const int end = valueEnd(text, hasKey ? keyEnd + 1 : start);
        if (hasKey) {
            tokens.push_back({start, keyEnd + 1 - start, Kind::Key});
            if (end > keyEnd + 1)
                tokens.push_back({keyEnd + 1, end - keyEnd - 1, Kind::Value});
        } else {
            tokens.push_back({start, end - start, Kind::Word});
        }
        i = std::max(end, start + 1);
    }
    return tokens;
}

FilterField::FilterField(QWidget* parent) : QLineEdit(parent)
{
    nameWidget(this, QStringLiteral("filterField"), tr("Filter"));
    setPlaceholderText(tr("Filter, for example is:open owner:finance risk:>100"));
    setClearButtonEnabled(false);
    connect(this, &QLineEdit::textChanged, this, [this] {
        // Layout formats belong to the input method's part of the line edit; it is the one public
        // way to colour single letters of a QLineEdit and keeps its own cursor, selection and
        // scrolling.
        QList<QInputMethodEvent::Attribute> attributes;
        const theme::Theme& t = theme::current();
        for (const FilterToken& token : tokeniseFilter(text())) {
            QTextCharFormat format;
            const bool isValue = token.kind == FilterToken::Kind::Value;
            format.setForeground(isValue                                 ? t.accentText
                                 : token.kind == FilterToken::Kind::Word ? t.text
                                                                         : t.text3);
            if (isValue)
                format.setFontWeight(QFont::Medium);
            attributes.append({QInputMethodEvent::TextFormat, token.start - cursorPosition(),
                               token.length, format});
        }
        QInputMethodEvent colouring(QString(), attributes);
        QCoreApplication::sendEvent(this, &colouring);
    });
    refreshMargins();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, [this] {
            refreshMargins();
            Q_EMIT textChanged(text());
            updateGeometry();
        });
}

void FilterField::setVerdict(FilterValidity validity, const QString& error)
{
    m_validity = validity;
    m_error = validity == FilterValidity::Invalid ? error : QString();
    setAccessibleDescription(m_error.isEmpty() ? m_countText : m_error);
    refreshMargins();
    update();
    Q_EMIT verdictChanged();
}

void FilterField::setCountText(const QString& text)
{
    m_countText = text;
    if (m_error.isEmpty())
        setAccessibleDescription(text);
    refreshMargins();
    update();
}

void FilterField::setKeyCap(const QString& key)
{
    m_keyCap = key;
    refreshMargins();
    update();
}

QLabel* FilterField::makeErrorLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(objectName() + QStringLiteral("Error"));
    label->setTextFormat(Qt::PlainText);
    const auto refresh = [this, label] {
        label->setFont(theme::font(FontRole::Small));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme::current().crit);
        label->setPalette(palette);
        label->setText(m_error);
        label->setHidden(m_error.isEmpty());
    };
    refresh();
    connect(this, &FilterField::verdictChanged, label, refresh);
    return label;
}

QSize FilterField::sizeHint() const
{
    return {400, theme::current().px(theme::metric::kField)};
}

void FilterField::refreshMargins()
{
    int right = kRightPadding;
    if (!m_keyCap.isEmpty())
        right += keyCapWidth(m_keyCap) + kPartGap;
    if (m_validity == FilterValidity::Valid)
        right += kIcon + kPartGap;
    right +=
        static_cast<int>(std::ceil(Text::tabularWidth(m_countText, FontRole::Small))) + kPartGap;
    // The style sheet's padding already stands inside; what it takes is left out here.
    setTextMargins(kLeftPadding - 11, 0, right - 9, 0);
    setFixedHeight(sizeHint().height());
}

void FilterField::paintRightEnd(QPainter& painter) const
{
    const theme::Theme& t = theme::current();
    double x = width() - kRightPadding;
    if (!m_keyCap.isEmpty()) {
        x -= keyCapWidth(m_keyCap);
        paintKeyCap(painter, QRectF(x, 0, keyCapWidth(m_keyCap), height()), m_keyCap);
        x -= kPartGap;
    }
    if (m_validity == FilterValidity::Valid) {
        x -= kIcon;
        drawIcon(painter, QRectF(x, (height() - kIcon) / 2.0, kIcon, kIcon), theme::Icon::Tick,
                 t.ok);
        x -= kPartGap;
    }
    const double countWidth = std::ceil(Text::tabularWidth(m_countText, FontRole::Small)) + 1;
    Text::drawTabular(painter, QRectF(x - countWidth, 0, countWidth, height()),
                      Qt::AlignRight | Qt::AlignVCenter, m_countText, FontRole::Small, t.text3);
}

void FilterField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    drawIcon(painter, QRectF(10, (height() - kIcon) / 2.0, kIcon, kIcon), theme::Icon::Search,
             t.text2);
    paintRightEnd(painter);
    if (m_validity == FilterValidity::Invalid) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        const double pen = hasFocus() ? 2 : 1;
        painter.setPen(QPen(t.crit, pen));
        painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2),
                                theme::metric::kRadiusButton, theme::metric::kRadiusButton);
    }
}

void FilterField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::ShortcutFocusReason)
        selectAll();
}

} // namespace counterfoil::widgets
