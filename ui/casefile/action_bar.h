#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

#include <array>

class QVBoxLayout;

namespace counterfoil::widgets {
class Button;
class Paragraph;
} // namespace counterfoil::widgets

namespace counterfoil::casefile {

/// What a person may do with the case, always in view. A button that is off says why on a line of
/// its own beside it; one that makes no sense for this case is not there.
class ActionBar final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit ActionBar(QWidget* parent = nullptr);
    void show(const view::CaseView& view);
    void clear();
    /// Presses the button of an action if it may be pressed; false: it may not.
    bool press(const QString& objectName);

Q_SIGNALS:
    void creditWanted();
    void stopPaymentWanted();
    void releaseWanted();
    void poWanted();
    void inspectWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        widgets::Button* button = nullptr;
        widgets::Paragraph* reason = nullptr;
    };
    Entry make(const char* name, const QString& text, const QString& key, bool isPrimary);
    void set(Entry& entry, const QString& text, const view::Allowed& allowed, bool isShown);

    QWidget* m_row;
    QVBoxLayout* m_reasons;
    Entry m_credit, m_stop, m_release, m_po, m_inspect;
};

} // namespace counterfoil::casefile
