#pragma once

#include "ui/widgets/widget_base.h"

namespace counterfoil::widgets {
class Avatar;
class Button;
} // namespace counterfoil::widgets

namespace counterfoil::shell {

/// The head of the rail: mark, site, "1 site · live".
class SiteHead final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit SiteHead(QWidget* parent = nullptr);
    void setSite(const QString& name, const QString& note);
    void setNarrow(bool isNarrow);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    QString m_note;
    bool m_isNarrow = false;
};

/// The foot of the rail: who sits here and what they may do; settings.
class PersonFoot final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit PersonFoot(QWidget* parent = nullptr);
    void setPerson(const QString& name, const QString& note);
    void setNarrow(bool isNarrow);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void personWanted(const QPoint& globalPosition);
    void settingsWanted(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QString m_name;
    QString m_note;
    widgets::Button* m_settings;
    bool m_isNarrow = false;
};

} // namespace counterfoil::shell
