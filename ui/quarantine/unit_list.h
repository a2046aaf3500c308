#pragma once

#include <QAbstractListModel>
#include <QListView>

#include "core/workspace/view.h"

#include <map>
#include <optional>
#include <vector>

namespace counterfoil::quarantine {

/// The units of the lot that is inspected. Verdicts that are being recorded show at once.
class UnitModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;
    void setLot(view::LotView lot);
    [[nodiscard]] const view::LotView& lot() const { return m_lot; }
    [[nodiscard]] const view::InspectionUnit& unit(int row) const;
    /// The first unit without a verdict at or after @p from, then from the top; -1: none.
    [[nodiscard]] int nextToDo(int from) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    view::LotView m_lot;
};

/// "in transit, credit 100 %", "credit 100 %", "" when there is no verdict.
[[nodiscard]] QString shareText(const view::InspectionUnit& unit);

/// Units one below the other, with the five verdicts as joined buttons. Keys A, B, D, W, M give
/// the current unit its verdict and go on to the next one to do; D on a damaged unit changes who
/// damaged it. A click on a button does the same, a click on the cause changes it.
class UnitList final : public QListView {
    Q_OBJECT

public:
    explicit UnitList(UnitModel* model, QWidget* parent = nullptr);
    /// What a key does; false when it is no verdict.
    bool pressVerdict(QChar letter);
    [[nodiscard]] UnitModel* units() const { return m_model; }
    /// Where the button of a verdict stands in a row; for the mouse and for tests.
    [[nodiscard]] QRectF segmentRect(int row, int segment) const;

Q_SIGNALS:
    void verdictGiven(int row, counterfoil::domain::UnitVerdict verdict,
                      counterfoil::domain::DamageCause cause);
    void left(); ///< Esc
    void unitChanged(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void give(int row, domain::UnitVerdict verdict, domain::DamageCause cause);

    UnitModel* m_model;
};

} // namespace counterfoil::quarantine
