#pragma once

#include <QWidget>

#include "core/workspace/view.h"
#include "ui/firstrun/setup_answers.h"
#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <array>
#include <vector>

namespace counterfoil::widgets {
class Button;
class Card;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::firstrun {

/// "Shopify", "SparkLayer", ..., as the rail names them.
[[nodiscard]] QString stepName(Step step);

/// The six steps at the left, the one in hand marked, with a line about each.
class StepRail final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit StepRail(QWidget* parent = nullptr);
    void setStep(int current, std::array<QString, kStepCount> notes);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// A finished step was clicked.
    void picked(int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QRectF stepRect(int step) const;
    int m_current = 0;
    std::array<QString, kStepCount> m_notes;
};

/// What a test of the connection found, a line a check.
class CheckLines final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit CheckLines(QWidget* parent = nullptr);
    void setChecks(std::vector<view::DoctorCheck> checks);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<view::DoctorCheck> m_checks;
};

/// The card "Test" beside a connection's form.
class TestCard final : public QWidget {
    Q_OBJECT

public:
    explicit TestCard(QWidget* parent = nullptr);
    /// Not tried yet, or its answers changed since: earlier results go.
    void reset();
    void setRunning();
    void setChecks(const std::vector<view::DoctorCheck>& checks);
    void setBlocked(const QString& reason);

Q_SIGNALS:
    void requested();

private:
    widgets::Card* m_card;
    widgets::PlainLabel* m_sum;
    CheckLines* m_lines;
    widgets::PlainLabel* m_words;
    widgets::Button* m_test;
};

/// "Reads", "Writes when you allow it", "Cannot do" side by side.
class UseCards final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    UseCards(const QString& reads, const QString& writes, const QString& cannot,
             QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace counterfoil::firstrun
