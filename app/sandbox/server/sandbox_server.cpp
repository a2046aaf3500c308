#include "app/sandbox/server/sandbox_server.h"

#include "app/sandbox/returngo/returngo_handler.h"
#include "app/sandbox/server/control.h"
#include "app/sandbox/server/site_config.h"
#include "app/sandbox/server/spoil_wire.h"
#include "app/sandbox/server/story.h"
#include "app/sandbox/shopify/shopify_handler.h"
#include "app/sandbox/sparklayer/sparklayer_handler.h"
#include "app/sandbox/world/generator.h"

#include <QDateTime>

#include <algorithm>

namespace counterfoil::sandbox {
namespace {

constexpr const char* kRoutes[] = {"shopify", "sparklayer", "returngo", "control"};
constexpr int kStoryLeastMs = 1000;

} // namespace

struct SandboxServer::Parts {
    Parts(Populated made, const Options& options)
        : populated(std::move(made)), returngo(*populated.builder, returngoOptions(options)),
          sparklayer(*populated.world, {}), shopify(*populated.world, shopifyOptions(options)),
          story(*populated.builder, returngo), faults(options.seed),
          control({*populated.world, populated.planted, populated.proofOrder, story, faults, log})
    {
    }
    static ReturnGoOptions returngoOptions(const Options& options)
    {
        ReturnGoOptions out;
        out.apiKey = secretText(Secret::ReturnGo);
        out.dailyCap = options.returngoCap;
        out.autoRefund = options.autoRefund;
        return out;
    }
    static ShopifyOptions shopifyOptions(const Options& options)
    {
        ShopifyOptions out;
        out.accessToken = secretText(Secret::Shopify);
        out.bucketMaximum = options.shopifyBucket;
        out.restoreRate = options.shopifyRestore;
        return out;
    }

    Populated populated;
    ReturnGoHandler returngo;
    SparkHandler sparklayer;
    ShopifyHandler shopify;
    Story story;
    FaultTable faults;
    RequestLog log;
    Control control;
    std::unique_ptr<HttpServer> http;
};

SandboxServer::SandboxServer(const Options& options, QObject* parent)
    : QObject(parent), m_options(options)
{
    m_storyTimer.setSingleShot(true);
    connect(&m_storyTimer, &QTimer::timeout, this, &SandboxServer::tellStory);
}

SandboxServer::~SandboxServer() = default;

bool SandboxServer::start()
{
    World::Options options;
    options.seed = m_options.seed;
    options.returns = m_options.returns;
    options.start =
        m_options.startMs != 0 ? m_options.startMs : QDateTime::currentMSecsSinceEpoch();
    options.speed = m_options.speed;
    options.facts = m_options.facts;
    m_parts = std::make_unique<Parts>(populate(options), m_options);
    if (!m_parts->faults.setLevel(m_options.faults) || m_options.speed < 0)
        return false;
    m_parts->http = std::make_unique<HttpServer>(
        [this](const HttpRequest& request, const HttpServer::Answer& answer) {
            route(request, answer);
        });
    if (!m_parts->http->listen(m_options.port))
        return false;
    if (m_options.story)
        m_storyTimer.start(kStoryLeastMs * 5);
    return true;
}

quint16 SandboxServer::port() const
{
    return m_parts && m_parts->http ? m_parts->http->port() : quint16(0);
}

World& SandboxServer::world()
{
    return *m_parts->populated.world;
}

void SandboxServer::addFault(const Fault& fault)
{
    m_parts->faults.add(fault);
}

QString SandboxServer::playStep(const QString& step, const QString& about)
{
    const QString done =
        QString::fromStdString(m_parts->story.play(step.toStdString(), about.toStdString()));
    if (!done.isEmpty())
        Q_EMIT happened(done);
    return done;
}

void SandboxServer::tellStory()
{
    const std::string done = m_parts->story.next();
    if (!done.empty())
        Q_EMIT happened(QString::fromStdString(done));
    // Something every 20 to 40 seconds of world time.
    const double speed = m_options.speed > 0 ? m_options.speed : 1.0;
    const double wait = static_cast<double>(world().rng.between(20'000, 40'000)) / speed;
    m_storyTimer.start(std::max(kStoryLeastMs, static_cast<int>(wait)));
}

void SandboxServer::route(const HttpRequest& request, const HttpServer::Answer& answer)
{
    const std::size_t slash = std::min(request.path.find('/', 1), request.path.size());
    const std::string prefix = request.path.substr(1, slash - 1);
    HttpRequest inner = request;
    inner.path = request.path.substr(slash);
    if (inner.path.empty())
        inner.path = "/";
    Handler* handler = nullptr;
    if (prefix == kRoutes[0])
        handler = &m_parts->shopify;
    else if (prefix == kRoutes[1])
        handler = &m_parts->sparklayer;
    else if (prefix == kRoutes[2])
        handler = &m_parts->returngo;
    else if (prefix == kRoutes[3])
        handler = &m_parts->control;
    if (!handler) {
        WireReply reply;
        reply.response.status = 404;
        answer(std::move(reply));
        return;
    }
    if (handler == &m_parts->control) {
        handler->handle(inner, [answer](HttpResponse response) {
            WireReply reply;
            reply.response = std::move(response);
            answer(std::move(reply));
        });
        return;
    }
    const std::string operation = handler->operationOf(inner);
    m_parts->control.beforeRequest(prefix, operation);
    const HttpServer::Answer noted = [this, prefix, operation, answer](WireReply reply) {
        m_parts->log.note(prefix, operation, reply.response.dropAfter ? 0 : reply.response.status);
        answer(std::move(reply));
    };
    if (const auto fault = m_parts->faults.take(prefix, inner.path, operation)) {
        answerWithFault(*handler, inner, *fault, noted);
        return;
    }
    handler->handle(inner, [noted](HttpResponse response) {
        WireReply reply;
        reply.response = std::move(response);
        noted(std::move(reply));
    });
}

QByteArray SandboxServer::truthJson() const
{
    return QByteArray::fromStdString(truthText(*m_parts->populated.world));
}

QByteArray SandboxServer::configJson(const QString& storePath, const QString& secretsFolder) const
{
    return siteConfig(*m_parts->populated.world, m_parts->populated.proofOrder, port(), storePath,
                      secretsFolder);
}

QByteArray SandboxServer::configJson(const QString& storePath) const
{
    return configJson(storePath, QString());
}

bool SandboxServer::writeSecrets(const QString& folder) const
{
    return writeSecretFiles(folder);
}

std::vector<std::pair<QByteArray, QByteArray>> SandboxServer::environment()
{
    return secretEnvironment();
}

} // namespace counterfoil::sandbox
