#pragma once

#include "core/domain/policy.h"
#include "core/workspace/config_reader.h"

namespace counterfoil::workspace {

/// Reads what is right at a site: timezone, calendar, policy, stock, credit, facts, go_live
/// (design.md 10). Throws ConfigFault.
[[nodiscard]] domain::Policy readPolicy(ConfigReader& site, money::Currency currency);

} // namespace counterfoil::workspace
