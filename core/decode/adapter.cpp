#include "core/decode/adapter.h"

#include "core/base/check.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <array>
#include <optional>
#include <set>
#include <span>

namespace counterfoil::decode {

namespace {

using Json = nlohmann::json;

template <class E> struct EnumWord {
    std::string_view word;
    E value;
};

constexpr std::array<EnumWord<domain::PaymentMethod>, 5> kMethods{{
    {"account", domain::PaymentMethod::Account},
    {"invoice", domain::PaymentMethod::Invoice},
    {"card", domain::PaymentMethod::Card},
    {"quote", domain::PaymentMethod::Quote},
    {"other", domain::PaymentMethod::Other},
}};
constexpr std::array<EnumWord<domain::RmaStatus>, 7> kRmaStatuses{{
    {"pending", domain::RmaStatus::Pending},
    {"approved", domain::RmaStatus::Approved},
    {"received", domain::RmaStatus::Received},
    {"validated", domain::RmaStatus::Validated},
    {"done", domain::RmaStatus::Done},
    {"rejected", domain::RmaStatus::Rejected},
    {"canceled", domain::RmaStatus::Canceled},
}};
constexpr std::array<EnumWord<domain::ShipmentStatus>, 6> kShipmentStatuses{{
    {"pending", domain::ShipmentStatus::Pending},
    {"label-created", domain::ShipmentStatus::LabelCreated},
    {"shipped", domain::ShipmentStatus::Shipped},
    {"received", domain::ShipmentStatus::Received},
    {"validated", domain::ShipmentStatus::Validated},
    {"canceled", domain::ShipmentStatus::Canceled},
}};
constexpr std::array<EnumWord<domain::Resolution>, 6> kResolutions{{
    {"payment-method", domain::Resolution::RefundToPaymentMethod},
    {"store-credit", domain::Resolution::RefundToStoreCredit},
    {"gift-card", domain::Resolution::GiftCard},
    {"bank-account", domain::Resolution::BankAccount},
    {"exchange", domain::Resolution::Exchange},
    {"none", domain::Resolution::None},
}};
constexpr std::array<EnumWord<domain::RmaTransactionType>, 7> kTransactionTypes{{
    {"payment-method", domain::RmaTransactionType::RefundToPaymentMethod},
    {"store-credit", domain::RmaTransactionType::RefundToStoreCredit},
    {"gift-card", domain::RmaTransactionType::GiftCard},
    {"bank-account", domain::RmaTransactionType::BankAccount},
    {"invoice-payment", domain::RmaTransactionType::InvoicePayment},
    {"authorization", domain::RmaTransactionType::Authorization},
    {"capture", domain::RmaTransactionType::Capture},
}};
constexpr std::array<EnumWord<domain::RmaTransactionStatus>, 3> kTransactionStatuses{{
    {"requested", domain::RmaTransactionStatus::Requested},
    {"success", domain::RmaTransactionStatus::Success},
    {"failed", domain::RmaTransactionStatus::Failed},
}};

/// One object of an adapter file: every member is taken once, what is left over is unknown. The
/// first problem of a whole file is kept.
class Section {
public:
    Section(const Json& json, std::string path, std::optional<Error>& problem)
        : m_json(json), m_path(std::move(path)), m_problem(problem)
    {
        if (!json.is_object())
            complain("", "expected an object");
    }
    ~Section()
    {
        if (!m_json.is_object())
            return;
        for (const auto& [key, value] : m_json.items()) {
            if (!m_taken.contains(key))
                complain(key, "unknown key");
        }
    }
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;

    void read(const char* key, std::string& out)
    {
        if (const Json* value = take(key, &Json::is_string, "expected a text"))
            out = value->get<std::string>();
    }
    void read(const char* key, bool& out)
    {
        if (const Json* value = take(key, &Json::is_boolean, "expected true or false"))
            out = value->get<bool>();
    }
    void read(const char* key, std::int64_t& out)
    {
        const Json* value = take(key, &Json::is_number_integer, "expected a whole number");
        if (value == nullptr)
            return;
        if (value->get<std::int64_t>() < 0)
            return complain(key, "expected no negative number");
        out = value->get<std::int64_t>();
    }
    void read(const char* key, Millis& out)
    {
        std::int64_t seconds = out.count() / 1000;
        read(key, seconds);
        if (seconds > 366LL * 86'400)
            return complain(key, "expected at most a year");
        out = std::chrono::seconds(seconds);
    }
    void read(const char* key, std::vector<std::string>& out)
    {
        const Json* value = take(key, &Json::is_array, "expected a list");
        if (value == nullptr)
            return;
        out.clear();
        for (const Json& item : *value) {
            if (!item.is_string())
                return complain(key, "expected a list of texts");
            out.push_back(item.get<std::string>());
        }
    }
    void read(const char* key, std::map<std::string, std::string>& out)
    {
        readMap(key, out, &Json::is_string, "expected texts");
    }
    void read(const char* key, std::map<std::string, std::int64_t>& out)
    {
        readMap(key, out, &Json::is_number_integer, "expected whole numbers");
    }
    void read(const char* key, std::map<std::string, std::vector<std::string>>& out)
    {
        const Json* value = take(key, &Json::is_object, "expected an object");
        if (value == nullptr)
            return;
        out.clear();
        Section inner(*value, m_path + "." + key, m_problem);
        for (const auto& [name, list] : value->items())
            inner.read(name.c_str(), out[name]);
    }
    template <class E, std::size_t N>
    void read(const char* key, std::map<std::string, E>& out,
              const std::array<EnumWord<E>, N>& words)
    {
        std::map<std::string, std::string> texts;
        read(key, texts);
        out.clear();
        for (const auto& [word, ours] : texts) {
            const auto found = std::find_if(words.begin(), words.end(),
                                            [&](const auto& row) { return row.word == ours; });
            if (found == words.end())
                return complain(std::string(key) + "." + word, "unknown word of ours");
            out[word] = found->value;
        }
    }
    template <class Read> void section(const char* key, Read read)
    {
        if (const Json* value = take(key, &Json::is_object, "expected an object")) {
            Section inner(*value, m_path + "." + key, m_problem);
            read(inner);
        }
    }
    void complain(std::string_view key, std::string_view what)
    {
        if (!m_problem)
            m_problem = Error(ErrorCode::Config,
                              fmt::format("{}{}{}: {}", m_path, key.empty() ? "" : ".", key, what));
    }

private:
    const Json* take(const char* key, bool (Json::*is)() const noexcept, std::string_view expected)
    {
        m_taken.insert(key);
        const auto found = m_json.is_object() ? m_json.find(key) : m_json.end();
        if (!m_json.is_object() || found == m_json.end()) {
            complain(key, "missing");
            return nullptr;
        }
        if (!((*found).*is)()) {
            complain(key, expected);
            return nullptr;
        }
        return &*found;
    }
    template <class Value>
    void readMap(const char* key, std::map<std::string, Value>& out,
                 bool (Json::*is)() const noexcept, std::string_view expected)
    {
        const Json* value = take(key, &Json::is_object, "expected an object");
        if (value == nullptr)
            return;
        out.clear();
        for (const auto& [name, item] : value->items()) {
            if (!(item.*is)())
                return complain(std::string(key) + "." + name, expected);
            out[name] = item.template get<Value>();
        }
    }

    const Json& m_json;
    std::string m_path;
    std::optional<Error>& m_problem;
    std::set<std::string, std::less<>> m_taken;
};

void readShopify(Section& in, ShopifyAdapter& out)
{
    in.read("api_version", out.apiVersion);
    in.section("intervals_s", [&](Section& s) {
        s.read("orders_delta", out.ordersDelta);
        s.read("orders_overlap", out.ordersOverlap);
        s.read("returns_sweep", out.returnsSweep);
        s.read("open_account_orders", out.openAccountOrders);
        s.read("drafts", out.drafts);
        s.read("quarantine_stock", out.quarantineStock);
        s.read("full_sweep", out.fullSweep);
    });
    in.read("first_load", out.firstLoad);
    in.read("history_days", out.historyDays);
    in.read("operator_reserve", out.operatorReserve);
    in.read("page_sizes", out.pageSizes);
    in.read("release_mode", out.releaseMode);
    in.read("release_reason", out.releaseReason);
    in.read("release_reason_fallback", out.releaseReasonFallback);
    in.read("dispose_mode", out.disposeMode);
    in.read("activate_before_release", out.activateBeforeRelease);
    in.read("process_without_money", out.processWithoutMoney);
    in.read("close_after_process", out.closeAfterProcess);
    in.read("returngo_app_ids", out.returngoAppIds);
    in.read("console_app_ids", out.consoleAppIds);
    in.section("balance", [&](Section& s) {
        s.read("owner", out.balanceOwner);
        s.read("namespace", out.balanceNamespace);
        s.read("metafield", out.balanceMetafield);
        s.read("receipts_namespace", out.receiptsNamespace);
        s.read("receipts_metafield", out.receiptsMetafield);
        s.read("balance_key", out.balanceKey);
        s.read("credit_limit_key", out.creditLimitKey);
        s.read("currency_key", out.currencyKey);
        s.read("net_terms_key", out.netTermsKey);
        s.read("balance_is_owed", out.balanceIsOwed);
        s.read("writable_access", out.writableAccess);
    });
    in.read("payment_type_attribute", out.paymentTypeAttribute);
    in.read("cart_id_attribute", out.cartIdAttribute);
    in.read("charged_price_attribute", out.chargedPriceAttribute);
    in.read("charged_price_is_net", out.chargedPriceIsNet);
    in.read("payment_types", out.paymentTypes, kMethods);
    in.read("po_attributes", out.poAttributes);
    in.read("po_write_target", out.poWriteTarget);
    in.read("b2b_tags", out.b2bTags);
}

void readSparklayer(Section& in, SparklayerAdapter& out)
{
    in.section("intervals_s", [&](Section& s) {
        s.read("purchases_delta", out.purchasesDelta);
        s.read("purchases_overlap", out.purchasesOverlap);
        s.read("full_sweep", out.fullSweep);
    });
    in.read("page_limit", out.pageLimit);
    in.read("rate_per_s", out.ratePerSecond);
    in.read("max_in_flight", out.inFlightMax);
    in.read("conflict_retries_transaction", out.conflictRetriesTransaction);
    in.read("conflict_retries_purchase", out.conflictRetriesPurchase);
    in.read("paths", out.paths);
    in.read("fields", out.fields);
    in.read("line_sku_paths", out.lineSkuPaths);
    in.read("line_platform_id_paths", out.linePlatformIdPaths);
    in.read("payment_methods", out.paymentMethods, kMethods);
    in.read("package_types", out.packageTypes);
    in.read("transaction_total_shape", out.transactionTotalShape);
    in.read("discount_already_in_total", out.discountAlreadyInTotal);
    in.read("allow_credit_balance", out.allowCreditBalance);
    in.read("child_balance_owner", out.childBalanceOwner);
    in.read("credit_route_proof", out.creditRouteProof);
    in.read("webhooks", out.webhooks);
}

void readReturngoWrites(Section& in, ReturngoAdapter& out)
{
    in.read("comment_body_key", out.commentBodyKey);
    in.section("set_status", [&](Section& s) {
        s.read("enabled", out.setStatusEnabled);
        s.read("template", out.setStatusTemplate);
    });
    in.section("transaction_update", [&](Section& s) {
        s.read("enabled", out.transactionUpdateEnabled);
        s.read("template", out.transactionUpdateTemplate);
    });
    in.section("validate_items", [&](Section& s) {
        s.read("enabled", out.validateItemsEnabled);
        s.read("path", out.validateItemsPath);
        s.read("template", out.validateItemsTemplate);
    });
    in.section("create_rma", [&](Section& s) { s.read("enabled", out.createRmaEnabled); });
}

void readReturngo(Section& in, ReturngoAdapter& out)
{
    in.read("base_url", out.baseUrl);
    in.read("key_header", out.keyHeader);
    in.read("shop_header", out.shopHeader);
    in.section("budget", [&](Section& s) {
        s.read("daily_cap", out.dailyCap);
        s.read("seats", out.seats);
        s.read("reserved_for_others", out.reservedForOthers);
        s.read("window_s", out.window);
    });
    in.section("intervals_s", [&](Section& s) {
        s.read("open_sweep", out.openSweep);
        s.read("transaction_sweep", out.transactionSweep);
        s.read("changed_sweep", out.changedSweep);
        s.read("overlap", out.overlap);
    });
    in.read("page_size", out.pageSize);
    in.read("trust_updated_filter", out.trustUpdatedFilter);
    in.read("rma_statuses", out.rmaStatuses, kRmaStatuses);
    in.read("shipment_statuses", out.shipmentStatuses, kShipmentStatuses);
    in.read("resolutions", out.resolutions, kResolutions);
    in.read("transaction_types", out.transactionTypes, kTransactionTypes);
    in.read("transaction_statuses", out.transactionStatuses, kTransactionStatuses);
    in.read("events", out.events);
    in.read("fields", out.fields);
    in.read("timeline", out.timeline);
    in.read("keep_item_method", out.keepItemMethod);
    readReturngoWrites(in, out);
    in.read("paid_price_is_net", out.paidPriceIsNet);
    in.read("fee_aggregation", out.feeAggregation);
    in.read("credit_tolerance_minor", out.creditToleranceMinor);
    in.read("bonus_allowance_minor", out.bonusAllowanceMinor);
    in.read("validation_enabled", out.validationEnabled);
    in.read("inspection_after_done_ok", out.inspectionAfterDoneOk);
    in.read("platform_refund_id_is_shopify_refund_id", out.platformRefundIdIsShopifyRefundId);
    in.read("map_transactions_by_return_item", out.mapTransactionsByReturnItem);
    in.read("deep_link", out.deepLink);
    in.read("filter_timestamp", out.filterTimestamp);
}

/// A field name that the decoder asks for must be in the file: asked once for all, here.
void checkFields(const std::map<std::string, std::string>& fields,
                 const std::map<std::string, std::string>& known, std::string_view file,
                 std::optional<Error>& problem)
{
    for (const auto& [name, pointer] : fields) {
        if (!problem && !known.contains(name))
            problem =
                Error(ErrorCode::Config, fmt::format("{}.fields.{}: unknown key", file, name));
        if (!problem && !pointer.empty() && pointer.front() != '/')
            problem = Error(ErrorCode::Config,
                            fmt::format("{}.fields.{}: expected a JSON pointer", file, name));
    }
    for (const auto& [name, pointer] : known) {
        if (!problem && !fields.contains(name))
            problem = Error(ErrorCode::Config, fmt::format("{}.fields.{}: missing", file, name));
    }
}

template <class Adapter>
Result<Adapter> readFile(const Json& json, const char* name, void (*read)(Section&, Adapter&))
{
    Adapter adapter;
    std::optional<Error> problem;
    {
        Section section(json, name, problem);
        read(section, adapter);
    }
    if (problem)
        return fail(*problem);
    return adapter;
}

Result<Adapters> fromJson(const Json& shopify, const Json& sparklayer, const Json& returngo)
{
    const Result<ShopifyAdapter> a = readFile(shopify, "shopify", readShopify);
    if (!a)
        return fail(a.error());
    const Result<SparklayerAdapter> b = readFile(sparklayer, "sparklayer", readSparklayer);
    if (!b)
        return fail(b.error());
    const Result<ReturngoAdapter> c = readFile(returngo, "returngo", readReturngo);
    if (!c)
        return fail(c.error());
    std::optional<Error> problem;
    const auto known = [](std::string_view text) {
        return Json::parse(text)["fields"].get<std::map<std::string, std::string>>();
    };
    checkFields(b->fields, known(defaultSparklayerAdapter()), "sparklayer", problem);
    checkFields(c->fields, known(defaultReturngoAdapter()), "returngo", problem);
    if (problem)
        return fail(*problem);
    return Adapters{*a, *b, *c};
}

Result<Json> parsed(std::string_view text, std::string_view name)
{
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::Config, fmt::format("{}: not JSON", name));
    return json;
}

/// Trees whose keys are words of the platform: a site may add to them.
bool isOpenTree(std::string_view path)
{
    static const std::set<std::string, std::less<>> kOpen{
        "shopify.payment_types",         "shopify.page_sizes",   "sparklayer.payment_methods",
        "sparklayer.package_types",      "sparklayer.paths",     "returngo.rma_statuses",
        "returngo.shipment_statuses",    "returngo.resolutions", "returngo.transaction_types",
        "returngo.transaction_statuses", "returngo.events",      "returngo.timeline",
        "returngo.bonus_allowance_minor"};
    return kOpen.contains(path);
}

Result<void> overlay(Json& base, const Json& over, const std::string& path)
{
    if (!over.is_object())
        return fail(ErrorCode::Config, fmt::format("{}: expected an object", path));
    for (const auto& [key, value] : over.items()) {
        const std::string inner = path.empty() ? key : path + "." + key;
        if (!base.contains(key) && !isOpenTree(path))
            return fail(ErrorCode::Config, fmt::format("{}: unknown key", inner));
        if (base.contains(key) && base[key].is_object()) {
            if (Result<void> result = overlay(base[key], value, inner); !result)
                return result;
        } else {
            base[key] = value;
        }
    }
    return {};
}

} // namespace

Result<Adapters> parseAdapters(std::string_view shopifyJson, std::string_view sparklayerJson,
                               std::string_view returngoJson)
{
    const Result<Json> shopify = parsed(shopifyJson, "shopify");
    if (!shopify)
        return fail(shopify.error());
    const Result<Json> sparklayer = parsed(sparklayerJson, "sparklayer");
    if (!sparklayer)
        return fail(sparklayer.error());
    const Result<Json> returngo = parsed(returngoJson, "returngo");
    if (!returngo)
        return fail(returngo.error());
    return fromJson(*shopify, *sparklayer, *returngo);
}

Result<Adapters> withOverrides(std::string_view overridesJson)
{
    Json base;
    base["shopify"] = Json::parse(defaultShopifyAdapter());
    base["sparklayer"] = Json::parse(defaultSparklayerAdapter());
    base["returngo"] = Json::parse(defaultReturngoAdapter());
    if (!overridesJson.empty()) {
        const Result<Json> over = parsed(overridesJson, "adapters");
        if (!over)
            return fail(over.error());
        if (!over->is_object())
            return fail(ErrorCode::Config, "adapters: expected an object");
        if (Result<void> result = overlay(base, *over, ""); !result)
            return fail(result.error());
    }
    return fromJson(base["shopify"], base["sparklayer"], base["returngo"]);
}

const Adapters& defaultAdapters()
{
    static const Adapters kDefaults = [] {
        Result<Adapters> adapters = withOverrides("");
        CF_CHECK(adapters.has_value()); // the files are compiled in; a test reads them too
        return *adapters;
    }();
    return kDefaults;
}

} // namespace counterfoil::decode
