#pragma once

#include "core/store/store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace counterfoil::store {

/// Where a store under test lives: one entry for each database that the contract covers.
struct Backend {
    const char* name;
    std::string (*url)(const std::filesystem::path& folder);
};
inline std::string sqliteUrl(const std::filesystem::path& folder)
{
    return "sqlite:" + folder.string();
}

inline std::string backendName(const testing::TestParamInfo<Backend>& entry)
{
    return entry.param.name;
}

/// A folder of its own that goes away with the test.
class TempFolder {
public:
    TempFolder()
    {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "counterfoil-store-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~TempFolder()
    {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

inline const Instant kStart = fromMillis(1'790'000'000'000);
inline Instant minutes(int count)
{
    return kStart + std::chrono::minutes(count);
}

inline money::Currency currency(const char* code)
{
    return money::Currency::fromCode(code).value();
}
inline money::Money gbp(std::int64_t minor)
{
    return money::Money::fromMinor(minor, currency("GBP"));
}

/// A row of GET /rmas (returngo.md 5.1).
inline domain::PageDocument summary(const std::string& id, const std::string& status,
                                    const std::string& orderName = "B2B-1042")
{
    domain::PageDocument document;
    document.kind = domain::DocumentKind::RmaSummary;
    document.externalId = id;
    document.body = fmt::format(R"({{"rmaId":"{}","status":"{}","order_name":"{}","events":[]}})",
                                id, status, orderName);
    document.keys.rma = RmaId(id);
    document.keys.orderName = orderName;
    document.keys.status = status;
    return document;
}

inline PageWrite page(std::vector<domain::PageDocument> documents, Instant at,
                      bool isSweepEnd = false)
{
    PageWrite write;
    write.site = "uk";
    write.loop = "returngo/open-rmas";
    write.platform = Platform::ReturnGo;
    write.observedAt = at;
    write.documents = std::move(documents);
    write.isSweepEnd = isSweepEnd;
    return write;
}

/// A rule of the tests' own: a Received return without its detail is unpaid, worth what its id
/// says.
inline domain::Judgement unpaidJudge(const domain::CaseFacts& facts)
{
    domain::Judgement judgement;
    if (!facts.rma || facts.rma->status.value != domain::RmaStatus::Received)
        return judgement;
    domain::Finding finding;
    finding.type = domain::FindingType::CreditNotPosted;
    finding.severity = domain::Severity::High;
    finding.atRisk = gbp(std::strtoll(facts.rma->id.value.c_str(), nullptr, 10) % 100'000);
    finding.riskKind = domain::RiskKind::Under;
    finding.expected = finding.atRisk->decimalText();
    finding.actual = "0.00";
    finding.reason = domain::Phrase("credit-not-posted.plain").with("amount", finding.expected);
    finding.evidence.push_back({"status", facts.rma->status.raw, facts.rma->document, "/status"});
    judgement.findings.push_back(std::move(finding));
    return judgement;
}
inline domain::Judgement silentJudge(const domain::CaseFacts&)
{
    return {};
}

inline FindingId unpaidOf(const std::string& rma)
{
    return findingKey(SiteId("uk"), CaseId("rma:" + rma), domain::FindingType::CreditNotPosted, "");
}

template <class T> T need(Result<T> result, const char* place, int line)
{
    if (!result) {
        throw std::runtime_error(fmt::format(
            "{}:{}: {}: {}", place, line, errorWord(result.error().code), result.error().detail));
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}
/// The value, or the end of this test with the store's sentence.
#define NEED(expression) ::counterfoil::store::need(expression, __FILE__, __LINE__)

/// A store in a folder of its own; reopen() is a restart.
class StoreTest : public testing::TestWithParam<Backend> {
protected:
    void SetUp() override { reopen(); }
    void reopen()
    {
        store.reset();
        OpenOptions options;
        options.now = [this] { return now; };
        store = NEED(Store::open(GetParam().url(folder.path()), options));
        configure(*store);
    }
    static void configure(Store& target)
    {
        SiteSettings settings;
        settings.currency = currency("GBP");
        settings.policy.hash = "policy-1";
        target.configureSite("uk", settings);
    }
    PageOutcome apply(const PageWrite& write, const Judge& judge = unpaidJudge)
    {
        return NEED(store->applyPage(write, judge));
    }
    StoredFinding onlyFinding(bool includeClosed = true)
    {
        auto all = NEED(store->findings(includeClosed));
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? StoredFinding() : all.front();
    }
    std::vector<std::string> events(const FindingId& finding)
    {
        std::vector<std::string> words;
        for (const JournalEntry& entry : NEED(store->journal(finding)))
            words.push_back(entry.event);
        return words;
    }

    TempFolder folder;
    Instant now = kStart;
    std::unique_ptr<Store> store;
};

} // namespace counterfoil::store
