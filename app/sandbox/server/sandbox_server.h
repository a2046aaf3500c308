#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include "app/sandbox/http/faults.h"
#include "app/sandbox/http/http_server.h"
#include "app/sandbox/world/world.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace counterfoil::sandbox {

/// The three platforms on one loopback port: /shopify, /sparklayer, /returngo, and /control.
///
/// Lives on one thread with an event loop; may be created there and moved nowhere. All platforms,
/// the story and the faults act on that thread.
class SandboxServer : public QObject {
    Q_OBJECT

public:
    struct Options {
        std::uint64_t seed = 1;
        std::size_t returns = 300;
        bool story = false;
        double speed = 1.0;          ///< world seconds per real second
        std::string faults = "none"; ///< none, light, heavy
        quint16 port = 0;            ///< 0: any
        std::int64_t startMs = 0;    ///< world time at start, ms UTC; 0: now
        Facts facts;
        std::string autoRefund = "none"; ///< none, received, done
        std::size_t returngoCap = 2000;  ///< calls in 24 h before ReturnGO answers 429
        double shopifyBucket = 20'000; ///< cost points; a Plus shop's, as measured 20 s of restore
        double shopifyRestore = 1000;  ///< cost points a second
    };

    explicit SandboxServer(const Options& options, QObject* parent = nullptr);
    ~SandboxServer() override;

    /// Fills the world and listens. False when the port is taken or an option makes no sense.
    bool start();
    [[nodiscard]] quint16 port() const;
    /// The console's config (design.md 10): urls of this server, secrets as files under
    /// `secretsFolder` (written by `writeSecrets`), the store at `storePath`.
    [[nodiscard]] QByteArray configJson(const QString& storePath,
                                        const QString& secretsFolder) const;
    /// Config whose secrets are environment variables (see `environment`).
    [[nodiscard]] QByteArray configJson(const QString& storePath) const;
    /// Writes the secret files with owner-only rights; false when that fails.
    [[nodiscard]] bool writeSecrets(const QString& folder) const;
    /// Names and values of the variables that `configJson(storePath)` refers to.
    [[nodiscard]] static std::vector<std::pair<QByteArray, QByteArray>> environment();
    /// What should be found in the world now, as JSON (an array of objects).
    [[nodiscard]] QByteArray truthJson() const;
    /// Plays a step of the story by name; empty when it is unknown or found nothing to do.
    QString playStep(const QString& step, const QString& about = {});
    void addFault(const Fault& fault);
    /// Server's thread only.
    [[nodiscard]] World& world();

Q_SIGNALS:
    /// A story step happened.
    void happened(const QString& what);

private:
    struct Parts;
    void tellStory();
    void route(const HttpRequest& request, const HttpServer::Answer& answer);

    Options m_options;
    std::unique_ptr<Parts> m_parts;
    QTimer m_storyTimer;
};

} // namespace counterfoil::sandbox
