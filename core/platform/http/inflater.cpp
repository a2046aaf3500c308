#include "core/platform/http/inflater.h"

#include "core/base/check.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace counterfoil::http {

struct Inflater::Stream {
    z_stream state{};
};

Inflater::Inflater(std::size_t bytesMax)
    : m_stream(std::make_unique<Stream>()), m_bytesMax(bytesMax)
{
    // 15 bits of window, + 32: gzip and zlib headers are told apart by zlib itself.
    CF_CHECK(inflateInit2(&m_stream->state, 15 + 32) == Z_OK);
}

Inflater::~Inflater()
{
    inflateEnd(&m_stream->state);
}

Result<void> Inflater::feed(std::string_view packed, std::string& out)
{
    std::array<unsigned char, 65536> buffer;
    z_stream& state = m_stream->state;
    std::string input(packed); // zlib wants a writable pointer
    state.next_in = reinterpret_cast<unsigned char*>(input.data());
    state.avail_in = static_cast<unsigned>(input.size());
    bool hasMore = !packed.empty();
    while (hasMore) {
        if (m_isComplete) {
            // A further member may follow (gzip allows it); anything else is refused by inflate.
            if (inflateReset(&state) != Z_OK)
                return fail(ErrorCode::Undecodable, "compressed body: broken after its end");
            m_isComplete = false;
        }
        state.next_out = buffer.data();
        state.avail_out = static_cast<unsigned>(buffer.size());
        const int outcome = inflate(&state, Z_NO_FLUSH);
        const std::size_t produced = buffer.size() - state.avail_out;
        if (out.size() + produced > m_bytesMax)
            return fail(ErrorCode::TooLarge, "the answer unpacks to more than allowed");
        out.append(reinterpret_cast<const char*>(buffer.data()), produced);
        if (outcome == Z_STREAM_END)
            m_isComplete = true;
        else if (outcome == Z_BUF_ERROR)
            break;
        else if (outcome != Z_OK)
            return fail(ErrorCode::Undecodable, "compressed body: not a gzip stream");
        // A full buffer may hide output that needs no further input.
        hasMore = state.avail_in > 0 || (state.avail_out == 0 && !m_isComplete);
    }
    return {};
}

} // namespace counterfoil::http
