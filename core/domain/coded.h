#pragma once

#include <string>
#include <utility>

namespace counterfoil::domain {

/// An enum value with the platform's own word. E has an enumerator Unknown for a word that we do
/// not know: it passes through as text, raises `unknown-value`, and blocks writes that depend on
/// it. An empty word means "not sent".
template <class E> struct Coded {
    Coded() = default;
    Coded(E known, std::string word) : value(known), raw(std::move(word)) {}

    E value = E::Unknown;
    std::string raw;

    [[nodiscard]] bool isUnknownWord() const { return value == E::Unknown && !raw.empty(); }
    bool operator==(const Coded&) const = default;
};

} // namespace counterfoil::domain
