#pragma once

#include "core/base/result.h"
#include "core/domain/observation.h"
#include "core/store/bulk/handle.h"
#include "core/store/bulk/packing.h"
#include "core/store/connection.h"

#include <string>

namespace counterfoil::store::bulk {

/// What became of a document that was put.
struct PutOutcome {
    std::int64_t id = 0;
    std::int64_t version = 0;
    bool isNew = false;     ///< never seen before
    bool isChanged = false; ///< new, or its bytes differ from the newest version
    bool hadPo = false;     ///< has_po of the version before
    std::string statusBefore;
};

/// A document's version id: document id and version in one number, so that versions lie together.
[[nodiscard]] constexpr std::int64_t versionRowId(std::int64_t document, std::int64_t version)
{
    return (document << 20) | version;
}
/// More versions of one document are refused.
inline constexpr std::int64_t kVersionsMax = (std::int64_t{1} << 20) - 1;

/// Stores documents with the driver's own statements, inside the transaction that the caller began
/// on @p facts. The engine thread.
class DocumentWriter {
public:
    /// @param facts outlives this
    explicit DocumentWriter(Connection& facts);
    /// Errors: Store.
    [[nodiscard]] Result<PutOutcome> put(const std::string& site,
                                         const domain::PageDocument& document, Instant observedAt);

private:
    struct Keys;
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<bool> find(const std::string& site, std::string_view kind,
                                    const std::string& externalId, PutOutcome& outcome,
                                    std::string& digest);
    [[nodiscard]] Result<void> insertDocument(const std::string& site, std::string_view kind,
                                              const domain::PageDocument& document,
                                              const Keys& keys, std::string_view digest,
                                              Instant observedAt, PutOutcome& outcome);
    [[nodiscard]] Result<void> updateDocument(const domain::PageDocument& document,
                                              const Keys& keys, std::string_view digest,
                                              Instant observedAt, PutOutcome& outcome);
    [[nodiscard]] Result<void> insertVersion(const domain::PageDocument& document,
                                             std::string_view digest, Instant observedAt,
                                             const PutOutcome& outcome);
    [[nodiscard]] Result<void> replaceUnits(const std::string& site,
                                            const domain::PageDocument& document, std::int64_t id,
                                            bool isNew);
    [[nodiscard]] Result<void> check(int code);
    void bindKeys(RawStatement& statement, int first, const domain::PageDocument& document,
                  const Keys& keys);

    Connection& m_facts;
    Packer m_packer;
    bool m_isPrepared = false;
    RawStatement m_find, m_touch, m_insert, m_update, m_seal, m_version, m_unit, m_clearUnits;
};

} // namespace counterfoil::store::bulk
