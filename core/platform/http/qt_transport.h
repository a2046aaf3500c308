#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QSslSocket>

#include "core/base/seams.h"
#include "core/platform/http/exchange.h"

#include <memory>
#include <string>
#include <vector>

namespace counterfoil::http {

struct TransportOptions {
    TransportOptions() {}
    Timeouts timeouts;
    QByteArray extraCaPem; ///< further certificates to trust; a transport of its own for each list
    std::string userAgent = "Counterfoil/0.1";
    int redirectsMax = 5; ///< reads only, same host only
    Millis keepOpen = std::chrono::seconds(20);
    std::size_t idleConnectionsMax = 8;
};

/// The network, over Qt's sockets. It speaks HTTP/1.1 itself instead of using
/// QNetworkAccessManager: that one sends a request again, a POST too, when the server closes before
/// it answers, and a write must leave once (design.md 7). It also gives each phase its own time
/// limit and counts wire and unpacked bytes exactly.
///
/// Engine thread only; must outlive the tasks it gave out. A write always takes a new connection
/// and never follows a redirect: its 3xx is the reply. A read whose reused connection turns out to
/// be closed is sent once more on a new one.
class QtTransport : public Transport {
public:
    explicit QtTransport(TransportOptions options);
    ~QtTransport() override;

    [[nodiscard]] Task<Result<HttpReply>> send(HttpRequest request) override;

private:
    struct Idle {
        std::string origin;
        std::unique_ptr<QSslSocket> socket;
        QElapsedTimer since;
    };
    [[nodiscard]] Task<Result<HttpReply>> sendOnce(Url url, HttpRequest request);
    [[nodiscard]] std::unique_ptr<QSslSocket> takeIdle(const std::string& origin);
    void keepIdle(const std::string& origin, std::unique_ptr<QSslSocket> socket);

    TransportOptions m_options;
    std::vector<Idle> m_idle;
    QObject m_context; ///< receives the posted ends of exchanges
};

} // namespace counterfoil::http
