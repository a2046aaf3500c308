#include "core/store/parameters.h"

namespace counterfoil::store {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// End of the text, quoted name or comment that begins at @p at; @p at itself when none begins
/// there.
std::size_t skipped(std::string_view sql, std::size_t at)
{
    const char c = sql[at];
    std::string_view end;
    if (c == '\'' || c == '"' || c == '`')
        end = sql.substr(at, 1);
    else if (sql.substr(at, 2) == "--")
        end = "\n";
    else if (sql.substr(at, 2) == "/*")
        end = "*/";
    else
        return at;
    // A doubled quote inside a text ends one text and begins the next: the same stretch in the end.
    const std::size_t found = sql.find(end, at + (end.size() == 2 ? 2 : 1));
    return found == std::string_view::npos ? sql.size() : found + end.size();
}

} // namespace

PlainStatement writtenOut(std::string_view sql)
{
    PlainStatement out;
    out.sql.reserve(sql.size());
    std::size_t at = 0;
    while (at < sql.size()) {
        if (const std::size_t end = skipped(sql, at); end != at) {
            out.sql += sql.substr(at, end - at);
            at = end;
            continue;
        }
        const bool isNumbered = sql[at] == '?' && at + 1 < sql.size() && isDigit(sql[at + 1]);
        out.sql += sql[at++];
        if (!isNumbered)
            continue;
        std::size_t number = 0;
        // SQLite takes no number above 32766; more digits than that is a fault that it names
        // itself.
        for (; at < sql.size() && isDigit(sql[at]); ++at)
            number =
                number > 32766 ? number : number * 10 + static_cast<std::size_t>(sql[at] - '0');
        out.order.push_back(number == 0 ? 0 : number - 1);
    }
    return out;
}

} // namespace counterfoil::store
