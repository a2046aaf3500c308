#pragma once

#include "core/base/error.h"
#include "core/request/prepared_request.h"

namespace counterfoil::request {

/// What the program may send at all; everything else is refused before it reaches a client.
/// Shopify: only our own documents, told by their exact text (shopify.md 7), and the token.
/// SparkLayer: the calls of sparklayer.md 12 (no DELETE, no purchase PUT). ReturnGO: reads of RMAs
/// and transactions, PUT of a status, POST of a comment (returngo.md 8).
[[nodiscard]] bool isAllowedCall(Platform platform, const PreparedRequest& request);

} // namespace counterfoil::request
