#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/policy.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::reconcile {

/// One place that holds a purchase order number.
struct PoSource {
    Platform platform = Platform::None;
    std::string
        place; ///< "po-number", "attribute", "customer-reference", "note", "draft", "answer"
    std::string value; ///< trimmed
    domain::DocumentRef document;
};

/// The PO number from all its places (sparklayer.md 6.4), in the order in which they are believed.
struct PoNumber {
    std::vector<PoSource> sources; ///< filled ones only
    std::string value;             ///< the first one, "" when none
    bool isOrderRead = false;
    bool isPurchaseRead = false; ///< SparkLayer answered, or is not connected
    /// Index of the first source that differs from the first one after trim and case fold.
    std::optional<std::size_t> conflict;

    [[nodiscard]] bool isInShopify() const;
};
[[nodiscard]] PoNumber poOf(const domain::CaseFacts& facts, const domain::Policy& policy);

/// Whether this buyer must give one: the site's setting, or learned from the buyer's last ten
/// orders, this one among them when it is (80 % carry one).
[[nodiscard]] bool isPoRequired(const domain::CaseFacts& facts, const domain::Policy& policy);

} // namespace counterfoil::reconcile
