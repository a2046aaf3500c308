#pragma once

#include <QAbstractTableModel>
#include <QTableView>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <optional>
#include <vector>

namespace counterfoil::health {

/// One column of a report; a width of 0 takes what is left.
struct ReportColumn {
    QString title;
    int widthPx = 0;
    bool isRight = false;
};
struct ReportCell {
    QString text;
    std::optional<theme::Tone> tone;                    ///< colour of the text; without one text2
    std::optional<theme::Icon> icon;                    ///< stands before the text
    bool isStrong = false;                              ///< text in place of text2
    QString tip;                                        ///< what does not fit, or more of it
    std::optional<theme::Tone> iconTone = std::nullopt; ///< colour of the icon
    bool operator==(const ReportCell&) const = default;
};

class ReportModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setColumns(std::vector<ReportColumn> columns);
    /// Cells that changed are announced one by one while the number of rows stays.
    void setRows(std::vector<std::vector<ReportCell>> rows);
    [[nodiscard]] const ReportCell& cell(const QModelIndex& index) const;
    [[nodiscard]] const std::vector<ReportColumn>& columns() const { return m_columns; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<ReportColumn> m_columns;
    std::vector<std::vector<ReportCell>> m_rows;
};

/// A small table to read: a head of 28, rows of 30, no selection but a current row. As high as its
/// rows up to a limit, then it scrolls by itself.
class ReportTable final : public QTableView {
    Q_OBJECT

public:
    explicit ReportTable(QWidget* parent = nullptr);
    void setColumns(std::vector<ReportColumn> columns);
    void setRows(std::vector<std::vector<ReportCell>> rows);
    void setRowsShownMax(int rows);
    [[nodiscard]] const ReportModel& report() const { return *m_model; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void refresh();
    void layOutColumns();

    ReportModel* m_model;
    int m_rowsShownMax = 12;
};

} // namespace counterfoil::health
