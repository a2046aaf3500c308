#include "core/rules/registry.h"

#include <array>

namespace counterfoil::rules {

using T = domain::FindingType;

namespace {

constexpr std::array<Rule, 14> kRules{{
    {T::CreditValueMismatch, Scope::Cases, creditValueMismatch},
    {T::AccountOrderGatewayRefund, Scope::Cases, accountOrderGatewayRefund},
    {T::AccountOrderStoreCredit, Scope::Cases, accountOrderStoreCredit},
    {T::CreditNotPosted, Scope::Cases, creditNotPosted},
    {T::RestockedBeforeInspection, Scope::Cases, restockedBeforeInspection},
    {T::PoMissing, Scope::Cases, poMissing},
    {T::PoConflict, Scope::Cases, poConflict},
    {T::OrderEditedDuringReturn, Scope::Cases, orderEditedDuringReturn},
    {T::ReturnBlockedUnpaid, Scope::Cases, returnBlockedUnpaid},
    {T::ManualRefundOpenReturn, Scope::Cases, manualRefundOpenReturn},
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
