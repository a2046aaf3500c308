#pragma once

#include <QWidget>

#include "core/base/error.h"
#include "ui/quarantine/unit_list.h"

#include <vector>

class QLineEdit;

namespace counterfoil::widgets {
class Button;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::quarantine {

/// Inspection of one lot: unit by unit, or by count in one field. What a person decides leaves as
/// `recorded`; the pane shows it at once and marks it until the desk has answered. GUI thread.
class InspectionPane final : public QWidget {
    Q_OBJECT

public:
    explicit InspectionPane(QWidget* parent = nullptr);
    /// Another lot, or a newer reading of the same one: the current unit and what is typed stay.
    void setLot(const view::LotView& lot);
    void clear();
    [[nodiscard]] QString key() const;
    /// Why the last verdict was not recorded; empty: it was.
    void setProblem(const QString& sentence);
    /// To the first unit to do.
    void startInspecting();
    void startCounting();
    void startNote();
    /// A second scan of the lot's label.
    void countOneMore();
    [[nodiscard]] UnitList* list() const { return m_list; }

Q_SIGNALS:
    void recorded(const std::vector<counterfoil::domain::Inspection>& rows);
    void left(); ///< Esc: back to the list of lots

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void refresh();
    void markRest();
    void takeCount();
    void checkCount();
    void takeNote();
    void showNoteOf(int row);
    void say(const QString& sentence, bool isProblem);

    UnitModel* m_units;
    UnitList* m_list;
    widgets::PlainLabel* m_what;
    widgets::PlainLabel* m_done;
    widgets::Button* m_rest;
    QLineEdit* m_count;
    QLineEdit* m_note;
    widgets::PlainLabel* m_said;
    widgets::PlainLabel* m_title;
};

} // namespace counterfoil::quarantine
