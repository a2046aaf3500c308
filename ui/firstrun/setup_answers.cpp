#include "ui/firstrun/setup_answers.h"

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/money/money.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace counterfoil::firstrun {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kLocation = "gid://shopify/Location/";

bool isWord(std::string_view text, std::string_view more)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [more](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) ||
               more.find(c) != std::string_view::npos;
    });
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isAddress(const std::string& address)
{
    const std::size_t host = address.find("://");
    return host != std::string::npos && address.find_first_of(" @") == std::string::npos &&
           address.find_first_of(".:", host + 3) != std::string::npos;
}

bool isAbsolute(std::string_view path)
{
    return path.starts_with('/') || (path.size() > 2 && path[1] == ':');
}

class Checks {
public:
    void need(bool isGood, const char* field, const char* text)
    {
        const bool isNamed = std::any_of(m_problems.begin(), m_problems.end(),
                                         [&](const Problem& row) { return row.field == field; });
        if (!isGood && !isNamed)
            m_problems.push_back({field, text});
    }
    void filled(const std::string& text, const char* field)
    {
        need(!trimmed(text).empty(), field, "This cannot be empty.");
    }
    void address(const std::string& text, const char* field)
    {
        filled(text, field);
        const std::string address = addressOf(text);
        need(isAddress(address), field, "Write an address, for example larkfield.myshopify.com.");
        const bool isLoopback =
            address.starts_with("http://127.") || address.starts_with("http://localhost");
        need(address.starts_with("https://") || isLoopback, field,
             "Only https, or http to this computer.");
    }
    void secret(const SecretAnswer& answer, const char* field)
    {
        switch (answer.place) {
        case SecretPlace::KeyStore:
            need(answer.isKept, field, "Type it here; it goes into the key store only.");
            return;
        case SecretPlace::Environment:
            need(isWord(answer.name, "_") &&
                     !std::isdigit(static_cast<unsigned char>(answer.name.front())),
                 field, "Write the variable's name, for example COUNTERFOIL_SHOPIFY_TOKEN.");
            return;
        case SecretPlace::File:
            need(isAbsolute(answer.name), field, "Write the whole path of the file.");
            return;
        }
    }
    void amount(const std::string& text, const money::Currency& currency, const char* field)
    {
        const auto amount = money::Money::parse(std::string(trimmed(text)), currency);
        need(amount && !amount->isNegative(), field, "Write an amount, for example 500.00.");
    }
    void locations(const std::string& text, const char* field)
    {
        const auto all = locationsOf(text);
        need(std::all_of(all.begin(), all.end(),
                         [](const std::string& gid) {
                             return gid.starts_with(kLocation) &&
                                    isDigits(std::string_view(gid).substr(kLocation.size()));
                         }),
             field, "Write the numbers of the locations with commas between, for example 11, 22.");
    }
    std::vector<Problem> take() { return std::move(m_problems); }

private:
    std::vector<Problem> m_problems;
};

void checkShopify(const SetupAnswers& a, Checks& checks)
{
    checks.address(a.shopifyUrl, "shopifyUrl");
    checks.filled(a.apiVersion, "apiVersion");
    checks.secret(a.shopifyToken, "shopifyToken");
    checks.need(isWord(a.siteId, "-_"), "siteId",
                "Letters, digits and dashes only, for example uk.");
    checks.need(money::Currency::fromCode(a.currency).has_value(), "currency",
                "Write the shop's currency as three letters, for example GBP.");
    checks.filled(a.timezone, "timezone");
}

void checkMoneyRules(const SetupAnswers& a, Checks& checks)
{
    checks.filled(a.personName, "personName");
    checks.need(isWord(a.personLogin, ".-_"), "personLogin",
                "Letters, digits, dots and dashes only.");
    const auto currency = money::Currency::fromCode(a.currency);
    if (!currency)
        return; // the first step says so
    checks.amount(a.limitAlone, *currency, "limitAlone");
    checks.amount(a.limitTwo, *currency, "limitTwo");
    checks.amount(a.limitLead, *currency, "limitLead");
    checks.locations(a.quarantineLocations, "quarantineLocations");
    checks.locations(a.sellableLocations, "sellableLocations");
    checks.locations(a.outletLocations, "outletLocations");
    const auto both = [&](const std::string& left, const std::string& right, const char* field) {
        const auto one = locationsOf(left);
        const auto two = locationsOf(right);
        checks.need(std::none_of(one.begin(), one.end(),
                                 [&](const std::string& gid) {
                                     return std::find(two.begin(), two.end(), gid) != two.end();
                                 }),
                    field, "A location stands in one list only.");
    };
    both(a.quarantineLocations, a.sellableLocations, "sellableLocations");
    both(a.quarantineLocations, a.outletLocations, "outletLocations");
    both(a.sellableLocations, a.outletLocations, "outletLocations");
}

ordered_json referenceOf(const SecretAnswer& answer)
{
    const char* key = answer.place == SecretPlace::KeyStore      ? "keychain"
                      : answer.place == SecretPlace::Environment ? "env"
                                                                 : "file";
    return ordered_json{{key, answer.name}};
}

std::string plain(const std::string& text)
{
    return std::string(trimmed(text));
}

void addMoneyRules(const SetupAnswers& a, ordered_json& site)
{
    ordered_json stock = ordered_json::object();
    const auto list = [&](const char* key, const std::string& text) {
        if (const auto all = locationsOf(text); !all.empty())
            stock[key] = all;
    };
    list("quarantine_locations", a.quarantineLocations);
    list("sellable_locations", a.sellableLocations);
    list("outlet_locations", a.outletLocations);
    if (const auto outlets = locationsOf(a.outletLocations); !outlets.empty())
        stock["destinations"] = {{"B", outlets.front()}};
    if (!stock.empty())
        site["stock"] = std::move(stock);
    site["credit"] = {{"route", a.creditRoute}};
    site["policy"] = {{"inspection_required", a.inspection == "yes"},
                      {"limits",
                       {{"alone", plain(a.limitAlone)},
                        {"two", plain(a.limitTwo)},
                        {"lead", plain(a.limitLead)}}}};
    site["people"] = ordered_json::array({{{"name", plain(a.personName)},
                                           {"login", plain(a.personLogin)},
                                           {"roles", ordered_json::array({a.personRole})}}});
}

} // namespace

std::string addressOf(std::string_view text)
{
    std::string address(trimmed(text));
    while (address.ends_with('/'))
        address.pop_back();
    if (!address.empty() && address.find("://") == std::string::npos)
        address.insert(0, "https://");
    return address;
}

std::vector<std::string> locationsOf(std::string_view text)
{
    std::vector<std::string> out;
    for (const std::string_view part : split(text, ',')) {
        const std::string one(trimmed(part));
        if (!one.empty())
            out.push_back(isDigits(one) ? std::string(kLocation) + one : one);
    }
    return out;
}

std::vector<Problem> problemsOf(Step step, const SetupAnswers& answers)
{
    Checks checks;
    switch (step) {
    case Step::Shopify:
        checkShopify(answers, checks);
        break;
    case Step::SparkLayer:
        if (!answers.hasSparklayer)
            break;
        checks.address(answers.sparklayerUrl, "sparklayerUrl");
        checks.filled(answers.sparklayerSiteId, "sparklayerSiteId");
        checks.filled(answers.sparklayerClientId, "sparklayerClientId");
        checks.secret(answers.sparklayerSecret, "sparklayerSecret");
        break;
    case Step::ReturnGo:
        if (!answers.hasReturngo)
            break;
        checks.address(answers.returngoUrl, "returngoUrl");
        checks.filled(answers.returngoShop, "returngoShop");
        checks.secret(answers.returngoKey, "returngoKey");
        break;
    case Step::Erp:
        break;
    case Step::MoneyRules:
        if (answers.hasMoneyRules)
            checkMoneyRules(answers, checks);
        break;
    case Step::GoLive:
        if (const std::string date = plain(answers.goLive); !date.empty())
            checks.need(date.size() == 10 && parseInstant(date).has_value(), "goLive",
                        "Write a date like 2026-11-01, or leave it empty.");
        checks.need(isAbsolute(plain(answers.storeFolder)), "storeFolder",
                    "Write the whole path of a folder.");
        break;
    }
    return checks.take();
}

std::string configJson(const SetupAnswers& a)
{
    ordered_json site;
    site["id"] = plain(a.siteId);
    site["name"] = plain(a.siteName).empty() ? plain(a.siteId) : plain(a.siteName);
    site["timezone"] = plain(a.timezone);
    site["currency"] = a.currency;
    site["shopify"] = {{"url", addressOf(a.shopifyUrl)},
                       {"api_version", plain(a.apiVersion)},
                       {"token", referenceOf(a.shopifyToken)}};
    if (a.hasSparklayer)
        site["sparklayer"] = {{"url", addressOf(a.sparklayerUrl)},
                              {"site_id", plain(a.sparklayerSiteId)},
                              {"client_id", plain(a.sparklayerClientId)},
                              {"client_secret", referenceOf(a.sparklayerSecret)}};
    if (a.hasReturngo)
        site["returngo"] = {{"url", addressOf(a.returngoUrl)},
                            {"shop_name", plain(a.returngoShop)},
                            {"api_key", referenceOf(a.returngoKey)}};
    if (a.hasMoneyRules)
        addMoneyRules(a, site);
    if (!plain(a.goLive).empty())
        site["go_live"] = plain(a.goLive);
    ordered_json config;
    config["store"] = "sqlite:" + plain(a.storeFolder);
    if (a.hasMoneyRules)
        config["person"] = plain(a.personLogin);
    config["sites"] = ordered_json::array({std::move(site)});
    return config.dump(2) + "\n";
}

} // namespace counterfoil::firstrun
