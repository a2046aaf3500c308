#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace counterfoil::bench {

/// An HTTP server on 127.0.0.1 that answers every request with one body; on a thread of its own, so
/// that its work is not counted.
class Loopback {
public:
    Loopback();
    ~Loopback();
    Loopback(const Loopback&) = delete;
    Loopback& operator=(const Loopback&) = delete;
    /// The body of the next answers. Not while a request is under way.
    void setBody(std::string body) { m_body = std::move(body); }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url() const;

private:
    void serve();
    void answer(int connection);

    int m_socket = -1;
    int m_port = 0;
    std::string m_body;
    std::atomic<bool> m_isEnding{false};
    std::thread m_thread;
};

/// Asks the server without any library: what reading the bytes costs at least.
[[nodiscard]] std::string rawGet(int port);

} // namespace counterfoil::bench
