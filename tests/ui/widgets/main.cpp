#include <QApplication>

#include "ui/theme/theme_service.h"

#include <gtest/gtest.h>

/// Widgets need an application and the theme before the first test.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    counterfoil::theme::ThemeService::install(counterfoil::theme::Mode::Light);
    return RUN_ALL_TESTS();
}
