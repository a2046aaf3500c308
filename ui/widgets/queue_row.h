#pragma once

#include <QString>

#include "ui/widgets/badge.h"
#include "ui/widgets/sla_bar.h"

#include <cstdint>

namespace counterfoil::widgets {

/// A case of two or more exceptions, one exception of such a case, or a case with one exception.
enum class QueueRowKind : std::uint8_t { Group, Child, Single };

/// The columns of the queue, in order.
enum class QueueColumn : std::uint8_t {
    Check,
    Severity,
    Exception,
    Return,
    Order,
    Customer,
    AtRisk,
    Age,
    Owner,
    State
};
inline constexpr int kQueueColumnCount = 10;

/// One row of the queue, printed and ready to paint. Made for visible rows only.
struct QueueRow {
    quint64 id = 0; ///< stable over polls; selection, focus and flashes hang on it
    QueueRowKind kind = QueueRowKind::Single;
    theme::Severity severity = theme::Severity::Low;
    theme::State state = theme::State::Open;
    bool isOpen = true;       ///< group: its children are shown
    bool isLastChild = false; ///< child: the guide line ends here
    QString title;            ///< "Credit 48.00 above invoice"; group: the customer
    QString reason;           ///< the two facts; group: "3 exceptions"
    BadgeContent badge;       ///< group: why it ranks here; empty text: none
    QString returnId, returnState;
    QString order, po;
    QString customer, customerNote;
    QString amount;     ///< "£176.80"; empty: em dash
    QString amountNote; ///< "over", "in 176.80"
    SlaContent sla;
    QString owner, team; ///< empty owner: unassigned
    QString stateText;   ///< "Waiting for buyer"
    QString sentence;    ///< for screen readers, product copy of visual.md 9
};

/// Where the view reads rows from. All calls on the GUI thread, all O(1) or close: the view asks
/// for heights of every row once a reset, and for values of visible rows only.
class QueueRowSource {
public:
    virtual ~QueueRowSource() = default;
    [[nodiscard]] virtual int count() const = 0;
    /// True for group rows: they have their own height.
    [[nodiscard]] virtual bool isGroup(int index) const = 0;
    [[nodiscard]] virtual QueueRow row(int index) const = 0;
    [[nodiscard]] virtual quint64 idAt(int index) const = 0;
    /// -1 when no row has this id now.
    [[nodiscard]] virtual int indexOf(quint64 id) const = 0;
};

} // namespace counterfoil::widgets
