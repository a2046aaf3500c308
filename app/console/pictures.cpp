#include "app/console/pictures.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

#include "ui/shell/main_window.h"
#include "ui/theme/theme_service.h"

#include <array>

namespace counterfoil::console {
namespace {

constexpr int kCaseWaitMillis = 30'000;

} // namespace

bool savePicture(shell::MainWindow& window, int width, int height, const QString& path)
{
    window.resize(width, height);
    QCoreApplication::processEvents();
    return window.grab().save(path, "PNG");
}

void openFirstCase(shell::MainWindow& window)
{
    QEventLoop loop;
    QObject::connect(&window, &shell::MainWindow::caseShown, &loop, &QEventLoop::quit);
    QTimer::singleShot(kCaseWaitMillis, &loop, &QEventLoop::quit); // an empty queue opens nothing
    window.openCurrent();
    loop.exec();
}

bool saveHeadless(shell::MainWindow& window, const QString& folder)
{
    const QDir target(folder);
    if (!QDir().mkpath(folder) ||
        !savePicture(window, 1440, 900, target.filePath(QStringLiteral("queue.png"))))
        return false;
    openFirstCase(window);
    return savePicture(window, 1440, 900, target.filePath(QStringLiteral("drilldown.png")));
}

bool saveAll(shell::MainWindow& window, const QString& folder)
{
    struct Shot {
        const char* mode;
        theme::Mode theme;
        int width, height;
    };
    static constexpr std::array<Shot, 4> kShots{{{"light", theme::Mode::Light, 1440, 900},
                                                 {"dark", theme::Mode::Dark, 1440, 900},
                                                 {"light", theme::Mode::Light, 1100, 700},
                                                 {"dark", theme::Mode::Dark, 1100, 700}}};
    const QDir target(folder);
    bool isSaved = QDir().mkpath(folder);
    for (const char* page : {"queue", "drilldown"}) {
        if (page[0] == 'd')
            openFirstCase(window);
        for (const Shot& shot : kShots) {
            theme::ThemeService::install().setMode(shot.theme);
            const QString name = QStringLiteral("%1-%2-%3.png")
                                     .arg(QLatin1String(page), QLatin1String(shot.mode))
                                     .arg(shot.width);
            isSaved =
                isSaved && savePicture(window, shot.width, shot.height, target.filePath(name));
        }
    }
    return isSaved;
}

} // namespace counterfoil::console
