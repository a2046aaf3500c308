#include "core/actions/writes.h"

#include "core/base/digest.h"
#include "core/request/shopify.h"

namespace counterfoil::actions {

Result<money::Money> balanceAfter(const Plan& plan, const domain::Account& account)
{
    if (!account.balance)
        return fail(ErrorCode::Invalid, "balance not read");
    if (!plan.gross.isPositive())
        return fail(ErrorCode::Invalid, "a credit is positive");
    if (account.balance->currency() != plan.gross.currency())
        return fail(ErrorCode::Invalid, "balance and credit differ in currency");
    const Result<money::Money> after = account.balance->minus(plan.gross);
    if (!after)
        return fail(after.error());
    if (after->isNegative() && !plan.isBelowZeroAllowed)
        return fail(ErrorCode::Forbidden, "balance would fall below zero");
    return after;
}

Result<request::PreparedRequest> creditWrite(const Plan& plan, const ActionId& id,
                                             const domain::Account& account, Instant now,
                                             const PlanContext& context)
{
    namespace build = request::shopify;
    const Result<money::Money> after = balanceAfter(plan, account);
    if (!after)
        return fail(after.error());
    // Sign guard: what will be owed is lower, by the amount and by nothing else.
    if (after->minor() >= account.balance->minor() ||
        account.balance->minor() - after->minor() != plan.gross.minor())
        return fail(ErrorCode::Invalid, "sign guard: the balance would not fall by the credit");
    build::ReceiptEntry receipt;
    receipt.action = id;
    receipt.units = static_cast<std::int64_t>(plan.units.size());
    receipt.amount = plan.gross;
    receipt.at = now;
    Result<std::string> balanceText =
        build::withBalance(account.balanceText, *after, context.balanceKey);
    if (!balanceText)
        return fail(balanceText.error());
    Result<std::string> receiptsText = build::receiptsWith(account.receiptsText, receipt);
    if (!receiptsText)
        return fail(receiptsText.error());
    build::CreditWrite write;
    write.ownerGid = account.gid;
    write.balanceType = account.balanceType;
    write.newBalanceText = std::move(*balanceText);
    write.balanceDigest = account.balanceDigest;
    write.receiptsText = std::move(*receiptsText);
    if (account.hasReceipts)
        write.receiptsDigest = account.receiptsDigest;
    return build::accountCredit(context.apiVersion, write);
}

std::string releaseKey(const ActionId& id)
{
    return uuidV5("release|" + id.value);
}

Result<request::PreparedRequest> releaseWrite(const Plan& plan, const ActionId& id,
                                              std::int64_t fromLevel, const PlanContext& context)
{
    if (plan.quantity <= 0)
        return fail(ErrorCode::Invalid, "nothing to release");
    if (fromLevel < plan.quantity)
        return fail(ErrorCode::Conflict, "fewer pieces in quarantine than the release moves");
    request::shopify::ReleaseWrite write;
    write.item = plan.item;
    write.from = plan.from;
    write.to = plan.to;
    write.quantity = plan.quantity;
    write.fromQuantity = fromLevel;
    write.key = releaseKey(id);
    write.referenceUri = "gid://counterfoil/Release/" + id.value;
    write.reason = context.releaseReason;
    return request::shopify::releaseStock(context.apiVersion, write);
}

Result<request::PreparedRequest> poWrite(const Plan& plan, const PlanContext& context)
{
    if (plan.poAfter.empty() || plan.orderGid.empty())
        return fail(ErrorCode::Invalid, "no order or no PO number");
    return request::shopify::setPo(context.apiVersion, plan.orderGid, plan.poAfter);
}

} // namespace counterfoil::actions
