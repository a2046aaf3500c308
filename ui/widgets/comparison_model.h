#pragma once

#include <QAbstractTableModel>

#include "ui/widgets/provenance_row.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

/// What a cell says against "Should be". By shape and word, never by colour alone.
enum class CellState : std::uint8_t {
    Equal,   ///< agrees
    Differs, ///< fill mark, left edge, not-equal sign
    Late,    ///< last value of a platform that does not answer, "of 10:29"
    Unread,  ///< "not read yet"
    Empty,   ///< should be held and is not: "empty", perhaps with a Fix link
    NotHeld, ///< that system does not hold it: em dash
    Hint,    ///< a word in text3 without a verdict ("ask", "none")
};

/// One system's value of one field, already printed.
struct ComparisonCell {
    QString value;
    CellState state = CellState::NotHeld;
    bool isNumber = false;
    QString tip;        ///< "Transaction 9100001, Requested. Read 10:40:12, 2 min ago"
    QString source;     ///< appended by "copy with source": "ReturnGO, 24 Nov 10:40:12"
    QString actionText; ///< "Fix"; empty: none
    QString actionId;
};

enum class ComparisonRowKind : std::uint8_t { Field, Total, Group, Provenance };

/// One line of the grid. A group line stands above the lines that name it as their parent.
struct ComparisonRow {
    ComparisonRowKind kind = ComparisonRowKind::Field;
    QString id;
    QString parentId; ///< id of the group this line folds into; empty: top level
    QString label;
    std::vector<ComparisonCell> cells; ///< one a system, in column order
    QString should;
    bool shouldIsNumber = false;
    QString shouldTip;
    QString note;      ///< group: beside the label, "Espresso beans 1 kg"
    QString summary;   ///< group: right end, "8 of 24, 5 A, 1 B"
    QString agreement; ///< group: "3 facts agree", with a tick before the summary
    bool startsOpen = true;
    Provenance provenance;
};

/// One system's column head.
struct ComparisonColumn {
    QString title;    ///< "ReturnGO"
    QString readNote; ///< second line in the wide form, "read 10:40:12"
};

/// Comparison rows with folding groups. Column 0 is the field, then one a system, last "Should be".
/// Which groups are open survives new content by id.
class ComparisonModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { StateRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;
    void setContent(std::vector<ComparisonColumn> columns, std::vector<ComparisonRow> rows,
                    const QString& shouldNote = {});
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const ComparisonRow& row(int shownRow) const;
    /// The cell of a system column, or nullptr for the field and "Should be" columns and for group
    /// lines.
    [[nodiscard]] const ComparisonCell* cell(int shownRow, int column) const;
    [[nodiscard]] const ComparisonColumn* system(int column) const;
    [[nodiscard]] QString shouldNote() const { return m_shouldNote; }
    [[nodiscard]] int shouldColumn() const { return static_cast<int>(m_columns.size()) + 1; }
    [[nodiscard]] bool isOpen(const QString& groupId) const;
    void setOpen(const QString& groupId, bool isOpen);
    /// The sentence of a cell for screen readers: "Unit price, ReturnGO, 18.50, differs from 12.50.
    /// Read ...".
    [[nodiscard]] QString sentence(int shownRow, int column) const;

private:
    void rebuild();

    std::vector<ComparisonColumn> m_columns;
    std::vector<ComparisonRow> m_rows;
    std::vector<int> m_shown;
    std::vector<std::pair<QString, bool>> m_openById;
    QString m_shouldNote;
};

/// The word a cell shows: its value, an em dash, "empty", "not read yet".
[[nodiscard]] QString cellText(const ComparisonCell& cell);

} // namespace counterfoil::widgets
