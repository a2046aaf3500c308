#pragma once

#include <QByteArray>
#include <QString>

#include "app/sandbox/world/world.h"

#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox {

enum class Secret { Shopify, SparkLayer, ReturnGo };

/// The made-up secrets of the simulated site.
[[nodiscard]] std::string secretText(Secret secret);
/// Writes one file a secret into `folder`, readable by the owner alone.
[[nodiscard]] bool writeSecretFiles(const QString& folder);
[[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> secretEnvironment();

/// The console's config for this world. `secretsFolder` empty: secrets by environment variable.
[[nodiscard]] QByteArray siteConfig(World& world, const std::string& proofOrder, quint16 port,
                                    const QString& storePath, const QString& secretsFolder);

} // namespace counterfoil::sandbox
