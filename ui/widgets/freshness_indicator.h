#pragma once

#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// One platform's freshness, in words ready to show.
struct FreshnessItem {
    QString id;       ///< what `clicked` gives back
    QString platform; ///< "ReturnGO"
    QString age;      ///< "12s", "2m"; empty when not connected
    theme::Freshness freshness = theme::Freshness::NotConnected;
    QString tip; ///< "Last read 10:41:58. Reads every 30 s."
};

/// The row of platforms in the top bar. Narrow mode shows the dots only; a click or Enter opens
/// Health.
class FreshnessIndicator final : public PaintedWidget {
    Q_OBJECT

public:
    explicit FreshnessIndicator(QWidget* parent = nullptr);
    void setItems(std::vector<FreshnessItem> items);
    void setDotsOnly(bool dotsOnly);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void clicked(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int itemWidth(const FreshnessItem& item) const;
    [[nodiscard]] int itemAt(int x) const;

    std::vector<FreshnessItem> m_items;
    int m_focused = 0;
    bool m_dotsOnly = false;
};

} // namespace counterfoil::widgets
