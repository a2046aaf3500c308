#pragma once

#include <QDir>
#include <QWidget>

#include "ui/theme/theme_service.h"

namespace counterfoil::tests {

/// Saves a page in both themes and two sizes under $COUNTERFOIL_PICTURES, for a look by eye; does
/// nothing when the variable is not set.
inline void savePictures(QWidget& page, const QString& name)
{
    const QString folder = qEnvironmentVariable("COUNTERFOIL_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    auto& service = theme::ThemeService::install();
    for (const auto& [mode, word] : {std::pair(theme::Mode::Light, QStringLiteral("light")),
                                     std::pair(theme::Mode::Dark, QStringLiteral("dark"))}) {
        service.setMode(mode);
        for (const QSize& size : {QSize(1224, 828), QSize(1048, 628)}) {
            page.resize(size);
            page.show();
            QCoreApplication::processEvents();
            page.grab().save(
                QStringLiteral("%1/%2-%3-%4.png").arg(folder, name, word).arg(size.width()));
        }
    }
    service.setMode(theme::Mode::Light);
}

} // namespace counterfoil::tests
