#include "core/base/text.h"
#include "core/money/fraction.h"
#include "core/query/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace counterfoil::query {

namespace {

constexpr std::array<std::string_view, 26> kKeys{
    "text", "is",       "type", "site",     "owner",  "assignee", "customer", "order", "po",
    "rma",  "sku",      "lot",  "location", "team",   "platform", "payment",  "state", "severity",
    "risk", "currency", "age",  "sla",      "opened", "month",    "sort",     "group"};

constexpr std::array<std::string_view, 8> kIsWords{
    "open", "mine", "unassigned", "overdue", "regressed", "inherited", "claimed", "lot"};
constexpr std::array<std::string_view, 10> kStates{
    "open",     "expected", "in-progress", "awaiting-approval", "waiting-for",
    "settling", "snoozed",  "closed",      "accepted",          "history"};
/// What a person may type that no row of today's queue is: rows are judged.
constexpr std::string_view kNotJudged = "not-judged";
constexpr std::array<std::string_view, 5> kSorts{"risk", "age", "sla", "severity", "customer"};

/// A number with a unit, as a range bound. nullopt: not a number of that key.
std::optional<std::int64_t> amountMillionths(std::string_view text)
{
    const auto value = money::Fraction::parseDecimal(text);
    const auto scaled = value ? value->times(money::Fraction(1'000'000)) : value;
    return scaled && scaled->isWhole() ? std::optional(scaled->numerator()) : std::nullopt;
}

std::optional<std::int64_t> durationMillis(std::string_view text)
{
    const std::size_t unitAt = text.find_first_not_of("0123456789.-");
    if (unitAt == std::string_view::npos || unitAt == 0)
        return std::nullopt;
    const std::string_view unit = text.substr(unitAt);
    std::int64_t scale = 0;
    if (unit == "min" || unit == "m")
        scale = 60'000;
    else if (unit == "h")
        scale = 3'600'000;
    else if (unit == "d")
        scale = 86'400'000;
    else if (unit == "w")
        scale = 7 * 86'400'000LL;
    const auto value = money::Fraction::parseDecimal(text.substr(0, unitAt));
    const auto scaled = value && scale > 0 ? value->times(money::Fraction(scale)) : value;
    return scale > 0 && scaled ? std::optional(scaled->roundHalfUp()) : std::nullopt;
}

std::optional<std::int64_t> dateMillis(std::string_view text)
{
    const Result<Instant> at = parseInstant(text);
    return at ? std::optional(toMillis(*at)) : std::nullopt;
}

/// The last millisecond of a day, where a day is given; else the time itself.
std::optional<std::int64_t> dateEndMillis(std::string_view text)
{
    constexpr std::int64_t kDay = 86'400'000;
    const auto at = dateMillis(text);
    return at && text.size() == 10 ? std::optional(*at + kDay - 1) : at;
}

using NumberReader = std::optional<std::int64_t> (*)(std::string_view);

/// ">100", "<2d", "10..20", "100": as a range. False when a bound is no number.
/// @param readEnd reads the end of what is named, where that is longer than an instant (a day)
bool readRange(std::string_view text, NumberReader read, NumberReader readEnd, Test& test)
{
    const std::size_t dots = text.find("..");
    if (dots != std::string_view::npos) {
        test.low = read(text.substr(0, dots));
        test.high = readEnd(text.substr(dots + 2));
        return test.low && test.high && *test.low <= *test.high;
    }
    const bool isAbove = text.starts_with('>');
    const bool isBelow = text.starts_with('<');
    std::string_view number = text.substr(isAbove || isBelow ? 1 : 0);
    const bool isInclusive = number.starts_with('=');
    if (isInclusive)
        number.remove_prefix(1);
    const auto value = read(number);
    if (!value)
        return false;
    if (!isBelow) // after a day begins when the day is over
        test.low = isAbove && !isInclusive ? readEnd(number) : value;
    if (!isAbove)
        test.high = isBelow && !isInclusive ? value : readEnd(number);
    test.isLowOpen = isAbove && !isInclusive;
    test.isHighOpen = isBelow && !isInclusive;
    return true;
}

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "sort:-risk" means what "-sort:risk" means.
std::string_view withoutDash(std::string_view word)
{
    return word.starts_with('-') ? word.substr(1) : word;
}

struct Checked {
    bool isGood = false;
    std::string wanted; ///< what would be right, with an example
};

Checked checkWord(Key key, const std::string& value)
{
    switch (key) {
    case Key::Is:
        return {isOneOf(kIsWords, value) || isOneOf(kStates, value) || value == kNotJudged,
                fmt::format("is takes {}, {} or a state: {}", fmt::join(kIsWords, ", "), kNotJudged,
                            fmt::join(kStates, ", "))};
    case Key::Type:
        return {domain::findingTypeFromId(value).has_value() || value.ends_with('*') ||
                    value.starts_with('*'),
                "type needs the id of an exception, for example type:credit-value-mismatch"};
    case Key::Owner:
    case Key::Team:
        return {domain::ownerFromWord(value).has_value(),
                "owner is finance, cx, warehouse or integration"};
    case Key::Severity:
        return {domain::severityFromWord(value).has_value(),
                "severity is critical, high, medium or low"};
    case Key::State:
        return {isOneOf(kStates, value),
                fmt::format("state is one of {}", fmt::join(kStates, ", "))};
    case Key::Sort:
        return {isOneOf(kSorts, withoutDash(value)),
                "sort is risk, age, sla, severity or customer; -sort:risk or sort:-risk turns it "
                "round"};
    case Key::Group:
        return {value == "case" || value == "none", "group is case or none"};
    default:
        return {true, {}};
    }
}

Checked readTest(Key key, const std::string& value, Test& test)
{
    test.text = folded(value);
    switch (key) {
    case Key::Risk:
        return {readRange(test.text, amountMillionths, amountMillionths, test),
                "risk needs a number, for example risk:>100"};
    case Key::Age:
        return {readRange(test.text, durationMillis, durationMillis, test),
                "age needs a time, for example age:>2d"};
    case Key::Sla:
        if (test.text == "over") {
            test.high = 0;
            return {true, {}};
        }
        return {readRange(test.text, durationMillis, durationMillis, test),
                "sla needs a time left, for example sla:<4h, or sla:over"};
    case Key::Opened:
        return {readRange(test.text, dateMillis, dateEndMillis, test),
                "opened needs a date, for example opened:>2026-11-01"};
    case Key::Month:
        return {test.text.size() == 7 && dateMillis(test.text + "-01").has_value(),
                "month needs a year and a month, for example month:2026-10"};
    default:
        return checkWord(key, test.text);
    }
}

Problem problemAt(const Token& token, std::string message, bool isIncomplete = false)
{
    return Problem{token.begin, token.end, std::move(message), isIncomplete};
}

void applySort(Filter& filter, const Token& token)
{
    const std::string word = folded(token.values.front());
    for (std::size_t i = 0; i < kSorts.size(); ++i) {
        if (kSorts[i] == withoutDash(word))
            filter.sort = static_cast<SortBy>(i);
    }
    filter.isSortAscending = token.isNegated != word.starts_with('-');
}

/// "risk:>1,000" would read as more than 1 or exactly 0. @return what is wrong, else ""
std::string doubledComparison(Key key, const Token& token)
{
    const bool isNumber =
        key == Key::Risk || key == Key::Age || key == Key::Sla || key == Key::Opened;
    const bool isCompared =
        std::any_of(token.values.begin(), token.values.end(), [](const std::string& value) {
            return value.starts_with('>') || value.starts_with('<');
        });
    if (!isNumber || !isCompared || token.values.size() < 2)
        return {};
    return fmt::format(
        "{} takes one comparison, and numbers without commas, for example risk:>1000",
        keyWord(key));
}

tl::expected<Term, Problem> readTerm(const Token& token, bool isLast, bool partial)
{
    Term term;
    term.isNegated = token.isNegated;
    if (!token.key.empty()) {
        const auto key = keyFromWord(token.key);
        if (!key || *key == Key::Text)
            return tl::unexpected(problemAt(
                token, fmt::format("'{}' is no key; quote it to search the text", token.key)));
        term.key = *key;
    }
    if (const std::string problem = doubledComparison(term.key, token); !problem.empty())
        return tl::unexpected(problemAt(token, problem));
    for (const std::string& value : token.values) {
        if (value.empty() || token.isOpenQuote) {
            const bool isTyping = partial && isLast;
            return tl::unexpected(problemAt(token,
                                            token.isOpenQuote
                                                ? "a quote without its end"
                                                : fmt::format("{} needs a value", token.key),
                                            isTyping));
        }
        Test test;
        const Checked checked = readTest(term.key, value, test);
        if (!checked.isGood)
            return tl::unexpected(problemAt(token, checked.wanted));
        term.tests.push_back(std::move(test));
    }
    return term;
}

} // namespace

std::string_view keyWord(Key key)
{
    return kKeys[static_cast<std::size_t>(key)];
}

std::optional<Key> keyFromWord(std::string_view word)
{
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        if (kKeys[i] == word)
            return static_cast<Key>(i);
    }
    return std::nullopt;
}

tl::expected<Filter, Problem> parse(std::string_view text, bool partial)
{
    Filter filter;
    const std::vector<Token> pieces = tokens(text);
    for (const Token& token : pieces) {
        auto term = readTerm(token, &token == &pieces.back(), partial);
        if (!term)
            return tl::unexpected(term.error());
        if (term->key == Key::Sort) {
            applySort(filter, token);
        } else if (term->key == Key::Group) {
            filter.group = term->tests.front().text == "none" ? GroupBy::None : GroupBy::Case;
        } else {
            filter.terms.push_back(*std::move(term));
        }
    }
    return filter;
}

std::string termText(Key key, std::string_view value)
{
    const bool isPlain = !value.empty() && value.find_first_of(" ,\"\t") == std::string_view::npos;
    std::string bare(value);
    std::erase(bare, '"');
    return fmt::format(fmt::runtime(isPlain ? "{}:{}" : "{}:\"{}\""), keyWord(key), bare);
}

} // namespace counterfoil::query
