#include "core/money/currency.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::money {

namespace {

// ISO 4217, list one, in use in 2026. Two digits unless named in the tables below it.
constexpr std::string_view kTwoDigits =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";
constexpr std::string_view kNoDigit =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
constexpr std::string_view kThreeDigits = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view kFourDigits = "CLF UYW";

bool holds(std::string_view list, std::string_view code)
{
    const std::size_t at = list.find(code);
    return at != std::string_view::npos && at % 4 == 0;
}

} // namespace

Result<Currency> Currency::fromCode(std::string_view code)
{
    const std::string_view cut = trimmed(code);
    std::array<char, 3> upper{};
    const bool letters = cut.size() == 3 && std::all_of(cut.begin(), cut.end(), [](char c) {
                             return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                         });
    if (letters) {
        std::transform(cut.begin(), cut.end(), upper.begin(),
                       [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
        const std::string_view text(upper.data(), 3);
        if (holds(kTwoDigits, text))
            return Currency(upper, 2);
        if (holds(kNoDigit, text))
            return Currency(upper, 0);
        if (holds(kThreeDigits, text))
            return Currency(upper, 3);
        if (holds(kFourDigits, text))
            return Currency(upper, 4);
    }
    return fail(ErrorCode::Invalid, fmt::format("not a currency: '{}'", clipped(cut, 12)));
}

std::string_view Currency::code() const
{
    return empty() ? std::string_view() : std::string_view(m_code.data(), 3);
}

std::int64_t Currency::minorPerMajor() const
{
    std::int64_t scale = 1;
    for (int i = 0; i < m_exponent; ++i)
        scale *= 10;
    return scale;
}

std::string_view Currency::sign() const
{
    const std::string_view text = code();
    if (text == "GBP")
        return "£";
    if (text == "EUR")
        return "€";
    if (text == "USD")
        return "$";
    if (text == "JPY")
        return "¥";
    return text;
}

} // namespace counterfoil::money
