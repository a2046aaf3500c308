#include "core/base/text.h"
#include "core/money/fraction.h"
#include "core/request/shopify.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <optional>

namespace counterfoil::request::shopify {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kReceiptsKept = 50;

/// Walks JSON text that is known to be valid.
class Scan {
public:
    explicit Scan(std::string_view text) : m_text(text) {}

    void blanks()
    {
        while (m_at < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    /// A string with its quotes.
    std::string_view string()
    {
        const std::size_t from = m_at++;
        while (m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2U : 1U;
        ++m_at;
        return m_text.substr(from, m_at - from);
    }
    /// Any value, containers whole.
    std::string_view value()
    {
        const std::size_t from = m_at;
        int depth = 0;
        do {
            const char c = m_text[m_at];
            if (c == '"') {
                static_cast<void>(string());
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            ++m_at;
        } while (depth > 0 ||
                 (m_at < m_text.size() &&
                  std::string_view(",}] \t\r\n").find(m_text[m_at]) == std::string_view::npos));
        return m_text.substr(from, m_at - from);
    }
    [[nodiscard]] char here() const { return m_text[m_at]; }
    void step() { ++m_at; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

/// The value of a key at the top of a valid JSON object.
Result<std::string_view> topValue(std::string_view text, std::string_view key)
{
    Scan scan(text);
    std::optional<std::string_view> found;
    scan.blanks();
    scan.step(); // '{'
    scan.blanks();
    while (scan.here() != '}') {
        const std::string_view name = scan.string();
        scan.blanks();
        scan.step(); // ':'
        scan.blanks();
        const std::string_view value = scan.value();
        if (Json::parse(name).get<std::string>() == key) {
            if (found)
                return fail(ErrorCode::Undecodable, fmt::format("{}: named twice", key));
            found = value;
        }
        scan.blanks();
        if (scan.here() == ',')
            scan.step();
        scan.blanks();
    }
    if (!found)
        return fail(ErrorCode::Undecodable, fmt::format("{}: missing", key));
    return *found;
}

/// Digits after the point of plain decimal text; 0 for one with an exponent.
std::size_t decimalsOf(std::string_view number)
{
    const std::size_t point = number.find('.');
    const bool plain = number.find_first_of("eE") == std::string_view::npos;
    return plain && point != std::string_view::npos ? number.size() - point - 1 : 0;
}

/// @p amount with at least @p decimals digits after the point, more only where it needs them.
std::string withDecimals(std::string amount, std::size_t decimals)
{
    if (amount.find('.') == std::string::npos && decimals > 0)
        amount += '.';
    while (amount.find('.') != std::string::npos && decimalsOf(amount) > decimals &&
           amount.back() == '0')
        amount.pop_back();
    if (amount.back() == '.' && decimals == 0)
        amount.pop_back();
    while (decimalsOf(amount) < decimals)
        amount += '0';
    return amount;
}

} // namespace

Result<std::string> withBalance(std::string_view balanceText, money::Money newBalance,
                                std::string_view balanceKey)
{
    if (!Json::accept(balanceText) || !trimmed(balanceText).starts_with('{'))
        return fail(ErrorCode::Undecodable, "balance: not a JSON object");
    const Result<std::string_view> old = topValue(balanceText, balanceKey);
    if (!old)
        return fail(old.error());
    const bool isQuoted = old->front() == '"';
    const std::string_view number = isQuoted ? old->substr(1, old->size() - 2) : *old;
    if (!money::Fraction::parseDecimal(number))
        return fail(ErrorCode::Undecodable, fmt::format("{}: not a number", balanceKey));
    const std::string amount = withDecimals(newBalance.decimalText(), decimalsOf(number));
    const auto at = static_cast<std::size_t>(number.data() - balanceText.data());
    std::string text(balanceText);
    text.replace(at, number.size(), amount);
    return text;
}

Result<std::string> receiptsWith(std::string_view receiptsText, const ReceiptEntry& entry)
{
    Json list = Json::array();
    if (!trimmed(receiptsText).empty()) {
        list = Json::parse(receiptsText, nullptr, false);
        if (list.is_discarded() || !list.is_array())
            return fail(ErrorCode::Undecodable, "receipts: not a JSON list");
    }
    Json kept = Json::array();
    Json row;
    row["action"] = entry.action.value;
    row["units"] = entry.units;
    row["amount"] = entry.amount.decimalText();
    row["currency"] = entry.amount.currency().code();
    row["at"] = formatInstant(entry.at);
    kept.push_back(std::move(row));
    for (const Json& old : list) {
        if (!old.is_object())
            return fail(ErrorCode::Undecodable, "receipts: an entry that is not an object");
        const auto action = old.find("action");
        const bool isSame = action != old.end() && *action == entry.action.value;
        if (!isSame && kept.size() < kReceiptsKept)
            kept.push_back(old);
    }
    return kept.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace counterfoil::request::shopify
