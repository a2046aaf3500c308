#pragma once

#include "core/workspace/view.h"

#include <string>
#include <vector>

namespace counterfoil::ctl {

// Everything a command prints, as text for people or one JSON document. Control characters never
// pass.

[[nodiscard]] std::string caseText(const view::CaseView& view, Instant now);
[[nodiscard]] std::string caseJson(const view::CaseView& view);
[[nodiscard]] std::string whyText(const std::vector<view::TraceView>& trace);
[[nodiscard]] std::string whyJson(const std::vector<view::TraceView>& trace);
[[nodiscard]] std::string creditText(const view::CreditPreview& preview);
[[nodiscard]] std::string creditJson(const view::CreditPreview& preview);
[[nodiscard]] std::string releaseText(const view::ReleasePreview& preview);
[[nodiscard]] std::string releaseJson(const view::ReleasePreview& preview);
[[nodiscard]] std::string releasesJson(const std::vector<view::ReleasePreview>& previews);
[[nodiscard]] std::string actionText(const view::ActionView& action);
[[nodiscard]] std::string actionsJson(const std::vector<view::ActionView>& actions);
[[nodiscard]] std::string checksText(const std::vector<view::DoctorCheck>& checks);
[[nodiscard]] std::string checksJson(const std::vector<view::DoctorCheck>& checks);

} // namespace counterfoil::ctl
