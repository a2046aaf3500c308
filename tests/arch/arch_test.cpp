// The layers of the design, held by a program: every include of the tree is read and compared with
// one table.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

enum class Qt { None, InSources, Everywhere };

struct Layer {
    std::set<std::string> may; ///< folders of ours that it may include, beside itself
    Qt qt = Qt::None;
};

const std::set<std::string> kGround{"core/base", "core/money", "core/domain"};

std::set<std::string> with(std::set<std::string> base, const std::set<std::string>& more)
{
    base.insert(more.begin(), more.end());
    return base;
}

const std::map<std::string, Layer>& layers()
{
    static const std::set<std::string> reconcile = with(kGround, {"core/reconcile"});
    static const std::set<std::string> rules = with(reconcile, {"core/rules"});
    static const std::set<std::string> actions = with(reconcile, {"core/request", "core/actions"});
    static const std::set<std::string> client = with(kGround, {"core/decode", "core/request"});
    static const std::set<std::string> store =
        with(with(actions, rules), {"core/decode", "core/store", "core/store/bulk"});
    static const std::set<std::string> sync =
        with(with(store, client), {"core/sync", "core/sync/actions", "core/query", "core/platform/shopify",
                                   "core/platform/sparklayer", "core/platform/returngo"});
    static const std::set<std::string> all =
        with(sync, {"core/platform/http", "core/phrases", "core/workspace"});
    static const std::set<std::string> window{"core/base",   "core/money", "core/query",
                                              "core/domain", "ui/theme",   "ui/widgets"};
    static const std::set<std::string> page =
        with(window, {"core/workspace", "core/phrases", "ui/models", "ui/palette", "ui/queue",
                      "ui/casefile", "ui/actions", "ui/quarantine", "ui/health", "ui/firstrun",
                      "ui/shell"});
    static const std::map<std::string, Layer> table{
        {"core/base", {{}, Qt::None}},
        {"core/money", {{"core/base"}, Qt::None}},
        {"core/domain", {{"core/base", "core/money"}, Qt::None}},
        {"core/query", {kGround, Qt::None}},
        {"core/decode", {kGround, Qt::None}},
        {"core/request", {kGround, Qt::None}},
        {"core/reconcile", {kGround, Qt::None}},
        {"core/rules", {reconcile, Qt::None}},
        {"core/actions", {actions, Qt::None}},
        {"core/phrases", {with(rules, actions), Qt::Everywhere}},
        {"core/store", {store, Qt::InSources}},
        {"core/store/bulk", {store, Qt::InSources}},
        {"core/platform/shopify", {client, Qt::None}},
        {"core/platform/sparklayer", {client, Qt::None}},
        {"core/platform/returngo", {client, Qt::None}},
        {"core/platform/http", {{"core/base"}, Qt::Everywhere}},
        {"core/sync", {sync, Qt::None}},
        {"core/sync/actions", {sync, Qt::None}},
        {"core/workspace", {all, Qt::Everywhere}},
        {"ui/theme", {{"core/base", "core/money"}, Qt::Everywhere}},
        {"ui/widgets", {window, Qt::Everywhere}},
        {"ui/models", {page, Qt::Everywhere}},
        {"ui/palette", {page, Qt::Everywhere}},
        {"ui/queue", {page, Qt::Everywhere}},
        {"ui/casefile", {page, Qt::Everywhere}},
        {"ui/actions", {page, Qt::Everywhere}},
        {"ui/quarantine", {page, Qt::Everywhere}},
        {"ui/health", {page, Qt::Everywhere}},
        {"ui/firstrun", {page, Qt::Everywhere}},
        {"ui/shell", {page, Qt::Everywhere}},
    };
    return table;
}

struct Include {
    fs::path file;
    int line = 0;
    std::string target;
    bool isOurs = false;
};

std::vector<fs::path> sources(const fs::path& root)
{
    std::vector<fs::path> out;
    for (const char* top : {"core", "ui"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string end = entry.path().extension().string();
            if (entry.is_regular_file() && (end == ".h" || end == ".cpp"))
                out.push_back(fs::relative(entry.path(), root));
        }
    }
    return out;
}

std::vector<Include> includesOf(const fs::path& root, const fs::path& file)
{
    static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> out;
    std::ifstream in(root / file);
    std::string text;
    for (int line = 1; std::getline(in, text); ++line) {
        std::smatch found;
        if (std::regex_search(text, found, pattern))
            out.push_back({file, line, found[2].str(), found[1].str() == "\""});
    }
    return out;
}

std::string where(const Include& include)
{
    return include.file.string() + ":" + std::to_string(include.line) + " includes " +
           include.target;
}

const fs::path kRoot = COUNTERFOIL_SOURCE_DIR;

TEST(Architecture, IncludesPointDown)
{
    int checked = 0;
    for (const fs::path& file : sources(kRoot)) {
        const std::string folder = file.parent_path().string();
        const auto layer = layers().find(folder);
        ASSERT_NE(layer, layers().end()) << folder << " has no charter in the table";
        for (const Include& include : includesOf(kRoot, file)) {
            const std::string target = fs::path(include.target).parent_path().string();
            if (!include.isOurs || (!target.starts_with("core/") && !target.starts_with("ui/") &&
                                    !target.starts_with("app/")))
                continue;
            ++checked;
            EXPECT_TRUE(target == folder || layer->second.may.count(target) == 1) << where(include);
        }
    }
    EXPECT_GT(checked, 100) << "hardly anything scanned: the test itself is broken";
}

TEST(Architecture, TheMiddleKnowsNeitherQtNorADatabase)
{
    static const std::regex foreign(R"(^(Q[A-Z]|Qt|qt|sqlite3|libpq))");
    int checked = 0;
    for (const fs::path& file : sources(kRoot)) {
        const auto layer = layers().find(file.parent_path().string());
        ASSERT_NE(layer, layers().end()) << file;
        const bool mayUseQt = layer->second.qt == Qt::Everywhere ||
                              (layer->second.qt == Qt::InSources && file.extension() == ".cpp") ||
                              file.filename().string().ends_with("_p.h");
        for (const Include& include : includesOf(kRoot, file)) {
            ++checked;
            EXPECT_TRUE(mayUseQt || !std::regex_search(include.target, foreign)) << where(include);
        }
    }
    EXPECT_GT(checked, 100) << "hardly anything scanned: the test itself is broken";
}

/// Only these may name the network and SQL classes at all.
TEST(Architecture, NetworkAndSqlStayInTheirFolders)
{
    static const std::regex network("QNetworkAccessManager|QTcpSocket");
    static const std::regex sql("QSql|sqlite3_");
    int checked = 0;
    for (const fs::path& file : sources(kRoot)) {
        const std::string folder = file.parent_path().string();
        std::ifstream in(kRoot / file);
        std::string text;
        for (int line = 1; std::getline(in, text); ++line) {
            ++checked;
            if (folder != "core/platform/http") {
                EXPECT_FALSE(std::regex_search(text, network)) << file << ":" << line;
            }
            if (!folder.starts_with("core/store")) {
                EXPECT_FALSE(std::regex_search(text, sql)) << file << ":" << line;
            }
        }
    }
    EXPECT_GT(checked, 1000);
}

/// g++ 12 miscompiles these expressions; nothing else would catch them.
TEST(Architecture, CoAwaitHoldsOnlyNamesCallsAndConstructors)
{
    static const std::regex bad(R"(switch\s*\(\s*co_await|co_await[^;]*\(\s*\[)");
    int awaits = 0;
    for (const fs::path& file : sources(kRoot)) {
        std::ifstream in(kRoot / file);
        std::string text;
        for (int line = 1; std::getline(in, text); ++line) {
            awaits += text.find("co_await") != std::string::npos ? 1 : 0;
            if (file.filename() != "task.h") {
                EXPECT_FALSE(std::regex_search(text, bad)) << file << ":" << line << " " << text;
            }
        }
    }
    EXPECT_GT(awaits, 20) << "no coroutine scanned: the test itself is broken";
}

} // namespace
