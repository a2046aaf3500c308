#include "core/workspace/cell_pointers.h"

#include "core/decode/pointers.h"

#include <map>
#include <tuple>

namespace counterfoil::workspace {

void fillPointers(std::vector<view::ComparisonGroup>& groups, const decode::Adapters& adapters,
                  const BodyReader& bodyOf)
{
    using Key = std::tuple<domain::DocumentKind, std::string, std::int64_t>;
    std::map<Key, std::string> bodies;
    for (view::ComparisonGroup& group : groups) {
        for (view::ComparisonRow& row : group.rows) {
            for (auto& [system, cell] : row.cells) {
                if (cell.field.empty() || cell.document.externalId.empty())
                    continue;
                const domain::DocumentRef& at = cell.document;
                const auto [body, isNew] = bodies.try_emplace({at.kind, at.externalId, at.version});
                if (isNew)
                    body->second = bodyOf(at);
                cell.pointer =
                    decode::pointerFor(adapters, at.kind, cell.field, body->second, cell.subject);
            }
        }
    }
}

} // namespace counterfoil::workspace
