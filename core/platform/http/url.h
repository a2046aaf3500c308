#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace counterfoil::http {

/// An absolute http or https address, cut but not rewritten: what a plan previewed is what is sent.
struct Url {
    Url() {}

    bool isTls = true;
    std::string host; ///< without brackets, lower case
    std::uint16_t port = 443;
    std::string target = "/"; ///< path and query exactly as given, without the fragment

    /// "https://host:port": what a connection can be shared by.
    [[nodiscard]] std::string origin() const;
    /// Value of the Host header.
    [[nodiscard]] std::string hostHeader() const;
};

/// 127.0.0.0/8, ::1 and localhost: the only hosts plain http may go to.
[[nodiscard]] bool isLoopback(std::string_view host);

/// Reads an address and applies the rule of plain http. Errors: Config, naming what is wrong with
/// it (scheme, user info, blank or control characters, port, plain http to another machine).
[[nodiscard]] Result<Url> parseUrl(std::string_view text);

/// The address a Location header names, seen from @p base. Errors: Config, as parseUrl().
[[nodiscard]] Result<Url> resolved(const Url& base, std::string_view location);

} // namespace counterfoil::http
