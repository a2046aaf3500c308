// counterfoil-bench: the speed table (design.md 12). ./dev bench runs it.

#include "core/base/heap.h"
#include "tests/bench/bench.h"
#include "ui/theme/theme_service.h"

#include <QApplication>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace counterfoil::bench {
namespace {

constexpr int kRounds = 7;

const std::vector<Measure>& measures()
{
    static const std::vector<Measure> all{
        {"P1", measureDecode}, {"P2", measureBulk},   {"P6", measureScroll}, {"P9", measureCompare},
        {"P11", measurePage},  {"P13", measureStart}, {"P14", measureMemory}};
    return all;
}

std::string shown(const std::optional<double>& number)
{
    if (!number)
        return "absent";
    return fmt::format("{:.{}f}", *number, *number >= 100 ? 0 : *number >= 10 ? 1 : 2);
}

std::string times(const std::optional<double>& ratio)
{
    return ratio ? fmt::format("{:.2f}x", *ratio) : "-";
}

void printHead()
{
    fmt::print("{:<5}{:>10} {:<10}{:>10}{:>10}{:>9}{:>9}  {}\n", "ID", "value", "", "peer", "limit",
               "vs peer", "vs limit", "goal");
}

/// "vs peer": times better than the peer; "vs limit": times the cost of the limit.
void print(const Outcome& row)
{
    fmt::print("{:<5}{:>10} {:<10}{:>10}{:>10}{:>9}{:>9}  {}: {}\n", row.id, shown(row.value),
               row.unit, shown(row.peer), shown(row.limit), times(row.vsPeer), times(row.vsLimit),
               row.goal,
               !row.isJudged ? "not judged"
               : row.isMet   ? "met"
                             : "MISSED");
    fmt::print("     {}\n     peer: {}\n     limit: {}\n", row.work, row.peerName, row.limitName);
    std::fflush(stdout);
}

nlohmann::json toJson(const Outcome& row)
{
    const auto maybe = [](const std::optional<double>& number) {
        return number ? nlohmann::json(*number) : nlohmann::json();
    };
    return {{"id", row.id},
            {"work", row.work},
            {"value", row.value},
            {"unit", row.unit},
            {"peer", maybe(row.peer)},
            {"peer_is", row.peerName},
            {"limit", maybe(row.limit)},
            {"limit_is", row.limitName},
            {"vs_peer", maybe(row.vsPeer)},
            {"vs_limit", maybe(row.vsLimit)},
            {"goal", row.goal},
            {"met", row.isJudged ? nlohmann::json(row.isMet) : nlohmann::json()}};
}

int run(const std::vector<std::string>& wanted, bool isJson)
{
    nlohmann::json rows = nlohmann::json::array();
    if (!isJson)
        printHead();
    for (const Measure& measure : measures()) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), measure.id) == wanted.end())
            continue;
        for (const Outcome& row : measure.run(kRounds)) {
            rows.push_back(toJson(row));
            if (!isJson)
                print(row);
        }
    }
    if (isJson)
        std::puts(rows.dump(2).c_str());
    return 0;
}

} // namespace
} // namespace counterfoil::bench

int main(int argc, char** argv)
{
    using namespace counterfoil;
    keepFreedMemory(); // as the programs do
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    theme::ThemeService::install(theme::Mode::Light);
    std::vector<std::string> wanted;
    bool isJson = false;
    for (int i = 1; i < argc; ++i) {
        std::string word = argv[i];
        if (word == "--json") {
            isJson = true;
            continue;
        }
        std::transform(word.begin(), word.end(), word.begin(),
                       [](char c) { return c == 'p' ? 'P' : c; });
        const auto& all = bench::measures();
        if (std::none_of(all.begin(), all.end(), [&](const auto& row) { return row.id == word; })) {
            std::fprintf(stderr, "bench: no row %s; there are P1 P2 P6 P9 P11 P13 P14\n", argv[i]);
            return 2;
        }
        wanted.push_back(std::move(word));
    }
    return bench::run(wanted, isJson);
}
