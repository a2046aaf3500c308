#include "core/actions/engine.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>
#include <utility>

namespace counterfoil::actions {

namespace {

using domain::ActionState;
using domain::Phrase;
using Json = nlohmann::json;

constexpr std::array<std::pair<ActionState, ActionState>, 29> kMoves{{
    {ActionState::Proposed, ActionState::Proposed}, // one more signature
    {ActionState::Proposed, ActionState::Approved},
    {ActionState::Proposed, ActionState::Rejected},
    {ActionState::Proposed, ActionState::Cancelled},
    {ActionState::Proposed, ActionState::Expired},
    {ActionState::Proposed, ActionState::Stale},
    {ActionState::Approved, ActionState::Leased},
    {ActionState::Approved, ActionState::Cancelled},
    {ActionState::Approved, ActionState::Expired},
    {ActionState::Approved, ActionState::Stale},
    {ActionState::Leased, ActionState::Approved}, // nothing was sent; tried again later
    {ActionState::Leased, ActionState::Stale},
    {ActionState::Leased, ActionState::Expired},
    {ActionState::Leased, ActionState::Sending},
    {ActionState::Sending, ActionState::Approved}, // turned away unseen
    {ActionState::Sending, ActionState::Confirmed},
    {ActionState::Sending, ActionState::Refused},
    {ActionState::Sending, ActionState::Unknown},
    {ActionState::Unknown, ActionState::Sending}, // resent, by the rule of its kind
    {ActionState::Unknown, ActionState::Confirmed},
    {ActionState::Unknown, ActionState::Stale},
    {ActionState::Unknown, ActionState::Stuck},
    {ActionState::Stuck, ActionState::Confirmed}, // a person, or a receipt seen later
    {ActionState::Stuck, ActionState::Stale},
    {ActionState::Stale, ActionState::Confirmed}, // its receipt turned up after all
    {ActionState::Confirmed, ActionState::Settled},
    {ActionState::Confirmed, ActionState::Drift},
    {ActionState::Settled, ActionState::Drift},
    {ActionState::Drift, ActionState::Settled},
}};

} // namespace

bool isLegalMove(ActionState from, ActionState to)
{
    return std::find(kMoves.begin(), kMoves.end(), std::pair(from, to)) != kMoves.end();
}

bool isResting(ActionState state)
{
    switch (state) {
    case ActionState::Approved:
    case ActionState::Leased:
    case ActionState::Sending:
    case ActionState::Unknown:
    case ActionState::Confirmed:
        return false;
    case ActionState::Proposed:
    case ActionState::Stale:
    case ActionState::Settled:
    case ActionState::Rejected:
    case ActionState::Refused:
    case ActionState::Stuck:
    case ActionState::Drift:
    case ActionState::Cancelled:
    case ActionState::Expired:
        return true;
    }
    return true;
}

std::string preText(const PreState& pre)
{
    Json json = Json::object();
    const auto put = [&json](const char* key, const auto& value) {
        if (value)
            json[key] = *value;
    };
    json["balance_digest"] = pre.balanceDigest;
    json["po"] = pre.po;
    put("receipts_digest", pre.receiptsDigest);
    put("balance", pre.balanceMinor);
    put("from", pre.fromLevel);
    put("to", pre.toLevel);
    put("spark", pre.sparkLevel);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<PreState> preFromText(const std::string& text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object())
        return fail(ErrorCode::Undecodable, "attempt: what was read before is not JSON");
    try {
        PreState pre;
        const auto number = [&json](const char* key) -> std::optional<std::int64_t> {
            return json.contains(key) ? std::optional(json.at(key).get<std::int64_t>())
                                      : std::nullopt;
        };
        pre.balanceDigest = json.value("balance_digest", "");
        pre.po = json.value("po", "");
        if (json.contains("receipts_digest"))
            pre.receiptsDigest = json.at("receipts_digest").get<std::string>();
        pre.balanceMinor = number("balance");
        pre.fromLevel = number("from");
        pre.toLevel = number("to");
        pre.sparkLevel = number("spark");
        return pre;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::Undecodable, problem.what());
    }
}

Phrase preflight(const Plan& filed, const Plan& fresh)
{
    for (const auto& [name, value] : filed.bound) {
        const auto found = fresh.bound.find(name);
        const std::string now = found == fresh.bound.end() ? "gone" : found->second;
        const bool isStopped = name == "rma.payment" && value == "requested" && now == "none";
        if (now != value && !isStopped)
            return Phrase("stale.moved").with("field", name).with("old", value).with("new", now);
    }
    for (const auto& [name, value] : fresh.bound) {
        if (!filed.bound.contains(name))
            return Phrase("stale.moved").with("field", name).with("old", "none").with("new", value);
    }
    if (const Check* broken = fresh.firstBlocking())
        return broken->text;
    return {};
}

std::int64_t
ownMovesSince(const ActionRecord& record, const Plan& plan, const std::vector<ActionRecord>& others,
              const std::function<std::shared_ptr<const Plan>(const ActionRecord&)>& planOf)
{
    std::int64_t moved = 0;
    for (const ActionRecord& other : others) {
        const domain::OwnAction& head = other.head;
        const bool hasMoved = head.state == ActionState::Confirmed ||
                              head.state == ActionState::Settled ||
                              head.state == ActionState::Drift;
        if (head.kind != domain::ActionKind::Release || head.id == record.head.id || !hasMoved ||
            other.site != record.site || head.from != plan.from || !head.sentAt ||
            *head.sentAt <= record.head.createdAt)
            continue;
        const std::shared_ptr<const Plan> theirs = planOf(other);
        if (theirs != nullptr && theirs->item == plan.item)
            moved += head.quantity;
    }
    return moved;
}

Plan withLevelLowered(Plan filed, std::int64_t moved)
{
    const auto level = filed.bound.find("level.quarantine");
    if (moved == 0 || level == filed.bound.end())
        return filed;
    std::int64_t before = 0;
    const std::string& text = level->second;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), before);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size())
        level->second = std::to_string(before - moved);
    return filed;
}

Phrase refusalByCaps(const Plan& plan, std::int64_t sentInHour, std::int64_t sentInDay,
                     const domain::Policy& policy)
{
    if (plan.kind != domain::ActionKind::Credit)
        return {};
    const std::int64_t amount = plan.need.shopMinor;
    if (amount > policy.capCallMinor)
        return Phrase("refuse.cap-call");
    if (sentInHour + amount > policy.capHourMinor)
        return Phrase("refuse.cap-hour");
    if (sentInDay + amount > policy.capDayMinor)
        return Phrase("refuse.cap-day");
    return {};
}

ActionState stateAfter(const Hearing& hearing, bool isFirst)
{
    switch (hearing.heard) {
    case Heard::Done:
        return ActionState::Confirmed;
    case Heard::Refused:
        return isFirst ? ActionState::Refused : ActionState::Unknown;
    case Heard::NotTaken:
        return isFirst ? ActionState::Approved : ActionState::Unknown;
    case Heard::Doubt:
        return ActionState::Unknown;
    }
    return ActionState::Unknown;
}

Millis proveWithin(domain::ActionKind kind)
{
    switch (kind) {
    case domain::ActionKind::Credit:
        return kProveCredit;
    case domain::ActionKind::Release:
        return kProveRelease;
    case domain::ActionKind::SetPo:
        return kProvePo;
    }
    return kProveCredit;
}

Millis readAgainAfter(int reads)
{
    constexpr std::array<int, 5> kSeconds{2, 5, 10, 20, 40};
    const auto index = static_cast<std::size_t>(std::max(reads, 0));
    return std::chrono::seconds(index < kSeconds.size() ? kSeconds[index] : 60);
}

} // namespace counterfoil::actions
