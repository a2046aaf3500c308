#include "core/sync/actions/hearing.h"

#include "core/base/text.h"
#include "core/decode/shopify.h"

#include <algorithm>
#include <array>

namespace counterfoil::sync {

namespace {

using actions::Heard;
using actions::Hearing;
using actions::Plan;

constexpr std::size_t kDetailMax = 300;

Hearing doubt(std::string code, std::string detail)
{
    Hearing hearing;
    hearing.heard = Heard::Doubt;
    hearing.code = std::move(code);
    hearing.detail = std::string(clipped(detail, kDetailMax));
    return hearing;
}

Hearing fromError(const Error& error)
{
    Hearing hearing = doubt(std::string(errorWord(error.code)), error.detail);
    hearing.requestId = error.requestId;
    switch (error.code) {
    case ErrorCode::RateLimited:
    case ErrorCode::QuotaSpent:
    case ErrorCode::Unauthorised:
    case ErrorCode::Config:
    case ErrorCode::Forbidden:
        hearing.heard = Heard::NotTaken;
        break;
    case ErrorCode::Rejected:
    case ErrorCode::Invalid:
        hearing.heard = Heard::Refused;
        break;
    default:
        break;
    }
    return hearing;
}

/// Codes that say "somebody was there before", perhaps ourselves, or that it broke on the way: a
/// doubt and not a refusal.
bool isOpenCode(std::string_view code)
{
    constexpr std::array<std::string_view, 8> kOpen{"STALE_OBJECT",
                                                    "INVALID_COMPARE_DIGEST",
                                                    "CHANGE_FROM_QUANTITY_STALE",
                                                    "IDEMPOTENCY_CONCURRENT_REQUEST",
                                                    "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                                                    "INTERNAL_ERROR",
                                                    "SERVICE_UNAVAILABLE",
                                                    "ADJUST_QUANTITIES_FAILED"};
    return std::find(kOpen.begin(), kOpen.end(), code) != kOpen.end();
}

Hearing fromUserErrors(const std::vector<decode::shopify::UserError>& errors)
{
    Hearing hearing = doubt(errors.front().code, errors.front().message);
    hearing.heard = Heard::Refused;
    for (const auto& error : errors) {
        if (isOpenCode(error.code)) {
            hearing.heard = Heard::Doubt;
            hearing.code = error.code;
            hearing.detail = std::string(clipped(error.message, kDetailMax));
        }
    }
    if (hearing.code == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
        hearing.heard = Heard::Doubt;
    return hearing;
}

Hearing hearCredit(const ActionId& id, const std::string& body)
{
    const auto reply = decode::shopify::metafieldsSet(body);
    if (!reply)
        return fromError(reply.error());
    if (!reply->isDone())
        return fromUserErrors(reply->userErrors);
    // "Done" counts only when the answer shows our receipt.
    for (const auto& row : reply->metafields) {
        const auto receipts = decode::shopify::receipts(row.value);
        if (!receipts)
            continue;
        for (const domain::Receipt& receipt : *receipts) {
            if (receipt.action == id) {
                Hearing hearing;
                hearing.heard = Heard::Done;
                return hearing;
            }
        }
    }
    return doubt("no-receipt", "the answer does not show our receipt");
}

Hearing hearRelease(const Plan& plan, const std::string& body)
{
    const auto reply = decode::shopify::inventoryAdjust(body);
    if (!reply)
        return fromError(reply.error());
    if (!reply->isDone()) {
        Hearing refused = fromUserErrors(reply->userErrors);
        // That both changes stand or fall together is inferred only: errors beside a change are
        // half a release until both levels were read (shopify.md 5.3).
        if (!reply->changes.empty())
            refused.heard = Heard::Doubt;
        return refused;
    }
    Hearing hearing;
    hearing.heard = Heard::Done;
    bool isMinusShown = false;
    for (const auto& change : reply->changes) {
        if (change.location == plan.from && change.delta == -plan.quantity) {
            isMinusShown = true;
            hearing.fromAfter = change.quantityAfter;
        }
        if (change.location == plan.to && change.delta == plan.quantity) {
            hearing.isPlusShown = true;
            hearing.toAfter = change.quantityAfter;
        }
    }
    // A lone minus or other figures: not what was asked for, so both levels are read.
    if (!isMinusShown || !hearing.isPlusShown) {
        hearing.heard = Heard::Doubt;
        hearing.code = "other-changes";
    }
    return hearing;
}

Hearing hearPo(const Plan& plan, const std::string& body)
{
    const auto reply = decode::shopify::orderUpdate(body);
    if (!reply)
        return fromError(reply.error());
    if (!reply->isDone())
        return fromUserErrors(reply->userErrors);
    Hearing hearing;
    hearing.heard = reply->poNumber == plan.poAfter ? Heard::Done : Heard::Doubt;
    return hearing;
}

} // namespace

Hearing hear(const Plan& plan, const ActionId& id, const Result<HttpReply>& reply)
{
    if (!reply)
        return fromError(reply.error());
    Hearing hearing;
    const int status = reply->status;
    if (status >= 500 || status < 200) {
        hearing = doubt("http-" + std::to_string(status), "");
    } else if (status == 429 || status == 430 || status == 401 || status == 403 || status == 402 ||
               status == 423) {
        hearing = doubt("http-" + std::to_string(status), "");
        hearing.heard = Heard::NotTaken;
    } else if (status >= 300) {
        // A redirect is never followed by a write; a 4xx changed nothing.
        hearing = doubt("http-" + std::to_string(status), "");
        hearing.heard = Heard::Refused;
    } else if (plan.kind == domain::ActionKind::Credit) {
        hearing = hearCredit(id, reply->body);
    } else if (plan.kind == domain::ActionKind::Release) {
        hearing = hearRelease(plan, reply->body);
    } else {
        hearing = hearPo(plan, reply->body);
    }
    hearing.requestId = reply->header("x-request-id");
    return hearing;
}

} // namespace counterfoil::sync
