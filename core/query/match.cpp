#include "core/base/text.h"
#include "core/query/filter.h"

#include <algorithm>

namespace counterfoil::query {

namespace {

char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// @p needle is folded already.
bool contains(std::string_view text, std::string_view needle)
{
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                       [](char a, char b) { return fold(a) == b; }) != text.end();
}

bool equals(std::string_view text, std::string_view needle)
{
    return text.size() == needle.size() && std::equal(text.begin(), text.end(), needle.begin(),
                                                      [](char a, char b) { return fold(a) == b; });
}

/// "kettle*" begins, "*1l" ends, "*x*" holds, else equal.
bool matchesText(std::string_view text, std::string_view pattern)
{
    const bool isOpenEnd = pattern.ends_with('*');
    const bool isOpenStart = pattern.starts_with('*') && pattern.size() > 1;
    std::string_view bare = pattern;
    if (isOpenEnd)
        bare.remove_suffix(1);
    if (isOpenStart)
        bare.remove_prefix(1);
    if (isOpenStart && isOpenEnd)
        return contains(text, bare);
    if (isOpenEnd)
        return text.size() >= bare.size() && equals(text.substr(0, bare.size()), bare);
    if (isOpenStart)
        return text.size() >= bare.size() && equals(text.substr(text.size() - bare.size()), bare);
    return equals(text, bare);
}

bool inRange(std::int64_t value, const Test& test)
{
    if (test.low && (value < *test.low || (test.isLowOpen && value == *test.low)))
        return false;
    return !test.high || (value <= *test.high && !(test.isHighOpen && value == *test.high));
}

bool isOpenState(std::string_view state)
{
    return state != "closed" && state != "accepted" && state != "history" && state != "snoozed" &&
           state != "expected";
}

bool matchesIs(const Row& row, const Context& context, std::string_view word)
{
    if (word == "open")
        return isOpenState(row.state);
    if (word == "mine")
        return !context.person.empty() && row.assignee == context.person;
    if (word == "unassigned")
        return row.assignee.empty();
    if (word == "overdue")
        return row.due && *row.due < context.now && !row.isPaused;
    if (word == "regressed")
        return row.isRegressed;
    if (word == "inherited")
        return row.isInherited;
    if (word == "claimed")
        return row.isClaimed;
    if (word == "lot")
        return row.isHeader;
    return row.state == word;
}

bool matchesRisk(const Row& row, const Test& test)
{
    if (!row.riskMinor)
        return false;
    std::int64_t scale = 1'000'000;
    for (int i = 0; i < row.currencyExponent; ++i)
        scale /= 10;
    constexpr std::int64_t kSafe = 9'000'000'000'000LL;
    const std::int64_t minor = std::clamp(*row.riskMinor, -kSafe, kSafe);
    return inRange(minor * scale, test);
}

bool matchesPo(const Row& row, std::string_view text)
{
    if (text == "missing")
        return row.po.empty();
    return matchesText(row.po, text);
}

bool matchesOrder(std::string_view name, std::string_view text)
{
    if (name.starts_with('#'))
        name.remove_prefix(1);
    if (text.starts_with('#'))
        text.remove_prefix(1);
    return matchesText(name, text);
}

bool matchesRma(std::string_view rma, std::string_view text)
{
    if (text.starts_with("rma"))
        text.remove_prefix(3);
    if (text.starts_with('#'))
        text.remove_prefix(1);
    return matchesText(rma, text);
}

bool matchesWords(const Row& row, std::string_view text)
{
    const std::string_view places[] = {
        row.title, row.reason,       row.customer,
        row.rma,   row.order,        row.po,
        row.sku,   row.assigneeName, domain::findingTypeId(row.type)};
    return std::any_of(std::begin(places), std::end(places),
                       [&](std::string_view place) { return contains(place, text); });
}

bool matchesSla(const Row& row, const Context& context, const Test& test)
{
    return row.due && !row.isPaused && inRange((*row.due - context.now).count(), test);
}

bool matchesMonth(const Row& row, std::string_view text)
{
    return formatInstant(row.firstSeen).substr(0, 7) == text;
}

bool matchesTest(Key key, const Row& row, const Context& context, const Test& test)
{
    switch (key) {
    case Key::Text:
        return matchesWords(row, test.text);
    case Key::Is:
        return matchesIs(row, context, test.text);
    case Key::Type:
        return matchesText(domain::findingTypeId(row.type), test.text);
    case Key::Site:
        return matchesText(row.site, test.text);
    case Key::Owner:
    case Key::Team:
        return domain::ownerWord(row.owner) == test.text;
    case Key::Assignee:
        return matchesText(row.assignee, test.text) || contains(row.assigneeName, test.text);
    case Key::Customer:
        return test.text.find('*') != std::string::npos ? matchesText(row.customer, test.text)
                                                        : contains(row.customer, test.text);
    case Key::Order:
        return matchesOrder(row.order, test.text);
    case Key::Po:
        return matchesPo(row, test.text);
    case Key::Rma:
        return matchesRma(row.rma, test.text);
    case Key::Sku:
        return matchesText(row.sku, test.text);
    case Key::Lot:
        return matchesText(row.lot, test.text);
    case Key::Location:
        return matchesText(row.location, test.text);
    case Key::Platform:
        return matchesText(row.platform, test.text);
    case Key::Payment:
        return matchesText(row.payment, test.text);
    case Key::State:
        return row.state == test.text;
    case Key::Severity:
        return domain::severityWord(row.severity) == test.text;
    case Key::Risk:
        return matchesRisk(row, test);
    case Key::Currency:
        return equals(row.currency, test.text);
    case Key::Age:
        return inRange((context.now - row.firstSeen).count(), test);
    case Key::Sla:
        return matchesSla(row, context, test);
    case Key::Opened:
        return inRange(toMillis(row.firstSeen), test);
    case Key::Month:
        return matchesMonth(row, test.text);
    case Key::Sort:
    case Key::Group:
        return true;
    }
    return false;
}

} // namespace

bool Filter::matches(const Row& row, const Context& context) const
{
    return std::all_of(terms.begin(), terms.end(), [&](const Term& term) {
        const bool isHit = std::any_of(term.tests.begin(), term.tests.end(), [&](const Test& test) {
            return matchesTest(term.key, row, context, test);
        });
        return isHit != term.isNegated;
    });
}

} // namespace counterfoil::query
