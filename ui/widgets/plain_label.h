#pragma once

#include <QLabel>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

namespace counterfoil::widgets {

/// A label of one role and one colour token that follows the theme. Its text is never mark-up.
class PlainLabel final : public QLabel {
    Q_OBJECT

public:
    explicit PlainLabel(const QString& text = {}, theme::FontRole role = theme::FontRole::Body,
                        theme::ColorToken token = &theme::Theme::text, QWidget* parent = nullptr);
    void setToken(theme::ColorToken token);

private:
    void refresh();

    theme::FontRole m_role;
    theme::ColorToken m_token;
};

} // namespace counterfoil::widgets
