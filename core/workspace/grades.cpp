#include "core/workspace/grades.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::workspace {

namespace {

std::optional<domain::UnitVerdict> verdictOf(std::string_view word)
{
    if (word == "a" || word == "a-grade")
        return domain::UnitVerdict::AGrade;
    if (word == "b" || word == "b-grade")
        return domain::UnitVerdict::BGrade;
    if (word == "d" || word == "damaged")
        return domain::UnitVerdict::Damaged;
    if (word == "w" || word == "wrong")
        return domain::UnitVerdict::WrongItem;
    if (word == "m" || word == "missing")
        return domain::UnitVerdict::Missing;
    return std::nullopt;
}

Result<GradeCount> parsePart(std::string_view part)
{
    const auto wrong = [&] {
        return fail(
            ErrorCode::Invalid,
            fmt::format("'{}' is no grade; write for example \"22 A, 1 B, 1 D in transit\"", part));
    };
    const std::size_t digits = part.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos || digits > 6)
        return wrong();
    GradeCount out;
    out.units = std::stoi(std::string(part.substr(0, digits)));
    const std::string rest = folded(trimmed(part.substr(digits)));
    const std::size_t blank = rest.find(' ');
    const auto verdict = verdictOf(rest.substr(0, blank));
    if (!verdict || out.units == 0)
        return wrong();
    out.verdict = *verdict;
    const std::string cause(trimmed(
        blank == std::string::npos ? std::string_view() : std::string_view(rest).substr(blank)));
    if (*verdict == domain::UnitVerdict::Damaged &&
        (cause.empty() || cause == "in transit" || cause == "by us"))
        out.cause = domain::DamageCause::Transit;
    else if (*verdict == domain::UnitVerdict::Damaged && cause == "by buyer")
        out.cause = domain::DamageCause::Buyer;
    else if (!cause.empty())
        return wrong();
    return out;
}

} // namespace

Result<std::vector<GradeCount>> parseGrades(std::string_view text)
{
    std::vector<GradeCount> out;
    for (const std::string_view part : split(text, ',')) {
        const auto count = parsePart(trimmed(part));
        if (!count)
            return fail(count.error());
        out.push_back(*count);
    }
    if (out.empty())
        return fail(ErrorCode::Invalid, "no grade given; write for example \"22 A, 1 B\"");
    return out;
}

Result<std::vector<domain::Inspection>> inspectionsFor(const domain::CaseFacts& facts,
                                                       const std::vector<GradeCount>& counts,
                                                       std::string_view sku,
                                                       const std::vector<std::string>& units)
{
    if (!facts.rma || !facts.rma->hasDetail)
        return fail(ErrorCode::NotFound, "the return's units were not read yet");
    std::vector<UnitId> open;
    for (const std::string& unit : units) {
        const auto& all = facts.rma->units;
        if (std::none_of(all.begin(), all.end(),
                         [&](const domain::RmaUnit& row) { return row.id.value == unit; }))
            return fail(ErrorCode::NotFound, fmt::format("unit {} is not of this return", unit));
        open.emplace_back(unit);
    }
    for (const domain::RmaUnit& unit : facts.rma->units) {
        const bool isGraded =
            std::any_of(facts.inspections.begin(), facts.inspections.end(),
                        [&](const domain::Inspection& row) { return row.unit == unit.id; });
        if (units.empty() && !isGraded && (sku.empty() || sameText(unit.sku, sku)))
            open.push_back(unit.id);
    }
    std::vector<domain::Inspection> out;
    for (const GradeCount& count : counts) {
        for (int i = 0; i < count.units; ++i) {
            if (out.size() == open.size())
                return fail(ErrorCode::Invalid,
                            fmt::format("only {} units are left to grade", open.size()));
            domain::Inspection row;
            row.rma = facts.rma->id;
            row.unit = open[out.size()];
            row.verdict = count.verdict;
            row.cause = count.cause;
            out.push_back(std::move(row));
        }
    }
    return out;
}

} // namespace counterfoil::workspace
