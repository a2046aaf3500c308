#pragma once

#include "core/base/text.h"
#include "core/decode/json.h"
#include "core/domain/coded.h"
#include "core/domain/order.h"
#include "core/money/money.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Readers of money, coded words and attributes, shared by the platforms.
namespace counterfoil::decode {

/// How an amount with digits finer than its minor unit is read.
enum class Finer : std::uint8_t {
    Fault, ///< totals and movements of money: never rounded on reading
    Round  ///< unit prices and shares of them: half up, once
};

/// Currency by its code in either case. A fault names @p at.
[[nodiscard]] money::Currency readCurrency(const View& at, std::string_view code, Faults& faults);

/// Amount in @p currency from a number or a text; nullopt when absent, or with a fault.
[[nodiscard]] std::optional<money::Money> readMoney(const View& value, money::Currency currency,
                                                    Finer finer, Faults& faults);

/// The exact amount in minor units, for unit prices.
[[nodiscard]] std::optional<money::Fraction>
readMinorExact(const View& value, money::Currency currency, Faults& faults);

template <class E> struct Word {
    std::string_view word;
    E value;
};

template <class E>
[[nodiscard]] domain::Coded<E> readCoded(const View& value, std::span<const Word<E>> words,
                                         Faults& faults)
{
    domain::Coded<E> coded;
    coded.raw = readText(value, faults);
    for (const Word<E>& row : words) {
        if (row.word == coded.raw)
            coded.value = row.value;
    }
    if (coded.isUnknownWord())
        faults.unknown(value, coded.raw);
    return coded;
}

/// The same with the words of an adapter; an exact match first, then one that ignores case.
template <class E>
[[nodiscard]] domain::Coded<E> readCoded(const View& value, const std::map<std::string, E>& words,
                                         Faults& faults)
{
    domain::Coded<E> coded;
    coded.raw = readText(value, faults);
    const auto exact = words.find(coded.raw);
    if (exact != words.end()) {
        coded.value = exact->second;
    } else if (!coded.raw.empty()) {
        for (const auto& [word, known] : words) {
            if (sameText(word, coded.raw))
                coded.value = known;
        }
    }
    if (coded.isUnknownWord())
        faults.unknown(value, coded.raw);
    return coded;
}

} // namespace counterfoil::decode
