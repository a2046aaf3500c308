#pragma once

#include <QLineEdit>

#include "ui/widgets/widget_base.h"

#include <vector>

class QLabel;

namespace counterfoil::widgets {

/// A stretch of the query text and what it is, for colouring. Positions count UTF-16 units of the
/// text.
struct FilterToken {
    enum class Kind : std::uint8_t { Key, Value, Word, Sign };
    int start = 0;
    int length = 0;
    Kind kind = Kind::Word;
    bool operator==(const FilterToken&) const = default;
};

/// What the filter language says of the text.
enum class FilterValidity : std::uint8_t { Valid, Incomplete, Invalid };

/// Splits query text into tokens for colouring by the outer shape of the language (`key:value`,
/// `-key:value`, quotes, free words). What is *right* is decided by core/query and told with
/// setVerdict.
[[nodiscard]] std::vector<FilterToken> tokeniseFilter(const QString& text);

/// The query field of the top bar: 32 px, tokens in colour, at the right end "55 shown of 64 open",
/// a tick while valid, and the key cap "/". The error text stands in errorLabel(), which the page
/// places under the field.
class FilterField final : public QLineEdit {
    Q_OBJECT

public:
    explicit FilterField(QWidget* parent = nullptr);
    /// @param error a sentence for the person, only read when @p validity is Invalid.
    void setVerdict(FilterValidity validity, const QString& error = {});
    [[nodiscard]] FilterValidity validity() const { return m_validity; }
    /// "55 shown of 64 open".
    void setCountText(const QString& text);
    void setKeyCap(const QString& key);
    /// Hidden unless the text is invalid; owned by @p parent.
    [[nodiscard]] QLabel* makeErrorLabel(QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void verdictChanged();
    /// Esc on an empty or unchanged field: the page takes the focus back to its list.
    void left();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void refreshMargins();
    void paintRightEnd(QPainter& painter) const;

    FilterValidity m_validity = FilterValidity::Valid;
    QString m_error;
    QString m_countText;
    QString m_keyCap = QStringLiteral("/");
};

} // namespace counterfoil::widgets
