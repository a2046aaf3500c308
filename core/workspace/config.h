#pragma once

#include "core/base/result.h"
#include "core/domain/site.h"
#include "core/platform/http/key_store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

struct ShopifyConfig {
    std::string url;        ///< base, without a slash at its end
    std::string apiVersion; ///< "2026-07"
    std::optional<http::SecretRef> token;
    std::optional<http::SecretRef> clientId,
        clientSecret; ///< client credentials instead of a static token
};
struct SparklayerConfig {
    std::string url, siteId, clientId;
    http::SecretRef clientSecret;
};
struct ReturngoConfig {
    std::string url, shopName;
    http::SecretRef apiKey;
};

/// The test order that proof runs may change (law.md 9).
struct ProofConfig {
    std::string customer, order, item, from, to; ///< gids, or legacy ids for customer and order
    bool isAtStart = false; ///< proofs never tried run by themselves with the first reading
};

/// One merchant's shop with its SparkLayer site and ReturnGO shop.
struct SiteConfig {
    domain::Site site;
    ShopifyConfig shopify;
    std::optional<SparklayerConfig> sparklayer;
    std::optional<ReturngoConfig> returngo;
    std::string adapterOverrides; ///< canonical JSON, "" for none
    std::optional<ProofConfig> proof;
    std::vector<std::pair<std::string, std::string>> actionOwner; ///< action -> console, ipaas
};

struct WorkspaceConfig {
    std::string storeUrl; ///< "sqlite:/path"
    std::vector<SiteConfig> sites;
    std::string person; ///< who sits here, when the config says so; else empty
};

/// Reads a config (design.md 10). Every error is Config and one line: the path, what was found,
/// what was expected
/// ("sites[0].shopify.url: expected https, found ftp://..."). An unknown key is an error. Secrets
/// are references only.
[[nodiscard]] Result<WorkspaceConfig> parseConfig(std::string_view json);

/// Reads the file; the error names it. A relative store path is taken from the config's folder.
[[nodiscard]] Result<WorkspaceConfig> loadConfig(const std::string& path);

/// Where the config lies when nobody says: the user's config folder.
[[nodiscard]] std::string defaultConfigPath();

} // namespace counterfoil::workspace
