#pragma once

#include "core/base/result.h"
#include "core/base/seams.h"

#include <string>
#include <string_view>

namespace counterfoil::http {

/// One line about a call for the log: label, method, host and path, status or error, time, the
/// platform's request id. Never a header's value but that id, never a body, never a query: keys,
/// names and addresses cannot get in.
[[nodiscard]] std::string logLine(const HttpRequest& request, const Result<HttpReply>& reply);

/// The platform's id of a call: X-Request-Id or x-amzn-requestid, clipped; empty when there is
/// none.
[[nodiscard]] std::string requestIdOf(const HttpReply& reply);

} // namespace counterfoil::http
