#pragma once

#include <QString>

#include <vector>

namespace counterfoil::queue {

/// A query that a person keeps under a name.
struct SavedView {
    QString name;
    QString query;
};

/// The saved views of one site, kept in the person's settings. GUI thread.
[[nodiscard]] std::vector<SavedView> savedViews(const QString& site);
/// Adds, or replaces the one of the same name. At most kSavedViewsMax; false when there are as
/// many.
[[nodiscard]] bool saveView(const QString& site, const SavedView& view);
void removeView(const QString& site, const QString& name);
inline constexpr std::size_t kSavedViewsMax = 20;

} // namespace counterfoil::queue
