#pragma once

#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// "Why 12.50": the steps that lead to a price, already in words.
struct Provenance {
    QString lead;               ///< "Why 12.50"
    std::vector<QString> steps; ///< "trade-uk list 14.95", "24-break 13.59", "−8 % customer"
    QString result;             ///< "12.50"; empty when unexplained
    QString remark; ///< "list changed 2 Nov", painted as a last box in the High tint; may be empty
    bool operator==(const Provenance&) const = default;
};

/// Paints the row into @p box: lead, boxes joined by carets, an equals sign and the result.
void paintProvenance(QPainter& painter, const QRectF& box, const Provenance& provenance);

/// The row as a widget, 28 px high, read out as one sentence.
class ProvenanceRow final : public PaintedWidget {
    Q_OBJECT

public:
    explicit ProvenanceRow(QWidget* parent = nullptr);
    void setProvenance(Provenance provenance);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Provenance m_provenance;
};

} // namespace counterfoil::widgets
