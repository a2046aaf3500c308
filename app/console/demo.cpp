#include "app/console/demo.h"

#include <QSaveFile>

#include "app/sandbox/server/sandbox_server.h"

namespace counterfoil::console {

Demo::~Demo()
{
    m_thread.quit();
    m_thread.wait();
}

QString Demo::start(std::uint64_t seed, std::size_t returns)
{
    if (!m_folder.isValid())
        return {};
    const QString config = m_folder.filePath(QStringLiteral("config.json"));
    bool isWritten = false;
    m_thread.setObjectName(QStringLiteral("platforms"));
    m_thread.start();
    QObject starter;
    starter.moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        &starter,
        [&] {
            sandbox::SandboxServer::Options options;
            options.seed = seed;
            options.returns = returns;
            m_server = new sandbox::SandboxServer(options);
            QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
            const QString secrets = m_folder.filePath(QStringLiteral("secrets"));
            QSaveFile file(config);
            isWritten = m_server->start() && m_server->writeSecrets(secrets) &&
                        file.open(QIODevice::WriteOnly) &&
                        file.write(m_server->configJson(m_folder.filePath(QStringLiteral("store")),
                                                        secrets)) > 0 &&
                        file.commit();
        },
        Qt::BlockingQueuedConnection);
    return isWritten ? config : QString();
}

} // namespace counterfoil::console
