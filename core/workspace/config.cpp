#include "core/workspace/config.h"

#include "core/base/text.h"
#include "core/decode/adapter.h"
#include "core/platform/http/url.h"
#include "core/workspace/config_policy.h"
#include "core/workspace/config_reader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace counterfoil::workspace {

namespace {

constexpr qint64 kConfigBytesMax = 4 << 20;
constexpr std::array<std::string_view, 3> kActions{"credit", "release", "set-po"};

/// https anywhere, http to loopback only.
std::string url(ConfigReader& reader, const char* key)
{
    std::string text = reader.text(key);
    while (text.ends_with('/'))
        text.pop_back();
    // Read as the transport reads it: what passes here is what is connected to.
    const auto address = http::parseUrl(text);
    if (!address || text.find_first_of("?#") != std::string::npos)
        reader.fault(key, "an https address (plain http only to this computer)");
    return text;
}

http::SecretRef secretOf(ConfigReader reader)
{
    using Kind = http::SecretRef::Kind;
    const bool hasOne =
        int(reader.has("env")) + int(reader.has("keychain")) + int(reader.has("file")) == 1;
    if (!hasOne)
        throw ConfigFault{fmt::format("{}: expected one of {{\"env\": …}}, {{\"keychain\": …}}, "
                                      "{{\"file\": …}}; a secret itself never stands "
                                      "in the config",
                                      reader.path())};
    http::SecretRef out = reader.has("env") ? http::SecretRef(Kind::Environment, reader.text("env"))
                          : reader.has("keychain")
                              ? http::SecretRef(Kind::Keychain, reader.text("keychain"))
                              : http::SecretRef(Kind::File, reader.text("file"));
    reader.finish();
    return out;
}

http::SecretRef secret(ConfigReader& reader, const char* key)
{
    const nlohmann::json* value = reader.raw(key);
    if (!value || !value->is_object())
        throw ConfigFault{fmt::format("{}: expected a reference like {{\"env\": \"NAME\"}}; a "
                                      "secret itself never stands in the config",
                                      reader.pathOf(key))};
    return secretOf(ConfigReader(*value, reader.pathOf(key)));
}

ShopifyConfig shopify(ConfigReader reader)
{
    ShopifyConfig out;
    out.url = url(reader, "url");
    out.apiVersion = reader.text("api_version", "2026-07");
    if (reader.has("token") && (reader.has("client_id") || reader.has("client_secret")))
        reader.fault("token", "either token, or client_id and client_secret");
    if (reader.has("client_id") || reader.has("client_secret")) {
        out.clientId = secret(reader, "client_id");
        out.clientSecret = secret(reader, "client_secret");
    } else {
        out.token = secret(reader, "token");
    }
    reader.finish();
    return out;
}

SparklayerConfig sparklayer(ConfigReader reader)
{
    SparklayerConfig out;
    out.url = url(reader, "url");
    out.siteId = reader.text("site_id");
    out.clientId = reader.text("client_id");
    out.clientSecret = secret(reader, "client_secret");
    reader.finish();
    return out;
}

ReturngoConfig returngo(ConfigReader reader)
{
    ReturngoConfig out;
    out.url = url(reader, "url");
    out.shopName = reader.text("shop_name");
    out.apiKey = secret(reader, "api_key");
    reader.finish();
    return out;
}

ProofConfig proof(ConfigReader reader)
{
    ProofConfig out;
    out.customer = reader.text("customer", "");
    out.order = reader.text("order", "");
    out.item = reader.text("item", "");
    out.from = reader.text("from", "");
    out.to = reader.text("to", "");
    out.isAtStart = reader.flag("at_start", false);
    reader.finish();
    return out;
}

std::string loginOf(std::string_view name)
{
    std::string login = folded(trimmed(name));
    std::replace(login.begin(), login.end(), ' ', '.');
    return login;
}

domain::Person person(ConfigReader reader)
{
    domain::Person out;
    out.name = reader.text("name");
    out.id = PersonId(reader.text("login", loginOf(out.name)));
    for (const std::string& word : reader.texts("roles")) {
        const auto role = domain::roleFromWord(word);
        if (!role)
            throw ConfigFault{
                fmt::format("{}: no role '{}'; roles are cx-agent, finance-clerk, "
                            "finance-approver, finance-lead, "
                            "warehouse-operative, warehouse-lead, integration-admin, auditor",
                            reader.pathOf("roles"), word)};
        out.roles.push_back(*role);
    }
    reader.finish();
    return out;
}

std::string adapterOverrides(ConfigReader& reader)
{
    const nlohmann::json* value = reader.raw("adapters");
    if (!value || value->is_null())
        return {};
    const std::string text = value->dump();
    const auto parsed = decode::withOverrides(text);
    if (!parsed)
        throw ConfigFault{fmt::format("{}: {}", reader.pathOf("adapters"), parsed.error().detail)};
    return text;
}

/// A later part of the program reads these; here their form is checked, and that no secret and no
/// open address stands in them.
void reserved(ConfigReader& reader)
{
    if (auto erp = reader.optionalObject("erp")) {
        (void)erp->text("kind", "");
        (void)erp->text("database", "");
        (void)erp->text("user", "");
        if (erp->has("url"))
            (void)url(*erp, "url");
        for (const char* key : {"password", "api_key", "token"}) {
            if (erp->has(key))
                (void)secret(*erp, key);
        }
        erp->finish();
    }
    const nlohmann::json* automation = reader.raw("automation");
    if (automation && !automation->is_object() && !automation->is_null())
        reader.fault("automation", "an object");
}

std::vector<std::pair<std::string, std::string>> actionOwner(ConfigReader& reader)
{
    std::vector<std::pair<std::string, std::string>> out;
    auto owners = reader.optionalObject("action_owner");
    if (!owners)
        return out;
    for (const std::string& key : owners->keys()) {
        const std::size_t at = owners->word(key.c_str(), 0, {"console", "ipaas"});
        // Left to another and not known here, nothing would hold it back.
        if (at == 1 && std::find(kActions.begin(), kActions.end(), key) == kActions.end())
            throw ConfigFault{fmt::format("{}: no such action; actions are {}", owners->pathOf(key),
                                          fmt::join(kActions, ", "))};
        out.emplace_back(key, at == 0 ? "console" : "ipaas");
    }
    return out;
}

SiteConfig site(ConfigReader reader)
{
    SiteConfig out;
    out.site.id = SiteId(reader.text("id"));
    out.site.name = reader.text("name", out.site.id.value);
    const auto currency = money::Currency::fromCode(reader.text("currency"));
    if (!currency)
        reader.fault("currency", "an ISO 4217 code such as GBP");
    out.site.currency = *currency;
    out.shopify = shopify(reader.object("shopify"));
    if (auto part = reader.optionalObject("sparklayer"))
        out.sparklayer = sparklayer(*std::move(part));
    if (auto part = reader.optionalObject("returngo"))
        out.returngo = returngo(*std::move(part));
    if (auto part = reader.optionalObject("proof"))
        out.proof = proof(*std::move(part));
    std::set<std::string> logins;
    for (ConfigReader& row : reader.objects("people")) {
        const std::string path = row.path();
        out.site.people.push_back(person(std::move(row)));
        if (!logins.insert(out.site.people.back().id.value).second)
            throw ConfigFault{fmt::format("{}.login: '{}' is there twice", path,
                                          out.site.people.back().id.value)};
    }
    out.adapterOverrides = adapterOverrides(reader);
    out.actionOwner = actionOwner(reader);
    out.site.policy = readPolicy(reader, *currency);
    out.site.policy.isSparklayerConnected = out.sparklayer.has_value();
    reserved(reader);
    reader.finish();
    return out;
}

WorkspaceConfig workspaceConfig(const nlohmann::json& json)
{
    ConfigReader reader(json, "");
    WorkspaceConfig out;
    out.storeUrl = reader.text("store");
    if (!out.storeUrl.starts_with("sqlite:") || out.storeUrl.size() == 7 ||
        out.storeUrl.find('\0') != std::string::npos)
        reader.fault("store", "sqlite:FOLDER");
    std::set<std::string> seen;
    for (ConfigReader& row : reader.objects("sites")) {
        const std::string path = row.path();
        out.sites.push_back(site(std::move(row)));
        if (!seen.insert(out.sites.back().site.id.value).second)
            throw ConfigFault{
                fmt::format("{}.id: '{}' is there twice", path, out.sites.back().site.id.value)};
    }
    if (out.sites.empty())
        reader.fault("sites", "at least one site");
    out.person = reader.text("person", "");
    reader.finish();
    return out;
}

} // namespace

Result<WorkspaceConfig> parseConfig(std::string_view json)
{
    try {
        return workspaceConfig(parsedConfig(json));
    } catch (const ConfigFault& fault) {
        return fail(ErrorCode::Config, fault.text);
    }
}

Result<WorkspaceConfig> loadConfig(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Config,
                    fmt::format("{}: {}", path, file.errorString().toStdString()));
    // A device or a pipe says nothing of its size and may never end.
    const QByteArray text = file.read(kConfigBytesMax + 1);
    if (text.size() > kConfigBytesMax)
        return fail(ErrorCode::Config, fmt::format("{}: larger than 4 MB", path));
    Result<WorkspaceConfig> config = parseConfig(text.toStdString());
    if (!config)
        return fail(ErrorCode::Config, fmt::format("{}: {}", path, config.error().detail));
    const QString folder = QString::fromStdString(config->storeUrl.substr(7));
    if (QDir::isRelativePath(folder)) {
        const QDir base = QFileInfo(QString::fromStdString(path)).absoluteDir();
        config->storeUrl = "sqlite:" + base.absoluteFilePath(folder).toStdString();
    }
    return config;
}

std::string defaultConfigPath()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (base + QStringLiteral("/counterfoil/config.json")).toStdString();
}

} // namespace counterfoil::workspace
