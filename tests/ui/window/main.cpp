#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>

#include "ui/theme/theme_service.h"

#include <gtest/gtest.h>

/// Settings go to a folder that goes away; motion is off, so that a test waits for nothing.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("counterfoil-window-test"));
    QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    testing::InitGoogleTest(&argc, argv);
    counterfoil::theme::ThemeService::install(counterfoil::theme::Mode::Light)
        .setReducesMotion(true);
    return RUN_ALL_TESTS();
}
