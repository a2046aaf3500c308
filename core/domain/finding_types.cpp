#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/domain/document.h"
#include "core/domain/finding.h"
#include "core/domain/order.h"
#include "core/domain/own_action.h"
#include "core/domain/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace counterfoil::domain {

namespace {

using T = FindingType;
constexpr Owner kFinance = Owner::Finance;
constexpr Owner kCx = Owner::CustomerService;
constexpr Owner kWarehouse = Owner::Warehouse;
constexpr Owner kIntegration = Owner::Integration;

constexpr std::array<FindingTypeInfo, 35> kTypes{{
    {T::CreditValueMismatch, "credit-value-mismatch", kFinance, Severity::High, 4, 16},
    {T::AccountOrderGatewayRefund, "account-order-gateway-refund", kFinance, Severity::Critical, 1,
     8},
    {T::AccountOrderStoreCredit, "account-order-store-credit", kFinance, Severity::High, 4, 16},
    {T::DuplicateCredit, "duplicate-credit", kFinance, Severity::Critical, 1, 8},
    {T::CreditNotPosted, "credit-not-posted", kFinance, Severity::High, 2, 8},
    {T::AccountBalanceDrift, "account-balance-drift", kFinance, Severity::Medium, 8, 40},
    {T::OverCredit, "over-credit", kFinance, Severity::High, 4, 16},
    {T::RefundStuck, "refund-stuck", kFinance, Severity::High, 2, 8},
    {T::PaidBeforeInspection, "paid-before-inspection", kFinance, Severity::High, 4, 24},
    {T::TaxOrCurrencyMismatch, "tax-or-currency-mismatch", kFinance, Severity::High, 4, 16},
    {T::LedgerDocumentMissing, "ledger-document-missing", kFinance, Severity::Medium, 8, 0},
    {T::RestockedBeforeInspection, "restocked-before-inspection", kWarehouse, Severity::Critical, 1,
     4},
    {T::RejectedUnitRestocked, "rejected-unit-restocked", kWarehouse, Severity::Critical, 1, 4},
    {T::QuarantineOverdue, "quarantine-overdue", kWarehouse, Severity::Medium, 8, 40},
    {T::ReleaseNotVisible, "release-not-visible", kWarehouse, Severity::High, 2, 8},
    {T::ReceivedQuantityMismatch, "received-quantity-mismatch", kWarehouse, Severity::Medium, 4,
     24},
    {T::QuarantineCountedSellable, "quarantine-counted-sellable", kIntegration, Severity::High, 2,
     8},
    {T::StockMovementMissing, "stock-movement-missing", kWarehouse, Severity::High, 4, 16},
    {T::PoMissing, "po-missing", kCx, Severity::Low, 8, 24},
    {T::PoConflict, "po-conflict", kCx, Severity::Low, 8, 24},
    {T::PurchaseMismatch, "purchase-mismatch", kIntegration, Severity::Medium, 8, 24},
    {T::OrderEditedDuringReturn, "order-edited-during-return", kCx, Severity::High, 4, 16},
    {T::ReturnBlockedUnpaid, "return-blocked-unpaid", kCx, Severity::High, 4, 16},
    {T::ReturnLineUnmatched, "return-line-unmatched", kCx, Severity::Medium, 8, 24},
    {T::ManualRefundOpenReturn, "manual-refund-open-return", kCx, Severity::Medium, 8, 24},
    {T::ReturnStatusDrift, "return-status-drift", kCx, Severity::Medium, 8, 40},
    {T::MoneyStateDrift, "money-state-drift", kCx, Severity::Medium, 8, 24},
    {T::ReturnStalled, "return-stalled", kCx, Severity::Low, 16, 80},
    {T::FlowFailed, "flow-failed", kIntegration, Severity::High, 2, 8},
    {T::FeedStale, "feed-stale", kIntegration, Severity::High, 1, 4},
    {T::AccessRefused, "access-refused", kIntegration, Severity::Critical, 1, 4},
    {T::UnknownValue, "unknown-value", kIntegration, Severity::Medium, 8, 40},
    {T::ActionUnproved, "action-unproved", kFinance, Severity::Critical, 1, 4},
    {T::SparklayerSyncErrors, "sparklayer-sync-errors", kIntegration, Severity::Medium, 8, 40},
    {T::RecurringCause, "recurring-cause", kFinance, Severity::High, 8, 40},
}};

constexpr std::array<std::string_view, 4> kOwnerWords{"finance", "cx", "warehouse", "integration"};
constexpr std::array<std::string_view, 4> kSeverityWords{"low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 5> kRiskWords{"none", "over", "under", "blocked", "stock"};
constexpr std::array<std::string_view, 8> kRoleWords{"cx-agent",
                                                     "finance-clerk",
                                                     "finance-approver",
                                                     "finance-lead",
                                                     "warehouse-operative",
                                                     "warehouse-lead",
                                                     "integration-admin",
                                                     "auditor"};
constexpr std::array<std::string_view, 16> kDocumentWords{
    "order",         "order-lines",           "order-money",
    "order-returns", "order-agreements",      "draft",
    "account",       "stock-level",           "shop-setup",
    "purchase",      "purchase-transactions", "rma",
    "rma-summary",   "rma-transaction",       "price-explanation",
    "spark-stock"};
constexpr std::array<std::string_view, 14> kStateWords{
    "proposed", "approved", "leased",  "stale", "sending", "unknown",   "confirmed",
    "settled",  "rejected", "refused", "stuck", "drift",   "cancelled", "expired"};
constexpr std::array<std::string_view, 3> kActionWords{"credit", "release", "set-po"};
constexpr std::array<std::string_view, 4> kBookWords{"shopify-order", "sparklayer-balance", "erp",
                                                     "stock"};

template <class E, std::size_t N>
std::optional<E> fromWord(const std::array<std::string_view, N>& words, std::string_view word)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (words[i] == word)
            return static_cast<E>(i);
    }
    return std::nullopt;
}

} // namespace

std::span<const FindingTypeInfo> findingTypes()
{
    return kTypes;
}

const FindingTypeInfo& infoOf(FindingType type)
{
    return kTypes[static_cast<std::size_t>(type)];
}

std::string_view findingTypeId(FindingType type)
{
    return infoOf(type).id;
}

std::optional<FindingType> findingTypeFromId(std::string_view id)
{
    for (const FindingTypeInfo& info : kTypes) {
        if (info.id == id)
            return info.type;
    }
    return std::nullopt;
}

std::string_view ownerWord(Owner owner)
{
    return kOwnerWords[static_cast<std::size_t>(owner)];
}

std::optional<Owner> ownerFromWord(std::string_view word)
{
    return fromWord<Owner>(kOwnerWords, word);
}

std::string_view severityWord(Severity severity)
{
    return kSeverityWords[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severityFromWord(std::string_view word)
{
    return fromWord<Severity>(kSeverityWords, word);
}

std::string_view riskKindWord(RiskKind kind)
{
    return kRiskWords[static_cast<std::size_t>(kind)];
}

std::string_view roleWord(Role role)
{
    return kRoleWords[static_cast<std::size_t>(role)];
}

std::optional<Role> roleFromWord(std::string_view word)
{
    return fromWord<Role>(kRoleWords, word);
}

bool Person::hasRole(Role role) const
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::string_view documentKindWord(DocumentKind kind)
{
    return kDocumentWords[static_cast<std::size_t>(kind)];
}

std::string_view actionStateWord(ActionState state)
{
    return kStateWords[static_cast<std::size_t>(state)];
}

std::string_view actionKindWord(ActionKind kind)
{
    return kActionWords[static_cast<std::size_t>(kind)];
}

std::string_view bookWord(Book book)
{
    return kBookWords[static_cast<std::size_t>(book)];
}

bool isWithdrawn(ActionState state)
{
    return state == ActionState::Stale || state == ActionState::Rejected ||
           state == ActionState::Refused || state == ActionState::Cancelled ||
           state == ActionState::Expired;
}

bool mayHaveTakenEffect(ActionState state)
{
    return state == ActionState::Sending || state == ActionState::Unknown ||
           state == ActionState::Confirmed || state == ActionState::Settled ||
           state == ActionState::Stuck || state == ActionState::Drift;
}

const Attribute* Order::attribute(std::string_view key) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const Attribute& row) { return sameText(row.key, key); });
    return found == attributes.end() ? nullptr : &*found;
}

FindingId findingKey(const SiteId& site, const CaseId& caseId, FindingType type,
                     std::string_view subject)
{
    const std::string name =
        fmt::format("{}\x1f{}\x1f{}\x1f{}", site.value, caseId.value, findingTypeId(type), subject);
    return FindingId(sha256Hex(name).substr(0, 24));
}

} // namespace counterfoil::domain
