#include "tests/bench/loopback.h"

#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace counterfoil::bench {
namespace {

constexpr std::size_t kPieceBytes = 256U << 10U;

sockaddr_in loopbackAddress(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

sockaddr* plain(sockaddr_in& address)
{
    return reinterpret_cast<sockaddr*>(&address);
}

bool sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

Loopback::Loopback()
{
    m_socket = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopbackAddress(0);
    socklen_t size = sizeof address;
    if (m_socket < 0 || bind(m_socket, plain(address), sizeof address) != 0 ||
        listen(m_socket, 8) != 0 || getsockname(m_socket, plain(address), &size) != 0)
        giveUp("the loopback server cannot listen");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

Loopback::~Loopback()
{
    m_isEnding = true;
    shutdown(m_socket, SHUT_RDWR);
    m_thread.join();
    close(m_socket);
}

std::string Loopback::url() const
{
    return fmt::format("http://127.0.0.1:{}/graphql.json", m_port);
}

void Loopback::serve()
{
    while (!m_isEnding) {
        const int connection = accept(m_socket, nullptr, nullptr);
        if (connection < 0)
            continue;
        answer(connection);
        close(connection);
    }
}

void Loopback::answer(int connection)
{
    std::string request;
    std::array<char, 4096> piece{};
    while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t read = recv(connection, piece.data(), piece.size(), 0);
        if (read <= 0)
            return;
        request.append(piece.data(), static_cast<std::size_t>(read));
    }
    const std::string head = fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                         "Content-Length: {}\r\nConnection: close\r\n\r\n",
                                         m_body.size());
    if (sendAll(connection, head))
        sendAll(connection, m_body);
}

std::string rawGet(int port)
{
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopbackAddress(port);
    if (connect(connection, plain(address), sizeof address) != 0 ||
        !sendAll(connection, "GET /graphql.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
        giveUp("the loopback server does not answer");
    std::string reply;
    std::size_t length = 0;
    while (true) {
        reply.resize(length + kPieceBytes);
        const ssize_t read = recv(connection, reply.data() + length, kPieceBytes, 0);
        if (read <= 0)
            break;
        length += static_cast<std::size_t>(read);
    }
    close(connection);
    reply.resize(length);
    return reply.substr(reply.find("\r\n\r\n") + 4);
}

} // namespace counterfoil::bench
