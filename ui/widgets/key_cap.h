#pragma once

#include "ui/widgets/widget_base.h"

namespace counterfoil::widgets {

/// Width of one key cap with @p key ("Ctrl", "K", "↵").
[[nodiscard]] int keyCapWidth(const QString& key);
/// Paints a key cap at the left of @p box, centred vertically.
void paintKeyCap(QPainter& painter, const QRectF& box, const QString& key);

/// One or more key caps in a row, with words between them where a key is written as "then" or "or".
class KeyCap final : public PaintedWidget {
    Q_OBJECT

public:
    explicit KeyCap(QStringList keys, QWidget* parent = nullptr);
    void setKeys(const QStringList& keys);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_keys;
};

} // namespace counterfoil::widgets
