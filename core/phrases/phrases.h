#pragma once

#include "core/base/error.h"
#include "core/domain/phrase.h"

#include <string>
#include <string_view>

namespace counterfoil::phrases {

/// A phrase in words, in English. An empty code gives an empty text. A code without words gives the
/// code with its values, so that nothing is hidden; a test holds that no such code exists. Values
/// are put in plainly; nothing in them is mark-up. Any thread.
[[nodiscard]] std::string text(const domain::Phrase& phrase);

/// Whether the code has words.
[[nodiscard]] bool hasText(std::string_view code);

/// What a person reads about an error: what happened, to what, what to do. Any thread.
[[nodiscard]] std::string sentence(const Error& error);

} // namespace counterfoil::phrases
