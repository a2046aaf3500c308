#include "core/store/bulk/packing.h"

#include "core/base/check.h"

#include <sodium.h>
#include <zstd.h>

namespace counterfoil::store::bulk {

namespace {

constexpr unsigned long long kBodyBytesMax = 256ULL << 20U;
constexpr std::size_t kDigestBytes = 32;

} // namespace

struct Packer::State {
    ZSTD_CCtx* context = nullptr;
    int level = 1;
    std::string buffer;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ZSTD_freeCCtx(context); }
};

Packer::Packer(int level) : m_state(std::make_unique<State>())
{
    m_state->context = ZSTD_createCCtx();
    CF_CHECK(m_state->context);
    m_state->level = level;
}

Packer::~Packer() = default;

std::string_view Packer::pack(std::string_view body)
{
    const std::size_t bound = ZSTD_compressBound(body.size());
    if (m_state->buffer.size() < bound)
        m_state->buffer.resize(bound);
    const std::size_t size =
        ZSTD_compressCCtx(m_state->context, m_state->buffer.data(), m_state->buffer.size(),
                          body.data(), body.size(), m_state->level);
    CF_CHECK(!ZSTD_isError(size));
    return std::string_view(m_state->buffer).substr(0, size);
}

Result<std::string> unpack(std::string_view packed)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kBodyBytesMax)
        return fail(ErrorCode::Store, "A stored document is damaged: its frame is not readable.");
    std::string body(static_cast<std::size_t>(size), '\0');
    const std::size_t got = ZSTD_decompress(body.data(), body.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) || got != body.size())
        return fail(ErrorCode::Store, "A stored document is damaged: it does not unpack.");
    return body;
}

std::string bodyDigest(std::string_view body)
{
    std::string digest(kDigestBytes, '\0');
    // The byte views are what libsodium's interface asks for.
    const int result = crypto_generichash(
        reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
        reinterpret_cast<const unsigned char*>(body.data()), body.size(), nullptr, 0);
    CF_CHECK(result == 0);
    return digest;
}

std::string hexText(std::string_view bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text.push_back(kDigits[value >> 4U]);
        text.push_back(kDigits[value & 0xfU]);
    }
    return text;
}

} // namespace counterfoil::store::bulk
