#include "tests/bench/store_maker.h"

#include "core/store/bulk/bulk_load.h"
#include "core/store/bulk/handle.h"
#include "core/store/bulk/packing.h"
#include "core/store/codec.h"
#include "core/store/store.h"
#include "tests/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace counterfoil::bench {
namespace {

/// Another one when the rows below change: an older store is made again.
constexpr const char* kVersion = "1";
constexpr std::int64_t kNewestMillis = 1'795'500'000'000;
constexpr std::size_t kBlock = 4;      ///< findings of a block: three cases, one of them with two
constexpr std::size_t kLiveEvery = 10; ///< blocks
constexpr std::array<const char*, 5> kCustomers{"Northwind Cafes Ltd", "Kestrel Hotels Group",
                                                "Gorse Hill Garden Centre", "Moorgate Canteens",
                                                "Alder & Finch Bakery"};
constexpr std::array<const char*, 4> kStatuses{"Pending", "Approved", "Received", "Validated"};

std::string decimal(std::size_t minor)
{
    return fmt::format("{}.{:02}", minor / 100, minor % 100);
}

std::size_t caseNumber(std::size_t index)
{
    return index % kBlock == 1 ? index - 1 : index;
}

std::string caseId(std::size_t index)
{
    return fmt::format("rma:{}", 8'000'000 + caseNumber(index));
}

bool isLive(std::size_t index)
{
    return index / kBlock % kLiveEvery == 0;
}

domain::Evidence evidence(domain::DocumentKind kind, std::size_t number, const char* field,
                          std::string value)
{
    domain::Evidence row;
    row.field = field;
    row.value = std::move(value);
    row.document.kind = kind;
    row.document.platform =
        kind == domain::DocumentKind::Rma ? Platform::ReturnGo : Platform::Shopify;
    row.document.externalId = std::to_string(number);
    row.document.version = 1;
    row.document.observedAt = fromMillis(kNewestMillis);
    return row;
}

domain::FindingType typeOf(std::size_t index)
{
    return index % kBlock == 1 ? domain::FindingType::AccountOrderGatewayRefund
                               : domain::FindingType::CreditValueMismatch;
}

store::FindingContent contentOf(std::size_t index)
{
    const std::size_t number = caseNumber(index);
    const std::size_t invoiced = 500 + number * 7919 % 40'000;
    const std::size_t apart = 40 + index * 104'729 % 9'000;
    const auto pounds = money::Currency::fromCode("GBP").value();
    store::FindingContent out;
    domain::Finding& finding = out.finding;
    finding.type = typeOf(index);
    finding.severity = static_cast<domain::Severity>(index % 4);
    finding.atRisk = money::Money::fromMinor(static_cast<std::int64_t>(apart), pounds);
    finding.atRiskShop = finding.atRisk;
    finding.riskKind = domain::RiskKind::Over;
    finding.finality = index % 3 == 0 ? domain::Finality::Soon : domain::Finality::Ordinary;
    finding.expected = decimal(invoiced);
    finding.actual = decimal(invoiced + apart);
    if (finding.type == domain::FindingType::CreditValueMismatch) {
        finding.title = domain::Phrase("credit-value.above.title").with("amount", decimal(apart));
        finding.reason = domain::Phrase("credit-value.reason")
                             .with("actual", finding.actual)
                             .with("expected", finding.expected);
        finding.cause = domain::Phrase("cause.retail-price")
                            .with("sku", "FILT-V60-02")
                            .with("unit", decimal(invoiced / 6 + apart / 6))
                            .with("invoiced", decimal(invoiced / 6));
        finding.variant = "over";
    } else {
        finding.title =
            domain::Phrase("gateway-refund.requested.title").with("amount", finding.actual);
        finding.reason = domain::Phrase("gateway-refund.requested.reason")
                             .with("amount", finding.actual)
                             .with("expected", finding.expected);
        finding.cause = domain::Phrase("cause.gateway-refund");
        finding.variant = "requested";
    }
    finding.causeCode = "retail-price";
    finding.sku = "FILT-V60-02";
    finding.lines.emplace_back(std::to_string(5'820'000'000'000 + number));
    for (std::size_t unit = 0; unit < 5; ++unit)
        finding.units.emplace_back(std::to_string(3'300'000 + number * 6 + unit));
    finding.since = fromMillis(kNewestMillis - static_cast<std::int64_t>(index % 9'000) * 60'000);
    finding.evidence.push_back(
        evidence(domain::DocumentKind::Rma, 8'000'000 + number, "paid-price", finding.actual));
    finding.evidence.push_back(evidence(domain::DocumentKind::OrderLines,
                                        5'820'000'000'000 + number, "unit-price",
                                        finding.expected));
    store::CaseRow& row = out.row;
    row.rma = std::to_string(8'000'000 + number);
    row.order = std::to_string(5'820'000'000'000 + number);
    row.orderName = fmt::format("B2B-{}", 1000 + number);
    row.po = number % 3 == 0 ? std::string() : fmt::format("PO-{}", 50'000 + number);
    row.customer = fmt::format("{} {}", kCustomers[number % kCustomers.size()], number % 997);
    row.customerNote = "30";
    row.rmaStatus = kStatuses[number % kStatuses.size()];
    row.paymentWord = "account";
    return out;
}

/// Findings and their journal through the store's own statements, in the order of the primary key.
class Loader {
public:
    explicit Loader(store::Connection& ledger) : m_ledger(ledger)
    {
        const auto prepare = [&](store::bulk::RawStatement& statement, const char* sql) {
            if (statement.prepare(ledger.handle(), sql) != 0)
                giveUp("the store of P13: a statement");
        };
        prepare(m_finding,
                "insert into finding_state(finding_id, site, case_id, type, subject, state, "
                "first_seen, changed_at, closed_at, closed_by, is_regressed, is_inherited, "
                "content, content_hash, seq) values(?1, 'uk', ?2, ?3, '', ?4, ?5, ?5, ?6, ?7, 0, "
                "0, ?8, ?9, ?10)");
        prepare(m_journal, "insert into journal(at, site, case_id, finding_id, event, person) "
                           "values(?1, 'uk', ?2, ?3, 'opened', 'engine')");
    }
    void put(const std::string& id, std::size_t index)
    {
        if (!m_ledger.isInTransaction() && !m_ledger.begin())
            giveUp("the store of P13: a transaction");
        const std::string text = store::findingText(contentOf(index));
        const std::string hash = store::bulk::hexText(store::bulk::bodyDigest(text)).substr(0, 32);
        const std::string subject = caseId(index);
        const std::int64_t at = kNewestMillis - static_cast<std::int64_t>(index % 90'000) * 10'000;
        m_finding.bindText(1, id);
        m_finding.bindText(2, subject);
        m_finding.bindText(3, domain::findingTypeId(typeOf(index)));
        m_finding.bindText(4, isLive(index) ? "open" : "closed");
        m_finding.bindInteger(5, at);
        if (isLive(index))
            m_finding.bindNull(6);
        else
            m_finding.bindInteger(6, at + 3'600'000);
        m_finding.bindText(7, isLive(index) ? "" : "proof");
        m_finding.bindText(8, text);
        m_finding.bindText(9, hash);
        m_finding.bindInteger(10, ++m_count);
        m_journal.bindInteger(1, at);
        m_journal.bindText(2, subject);
        m_journal.bindText(3, id);
        if (m_finding.run() != 0 || m_journal.run() != 0)
            giveUp("the store of P13: a row");
        if (m_count % static_cast<std::int64_t>(store::bulk::kBulkRows) == 0)
            end();
    }
    void end()
    {
        if (m_ledger.isInTransaction() && !m_ledger.commit())
            giveUp("the store of P13: a commit");
    }

private:
    store::Connection& m_ledger;
    store::bulk::RawStatement m_finding, m_journal;
    std::int64_t m_count = 0;
};

void make(const std::string& folder)
{
    std::fprintf(stderr, "bench: making a store of %zu rows, once\n", kStoreRows);
    if (!store::Store::open("sqlite:" + folder, {}))
        giveUp("the store of P13 does not open");
    std::vector<std::string> ids(kStoreRows);
    for (std::size_t i = 0; i < kStoreRows; ++i)
        ids[i] = domain::findingKey(SiteId("uk"), CaseId(caseId(i)), typeOf(i), "").value;
    std::vector<std::size_t> order(kStoreRows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
    auto ledger = store::Connection::open(folder + "/ledger.db", {.what = "ledger"});
    if (!ledger || !(*ledger)->run("pragma cache_size=-262144") ||
        !(*ledger)->run("pragma synchronous=off"))
        giveUp("the ledger of P13 does not open");
    Loader loader(**ledger);
    for (const std::size_t index : order)
        loader.put(ids[index], index);
    loader.end();
    if (!(*ledger)->rows("pragma wal_checkpoint(truncate)"))
        giveUp("the ledger of P13: the last checkpoint");
}

void writeConfig(const std::string& path, const std::string& folder)
{
    const auto secret = [](const char* name) { return fmt::format(R"({{ "env": "{}" }})", name); };
    std::ofstream(path) << fmt::format(
        R"({{ "store": "sqlite:{}", "sites": [ {{ "id": "uk", "name": "Larkfield Supply UK",
  "timezone": "Europe/London", "currency": "GBP",
  "shopify": {{ "url": "http://127.0.0.1:9", "api_version": "2026-07", "token": {} }},
  "returngo": {{ "url": "http://127.0.0.1:9", "shop_name": "bench.myshopify.com", "api_key": {} }},
  "go_live": "2026-01-01" }} ] }}
)",
        folder, secret("BENCH_SHOPIFY"), secret("BENCH_RETURNGO"));
}

} // namespace

std::string millionRowStore()
{
    namespace fs = std::filesystem;
    const std::string folder = workFolder() + "/million";
    const std::string mark = folder + "/made-by-bench";
    const std::string config = workFolder() + "/million.json";
    std::string version;
    std::getline(std::ifstream(mark), version);
    if (version != kVersion) {
        std::error_code error;
        fs::remove_all(folder, error);
        fs::create_directories(folder);
        make(folder);
        std::ofstream(mark) << kVersion << '\n';
    }
    writeConfig(config, folder);
    return config;
}

} // namespace counterfoil::bench
