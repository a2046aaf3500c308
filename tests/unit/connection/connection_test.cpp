// Numbered parameters mean what they say. Qt's SQLite driver binds ?2 and ?1 in the order in which
// they stand, without a word, and refuses one that is used twice.

#include <QCoreApplication>
#include <QTemporaryDir>

#include "core/store/connection.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace counterfoil::store {
namespace {

class ConnectionTest : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_folder.isValid());
        Connection::Options options;
        options.what = "facts";
        auto opened =
            Connection::open(m_folder.filePath(QStringLiteral("t.db")).toStdString(), options);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_connection = *std::move(opened);
    }

    /// The columns of the one row, joined by blanks; the error's text when there is none.
    std::string ask(const char* sql, Params params, std::size_t columns)
    {
        const auto row = m_connection->row(sql, std::move(params));
        if (!row)
            return row.error().detail;
        if (!*row)
            return "no row";
        std::string out;
        for (std::size_t i = 0; i < columns; ++i)
            out += (i == 0 ? "" : " ") + (*row)->text(i);
        return out;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Connection> m_connection;
};

TEST_F(ConnectionTest, ANumberPicksItsParameterWhereverItStands)
{
    EXPECT_EQ(ask("select ?1, ?2", {"one", "two"}, 2), "one two");
    EXPECT_EQ(ask("select ?2, ?1", {"one", "two"}, 2), "two one");
}

TEST_F(ConnectionTest, AParameterMayBeUsedAgain)
{
    EXPECT_EQ(ask("select ?1, ?2, ?1", {"one", "two"}, 3), "one two one");
    EXPECT_EQ(ask("select ?1, ?1", {"one"}, 2), "one one");
}

TEST_F(ConnectionTest, AKeptStatementTakesNewParameters)
{
    EXPECT_EQ(ask("select ?2, ?1, ?2", {"a", "b"}, 3), "b a b");
    EXPECT_EQ(ask("select ?2, ?1, ?2", {"c", "d"}, 3), "d c d");
}

TEST_F(ConnectionTest, MoreThanNine)
{
    EXPECT_EQ(ask("select ?10, ?1", {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, 2), "j a");
}

TEST_F(ConnectionTest, AQuestionMarkInsideATextIsText)
{
    EXPECT_EQ(ask("select '?2', ?1", {"one"}, 2), "?2 one");
    EXPECT_EQ(ask("select 'it''s ?1', ?1", {"one"}, 2), "it's ?1 one");
}

TEST_F(ConnectionTest, PlainParametersStayAsTheyWere)
{
    EXPECT_EQ(ask("select ?, ?", {"one", "two"}, 2), "one two");
}

TEST_F(ConnectionTest, ANumberWithoutItsParameterIsAnErrorThatNamesTheStatement)
{
    const std::string answer = ask("select ?3, ?1", {"one"}, 2);
    EXPECT_NE(answer.find("select ?3, ?1"), std::string::npos) << answer;
}

} // namespace
} // namespace counterfoil::store

int main(int argc, char** argv)
{
    QCoreApplication qt(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
