#pragma once

#include "ui/palette/palette_items.h"
#include "ui/widgets/widget_base.h"

#include <QPointer>

class QLineEdit;
class QListView;

namespace counterfoil::widgets {
class Scrim;
}

namespace counterfoil::palette {

class ItemList;

/// The command palette over the window: type, move, run. Focus is trapped in it and given back when
/// it closes. Deletes itself after closing. GUI thread.
class CommandPalette final : public QWidget {
    Q_OBJECT

public:
    /// @param host the window's content
    CommandPalette(QWidget* host, Sources sources);
    void open();
    void close();
    [[nodiscard]] QLineEdit* field() const { return m_field; }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    [[nodiscard]] QRect body() const;
    void place();
    void find();
    void move(int step);
    void run(const QModelIndex& index, bool inWindow);

    Sources m_sources;
    widgets::Scrim* m_scrim;
    QLineEdit* m_field;
    QListView* m_list;
    ItemList* m_items;
    QPointer<QWidget> m_focusBefore;
    bool m_isClosing = false;
};

} // namespace counterfoil::palette
