#include "core/workspace/config_policy.h"

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/money/money.h"

#include <QTimeZone>

#include <fmt/format.h>

#include <array>

namespace counterfoil::workspace {

namespace {

using domain::Policy;

constexpr std::array<const char*, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

int minuteOf(ConfigReader& reader, const char* key, const std::string& text)
{
    const std::vector<std::string_view> parts = split(text, ':');
    const auto number = [&](std::string_view part) {
        return part.size() == 2 && part[0] >= '0' && part[0] <= '9' && part[1] >= '0' &&
                       part[1] <= '9'
                   ? (part[0] - '0') * 10 + (part[1] - '0')
                   : -1;
    };
    const int hour = parts.size() == 2 ? number(parts[0]) : -1;
    const int minute = parts.size() == 2 ? number(parts[1]) : -1;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
        reader.fault(key, "a time like \"09:00\"");
    return hour * 60 + minute;
}

/// "hours": {"open": "09:00", "close": "17:00"} or ["09:00", "17:00"].
domain::WorkingDay hours(ConfigReader& calendar)
{
    domain::WorkingDay out;
    const nlohmann::json* value = calendar.raw("hours");
    if (!value)
        return out;
    std::string open;
    std::string close;
    if (value->is_array() && value->size() == 2 && (*value)[0].is_string() &&
        (*value)[1].is_string()) {
        open = (*value)[0].get<std::string>();
        close = (*value)[1].get<std::string>();
    } else if (value->is_object()) {
        ConfigReader both(*value, calendar.pathOf("hours"));
        open = both.text("open");
        close = both.text("close");
        both.finish();
    } else {
        calendar.fault("hours", "[\"09:00\", \"17:00\"]");
    }
    out.openMinute = minuteOf(calendar, "hours", open);
    out.closeMinute = minuteOf(calendar, "hours", close);
    if (out.closeMinute <= out.openMinute)
        calendar.fault("hours", "a closing time after the opening time");
    return out;
}

void readCalendar(ConfigReader& site, Policy& policy)
{
    policy.calendar.timezone = site.text("timezone", "UTC");
    // Not isTimeZoneIdAvailable: that lists places only, and refuses Etc/UTC.
    if (!QTimeZone(QByteArray::fromStdString(policy.calendar.timezone)).isValid())
        site.fault("timezone", "a time zone like \"Europe/London\"");
    auto calendar = site.optionalObject("calendar");
    const domain::WorkingDay open = calendar ? hours(*calendar) : domain::WorkingDay{};
    const domain::WorkingDay closed{0, 0};
    std::vector<std::string> days = calendar ? calendar->texts("days") : std::vector<std::string>{};
    if (days.empty())
        days = {"mon", "tue", "wed", "thu", "fri"};
    policy.calendar.days.fill(closed);
    for (const std::string& day : days) {
        const std::string word = folded(day).substr(0, 3);
        bool isKnown = false;
        for (std::size_t i = 0; i < kDays.size(); ++i) {
            if (word == kDays[i]) {
                policy.calendar.days[i] = open;
                isKnown = true;
            }
        }
        if (!isKnown)
            calendar->fault("days", "days like \"mon\"");
    }
    if (!calendar)
        return;
    policy.calendar.holidays = calendar->texts("holidays");
    for (const std::string& date : policy.calendar.holidays) {
        if (date.size() != 10 || !parseInstant(date))
            calendar->fault("holidays", "dates like \"2026-12-25\"");
    }
    calendar->finish();
}

Fact fact(ConfigReader& facts, const char* key)
{
    constexpr std::array<Fact, 3> kFacts{Fact::Unknown, Fact::Yes, Fact::No};
    return kFacts[facts.word(key, 0, {"unknown", "yes", "no"})];
}

void readFacts(ConfigReader& site, domain::SiteFacts& out)
{
    auto facts = site.optionalObject("facts");
    if (!facts)
        return;
    out.returnProcessLowersOutstanding = fact(*facts, "return_process_lowers_outstanding");
    out.paymentLowersBalance = fact(*facts, "payment_lowers_balance");
    out.refundLowersBalance = fact(*facts, "refund_lowers_balance");
    out.returnLowersBalance = fact(*facts, "return_lowers_balance");
    out.cancelLowersBalance = fact(*facts, "cancel_lowers_balance");
    out.editMovesBalance = fact(*facts, "edit_moves_balance");
    out.invoiceRaisesBalance = fact(*facts, "invoice_raises_balance");
    out.returngoCreatesShopifyReturn = fact(*facts, "returngo_creates_shopify_return");
    out.returngoRequiresPaid = fact(*facts, "returngo_requires_paid");
    constexpr std::array<domain::FeeTax, 4> kFeeTaxes{domain::FeeTax::Unknown, domain::FeeTax::None,
                                                      domain::FeeTax::Included,
                                                      domain::FeeTax::Added};
    out.feeTax = kFeeTaxes[facts->word("fee_tax", 0, {"unknown", "none", "included", "added"})];
    facts->finish();
}

void listLocations(ConfigReader& stock, const char* key, domain::LocationKind kind, Policy& policy)
{
    for (const std::string& gid : stock.texts(key)) {
        const auto [at, isNew] = policy.locations.emplace(gid, kind);
        if (!isNew && at->second != kind)
            stock.fault(
                key, fmt::format("locations that stand in one list only; {} stands in two", gid));
    }
}

void readStock(ConfigReader& site, Policy& policy)
{
    auto stock = site.optionalObject("stock");
    if (!stock)
        return;
    listLocations(*stock, "quarantine_locations", domain::LocationKind::Quarantine, policy);
    listLocations(*stock, "sellable_locations", domain::LocationKind::Sellable, policy);
    listLocations(*stock, "outlet_locations", domain::LocationKind::Outlet, policy);
    if (auto places = stock->optionalObject("destinations")) {
        policy.destinationA = places->text("A", "");
        policy.destinationB = places->text("B", "");
        policy.destinationDamaged = places->text("damaged", "");
        places->finish();
    }
    for (const auto& [gid, kind] : policy.locations) {
        if (policy.destinationA.empty() && kind == domain::LocationKind::Sellable)
            policy.destinationA = gid;
    }
    if (policy.destinationB.empty())
        policy.destinationB = policy.destinationA;
    // A place where B-grade goods go is no fault there, also when no list names it.
    if (!policy.destinationB.empty())
        policy.locations.emplace(policy.destinationB, domain::LocationKind::Outlet);
    (void)stock->word("mode", 0, {"location", "state"});
    policy.isReturnsByDisposition = stock->flag("returns_by_disposition", true);
    stock->finish();
}

/// "2d", "24h", "20min", or a whole number of hours.
Millis duration(ConfigReader& reader, const std::string& key)
{
    const nlohmann::json* value = reader.raw(key.c_str());
    if (value && value->is_number_integer() && value->get<std::int64_t>() >= 0 &&
        value->get<std::int64_t>() <= 100'000)
        return std::chrono::hours(value->get<std::int64_t>());
    if (value && value->is_string()) {
        const std::string text = value->get<std::string>();
        const std::size_t unitAt = text.find_first_not_of("0123456789");
        if (unitAt != 0 && unitAt != std::string::npos && unitAt < 7) {
            const std::int64_t count = std::stoll(text.substr(0, unitAt));
            const std::string unit = text.substr(unitAt);
            if (unit == "d")
                return std::chrono::hours(24 * count);
            if (unit == "h")
                return std::chrono::hours(count);
            if (unit == "min" || unit == "m")
                return std::chrono::minutes(count);
            if (unit == "s")
                return std::chrono::seconds(count);
        }
    }
    reader.fault(key, "a time like \"2d\", \"24h\" or \"20min\"");
}

void readGrace(ConfigReader& policy, domain::Grace& out)
{
    auto grace = policy.optionalObject("grace");
    if (!grace)
        return;
    const std::array<std::pair<const char*, Millis*>, 13> rows{{
        {"credit_due", &out.creditDue},
        {"refund_requested", &out.refundRequested},
        {"stock_movement", &out.stockMovement},
        {"quarantine", &out.quarantine},
        {"purchase_missing", &out.purchaseMissing},
        {"release_visible", &out.releaseVisible},
        {"stalled_pending", &out.stalledPending},
        {"stalled_approved", &out.stalledApproved},
        {"stalled_received", &out.stalledReceived},
        {"stalled_validated", &out.stalledValidated},
        {"feed_shopify", &out.feedShopify},
        {"feed_sparklayer", &out.feedSparklayer},
        {"feed_returngo", &out.feedReturngo},
    }};
    for (const auto& [key, target] : rows) {
        if (grace->has(key))
            *target = duration(*grace, key);
    }
    grace->finish();
}

bool isHours(const nlohmann::json& value)
{
    return value.is_number_integer() && value.get<std::int64_t>() >= 0 &&
           value.get<std::int64_t>() <= 10'000;
}

void readSla(ConfigReader& policy, Policy& out)
{
    auto sla = policy.optionalObject("sla");
    if (!sla)
        return;
    for (const std::string& id : sla->keys()) {
        const auto type = domain::findingTypeFromId(id);
        if (!type)
            throw ConfigFault{fmt::format("{}: no exception type of that id", sla->pathOf(id))};
        const nlohmann::json* value = sla->raw(id.c_str());
        domain::SlaHours hoursOf;
        if (value->is_array()) {
            if (value->size() != 2 || !isHours((*value)[0]) || !isHours((*value)[1]))
                sla->fault(id, "two numbers of hours from 0 to 10000");
            hoursOf = {(*value)[0].get<int>(), (*value)[1].get<int>()};
        } else {
            ConfigReader row(*value, sla->pathOf(id));
            hoursOf.firstResponse = static_cast<int>(
                row.whole("first", domain::infoOf(*type).firstResponseHours, 0, 10'000));
            hoursOf.resolve = static_cast<int>(
                row.whole("resolve", domain::infoOf(*type).resolveHours, 0, 10'000));
            row.finish();
        }
        out.sla[*type] = hoursOf;
    }
}

void amount(ConfigReader& reader, const char* key, money::Currency currency, std::int64_t& target)
{
    const nlohmann::json* value = reader.raw(key);
    if (!value || value->is_null())
        return;
    const std::string text = value->is_string()           ? value->get<std::string>()
                             : value->is_number_integer() ? value->dump()
                                                          : "";
    const auto parsed = money::Money::parse(text, currency);
    if (!parsed || parsed->isNegative())
        reader.fault(key, "an amount as text, for example \"500.00\"");
    target = parsed->minor();
}

void readLimits(ConfigReader& policy, money::Currency currency, Policy& out)
{
    amount(policy, "amount_limit", currency, out.amountLimitMinor);
    auto limits = policy.optionalObject("limits");
    if (!limits)
        return;
    amount(*limits, "alone", currency, out.approveAloneMinor);
    amount(*limits, "two", currency, out.approveTwoMinor);
    amount(*limits, "lead", currency, out.approveLeadMinor);
    amount(*limits, "release", currency, out.releaseLimitMinor);
    amount(*limits, "call", currency, out.capCallMinor);
    amount(*limits, "hour", currency, out.capHourMinor);
    amount(*limits, "day", currency, out.capDayMinor);
    limits->finish();
}

/// true, "agreed", "yes" / false, "not-agreed", "no", "none".
void agreed(ConfigReader& fees, const char* key, bool& target)
{
    const nlohmann::json* value = fees.raw(key);
    if (!value)
        return;
    if (value->is_boolean())
        target = value->get<bool>();
    else
        target = fees.word(key, 0, {"agreed", "yes", "not-agreed", "no", "none"}) < 2;
}

void readFeesAndShares(ConfigReader& policy, Policy& out)
{
    if (auto fees = policy.optionalObject("fees")) {
        agreed(*fees, "restocking", out.agreesRestockingFee);
        agreed(*fees, "return", out.agreesReturnFee);
        agreed(*fees, "label", out.agreesLabelFee);
        fees->finish();
    }
    if (auto shares = policy.optionalObject("shares")) {
        const auto share = [&](const char* key, int& target) {
            target = static_cast<int>(shares->whole(key, target, 0, 100));
        };
        share("A", out.shares.aGrade);
        share("B", out.shares.bGrade);
        share("damaged_transit", out.shares.damagedTransit);
        share("damaged_buyer", out.shares.damagedBuyer);
        share("wrong", out.shares.wrongItem);
        share("missing", out.shares.missing);
        shares->finish();
    }
}

std::optional<domain::PayAfter> payAfter(ConfigReader& reader, const char* key)
{
    if (!reader.has(key))
        return std::nullopt;
    return static_cast<domain::PayAfter>(
        reader.word(key, 0, {"approval", "receipt", "inspection"}));
}

void readPolicyObject(ConfigReader& policy, money::Currency currency, Policy& out)
{
    out.inspectionRequired = policy.flag("inspection_required", true);
    out.isSingleSeat = policy.flag("single_seat", false);
    out.isValidationEnabled = policy.flag("validation_enabled", false);
    if (const nlohmann::json* value = policy.raw("po_required")) {
        if (value->is_boolean())
            out.poRequired = value->get<bool>() ? domain::PoRequired::Yes : domain::PoRequired::No;
        else
            out.poRequired = static_cast<domain::PoRequired>(
                policy.word("po_required", 0, {"learned", "yes", "no"}));
    }
    if (auto after = policy.optionalObject("pay_after")) {
        out.payAfterCard = payAfter(*after, "card");
        out.payAfterAccount = payAfter(*after, "account");
        after->finish();
    }
    readFeesAndShares(policy, out);
    readGrace(policy, out.grace);
    readSla(policy, out);
    readLimits(policy, currency, out);
    if (auto tolerances = policy.optionalObject("tolerances"))
        tolerances->finish(); // law.md 3 fixes them: rounding is what per-unit rounding can explain
    policy.finish();
}

} // namespace

domain::Policy readPolicy(ConfigReader& site, money::Currency currency)
{
    Policy out;
    out.isSingleSeat = false; // four eyes unless somebody chose otherwise (product.md 3)
    readCalendar(site, out);
    readFacts(site, out.facts);
    readStock(site, out);
    if (auto policy = site.optionalObject("policy"))
        readPolicyObject(*policy, currency, out);
    if (auto credit = site.optionalObject("credit")) {
        constexpr std::array<const char*, 3> kRoutes{"none", "metafield", "transaction"};
        out.creditRoute = kRoutes[credit->word("route", 0, {"none", "metafield", "transaction"})];
        out.allowCreditBalance = credit->flag("allow_credit_balance", false);
        credit->finish();
    } else {
        out.creditRoute = "none";
    }
    const std::string goLive = site.text("go_live", "");
    if (!goLive.empty()) {
        const auto at = parseInstant(goLive);
        if (!at)
            site.fault("go_live", "a date like \"2026-11-01\"");
        out.goLive = *at;
    }
    const nlohmann::json* parts[] = {site.raw("policy"), site.raw("facts"),   site.raw("stock"),
                                     site.raw("credit"), site.raw("go_live"), site.raw("calendar")};
    std::string canonical = "policy-1";
    for (const nlohmann::json* part : parts)
        canonical += '\n' + (part ? part->dump() : std::string());
    out.hash = sha256Hex(canonical).substr(0, 16);
    return out;
}

} // namespace counterfoil::workspace
