#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The speed table of design.md 12: every row is measured in one run beside its peer and its limit.
namespace counterfoil::bench {

/// One line of the table. Costs and figures are in `unit`; a missing peer or limit is absent on
/// this machine, and its name says why.
struct Outcome {
    std::string id;   ///< "P1"
    std::string work; ///< what is done
    std::string unit; ///< of value, peer and limit
    double value = 0;
    std::optional<double> peer, limit;
    std::string peerName, limitName;
    std::optional<double> vsPeer;  ///< times better than the peer (more is better)
    std::optional<double> vsLimit; ///< times the limit's cost (1 is the limit, less is better)
    std::string goal;
    bool isMet = false;
    bool isJudged = true; ///< false: the peer that the goal names is absent
};

/// What measures one or more lines. @p rounds: how often everything runs, at least 5.
struct Measure {
    std::string id;
    std::function<std::vector<Outcome>(int rounds)> run;
};

std::vector<Outcome> measureDecode(int rounds);  ///< P1
std::vector<Outcome> measureBulk(int rounds);    ///< P2
std::vector<Outcome> measureScroll(int rounds);  ///< P6
std::vector<Outcome> measureCompare(int rounds); ///< P9
std::vector<Outcome> measurePage(int rounds);    ///< P11
std::vector<Outcome> measureStart(int rounds);   ///< P13
std::vector<Outcome> measureMemory(int rounds);  ///< P14

/// Costs of one round each, in the order in which they ran: product, peer, limit, and again.
struct Rounds {
    std::vector<double> product, peer, limit;
};
/// A contender returns the cost of one round; an empty one is left out.
using Contender = std::function<double()>;
/// Runs one round of each for warm-up, then @p rounds of them interleaved, so that a change of the
/// machine's load meets all alike.
[[nodiscard]] Rounds interleaved(int rounds, const Contender& product, const Contender& peer,
                                 const Contender& limit);

[[nodiscard]] double median(std::vector<double> values);
/// Median of the ratios above / below of each round.
[[nodiscard]] std::optional<double> ratio(const std::vector<double>& above,
                                          const std::vector<double>& below);
/// Fills value, peer, limit and the ratios; @p figure turns a cost into the unit of the line.
void fill(Outcome& outcome, const Rounds& rounds, const std::function<double(double)>& figure);

/// An absolute goal of the design holds on an idle machine; elsewhere the ratio to the limit of the
/// same run counts (design.md 12). Sets goal and isMet.
/// @param most      of value, in its unit
/// @param idleLimit what the design says the limit takes on an idle machine, same unit
void judgeAbsolute(Outcome& outcome, double most, double idleLimit);

/// Wall time and this thread's processor time, in milliseconds.
[[nodiscard]] double wallMillis();
[[nodiscard]] double threadMillis();
/// Wall time of one call.
[[nodiscard]] double timed(const std::function<void()>& work);
/// This thread's processor time of one call: for work that waits for nothing, so that what else
/// runs on the machine counts little.
[[nodiscard]] double cpuTimed(const std::function<void()>& work);

/// Ends the program with @p what: a benchmark that cannot do its work has no figure.
[[noreturn]] void giveUp(const std::string& what);

/// Where files of a run may lie: on the disk of the build, made when missing.
[[nodiscard]] std::string workFolder();

} // namespace counterfoil::bench
