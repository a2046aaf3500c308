#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/request/prepared_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Requests to ReturnGO (returngo.md 5, 7.2, 8).
namespace counterfoil::request::returngo {

/// What GET /rmas filters by; empty members are not sent.
struct RmaFilter {
    std::vector<std::string> statuses;
    std::vector<std::string> orderNames;
    std::optional<Instant> updatedSince; ///< rma_updated_at=gte:...
    std::optional<Instant> createdSince;
};
/// @param pageSize 1..500; @param cursor opaque, percent-encoded here, empty for the first page;
/// @param timeForm strftime form of filter times, UTC without offset ("%Y-%m-%dT%H:%M:%S")
[[nodiscard]] PreparedRequest rmas(const RmaFilter& filter, std::int64_t pageSize,
                                   std::string_view cursor, std::string_view timeForm);
[[nodiscard]] PreparedRequest rma(const RmaId& id);

struct TransactionFilter {
    std::optional<Instant> updatedSince;
    std::vector<RmaId> rmas;
    std::vector<OrderId> orders;
};
[[nodiscard]] PreparedRequest transactions(const TransactionFilter& filter, std::int64_t pageSize,
                                           std::string_view cursor, std::string_view timeForm);

// ---- writes -----------------------------------------------------------------------------------

/// PUT /rma/{id}/status. @param bodyTemplate the adapter's, "{{status}}" stands for the word
[[nodiscard]] PreparedRequest setStatus(const RmaId& id, std::string_view status,
                                        std::string_view bodyTemplate);
/// POST /rma/{id}/comment. @param bodyKey the adapter's; @p text is plain and gets its HTML
/// escaped
[[nodiscard]] PreparedRequest comment(const RmaId& id, std::string_view text,
                                      std::string_view bodyKey);

} // namespace counterfoil::request::returngo
