#pragma once

#include "ui/widgets/widget_base.h"

namespace counterfoil::actionsheets {

/// "Owed now > owed after | available now > after", all printed already.
struct BalanceContent {
    QString owedNow, owedAfter, availableNow, availableAfter;
    QString limit; ///< "limit 5,000.00"
    QString share; ///< under the strip, left
    QString read;  ///< under the strip, right
};

/// The buyer's balance before and after, painted; read out as one sentence.
class BalanceStrip final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit BalanceStrip(QWidget* parent = nullptr);
    void setContent(const BalanceContent& content);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BalanceContent m_content;
};

} // namespace counterfoil::actionsheets
