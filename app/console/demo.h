#pragma once

#include <QString>
#include <QTemporaryDir>
#include <QThread>

#include <cstdint>
#include <memory>

namespace counterfoil::sandbox {
class SandboxServer;
}

namespace counterfoil::console {

/// The simulated platforms inside this process, on a thread of their own, with config, secrets and
/// store in a temporary folder that goes with the object.
class Demo {
public:
    Demo() = default;
    ~Demo();
    Demo(const Demo&) = delete;
    Demo& operator=(const Demo&) = delete;

    /// @return path of the config; empty when something could not be written or opened
    [[nodiscard]] QString start(std::uint64_t seed, std::size_t returns);

private:
    QTemporaryDir m_folder;
    QThread m_thread;
    sandbox::SandboxServer* m_server = nullptr; ///< made and deleted on its thread
};

} // namespace counterfoil::console
