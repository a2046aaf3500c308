#include "ui/queue/saved_views.h"

#include <QSettings>

#include <algorithm>

namespace counterfoil::queue {
namespace {

QString keyOf(const QString& site)
{
    return QStringLiteral("views/") + QString(site).replace(QLatin1Char('/'), QLatin1Char('_'));
}

void write(const QString& site, const std::vector<SavedView>& views)
{
    QSettings settings;
    settings.remove(keyOf(site));
    settings.beginWriteArray(keyOf(site), static_cast<int>(views.size()));
    for (std::size_t i = 0; i < views.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("name"), views[i].name);
        settings.setValue(QStringLiteral("query"), views[i].query);
    }
    settings.endArray();
}

} // namespace

std::vector<SavedView> savedViews(const QString& site)
{
    QSettings settings;
    std::vector<SavedView> views;
    const int count = settings.beginReadArray(keyOf(site));
    for (int i = 0; i < count && views.size() < kSavedViewsMax; ++i) {
        settings.setArrayIndex(i);
        views.push_back({settings.value(QStringLiteral("name")).toString(),
                         settings.value(QStringLiteral("query")).toString()});
    }
    settings.endArray();
    return views;
}

bool saveView(const QString& site, const SavedView& view)
{
    std::vector<SavedView> views = savedViews(site);
    const auto same = std::find_if(views.begin(), views.end(),
                                   [&](const SavedView& one) { return one.name == view.name; });
    if (same != views.end())
        *same = view;
    else if (views.size() >= kSavedViewsMax)
        return false;
    else
        views.push_back(view);
    write(site, views);
    return true;
}

void removeView(const QString& site, const QString& name)
{
    std::vector<SavedView> views = savedViews(site);
    std::erase_if(views, [&](const SavedView& one) { return one.name == name; });
    write(site, views);
}

} // namespace counterfoil::queue
