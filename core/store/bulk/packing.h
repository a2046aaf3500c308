#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace counterfoil::store::bulk {

/// Compresses document bodies (zstd), its context kept. One thread.
class Packer {
public:
    /// @param level 1 for what is written at page speed
    explicit Packer(int level = 1);
    ~Packer();
    Packer(const Packer&) = delete;
    Packer& operator=(const Packer&) = delete;
    /// The view holds until the next call.
    [[nodiscard]] std::string_view pack(std::string_view body);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Exact bytes again. Errors: Store (the stored bytes are damaged, or larger than 256 MB).
[[nodiscard]] Result<std::string> unpack(std::string_view packed);

/// Digest of a body, 32 bytes (BLAKE2b: twice as quick as SHA-256 here).
[[nodiscard]] std::string bodyDigest(std::string_view body);
/// Lower-case hex of @p bytes.
[[nodiscard]] std::string hexText(std::string_view bytes);

} // namespace counterfoil::store::bulk
