#include <QEventLoop>
#include <QTemporaryDir>

#include "core/phrases/phrases.h"
#include "core/workspace/connection_probe.h"
#include "core/workspace/desk.h"

namespace counterfoil::workspace {

std::vector<view::DoctorCheck> probeConnection(WorkspaceConfig config, Platform platform)
{
    const auto refused = [](const Error& error) {
        return std::vector<view::DoctorCheck>{{"probe", "The connection cannot be tried",
                                               phrases::sentence(error),
                                               view::CheckState::Blocking}};
    };
    const QTemporaryDir folder;
    if (!folder.isValid())
        return refused(Error(ErrorCode::Store, folder.errorString().toStdString()));
    config.storeUrl = "sqlite:" + folder.path().toStdString();
    const auto desk = Desk::open(config, DeskOptions());
    if (!desk)
        return refused(desk.error());
    Task<std::vector<view::DoctorCheck>> task = (*desk)->probe(platform);
    QEventLoop loop;
    if (!task.start()) {
        while (!task.done())
            loop.processEvents(QEventLoop::WaitForMoreEvents);
    }
    return task.take();
}

} // namespace counterfoil::workspace
