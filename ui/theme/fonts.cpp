#include "ui/theme/fonts.h"

#include <QFontDatabase>

#include "core/base/check.h"

// Must stand outside every namespace: the macro declares a function of the resource compiler.
static void initFontResources()
{
    Q_INIT_RESOURCE(counterfoil_fonts);
}

namespace counterfoil::theme {

namespace {

struct RoleSpec {
    int sizePx;
    QFont::Weight weight;
    double trackingPercent; ///< of the size
    bool isMono = false;
};

RoleSpec specOf(FontRole role)
{
    switch (role) {
    case FontRole::Display:
        return {22, QFont::DemiBold, -1.8};
    case FontRole::Title:
        return {17, QFont::DemiBold, -1.2};
    case FontRole::Heading:
        return {14, QFont::DemiBold, -0.6};
    case FontRole::Body:
        return {13, QFont::Normal, -0.3};
    case FontRole::BodyMedium:
        return {13, QFont::Medium, -0.3};
    case FontRole::BodyStrong:
        return {13, QFont::DemiBold, -0.3};
    case FontRole::Small:
        return {12, QFont::Normal, 0};
    case FontRole::SmallMedium:
        return {12, QFont::Medium, 0};
    case FontRole::SmallStrong:
        return {12, QFont::DemiBold, 0};
    case FontRole::Micro:
        return {11, QFont::Medium, 0};
    case FontRole::MicroStrong:
        return {11, QFont::DemiBold, 0};
    case FontRole::Code:
        return {11, QFont::Normal, -2, true};
    case FontRole::Initials:
        return {9, QFont::DemiBold, 0};
    }
    return {13, QFont::Normal, -0.3};
}

} // namespace

void loadFonts()
{
    initFontResources();
    for (const char* file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
                             "JetBrainsMono-Regular.ttf", "JetBrainsMono-Medium.ttf"}) {
        const int id = QFontDatabase::addApplicationFont(QStringLiteral(":/counterfoil/fonts/") +
                                                         QLatin1String(file));
        CF_CHECK(id >= 0);
    }
}

QFont makeFont(FontRole role, int textPercent)
{
    const RoleSpec spec = specOf(role);
    QFont result(spec.isMono ? QStringLiteral("JetBrains Mono") : QStringLiteral("Inter"));
    const int size = (spec.sizePx * textPercent + 50) / 100;
    result.setPixelSize(size);
    result.setWeight(spec.weight);
    // Whole advances would spread small text; fractional ones keep the drawn widths of the design.
    result.setHintingPreference(QFont::PreferNoHinting);
    if (spec.trackingPercent < 0)
        result.setLetterSpacing(QFont::AbsoluteSpacing, size * spec.trackingPercent / 100.0);
    return result;
}

} // namespace counterfoil::theme
