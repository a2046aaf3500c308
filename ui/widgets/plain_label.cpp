#include "ui/widgets/plain_label.h"

#include "ui/theme/theme_service.h"

namespace counterfoil::widgets {

PlainLabel::PlainLabel(const QString& text, theme::FontRole role, theme::ColorToken token,
                       QWidget* parent)
    : QLabel(parent), m_role(role), m_token(token)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    refresh();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, &PlainLabel::refresh);
}

void PlainLabel::setToken(theme::ColorToken token)
{
    m_token = token;
    refresh();
}

void PlainLabel::refresh()
{
    setFont(theme::font(m_role));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::current().*m_token);
    setPalette(colors);
}

} // namespace counterfoil::widgets
