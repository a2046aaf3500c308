#include "core/platform/http/key_store.h"

#include "core/base/text.h"

#include <QFile>
#include <QThread>

#include <future>
#include <memory>
#include <qt6keychain/keychain.h>

namespace counterfoil::http {

namespace {

constexpr auto kAnswerWithin = std::chrono::seconds(20);
constexpr qint64 kSecretBytesMax = 64 << 10;

/// What came of a job, without its object: the waiting thread may have given up meanwhile.
struct JobEnd {
    QKeychain::Error error = QKeychain::OtherError;
    std::string text;
};

/// Runs a job on a thread with an event loop of its own, since the callers have none to spare.
template <class Job, class Prepare> Result<JobEnd> runJob(const std::string& name, Prepare prepare)
{
    const auto promise = std::make_shared<std::promise<JobEnd>>();
    std::future<JobEnd> end = promise->get_future();
    QThread thread;
    thread.start();
    auto* const starter = new QObject;
    starter->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, starter, &QObject::deleteLater);
    QMetaObject::invokeMethod(
        starter,
        [starter, promise, prepare, name] {
            auto* const job = new Job(QStringLiteral("counterfoil"), starter);
            job->setAutoDelete(false);
            job->setInsecureFallback(false);
            job->setKey(QString::fromStdString(name));
            prepare(*job);
            QObject::connect(job, &QKeychain::Job::finished, starter, [promise, job] {
                JobEnd result{job->error(), {}};
                if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
                    result.text = job->textData().toStdString();
                promise->set_value(std::move(result));
            });
            job->start();
        },
        Qt::QueuedConnection);
    const bool hasAnswered = end.wait_for(kAnswerWithin) == std::future_status::ready;
    thread.quit();
    thread.wait();
    if (!hasAnswered)
        return fail(ErrorCode::Config, "the key store of this desktop does not answer");
    return end.get();
}

Error keyStoreError(QKeychain::Error code, const std::string& name)
{
    if (code == QKeychain::EntryNotFound)
        return {ErrorCode::NotFound, "the key store has no entry \"" + name + "\""};
    if (code == QKeychain::AccessDeniedByUser || code == QKeychain::AccessDenied)
        return {ErrorCode::Config, "the key store refused access to \"" + name + "\""};
    return {ErrorCode::Config, "the key store of this desktop cannot be reached"};
}

Result<Secret> fromFile(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Config,
                    "secret file " + path + ": " + file.errorString().toStdString());
    const QByteArray text = file.read(kSecretBytesMax + 1);
    if (text.size() > kSecretBytesMax)
        return fail(ErrorCode::Config, "secret file " + path + ": larger than 64 KB");
    const std::string whole = text.toStdString();
    const std::string_view secret = trimmed(whole);
    if (secret.empty())
        return fail(ErrorCode::Config, "secret file " + path + ": empty");
    return Secret(std::string(secret));
}

} // namespace

Result<Secret> DesktopKeyStore::read(const std::string& name)
{
    auto end = runJob<QKeychain::ReadPasswordJob>(name, [](QKeychain::ReadPasswordJob&) {});
    if (!end)
        return fail(end.error());
    if (end->error != QKeychain::NoError)
        return fail(keyStoreError(end->error, name));
    return Secret(std::move(end->text));
}

Result<void> DesktopKeyStore::write(const std::string& name, const Secret& secret)
{
    auto end =
        runJob<QKeychain::WritePasswordJob>(name, [secret](QKeychain::WritePasswordJob& job) {
            job.setTextData(QString::fromStdString(secret.reveal()));
        });
    if (!end)
        return fail(end.error());
    if (end->error != QKeychain::NoError)
        return fail(keyStoreError(end->error, name));
    return {};
}

Result<Secret> resolveSecret(const SecretRef& reference, KeyStore& keyStore)
{
    switch (reference.kind) {
    case SecretRef::Kind::Environment: {
        const QByteArray text = qgetenv(reference.name.c_str());
        const std::string_view secret =
            trimmed(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
        if (secret.empty())
            return fail(ErrorCode::Config,
                        "environment variable " + reference.name + " is not set");
        return Secret(std::string(secret));
    }
    case SecretRef::Kind::Keychain: {
        auto secret = keyStore.read(reference.name);
        if (!secret)
            return fail(ErrorCode::Config, secret.error().detail);
        return secret;
    }
    case SecretRef::Kind::File:
        return fromFile(reference.name);
    }
    return fail(ErrorCode::Config, "a secret reference of no kind");
}

} // namespace counterfoil::http
