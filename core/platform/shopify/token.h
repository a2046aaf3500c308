#pragma once

#include "core/base/result.h"
#include "core/base/seams.h"

#include <string>

namespace counterfoil::platform {

/// How the console proves itself to a shop: a static token, or client credentials for a token of
/// about 24 h (shopify.md 2.2).
struct ShopifyCredentials {
    ShopifyCredentials() {}
    Secret token;         ///< static; empty with client credentials
    std::string clientId; ///< empty with a static token
    Secret clientSecret;
};

/// The access token of one shop; one renewal at a time, at 90 % of its life. Engine thread.
class ShopifyToken {
public:
    ShopifyToken(ShopifyCredentials credentials, std::string baseUrl, Transport& transport,
                 Clock& clock);

    /// The token to send. Errors: Unauthorised, or those of the transport.
    [[nodiscard]] Task<Result<Secret>> get();
    /// A call was refused with 401. @return false when nothing can be renewed.
    bool discard();

private:
    [[nodiscard]] Task<Result<void>> renew();

    ShopifyCredentials m_credentials;
    std::string m_baseUrl;
    Transport& m_transport;
    Clock& m_clock;
    Secret m_token;
    Instant m_renewAt{};
    bool m_isRenewing = false;
};

} // namespace counterfoil::platform
