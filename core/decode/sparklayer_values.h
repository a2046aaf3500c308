#pragma once

#include "core/decode/json.h"
#include "core/decode/sparklayer.h"
#include "core/decode/values.h"

/// Inside of the SparkLayer decoder.
namespace counterfoil::decode::sparklayer {

/// {number, currency}, or a bare number or text in @p currency.
[[nodiscard]] std::optional<money::Money>
readSparkMoney(const View& value, money::Currency currency, Finer finer, Faults& faults);
/// The value itself when it is a list, else the first list in it; missing: none.
[[nodiscard]] View firstList(const View& root);
/// `purchase_identifiers`, or its older name.
[[nodiscard]] View identifiersOf(const View& root, const SparklayerAdapter& adapter);

void decodePurchase(const View& root, const SparklayerAdapter& adapter, domain::Purchase& purchase,
                    Faults& faults);
void decodeTransactions(const View& list, const SparklayerAdapter& adapter,
                        money::Currency currency,
                        std::vector<domain::PurchaseTransaction>& transactions, Faults& faults);

} // namespace counterfoil::decode::sparklayer
