#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace counterfoil::sandbox {

/// Writes JSON text piece by piece, so that numbers are sent exactly as spelt.
class JsonText {
public:
    JsonText& open(char bracket)
    {
        comma();
        m_out += bracket;
        m_first = true;
        return *this;
    }
    JsonText& close(char bracket)
    {
        m_out += bracket;
        m_first = false;
        return *this;
    }
    JsonText& key(std::string_view name)
    {
        comma();
        quote(name);
        m_out += ':';
        m_first = true;
        return *this;
    }
    JsonText& text(std::string_view value)
    {
        comma();
        quote(value);
        m_first = false;
        return *this;
    }
    /// Anything that is JSON already: a number's text, a nested document.
    JsonText& raw(std::string_view value)
    {
        comma();
        m_out += value;
        m_first = false;
        return *this;
    }
    JsonText& number(std::int64_t value) { return raw(std::to_string(value)); }
    JsonText& boolean(bool value) { return raw(value ? "true" : "false"); }
    JsonText& null() { return raw("null"); }
    JsonText& pair(std::string_view name, std::string_view value) { return key(name).text(value); }
    [[nodiscard]] const std::string& str() const { return m_out; }

private:
    void comma()
    {
        if (!m_first)
            m_out += ',';
        m_first = false;
    }
    void quote(std::string_view value)
    {
        constexpr char kHex[] = "0123456789abcdef";
        m_out += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') {
                m_out += '\\';
                m_out += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                m_out += "\\u00";
                m_out += kHex[(static_cast<unsigned char>(c) >> 4) & 15U];
                m_out += kHex[static_cast<unsigned char>(c) & 15U];
            } else {
                m_out += c;
            }
        }
        m_out += '"';
    }

    std::string m_out;
    bool m_first = true;
};

} // namespace counterfoil::sandbox
