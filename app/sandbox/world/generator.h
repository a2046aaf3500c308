#pragma once

#include "app/sandbox/world/builder.h"
#include "app/sandbox/world/world.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::sandbox {

/// A scenario that was planted, by name, and the RMA it is about.
struct Planted {
    std::string_view scenario;
    std::string_view type; ///< empty: nothing may be found
    Id rma = 0;
};

/// A populated world with the builder that goes on telling its story.
struct Populated {
    std::unique_ptr<World> world;
    std::unique_ptr<Builder> builder;
    std::vector<Planted> planted;
    std::string proofOrder; ///< name of the order whose balance proof runs may change
};

/// Fills a world from its seed: shop, trade, the scenario catalogue once per 300 returns, and
/// everyday returns for the rest. The clock stands at `options.start` afterwards and runs.
[[nodiscard]] Populated populate(const World::Options& options);

/// One everyday return that needs nobody's attention.
void plantEveryday(Builder& builder);

} // namespace counterfoil::sandbox
