#include "core/rules/registry.h"

#include <array>

namespace counterfoil::rules {

using T = domain::FindingType;

namespace {

constexpr std::array<Rule, 28> kRules{{
    {T::CreditValueMismatch, Scope::Cases, creditValueMismatch},
    {T::AccountOrderGatewayRefund, Scope::Cases, accountOrderGatewayRefund},
    {T::AccountOrderStoreCredit, Scope::Cases, accountOrderStoreCredit},
    {T::DuplicateCredit, Scope::Cases, duplicateCredit},
    {T::CreditNotPosted, Scope::Cases, creditNotPosted},
    {T::OverCredit, Scope::Cases, overCredit},
    {T::RefundStuck, Scope::Cases, refundStuck},
    {T::PaidBeforeInspection, Scope::Cases, paidBeforeInspection},
    {T::TaxOrCurrencyMismatch, Scope::Cases, taxOrCurrencyMismatch},
    {T::RestockedBeforeInspection, Scope::Cases, restockedBeforeInspection},
    {T::RejectedUnitRestocked, Scope::Cases, rejectedUnitRestocked},
    {T::QuarantineOverdue, Scope::Cases, quarantineOverdue},
    {T::ReceivedQuantityMismatch, Scope::Cases, receivedQuantityMismatch},
    {T::StockMovementMissing, Scope::Cases, stockMovementMissing},
    {T::PoMissing, Scope::Cases, poMissing},
    {T::PoConflict, Scope::Cases, poConflict},
    {T::PurchaseMismatch, Scope::Cases, purchaseMismatch},
    {T::OrderEditedDuringReturn, Scope::Cases, orderEditedDuringReturn},
    {T::ReturnBlockedUnpaid, Scope::Cases, returnBlockedUnpaid},
    {T::ReturnLineUnmatched, Scope::Cases, returnLineUnmatched},
    {T::ManualRefundOpenReturn, Scope::Cases, manualRefundOpenReturn},
    {T::ReturnStatusDrift, Scope::Cases, returnStatusDrift},
    {T::MoneyStateDrift, Scope::Cases, moneyStateDrift},
    {T::ReturnStalled, Scope::Cases, returnStalled},
    {T::FeedStale, Scope::Feeds, feedStale},
    {T::AccessRefused, Scope::Feeds, accessRefused},
    {T::UnknownValue, Scope::Both, unknownValue},
    {T::ActionUnproved, Scope::Both, actionUnproved},
}};

} // namespace

std::span<const Rule> registry()
{
    return kRules;
}

} // namespace counterfoil::rules
