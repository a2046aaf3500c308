#pragma once

#include "core/workspace/comparison_view.h"
#include "core/workspace/view.h"

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

/// resources/playbooks/playbooks.json as it was when the program was built.
[[nodiscard]] std::string_view playbookText();

/// Deep links of a case; empty: there is nothing to link to.
struct CaseLinks {
    std::string returngo, shopify;
};

/// The steps for the worst finding's type, each ticked when the facts prove it done. Empty for a
/// type without a playbook. Pure; any thread.
[[nodiscard]] std::vector<view::PlaybookStep>
playbookOf(domain::FindingType type, const CasePicture& in, const CaseLinks& links);

/// Whether the facts prove what a `done` word of the playbooks says. Unknown words prove nothing.
[[nodiscard]] bool isProved(std::string_view done, const CasePicture& in);

/// Words that a playbook may use: for the test that holds the file.
[[nodiscard]] bool isPlaybookAction(std::string_view word);
[[nodiscard]] bool isPlaybookProof(std::string_view word);

} // namespace counterfoil::workspace
