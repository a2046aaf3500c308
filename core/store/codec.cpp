#include "core/store/codec.h"

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/domain/own_action.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace counterfoil::store {

using domain::DocumentKind;
using domain::Evidence;
using domain::Finding;
using domain::FindingType;
using domain::Phrase;
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> kFinalityWords{"leaves-now", "soon", "ordinary", "final"};
constexpr std::size_t kKinds = 16;
constexpr std::size_t kStates = 14;
constexpr std::size_t kRisks = 5;

std::string dump(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json toJson(const Phrase& phrase)
{
    json values = json::array();
    for (const auto& [name, value] : phrase.values)
        values.push_back({name, value});
    return {{"code", phrase.code}, {"values", std::move(values)}};
}

Phrase phraseOf(const json& value)
{
    Phrase phrase(value.at("code").get<std::string>());
    for (const json& pair : value.at("values"))
        phrase.with(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    return phrase;
}

json toJson(const money::Money& amount)
{
    return {{"minor", amount.minor()}, {"currency", amount.currency().code()}};
}

money::Money moneyOf(const json& value)
{
    const auto code = value.at("currency").get<std::string>();
    if (code.empty())
        return money::Money::fromMinor(value.at("minor").get<std::int64_t>(), money::Currency());
    const Result<money::Currency> currency = money::Currency::fromCode(code);
    if (!currency)
        throw json::other_error::create(600, "unknown currency", nullptr);
    return money::Money::fromMinor(value.at("minor").get<std::int64_t>(), *currency);
}

template <class T> json optionalJson(const std::optional<T>& value)
{
    return value ? toJson(*value) : json(nullptr);
}

json optionalJson(const std::optional<Instant>& value)
{
    return value ? json(toMillis(*value)) : json(nullptr);
}

std::optional<Instant> instantOf(const json& value)
{
    return value.is_null() ? std::nullopt
                           : std::optional<Instant>(fromMillis(value.get<std::int64_t>()));
}

std::optional<money::Money> maybeMoneyOf(const json& value)
{
    return value.is_null() ? std::nullopt : std::optional<money::Money>(moneyOf(value));
}

template <class Id> json idsJson(const std::vector<Id>& ids)
{
    json list = json::array();
    for (const Id& id : ids)
        list.push_back(id.value);
    return list;
}

template <class Id> std::vector<Id> idsOf(const json& list)
{
    std::vector<Id> ids;
    for (const json& id : list)
        ids.emplace_back(id.get<std::string>());
    return ids;
}

json typesJson(const std::vector<FindingType>& types)
{
    json list = json::array();
    for (const FindingType type : types)
        list.push_back(findingTypeId(type));
    return list;
}

FindingType typeOf(const json& value)
{
    const auto type = domain::findingTypeFromId(value.get<std::string>());
    if (!type)
        throw json::other_error::create(601, "unknown finding type", nullptr);
    return *type;
}

template <class E, std::size_t N>
E wordOf(const json& value, const std::array<std::string_view, N>& words)
{
    const auto word = value.get<std::string>();
    for (std::size_t i = 0; i < N; ++i) {
        if (words[i] == word)
            return static_cast<E>(i);
    }
    throw json::other_error::create(602, "unknown word", nullptr);
}

std::array<std::string_view, kRisks> riskWords()
{
    std::array<std::string_view, kRisks> words;
    for (std::size_t i = 0; i < kRisks; ++i)
        words[i] = riskKindWord(static_cast<domain::RiskKind>(i));
    return words;
}

/// @param isShort leaves out where and when a value was read
json toJson(const Evidence& evidence, bool isShort)
{
    json value{{"field", evidence.field}, {"value", evidence.value}};
    if (isShort)
        return value;
    const domain::DocumentRef& ref = evidence.document;
    value["document"] = {{"platform", platformWord(ref.platform)},
                         {"kind", documentKindWord(ref.kind)},
                         {"id", ref.externalId},
                         {"version", ref.version},
                         {"observed", toMillis(ref.observedAt)}};
    value["pointer"] = evidence.pointer;
    return value;
}

Evidence evidenceOf(const json& value)
{
    Evidence evidence;
    evidence.field = value.at("field").get<std::string>();
    evidence.value = value.at("value").get<std::string>();
    evidence.pointer = value.at("pointer").get<std::string>();
    const json& document = value.at("document");
    evidence.document.platform =
        platformFromWord(document.at("platform").get<std::string>()).value_or(Platform::None);
    evidence.document.kind =
        documentKindFromWord(document.at("kind").get<std::string>()).value_or(DocumentKind::Order);
    evidence.document.externalId = document.at("id").get<std::string>();
    evidence.document.version = document.at("version").get<std::int64_t>();
    evidence.document.observedAt = fromMillis(document.at("observed").get<std::int64_t>());
    return evidence;
}

json toJson(const Finding& finding, bool isShort)
{
    json evidence = json::array();
    for (const Evidence& row : finding.evidence)
        evidence.push_back(toJson(row, isShort));
    return {{"type", findingTypeId(finding.type)},
            {"subject", finding.subject},
            {"variant", finding.variant},
            {"owner", ownerWord(finding.owner)},
            {"severity", severityWord(finding.severity)},
            {"at_risk", optionalJson(finding.atRisk)},
            {"at_risk_shop", optionalJson(finding.atRiskShop)},
            {"risk_kind", riskKindWord(finding.riskKind)},
            {"finality", kFinalityWords[static_cast<std::size_t>(finding.finality)]},
            {"expected", finding.expected},
            {"actual", finding.actual},
            {"title", toJson(finding.title)},
            {"reason", toJson(finding.reason)},
            {"cause", toJson(finding.cause)},
            {"cause_code", finding.causeCode},
            {"sku", finding.sku},
            {"lines", idsJson(finding.lines)},
            {"units", idsJson(finding.units)},
            {"hidden", typesJson(finding.hiddenTypes)},
            {"since", optionalJson(finding.since)},
            {"grace_until", optionalJson(finding.graceUntil)},
            {"evidence", std::move(evidence)}};
}

Finding findingOf(const json& value)
{
    Finding finding;
    finding.type = typeOf(value.at("type"));
    finding.subject = value.at("subject").get<std::string>();
    finding.variant = value.at("variant").get<std::string>();
    finding.owner = domain::ownerFromWord(value.at("owner").get<std::string>())
                        .value_or(domain::Owner::Finance);
    finding.severity = domain::severityFromWord(value.at("severity").get<std::string>())
                           .value_or(domain::Severity::Medium);
    finding.atRisk = maybeMoneyOf(value.at("at_risk"));
    finding.atRiskShop = maybeMoneyOf(value.at("at_risk_shop"));
    finding.riskKind = wordOf<domain::RiskKind>(value.at("risk_kind"), riskWords());
    finding.finality = wordOf<domain::Finality>(value.at("finality"), kFinalityWords);
    finding.expected = value.at("expected").get<std::string>();
    finding.actual = value.at("actual").get<std::string>();
    finding.title = phraseOf(value.at("title"));
    finding.reason = phraseOf(value.at("reason"));
    finding.cause = phraseOf(value.at("cause"));
    finding.causeCode = value.at("cause_code").get<std::string>();
    finding.sku = value.at("sku").get<std::string>();
    finding.lines = idsOf<LineId>(value.at("lines"));
    finding.units = idsOf<UnitId>(value.at("units"));
    for (const json& type : value.at("hidden"))
        finding.hiddenTypes.push_back(typeOf(type));
    finding.since = instantOf(value.at("since"));
    finding.graceUntil = instantOf(value.at("grace_until"));
    for (const json& row : value.at("evidence"))
        finding.evidence.push_back(evidenceOf(row));
    return finding;
}

json toJson(const CaseRow& row)
{
    return {{"rma", row.rma},
            {"order", row.order},
            {"order_name", row.orderName},
            {"po", row.po},
            {"customer", row.customer},
            {"customer_note", row.customerNote},
            {"rma_status", row.rmaStatus},
            {"payment", row.paymentWord}};
}

CaseRow rowOf(const json& value)
{
    CaseRow row;
    row.rma = value.at("rma").get<std::string>();
    row.order = value.at("order").get<std::string>();
    row.orderName = value.at("order_name").get<std::string>();
    row.po = value.at("po").get<std::string>();
    row.customer = value.at("customer").get<std::string>();
    row.customerNote = value.at("customer_note").get<std::string>();
    row.rmaStatus = value.at("rma_status").get<std::string>();
    row.paymentWord = value.at("payment").get<std::string>();
    return row;
}

/// Runs @p read on the parsed text; whatever the library throws ends here as a Store error.
template <class Read>
auto parsed(std::string_view text, Read read) -> Result<decltype(read(json()))>
{
    try {
        return read(json::parse(text));
    } catch (const json::exception& error) {
        return fail(ErrorCode::Store,
                    fmt::format("A stored row was not written by this program: {}", error.what()));
    }
}

} // namespace

std::string findingText(const FindingContent& content)
{
    return dump({{"finding", toJson(content.finding, false)}, {"row", toJson(content.row)}});
}

Result<FindingContent> findingFromText(std::string_view text)
{
    return parsed(text, [](const json& value) {
        return FindingContent{findingOf(value.at("finding")), rowOf(value.at("row"))};
    });
}

std::string findingHash(const FindingContent& content)
{
    json finding = toJson(content.finding, true);
    finding.erase("since");
    return sha256Hex(dump({{"finding", std::move(finding)}, {"row", toJson(content.row)}}))
        .substr(0, 32);
}

std::string findingSummary(const Finding& finding)
{
    return dump({{"type", findingTypeId(finding.type)},
                 {"variant", finding.variant},
                 {"severity", severityWord(finding.severity)},
                 {"at_risk", optionalJson(finding.atRisk)},
                 {"expected", finding.expected},
                 {"actual", finding.actual},
                 {"grace_until", optionalJson(finding.graceUntil)}});
}

std::string judgementText(const domain::Judgement& judgement)
{
    json findings = json::array();
    for (const Finding& finding : judgement.findings)
        findings.push_back(toJson(finding, false));
    json refused = json::array();
    for (const domain::NotJudged& entry : judgement.notJudged)
        refused.push_back({{"type", findingTypeId(entry.type)}, {"reason", toJson(entry.reason)}});
    return dump({{"findings", std::move(findings)},
                 {"not_judged", std::move(refused)},
                 {"again_at", optionalJson(judgement.judgeAgainAt)},
                 {"history", judgement.isHistory}});
}

Result<domain::Judgement> judgementFromText(std::string_view text)
{
    return parsed(text, [](const json& value) {
        domain::Judgement judgement;
        for (const json& row : value.at("findings"))
            judgement.findings.push_back(findingOf(row));
        for (const json& row : value.at("not_judged")) {
            domain::NotJudged entry;
            entry.type = typeOf(row.at("type"));
            entry.reason = phraseOf(row.at("reason"));
            judgement.notJudged.push_back(std::move(entry));
        }
        judgement.judgeAgainAt = instantOf(value.at("again_at"));
        judgement.isHistory = value.at("history").get<bool>();
        return judgement;
    });
}

std::string phraseText(const Phrase& phrase)
{
    return dump(toJson(phrase));
}

Result<Phrase> phraseFromText(std::string_view text)
{
    return parsed(text, [](const json& value) { return phraseOf(value); });
}

std::string actionText(const actions::ActionRecord& record)
{
    const domain::OwnAction& head = record.head;
    return dump(
        {{"id", head.id.value},
         {"kind", actionKindWord(head.kind)},
         {"state", actionStateWord(head.state)},
         {"book", bookWord(head.book)},
         {"purpose", head.purpose == domain::Purpose::Principal ? "principal" : "correction"},
         {"rma", head.rma.value},
         {"order", head.order.value},
         {"units", idsJson(head.units)},
         {"amount", toJson(head.amount)},
         {"sku", head.sku},
         {"quantity", head.quantity},
         {"from", head.from.value},
         {"to", head.to.value},
         {"created", toMillis(head.createdAt)},
         {"changed", toMillis(head.changedAt)},
         {"sent", optionalJson(head.sentAt)},
         {"proposer", head.proposer.value},
         {"site", record.site},
         {"case", record.caseId.value},
         {"finding", record.finding.value},
         {"natural_key", record.naturalKey},
         {"plan_hash", record.planHash},
         {"reason_code", record.reasonCode},
         {"reason_text", record.reasonText},
         {"held_until", optionalJson(record.heldUntil)},
         {"prove_by", optionalJson(record.proveBy)},
         {"proof", record.proofText},
         {"problem", toJson(record.problem)},
         {"second_person", record.needsSecondPerson},
         {"front_end", record.isFrontEndWaiting}});
}

namespace {

domain::OwnAction headOf(const json& value)
{
    constexpr std::array<std::string_view, 2> kPurposes{"principal", "correction"};
    constexpr std::array<std::string_view, 3> kActions{"credit", "release", "set-po"};
    std::array<std::string_view, 4> books;
    for (std::size_t i = 0; i < books.size(); ++i)
        books[i] = bookWord(static_cast<domain::Book>(i));
    domain::OwnAction head;
    head.id = ActionId(value.at("id").get<std::string>());
    head.kind = wordOf<domain::ActionKind>(value.at("kind"), kActions);
    const auto state = actionStateFromWord(value.at("state").get<std::string>());
    if (!state)
        throw json::other_error::create(603, "unknown state", nullptr);
    head.state = *state;
    head.book = wordOf<domain::Book>(value.at("book"), books);
    head.purpose = wordOf<domain::Purpose>(value.at("purpose"), kPurposes);
    head.rma = RmaId(value.at("rma").get<std::string>());
    head.order = OrderId(value.at("order").get<std::string>());
    head.units = idsOf<UnitId>(value.at("units"));
    head.amount = moneyOf(value.at("amount"));
    head.sku = value.at("sku").get<std::string>();
    head.quantity = value.at("quantity").get<std::int64_t>();
    head.from = LocationId(value.at("from").get<std::string>());
    head.to = LocationId(value.at("to").get<std::string>());
    head.createdAt = fromMillis(value.at("created").get<std::int64_t>());
    head.changedAt = fromMillis(value.at("changed").get<std::int64_t>());
    head.sentAt = instantOf(value.at("sent"));
    head.proposer = PersonId(value.at("proposer").get<std::string>());
    return head;
}

} // namespace

Result<actions::ActionRecord> actionFromText(std::string_view text)
{
    return parsed(text, [](const json& value) {
        actions::ActionRecord record;
        record.head = headOf(value);
        record.site = value.at("site").get<std::string>();
        record.caseId = CaseId(value.at("case").get<std::string>());
        record.finding = FindingId(value.at("finding").get<std::string>());
        record.naturalKey = value.at("natural_key").get<std::string>();
        record.planHash = value.at("plan_hash").get<std::string>();
        record.reasonCode = value.at("reason_code").get<std::string>();
        record.reasonText = value.at("reason_text").get<std::string>();
        record.heldUntil = instantOf(value.at("held_until"));
        record.proveBy = instantOf(value.at("prove_by"));
        record.proofText = value.at("proof").get<std::string>();
        record.problem = phraseOf(value.at("problem"));
        record.needsSecondPerson = value.at("second_person").get<bool>();
        record.isFrontEndWaiting = value.at("front_end").get<bool>();
        return record;
    });
}

std::optional<domain::ActionState> actionStateFromWord(std::string_view word)
{
    for (std::size_t i = 0; i < kStates; ++i) {
        const auto state = static_cast<domain::ActionState>(i);
        if (actionStateWord(state) == word)
            return state;
    }
    return std::nullopt;
}

std::string unknownsText(const std::vector<domain::UnknownSeen>& unknowns)
{
    if (unknowns.empty())
        return {};
    json list = json::array();
    for (const domain::UnknownSeen& unknown : unknowns)
        list.push_back({{"field", unknown.field}, {"value", unknown.value}});
    return dump(list);
}

std::vector<domain::UnknownSeen> unknownsFromText(std::string_view text,
                                                  const domain::DocumentRef& ref)
{
    std::vector<domain::UnknownSeen> unknowns;
    if (text.empty())
        return unknowns;
    const json list = json::parse(text, nullptr, false);
    if (!list.is_array())
        return unknowns;
    for (const json& row : list)
        unknowns.push_back({ref, row.value("field", ""), row.value("value", "")});
    return unknowns;
}

std::optional<DocumentKind> documentKindFromWord(std::string_view word)
{
    for (std::size_t i = 0; i < kKinds; ++i) {
        const auto kind = static_cast<DocumentKind>(i);
        if (documentKindWord(kind) == word)
            return kind;
    }
    return std::nullopt;
}

std::string_view joinName(std::string_view name)
{
    name = trimmed(name);
    if (!name.empty() && name.front() == '#')
        name.remove_prefix(1);
    return name;
}

Platform platformOf(DocumentKind kind)
{
    switch (kind) {
    case DocumentKind::Order:
    case DocumentKind::OrderLines:
    case DocumentKind::OrderMoney:
    case DocumentKind::OrderReturns:
    case DocumentKind::OrderAgreements:
    case DocumentKind::Draft:
    case DocumentKind::Account:
    case DocumentKind::StockLevel:
    case DocumentKind::ShopSetup:
        return Platform::Shopify;
    case DocumentKind::Purchase:
    case DocumentKind::PurchaseTransactions:
    case DocumentKind::PriceExplanation:
    case DocumentKind::SparkStock:
        return Platform::SparkLayer;
    case DocumentKind::Rma:
    case DocumentKind::RmaSummary:
    case DocumentKind::RmaTransaction:
        return Platform::ReturnGo;
    }
    return Platform::None;
}

std::string objectText(const std::vector<std::pair<std::string, std::string>>& members)
{
    json value = json::object();
    for (const auto& [key, text] : members)
        value[key] = text;
    return dump(value);
}

} // namespace counterfoil::store
