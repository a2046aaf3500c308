#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::firstrun {

/// The six steps of the first run, in order.
enum class Step : std::uint8_t { Shopify, SparkLayer, ReturnGo, Erp, MoneyRules, GoLive };
inline constexpr int kStepCount = 6;

/// Where a secret lies. The secret itself is never an answer.
enum class SecretPlace : std::uint8_t { KeyStore, Environment, File };
struct SecretAnswer {
    SecretPlace place = SecretPlace::KeyStore;
    std::string name;    ///< entry of the key store, variable, or absolute path
    bool isKept = false; ///< the key store has it (KeyStore only)
};

/// What a person answered so far. Plain values; texts as typed.
struct SetupAnswers {
    std::string siteId = "shop", siteName, currency, timezone = "UTC";
    std::string shopifyUrl, apiVersion = "2026-07";
    SecretAnswer shopifyToken;
    bool hasSparklayer = true;
    std::string sparklayerUrl = "https://app.sparklayer.io", sparklayerSiteId, sparklayerClientId;
    SecretAnswer sparklayerSecret;
    bool hasReturngo = true;
    std::string returngoUrl = "https://api.returngo.ai", returngoShop;
    SecretAnswer returngoKey;
    bool hasMoneyRules = true; ///< false: nothing is ever written
    std::string creditRoute = "none", limitAlone = "50.00", limitTwo = "500.00",
                limitLead = "5000.00", inspection = "yes";
    std::string quarantineLocations, sellableLocations, outletLocations; ///< ids with commas
    std::string personName, personLogin, personRole = "finance-clerk";
    std::string goLive, storeFolder;
};

/// What is wrong with one field; its object name and one sentence.
struct Problem {
    std::string field, text;
};

/// What hinders this step from being finished. Pure.
[[nodiscard]] std::vector<Problem> problemsOf(Step step, const SetupAnswers& answers);

/// "larkfield.myshopify.com/" -> "https://larkfield.myshopify.com".
[[nodiscard]] std::string addressOf(std::string_view text);
/// Location ids as Shopify writes them; a number alone is completed. Blank parts are left out.
[[nodiscard]] std::vector<std::string> locationsOf(std::string_view text);

/// The config file (docs/config.md). Every secret is a reference. Pure.
[[nodiscard]] std::string configJson(const SetupAnswers& answers);

} // namespace counterfoil::firstrun
