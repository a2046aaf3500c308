#pragma once

#include <cstdint>
#include <string>

namespace counterfoil::sandbox {

/// Base64 with padding.
inline std::string toBase64(const std::string& text)
{
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        held += 8;
        while (held >= 6) {
            held -= 6;
            out += kAlphabet[(bits >> static_cast<unsigned>(held)) & 63U];
        }
    }
    if (held > 0)
        out += kAlphabet[(bits << static_cast<unsigned>(6 - held)) & 63U];
    while (out.size() % 4 != 0)
        out += '=';
    return out;
}

/// Reads base64; stops at the first character that is none.
inline std::string fromBase64(const std::string& text)
{
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        int value = -1;
        if (c >= 'A' && c <= 'Z')
            value = c - 'A';
        else if (c >= 'a' && c <= 'z')
            value = c - 'a' + 26;
        else if (c >= '0' && c <= '9')
            value = c - '0' + 52;
        else if (c == '+')
            value = 62;
        else if (c == '/')
            value = 63;
        if (value < 0)
            break;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> static_cast<unsigned>(held)) & 255U);
        }
    }
    return out;
}

} // namespace counterfoil::sandbox
