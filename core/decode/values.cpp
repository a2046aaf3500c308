#include "core/decode/values.h"

#include <fmt/format.h>

namespace counterfoil::decode {

money::Currency readCurrency(const View& at, std::string_view code, Faults& faults)
{
    // One page names the same currency thousands of times.
    struct Last {
        std::string code;
        money::Currency currency;
    };
    thread_local Last last;
    if (!code.empty() && code == last.code)
        return last.currency;
    const Result<money::Currency> currency = money::Currency::fromCode(code);
    if (!currency) {
        faults.add(at, "not a currency");
        return {};
    }
    last.code = std::string(code);
    last.currency = *currency;
    return *currency;
}

std::optional<money::Money> readMoney(const View& value, money::Currency currency, Finer finer,
                                      Faults& faults)
{
    const std::string_view text = readDecimal(value, faults);
    if (text.empty())
        return std::nullopt;
    const Result<money::Money> amount = finer == Finer::Round
                                            ? money::Money::parseRounded(text, currency)
                                            : money::Money::parse(text, currency);
    if (!amount) {
        faults.add(value, fmt::format("not an amount: {}", amount.error().detail));
        return std::nullopt;
    }
    return *amount;
}

std::optional<money::Fraction> readMinorExact(const View& value, money::Currency currency,
                                              Faults& faults)
{
    const std::string_view text = readDecimal(value, faults);
    if (text.empty())
        return std::nullopt;
    const Result<money::Fraction> exact =
        money::Fraction::parseDecimal(text).and_then([&](const money::Fraction& major) {
            return major.times(money::Fraction(currency.minorPerMajor()));
        });
    if (!exact) {
        faults.add(value, fmt::format("not an amount: {}", exact.error().detail));
        return std::nullopt;
    }
    return *exact;
}

} // namespace counterfoil::decode
