#pragma once

#include "core/base/result.h"
#include "core/base/seams.h"

#include <string>

namespace counterfoil::http {

/// The desktop's key store (Secret Service, KWallet, Keychain, Credential Manager) through
/// QtKeychain, under the service name "counterfoil". Any thread but the GUI thread: it blocks until
/// the key store answers, at most 20 s (it may have to ask for a password).
class DesktopKeyStore : public KeyStore {
public:
    [[nodiscard]] Result<Secret> read(const std::string& name) override;
    [[nodiscard]] Result<void> write(const std::string& name, const Secret& secret) override;
};

/// Where a secret of the config lies; the config itself never holds one.
struct SecretRef {
    enum class Kind : std::uint8_t { Environment, Keychain, File };
    SecretRef() {}
    SecretRef(Kind where, std::string what) : kind(where), name(std::move(what)) {}
    Kind kind = Kind::Environment;
    std::string name; ///< variable, entry of the key store, or path
};

/// Fetches a secret. Any thread but the GUI thread. Errors: Config, naming the reference and why
/// (never the secret): variable not set, file missing, unreadable, empty or larger than 64 KB, no
/// such entry. Blanks and line ends around the text are dropped.
[[nodiscard]] Result<Secret> resolveSecret(const SecretRef& reference, KeyStore& keyStore);

} // namespace counterfoil::http
