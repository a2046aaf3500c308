#pragma once

#include "core/reconcile/expected_credit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::reconcile {

/// The Shopify return that stands for an RMA, in the words of law.md 5.
struct ReturnState {
    std::string word; ///< "none", "REQUESTED", "OPEN", "CLOSED", "DECLINED", "CANCELED"
    const domain::ShopifyReturn* back = nullptr; ///< null for "none"
    std::optional<Instant> since;                ///< when it came into that state, if known
    bool isAllProcessed = false;                 ///< every unit of it was processed or refunded
    bool hasProcessed = false;                   ///< at least one
    domain::Phrase problem;                      ///< why it is not known; empty code: it is
};
/// Of several returns the live one counts, then a closed one, then the newest. A return that the
/// RMA's time-line does not name is taken for its own only when no other RMA of the order could own
/// it. @pre facts.rma
[[nodiscard]] ReturnState returnStateOf(const domain::CaseFacts& facts);

/// The shipments that bring an RMA's goods back.
struct ShipmentStates {
    std::vector<std::string> words; ///< of inbound shipments, sorted, each once; "none" alone
    bool isKeepItem = false;        ///< every unit stays with the buyer
    domain::Phrase problem;
};
/// @pre facts.rma
[[nodiscard]] ShipmentStates shipmentStatesOf(const domain::CaseFacts& facts);

/// Money that went to the buyer for an RMA, whoever sent it and by whatever means.
struct PaidOut {
    money::Money amount;
    std::optional<Instant> last; ///< newest of the parts; nullopt: a part's moment is not known
    bool hasAny = false;
    bool isRequested = false;  ///< something is still asked for
    bool isComplete = true;    ///< false: a part was of another currency and is not in the amount
    std::vector<UnitId> units; ///< that a transaction of ReturnGO paid
    domain::Phrase problem;    ///< why "nothing" could not be said; empty code: it could
};
/// Refunds of ReturnGO and refunds in Shopify that no other RMA explains; account credits are books
/// of their own (credited.h). @pre facts.rma
[[nodiscard]] PaidOut paidOutOf(const domain::CaseFacts& facts, const Joined& joined,
                                const ExpectedCredit& expected);

/// Whether @p platform was read completely since @p at: the case's own document was, or the
/// platform's sweeps have gone on for their whole limit since.
[[nodiscard]] bool isReadSince(const domain::CaseFacts& facts, const domain::Policy& policy,
                               Platform platform, Instant at);

} // namespace counterfoil::reconcile
