#include "core/workspace/terminal_text.h"

#include <gtest/gtest.h>

namespace counterfoil::workspace {
namespace {

TEST(TerminalText, IsExactlyAsWideAsAsked)
{
    EXPECT_EQ(fitted("ab", 4), "ab  ");
    EXPECT_EQ(fitted("ab", 4, true), "  ab");
    EXPECT_EQ(fitted("abcd", 4), "abcd");
    EXPECT_EQ(fitted("abcde", 4), "abc…");
    EXPECT_EQ(fitted("£££££", 4), "£££…");
    EXPECT_EQ(fitted("abc", 1), "…");
    EXPECT_EQ(fitted("", 2), "  ");
}

TEST(TerminalText, APlatformsTextCannotDriveTheTerminal)
{
    EXPECT_EQ(plainLine("a\x1b[2Jb\n"), "a?[2Jb?");
    EXPECT_EQ(plainLine("caf\xC3\xA9\xFF"), "café\xEF\xBF\xBD");
}

} // namespace
} // namespace counterfoil::workspace
