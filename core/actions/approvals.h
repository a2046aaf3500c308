#pragma once

#include "core/actions/plan.h"
#include "core/actions/record.h"
#include "core/domain/policy.h"
#include "core/domain/site.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Who may propose and who must sign (product.md 3). Pure.
namespace counterfoil::actions {

/// Sums over the last 24 hours that splitting must not get around, shop currency minor units,
/// without the action at hand. What was withdrawn unsent does not count.
struct RecentSums {
    std::int64_t customer = 0, proposer = 0, order = 0;
    [[nodiscard]] std::int64_t largest() const;
};
/// The plan of a record, or null when its text cannot be read (it then counts nothing).
using PlanOf = std::function<std::shared_ptr<const Plan>(const ActionRecord&)>;
[[nodiscard]] RecentSums recentSums(const std::vector<ActionRecord>& actions,
                                    const ActionRecord& record, Instant now, const PlanOf& planOf);

/// What an action needs before it is sent.
struct Requirement {
    /// Signatures besides the proposal itself. 0: the proposer may sign alone.
    bool needsSecondPerson = false;
    bool needsLead = false; ///< one of the signatures is a finance lead's
    bool needsWrittenReason = false;
    domain::Phrase why; ///< the strongest cause, for the sheet
};
[[nodiscard]] Requirement requirementOf(const Plan& plan, const RecentSums& sums,
                                        const domain::Policy& policy);

/// May this person propose such an action? Empty phrase: yes.
[[nodiscard]] domain::Phrase refusalToPropose(domain::ActionKind kind,
                                              const domain::Person& person);

enum class Verdict : std::uint8_t {
    Refused,   ///< this signature does not count; reason says why
    NeedsMore, ///< it counts, others are missing
    Approved   ///< all are there
};
struct Decision {
    Verdict verdict = Verdict::Refused;
    domain::Phrase reason;
    Approval approval; ///< to be kept, unless refused
};

/// What one more signature does. A signature binds to the plan's hash; in single-seat mode one
/// person may sign what they proposed, marked not enforced.
/// @param inspectors people whose inspections the release rests on
[[nodiscard]] Decision decide(const ActionRecord& record, const Plan& plan,
                              const Requirement& requirement, const domain::Person& person,
                              const std::string& reason, const domain::Policy& policy,
                              const std::vector<PersonId>& inspectors, Instant now);

/// Are the kept signatures still enough at send time? Empty phrase: yes. Looks at hash, age,
/// distinct people and roles again: nothing that was checked before is believed.
[[nodiscard]] domain::Phrase refusalToSend(const ActionRecord& record,
                                           const Requirement& requirement,
                                           const domain::Policy& policy, Instant now);

/// End of a signature's or proposal's life: two business days later, days of the site's calendar.
[[nodiscard]] Instant approvalEnds(Instant from, const domain::Calendar& calendar);

} // namespace counterfoil::actions
