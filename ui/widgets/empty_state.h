#pragma once

#include "ui/widgets/widget_base.h"

class QHBoxLayout;
class QLabel;

namespace counterfoil::widgets {

class Button;

/// What stands where a list has nothing to show: a title, one sentence, buttons. Centred, no
/// drawing.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& sentence);
    /// Adds a button at the right end of the row; owned by this widget.
    Button* addButton(const QString& objectName, const QString& text);
    void clearButtons();

private:
    void refreshFonts();

    QLabel* m_title;
    QLabel* m_sentence;
    QHBoxLayout* m_buttons;
};

} // namespace counterfoil::widgets
