#pragma once

#include "core/decode/adapter.h"
#include "core/workspace/view.h"

#include <functional>
#include <string>
#include <vector>

namespace counterfoil::workspace {

/// The bytes of a stored document; empty when it is not there.
using BodyReader = std::function<std::string(const domain::DocumentRef& document)>;

/// Sets the JSON pointer of every cell that shows a single value of a document, so that one step
/// leads from the cell to the platform's own field. Reads each document once.
void fillPointers(std::vector<view::ComparisonGroup>& groups, const decode::Adapters& adapters,
                  const BodyReader& bodyOf);

} // namespace counterfoil::workspace
