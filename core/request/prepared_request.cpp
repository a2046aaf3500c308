#include "core/request/prepared_request.h"

#include "core/base/digest.h"

namespace counterfoil::request {

std::string PreparedRequest::hash() const
{
    return sha256Hex(method + "\n" + path + "\n" + body);
}

} // namespace counterfoil::request
