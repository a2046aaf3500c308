#include "ui/widgets/accessible_list.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QWidget>

namespace counterfoil::widgets {

namespace {

// A reader keeps a handful of rows; beyond this the oldest handles are dropped together.
constexpr qsizetype kChildrenMax = 512;

class ListInterface;

class ItemInterface final : public QAccessibleInterface {
public:
    ItemInterface(QWidget* list, int index) : m_list(list), m_index(index) {}

    [[nodiscard]] bool isValid() const override
    {
        return !m_list.isNull() && m_index < source()->listCount();
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_list);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] int index() const { return m_index; }

    [[nodiscard]] QString text(QAccessible::Text type) const override
    {
        return isValid() && type == QAccessible::Name ? source()->listText(m_index) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}

    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect own = source()->listRect(m_index);
        return {m_list->mapToGlobal(own.topLeft()), own.size()};
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid())
            return state;
        state.focusable = true;
        state.selectable = true;
        state.focused = m_list->hasFocus() && source()->listFocus() == m_index;
        state.selected = source()->listIsSelected(m_index);
        state.offscreen = !m_list->rect().intersects(source()->listRect(m_index));
        return state;
    }

private:
    [[nodiscard]] const AccessibleList* source() const
    {
        return dynamic_cast<const AccessibleList*>(m_list.data());
    }

    QPointer<QWidget> m_list;
    int m_index;
};

class ListInterface final : public QAccessibleWidget {
public:
    explicit ListInterface(QWidget* list) : QAccessibleWidget(list, QAccessible::List) {}
    ~ListInterface() override { forget(); }

    [[nodiscard]] int childCount() const override { return source()->listCount(); }

    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        if (const auto known = m_children.constFind(index); known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        if (m_children.size() >= kChildrenMax)
            forget();
        auto* made =
            new ItemInterface(widget(), index); // owned by QAccessible's registry until forget()
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    [[nodiscard]] int indexOfChild(const QAccessibleInterface* item) const override
    {
        const auto* own = dynamic_cast<const ItemInterface*>(item);
        return own ? own->index() : -1;
    }

    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        const QPoint local = widget()->mapFromGlobal(QPoint(x, y));
        // Only what is visible can be under the pointer, and there the focus is near; a linear walk
        // over a million rows would freeze the desktop's reader.
        const int start = std::max(0, source()->listFocus() - 256);
        for (int i = start; i < std::min(childCount(), start + 512); ++i)
            if (source()->listRect(i).contains(local))
                return child(i);
        return nullptr;
    }

    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return child(source()->listFocus());
    }

private:
    [[nodiscard]] const AccessibleList* source() const
    {
        return dynamic_cast<const AccessibleList*>(widget());
    }

    void forget() const
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* widget = qobject_cast<QWidget*>(object);
    return widget && dynamic_cast<AccessibleList*>(widget) ? new ListInterface(widget) : nullptr;
}

} // namespace

void installListAccessibility()
{
    static const bool kInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(kInstalled);
}

void announceListItem(QWidget* list, int index)
{
    if (!QAccessible::isActive() || index < 0)
        return;
    QAccessibleEvent event(list, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

} // namespace counterfoil::widgets
