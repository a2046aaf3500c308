#pragma once

#include <QWidget>

#include "core/workspace/workspace.h"
#include "ui/quarantine/lot_model.h"

#include <map>
#include <set>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace counterfoil::widgets {
class Chip;
class EmptyState;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::quarantine {

class InspectionPane;
class LotList;
class ReleaseTray;
class ScanReader;

/// Returned goods that wait: lots by stage, the inspection of one lot below, what it would release
/// at the right. Verdicts are recorded through the workspace at once; a scanner's label selects a
/// lot, the same label again counts one unit. Keys in the lists: Enter inspects, # counts, N notes,
/// L releases, Esc goes back. GUI thread.
class QuarantinePage final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the page.
    explicit QuarantinePage(workspace::Workspace* source, QWidget* parent = nullptr);
    /// Asks for the lots again. What is on screen stays until they are here.
    void refresh();
    /// Goes to the first lot of a return ("RMA7000412" or "7000412"), a SKU or a lot id. False when
    /// none is listed.
    bool select(const QString& label);

Q_SIGNALS:
    /// The person wants to release the inspected units of this return: open its sheet.
    void releaseRequested(const std::string& site, const counterfoil::CaseId& id);
    void shown(); ///< lots, or why not, are on screen

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();
    QWidget* makeBar();
    void connectParts();
    void showAnswer(const view::QuarantineView& view);
    void showChips();
    void showLot(const QString& key);
    void record(const std::vector<domain::Inspection>& rows);
    void take(const QString& label);
    void pressKey(QChar character);
    void applyPending(std::vector<view::LotView>& lots) const;

    workspace::Workspace* m_workspace;
    LotModel* m_model;
    LotList* m_list;
    InspectionPane* m_pane;
    ReleaseTray* m_tray;
    ScanReader* m_scanner;
    QSplitter* m_splitter = nullptr;
    QStackedWidget* m_stack = nullptr;
    widgets::EmptyState* m_empty;
    widgets::PlainLabel* m_summary;
    QWidget* m_legend = nullptr;
    std::vector<widgets::Chip*> m_chips;
    std::map<UnitId, domain::Inspection> m_pending; ///< on the way to the store
    std::set<UnitId> m_landed;                      ///< recorded; a later reading holds them
    QString m_lastScan;
    bool m_isAsking = false;
    bool m_isAskedAgain = false;
};

} // namespace counterfoil::quarantine
