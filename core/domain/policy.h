#pragma once

#include "core/base/grade.h"
#include "core/base/time.h"
#include "core/domain/finding_types.h"
#include "core/domain/stock.h"
#include "core/money/money.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

/// When money may leave (policy.pay_after).
enum class PayAfter : std::uint8_t { Approval, Receipt, Inspection };
enum class FeeTax : std::uint8_t { Unknown, None, Included, Added };

/// Site facts of law.md 1 to 5; Unknown means "not judged" for what depends on it.
struct SiteFacts {
    Fact returnProcessLowersOutstanding = Fact::Unknown;
    Fact paymentLowersBalance = Fact::Unknown;
    Fact refundLowersBalance = Fact::Unknown;
    Fact returnLowersBalance = Fact::Unknown;
    Fact cancelLowersBalance = Fact::Unknown;
    Fact editMovesBalance = Fact::Unknown;
    Fact invoiceRaisesBalance = Fact::Unknown;
    Fact returngoCreatesShopifyReturn = Fact::Unknown;
    Fact returngoRequiresPaid = Fact::Unknown;
    FeeTax feeTax = FeeTax::Unknown;
};

/// Calendar times before a finding (law.md 10, default ages).
struct Grace {
    Millis creditDue = std::chrono::hours(48);
    Millis refundRequested = std::chrono::hours(24);
    Millis stockMovement = std::chrono::hours(24);
    Millis quarantine = std::chrono::hours(24 * 7);
    Millis purchaseMissing = std::chrono::hours(24);
    Millis releaseVisible = std::chrono::minutes(20);
    Millis stalledPending = std::chrono::hours(24 * 3);
    Millis stalledApproved = std::chrono::hours(24 * 21);
    Millis stalledReceived = std::chrono::hours(24 * 10);
    Millis stalledValidated = std::chrono::hours(24 * 10);
    Millis feedShopify = std::chrono::minutes(5);
    Millis feedSparklayer = std::chrono::minutes(10);
    Millis feedReturngo = std::chrono::minutes(15);
};

/// Percent of the invoiced value that is credited, by verdict (law.md 3).
struct CreditShares {
    int aGrade = 100;
    int bGrade = 100;
    int damagedTransit = 100;
    int damagedBuyer = 0;
    int wrongItem = 0;
    int missing = 0;
};

/// Hours of one working day in the site's time zone, minutes after midnight; open == close: closed.
struct WorkingDay {
    int openMinute = 9 * 60;
    int closeMinute = 17 * 60;
};
/// Business calendar of a site. Clocks of findings run only inside it.
struct Calendar {
    std::string timezone = "Europe/London"; ///< IANA name
    std::array<WorkingDay, 7> days{};       ///< Sunday first
    std::vector<std::string> holidays;      ///< "2026-12-25"
};

struct SlaHours {
    int firstResponse = 0;
    int resolve = 0;
};

enum class PoRequired : std::uint8_t {
    Learned,
    Yes,
    No
}; ///< Learned: 80 % of the buyer's last 10 orders carry one

/// What is right at one site. Versioned by its hash; the rules read nothing else.
struct Policy {
    bool inspectionRequired = true;
    PoRequired poRequired = PoRequired::Learned;
    std::optional<PayAfter> payAfterCard, payAfterAccount; ///< nullopt: by inspectionRequired
    bool agreesRestockingFee =
        true; ///< a fee that stands on the RMA counts as agreed unless the policy says otherwise
    bool agreesReturnFee = true;
    bool agreesLabelFee = true;
    CreditShares shares;
    SiteFacts facts;
    Grace grace;
    std::map<FindingType, SlaHours> sla; ///< only where it differs from the type's default
    std::map<FindingType, Owner> owners; ///< likewise
    std::map<FindingType, Severity> severities;
    std::int64_t amountLimitMinor = 0; ///< above it severity rises one step; 0: off. Shop currency
    std::int64_t approveAloneMinor = 50'00, approveTwoMinor = 500'00, approveLeadMinor = 5'000'00;
    std::int64_t releaseLimitMinor = 500'00;
    std::int64_t capCallMinor = 5'000'00, capHourMinor = 20'000'00, capDayMinor = 50'000'00;
    bool allowCreditBalance = false;
    std::string creditRoute = "metafield"; ///< metafield, transaction, none
    std::optional<Instant> goLive;
    Calendar calendar;
    std::map<std::string, LocationKind> locations;              ///< gid -> kind
    std::string destinationA, destinationB, destinationDamaged; ///< gid; empty: stay
    bool isReturnsByDisposition = true;
    bool isSingleSeat = true;
    bool isValidationEnabled = false; ///< ReturnGO's item validation is switched on at this shop
    std::vector<std::string> returngoAppIds; ///< app gids that agreements of ReturnGO carry
    std::vector<std::string> consoleAppIds;
    std::vector<std::string> poAttributeKeys{"PO Number", "po_number", "Purchase Order",
                                             "customer_reference"};
    bool isErpConnected = false;
    bool isSparklayerConnected = true;
    std::string hash; ///< version of this policy: SHA-256 of its canonical text
};

} // namespace counterfoil::domain
