#include "core/platform/http/url.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>

namespace counterfoil::http {

namespace {

bool isCleanTarget(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

tl::unexpected<Error> refused(std::string what)
{
    return fail(ErrorCode::Config, "url: " + std::move(what));
}

Result<void> readPort(std::string_view text, Url& url)
{
    unsigned value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value == 0 || value > 65535)
        return refused("the port is not a number from 1 to 65535");
    url.port = static_cast<std::uint16_t>(value);
    return {};
}

Result<void> readAuthority(std::string_view authority, Url& url)
{
    if (authority.find('@') != std::string_view::npos)
        return refused("user names and passwords do not belong into an address");
    std::string_view port;
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return refused("the bracket of the host is not closed");
        url.host = folded(authority.substr(1, close - 1));
        port = authority.substr(close + 1);
    } else {
        const std::size_t colon = authority.find(':');
        url.host = folded(authority.substr(0, colon));
        if (colon != std::string_view::npos)
            port = authority.substr(colon);
    }
    if (url.host.empty())
        return refused("it names no host");
    if (port.empty())
        return {};
    if (port.front() != ':')
        return refused("there is something between host and path that is no port");
    return readPort(port.substr(1), url);
}

} // namespace

std::string Url::origin() const
{
    return (isTls ? "https://" : "http://") + host + ":" + std::to_string(port);
}

std::string Url::hostHeader() const
{
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    const bool isDefault = port == (isTls ? 443 : 80);
    return isDefault ? name : name + ":" + std::to_string(port);
}

bool isLoopback(std::string_view host)
{
    if (host == "localhost" || host == "::1")
        return true;
    if (host.substr(0, 4) != "127.")
        return false;
    const auto parts = split(host, '.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return !part.empty() && part.size() <= 3 &&
                      std::all_of(part.begin(), part.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
           });
}

Result<Url> parseUrl(std::string_view text)
{
    if (!isCleanTarget(text))
        return refused("it holds blanks, control characters or letters that need encoding");
    Url url;
    if (folded(text.substr(0, 8)) == "https://") {
        text.remove_prefix(8);
    } else if (folded(text.substr(0, 7)) == "http://") {
        url.isTls = false;
        url.port = 80;
        text.remove_prefix(7);
    } else {
        return refused("it begins with neither https:// nor http://");
    }
    text = text.substr(0, text.find('#'));
    const std::size_t pathAt = std::min(text.find('/'), text.find('?'));
    if (auto read = readAuthority(text.substr(0, pathAt), url); !read)
        return fail(read.error());
    if (pathAt != std::string_view::npos)
        url.target = text[pathAt] == '/' ? std::string(text.substr(pathAt))
                                         : "/" + std::string(text.substr(pathAt));
    if (!url.isTls && !isLoopback(url.host))
        return refused("plain http is allowed to this machine only, use https");
    return url;
}

Result<Url> resolved(const Url& base, std::string_view location)
{
    if (location.find("://") != std::string_view::npos)
        return parseUrl(location);
    if (location.empty() || !isCleanTarget(location))
        return refused("the redirect names no address");
    location = location.substr(0, location.find('#'));
    Url next = base;
    if (location.substr(0, 2) == "//")
        return parseUrl((base.isTls ? "https:" : "http:") + std::string(location));
    if (location.front() == '/') {
        next.target = location;
        return next;
    }
    const std::string path = base.target.substr(0, base.target.find('?'));
    next.target = path.substr(0, path.rfind('/') + 1) + std::string(location);
    return next;
}

} // namespace counterfoil::http
