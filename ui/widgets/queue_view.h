#pragma once

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include "ui/widgets/accessible_list.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/queue_geometry.h"

namespace counterfoil::widgets {

class QueueHeader;

/// The queue: a flat list of rows of two heights over a QueueRowSource. Opening, painting and
/// scrolling cost the same with a thousand and a million rows; only a reset walks all rows once for
/// their heights. Selection, the current row and the place of the list on screen are kept by row id
/// over every reset. Keys: J K Up Down PageUp PageDown Home End move; X and Space select;
/// Shift+arrows select a range; Ctrl+A all; Esc clears; Left and Right close and open a case; Enter
/// opens; Ctrl+Enter opens a window.
class QueueView final : public QAbstractScrollArea, public AccessibleList {
    Q_OBJECT

public:
    explicit QueueView(QWidget* parent = nullptr);
    ~QueueView() override;

    /// The source must outlive the view, or be taken out with nullptr.
    void setSource(QueueRowSource* source);
    /// Rows came, went or moved: heights are asked again, the top row on screen stays where it is.
    void resetRows();
    /// Values of one row changed; @p changed flashes those columns once (bits of QueueColumn).
    void rowChanged(quint64 id, std::uint16_t changed = 0);
    /// Repaints one column of the visible rows: the minute tick of ages.
    void refreshColumn(QueueColumn column);

    void setDensity(Density density);
    [[nodiscard]] Density density() const { return m_delegate.density(); }
    /// Columns that a person put away: bits of QueueColumn.
    void setHiddenColumns(std::uint16_t hidden);
    [[nodiscard]] std::uint16_t hiddenColumns() const { return m_hiddenColumns; }
    /// Grey bars while nothing was read yet, after 400 ms.
    void setLoading(bool isLoading);
    /// Which column carries the sort mark and which way it points.
    void setSort(QueueColumn column, bool isDescending);

    [[nodiscard]] quint64 currentId() const { return m_currentId; } ///< 0: none
    void setCurrentId(quint64 id);
    /// Selected ids in list order as of now; ids that are no longer listed are not among them.
    [[nodiscard]] std::vector<quint64> selectedIds() const;
    [[nodiscard]] qsizetype selectedCount() const { return m_selected.size(); }
    void setSelectedIds(const std::vector<quint64>& ids);
    void clearSelection();
    void scrollToId(quint64 id);

    [[nodiscard]] const QueueGeometry& geometryOfRows() const { return m_geometry; }
    [[nodiscard]] const QueueColumns& columns() const { return m_columns; }
    [[nodiscard]] QRect rowRect(int index) const;  ///< in viewport coordinates
    [[nodiscard]] int rowAtViewportY(int y) const; ///< -1 below the last row
    /// Paints what the viewport shows; the benchmark times exactly this.
    void paintRows(QPainter& painter, const QRect& exposed);

    [[nodiscard]] int listCount() const override { return m_geometry.count(); }
    [[nodiscard]] QString listText(int index) const override;
    [[nodiscard]] QRect listRect(int index) const override;
    [[nodiscard]] int listFocus() const override { return m_current; }
    [[nodiscard]] bool listIsSelected(int index) const override;

Q_SIGNALS:
    void currentIdChanged(quint64 id);
    void selectionChanged();
    void activated(quint64 id);
    void windowRequested(quint64 id);
    /// A person opens or closes a case.
    void caseToggled(quint64 groupId, bool isOpen);
    void sortRequested(counterfoil::widgets::QueueColumn column);
    void menuRequested(quint64 id, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    friend class QueueHeader;
    struct Flash {
        std::uint16_t columns = 0;
        qint64 sinceMs = 0;
    };

    [[nodiscard]] const QueueRow& rowAt(int index);
    [[nodiscard]] QueueRowLook lookOf(int index, const QueueRow& row);
    [[nodiscard]] int checkStateOf(int index, const QueueRow& row);
    [[nodiscard]] std::vector<quint64> idsOf(int index);
    void refreshGeometry();
    void refreshScrollBar();
    void moveTo(int index, bool extends);
    void makeVisible(int index);
    void toggleSelected(int index);
    void selectRange(int from, int to);
    void selectAll();
    void updateRow(int index);
    void updateLooks();
    void setHovered(int index);
    bool moveByKey(QKeyEvent* event);
    bool actByKey(QKeyEvent* event);
    void toggleAllFromHeader();
    [[nodiscard]] int pageRows() const;

    QueueRowSource* m_source = nullptr;
    QueueGeometry m_geometry;
    QueueColumns m_columns;
    QueueDelegate m_delegate;
    QueueHeader* m_header;
    QCache<int, QueueRow> m_rows;
    QSet<quint64> m_selected;
    QHash<quint64, Flash> m_flashes;
    QElapsedTimer m_clock;
    QBasicTimer m_flashTimer;
    QBasicTimer m_loadingTimer;
    quint64 m_currentId = 0;
    int m_current = -1;
    int m_anchor = -1; ///< start of a Shift selection
    int m_hovered = -1;
    std::uint16_t m_hiddenColumns = 0;
    bool m_isLoading = false;
    bool m_showsPending = false;
    bool m_showsFocusRing = false;
};

/// The queue's head: names of the columns, the sort mark, the check box of all rows.
class QueueHeader final : public QWidget {
    Q_OBJECT

public:
    explicit QueueHeader(QueueView* view);
    void setSort(QueueColumn column, bool isDescending);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QueueView* m_view;
    QueueColumn m_sortColumn = QueueColumn::AtRisk;
    bool m_isDescending = true;
};

} // namespace counterfoil::widgets
