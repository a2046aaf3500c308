#include "tests/bench/node_peer.h"

#include "tests/bench/bench.h"

#include <QStandardPaths>

namespace counterfoil::bench {
namespace {

constexpr int kAnswerMillis = 120'000;

} // namespace

std::unique_ptr<NodePeer> NodePeer::start(const QString& script, const QString& argument)
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (node.isEmpty())
        return nullptr;
    std::unique_ptr<NodePeer> peer(new NodePeer);
    peer->m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer->m_process.start(
        node, {QStringLiteral(COUNTERFOIL_SOURCE_DIR "/tests/bench/node/") + script, argument});
    if (!peer->m_process.waitForReadyRead(kAnswerMillis))
        giveUp("node does not start " + script.toStdString());
    peer->m_name = QStringLiteral("node ") +
                   QString::fromUtf8(peer->m_process.readLine()).trimmed().remove(u'v');
    return peer;
}

NodePeer::~NodePeer()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(kAnswerMillis);
}

double NodePeer::round()
{
    m_process.write("go\n");
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kAnswerMillis))
            giveUp("node gave no answer");
    }
    bool isNumber = false;
    const double millis = m_process.readLine().trimmed().toDouble(&isNumber);
    if (!isNumber)
        giveUp("node answered no time");
    return millis;
}

} // namespace counterfoil::bench
