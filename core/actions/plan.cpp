#include "core/actions/plan.h"

#include "core/base/digest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::actions {

namespace {

using Json = nlohmann::json; // objects keep their keys sorted: the text is canonical

constexpr std::array<std::string_view, 7> kStepWords{"done",  "claimed",     "to-do", "this",
                                                     "waits", "not-present", "open"};

Json moneyJson(const money::Money& amount)
{
    return {{"minor", amount.minor()}, {"currency", std::string(amount.currency().code())}};
}

money::Money moneyOf(const Json& json)
{
    const Result<money::Currency> currency =
        money::Currency::fromCode(json.at("currency").get<std::string>());
    return money::Money::fromMinor(json.at("minor").get<std::int64_t>(),
                                   currency ? *currency : money::Currency());
}

Json phraseJson(const domain::Phrase& phrase)
{
    Json values = Json::array();
    for (const auto& [name, value] : phrase.values)
        values.push_back({name, value});
    return {{"code", phrase.code}, {"values", std::move(values)}};
}

domain::Phrase phraseOf(const Json& json)
{
    domain::Phrase phrase(json.at("code").get<std::string>());
    for (const Json& row : json.at("values"))
        phrase.with(row.at(0).get<std::string>(), row.at(1).get<std::string>());
    return phrase;
}

Json signedPart(const Plan& plan)
{
    Json units = Json::array();
    for (const PlanUnit& unit : plan.units) {
        units.push_back({{"unit", unit.unit.value},
                         {"line", unit.line.value},
                         {"sku", unit.sku},
                         {"verdict", unit.verdict},
                         {"net", moneyJson(unit.net)},
                         {"tax", moneyJson(unit.tax)},
                         {"gross", moneyJson(unit.gross)},
                         {"invoiced", moneyJson(unit.invoicedGross)}});
    }
    Json fees = Json::array();
    for (const PlanFee& fee : plan.fees) {
        fees.push_back({{"kind", fee.kind},
                        {"net", moneyJson(fee.net)},
                        {"tax", moneyJson(fee.tax)},
                        {"gross", moneyJson(fee.gross)}});
    }
    return {{"kind", std::string(domain::actionKindWord(plan.kind))},
            {"site", plan.site.value},
            {"case", plan.caseId.value},
            {"rma", plan.rma.value},
            {"order", plan.order.value},
            {"order_name", plan.orderName},
            {"order_gid", plan.orderGid},
            {"customer", plan.customer.value},
            {"customer_gid", plan.customerGid},
            {"natural_key", plan.naturalKey},
            {"route", plan.route},
            {"below_zero_allowed", plan.isBelowZeroAllowed},
            {"units", std::move(units)},
            {"fees", std::move(fees)},
            {"net", moneyJson(plan.net)},
            {"tax", moneyJson(plan.tax)},
            {"gross", moneyJson(plan.gross)},
            {"sku", plan.sku},
            {"item", plan.item.value},
            {"from", plan.from.value},
            {"to", plan.to.value},
            {"quantity", plan.quantity},
            {"po_before", plan.poBefore},
            {"po_after", plan.poAfter},
            {"bound", plan.bound},
            {"constraints", plan.constraints}};
}

Json shownPart(const Plan& plan)
{
    Json shown = {{"forecast", moneyJson(plan.forecast)}, {"not_due", moneyJson(plan.notDue)}};
    Json predictions = Json::array(), steps = Json::array(), checks = Json::array(),
         calls = Json::array(), effects = Json::array(), notSent = Json::array();
    for (const Prediction& row : plan.predictions) {
        predictions.push_back({{"system", std::string(platformWord(row.system))},
                               {"field", row.field},
                               {"before", row.before},
                               {"after", row.after},
                               {"at_send", row.isReadAtSend}});
    }
    for (const Step& step : plan.steps) {
        steps.push_back({{"number", step.number},
                         {"title", phraseJson(step.title)},
                         {"state", std::string(stepStateWord(step.state))},
                         {"note", phraseJson(step.note)},
                         {"calls", step.calls}});
    }
    for (const Check& check : plan.checks) {
        checks.push_back({{"level", static_cast<int>(check.level)},
                          {"text", phraseJson(check.text)},
                          {"figure", check.figure}});
    }
    for (const PlannedCall& call : plan.calls) {
        calls.push_back({{"label", call.label},
                         {"platform", std::string(platformWord(call.platform))},
                         {"method", call.method},
                         {"path", call.path},
                         {"body", call.body},
                         {"at_send", call.readAtSend}});
    }
    for (const domain::Phrase& phrase : plan.sideEffects)
        effects.push_back(phraseJson(phrase));
    for (const domain::Phrase& phrase : plan.notSent)
        notSent.push_back(phraseJson(phrase));
    shown["predictions"] = std::move(predictions);
    shown["steps"] = std::move(steps);
    shown["checks"] = std::move(checks);
    shown["calls"] = std::move(calls);
    shown["side_effects"] = std::move(effects);
    shown["not_sent"] = std::move(notSent);
    shown["need"] = {{"shop_minor", plan.need.shopMinor},
                     {"exact_in_two", plan.need.isExactInTwo},
                     {"refund_requested", plan.need.isRefundRequested},
                     {"below_zero", plan.need.isBelowZero},
                     {"other_amount", plan.need.isOtherAmount}};
    return shown;
}

void readSigned(const Json& json, Plan& plan)
{
    plan.kind = domain::ActionKind::SetPo;
    for (const domain::ActionKind kind :
         {domain::ActionKind::Credit, domain::ActionKind::Release}) {
        if (json.at("kind").get<std::string>() == domain::actionKindWord(kind))
            plan.kind = kind;
    }
    const auto text = [&json](const char* key) { return json.at(key).get<std::string>(); };
    plan.site = SiteId(text("site"));
    plan.caseId = CaseId(text("case"));
    plan.rma = RmaId(text("rma"));
    plan.order = OrderId(text("order"));
    plan.orderName = text("order_name");
    plan.orderGid = text("order_gid");
    plan.customer = CustomerId(text("customer"));
    plan.customerGid = text("customer_gid");
    plan.naturalKey = text("natural_key");
    plan.route = text("route");
    plan.isBelowZeroAllowed = json.at("below_zero_allowed").get<bool>();
    for (const Json& row : json.at("units")) {
        PlanUnit unit;
        unit.unit = UnitId(row.at("unit").get<std::string>());
        unit.line = LineId(row.at("line").get<std::string>());
        unit.sku = row.at("sku").get<std::string>();
        unit.verdict = row.at("verdict").get<std::string>();
        unit.net = moneyOf(row.at("net"));
        unit.tax = moneyOf(row.at("tax"));
        unit.gross = moneyOf(row.at("gross"));
        unit.invoicedGross = moneyOf(row.at("invoiced"));
        plan.units.push_back(std::move(unit));
    }
    for (const Json& row : json.at("fees")) {
        plan.fees.push_back({row.at("kind").get<std::string>(), moneyOf(row.at("net")),
                             moneyOf(row.at("tax")), moneyOf(row.at("gross"))});
    }
    plan.net = moneyOf(json.at("net"));
    plan.tax = moneyOf(json.at("tax"));
    plan.gross = moneyOf(json.at("gross"));
    plan.sku = text("sku");
    plan.item = InventoryItemId(text("item"));
    plan.from = LocationId(text("from"));
    plan.to = LocationId(text("to"));
    plan.quantity = json.at("quantity").get<std::int64_t>();
    plan.poBefore = text("po_before");
    plan.poAfter = text("po_after");
    plan.bound = json.at("bound").get<std::map<std::string, std::string>>();
    plan.constraints = json.at("constraints").get<std::vector<std::string>>();
}

void readSteps(const Json& json, Plan& plan)
{
    for (const Json& row : json.at("steps")) {
        Step step;
        step.number = row.at("number").get<int>();
        step.title = phraseOf(row.at("title"));
        const auto word = row.at("state").get<std::string>();
        const auto* const found = std::find(kStepWords.begin(), kStepWords.end(), word);
        if (found != kStepWords.end())
            step.state = static_cast<StepState>(found - kStepWords.begin());
        step.note = phraseOf(row.at("note"));
        step.calls = row.at("calls").get<std::vector<std::string>>();
        plan.steps.push_back(std::move(step));
    }
    for (const Json& row : json.at("checks")) {
        Check check;
        check.level = static_cast<CheckLevel>(std::clamp(row.at("level").get<int>(), 0, 2));
        check.text = phraseOf(row.at("text"));
        check.figure = row.at("figure").get<std::string>();
        plan.checks.push_back(std::move(check));
    }
}

void readShown(const Json& json, Plan& plan)
{
    plan.forecast = moneyOf(json.at("forecast"));
    plan.notDue = moneyOf(json.at("not_due"));
    for (const Json& row : json.at("predictions")) {
        plan.predictions.push_back(
            {platformFromWord(row.at("system").get<std::string>()).value_or(Platform::None),
             row.at("field").get<std::string>(), row.at("before").get<std::string>(),
             row.at("after").get<std::string>(), row.at("at_send").get<bool>()});
    }
    readSteps(json, plan);
    for (const Json& row : json.at("calls")) {
        plan.calls.push_back(
            {row.at("label").get<std::string>(),
             platformFromWord(row.at("platform").get<std::string>()).value_or(Platform::None),
             row.at("method").get<std::string>(), row.at("path").get<std::string>(),
             row.at("body").get<std::string>(), row.at("at_send").get<std::vector<std::string>>()});
    }
    for (const Json& row : json.at("side_effects"))
        plan.sideEffects.push_back(phraseOf(row));
    for (const Json& row : json.at("not_sent"))
        plan.notSent.push_back(phraseOf(row));
    const Json& need = json.at("need");
    plan.need.shopMinor = need.at("shop_minor").get<std::int64_t>();
    plan.need.isExactInTwo = need.at("exact_in_two").get<bool>();
    plan.need.isRefundRequested = need.at("refund_requested").get<bool>();
    plan.need.isBelowZero = need.at("below_zero").get<bool>();
    plan.need.isOtherAmount = need.at("other_amount").get<bool>();
    plan.need.customer = plan.customer;
}

/// Broken UTF-8 cannot reach a plan (texts are sanitised on entry); were it to, it is replaced.
std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string_view stepStateWord(StepState state)
{
    return kStepWords[static_cast<std::size_t>(state)];
}

const Check* Plan::firstBlocking() const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [](const Check& check) {
        return check.level == CheckLevel::Blocking;
    });
    return found == checks.end() ? nullptr : &*found;
}

std::string signedJson(const Plan& plan)
{
    return dumped(signedPart(plan));
}

std::string planHash(const Plan& plan)
{
    return sha256Hex(signedJson(plan));
}

ActionId actionIdOf(const Plan& plan)
{
    return ActionId(uuidV5(plan.naturalKey + "|" + planHash(plan)));
}

std::string planJson(const Plan& plan)
{
    return dumped({{"shown", shownPart(plan)}, {"signed", signedPart(plan)}});
}

Result<std::string> hashOfPlanJson(const std::string& json)
{
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded() || !parsed.is_object() || !parsed.contains("signed"))
        return fail(ErrorCode::Undecodable, "plan: no signed part");
    return sha256Hex(dumped(parsed.at("signed")));
}

Result<Plan> planFromJson(const std::string& json)
{
    try {
        const Json parsed = Json::parse(json);
        Plan plan;
        readSigned(parsed.at("signed"), plan);
        readShown(parsed.at("shown"), plan);
        return plan;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::Undecodable, std::string("plan: ") + problem.what());
    }
}

} // namespace counterfoil::actions
