#include "core/store/bulk/bulk_load.h"

#include "core/store/bulk/document_writer.h"

#include <algorithm>

namespace counterfoil::store::bulk {

Result<BulkOutcome> loadLines(Connection& facts, const std::string& site, std::string_view jsonl,
                              Instant observedAt, const LineReader& read)
{
    BulkOutcome outcome;
    DocumentWriter writer(facts);
    domain::PageDocument document;
    std::size_t inBatch = 0;
    while (!jsonl.empty()) {
        const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
        const std::string_view line = jsonl.substr(0, end);
        jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
        if (line.empty())
            continue;
        ++outcome.lines;
        if (!read(line, document)) {
            ++outcome.refused;
            continue;
        }
        if (!facts.isInTransaction())
            CF_TRY(facts.begin());
        const auto put = writer.put(site, document, observedAt);
        if (!put) {
            facts.rollback();
            return fail(put.error());
        }
        ++(put->isChanged ? outcome.stored : outcome.unchanged);
        if (++inBatch == kBulkRows) {
            CF_TRY(facts.commit());
            inBatch = 0;
        }
    }
    if (facts.isInTransaction())
        CF_TRY(facts.commit());
    return outcome;
}

} // namespace counterfoil::store::bulk
