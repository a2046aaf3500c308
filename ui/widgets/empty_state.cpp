#include "ui/widgets/empty_state.h"

#include "ui/theme/theme_service.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace counterfoil::widgets {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_sentence(new QLabel(this)),
      m_buttons(new QHBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addStretch(1);
    for (QLabel* label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_sentence->setObjectName(QStringLiteral("emptySentence"));
    m_buttons->setSpacing(8);
    m_buttons->addStretch(1);
    m_buttons->addStretch(1);
    column->addLayout(m_buttons);
    column->addStretch(1);
    refreshFonts();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, &EmptyState::refreshFonts);
}

void EmptyState::refreshFonts()
{
    m_title->setFont(theme::font(theme::FontRole::Heading));
    m_sentence->setFont(theme::font(theme::FontRole::Body));
    QPalette palette = m_sentence->palette();
    palette.setColor(QPalette::WindowText, theme::current().text2);
    m_sentence->setPalette(palette);
}

void EmptyState::setTexts(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setHidden(sentence.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

Button* EmptyState::addButton(const QString& objectName, const QString& text)
{
    auto* button = new Button(text, ButtonKind::Plain, this);
    button->setObjectName(objectName);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::clearButtons()
{
    const auto buttons = findChildren<Button*>();
    for (Button* button : buttons) {
        m_buttons->removeWidget(button);
        button->deleteLater();
    }
}

} // namespace counterfoil::widgets
