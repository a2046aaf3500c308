#pragma once

#include "app/sandbox/graphql/execute.h"
#include "app/sandbox/world/shop_types.h"

#include <map>
#include <string>

namespace counterfoil::sandbox::shopify {

/// Remembers what each idempotency key was first used for, for 24 hours of the shop's clock.
class IdempotencyStore {
public:
    enum class Verdict { New, Replay, Mismatch };
    struct Found {
        Verdict verdict = Verdict::New;
        graphql::Node payload; ///< the first answer; only for Replay
    };
    /// @param fingerprint mutation and arguments in one text
    [[nodiscard]] Found look(const std::string& key, const std::string& fingerprint,
                             Instant now) const
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end() || now - found->second.at >= kDay)
            return {};
        if (found->second.fingerprint != fingerprint)
            return {Verdict::Mismatch, {}};
        return {Verdict::Replay, found->second.payload};
    }
    void keep(const std::string& key, std::string fingerprint, graphql::Node payload, Instant now)
    {
        m_entries[key] = Entry{std::move(fingerprint), std::move(payload), now};
    }

private:
    struct Entry {
        std::string fingerprint;
        graphql::Node payload;
        Instant at = 0;
    };
    std::map<std::string, Entry> m_entries;
};

} // namespace counterfoil::sandbox::shopify
