#pragma once

#include <QProcess>
#include <QString>

#include <memory>

namespace counterfoil::bench {

/// A script of tests/bench/node in a Node.js process that stays warm: one line in, one time out.
class NodePeer {
public:
    /// @param argument given to the script. @return null when node is not installed
    [[nodiscard]] static std::unique_ptr<NodePeer> start(const QString& script,
                                                         const QString& argument);
    ~NodePeer();
    /// Runs one round there. @return milliseconds as the script took them
    [[nodiscard]] double round();
    /// "node 20.1.0"
    [[nodiscard]] const QString& name() const { return m_name; }

private:
    NodePeer() = default;
    QProcess m_process;
    QString m_name;
};

} // namespace counterfoil::bench
