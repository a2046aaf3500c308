#pragma once

#include "ui/widgets/widget_base.h"

class QVariantAnimation;

namespace counterfoil::queue {

/// The bar that slides in over the status bar while rows are selected: how many, their sum per
/// currency, people and teams, and what can be done to all of them. Money is never sent from it.
class BulkBar final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit BulkBar(QWidget* parent = nullptr);
    /// @param about "£1,205.00 at risk · 3 people, 3 teams"
    void setScope(int count, const QString& about);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void assignWanted();
    void snoozeWanted();
    void ownerWanted();
    void noteWanted();
    void checkWanted();
    void clearWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_count = 0;
    QString m_about;
    int m_buttonsAt = 0; ///< where the words must end
    QVariantAnimation* m_slide;
};

} // namespace counterfoil::queue
