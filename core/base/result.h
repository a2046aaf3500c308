#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace counterfoil {

/// Expected failures are values. One alias, so that a later change to std::expected touches one
/// line.
template <class T> using Result = tl::expected<T, Error>;

/// Shorthand for `return fail(ErrorCode::Undecodable, "orders[3].totalPrice: not a decimal");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail,
                                                Platform source = Platform::None)
{
    return tl::unexpected<Error>(Error(code, std::move(detail), source));
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace counterfoil
