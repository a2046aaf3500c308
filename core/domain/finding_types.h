#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace counterfoil::domain {

/// Every finding type of product.md section 2. Its id (findingTypeId) is stored, exported and used
/// in filters: fixed.
enum class FindingType : std::uint8_t {
    CreditValueMismatch,
    AccountOrderGatewayRefund,
    AccountOrderStoreCredit,
    DuplicateCredit,
    CreditNotPosted,
    AccountBalanceDrift,
    OverCredit,
    RefundStuck,
    PaidBeforeInspection,
    TaxOrCurrencyMismatch,
    LedgerDocumentMissing,
    RestockedBeforeInspection,
    RejectedUnitRestocked,
    QuarantineOverdue,
    ReleaseNotVisible,
    ReceivedQuantityMismatch,
    QuarantineCountedSellable,
    StockMovementMissing,
    PoMissing,
    PoConflict,
    PurchaseMismatch,
    OrderEditedDuringReturn,
    ReturnBlockedUnpaid,
    ReturnLineUnmatched,
    ManualRefundOpenReturn,
    ReturnStatusDrift,
    MoneyStateDrift,
    ReturnStalled,
    FlowFailed,
    FeedStale,
    AccessRefused,
    UnknownValue,
    ActionUnproved,
    SparklayerSyncErrors,
    RecurringCause
};

enum class Owner : std::uint8_t { Finance, CustomerService, Warehouse, Integration };
enum class Severity : std::uint8_t { Low, Medium, High, Critical };

/// What a type is by default; a site may set owner, severity and clocks otherwise.
struct FindingTypeInfo {
    FindingType type;
    std::string_view id; ///< "credit-value-mismatch"
    Owner owner;
    Severity severity;
    int firstResponseHours; ///< business hours
    int resolveHours;       ///< business hours; 0: end of the period
};
[[nodiscard]] std::span<const FindingTypeInfo> findingTypes();
[[nodiscard]] const FindingTypeInfo& infoOf(FindingType type);
[[nodiscard]] std::string_view findingTypeId(FindingType type);
[[nodiscard]] std::optional<FindingType> findingTypeFromId(std::string_view id);
/// "finance", "cx", "warehouse", "integration": the words of filters and JSON.
[[nodiscard]] std::string_view ownerWord(Owner owner);
[[nodiscard]] std::optional<Owner> ownerFromWord(std::string_view word);
[[nodiscard]] std::string_view severityWord(Severity severity);
[[nodiscard]] std::optional<Severity> severityFromWord(std::string_view word);

} // namespace counterfoil::domain
