#pragma once

#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/platform/http/inflater.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace counterfoil::http {

/// Caps of one answer.
struct ReplyLimits {
    ReplyLimits() {}
    std::size_t headBytesMax = 64U << 10U; ///< status line, headers, trailers, chunk heads
    std::size_t headersMax = 200;
    int informationalMax = 8; ///< 1xx answers before the real one
    std::size_t wireBytesMax = 32U << 20U;
    std::size_t inflatedBytesMax = 256U << 20U;
};

/// Reads one HTTP/1.1 answer from a stream of bytes. Pure: no socket, no clock. Strict where a
/// sloppy reading could mistake a cut or mixed answer for a whole one.
class ReplyParser {
public:
    explicit ReplyParser(ReplyLimits limits);

    /// Takes the next bytes. Errors: TooLarge, Undecodable. After isDone() further bytes are an
    /// error of the server and make the connection unusable, not the answer.
    [[nodiscard]] Result<void> feed(std::string_view bytes);
    /// The other side closed. Errors: Network when the answer is not whole.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] bool isDone() const { return m_state == State::Done; }
    [[nodiscard]] bool hasBegun() const { return m_wireBytes > 0; }
    [[nodiscard]] bool hasHead() const { return m_state > State::Headers; }
    /// True when the connection may carry another request.
    [[nodiscard]] bool isReusable() const { return isDone() && m_isKeptOpen && !m_hasExcess; }
    /// @pre isDone()
    [[nodiscard]] HttpReply take() { return std::move(m_reply); }

private:
    enum class State : std::uint8_t {
        StatusLine,
        Headers,
        BodyByLength,
        ChunkHead,
        ChunkData,
        ChunkTail,
        Trailers,
        BodyToClose,
        Done
    };
    [[nodiscard]] Result<bool> step(std::string_view& bytes);
    [[nodiscard]] Result<std::optional<std::string>> line(std::string_view& bytes);
    [[nodiscard]] Result<void> readStatusLine(const std::string& text);
    [[nodiscard]] Result<void> readHeader(const std::string& text);
    [[nodiscard]] Result<void> beginBody();
    [[nodiscard]] Result<void> readChunkHead(const std::string& text);
    [[nodiscard]] Result<void> addBody(std::string_view bytes);
    [[nodiscard]] Result<void> complete();

    ReplyLimits m_limits;
    State m_state = State::StatusLine;
    HttpReply m_reply;
    std::optional<Inflater> m_inflater;
    std::string m_line;
    std::size_t m_headBytes = 0;
    std::size_t m_wireBytes = 0;
    std::uint64_t m_left = 0; ///< of the body, or of the present chunk
    int m_informational = 0;
    bool m_isKeptOpen = true;
    bool m_hasExcess = false;
};

} // namespace counterfoil::http
