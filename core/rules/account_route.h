#pragma once

#include "core/rules/rule.h"

namespace counterfoil::rules {

/// What both rules on a wrong way of paying an account order share (law.md 2).
struct WrongRoute {
    domain::FindingType type;
    reconcile::RouteTest isWanted;
    /// First part of phrase codes: "gateway-refund", "store-credit".
    std::string phrase;
    bool isRefundInShopifyCounted = false; ///< refunds by hand on a gateway belong to it
};
void judgeWrongRoute(const Context& context, const WrongRoute& route, Report& report);

} // namespace counterfoil::rules
