#pragma once

#include "app/sandbox/world/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sandbox {

/// A switch that spoils answers. Kinds: drop-before (nothing happens), drop-reply (it happens, no
/// answer), 429, 500, throttled, html, half-json, cut (fewer bytes than announced), slow,
/// wrong-types, huge, empty, invalid-utf8, deep-nesting.
struct Fault {
    std::string endpoint; ///< shopify, sparklayer, returngo; empty: all
    std::string match;    ///< part of the path or operation name; empty: all
    std::string kind;
    std::int64_t times = -1; ///< how often still; -1: no end
    double rate = 1.0;       ///< probability per request
    int delayMs = 1500;      ///< for `slow`
};

/// The faults in force, in order; the first that applies is taken.
class FaultTable {
public:
    explicit FaultTable(std::uint64_t seed) : m_rng(seed) {}
    void add(Fault fault) { m_faults.push_back(std::move(fault)); }
    void clear() { m_faults.clear(); }
    /// A background level: "none", "light" (about 4 % of requests), "heavy" (about 20 %).
    bool setLevel(const std::string& level);
    /// The fault for this request, counted down; nullopt when none applies.
    std::optional<Fault> take(const std::string& endpoint, const std::string& path,
                              const std::string& operation);
    [[nodiscard]] const std::vector<Fault>& all() const { return m_faults; }
    [[nodiscard]] static bool known(const std::string& kind);

private:
    std::vector<Fault> m_faults;
    Rng m_rng;
};

} // namespace counterfoil::sandbox
