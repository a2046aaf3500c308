// Sentences that share a shape come back byte for byte.
#include "core/workspace/queue_table.h"
#include "core/workspace/shaped_texts.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace counterfoil::workspace {
namespace {

std::string roundTrip(ShapedTexts& texts, std::string_view text)
{
    std::string record, out;
    texts.put(record, text);
    texts.write(RecordCursor(record.c_str()).shaped(), out);
    return out;
}

TEST(ShapedTexts, GiveBackWhatWasPut)
{
    ShapedTexts texts;
    for (const char* text :
         {"", "no digits", "Credit 48.00 above invoice", "7", "0012", "Ends in 123",
          "1 22 333 4444", "Größe 5, «x» 19\u00a0%", "Order #1001-A7"})
        EXPECT_EQ(roundTrip(texts, text), text);
}

TEST(ShapedTexts, HostileTextIsKeptAsItIs)
{
    ShapedTexts texts;
    const std::string odd("a\x01"
                          "5\x02\x00z",
                          6);
    EXPECT_EQ(roundTrip(texts, odd), odd);
    EXPECT_EQ(roundTrip(texts, std::string(16'000, '9')), std::string(16'000, '9'));
}

TEST(ShapedTexts, MoreShapesThanItKeepsLoseNothing)
{
    ShapedTexts texts;
    for (int i = 0; i < 6'000; ++i) {
        std::string name;
        for (int rest = i; rest > 0; rest /= 10)
            name += static_cast<char>('a' + rest % 10);
        const std::string text = fmt::format("{} owes {}.00", name, i);
        ASSERT_EQ(roundTrip(texts, text), text);
    }
}

TEST(ShapedTexts, EqualShapesCostTheirDigitsOnly)
{
    ShapedTexts texts;
    std::string first, second;
    texts.put(first, "Credit 48.00 above invoice");
    texts.put(second, "Credit 57.60 above invoice");
    EXPECT_EQ(first.size(), second.size());
    EXPECT_LE(second.size(), 5U) << "a shape, a length, four digits and two ends";
}

TEST(QueueTable, RowsComeBackAsTheyWere)
{
    QueueTable table;
    view::QueueRow row;
    row.id = FindingId("00000000000000010000abcd");
    row.caseId = CaseId("rma:7000412");
    row.title = "Credit 48.00 above invoice";
    row.reason = "Standard price 18.50 used, invoiced 12.50";
    row.cause = "Retail price on 8 units";
    row.rma = "7000412";
    row.po = "PO-55810";
    table.append(row);
    row.id = FindingId("00000000000000020000abcd");
    row.title = "Credit 1,148.20 above invoice";
    table.append(row);
    table.seal();
    EXPECT_EQ(table.row(0).title, "Credit 48.00 above invoice");
    EXPECT_EQ(table.row(1).title, "Credit 1,148.20 above invoice");
    EXPECT_EQ(table.row(1).reason, row.reason);
    EXPECT_EQ(table.row(1).cause, row.cause);
    EXPECT_EQ(table.row(1).po, row.po);
    EXPECT_EQ(table.queryRow(0).title, "Credit 48.00 above invoice");
    EXPECT_EQ(table.queryRow(1).cause, row.cause);
}

} // namespace
} // namespace counterfoil::workspace
