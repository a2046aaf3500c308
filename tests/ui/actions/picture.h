#pragma once

#include "core/workspace/view.h"

/// The made-up case of the design's pictures, RMA7000412, as values.
namespace counterfoil::testing {

[[nodiscard]] view::CaseView pictureCase();
[[nodiscard]] view::CreditPreview pictureCredit();
[[nodiscard]] view::ReleasePreview pictureRelease();
[[nodiscard]] view::QuarantineView pictureLots();
/// After an inspection found one more bean bag damaged by the buyer: 12.50 less.
[[nodiscard]] view::CreditPreview movedCredit();

} // namespace counterfoil::testing
