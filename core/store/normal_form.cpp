#include "core/store/store.h"

#include "core/store/bulk/packing.h"
#include "core/store/impl.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::store {

Result<std::string> Store::normalForm() const
{
    std::vector<std::string> lines;
    CF_LET(documents, m_impl->facts->rows("select site, kind, external_id, digest, order_id, "
                                          "rma_id, customer_id, status from document"));
    for (const Row& row : documents) {
        lines.push_back(fmt::format("document {} {} {} {} order={} rma={} customer={} status={}",
                                    row.text(0), row.text(1), row.text(2),
                                    bulk::hexText(row.text(3)), row.text(4), row.text(5),
                                    row.text(6), row.text(7)));
    }
    CF_LET(aside, m_impl->facts->rows("select site, kind, external_id, reason from set_aside"));
    for (const Row& row : aside) {
        lines.push_back(fmt::format("set-aside {} {} {} {}", row.text(0), row.text(1), row.text(2),
                                    row.text(3)));
    }
    // A feed's findings tell of the reading itself, not of what was read.
    CF_LET(findings, m_impl->ledger->rows("select content, state, site, case_id from finding_state "
                                          "where state <> 'closed' and case_id not like 'feed:%'"));
    for (const Row& row : findings) {
        CF_LET(content, findingFromText(row.text(0)));
        const domain::Finding& finding = content.finding;
        const std::string amount = finding.atRisk
                                       ? finding.atRisk->decimalText() + " " +
                                             std::string(finding.atRisk->currency().code())
                                       : "-";
        lines.push_back(fmt::format(
            "finding {} {} {} [{}] {} {} {} {} expected={} actual={}", row.text(2), row.text(3),
            findingTypeId(finding.type), finding.subject, finding.variant, row.text(1),
            severityWord(finding.severity), amount, finding.expected, finding.actual));
    }
    CF_LET(refused, m_impl->facts->rows("select site, case_id, type, reason from not_judged where "
                                        "case_id not like 'feed:%'"));
    for (const Row& row : refused) {
        CF_LET(reason, phraseFromText(row.text(3)));
        lines.push_back(fmt::format("not-judged {} {} {} {}", row.text(0), row.text(1), row.text(2),
                                    reason.code));
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines)
        text.append(line).push_back('\n');
    return text;
}

} // namespace counterfoil::store
