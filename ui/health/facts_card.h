#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {
class Card;
class Sparkline;
} // namespace counterfoil::widgets

namespace counterfoil::health {

/// Label at the left, value at the right, one pair a line. A value that does not fit is cut and
/// stands whole in the tip.
class FactsList final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    struct Fact {
        QString label, value;
        bool isCode = false;
        bool operator==(const Fact&) const = default;
    };

    explicit FactsList(QWidget* parent = nullptr);
    void setFacts(std::vector<Fact> facts);
    [[nodiscard]] const std::vector<Fact>& facts() const { return m_facts; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF lineRect(std::size_t index) const;

    std::vector<Fact> m_facts;
};

/// The head of a platform's card: mark, name, state in words.
class PlatformHead final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit PlatformHead(QWidget* parent = nullptr);
    void setPlatform(const view::PlatformCard& card);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name, m_state;
    view::FeedHealth m_health = view::FeedHealth::NeverRead;
};

/// One platform: head, answer times as a line where they are known, facts.
class PlatformPanel final : public QWidget {
    Q_OBJECT

public:
    explicit PlatformPanel(QWidget* parent = nullptr);
    void setPlatform(const view::PlatformCard& card);

private:
    PlatformHead* m_head;
    widgets::Sparkline* m_line;
    FactsList* m_facts;
};

} // namespace counterfoil::health
