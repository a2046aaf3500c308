#pragma once

#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/base/time.h"

#include <string>

namespace counterfoil::decode {

/// Answer of a token endpoint.
struct TokenReply {
    Secret accessToken;
    Millis lifetime{0}; ///< as the platform says; renew at 90 %
};

} // namespace counterfoil::decode
