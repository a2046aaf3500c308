#include "core/workspace/config.h"
#include "core/workspace/queue_table.h"
#include "core/workspace/site_context.h"

#include <gtest/gtest.h>

#include <string>

namespace counterfoil::workspace {
namespace {

/// The example of the design, as a newcomer would copy it.
std::string example()
{
    return R"({ "store": "sqlite:/var/lib/cf" , "sites": [ { "id": "uk", "name": "Larkfield Supply UK", "timezone": "Europe/London", "currency": "GBP",
  "shopify":    { "url": "https://larkfield-uk.myshopify.com", "api_version": "2026-07", "token": { "env": "CF_SHOPIFY_TOKEN" } },
  "sparklayer": { "url": "https://app.sparklayer.io", "site_id": "larkfield", "client_id": "console", "client_secret": { "keychain": "uk/sparklayer" } },
  "returngo":   { "url": "https://api.returngo.ai", "shop_name": "larkfield-uk.myshopify.com", "api_key": { "file": "/run/credentials/returngo" } },
  "erp":        { "kind": "tryton", "url": "http://127.0.0.1:8069/erp/", "user": "counterfoil", "password": { "env": "CF_ERP_PASSWORD" } },
  "stock":      { "quarantine_locations": ["gid://shopify/Location/11"], "sellable_locations": ["gid://shopify/Location/22"] },
  "credit":     { "route": "metafield", "allow_credit_balance": false },  "policy": { "inspection_required": true },  "go_live": "2026-11-01",
  "facts":      { "payment_lowers_balance": "no", "return_lowers_balance": "no", "returngo_requires_paid": "yes" } } ] })";
}

std::string changed(const std::string& what, const std::string& to)
{
    std::string text = example();
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), to);
}

TEST(Config, EveryZoneThatTheSystemKnowsIsAccepted)
{
    for (const char* zone : {"UTC", "Etc/UTC", "America/New_York", "Asia/Kolkata"})
        EXPECT_TRUE(parseConfig(changed("Europe/London", zone))) << zone;
    EXPECT_FALSE(parseConfig(changed("Europe/London", "Europe/Londn")));
}

TEST(Config, TheExampleOfTheDesignIsAccepted)
{
    const auto config = parseConfig(example());
    ASSERT_TRUE(config) << config.error().detail;
    const SiteConfig& site = config->sites.at(0);
    EXPECT_EQ(site.site.policy.creditRoute, "metafield");
    EXPECT_EQ(site.site.policy.facts.paymentLowersBalance, Fact::No);
    EXPECT_EQ(site.site.policy.facts.invoiceRaisesBalance, Fact::Unknown);
    EXPECT_EQ(site.site.policy.locations.at("gid://shopify/Location/11"),
              domain::LocationKind::Quarantine);
    EXPECT_EQ(site.site.policy.destinationA, "gid://shopify/Location/22");
    EXPECT_TRUE(site.site.policy.isSparklayerConnected);
    EXPECT_EQ(site.returngo->apiKey.kind, http::SecretRef::Kind::File);
    EXPECT_EQ(site.site.policy.hash.size(), 16U);
}

TEST(Config, ClocksRunOnTheSitesOwnDays)
{
    const Instant saturday = parseInstant("2026-11-28T10:00:00Z").value();
    const Instant tuesday = parseInstant("2026-11-24T10:00:00Z").value();
    const SiteContext plain(parseConfig(example()).value());
    EXPECT_FALSE(plain.calendar("uk").isOpen(saturday));
    EXPECT_TRUE(plain.calendar("uk").isOpen(tuesday));
    const SiteContext own(
        parseConfig(changed("\"facts\":", R"("calendar": {"days": ["mon", "sat"]}, "facts":)"))
            .value());
    EXPECT_TRUE(own.calendar("uk").isOpen(saturday));
    EXPECT_FALSE(own.calendar("uk").isOpen(tuesday));
}

TEST(Config, FourEyesHoldUnlessSomebodyChoseASingleSeat)
{
    EXPECT_FALSE(parseConfig(example())->sites.at(0).site.policy.isSingleSeat);
    EXPECT_FALSE(parseConfig(changed("\"policy\": { \"inspection_required\": true },", ""))
                     ->sites.at(0)
                     .site.policy.isSingleSeat)
        << "no policy at all";
    const auto chosen = parseConfig(changed(
        "\"inspection_required\": true", "\"inspection_required\": true, \"single_seat\": true"));
    ASSERT_TRUE(chosen) << chosen.error().detail;
    EXPECT_TRUE(chosen->sites.at(0).site.policy.isSingleSeat);
}

struct FaultCase {
    const char* name;
    const char* what;
    const char* to;
    const char* path; ///< what the one line must name
};
class ConfigFaults : public testing::TestWithParam<FaultCase> {};

TEST_P(ConfigFaults, NamePathAndCause)
{
    const auto config = parseConfig(changed(GetParam().what, GetParam().to));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().code, ErrorCode::Config);
    EXPECT_NE(config.error().detail.find(GetParam().path), std::string::npos)
        << config.error().detail;
    EXPECT_EQ(config.error().detail.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConfigFaults,
    testing::Values(
        FaultCase{"UnknownKey", "\"route\"", "\"rout\"", "sites[0].credit.rout: no such key"},
        FaultCase{"UnknownTopKey", "\"store\"", "\"stores\"", "store: expected a text"},
        FaultCase{"WrongType", "\"api_version\": \"2026-07\"", "\"api_version\": 7",
                  "sites[0].shopify.api_version: expected a text"},
        FaultCase{"PlainHttp", "https://api.returngo.ai", "http://api.returngo.ai",
                  "sites[0].returngo.url: expected an https"},
        FaultCase{"OtherScheme", "https://api.returngo.ai", "ftp://api.returngo.ai",
                  "sites[0].returngo.url"},
        FaultCase{"UserInUrl", "https://api.returngo.ai", "http://127.0.0.1@evil.example",
                  "sites[0].returngo.url"},
        FaultCase{"SecretInPlace", "{ \"env\": \"CF_SHOPIFY_TOKEN\" }", "\"shpat_1\"",
                  "sites[0].shopify.token: expected a reference"},
        FaultCase{"SecretOfOtherKind", "{ \"env\": \"CF_SHOPIFY_TOKEN\" }", "{ \"vault\": \"x\" }",
                  "sites[0].shopify.token"},
        FaultCase{"Currency", "\"GBP\"", "\"POUND\"",
                  "sites[0].currency: expected an ISO 4217 code"},
        FaultCase{"Fact", "\"payment_lowers_balance\": \"no\"",
                  "\"payment_lowers_balance\": \"maybe\"",
                  "sites[0].facts.payment_lowers_balance: expected one of unknown, yes, no"},
        FaultCase{"GoLive", "2026-11-01", "November", "sites[0].go_live"},
        FaultCase{"Store", "sqlite:/var/lib/cf", "file:/var", "store: expected sqlite:FOLDER"},
        FaultCase{"TwoLists", "\"sellable_locations\": [\"gid://shopify/Location/22\"]",
                  "\"sellable_locations\": [\"gid://shopify/Location/11\"]",
                  "sites[0].stock.sellable_locations"},
        FaultCase{"NotJson", "{ \"store\"", "{ store", "not JSON at line 1, column 3"},
        FaultCase{"NumberOutOfRange", "\"2026-07\"", "1e999", "not JSON: a number out of range"},
        FaultCase{"SameKeyTwice", "\"name\": \"Larkfield", "\"id\": \"us\", \"name\": \"Larkfield",
                  "the key \"id\" is there twice"},
        FaultCase{"NearlyLoopback", "https://api.returngo.ai", "http://127.0.0.1.evil.example",
                  "sites[0].returngo.url: expected an https"},
        FaultCase{"LoopbackByPrefix", "https://api.returngo.ai", "http://127.evil.example",
                  "sites[0].returngo.url: expected an https"},
        FaultCase{"AfterTheBracket", "https://api.returngo.ai", "http://[::1].evil.example",
                  "sites[0].returngo.url: expected an https"},
        FaultCase{"BlankInUrl", "https://api.returngo.ai", "https://api returngo.ai",
                  "sites[0].returngo.url"},
        FaultCase{"PortInUrl", "https://api.returngo.ai", "https://api.returngo.ai:99999",
                  "sites[0].returngo.url"},
        FaultCase{"QueryInUrl", "https://api.returngo.ai", "https://api.returngo.ai?a=1",
                  "sites[0].returngo.url"},
        FaultCase{"TimeZone", "Europe/London", "Mars/Base",
                  "sites[0].timezone: expected a time zone"},
        FaultCase{"ErpSecretInPlace", "{ \"env\": \"CF_ERP_PASSWORD\" }", "\"hunter2\"",
                  "sites[0].erp.password: expected a reference"},
        FaultCase{"ErpPlainHttp", "http://127.0.0.1:8069/erp/", "http://erp.example/",
                  "sites[0].erp.url: expected an https"},
        FaultCase{"UnknownActionLeft", "\"go_live\"",
                  "\"action_owner\": {\"credits\": \"ipaas\"}, \"go_live\"",
                  "sites[0].action_owner.credits: no such action"},
        FaultCase{"SlaBelowZero", "\"inspection_required\": true",
                  "\"sla\": {\"credit-not-posted\": [-8, 16]}",
                  "sites[0].policy.sla.credit-not-posted: expected two numbers"},
        FaultCase{"TokenAndClient", "{ \"env\": \"CF_SHOPIFY_TOKEN\" }",
                  "{ \"env\": \"T\" }, \"client_secret\": { \"env\": \"S\" }",
                  "sites[0].shopify.token: expected either token, or client_id"},
        FaultCase{"LoginTwice", "\"go_live\"",
                  "\"people\": [{\"name\": \"Priya Shah\"}, {\"name\": \"P\", \"login\": "
                  "\"priya.shah\"}], \"go_live\"",
                  "sites[0].people[1].login: 'priya.shah' is there twice"},
        FaultCase{"Policy", "\"inspection_required\": true", "\"inspection_required\": \"yes\"",
                  "sites[0].policy.inspection_required: expected true or false"}),
    [](const auto& caseInfo) { return std::string(caseInfo.param.name); });

TEST(Config, DepthEndsInAFaultAndNotInTheStack)
{
    const std::string deep(1'000'000, '[');
    const auto config = parseConfig("{\"store\":\"sqlite:x\",\"sites\":[" + deep +
                                    std::string(1'000'000, ']') + "]}");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().detail.find("levels within each other"), std::string::npos)
        << config.error().detail;
}

TEST(Config, ADeviceWithoutEndIsTooLarge)
{
    const auto config = loadConfig("/dev/zero");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().detail, "/dev/zero: larger than 4 MB");
}

TEST(Config, AnyFurtherKeyOfTheContractIsAccepted)
{
    const auto config = parseConfig(changed(
        R"("policy": { "inspection_required": true })",
        R"("calendar": {"hours": ["09:00", "17:30"], "days": ["mon", "Tuesday"], "holidays": ["2026-12-25"]},
           "people": [{"name": "Priya Shah", "roles": ["finance-clerk"], "login": "priya"}],
           "policy": {"inspection_required": true, "po_required": "learned", "pay_after": {"card": "receipt", "account": "inspection"},
             "fees": {"restocking": true, "return": false, "label": "no"}, "shares": {"A": 100, "B": 60}, "tolerances": {},
             "grace": {"credit_due": "2d"}, "sla": {"credit-not-posted": {"first": 8, "resolve": 16}},
             "limits": {"alone": "50.00", "two": "500.00"}, "amount_limit": "1000.00"},
           "adapters": {}, "action_owner": {"credit": "console", "release": "ipaas"}, "automation": {})"));
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->sites[0].site.policy.amountLimitMinor, 100'000);
}

TEST(Config, PlainHttpToThisComputerIsFine)
{
    EXPECT_TRUE(parseConfig(changed("https://api.returngo.ai", "http://127.0.0.1:8080/returngo")));
    EXPECT_TRUE(parseConfig(changed("https://api.returngo.ai", "http://[::1]:8080/returngo")));
}

TEST(Config, ShopifyAloneIsEnough)
{
    const auto config = parseConfig(
        R"({"store":"sqlite:s","sites":[{"id":"x","currency":"EUR","shopify":{"url":"https://x.myshopify.com","token":{"env":"T"}}}]})");
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_FALSE(config->sites[0].returngo);
    EXPECT_FALSE(config->sites[0].site.policy.isSparklayerConnected);
    EXPECT_EQ(config->sites[0].site.policy.creditRoute, "none");
}

TEST(QueueTable, GivesBackWhatWasPutIn)
{
    view::QueueRow row;
    row.id = FindingId("f1");
    row.caseId = CaseId("rma:7000412");
    row.title = "Credit 48.00 above invoice";
    row.customer = "Northwind Cafes Ltd";
    row.atRisk = money::Money::fromMinor(4800, *money::Currency::fromCode("GBP"));
    row.due = fromMillis(5);
    row.isClaimed = true;
    row.state = view::RowState::Settling;
    QueueTable table;
    table.append(row);
    row.id = FindingId("f2");
    row.atRisk.reset();
    row.due.reset();
    table.append(row);
    table.seal();
    EXPECT_EQ(table.row(0).title, "Credit 48.00 above invoice");
    EXPECT_EQ(table.row(0).atRisk->minor(), 4800);
    EXPECT_EQ(*table.row(0).due, fromMillis(5));
    EXPECT_EQ(table.row(0).state, view::RowState::Settling);
    EXPECT_FALSE(table.row(1).atRisk);
    EXPECT_FALSE(table.row(1).due);
    EXPECT_TRUE(table.row(1).isClaimed);
    EXPECT_EQ(table.find(FindingId("f2")), 1U);
    EXPECT_EQ(table.find(FindingId("f3")), QueueTable::npos);
    EXPECT_EQ(table.queryRow(0).customer, "Northwind Cafes Ltd");
}

TEST(QueueTable, SortsIntoTheDefaultOrderAndKeepsTheFirstRows)
{
    QueueTable table;
    const auto add = [&table](const char* id, std::int64_t key, std::int64_t seen) {
        view::QueueRow row;
        row.id = FindingId(id);
        row.orderKey = key;
        row.firstSeen = fromMillis(seen);
        row.graceUntil = fromMillis(seen + 1);
        row.reason = std::string(200'000, 'x'); // fills a block by itself, clipped
        table.append(row);
    };
    add("c", 5, 2);
    add("b", 5, 2);
    add("small", 1, 0);
    add("old", 5, 1);
    add("large", 9, 7);
    table.sortDefault(4);
    table.seal();
    ASSERT_EQ(table.size(), 4U);
    EXPECT_EQ(table.idText(0), "large");
    EXPECT_EQ(table.idText(1), "old");
    EXPECT_EQ(table.idText(2), "b");
    EXPECT_EQ(table.idText(3), "c");
    EXPECT_EQ(*table.row(1).graceUntil, fromMillis(2));
    EXPECT_FALSE(table.row(1).snoozedUntil);
    EXPECT_EQ(table.find(FindingId("small")), QueueTable::npos);
}

TEST(QueueTable, ARowOfARepeatedCustomerIsSmall)
{
    QueueTable table;
    table.reserve(100'000);
    view::QueueRow row;
    row.customer = "Northwind Cafes Ltd";
    row.title = "Credit above invoice";
    row.reason = "Standard price used";
    for (int i = 0; i < 100'000; ++i) {
        row.id = FindingId("finding-" + std::to_string(i));
        row.rma = std::to_string(7'000'000 + i);
        row.caseId = CaseId("rma:" + row.rma);
        table.append(row);
    }
    table.seal();
    EXPECT_LT(table.bytes() / table.size(), 200U) << "bytes a row";
}

} // namespace
} // namespace counterfoil::workspace
