#pragma once

#include "app/sandbox/world/shop_types.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sandbox::shopify {

/// A filter that the shop does not know and therefore ignores; goes into `extensions.search`.
struct SearchWarning {
    std::string query;
    std::string field;
};

/// Value of one filter on one record: a time, or texts of which any may match.
struct SearchValue {
    std::optional<Instant> time;
    std::vector<std::string> texts;
};

/// Reads a filter's value from a record; nullopt: the filter is unknown.
using SearchReader = std::function<std::optional<SearchValue>(const std::string& field)>;

/// A parsed search text: terms `field:value`, `field:>='2026-11-24T05:00:00Z'`, plain words, joined
/// by spaces or AND, OR, NOT, a leading minus and parentheses. A time that is not quoted is cut to
/// its date. An empty text matches everything.
class SearchQuery {
public:
    [[nodiscard]] static SearchQuery parse(const std::string& text);
    /// @param wholeSeconds since API 2026-10 '>' on times excludes the whole named second
    /// @param warnings gets each unknown filter once; may be nullptr
    [[nodiscard]] bool matches(const SearchReader& reader, bool wholeSeconds,
                               std::vector<SearchWarning>* warnings) const;

private:
    struct Expression {
        enum class Kind { All, Any, Not, Term, Word };
        Kind kind = Kind::All;
        std::vector<Expression> parts;
        std::string field;
        std::string comparison; ///< "", ">", ">=", "<", "<="
        std::string value;
        bool quoted = false;
    };
    class Parser;
    [[nodiscard]] bool evaluate(const Expression& expression, const SearchReader& reader,
                                bool wholeSeconds, std::vector<SearchWarning>* warnings) const;
    [[nodiscard]] bool term(const Expression& expression, const SearchReader& reader,
                            bool wholeSeconds, std::vector<SearchWarning>* warnings) const;

    std::string m_text;
    Expression m_root;
};

} // namespace counterfoil::sandbox::shopify
