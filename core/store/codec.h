#pragma once

#include "core/actions/record.h"
#include "core/base/result.h"
#include "core/domain/case_facts.h"
#include "core/domain/finding.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How findings, judgements and actions are written down: canonical JSON (sorted keys, no blanks).
/// Words, never numbers of enumerators, so that a reordered enum does not change old rows. Reading
/// errors: Store (the row was not written by this program).
namespace counterfoil::store {

/// What a queue row shows of the case around a finding; kept with it, so that it can be shown when
/// the facts are lost.
struct CaseRow {
    std::string rma, order, orderName, po, customer, customerNote, rmaStatus, paymentWord;
};

struct FindingContent {
    domain::Finding finding;
    CaseRow row;
};

[[nodiscard]] std::string findingText(const FindingContent& content);
[[nodiscard]] Result<FindingContent> findingFromText(std::string_view text);
/// Hash of what a person would notice: not of document versions and reading times.
[[nodiscard]] std::string findingHash(const FindingContent& content);
/// Short JSON for the journal: amount, expected, actual, variant, severity.
[[nodiscard]] std::string findingSummary(const domain::Finding& finding);

/// Without the trace, which is made again on demand.
[[nodiscard]] std::string judgementText(const domain::Judgement& judgement);
[[nodiscard]] Result<domain::Judgement> judgementFromText(std::string_view text);
[[nodiscard]] std::string phraseText(const domain::Phrase& phrase);
[[nodiscard]] Result<domain::Phrase> phraseFromText(std::string_view text);

/// Everything of an action but its plan, shares, approvals and attempts, which are rows.
[[nodiscard]] std::string actionText(const actions::ActionRecord& record);
[[nodiscard]] Result<actions::ActionRecord> actionFromText(std::string_view text);
[[nodiscard]] std::optional<domain::ActionState> actionStateFromWord(std::string_view word);

/// "" for none, else [{"field":..,"value":..}].
[[nodiscard]] std::string unknownsText(const std::vector<domain::UnknownSeen>& unknowns);
[[nodiscard]] std::vector<domain::UnknownSeen> unknownsFromText(std::string_view text,
                                                                const domain::DocumentRef& ref);
[[nodiscard]] std::optional<domain::DocumentKind> documentKindFromWord(std::string_view word);
/// An order name as join key: without white space around it and without a leading '#', since
/// ReturnGO and Shopify write it either way (returngo.md 5.1).
[[nodiscard]] std::string_view joinName(std::string_view name);
/// The platform that says a kind of document.
[[nodiscard]] Platform platformOf(domain::DocumentKind kind);
/// A JSON text of one object made of texts: {"a":"b"}; for details of journal and audit.
[[nodiscard]] std::string
objectText(const std::vector<std::pair<std::string, std::string>>& members);

} // namespace counterfoil::store
