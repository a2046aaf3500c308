#include "core/workspace/terminal_text.h"

#include "core/base/text.h"

#include <algorithm>

namespace counterfoil::workspace {

namespace {

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t columnsOf(std::string_view text)
{
    return text.size() -
           static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isContinuation));
}

} // namespace

std::string plainLine(std::string_view text)
{
    std::string out = sanitised(text);
    std::replace_if(
        out.begin(), out.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return out;
}

std::string fitted(std::string text, std::size_t width, bool isRight)
{
    std::size_t columns = columnsOf(text);
    if (columns > width) {
        for (; columns >= width; --columns) {
            while (isContinuation(text.back()))
                text.pop_back();
            text.pop_back();
        }
        text += "…";
        columns = width;
    }
    const std::string blanks(width - columns, ' ');
    return isRight ? blanks + text : text + blanks;
}

} // namespace counterfoil::workspace
