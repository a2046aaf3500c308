#pragma once

#include <string>

namespace counterfoil::request {

/// One platform request in canonical form: what a plan previews and hashes is what a client sends,
/// byte for byte. Base address, credentials and host headers are added by the client.
struct PreparedRequest {
    PreparedRequest() {}

    std::string method; ///< GET, POST, PUT
    std::string
        path; ///< below the platform's base address, starts with '/', query included and encoded
    std::string body;           ///< exact bytes; empty for none
    std::string contentType;    ///< "application/json" or empty
    std::string label;          ///< for log and call ledger: "shopify AccountCredit"
    std::string idempotencyKey; ///< inside the body too, where the platform takes one; empty: none
    bool isWrite = false;

    /// SHA-256 of method, path and body.
    [[nodiscard]] std::string hash() const;
};

} // namespace counterfoil::request
