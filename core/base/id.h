#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace counterfoil {

/// An opaque id. Different ids are different types, so that the compiler finds swapped arguments.
template <class Tag> struct Id {
    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}

    std::string value;

    [[nodiscard]] bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using SiteId = Id<struct SiteTag>;   ///< id of a site in the config, "uk"
using RmaId = Id<struct RmaTag>;     ///< ReturnGO's RMA id, digits only, "7000412"
using OrderId = Id<struct OrderTag>; ///< Shopify's legacy order id, digits only, "5820011223344"
using LineId = Id<struct LineTag>;   ///< Shopify's legacy line item id, digits only
using UnitId = Id<struct UnitTag>;   ///< one returned piece: ReturnGO's returnedItemId, or "<return
                                     ///< line id>#<ordinal>"
using CustomerId = Id<struct CustomerTag>;           ///< Shopify's legacy customer id, digits only
using ShopifyReturnId = Id<struct ShopifyReturnTag>; ///< gid of a Shopify return
using RefundId = Id<struct RefundTag>;               ///< Shopify's legacy refund id, digits only
using PurchaseId = Id<struct PurchaseTag>;           ///< SparkLayer's purchase id (a UUID)
using TransactionId = Id<struct TransactionTag>;     ///< ReturnGO's transaction id, as text
using LocationId = Id<struct LocationTag>;           ///< gid of a Shopify location
using InventoryItemId = Id<struct InventoryItemTag>; ///< gid of a Shopify inventory item
using CaseId = Id<struct CaseTag>;       ///< "rma:7000412", "return:<gid>", "order:5820011223344",
                                         ///< "feed:returngo", "action:<id>"
using FindingId = Id<struct FindingTag>; ///< hash(site, case, type, subject), 24 hex digits
using ActionId = Id<struct ActionTag>;   ///< UUIDv5, lower case
using DocumentId = Id<struct DocumentTag>; ///< "<platform>/<kind>/<external id>"
using PersonId = Id<struct PersonTag>;     ///< login of a person in the config

} // namespace counterfoil

template <class Tag> struct std::hash<counterfoil::Id<Tag>> {
    std::size_t operator()(const counterfoil::Id<Tag>& id) const noexcept
    {
        return std::hash<std::string>{}(id.value);
    }
};
