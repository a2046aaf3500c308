#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/document.h"
#include "core/domain/finding_types.h"
#include "core/domain/phrase.h"
#include "core/money/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

enum class RiskKind : std::uint8_t { None, Over, Under, Blocked, Stock };
[[nodiscard]] std::string_view riskKindWord(RiskKind kind);

/// How soon the amount becomes final (law.md 6): weights 3, 2, 1 and 0.5.
enum class Finality : std::uint8_t { LeavesNow, Soon, Ordinary, Final };

/// One value that a finding rests on.
struct Evidence {
    std::string field; ///< our word: "unit-price", "refund-method"
    std::string value; ///< as shown
    DocumentRef document;
    std::string pointer; ///< JSON pointer inside the document, "" for the whole
};

/// One rule that one case breaks, as judged now. Pure: no ids of people, no clock state.
struct Finding {
    FindingType type = FindingType::UnknownValue;
    std::string subject; ///< what in the case: "" for the whole, a line id, a transaction id ...;
                         ///< part of the key
    std::string variant; ///< "requested", "failed", "succeeded", "overwritten", "buyer-blocked",
                         ///< "exchange" ...
    Owner owner = Owner::Finance;
    Severity severity = Severity::Medium;
    std::optional<money::Money> atRisk;     ///< in the order's currency
    std::optional<money::Money> atRiskShop; ///< by the order's own rate, only for ordering
    RiskKind riskKind = RiskKind::None;
    Finality finality = Finality::Ordinary;
    std::string expected; ///< as shown, "119.20"
    std::string actual;
    Phrase title;          ///< what is wrong with its amount
    Phrase reason;         ///< the two facts
    Phrase cause;          ///< the price that explains it ...; empty: none named
    std::string causeCode; ///< groups recurring causes
    std::string sku;
    std::vector<LineId> lines;
    std::vector<UnitId> units;
    std::vector<FindingType> hiddenTypes; ///< what this one shows inside itself (law.md 6)
    std::optional<Instant> since;         ///< when the fact began, if known: age
    std::optional<Instant> graceUntil;    ///< set: expected, the system is handling it until then
    std::vector<Evidence> evidence;
};

/// A rule that could not be judged, with the reason. Never counts as clean.
struct NotJudged {
    FindingType type = FindingType::UnknownValue;
    Phrase reason;
};

/// One node of "Why not?".
struct TraceNode {
    FindingType type = FindingType::UnknownValue;
    enum class Outcome : std::uint8_t {
        Passes,
        Fails,
        NotJudged,
        Hidden,
        Expected,
        NotApplicable
    } outcome = Outcome::Passes;
    Phrase text;
    std::vector<Evidence> values;
};

/// Everything the rules say about one case at one moment.
struct Judgement {
    std::vector<Finding> findings; ///< hidden ones left out, expected ones in with graceUntil
    std::vector<NotJudged> notJudged;
    std::vector<TraceNode> trace;
    /// The earliest moment at which time alone would change this judgement (a grace window or an
    /// age ends).
    std::optional<Instant> judgeAgainAt;
    bool isHistory = false; ///< finished before the go-live line
};

/// The key that journal and people's state hang on: hash of site, case, type and subject.
[[nodiscard]] FindingId findingKey(const SiteId& site, const CaseId& caseId, FindingType type,
                                   std::string_view subject);

} // namespace counterfoil::domain
