#pragma once

#include "core/base/time.h"
#include "core/money/money.h"
#include "core/request/prepared_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Requests to SparkLayer (sparklayer.md 2, 3, 5, 10). Reads only, but for nothing: a purchase is
/// never written by the console.
namespace counterfoil::request::sparklayer {

/// JSON body with the secret in it: never log it.
[[nodiscard]] PreparedRequest token(std::string_view clientId, std::string_view clientSecret);
/// Orders last updated since @p since (nullopt: all), @p limit at most 500.
[[nodiscard]] PreparedRequest purchases(std::optional<Instant> since, std::int64_t limit,
                                        std::int64_t offset);
/// @param lookupBy "platform", "sparklayer", "visible" or "internal"
[[nodiscard]] PreparedRequest purchase(std::string_view lookupBy, std::string_view identifier);
[[nodiscard]] PreparedRequest purchaseTransactions(std::string_view lookupBy,
                                                   std::string_view identifier);
[[nodiscard]] PreparedRequest calculatePricing(const std::vector<std::string>& skus,
                                               const std::vector<std::string>& priceLists);

struct PricedLine {
    std::string sku;
    std::int64_t quantity = 1;
};
/// @param customerId Shopify's numeric id, looked up by "platform"
[[nodiscard]] PreparedRequest customerPricing(std::string_view customerId,
                                              const std::vector<PricedLine>& lines);
[[nodiscard]] PreparedRequest batchStock(const std::vector<std::string>& skus);

} // namespace counterfoil::request::sparklayer
