#pragma once

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox::graphql {

/// JSON whose objects keep the order of their keys, as answers do.
using Json = nlohmann::ordered_json;

} // namespace counterfoil::sandbox::graphql
