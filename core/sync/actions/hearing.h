#pragma once

#include "core/actions/engine.h"
#include "core/base/seams.h"

namespace counterfoil::sync {

/// What the answer to the one write of a plan says, in the engine's words. "Done" counts only when
/// the answer shows our values; a code that means "somebody was there before" is a doubt, because
/// that may have been an earlier copy of our own request. Pure.
[[nodiscard]] actions::Hearing hear(const actions::Plan& plan, const ActionId& id,
                                    const Result<HttpReply>& reply);

} // namespace counterfoil::sync
