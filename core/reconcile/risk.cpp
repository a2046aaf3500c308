#include "core/reconcile/risk.h"

#include <algorithm>
#include <array>
#include <limits>

namespace counterfoil::reconcile {

using namespace domain;
using money::Fraction;
using money::Money;

__extension__ using Wide = __int128;

namespace {

std::optional<Fraction> rateOf(const MoneyPair& pair)
{
    if (pair.presentment.isZero() || pair.shop.isZero())
        return std::nullopt;
    const Result<Fraction> rate = Fraction::make(pair.shop.minor(), pair.presentment.minor());
    return rate ? std::optional(*rate) : std::nullopt;
}

/// Findings that speak of the same leaving money from several sides: each side is a sum of its own,
/// and the largest one is what would leave. 0: a part of it.
std::size_t sideOf(FindingType type)
{
    switch (type) {
    case FindingType::AccountOrderGatewayRefund:
    case FindingType::AccountOrderStoreCredit:
        return 1;
    case FindingType::ManualRefundOpenReturn:
        return 2;
    case FindingType::DuplicateCredit:
        return 3;
    case FindingType::PaidBeforeInspection:
        return 4;
    default:
        return 0;
    }
}

/// A return that is done and unpaid waits for the very credit that is not posted.
bool isTheSameMoney(const Finding& finding, std::span<const Finding> findings)
{
    return finding.type == FindingType::MoneyStateDrift && finding.riskKind == RiskKind::Under &&
           std::any_of(findings.begin(), findings.end(), [](const Finding& other) {
               return other.type == FindingType::CreditNotPosted && !other.graceUntil;
           });
}

} // namespace

std::optional<Money> atShopRate(const Order& order, const Money& amount)
{
    if (order.shopCurrency == order.currency || order.shopCurrency.empty())
        return amount;
    std::optional<Fraction> rate;
    if (order.currentTotal)
        rate = rateOf(*order.currentTotal);
    if (!rate && order.lines) {
        // The dearest line holds the rate best: small prices are rounded away.
        const auto dearest = std::max_element(
            order.lines->begin(), order.lines->end(), [](const OrderLine& a, const OrderLine& b) {
                return a.originalUnit.presentment.minor() < b.originalUnit.presentment.minor();
            });
        if (dearest != order.lines->end())
            rate = rateOf(dearest->originalUnit);
    }
    if (!rate)
        return std::nullopt;
    const Result<Fraction> value = Fraction(amount.minor()).times(*rate);
    if (!value)
        return std::nullopt;
    return money::rounded(*value, order.shopCurrency);
}

std::int64_t finalityWeight(Finality finality)
{
    switch (finality) {
    case Finality::LeavesNow:
        return 6;
    case Finality::Soon:
        return 4;
    case Finality::Ordinary:
        return 2;
    case Finality::Final:
        return 1;
    }
    return 2;
}

std::int64_t orderKey(const Finding& finding)
{
    const std::optional<Money>& amount = finding.atRiskShop ? finding.atRiskShop : finding.atRisk;
    if (!amount)
        return 0;
    Wide key = Wide(amount->magnitude().minor()) * finalityWeight(finding.finality);
    for (int i = amount->currency().exponent(); i < 4; ++i)
        key *= 10;
    constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(key, kMax));
}

std::map<RiskKind, Money> caseAtRisk(std::span<const Finding> findings)
{
    std::array<std::map<RiskKind, Money>, 5> sides;
    for (const Finding& finding : findings) {
        if (!finding.atRisk || finding.riskKind == RiskKind::None || finding.graceUntil ||
            isTheSameMoney(finding, findings))
            continue;
        auto& side = sides.at(sideOf(finding.type));
        const auto [at, isNew] = side.try_emplace(finding.riskKind, *finding.atRisk);
        if (!isNew)
            at->second = at->second.plus(*finding.atRisk).value_or(at->second);
    }
    std::map<RiskKind, Money> most = sides.front();
    for (const auto& side : sides) {
        for (const auto& [kind, amount] : side) {
            const auto [at, isNew] = most.try_emplace(kind, amount);
            if (!isNew && at->second.minor() < amount.minor())
                at->second = amount;
        }
    }
    return most;
}

} // namespace counterfoil::reconcile
