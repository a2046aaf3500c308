#pragma once

#include <QAbstractListModel>
#include <QSet>
#include <QString>

#include "core/workspace/view.h"
#include "ui/widgets/unit_strip.h"

#include <string>
#include <utility>
#include <vector>

namespace counterfoil::quarantine {

/// Which lots are listed.
enum class LotFilter : std::uint8_t { All, ToDo, Ready, Held };

/// "not-inspected" -> "Not inspected".
[[nodiscard]] QString stageText(const std::string& stage);
/// Identity of a lot across sites.
[[nodiscard]] QString lotKey(const view::LotView& lot);
/// "RMA7000412", or "no return" for the unassigned remainder.
[[nodiscard]] QString rmaText(const view::LotView& lot);
/// "2 d 20 h", "6 h", "12 min"; empty when the start is not known.
[[nodiscard]] QString ageText(const view::LotView& lot, Instant now);
[[nodiscard]] widgets::UnitCounts unitCounts(const view::LotView& lot);
[[nodiscard]] widgets::UnitVerdict verdictOf(const std::optional<domain::UnitVerdict>& verdict);
[[nodiscard]] QString plural(int count, const QString& one, const QString& many);

/// Lots in groups by stage, the oldest first in each. A group folds. The lot that is being worked
/// on stays in the group where the person found it until another one is opened.
class LotModel final : public QAbstractListModel {
    Q_OBJECT

public:
    struct Group {
        std::string stage;
        QString title, note; ///< "Not inspected", "2 lots, 33 units"
        QString value;       ///< net value by currency, "" when nothing is known
        bool isOpen = true;
    };

    using QAbstractListModel::QAbstractListModel;
    void setLots(std::vector<view::LotView> lots, Instant now);
    void setFilter(LotFilter filter);
    /// The lot that keeps its place; an empty key: none.
    void hold(const QString& key);
    void toggle(int row);

    [[nodiscard]] const Group* groupAt(int row) const;
    [[nodiscard]] const view::LotView* lotAt(int row) const;
    [[nodiscard]] const view::LotView* lot(const QString& key) const;
    /// -1 when it is not listed, or its group is folded.
    [[nodiscard]] int rowOf(const QString& key) const;
    [[nodiscard]] const std::vector<view::LotView>& lots() const { return m_lots; }
    [[nodiscard]] int count(LotFilter filter) const;
    [[nodiscard]] bool hasValues() const { return m_hasValues; }
    [[nodiscard]] Instant now() const { return m_now; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        int group = -1; ///< place in m_groups; a lot row has -1
        int lot = -1;   ///< place in m_lots
        bool operator==(const Row&) const = default;
    };
    [[nodiscard]] std::pair<std::vector<Group>, std::vector<Row>> arranged() const;
    void rebuild();
    [[nodiscard]] std::string stageOf(const view::LotView& lot) const;

    std::vector<view::LotView> m_lots;
    std::vector<Group> m_groups;
    std::vector<Row> m_rows;
    QSet<QString> m_folded;
    LotFilter m_filter = LotFilter::All;
    QString m_heldKey;
    std::string m_heldStage;
    Instant m_now{};
    bool m_hasValues = false;
};

} // namespace counterfoil::quarantine
