#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::corpus {

/// A bad file and how it was made.
struct BadFile {
    std::string how;
    std::string text;
    /// What was put where one value stood before, raw; nullopt when the file was changed otherwise.
    std::optional<std::string> placed;
};

/// Bad in the same way whatever the shape: HTML, nothing, NULs, depth ...
[[nodiscard]] std::vector<BadFile> hostileFiles();
/// @p sample with one value replaced by each of many hostile ones: about @p count of them, drawn
/// evenly over all its values.
[[nodiscard]] std::vector<BadFile> placedValues(std::string_view sample, std::size_t count,
                                                std::mt19937_64& random);
/// @p sample cut, flipped, doubled and mixed at random places.
[[nodiscard]] std::vector<BadFile> damaged(std::string_view sample, std::size_t count,
                                           std::mt19937_64& random);

/// The exact value of decimal text in units of 10^-@p exponent, halves away from zero, and whether
/// that is exact; nullopt when it is no decimal number or does not fit. Written apart from the
/// product's reader on purpose.
struct Decimal {
    std::int64_t minor = 0;
    bool isExact = false;
};
[[nodiscard]] std::optional<Decimal> decimalOf(std::string_view text, int exponent);
/// Every run of characters in @p text that could be a number.
[[nodiscard]] std::vector<std::string_view> numbersIn(std::string_view text);

} // namespace counterfoil::corpus
