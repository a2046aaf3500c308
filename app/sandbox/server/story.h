#pragma once

#include "app/sandbox/returngo/returngo_handler.h"
#include "app/sandbox/world/builder.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sandbox {

/// What goes on happening while somebody watches, and what an experiment may ask for by name.
/// Each step takes place at the world's present time.
class Story {
public:
    Story(Builder& builder, ReturnGoHandler& returns)
        : m_builder(builder), m_world(builder.world()), m_returns(returns)
    {
    }
    /// Plays a step by name; `about` narrows it (an RMA id, an order name), empty: the story picks.
    /// Returns what happened in a few words, empty when the step is unknown or found nothing to do.
    std::string play(const std::string& step, const std::string& about = {});
    /// Plays the next step of the running story.
    std::string next();
    /// The names that `play` knows.
    [[nodiscard]] static const std::vector<std::string>& steps();

private:
    std::string newWrongReturn();
    std::string newReturn();
    std::string received(const std::string& about);
    std::string refundRequested(const std::string& about);
    std::string fixedElsewhere(const std::string& about);
    std::string poSet(const std::string& about);
    std::string restocked(const std::string& about);
    std::string inspected(const std::string& about);
    std::string overwriteBalance(const std::string& about);
    std::string orderPlaced(const std::string& about);
    std::string paymentArrives(const std::string& about);
    std::string returnProcessed(const std::string& about);
    /// First RMA in one of the states that `fits`, or the one named.
    template <class Fits> Rma* find(const std::string& about, Fits fits);
    std::optional<std::size_t> quietOrder();
    std::size_t indexOf(const Rma& rma) const;

    Builder& m_builder;
    World& m_world;
    ReturnGoHandler& m_returns;
    std::size_t m_turn = 0;
};

} // namespace counterfoil::sandbox
