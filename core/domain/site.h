#pragma once

#include "core/base/id.h"
#include "core/domain/policy.h"
#include "core/money/currency.h"

#include <string>
#include <vector>

namespace counterfoil::domain {

/// Roles of product.md section 3.
enum class Role : std::uint8_t {
    CxAgent,
    FinanceClerk,
    FinanceApprover,
    FinanceLead,
    WarehouseOperative,
    WarehouseLead,
    IntegrationAdmin,
    Auditor
};
/// "cx-agent", "finance-clerk", "finance-approver", "finance-lead", "warehouse-operative",
/// "warehouse-lead", "integration-admin", "auditor".
[[nodiscard]] std::string_view roleWord(Role role);
[[nodiscard]] std::optional<Role> roleFromWord(std::string_view word);

struct Person {
    PersonId id; ///< login
    std::string name;
    std::vector<Role> roles;
    [[nodiscard]] bool hasRole(Role role) const;
};

/// What the pure layers need to know of a site. Urls and secrets live with the workspace.
struct Site {
    SiteId id;
    std::string name;
    money::Currency currency;
    Policy policy;
    std::vector<Person> people;
};

} // namespace counterfoil::domain
