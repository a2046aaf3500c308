#include "ui/quarantine/count_text.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::quarantine {

namespace {

int unitsOf(const std::vector<workspace::GradeCount>& counts)
{
    int units = 0;
    for (const workspace::GradeCount& count : counts)
        units += count.units;
    return units;
}

std::string_view letterOf(domain::UnitVerdict verdict)
{
    switch (verdict) {
    case domain::UnitVerdict::AGrade:
        return "A";
    case domain::UnitVerdict::BGrade:
        return "B";
    case domain::UnitVerdict::Damaged:
        return "D";
    case domain::UnitVerdict::WrongItem:
        return "W";
    case domain::UnitVerdict::Missing:
        return "M";
    }
    return "";
}

} // namespace

Result<std::vector<workspace::GradeCount>> readCount(std::string_view text, int toDo)
{
    if (trimmed(text).empty())
        return fail(ErrorCode::Invalid, "write for example \"22 A, 1 B, 1 D in transit\"");
    auto counts = workspace::parseGrades(text);
    if (!counts)
        return counts;
    if (const int units = unitsOf(*counts); units > toDo)
        return fail(ErrorCode::Invalid,
                    toDo == 0 ? std::string("every unit of this lot has its verdict")
                              : fmt::format("{} units are graded here, {} {} left to do", units,
                                            toDo, toDo == 1 ? "is" : "are"));
    return counts;
}

std::string countText(const std::vector<workspace::GradeCount>& counts)
{
    std::string out;
    for (const workspace::GradeCount& count : counts) {
        out +=
            fmt::format("{}{} {}", out.empty() ? "" : ", ", count.units, letterOf(count.verdict));
        if (count.verdict == domain::UnitVerdict::Damaged)
            out += count.cause == domain::DamageCause::Buyer ? " by buyer" : " in transit";
    }
    return out;
}

Result<std::string> withOneMore(std::string_view text, int toDo)
{
    std::vector<workspace::GradeCount> counts;
    if (!trimmed(text).empty()) {
        auto read = workspace::parseGrades(text);
        if (!read)
            return fail(read.error());
        counts = *std::move(read);
    }
    const auto aGrade = std::find_if(counts.begin(), counts.end(), [](const auto& count) {
        return count.verdict == domain::UnitVerdict::AGrade;
    });
    if (aGrade != counts.end())
        ++aGrade->units;
    else
        counts.insert(counts.begin(), {1, domain::UnitVerdict::AGrade, domain::DamageCause::None});
    const std::string more = countText(counts);
    const auto fits = readCount(more, toDo);
    if (!fits)
        return fail(fits.error());
    return more;
}

domain::Inspection inspectionOf(const view::LotView& lot, const view::InspectionUnit& unit,
                                domain::UnitVerdict verdict, domain::DamageCause cause)
{
    domain::Inspection row;
    row.rma = RmaId(lot.rma);
    row.unit = unit.unit;
    row.verdict = verdict;
    const bool isDamaged = verdict == domain::UnitVerdict::Damaged;
    row.cause = !isDamaged                           ? domain::DamageCause::None
                : cause == domain::DamageCause::None ? domain::DamageCause::Transit
                                                     : cause;
    row.note = unit.note;
    return row;
}

std::vector<domain::Inspection> inspectionsOf(const view::LotView& lot,
                                              const std::vector<workspace::GradeCount>& counts)
{
    std::vector<const view::InspectionUnit*> open;
    for (const view::InspectionUnit& unit : lot.rows) {
        if (!unit.verdict)
            open.push_back(&unit);
    }
    CF_CHECK(unitsOf(counts) <= static_cast<int>(open.size()));
    std::vector<domain::Inspection> out;
    for (const workspace::GradeCount& count : counts) {
        for (int i = 0; i < count.units; ++i)
            out.push_back(inspectionOf(lot, *open[out.size()], count.verdict, count.cause));
    }
    return out;
}

} // namespace counterfoil::quarantine
