#pragma once

#include "core/base/error.h"
#include "core/money/money.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::corpus {

/// One amount that a decoder read, under a name that does not change between files.
struct SeenMoney {
    std::string label;
    money::Money amount;
};

/// What one decoder made of one file.
struct Outcome {
    std::optional<Error> error;
    std::vector<std::string> setAsideReasons;
    std::vector<std::string> texts; ///< ids and words that reach the store or a screen
    std::vector<SeenMoney> money;
};

struct Decoder {
    std::string_view name;
    Outcome (*run)(std::string_view file);
};

/// Every page and reply decoder (each followed by the decoders of the documents it cut), and every
/// document decoder by itself.
[[nodiscard]] const std::vector<Decoder>& decoders();

/// A good file of an endpoint's shape.
struct Sample {
    std::string_view name;
    std::string text;
};
[[nodiscard]] std::vector<Sample> sampleFiles();

} // namespace counterfoil::corpus
