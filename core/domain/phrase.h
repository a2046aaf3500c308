#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace counterfoil::domain {

/// A sentence before it has words: a code and named values. core/phrases turns it into text in the
/// reader's language. Values are plain text from platforms or amounts as decimal text with a
/// currency beside ("48.00 GBP").
struct Phrase {
    Phrase() = default;
    explicit Phrase(std::string phraseCode) : code(std::move(phraseCode)) {}

    std::string code; ///< "credit-value.retail-price"; empty: nothing to say
    std::vector<std::pair<std::string, std::string>> values;

    Phrase& with(std::string name, std::string value) &
    {
        values.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Phrase&& with(std::string name, std::string value) &&
    {
        values.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
    [[nodiscard]] std::string_view value(std::string_view name) const
    {
        for (const auto& [key, text] : values) {
            if (key == name)
                return text;
        }
        return {};
    }
    bool operator==(const Phrase&) const = default;
};

} // namespace counterfoil::domain
