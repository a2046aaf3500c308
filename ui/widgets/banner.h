#pragma once

#include "ui/widgets/widget_base.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

class Button;

enum class BannerKind : std::uint8_t { ReadOnly, Warning, Error };

/// What the banner under the top bar says: first what is wrong (bold), then its effect, then the
/// next try, one button. Of several the worst is shown.
struct BannerContent {
    BannerKind kind = BannerKind::Warning;
    QString lead;       ///< "ReturnGO has not answered since 10:29."
    QString effect;     ///< "You see its data of 10:29. ..."
    QString next;       ///< "Next try in 48 s"; may be empty
    QString buttonText; ///< empty: no button
    QString id;         ///< what `acted` gives back
    bool operator==(const BannerContent&) const = default;
};

/// The one banner of the window, 40 px, full width. Hidden while there is nothing to say; "2 more"
/// opens Health.
class Banner final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    /// Shows the worst of @p contents, or hides. Announces a new one to assistive technology.
    void setContents(const std::vector<BannerContent>& contents);
    [[nodiscard]] std::optional<BannerContent> shown() const { return m_content; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void acted(const QString& id);
    void moreRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButtons();

    std::optional<BannerContent> m_content;
    Button* m_button;
    Button* m_more;
};

} // namespace counterfoil::widgets
