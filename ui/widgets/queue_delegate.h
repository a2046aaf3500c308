#pragma once

#include "ui/widgets/queue_row.h"

#include <array>
#include <cstdint>

namespace counterfoil::widgets {

enum class Density : std::uint8_t { Comfortable, Compact };

/// Where the columns stand for one width. Columns that do not fit are hidden in the order of the
/// design: order and PO, return, state, the owner's text (the circle stays), the customer's second
/// line.
struct QueueColumns {
    struct Span {
        int x = 0;
        int width = 0; ///< 0: hidden
    };
    std::array<Span, kQueueColumnCount> spans{};
    bool showsOwnerText = true;
    bool showsCustomerNote = true;
    int width = 0;

    /// @param hidden bits of QueueColumn that a person put away; check box, severity, exception and
    /// amount always stay
    [[nodiscard]] static QueueColumns layOut(int widthPx, std::uint16_t hidden = 0);
    [[nodiscard]] const Span& of(QueueColumn column) const
    {
        return spans[static_cast<std::size_t>(column)];
    }
    [[nodiscard]] bool isShown(QueueColumn column) const { return of(column).width > 0; }
};

/// What the view knows about a row besides its values.
struct QueueRowLook {
    bool isCurrent = false;
    bool isHovered = false;
    bool isSelected = false;
    bool showsCheck = false;
    bool showsFocusRing = false;
    int checkState = Qt::Unchecked;    ///< groups may be partly checked
    std::uint16_t flashingColumns = 0; ///< one bit a QueueColumn
    double flashStrength = 0;          ///< 1 at the change, 0 when it has faded
};

/// Paints rows of the queue in the order of visual.md 4. Layouts of text and pictures of marks are
/// kept, so a frame costs about as much as drawing its words.
class QueueDelegate {
public:
    void setDensity(Density density) { m_density = density; }
    [[nodiscard]] Density density() const { return m_density; }
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int groupHeight() const;

    /// Paints one row into @p box (full width of the view).
    void paint(QPainter& painter, const QRect& box, const QueueRow& row, const QueueRowLook& look,
               const QueueColumns& columns) const;
    /// Paints the grey bars of a row that is still being read.
    void paintPending(QPainter& painter, const QRect& box, int ordinal,
                      const QueueColumns& columns) const;
    /// The check box of a row, for hit tests: the whole cell.
    [[nodiscard]] static QRect checkCell(const QRect& box, const QueueColumns& columns);
    [[nodiscard]] static QRect caretCell(const QRect& box, const QueueColumns& columns);

private:
    struct Lines {
        QRectF first;
        QRectF second;
    };
    [[nodiscard]] Lines linesOf(const QRectF& cell) const;
    [[nodiscard]] QRectF cellOf(const QRect& box, const QueueColumns& columns,
                                QueueColumn column) const;
    void paintBackground(QPainter& painter, const QRect& box, const QueueRow& row,
                         const QueueRowLook& look, const QueueColumns& columns) const;
    void paintGuides(QPainter& painter, const QRect& box, const QueueRow& row,
                     const QueueColumns& columns) const;
    void paintException(QPainter& painter, const QRect& box, const QueueRow& row,
                        const QueueColumns& columns) const;
    void paintGroup(QPainter& painter, const QRect& box, const QueueRow& row,
                    const QueueColumns& columns) const;
    void paintTwoLines(QPainter& painter, const QRectF& cell, const QString& first,
                       const QString& second, bool isTabular) const;
    void paintAmount(QPainter& painter, const QRectF& cell, const QueueRow& row) const;
    void paintOwner(QPainter& painter, const QRectF& cell, const QueueRow& row,
                    bool showsText) const;
    void paintStateCell(QPainter& painter, const QRectF& cell, const QueueRow& row) const;
    [[nodiscard]] bool isCompact() const { return m_density == Density::Compact; }

    Density m_density = Density::Comfortable;
};

} // namespace counterfoil::widgets
