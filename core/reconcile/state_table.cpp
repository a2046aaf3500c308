#include "core/reconcile/state_table.h"

#include "core/base/check.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::reconcile {

using domain::RmaStatus;
using nlohmann::json;

namespace {

constexpr std::array<std::pair<std::string_view, RmaStatus>, 7> kStatuses{{
    {"Pending", RmaStatus::Pending},
    {"Approved", RmaStatus::Approved},
    {"Received", RmaStatus::Received},
    {"Validated", RmaStatus::Validated},
    {"Done", RmaStatus::Done},
    {"Rejected", RmaStatus::Rejected},
    {"Canceled", RmaStatus::Canceled},
}};
constexpr std::array<std::pair<std::string_view, StateColumn>, 4> kColumns{{
    {"shopify_return", StateColumn::ShopifyReturn},
    {"shipment", StateColumn::Shipment},
    {"money", StateColumn::Money},
    {"stock", StateColumn::Stock},
}};
constexpr std::array<std::string_view, 4> kRules{"by-policy", "due", "none-ever",
                                                 "credit-when-due"};
constexpr std::array<std::string_view, 3> kFacts{"returngo_creates_shopify_return",
                                                 "all_units_processed", "keep_item"};
constexpr std::int64_t kHoursMax = 24 * 365;

const StateCell kUnnamed;

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool readWord(const std::string& word, StateCell& cell)
{
    if (word == "ok")
        cell.verdict = StateCell::Verdict::Ok;
    else if (word == "wrong")
        cell.verdict = StateCell::Verdict::Wrong;
    else if (isOneOf(kRules, word))
        cell.rule = word;
    else
        return false;
    return true;
}

bool readObject(const json& object, StateCell& cell)
{
    for (const auto& [key, value] : object.items()) {
        if (key == "late_hours" && value.is_number_integer() && value.get<std::int64_t>() > 0 &&
            value.get<std::int64_t>() <= kHoursMax) {
            cell.verdict = StateCell::Verdict::Late;
            cell.late = std::chrono::hours(value.get<std::int64_t>());
        } else if (key == "ok_when" && value.is_object() && value.size() == 1 &&
                   isOneOf(kFacts, value.begin().key()) && value.begin()->is_string()) {
            cell.fact = value.begin().key();
            cell.value = value.begin()->get<std::string>();
            if (cell.value != "yes" && cell.value != "no")
                return false;
        } else {
            return false;
        }
    }
    return !object.empty();
}

Result<StateCell> readCell(const json& value, const std::string& place)
{
    StateCell cell;
    const bool isRead = value.is_string()   ? readWord(value.get<std::string>(), cell)
                        : value.is_object() ? readObject(value, cell)
                                            : false;
    if (!isRead)
        return fail(ErrorCode::Invalid, place + ": not a word or hours that the table knows");
    return cell;
}

} // namespace

Result<StateTable> StateTable::parse(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("states") || !document["states"].is_object())
        return fail(ErrorCode::Invalid, "states: not an object");
    StateTable table;
    for (const auto& [statusWord, status] : kStatuses) {
        const std::string row(statusWord);
        if (!document["states"].contains(row) || !document["states"][row].is_object())
            return fail(ErrorCode::Invalid, "states." + row + ": missing");
        for (const auto& [columnWord, column] : kColumns) {
            const std::string place = "states." + row + "." + std::string(columnWord);
            const auto found = document["states"][row].find(std::string(columnWord));
            if (found == document["states"][row].end() || !found->is_object() || found->empty())
                return fail(ErrorCode::Invalid, place + ": missing");
            Cells cells;
            for (const auto& [state, value] : found->items()) {
                Result<StateCell> cell = readCell(value, place + "." + state);
                if (!cell)
                    return fail(cell.error());
                cells.emplace(state, std::move(*cell));
            }
            table.m_rows.emplace(std::pair(status, column), std::move(cells));
        }
    }
    return table;
}

const StateTable& StateTable::get()
{
    static const StateTable table = [] {
        Result<StateTable> parsed = parse(stateTableText());
        CF_CHECK(parsed.has_value());
        return std::move(*parsed);
    }();
    return table;
}

bool StateTable::names(RmaStatus status, StateColumn column, std::string_view state) const
{
    const auto row = m_rows.find({status, column});
    return row != m_rows.end() && row->second.find(state) != row->second.end();
}

std::vector<std::string> StateTable::fitting(RmaStatus status, StateColumn column) const
{
    std::vector<std::string> out;
    const auto row = m_rows.find({status, column});
    if (row == m_rows.end())
        return out;
    for (const auto& [state, cell] : row->second) {
        if (cell.verdict == StateCell::Verdict::Ok)
            out.push_back(state);
    }
    return out;
}

const StateCell& StateTable::otherwise(RmaStatus status, StateColumn column) const
{
    const auto row = m_rows.find({status, column});
    if (row == m_rows.end())
        return kUnnamed;
    for (const std::string_view word : {"other", "any"}) {
        const auto found = row->second.find(word);
        if (found != row->second.end())
            return found->second;
    }
    return kUnnamed;
}

const StateCell& StateTable::cell(RmaStatus status, StateColumn column,
                                  std::string_view state) const
{
    const auto row = m_rows.find({status, column});
    if (row == m_rows.end())
        return kUnnamed;
    const auto found = row->second.find(state);
    return found != row->second.end() ? found->second : otherwise(status, column);
}

} // namespace counterfoil::reconcile
