#pragma once

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include "core/base/seams.h"
#include "core/platform/http/reply_parser.h"
#include "core/platform/http/url.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace counterfoil::http {

/// How long each phase of a request may take. The total comes with the request.
struct Timeouts {
    Timeouts() {}
    Millis connect = std::chrono::seconds(10); ///< until TCP and TLS stand
    Millis firstByte =
        std::chrono::seconds(30);           ///< from then until the head of the answer is whole
    Millis idle = std::chrono::seconds(15); ///< between two pieces of the body
};

/// One request on one connection, from connect to the last byte. Engine thread. Destroying it
/// aborts what is under way.
class Exchange : public QObject {
public:
    /// @param socket an open connection to the same origin, or nullptr for a new one
    Exchange(Url url, HttpRequest request, Timeouts timeouts, std::unique_ptr<QSslSocket> socket);
    ~Exchange() override;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// @param finished called once, on the stack of a socket or timer event: it must only post.
    void start(const QByteArray& extraCaPem, std::function<void()> finished);

    /// The outcome. @pre finished was called
    [[nodiscard]] Result<HttpReply> take();
    /// False when not one byte came back: on a reused connection it had been closed before.
    [[nodiscard]] bool hasAnswerBegun() const { return m_parser.hasBegun(); }
    /// The connection, when it may carry another request; nullptr otherwise.
    [[nodiscard]] std::unique_ptr<QSslSocket> releaseSocket();

private:
    void connectSignals();
    void openConnection(const QByteArray& extraCaPem);
    void sendRequest();
    void readSome();
    void phaseEnded();
    void socketFailed();
    void connectionClosed();
    void end(std::optional<Error> error);

    Url m_url;
    HttpRequest m_request;
    Timeouts m_timeouts;
    std::unique_ptr<QSslSocket> m_socket;
    ReplyParser m_parser;
    QTimer m_phaseTimer, m_totalTimer;
    Instant m_startedAt{};
    std::function<void()> m_finished;
    std::optional<Error> m_error;
    bool m_isSent = false;
    bool m_isEnded = false;
};

} // namespace counterfoil::http
