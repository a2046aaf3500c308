#include "app/sandbox/server/site_config.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <array>

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

using Json = nlohmann::ordered_json;

struct SecretRow {
    Secret secret;
    const char* file;
    const char* variable;
    const char* text;
};

constexpr std::array<SecretRow, 3> kSecrets{{
    {Secret::Shopify, "shopify-token", "CF_SANDBOX_SHOPIFY", "shpat_sandbox"},
    {Secret::SparkLayer, "sparklayer-secret", "CF_SANDBOX_SPARKLAYER", "spark-sandbox-secret"},
    {Secret::ReturnGo, "returngo-key", "CF_SANDBOX_RETURNGO", "rg-sandbox-key"},
}};

/// SparkLayer publishes no figure, so the console keeps to two calls a second, five minutes for the
/// purchases of 300 returns. Ours takes what comes: its config says so, as a merchant would who was
/// told a figure.
constexpr int kSparkRate = 200;

const SecretRow& rowOf(Secret secret)
{
    for (const SecretRow& row : kSecrets)
        if (row.secret == secret)
            return row;
    return kSecrets.front();
}

Json reference(Secret secret, const QString& folder)
{
    const SecretRow& row = rowOf(secret);
    if (folder.isEmpty())
        return Json{{"env", row.variable}};
    return Json{
        {"file", QDir(folder).absoluteFilePath(QString::fromLatin1(row.file)).toStdString()}};
}

const char* yesNo(bool value)
{
    return value ? "yes" : "no";
}

Json factsOf(const Facts& facts)
{
    return {{"payment_lowers_balance", yesNo(facts.paymentLowersBalance)},
            {"refund_lowers_balance", yesNo(facts.refundLowersBalance)},
            {"return_lowers_balance", yesNo(facts.returnLowersBalance)},
            {"cancel_lowers_balance", yesNo(facts.cancelLowersBalance)},
            {"edit_moves_balance", yesNo(facts.editMovesBalance)},
            {"invoice_raises_balance", yesNo(facts.invoiceRaisesBalance)},
            {"return_process_lowers_outstanding", yesNo(facts.returnProcessLowersOutstanding)},
            {"returngo_creates_shopify_return", yesNo(facts.returngoCreatesShopifyReturn)},
            {"returngo_requires_paid", yesNo(facts.returngoRequiresPaid)},
            {"fee_tax", "included"}};
}

Json people()
{
    return Json::array(
        {{{"name", "Priya Shah"},
          {"login", "priya"},
          {"roles", {"finance-clerk", "finance-approver"}}},
         {{"name", "Tom Marsh"}, {"login", "tom"}, {"roles", {"finance-lead", "finance-approver"}}},
         {{"name", "Nora Field"}, {"login", "nora"}, {"roles", {"warehouse-lead"}}},
         {{"name", "Rhys Bowen"}, {"login", "rhys"}, {"roles", {"warehouse-operative"}}},
         {{"name", "Jo Okafor"}, {"login", "jo"}, {"roles", {"cx-agent"}}},
         {{"name", "Sol Reyes"}, {"login", "sol"}, {"roles", {"integration-admin"}}}});
}

Json stock()
{
    const auto at = [](Id id) { return gid("Location", id); };
    return {
        {"quarantine_locations", {at(kQuarantine)}},
        {"sellable_locations", {at(kSellable)}},
        {"outlet_locations", {at(kOutlet)}},
        {"destinations", {{"A", at(kSellable)}, {"B", at(kOutlet)}, {"damaged", at(kQuarantine)}}},
        {"mode", "location"}};
}

Json policy(const SitePolicy& rules)
{
    return {{"inspection_required", rules.inspectionRequired},
            {"po_required", rules.poRequired ? "yes" : "learned"},
            {"fees",
             {{"restocking", rules.restockingFeeAgreed},
              {"return", rules.returnFeeAgreed},
              {"label", rules.labelFeeAgreed}}}};
}

} // namespace

std::string secretText(Secret secret)
{
    return rowOf(secret).text;
}

bool writeSecretFiles(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return false;
    for (const SecretRow& row : kSecrets) {
        QSaveFile file(QDir(folder).filePath(QString::fromLatin1(row.file)));
        if (!file.open(QIODevice::WriteOnly) ||
            !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
            file.write(row.text) < 0 || !file.commit())
            return false;
    }
    return true;
}

std::vector<std::pair<QByteArray, QByteArray>> secretEnvironment()
{
    std::vector<std::pair<QByteArray, QByteArray>> out;
    for (const SecretRow& row : kSecrets)
        out.emplace_back(row.variable, row.text);
    return out;
}

QByteArray siteConfig(World& world, const std::string& proofOrder, quint16 port,
                      const QString& storePath, const QString& secretsFolder)
{
    const std::string base = "http://127.0.0.1:" + std::to_string(port);
    Json site{{"id", "uk"},
              {"name", world.shopName},
              {"timezone", world.timezone},
              {"currency", world.currency}};
    site["shopify"] = {{"url", base + "/shopify"},
                       {"api_version", "2026-07"},
                       {"token", reference(Secret::Shopify, secretsFolder)}};
    site["sparklayer"] = {{"url", base + "/sparklayer"},
                          {"site_id", "larkfield"},
                          {"client_id", "console"},
                          {"client_secret", reference(Secret::SparkLayer, secretsFolder)}};
    site["returngo"] = {{"url", base + "/returngo"},
                        {"shop_name", world.shopDomain},
                        {"api_key", reference(Secret::ReturnGo, secretsFolder)}};
    site["adapters"] = {{"sparklayer", {{"rate_per_s", kSparkRate}}}};
    site["stock"] = stock();
    site["credit"] = {{"route", "metafield"}, {"allow_credit_balance", false}};
    site["policy"] = policy(world.policy);
    site["calendar"] = {{"hours", {{"open", "09:00"}, {"close", "17:00"}}},
                        {"days", {"mon", "tue", "wed", "thu", "fri"}},
                        {"holidays", {"2026-12-25", "2026-12-28", "2027-01-01"}}};
    site["go_live"] = zuluText(world.policy.goLive).substr(0, 10);
    site["facts"] = factsOf(world.facts);
    site["people"] = people();
    if (const Order* order = world.orderByName(proofOrder)) {
        const Product& product = world.products[order->lines.front().product];
        site["proof"] = {{"customer", gid("Customer", world.customers[order->customer].id)},
                         {"order", gid("Order", order->id)},
                         {"item", gid("InventoryItem", product.inventoryItemId)},
                         {"from", gid("Location", kSellable)},
                         {"to", gid("Location", kQuarantine)},
                         {"at_start", true}};
    }
    Json config{{"store", "sqlite:" + storePath.toStdString()}, {"sites", Json::array({site})}};
    return QByteArray::fromStdString(config.dump(2)) + '\n';
}

} // namespace counterfoil::sandbox
