#pragma once

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/finding.h"
#include "core/domain/finding_types.h"
#include "core/domain/inspection.h"
#include "core/domain/own_action.h"
#include "core/money/money.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Plain values that a screen, a terminal or an export shows. Made on a query thread, handed over
/// as values; every text is UTF-8, already in the reader's language, plain (never mark-up), and may
/// hold anything a platform sent.
namespace counterfoil::view {

/// May a person do this now? If not, why: shown beside the disabled control.
struct Allowed {
    bool isAllowed = false;
    std::string reason; ///< empty when allowed
};

enum class RowState : std::uint8_t {
    Open,
    Expected,
    InProgress,
    AwaitingApproval,
    WaitingFor,
    Settling,
    SaidDone,
    Snoozed,
    Closed,
    Accepted,
    History
};
/// Words of design.md 10 ("said-done" shows as open in JSON, with is:claimed).
[[nodiscard]] std::string_view rowStateWord(RowState state);
/// "Open", "Awaiting approval" ...
[[nodiscard]] std::string rowStateText(RowState state, const std::string& waitingFor);

/// One exception in the queue.
struct QueueRow {
    FindingId id;
    CaseId caseId;
    std::string site;
    domain::FindingType type = domain::FindingType::UnknownValue;
    domain::Severity severity = domain::Severity::Low;
    domain::Owner owner = domain::Owner::Finance;
    RowState state = RowState::Open;
    std::string title, reason;
    std::string rma, rmaStatus;         ///< "7000412", "Received"
    std::string order, po;              ///< "B2B-1042", "PO-88172"
    std::string customer, customerNote; ///< "Trade UK · on account"
    std::string assignee, assigneeName; ///< person id and name; empty: unassigned
    std::string waitingFor;
    std::optional<money::Money> atRisk;
    domain::RiskKind riskKind = domain::RiskKind::None;
    std::string riskNote; ///< "over", "in 176.80"; empty for stock and none
    std::int64_t orderKey =
        0; ///< default order: amount at the order's own rate x finality, shop minor units x 2
    bool canLeaveNow = false;
    Instant firstSeen{};        ///< age counts from here (or from `since` when the fact is older)
    std::optional<Instant> due; ///< resolve clock ends
    double slaUsed = 0.0;       ///< share of the resolve clock used, may pass 1; display only
    bool isPaused = false;
    std::optional<Instant> graceUntil;
    std::optional<Instant> snoozedUntil;
    bool isRegressed = false, isInherited = false, isClaimed = false;
    std::string sku, location, payment, cause, expected, actual;
    int lineCount = 0;
    std::int64_t seq = 0;
};

/// "Over 9,318.60, Under 3,866.20, Blocked 1,327.50" of one currency. Never added across
/// currencies.
struct RiskTotals {
    money::Currency currency;
    money::Money over, under, blocked, stock;
    std::string sumShown; ///< how the figures were made, for the tip
};

enum class FeedHealth : std::uint8_t { Fresh, Late, Failing, NotConnected, NeverRead };
struct Freshness {
    Platform platform = Platform::None;
    FeedHealth health = FeedHealth::NeverRead;
    std::optional<Instant> lastRead;
    std::string detail; ///< "has not answered since 10:29, HTTP 500, 4 times"
};

/// Everything of the frame that is not the list: rail counts, money at risk, freshness, status bar.
struct FrameView {
    std::string siteName;
    int siteCount = 1;
    int open = 0, cases = 0, mine = 0, customerService = 0, finance = 0, warehouse = 0,
        integration = 0, snoozed = 0, expected = 0, approvalsWaiting = 0, healthProblems = 0;
    int quarantineReturns = 0; ///< returns whose goods are here
    int notJudgedReturns = 0;
    std::string notJudgedReasons;   ///< "9 no inspection source, 3 fact unknown"
    std::vector<RiskTotals> totals; ///< shop currency first
    std::vector<Freshness> feeds;
    int writesWaiting = 0;
    int returngoCallsUsed = 0, returngoCallsCap = 0;
    std::string personName, personNote; ///< "Priya Shah", "Approves to £500"
    bool isStopAll = false;
    bool isReadOnly = false;
    bool isCounting = false;  ///< only the first rows were read yet: counts and totals are to come
    std::string banner;       ///< worst problem, plain; empty: none
    std::string bannerAction; ///< text of its one button; empty: none
    std::int64_t seq = 0;
    Instant at{};
};

// ---- drill-down
// ---------------------------------------------------------------------------------------------------------

enum class CellState : std::uint8_t {
    Equal,
    Differs,
    Late,
    Unread,
    NotHeld, ///< that system does not hold it: em dash
    Empty,   ///< it should hold it and does not: "empty" with a Fix link where there is one
    Ask      ///< nothing decided yet
};
enum class System : std::uint8_t { SparkLayer, Shopify, ReturnGo, Erp, ShouldBe };
struct ComparisonCell {
    std::string text;
    CellState state = CellState::NotHeld;
    std::string tip;   ///< field, source, read time, age
    std::string field; ///< our word, one of decode/pointers.h; empty: no single value of a document
    domain::DocumentRef document;
    std::string subject; ///< which element of a list in it: a line, a unit, a SKU; may be empty
    std::string pointer; ///< JSON pointer in it; empty: not known
    bool isNumber = false;
    std::string fix; ///< action word of a Fix link ("set-po"), empty: none
};
struct ComparisonRow {
    std::string label;
    bool isStrong = false; ///< "Credit in total"
    std::map<System, ComparisonCell> cells;
    std::vector<std::string> provenance; ///< "trade-uk list 14.95", "24-break 13.59", "-8 %
                                         ///< customer"; shown as boxes under the row
    std::string provenanceResult;        ///< "12.50"
};
struct ComparisonGroup {
    std::string title;    ///< "" for the head rows, "Order", "BEAN-1KG"
    std::string subtitle; ///< "Espresso beans 1 kg"
    std::string summary;  ///< "8 of 24 · 5 A, 1 B, 1 D in transit, 1 to do", "3 facts agree"
    bool isAgreeing = false;
    bool isOpen = true;
    std::vector<ComparisonRow> rows;
};

struct TimelineEvent {
    System lane = System::Shopify;
    Instant at{};
    std::string text;
    bool isPhysical = false; ///< filled dot
    bool isDriftStart = false;
};
struct TimelineView {
    std::vector<TimelineEvent> events;
    std::map<System, std::string> laneNotes; ///< "no change, balance owed 3,412.60"
    std::optional<Instant> driftSince;
};

struct PlaybookStep {
    std::string text;
    std::string owner;
    bool isDone = false; ///< the system proved it
    std::string
        action; ///< "credit", "release", "stop-payment", "set-po", "open-returngo"; empty: none
    std::string url; ///< deep link, empty: none
};

struct NoteView {
    std::string person;
    Instant at{};
    std::string text;
};

struct DocumentView {
    domain::DocumentRef ref;
    std::string title; ///< "ReturnGO RMA 7000412, version 3"
    std::string body;  ///< pretty JSON text
};

struct FindingSentence {
    FindingId id;
    domain::FindingType type = domain::FindingType::UnknownValue;
    domain::Severity severity = domain::Severity::Low;
    std::string bold, rest;
};

struct CaseView {
    std::string site;
    CaseId id;
    std::string rma, order, po, customer, customerNote;
    std::string title; ///< of the worst finding
    std::optional<money::Money> atRisk;
    domain::Severity severity = domain::Severity::Low;
    std::string ownerText;        ///< "Priya Shah, Finance"
    std::string ageText, slaText; ///< "Open 2 d 4 h", "1 h past SLA"
    std::vector<FindingSentence> sentences;
    std::vector<QueueRow> findings;
    std::vector<std::string> notJudged; ///< sentences
    std::string unexplained;            ///< "Unexplained: 0.00"
    int differing = 0;
    std::vector<ComparisonGroup> comparison;
    TimelineView timeline;
    std::vector<PlaybookStep> playbook;
    std::vector<NoteView> notes;
    std::vector<DocumentView>
        documents; ///< newest version of each, bodies loaded on demand (empty here)
    Allowed credit, release, setPo, inspect, stopPayment;
    std::string creditLabel, releaseLabel; ///< "Issue account credit", "Release 8 units"
    std::string inspectNote;               ///< "3 of 14 units to inspect"
    std::string returngoUrl, shopifyUrl;
    Instant at{};
};

struct TraceView {
    domain::FindingType type = domain::FindingType::UnknownValue;
    std::string outcome; ///< passes, fails, not judged, hidden, expected, not applicable
    std::string text;
    std::vector<std::pair<std::string, std::string>>
        values; ///< label -> value with its source and grade
};

// ---- actions
// -----------------------------------------------------------------------------------------------------------

struct SheetLine {
    std::string sku, title; ///< "BEAN-1KG", "8 of 24 at 12.50"
    std::string verdicts;   ///< "5 A, 1 B, 1 damaged in transit, 1 to do"
    int unitsNow = 0;
    std::string net, tax, creditNow, forecast, notDue, returngo;
    bool isReturngoOff = false; ///< ReturnGO's figure is not the expected one, beyond rounding
};
struct SheetStep {
    int number = 0;
    std::string title, system; ///< "Account credit", "Shopify, SparkLayer balance"
    std::string state; ///< "do this first, then watched", "waits for 1", "held 8 s", "settling",
                       ///< "proved" ...
    std::vector<std::string> calls; ///< code lines, secrets masked
    bool isAttention = false;
    bool hasDeepLink = false;
    std::string url;
    bool canTick = false; ///< step 0: "Stopped in ReturnGO" with a reason
};
enum class CheckState : std::uint8_t { Passed, Attention, Blocking };
struct SheetCheck {
    CheckState state = CheckState::Passed;
    std::string text, value;
};
struct CreditPreview {
    std::string site;
    CaseId caseId;
    std::string rma, order, po, customer;
    std::string headline; ///< "Northwind Cafes Ltd will owe £97.10 less."
    std::vector<SheetLine> lines;
    std::string feesText;
    SheetLine total;
    std::string dueText,
        forecastText; ///< "Part credit now, 97.10", "Wait for 3 units, forecast 119.20"
    std::string owedNow, owedAfter, availableNow, availableAfter, limitText, readText, shareText;
    std::vector<SheetStep> steps;
    std::vector<SheetCheck> checks;
    std::string attentionText;
    std::string approvalRule, approvalHere; ///< the rule, and what it means for this amount
    std::vector<std::string> signers;       ///< "Priya Shah prepares", "Tom Marsh approves"
    std::vector<std::string> reasonChoices;
    std::string planHash, planJson;
    Allowed propose, issue; ///< request approval / issue now
    std::string issueLabel, proposeLabel;
    std::string notSent; ///< "Not sent: no Shopify refund, ..."
};

struct ReleaseLine {
    std::string sku, title, location, lot;
    CaseId caseId;
    std::string rma;
    int units = 0;
    std::int64_t availableBefore = 0, availableAfter = 0;
    std::string note; ///< "Q-0428, 5 A-grade, 1 of 8 still to do"
    bool isOn = true;
};
struct ReleasePreview {
    std::string site;
    std::vector<ReleaseLine> lines;
    std::vector<std::pair<std::string, int>> unitsByLocation;
    std::string valueText, approvalText;
    std::vector<SheetStep> steps;
    std::vector<SheetCheck> checks;
    std::string planHash, planJson;
    Allowed release;
    std::string releaseLabel; ///< "Release 8 units" or "Request release of 62"
    bool isRequest = false;   ///< filing it asks for a second person instead of releasing
};

struct InspectionUnit {
    UnitId unit;
    int ordinal = 0;
    std::string sku, title;
    std::optional<domain::UnitVerdict> verdict;
    domain::DamageCause cause = domain::DamageCause::None;
    std::string shareText, note, person, at;
};
struct LotView {
    std::string id; ///< "Q-7000412-BEAN-1KG"; "" for the unassigned remainder
    std::string site;
    CaseId caseId;
    std::string rma, sku, title, customer, location;
    std::string stage; ///< not-inspected, part-inspected, ready, held, unassigned
    int units = 0, toDo = 0;
    std::map<domain::UnitVerdict, int> counts;
    std::optional<money::Money> value;
    std::optional<Instant> since;
    std::vector<InspectionUnit> rows;
    std::string note; ///< "level 15, lots 12"
};
struct QuarantineView {
    std::vector<LotView> lots;
    std::string summary; ///< "10 lots and 1 remainder, 208 units"
};

struct ActionView {
    ActionId id;
    std::string site;
    CaseId caseId;
    std::string rma, order, customer;
    domain::ActionKind kind = domain::ActionKind::Credit;
    domain::ActionState state = domain::ActionState::Proposed;
    std::string title;     ///< "Account credit £41.60, Harrow Lane"
    std::string stateText; ///< "sent, balance agrees", "held 8 s"
    std::string goesTo, by;
    Instant at{};
    std::optional<Instant> heldUntil;
    Allowed approve, reject, undo;
    std::string problem;
    std::vector<std::pair<std::string, bool>> signatures; ///< person or "not signed"
};

// ---- health
// -------------------------------------------------------------------------------------------------------------

struct PlatformCard {
    Platform platform = Platform::None;
    FeedHealth health = FeedHealth::NeverRead;
    std::string stateText;                                 ///< "working", "not answering"
    std::vector<std::pair<std::string, std::string>> rows; ///< "Last read" -> "10:41:58, 12 s ago"
    std::vector<int> answerMillis;                         ///< newest last, for the spark line
};
struct BudgetSlice {
    std::string callClass, label;
    int calls = 0;
};
struct LoopRow {
    std::string label, interval, last;
    bool isFailing = false;
};
struct HealthView {
    std::vector<PlatformCard> platforms;
    std::vector<BudgetSlice> budget;
    int budgetUsed = 0, budgetCap = 0;
    std::vector<int> budgetSteps; ///< 1400, 1700, 1900
    std::int64_t auditEntries = 0;
    std::string auditState; ///< Unbroken, Broken at entry N, Not verified
    std::string auditHead, auditLastEntry, auditLastCheck;
    std::vector<ActionView> changes;
    std::vector<LoopRow> loops;
    std::vector<std::string> setAside; ///< records that would not decode, with reasons
};

/// Answer of one `doctor` check.
struct DoctorCheck {
    std::string id, text, detail;
    CheckState state = CheckState::Passed;
};

} // namespace counterfoil::view
