#pragma once

#include <QLockFile>

#include "core/base/text.h"
#include "core/decode/adapter.h"
#include "core/phrases/phrases.h"
#include "core/platform/http/key_store.h"
#include "core/platform/http/qt_clock.h"
#include "core/platform/http/qt_transport.h"
#include "core/rules/judge.h"
#include "core/sync/actions/budget_reserve.h"
#include "core/sync/actions/runner.h"
#include "core/sync/actions/store_ledger.h"
#include "core/sync/engine.h"
#include "core/sync/fact_sink.h"
#include "core/workspace/desk.h"

#include <fmt/format.h>

#include <map>
#include <memory>

namespace counterfoil::workspace {

/// The ports of a desk that is not connected: plans can be made and filed, nothing can be read
/// again or sent.
class Offline final : public sync::Reader, public sync::Sender {
public:
    Task<Result<void>> reread(std::string, sync::RereadScope) override
    {
        co_return fail(ErrorCode::Network, "this desk is not connected to the platforms",
                       Platform::Console);
    }
    Task<Result<HttpReply>> sendWrite(std::string, Platform, request::PreparedRequest) override
    {
        // Forbidden, not Network: nothing left, so nothing is in doubt.
        co_return fail(ErrorCode::Forbidden, "this desk is not connected to the platforms",
                       Platform::Console);
    }
};

/// Leaves the plans of one SKU; "" leaves all.
inline void keepSku(std::vector<actions::Plan>& plans, std::string_view sku)
{
    std::erase_if(plans, [&](const actions::Plan& plan) {
        return !sku.empty() && folded(plan.sku) != folded(sku);
    });
}

struct Desk::Impl {
    Impl(const WorkspaceConfig& config, DeskOptions deskOptions)
        : sites(config), options(std::move(deskOptions))
    {
    }

    SiteContext sites;
    DeskOptions options;
    std::string person;
    http::QtClock clock;
    http::SystemRandom random;
    Offline offline;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<http::QtTransport> transport;
    std::unique_ptr<sync::StoreSink> sink;
    std::unique_ptr<sync::Engine> engine;
    std::unique_ptr<sync::StoreLedger> ledger;
    std::unique_ptr<sync::BudgetReserve> reserve; ///< dropped before the budgets it points into
    std::unique_ptr<sync::Runner> runner;
    TaskGroup focus; ///< dropped before what its tasks point into

    /// A focus read that fails shows as a late column: the poller's own failure tells of it.
    [[nodiscard]] Task<void> readFocus(std::string site, CaseId id)
    {
        const Result<void> done = co_await engine->refreshFocus(std::move(site), std::move(id));
        static_cast<void>(done);
    }

    [[nodiscard]] store::Judge judge() const
    {
        const SiteContext* context = &sites;
        return [context](const domain::CaseFacts& facts) {
            const SiteConfig* site = context->site(facts.site.value);
            return site ? rules::judge(facts, site->site.policy, &context->zones())
                        : domain::Judgement{};
        };
    }

    [[nodiscard]] decode::Adapters adaptersOf(const SiteConfig& site) const
    {
        return decode::withOverrides(site.adapterOverrides).value_or(decode::defaultAdapters());
    }

    /// People of the config; without any, the one who sits here with every role, so that a single
    /// seat can work.
    [[nodiscard]] std::vector<domain::Person> peopleOf(const SiteConfig& site) const
    {
        std::vector<domain::Person> people = site.site.people;
        if (people.empty()) {
            domain::Person me;
            me.id = PersonId(person);
            me.name = person;
            me.roles = {domain::Role::CxAgent,
                        domain::Role::FinanceClerk,
                        domain::Role::FinanceApprover,
                        domain::Role::FinanceLead,
                        domain::Role::WarehouseOperative,
                        domain::Role::WarehouseLead,
                        domain::Role::IntegrationAdmin};
            people.push_back(std::move(me));
        }
        return people;
    }

    void makeRunner()
    {
        std::map<std::string, sync::StoreLedger::SiteWords> words;
        std::vector<sync::RunnerSite> rows;
        for (const SiteConfig& site : sites.sites()) {
            const decode::Adapters adapters = adaptersOf(site);
            words[site.site.id.value] = {adapters.shopify, site.site.currency};
            sync::RunnerSite row;
            row.id = site.site.id.value;
            row.currency = site.site.currency;
            row.policy = site.site.policy;
            row.people = peopleOf(site);
            row.context.apiVersion = site.shopify.apiVersion;
            row.context.balanceKey = adapters.shopify.balanceKey;
            row.context.releaseReason = adapters.shopify.releaseReason;
            if (site.proof) {
                row.proof.customer = CustomerId(std::string(gidNumber(site.proof->customer)));
                row.proof.order = OrderId(std::string(gidNumber(site.proof->order)));
                row.proof.item = InventoryItemId(site.proof->item);
                row.proof.from = LocationId(site.proof->from);
                row.proof.to = LocationId(site.proof->to);
            }
            rows.push_back(std::move(row));
        }
        ledger = std::make_unique<sync::StoreLedger>(*store, std::move(words));
        sync::Runner::Services services;
        services.clock = &clock;
        services.reader = engine ? static_cast<sync::Reader*>(engine.get()) : &offline;
        services.sender = engine ? static_cast<sync::Sender*>(engine.get()) : &offline;
        services.ledger = ledger.get();
        if (engine) {
            sync::Engine* engines = engine.get();
            reserve = std::make_unique<sync::BudgetReserve>([engines](const std::string& id) {
                sync::SiteEngine* site = engines->site(id);
                return site != nullptr ? site->budget() : nullptr;
            });
            services.calls = reserve.get();
        }
        runner = std::make_unique<sync::Runner>(services, std::move(rows));
    }

    /// nullptr: this desk is not connected.
    [[nodiscard]] sync::SiteEngine* engineOf(const SiteConfig& site) const
    {
        return engine ? engine->site(site.site.id.value) : nullptr;
    }

    /// @param where key of the config, for the error
    [[nodiscard]] static Result<Secret> secret(const SiteConfig& site, const char* where,
                                               const http::SecretRef& reference)
    {
        http::DesktopKeyStore keys;
        auto found = http::resolveSecret(reference, keys);
        if (found)
            return found;
        Error error = found.error();
        error.detail = fmt::format("site {}, {}: {}", site.site.id.value, where, error.detail);
        return fail(std::move(error));
    }

    [[nodiscard]] Result<sync::SiteSetup> setupOf(const SiteConfig& site)
    {
        const decode::Adapters adapters = adaptersOf(site);
        sync::SiteSetup out;
        out.site = site.site.id.value;
        out.currency = site.site.currency;
        out.shopify.baseUrl = site.shopify.url;
        out.shopify.adapter = adapters.shopify;
        out.shopify.adapter.apiVersion = site.shopify.apiVersion;
        const auto key = site.shopify.token
                             ? secret(site, "shopify.token", *site.shopify.token)
                             : secret(site, "shopify.client_secret", *site.shopify.clientSecret);
        if (!key)
            return fail(key.error());
        if (site.shopify.token) {
            out.shopify.credentials.token = *key;
        } else {
            const auto id = secret(site, "shopify.client_id", *site.shopify.clientId);
            if (!id)
                return fail(id.error());
            out.shopify.credentials.clientId = id->reveal();
            out.shopify.credentials.clientSecret = *key;
        }
        if (site.sparklayer) {
            const auto spark =
                secret(site, "sparklayer.client_secret", site.sparklayer->clientSecret);
            if (!spark)
                return fail(spark.error());
            out.sparklayer.emplace();
            out.sparklayer->baseUrl = site.sparklayer->url;
            out.sparklayer->siteId = site.sparklayer->siteId;
            out.sparklayer->clientId = site.sparklayer->clientId;
            out.sparklayer->clientSecret = *spark;
            out.sparklayer->adapter = adapters.sparklayer;
        }
        if (site.returngo) {
            const auto returngo = secret(site, "returngo.api_key", site.returngo->apiKey);
            if (!returngo)
                return fail(returngo.error());
            out.returngo.emplace();
            out.returngo->baseUrl = site.returngo->url;
            out.returngo->shopName = site.returngo->shopName;
            out.returngo->apiKey = *returngo;
            out.returngo->adapter = adapters.returngo;
        }
        for (const auto& [gid, kind] : site.site.policy.locations) {
            if (kind == domain::LocationKind::Quarantine)
                out.quarantineLocations.emplace_back(gid);
            else
                out.otherLocations.emplace_back(gid);
        }
        return out;
    }

    [[nodiscard]] Result<domain::CaseFacts> facts(const std::string& site, const CaseId& id,
                                                  Instant now) const
    {
        auto found = store->loadCase(site, id, now);
        if (!found)
            return fail(found.error());
        if (!*found)
            return fail(ErrorCode::NotFound, fmt::format("no case {} at site {}", id.value, site),
                        Platform::Console);
        return **std::move(found);
    }

    [[nodiscard]] std::vector<view::NoteView>
    notesOf(const std::vector<view::QueueRow>& rows) const;
    [[nodiscard]] std::vector<view::DocumentView> documentsOf(const std::string& site,
                                                              const CaseId& id) const;
    void nameLocations();
    void allow(const domain::CaseFacts& facts, view::CaseView& out);
    [[nodiscard]] Result<view::CreditPreview> creditOf(const domain::CaseFacts& facts,
                                                       bool wholeForecast) const;
    /// Why this console leaves an action alone: the config's `action_owner` gives it to the iPaaS.
    /// "" when it is ours.
    [[nodiscard]] std::string leftToOthers(const std::string& site, std::string_view action) const;
    [[nodiscard]] Result<view::ReleasePreview> releaseOf(const domain::CaseFacts& facts,
                                                         std::string_view sku = {});
    [[nodiscard]] Result<std::shared_ptr<const QueueTable>>
    tableOf(std::optional<std::size_t> first, view::FrameView& frame) const;

    /// A refusal of the runner with its words.
    [[nodiscard]] Error worded(const Error& error) const
    {
        Error out = error;
        if (error.code == ErrorCode::Forbidden && !runner->lastRefusal().code.empty())
            out.detail = phrases::text(runner->lastRefusal());
        return out;
    }
};

} // namespace counterfoil::workspace
