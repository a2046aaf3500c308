#include "core/reconcile/po.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace counterfoil::reconcile {

using namespace domain;

namespace {

constexpr std::size_t kPoLengthMax = 64;
constexpr std::size_t kOrdersOfAHabit = 10;

void add(PoNumber& po, Platform platform, std::string place, std::string_view value,
         const DocumentRef& document)
{
    const std::string_view cut = trimmed(value);
    if (!cut.empty())
        po.sources.push_back({platform, std::move(place), std::string(cut), document});
}

bool isPoKey(const Policy& policy, std::string_view key)
{
    return std::any_of(policy.poAttributeKeys.begin(), policy.poAttributeKeys.end(),
                       [&](const std::string& known) { return sameText(known, key); });
}

/// A note that is nothing but one token with a digit in it; any other note is prose.
bool looksLikePo(std::string_view note)
{
    const std::string_view cut = trimmed(note);
    if (cut.size() < 3 || cut.size() > kPoLengthMax)
        return false;
    const bool isToken = std::none_of(cut.begin(), cut.end(), [](char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    });
    return isToken &&
           std::any_of(cut.begin(), cut.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Which place is believed first.
int rank(std::string_view place)
{
    constexpr std::array<std::string_view, 6> kOrder{"po-number",          "attribute", "draft",
                                                     "customer-reference", "note",      "answer"};
    return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), place) - kOrder.begin());
}

bool asksForPo(std::string_view question)
{
    const std::string text = folded(question);
    return text.find("purchase order") != std::string::npos ||
           text.find("po number") != std::string::npos || text.find("po no") != std::string::npos ||
           text == "po" || text.find("your po") != std::string::npos;
}

} // namespace

bool PoNumber::isInShopify() const
{
    return std::any_of(sources.begin(), sources.end(), [](const PoSource& row) {
        return row.platform == Platform::Shopify && row.place == "po-number";
    });
}

PoNumber poOf(const CaseFacts& facts, const Policy& policy)
{
    PoNumber po;
    po.isOrderRead = facts.order.has_value() || facts.draft.has_value();
    po.isPurchaseRead = facts.isPurchaseRead || facts.purchase || !policy.isSparklayerConnected;
    if (facts.order) {
        add(po, Platform::Shopify, "po-number", facts.order->poNumber, facts.order->head);
        for (const Attribute& row : facts.order->attributes) {
            if (isPoKey(policy, row.key))
                add(po, Platform::Shopify, "attribute", row.value, facts.order->head);
        }
    }
    if (facts.draft) {
        add(po, Platform::Shopify, "draft", facts.draft->poNumber, facts.draft->document);
        for (const Attribute& row : facts.draft->attributes) {
            if (!facts.order && isPoKey(policy, row.key))
                add(po, Platform::Shopify, "draft", row.value, facts.draft->document);
        }
    }
    if (facts.purchase)
        add(po, Platform::SparkLayer, "customer-reference", facts.purchase->customerReference,
            facts.purchase->document);
    if (facts.order && looksLikePo(facts.order->note))
        add(po, Platform::Shopify, "note", facts.order->note, facts.order->head);
    if (facts.rma) {
        for (const RmaUnit& unit : facts.rma->units) {
            for (const Attribute& answer : unit.answers) {
                if (asksForPo(answer.key))
                    add(po, Platform::ReturnGo, "answer", answer.value, facts.rma->document);
            }
        }
    }
    // Lists from platforms come in any order: equal places are sorted by what they say.
    std::stable_sort(
        po.sources.begin(), po.sources.end(), [](const PoSource& a, const PoSource& b) {
            return std::pair(rank(a.place), a.value) < std::pair(rank(b.place), b.value);
        });
    if (!po.sources.empty())
        po.value = po.sources.front().value;
    for (std::size_t i = 1; i < po.sources.size() && !po.conflict; ++i) {
        if (!sameText(po.sources[i].value, po.value))
            po.conflict = i;
    }
    return po;
}

bool isPoRequired(const CaseFacts& facts, const Policy& policy)
{
    if (policy.poRequired != PoRequired::Learned)
        return policy.poRequired == PoRequired::Yes;
    struct Seen {
        std::optional<Instant> createdAt;
        bool hasPo;
    };
    std::vector<Seen> orders;
    if (facts.order)
        orders.push_back({facts.order->createdAt, !poOf(facts, policy).value.empty()});
    for (const OrderHint& row : facts.recentOrders)
        orders.push_back({row.createdAt, row.hasPo});
    // This order is one of the buyer's last ten when it is young enough.
    std::stable_sort(orders.begin(), orders.end(),
                     [](const Seen& a, const Seen& b) { return b.createdAt < a.createdAt; });
    orders.resize(std::min(orders.size(), kOrdersOfAHabit));
    const auto with = static_cast<std::size_t>(
        std::count_if(orders.begin(), orders.end(), [](const Seen& row) { return row.hasPo; }));
    return !orders.empty() && with * 10 >= orders.size() * 8;
}

} // namespace counterfoil::reconcile
