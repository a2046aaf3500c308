#include "core/base/digest.h"

#include "core/base/check.h"

#include <sodium.h>
#include <uuid/uuid.h>

#include <array>

namespace counterfoil {

namespace {

/// Counterfoil's namespace, fixed for ever: another value would make other ids for the same
/// intents.
constexpr const char* kNamespace = "6f1d20b9-4a83-5c0e-9d52-3b7f0c61e9a4";

} // namespace

std::string sha256Hex(std::string_view bytes)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    crypto_hash_sha256(digest.data(), data, bytes.size());
    std::array<char, digest.size() * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return {hex.data(), digest.size() * 2};
}

std::string uuidV5(std::string_view name)
{
    uuid_t space;
    uuid_t out;
    CF_CHECK(uuid_parse(kNamespace, space) == 0);
    uuid_generate_sha1(out, space, name.data(), name.size());
    std::array<char, UUID_STR_LEN> text{};
    uuid_unparse_lower(out, text.data());
    return {text.data(), UUID_STR_LEN - 1};
}

} // namespace counterfoil
