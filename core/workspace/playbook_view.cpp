#include "core/workspace/playbook_view.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::workspace {

namespace {

using nlohmann::json;

/// Nothing that ReturnGO has asked for is still on its way. Unread transactions prove nothing.
bool isPaymentStopped(const CasePicture& in)
{
    const auto& rma = in.facts.rma;
    if (!rma || !rma->hasDetail)
        return false;
    if (rma->status.value == domain::RmaStatus::Canceled)
        return true;
    const bool isAsked = std::any_of(
        rma->transactions.begin(), rma->transactions.end(), [](const domain::RmaTransaction& row) {
            return reconcile::isMoneyOut(row.type.value) &&
                   row.status.value == domain::RmaTransactionStatus::Requested;
        });
    const bool isSet =
        std::any_of(rma->units.begin(), rma->units.end(), [](const domain::RmaUnit& unit) {
            return unit.resolution.value == domain::Resolution::RefundToPaymentMethod ||
                   unit.resolution.value == domain::Resolution::RefundToStoreCredit ||
                   unit.resolution.value == domain::Resolution::GiftCard ||
                   unit.resolution.value == domain::Resolution::Unknown;
        });
    return !isAsked && !isSet;
}

bool isReturnProcessed(const CasePicture& in)
{
    const auto returns = reconcile::returnsOf(in.facts);
    return !returns.empty() &&
           std::all_of(returns.begin(), returns.end(), [](const domain::ShopifyReturn* row) {
               return row->status.value == domain::ShopifyReturnStatus::Closed ||
                      (!row->lines.empty() &&
                       std::all_of(row->lines.begin(), row->lines.end(),
                                   [](const domain::ShopifyReturnLine& line) {
                                       return line.unprocessedQuantity == 0;
                                   }));
           });
}

bool isInspected(const CasePicture& in)
{
    return !in.joined.units.empty() &&
           std::all_of(in.joined.units.begin(), in.joined.units.end(),
                       [](const reconcile::JoinedUnit& unit) { return unit.isInspected; });
}

bool isCredited(const CasePicture& in)
{
    bool hasOne = false;
    for (const domain::OwnAction& action : in.facts.actions) {
        if (action.kind == domain::ActionKind::Credit)
            hasOne = hasOne || action.state == domain::ActionState::Settled ||
                     action.state == domain::ActionState::Confirmed;
    }
    return hasOne && in.expected.isJudgeable() && reconcile::dueNow(in.expected).isZero();
}

bool isReleased(const CasePicture& in)
{
    int passed = 0, left = 0;
    for (const reconcile::JoinedUnit& unit : in.joined.units) {
        if (!unit.isPassed())
            continue;
        ++passed;
        left += std::any_of(in.facts.actions.begin(), in.facts.actions.end(),
                            [&unit](const domain::OwnAction& action) {
                                return action.kind == domain::ActionKind::Release &&
                                       (action.state == domain::ActionState::Settled ||
                                        action.state == domain::ActionState::Confirmed) &&
                                       std::find(action.units.begin(), action.units.end(),
                                                 unit.id) != action.units.end();
                            })
                    ? 1
                    : 0;
    }
    return passed > 0 && passed == left;
}

bool isRmaDone(const CasePicture& in)
{
    return in.facts.rma && in.facts.rma->status.value == domain::RmaStatus::Done;
}

bool isRmaAccepted(const CasePicture& in)
{
    if (!in.facts.rma)
        return false;
    const domain::RmaStatus status = in.facts.rma->status.value;
    return status == domain::RmaStatus::Approved || status == domain::RmaStatus::Received ||
           status == domain::RmaStatus::Validated || status == domain::RmaStatus::Done;
}

bool isOrderPlaced(const CasePicture& in)
{
    return in.facts.order.has_value() && !in.facts.draft;
}

bool isPoSet(const CasePicture& in)
{
    return in.po.isInShopify() && !in.po.conflict;
}

using Proof = bool (*)(const CasePicture&);
constexpr std::array<std::pair<std::string_view, Proof>, 9> kProofs{{
    {"payment-stopped", isPaymentStopped},
    {"return-processed", isReturnProcessed},
    {"inspected", isInspected},
    {"credited", isCredited},
    {"released", isReleased},
    {"rma-done", isRmaDone},
    {"rma-accepted", isRmaAccepted},
    {"order-placed", isOrderPlaced},
    {"po-set", isPoSet},
}};

constexpr std::array<std::string_view, 8> kActions{"credit",        "release",      "inspect",
                                                   "set-po",        "stop-payment", "check-again",
                                                   "open-returngo", "open-shopify"};

/// The file is the program's own, held by a test: it parses.
const json& playbooks()
{
    static const json kBooks = json::parse(playbookText(), nullptr, false);
    return kBooks;
}

std::string linkFor(std::string_view action, const CaseLinks& links)
{
    if (action == "open-shopify")
        return links.shopify;
    return action == "open-returngo" || action == "stop-payment" ? links.returngo : std::string();
}

} // namespace

bool isProved(std::string_view done, const CasePicture& in)
{
    const auto found = std::find_if(kProofs.begin(), kProofs.end(),
                                    [done](const auto& row) { return row.first == done; });
    return found != kProofs.end() && found->second(in);
}

bool isPlaybookAction(std::string_view word)
{
    return std::find(kActions.begin(), kActions.end(), word) != kActions.end();
}

bool isPlaybookProof(std::string_view word)
{
    return std::any_of(kProofs.begin(), kProofs.end(),
                       [word](const auto& row) { return row.first == word; });
}

std::vector<view::PlaybookStep> playbookOf(domain::FindingType type, const CasePicture& in,
                                           const CaseLinks& links)
{
    std::vector<view::PlaybookStep> out;
    const auto found = playbooks().find(std::string(domain::findingTypeId(type)));
    if (found == playbooks().end())
        return out;
    for (const json& row : *found) {
        view::PlaybookStep step;
        step.text = row.value("text", "");
        step.owner = row.value("owner", "");
        step.action = row.value("action", "");
        step.isDone = isProved(row.value("done", ""), in);
        step.url = linkFor(step.action, links);
        out.push_back(std::move(step));
    }
    return out;
}

} // namespace counterfoil::workspace
