#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace counterfoil::bench {

Rounds interleaved(int rounds, const Contender& product, const Contender& peer,
                   const Contender& limit)
{
    Rounds out;
    for (int round = -1; round < rounds; ++round) {
        const auto once = [round](const Contender& contender, std::vector<double>& to) {
            if (!contender)
                return;
            const double cost = contender();
            if (round >= 0)
                to.push_back(cost);
        };
        once(product, out.product);
        once(peer, out.peer);
        once(limit, out.limit);
    }
    return out;
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::optional<double> ratio(const std::vector<double>& above, const std::vector<double>& below)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(above.size(), below.size()); ++i)
        ratios.push_back(above[i] / below[i]);
    if (ratios.empty())
        return std::nullopt;
    return median(std::move(ratios));
}

void fill(Outcome& outcome, const Rounds& rounds, const std::function<double(double)>& figure)
{
    outcome.value = figure(median(rounds.product));
    if (!rounds.peer.empty())
        outcome.peer = figure(median(rounds.peer));
    if (!rounds.limit.empty())
        outcome.limit = figure(median(rounds.limit));
    outcome.vsPeer = ratio(rounds.peer, rounds.product);
    outcome.vsLimit = ratio(rounds.product, rounds.limit);
}

void judgeAbsolute(Outcome& outcome, double most, double idleLimit)
{
    const double times = most / idleLimit;
    outcome.goal =
        fmt::format("{:.0f} {}, on a busy machine {:.1f}x the limit", most, outcome.unit, times);
    outcome.isMet = outcome.value <= most || (outcome.vsLimit && *outcome.vsLimit <= times);
}

double wallMillis()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}

double threadMillis()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double timed(const std::function<void()>& work)
{
    const double start = wallMillis();
    work();
    return wallMillis() - start;
}

double cpuTimed(const std::function<void()>& work)
{
    const double start = threadMillis();
    work();
    return threadMillis() - start;
}

void giveUp(const std::string& what)
{
    std::fprintf(stderr, "bench: %s\n", what.c_str());
    std::exit(1);
}

std::string workFolder()
{
    const std::string folder = COUNTERFOIL_BINARY_DIR "/bench";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        giveUp("cannot make " + folder);
    return folder;
}

} // namespace counterfoil::bench
