#pragma once

#include "core/base/result.h"
#include "core/store/bulk/handle.h"
#include "core/store/connection.h"
#include "core/store/store.h"

#include <memory>
#include <string>
#include <string_view>

namespace counterfoil::store::bulk {

/// Reads findings for the queue with the driver's own statements: what a row shows, without
/// evidence and without what a finding hides. About ten times as quick as Store::findings. One
/// thread, inside the caller's transaction.
class QueueReader {
public:
    /// @param ledger outlives this
    explicit QueueReader(Connection& ledger);
    ~QueueReader();
    QueueReader(const QueueReader&) = delete;
    QueueReader& operator=(const QueueReader&) = delete;

    /// A finding as it stands; the state is the judge's own word.
    struct Entry {
        StoredFinding finding;
        std::string contentHash, acceptedHash;
        std::optional<Instant> pausedSince;
    };

    /// Every live finding, case by case.
    [[nodiscard]] Result<void> openAll();
    /// The live findings of one case.
    [[nodiscard]] Result<void> openCase(std::string_view site, std::string_view caseId);
    /// False after the last one. The entry's parts are overwritten, so that their memory is used
    /// again. Errors: Store.
    [[nodiscard]] Result<bool> next(Entry& entry);

    struct Key {
        std::string site, caseId, finding;
    };
    /// The first @p count live findings in the default order of the queue.
    [[nodiscard]] Result<std::vector<Key>> first(std::size_t count);

private:
    struct Parser;
    [[nodiscard]] Result<void> prepare(RawStatement& statement, std::string_view sql);
    [[nodiscard]] Result<void> check(int code);

    Connection& m_ledger;
    RawStatement m_all, m_case;
    RawStatement* m_open = nullptr;
    std::unique_ptr<Parser> m_parser;
};

} // namespace counterfoil::store::bulk
