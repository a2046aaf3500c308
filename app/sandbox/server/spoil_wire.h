#pragma once

#include "app/sandbox/http/faults.h"
#include "app/sandbox/http/handler.h"
#include "app/sandbox/http/http_server.h"

namespace counterfoil::sandbox {

/// Lets `handler` answer `request` with `fault` in force.
void answerWithFault(Handler& handler, const HttpRequest& request, const Fault& fault,
                     const HttpServer::Answer& answer);

} // namespace counterfoil::sandbox
