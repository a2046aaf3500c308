#pragma once

#include "app/sandbox/graphql/execute.h"
#include "app/sandbox/world/shop_types.h"

#include <chrono>
#include <string>
#include <vector>

namespace counterfoil::sandbox::shopify {

/// A bulk operation: the query's answer as lines of JSON, ready a moment after the start.
struct BulkJob {
    Id id = 0;
    std::string query;
    std::string status = "CREATED";
    std::string errorCode; ///< empty: null
    Instant createdAt = 0;
    Instant completedAt = 0; ///< 0: null
    std::chrono::steady_clock::time_point readyAt;
    std::string token; ///< part of the result's address
    std::string lines; ///< JSONL
    std::int64_t objectCount = 0;
    std::int64_t rootObjectCount = 0;
};

/// Bulk operations of one shop, newest last.
struct BulkStore {
    std::vector<BulkJob> jobs;
    [[nodiscard]] BulkJob* byId(Id id)
    {
        for (BulkJob& job : jobs)
            if (job.id == id)
                return &job;
        return nullptr;
    }
    [[nodiscard]] BulkJob* byToken(const std::string& token)
    {
        for (BulkJob& job : jobs)
            if (job.token == token && !token.empty())
                return &job;
        return nullptr;
    }
    [[nodiscard]] std::size_t running() const
    {
        std::size_t count = 0;
        for (const BulkJob& job : jobs)
            count += job.status == "CREATED" || job.status == "RUNNING" ? 1U : 0U;
        return count;
    }
};

/// Why the shop refuses a query for bulk reading; empty: it takes it. Rules: at least one
/// connection, at most five, nesting at most two deep, none within a plain list, and every node
/// selects `id`.
[[nodiscard]] std::string bulkRefusal(const graphql::Schema& schema,
                                      const graphql::Document& document,
                                      const graphql::Operation& operation);

/// Turns an unpaged answer into lines: each node of a connection one line, children with
/// `__parentId` somewhere behind their parent, not directly.
void writeBulkLines(const graphql::Json& data, BulkJob& job);

} // namespace counterfoil::sandbox::shopify
