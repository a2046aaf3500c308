#pragma once

#include "core/actions/plan.h"
#include "core/actions/planning.h"
#include "core/base/time.h"
#include "core/domain/account.h"
#include "core/request/prepared_request.h"

/// The one write of a plan, with the values that are read when it leaves. Preview and sending use
/// the same functions.
namespace counterfoil::actions {

/// ONE metafieldsSet: lower balance and longer receipts, each under the digest just read
/// (design.md 7). Errors: Invalid (currency differs, balance unread, sign guard: the new balance
/// must be lower by exactly the amount), Forbidden (below zero not allowed), Undecodable (the
/// balance or the receipts are no such text: they are not overwritten).
[[nodiscard]] Result<request::PreparedRequest> creditWrite(const Plan& plan, const ActionId& id,
                                                           const domain::Account& account,
                                                           Instant now, const PlanContext& context);
/// The balance after the credit. Errors as creditWrite.
[[nodiscard]] Result<money::Money> balanceAfter(const Plan& plan, const domain::Account& account);

/// Two changes in one call under an idempotency key. @param fromLevel `available` at the quarantine
/// as just read. Errors: Invalid (quantity), Conflict (fewer pieces there than go).
[[nodiscard]] Result<request::PreparedRequest> releaseWrite(const Plan& plan, const ActionId& id,
                                                            std::int64_t fromLevel,
                                                            const PlanContext& context);
[[nodiscard]] Result<request::PreparedRequest> poWrite(const Plan& plan,
                                                       const PlanContext& context);

/// Idempotency key of a release: derived, so that a rebuilt store sends the same one.
[[nodiscard]] std::string releaseKey(const ActionId& id);

} // namespace counterfoil::actions
