#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/account.h"
#include "core/domain/inspection.h"
#include "core/domain/order.h"
#include "core/domain/own_action.h"
#include "core/domain/purchase.h"
#include "core/domain/rma.h"
#include "core/domain/stock.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

/// A kind of case: a return known to ReturnGO, a return seen only in Shopify, an order blocked
/// before any return, and what sync itself meets.
enum class CaseKind : std::uint8_t { Rma, ShopifyReturn, Order, Feed };

/// Head of one of the buyer's orders: enough to learn whether this buyer uses PO numbers.
struct OrderHint {
    OrderId id;
    std::optional<Instant> createdAt;
    bool hasPo = false;
    std::optional<money::Money> total; ///< current total, presentment; nullopt: not read
};

/// A unit that another RMA of the same order returns as well.
struct SiblingUnit {
    RmaId rma;
    Coded<RmaStatus> rmaStatus;
    UnitId unit;
    LineId line;
};

/// Price candidates beyond the order itself, for the explanation of a wrong credit (product.md,
/// Price provenance). Amounts are net unit prices in minor units of the order's currency unless
/// named otherwise.
struct PriceHints {
    std::optional<money::Fraction> tradeListToday;   ///< SparkLayer calculate-pricing now
    std::optional<money::Fraction> tradeListAtOrder; ///< own snapshot nearest before the order
    std::optional<money::Fraction>
        customerToday; ///< fetch-customer-pricing now, with breaks and discount
    std::optional<money::Fraction>
        singleUnitBreak; ///< list price of one unit: the quantity break was missed
    std::optional<money::Fraction>
        withoutDiscount; ///< list at the ordered quantity without the customer's discount
};

/// One unknown word or shape met while decoding this case's documents.
struct UnknownSeen {
    DocumentRef document;
    std::string field; ///< "items[0].resolutionType"
    std::string value; ///< clipped
};

/// State of one platform's reading, for cases of kind Feed and for "two sweeps passed".
struct FeedState {
    std::optional<Instant> lastSuccess;     ///< end of the newest complete sweep
    std::optional<Instant> previousSuccess; ///< the one before it
    std::optional<Instant> failingSince;
    std::string lastErrorWord; ///< errorWord of the newest failure, empty: none
    bool isAccessRefused = false;
    std::optional<Instant>
        reserveRunsOutAt; ///< forecast: the operator's call reserve ends before calls age off
};

/// Everything that is known about one case at one moment. A missing part is nullopt or empty with a
/// "read" mark beside it; nothing here is a guess.
struct CaseFacts {
    SiteId site;
    CaseId id;
    CaseKind kind = CaseKind::Rma;
    Instant now{}; ///< the moment of this view
    bool isHistorySeen = false;

    std::optional<Rma> rma;
    std::vector<SiblingUnit> siblings;
    std::optional<Order> order;
    std::optional<Draft> draft; ///< the order is still a draft
    std::optional<Purchase> purchase;
    bool isPurchaseRead = false; ///< SparkLayer was asked: no purchase then means there is none
    std::optional<std::vector<PurchaseTransaction>> purchaseTransactions;
    std::optional<Account> account;
    std::vector<AccountObservation> accountHistory; ///< oldest first
    std::vector<StockLevel> stock; ///< levels of this case's SKUs at listed locations
    std::vector<OrderHint>
        recentOrders; ///< the buyer's newest orders, newest first, at most 10, without this one
    std::map<std::string, PriceHints> priceHints; ///< by SKU

    std::vector<Inspection> inspections; ///< newest one per unit
    std::vector<OwnAction> actions;
    std::vector<Claim> claims;
    bool isFiledBlocked = false; ///< a person filed it from "Can this be returned?"

    std::vector<UnknownSeen> unknowns;
    std::map<Platform, FeedState> feeds;
};

} // namespace counterfoil::domain
