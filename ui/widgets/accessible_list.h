#pragma once

#include <QRect>
#include <QString>

class QObject;
class QWidget;

namespace counterfoil::widgets {

/// What a painted list tells assistive technology. Mixed into a QWidget: UnitStrip, Timeline,
/// QueueView.
class AccessibleList {
public:
    virtual ~AccessibleList() = default;
    [[nodiscard]] virtual int listCount() const = 0;
    /// One sentence.
    [[nodiscard]] virtual QString listText(int index) const = 0;
    /// In the widget's own coordinates; may lie outside of what is visible.
    [[nodiscard]] virtual QRect listRect(int index) const = 0;
    [[nodiscard]] virtual int listFocus() const = 0; ///< -1: none
    [[nodiscard]] virtual bool listIsSelected(int) const { return false; }
};

/// Registers the accessible interface of every AccessibleList: a list whose children read out one
/// sentence. Safe to call often; the widgets' constructors do.
void installListAccessibility();

/// Tells assistive technology that child @p index of @p list has the focus now.
void announceListItem(QWidget* list, int index);

} // namespace counterfoil::widgets
