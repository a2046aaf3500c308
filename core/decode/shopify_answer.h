#pragma once

#include "core/decode/json.h"
#include "core/decode/shopify.h"
#include "core/decode/values.h"

#include <string_view>

/// Inside of the Shopify decoder: the GraphQL envelope and the readers of single records.
namespace counterfoil::decode::shopify {

/// A GraphQL answer that has data.
struct Answer {
    Json json;
    std::vector<domain::GraphqlError> errors;
    std::optional<domain::QueryCost> cost;

    /// Top field of the data. Errors: when it is null, what the `errors` say, else NotFound.
    [[nodiscard]] Result<View> field(std::string_view name) const;
};
/// Errors: see shopify.h.
[[nodiscard]] Result<Answer> openAnswer(std::string_view body);

/// The error that left a hole in the record at @p path ("orders.nodes.3"); nullptr: none.
[[nodiscard]] const domain::GraphqlError* holeIn(const std::vector<domain::GraphqlError>& errors,
                                                 std::string_view path);
/// A gid without its query: "gid://shopify/Location/11?x" and the same without "?x" are one object
/// (shopify.md 9), and ids are compared as texts.
[[nodiscard]] std::string withoutQuery(std::string gid);

/// A MoneyBag; nullopt when absent. Shop money is optional (bulk rows leave it out).
[[nodiscard]] std::optional<domain::MoneyPair> readBag(const View& bag, Finer finer,
                                                       Faults& faults);
/// A MoneyBag that must be there.
[[nodiscard]] domain::MoneyPair requireBag(const View& bag, Finer finer, Faults& faults);
/// Text that must be there and not be empty.
[[nodiscard]] std::string requireText(const View& value, Faults& faults);
[[nodiscard]] std::int64_t requireInteger(const View& value, Faults& faults);
/// A gid that must be there, without its query.
[[nodiscard]] std::string requireGid(const View& value, Faults& faults);
/// `id` of an object that may be null: the gid without its query.
[[nodiscard]] std::string readGid(const View& object, Faults& faults);
[[nodiscard]] std::vector<domain::Attribute> readAttributes(const View& list, Faults& faults);
/// `nodes` of a connection; missing when the connection is absent.
[[nodiscard]] View readNodes(const View& connection, Faults& faults);
[[nodiscard]] bool hasNextPage(const View& connection, Faults& faults);

// One record each; faults are collected in @p faults.
void decodeHead(const View& node, const ShopifyAdapter& adapter, domain::Order& order,
                Faults& faults);
void decodeLines(const View& node, domain::Order& order, Faults& faults);
void decodeMoney(const View& node, domain::Order& order, Faults& faults);
void decodeReturns(const View& node, domain::Order& order, Faults& faults);
void decodeAgreements(const View& node, domain::Order& order, Faults& faults);
void decodeDraft(const View& node, domain::Draft& draft, Faults& faults);
void decodeAccount(const View& node, const ShopifyAdapter& adapter, money::Currency shopCurrency,
                   domain::Account& account, Faults& faults);
void decodeLevel(const View& node, domain::StockLevel& level, Faults& faults);
/// Sets id and gid from `id` and `legacyResourceId`.
void decodeOrderId(const View& node, domain::Order& order, Faults& faults);

/// Join keys of an order head.
[[nodiscard]] domain::JoinKeys headKeys(const domain::Order& order, const ShopifyAdapter& adapter);

} // namespace counterfoil::decode::shopify
