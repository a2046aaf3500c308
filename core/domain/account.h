#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/document.h"
#include "core/money/money.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

/// One entry of our receipts list beside the balance (law.md 11): what the platform remembers of
/// our credits.
struct Receipt {
    ActionId action;
    std::int64_t units = 0;
    money::Money amount;
    Instant at{};
};

/// A customer's account: SparkLayer's balance metafield in Shopify and our receipts beside it.
struct Account {
    CustomerId customer;
    std::string gid;
    std::vector<std::string> tags;
    std::string companyName;

    bool hasBalance = false;             ///< the metafield exists
    std::string balanceText;             ///< its value, exact text: kept for the write
    std::string balanceType;             ///< metafield type: the write repeats it
    std::string balanceDigest;           ///< compareDigest, opaque
    std::optional<money::Money> balance; ///< amount owed; nullopt: absent or unreadable
    std::optional<money::Money> creditLimit;
    std::string netTerms;
    bool isForeignOwned =
        false; ///< the definition belongs to another app and is not writable for us
    std::string balanceProblem; ///< why balance is nullopt although the metafield exists

    bool hasReceipts = false;
    std::string receiptsText;
    std::string receiptsDigest;
    std::vector<Receipt> receipts; ///< newest first
    DocumentRef document;
};

/// The balance as one document version showed it: the path that a credit's proof is read from.
struct AccountObservation {
    std::int64_t version = 0;
    Instant observedAt{};
    std::optional<money::Money> balance;
    std::string balanceDigest;
    std::vector<ActionId> receipts;
};

} // namespace counterfoil::domain
