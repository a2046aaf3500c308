#include "core/rules/registry.h"

#include <map>

namespace counterfoil::rules {

using namespace domain;

namespace {

/// "items[3].status" -> "items[].status": the same fault on another element is the same finding.
std::string withoutIndices(const std::string& field)
{
    std::string out;
    bool isInside = false;
    for (const char c : field) {
        if (c == ']')
            isInside = false;
        if (!isInside)
            out.push_back(c);
        if (c == '[')
            isInside = true;
    }
    return out;
}

struct Seen {
    DocumentRef document;
    std::string field, value;
};

void emit(const Context& context, const std::string& subject, const Seen& seen, Report& report)
{
    Finding finding = startFinding(context, FindingType::UnknownValue);
    finding.subject = subject;
    finding.actual = seen.value;
    const std::string name(platformName(seen.document.platform));
    finding.title = Phrase("unknown-value.title").with("platform", name);
    finding.reason = Phrase("unknown-value.reason")
                         .with("platform", name)
                         .with("field", seen.field)
                         .with("value", seen.value);
    finding.causeCode = "unknown:" + seen.field;
    finding.evidence.push_back(evidence(seen.field, seen.value, seen.document));
    report.found(std::move(finding));
}

} // namespace

// A platform sent a word or a place that nobody has told us about. Closes when it is mapped or no
// longer sent.
void unknownValue(const Context& context, Report& report)
{
    std::map<std::string, Seen> bySubject;
    for (const UnknownSeen& row : context.facts.unknowns) {
        const std::string field = withoutIndices(row.field);
        const std::string subject =
            std::string(platformWord(row.document.platform)) + ":" + field + "=" + row.value;
        const Seen seen{row.document, field, row.value};
        const auto [at, isNew] = bySubject.try_emplace(subject, seen);
        if (!isNew && row.document.externalId < at->second.document.externalId)
            at->second = seen;
    }
    for (const reconcile::Restock& row : context.restocks.rows) {
        if (row.kind != LocationKind::Unlisted || row.location.empty())
            continue;
        DocumentRef document = context.facts.order->returnsRef;
        document.platform = Platform::Shopify;
        bySubject.try_emplace("shopify:location=" + row.location.value,
                              Seen{document, "location", row.location.value});
    }
    for (const auto& [subject, seen] : bySubject)
        emit(context, subject, seen, report);
    if (report.findings.empty())
        report.passes(Phrase("trace.unknown.none"));
}

} // namespace counterfoil::rules
