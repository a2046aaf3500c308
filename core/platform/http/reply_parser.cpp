#include "core/platform/http/reply_parser.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace counterfoil::http {

namespace {

tl::unexpected<Error> broken(std::string what)
{
    return fail(ErrorCode::Undecodable, "http: " + std::move(what));
}

bool hasToken(std::string_view list, std::string_view token)
{
    const auto parts = split(list, ',');
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return sameText(part, token); });
}

template <class Number> bool readNumber(std::string_view text, Number& value, int base)
{
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), value, base);
    return problem == std::errc() && !text.empty() && end == text.data() + text.size();
}

} // namespace

ReplyParser::ReplyParser(ReplyLimits limits) : m_limits(limits) {}

Result<void> ReplyParser::feed(std::string_view bytes)
{
    m_wireBytes += bytes.size();
    if (m_wireBytes > m_limits.wireBytesMax + m_limits.headBytesMax)
        return fail(ErrorCode::TooLarge, "the answer is larger than allowed");
    while (!bytes.empty()) {
        if (m_state == State::Done) {
            m_hasExcess = true;
            return {};
        }
        auto moved = step(bytes);
        if (!moved)
            return fail(moved.error());
        if (!*moved)
            break;
    }
    return {};
}

/// One step forward. @return false when more bytes are needed
Result<bool> ReplyParser::step(std::string_view& bytes)
{
    if (m_state == State::BodyByLength || m_state == State::ChunkData) {
        const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size()));
        if (auto added = addBody(bytes.substr(0, take)); !added)
            return fail(added.error());
        bytes.remove_prefix(take);
        m_left -= take;
        if (m_left > 0)
            return false;
        if (m_state == State::ChunkData) {
            m_state = State::ChunkTail;
            return true;
        }
        return complete().map([] { return true; });
    }
    if (m_state == State::BodyToClose) {
        const std::string_view all = bytes;
        bytes = {};
        return addBody(all).map([] { return false; });
    }
    auto text = line(bytes);
    if (!text)
        return fail(text.error());
    if (!*text)
        return false;
    Result<void> read;
    if (m_state == State::StatusLine)
        read = readStatusLine(**text);
    else if (m_state == State::Headers)
        read = (*text)->empty() ? beginBody() : readHeader(**text);
    else if (m_state == State::ChunkHead)
        read = readChunkHead(**text);
    else if (m_state == State::ChunkTail && (*text)->empty())
        m_state = State::ChunkHead;
    else if (m_state == State::ChunkTail)
        read = broken("a chunk is longer than it said");
    else if ((*text)->empty()) // the end of the trailers
        read = complete();
    return read.map([] { return true; });
}

/// A whole line without its end, or nullopt when it has not arrived yet.
Result<std::optional<std::string>> ReplyParser::line(std::string_view& bytes)
{
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    m_headBytes += part.size() + 1;
    if (m_headBytes > m_limits.headBytesMax)
        return fail(ErrorCode::TooLarge, "http: the head of the answer is larger than allowed");
    m_line += part;
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (end == std::string_view::npos)
        return std::optional<std::string>();
    if (!m_line.empty() && m_line.back() == '\r')
        m_line.pop_back();
    if (m_line.find('\0') != std::string::npos || m_line.find('\r') != std::string::npos)
        return broken("a control character in the head of the answer");
    return std::optional<std::string>(std::exchange(m_line, {}));
}

Result<void> ReplyParser::readStatusLine(const std::string& text)
{
    if (text.empty() && m_reply.status == 0)
        return {}; // a stray empty line before an answer is tolerated
    const bool isOld = text.rfind("HTTP/1.0 ", 0) == 0;
    if (!isOld && text.rfind("HTTP/1.1 ", 0) != 0)
        return broken("not an HTTP answer");
    int status = 0;
    if (text.size() < 12 || !readNumber(std::string_view(text).substr(9, 3), status, 10) ||
        status < 100 || status > 599 || (text.size() > 12 && text[12] != ' '))
        return broken("no status in the first line");
    m_reply.status = status;
    m_isKeptOpen = !isOld;
    m_state = State::Headers;
    return {};
}

Result<void> ReplyParser::readHeader(const std::string& text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || text[colon - 1] == ' ' || text[0] == ' ' ||
        text[0] == '\t')
        return broken("a header line without a name");
    if (m_reply.headers.size() >= m_limits.headersMax)
        return fail(ErrorCode::TooLarge, "http: more headers than allowed");
    m_reply.headers.emplace_back(text.substr(0, colon),
                                 std::string(trimmed(std::string_view(text).substr(colon + 1))));
    return {};
}

Result<void> ReplyParser::beginBody()
{
    if (m_reply.status < 200) {
        if (m_reply.status == 101 || ++m_informational > m_limits.informationalMax)
            return broken("informational answers without an end");
        m_reply = HttpReply();
        m_state = State::StatusLine;
        return {};
    }
    std::optional<std::uint64_t> length;
    bool isChunked = false;
    for (const HttpHeader& row : m_reply.headers) {
        if (sameText(row.name, "connection")) {
            if (hasToken(row.value, "close"))
                m_isKeptOpen = false;
        } else if (sameText(row.name, "transfer-encoding")) {
            if (!sameText(row.value, "chunked"))
                return broken("a transfer encoding we do not know");
            isChunked = true;
        } else if (sameText(row.name, "content-length")) {
            std::uint64_t value = 0;
            if (!readNumber(std::string_view(row.value), value, 10) || (length && *length != value))
                return broken("content lengths that contradict each other");
            length = value;
        } else if (sameText(row.name, "content-encoding") && !sameText(row.value, "identity")) {
            if (!sameText(row.value, "gzip") && !sameText(row.value, "x-gzip") &&
                !sameText(row.value, "deflate"))
                return broken("a content encoding we did not ask for");
            m_inflater.emplace(m_limits.inflatedBytesMax);
        }
    }
    if (isChunked && length)
        return broken("both a length and chunks");
    if (m_reply.status == 204 || m_reply.status == 304) {
        m_inflater.reset();
        return complete();
    }
    if (length && *length > m_limits.wireBytesMax)
        return fail(ErrorCode::TooLarge, "the answer says it is larger than allowed");
    m_left = length.value_or(0);
    m_state = isChunked ? State::ChunkHead : length ? State::BodyByLength : State::BodyToClose;
    if (!isChunked && !length)
        m_isKeptOpen = false;
    if (length && *length == 0) {
        m_inflater.reset();
        return complete();
    }
    return {};
}

Result<void> ReplyParser::readChunkHead(const std::string& text)
{
    const std::string_view size =
        trimmed(std::string_view(text).substr(0, std::min(text.find(';'), text.size())));
    std::uint64_t value = 0;
    if (!readNumber(size, value, 16))
        return broken("a chunk without a size");
    // The cap on the head would end a long answer in many chunks; the cap on the wire bounds it.
    m_headBytes = 0;
    if (value > m_limits.wireBytesMax)
        return fail(ErrorCode::TooLarge, "a chunk says it is larger than allowed");
    m_left = value;
    m_state = value == 0 ? State::Trailers : State::ChunkData;
    return {};
}

Result<void> ReplyParser::addBody(std::string_view bytes)
{
    if (m_inflater)
        return m_inflater->feed(bytes, m_reply.body);
    if (m_reply.body.size() + bytes.size() > m_limits.wireBytesMax)
        return fail(ErrorCode::TooLarge, "the answer is larger than allowed");
    m_reply.body += bytes;
    return {};
}

Result<void> ReplyParser::complete()
{
    if (m_inflater && !m_inflater->isComplete())
        return broken("the compressed body was cut");
    m_state = State::Done;
    return {};
}

Result<void> ReplyParser::finish()
{
    if (m_state == State::Done)
        return {};
    if (m_state == State::BodyToClose)
        return complete();
    return fail(ErrorCode::Network, hasBegun() ? "the connection ended inside the answer"
                                               : "the connection ended without an answer");
}

} // namespace counterfoil::http
