#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace counterfoil::http {

/// Unpacks a gzip (or zlib) stream piece by piece and stops at a cap, so that a few kilobytes on
/// the wire cannot become gigabytes in memory.
class Inflater {
public:
    /// @param bytesMax largest size of the unpacked text
    explicit Inflater(std::size_t bytesMax);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Appends what @p packed unpacks to. Errors: TooLarge, Undecodable.
    [[nodiscard]] Result<void> feed(std::string_view packed, std::string& out);
    /// True after the end mark of the stream: an answer that ends before it was cut.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }

private:
    struct Stream;
    std::unique_ptr<Stream> m_stream;
    std::size_t m_bytesMax;
    bool m_isComplete = false;
};

} // namespace counterfoil::http
