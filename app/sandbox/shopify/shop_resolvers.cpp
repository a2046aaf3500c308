// The shop itself, its app, API versions, customers, metafields and drafts.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

struct Nothing {};

struct QuantityName {
    const char* name;
    const char* displayName;
    std::vector<std::string> belongsTo;
    std::vector<std::string> comprises;
};

const std::vector<QuantityName>& quantityNames()
{
    static const std::vector<QuantityName> names = {
        {"incoming", "Incoming", {}, {}},
        {"available", "Available", {"on_hand"}, {}},
        {"committed", "Committed", {"on_hand"}, {}},
        {"reserved", "Reserved", {"on_hand"}, {}},
        {"damaged", "Damaged", {"on_hand"}, {}},
        {"safety_stock", "Safety stock", {"on_hand"}, {}},
        {"quality_control", "Quality control", {"on_hand"}, {}},
        {"on_hand",
         "On hand",
         {},
         {"available", "committed", "reserved", "damaged", "safety_stock", "quality_control"}},
    };
    return names;
}

void registerShopFields(Resolvers& r, World& world)
{
    rootField(r, "QueryRoot", "shop", [](const FieldCall&) { return node("Shop", Nothing{}); });
    field<Nothing>(r, "Shop", "id", [](const Nothing&) { return gid("Shop", 1); });
    field<Nothing>(r, "Shop", "name", [&world](const Nothing&) { return world.shopName; });
    field<Nothing>(r, "Shop", "currencyCode", [&world](const Nothing&) { return world.currency; });
    field<Nothing>(r, "Shop", "ianaTimezone", [&world](const Nothing&) { return world.timezone; });
    field<Nothing>(r, "Shop", "taxesIncluded", [](const Nothing&) { return false; });
    field<Nothing>(r, "Shop", "plan", [](const Nothing& n) { return node("ShopPlan", n); });
    field<Nothing>(r, "ShopPlan", "publicDisplayName", [](const Nothing&) { return "Advanced"; });
    field<Nothing>(r, "ShopPlan", "shopifyPlus", [](const Nothing&) { return false; });
}

void registerApp(Resolvers& r)
{
    rootField(r, "QueryRoot", "currentAppInstallation",
              [](const FieldCall&) { return node("AppInstallation", Nothing{}); });
    field<Nothing>(r, "AppInstallation", "id",
                   [](const Nothing&) { return gid("AppInstallation", kAppConsole); });
    field<Nothing>(r, "AppInstallation", "app", [](const Nothing&) {
        return node("App", AppRecord{kAppConsole, "Counterfoil"});
    });
    field<Nothing>(r, "AppInstallation", "accessScopes", [](const Nothing&) {
        std::vector<Node> nodes;
        for (const char* scope :
             {"read_orders", "read_all_orders", "read_returns", "read_customers", "read_companies",
              "read_payment_terms", "read_draft_orders", "read_products", "read_inventory",
              "read_locations", "read_merchant_managed_fulfillment_orders", "write_inventory",
              "write_customers", "write_orders", "write_returns"})
            nodes.push_back(node("AccessScope", std::string(scope)));
        return nodes;
    });
    field<std::string>(r, "AccessScope", "handle", [](const std::string& s) { return s; });
    rootField(r, "QueryRoot", "publicApiVersions", [](const FieldCall&) {
        std::vector<Node> nodes;
        for (const char* handle :
             {"2025-10", "2026-01", "2026-04", "2026-07", "2026-10", "2027-01", "unstable"})
            nodes.push_back(node("ApiVersion", std::string(handle)));
        return nodes;
    });
    field<std::string>(r, "ApiVersion", "handle", [](const std::string& s) { return s; });
    field<std::string>(r, "ApiVersion", "supported", [](const std::string& s) {
        return s != "2025-10" && s != "2027-01" && s != "unstable";
    });
}

void registerQuantityNames(Resolvers& r)
{
    rootField(r, "QueryRoot", "inventoryProperties",
              [](const FieldCall&) { return node("InventoryProperties", Nothing{}); });
    field<Nothing>(r, "InventoryProperties", "quantityNames", [](const Nothing&) {
        std::vector<Node> nodes;
        for (const QuantityName& name : quantityNames())
            nodes.push_back(node("InventoryQuantityName", name));
        return nodes;
    });
    const char* type = "InventoryQuantityName";
    field<QuantityName>(r, type, "name", [](const QuantityName& n) { return n.name; });
    field<QuantityName>(r, type, "displayName",
                        [](const QuantityName& n) { return n.displayName; });
    field<QuantityName>(r, type, "belongsTo", [](const QuantityName& n) { return n.belongsTo; });
    field<QuantityName>(r, type, "comprises", [](const QuantityName& n) { return n.comprises; });
    field<QuantityName>(r, type, "isInUse", [](const QuantityName&) { return true; });
}

void registerMetafields(Resolvers& r)
{
    const char* type = "Metafield";
    field<Metafield>(r, type, "id", [](const Metafield& m) { return gid("Metafield", m.id); });
    field<Metafield>(r, type, "key", [](const Metafield& m) { return m.key; });
    // The shop shows a reserved namespace by its full name.
    field<Metafield>(r, type, "namespace", [](const Metafield& m) {
        if (!m.ns.starts_with("$app"))
            return m.ns;
        return "app--" + std::to_string(kAppConsole) +
               (m.ns.starts_with("$app:") ? "--" + m.ns.substr(5) : "");
    });
    field<Metafield>(r, type, "type", [](const Metafield& m) { return m.type; });
    field<Metafield>(r, type, "value", [](const Metafield& m) { return m.value; });
    field<Metafield>(r, type, "compareDigest",
                     [](const Metafield& m) { return World::compareDigest(m); });
    field<Metafield>(r, type, "updatedAt",
                     [](const Metafield& m) { return zuluText(m.updatedAt); });
    field<Metafield>(r, type, "definition", [](const Metafield&) { return Json(nullptr); });
}

using DraftPtr = const DraftOrder*;

Node draftNode(const DraftOrder& draft)
{
    return node<DraftPtr>("DraftOrder", &draft);
}

std::optional<SearchValue> draftValue(const World& world, const DraftOrder& draft,
                                      const std::string& name)
{
    const auto texts = [](std::vector<std::string> list) {
        return SearchValue{std::nullopt, std::move(list)};
    };
    if (name == "updated_at")
        return SearchValue{draft.updatedAt, {}};
    if (name == "created_at")
        return SearchValue{draft.createdAt, {}};
    if (name == "status")
        return texts({draft.status});
    if (name == "tag")
        return SearchValue{std::nullopt, draft.tags};
    if (name == "customer_id")
        return texts({std::to_string(world.customers.at(draft.customer).id)});
    if (name == "id")
        return texts({std::to_string(draft.id)});
    if (name == "default" || name == "name")
        return texts({draft.name});
    return std::nullopt;
}

void registerDraftQueries(Resolvers& r, Context& context)
{
    World& world = context.world;
    rootField(r, "QueryRoot", "draftOrders", [&context, &world](const FieldCall& call) {
        const SearchQuery query = SearchQuery::parse(textArgument(call, "query"));
        std::vector<DraftPtr> drafts;
        for (const DraftOrder& draft : world.drafts)
            if (query.matches(
                    [&](const std::string& name) { return draftValue(world, draft, name); },
                    context.wholeSeconds(), &context.searchWarnings))
                drafts.push_back(&draft);
        const bool byUpdate = textArgument(call, "sortKey") == "UPDATED_AT";
        const auto key = [byUpdate](DraftPtr one) {
            return CursorKey{byUpdate ? one->updatedAt : one->id, one->id};
        };
        std::ranges::sort(drafts, {}, key);
        return connectionOf(
            drafts, [](DraftPtr one) { return draftNode(*one); }, key, call.arguments);
    });
    rootField(r, "QueryRoot", "draftOrder", [&world](const FieldCall& call) -> Resolved {
        const DraftOrder* draft =
            world.draftById(idOf("DraftOrder", call.arguments["id"].get<std::string>()));
        return draft == nullptr ? Resolved::null() : Resolved(draftNode(*draft));
    });
}

void registerDraftFields(Resolvers& r, World& world)
{
    const char* type = "DraftOrder";
    field<DraftPtr>(r, type, "id", [](const DraftPtr& d) { return gid("DraftOrder", d->id); });
    field<DraftPtr>(r, type, "legacyResourceId",
                    [](const DraftPtr& d) { return std::to_string(d->id); });
    field<DraftPtr>(r, type, "name", [](const DraftPtr& d) { return d->name; });
    field<DraftPtr>(r, type, "status", [](const DraftPtr& d) { return d->status; });
    field<DraftPtr>(r, type, "createdAt", [](const DraftPtr& d) { return zuluText(d->createdAt); });
    field<DraftPtr>(r, type, "updatedAt", [](const DraftPtr& d) { return zuluText(d->updatedAt); });
    field<DraftPtr>(r, type, "completedAt",
                    [](const DraftPtr& d) { return timeOrNull(d->completedAt); });
    field<DraftPtr>(r, type, "poNumber", [](const DraftPtr& d) { return textOrNull(d->poNumber); });
    field<DraftPtr>(r, type, "tags", [](const DraftPtr& d) { return d->tags; });
    field<DraftPtr>(r, type, "customAttributes",
                    [](const DraftPtr& d) { return attributeNodes(d->attributes); });
    field<DraftPtr>(r, type, "order", [&world](const DraftPtr& d) -> Resolved {
        const Order* order = world.orderById(d->orderId);
        return order == nullptr ? Resolved::null() : Resolved(orderNode(*order));
    });
    field<DraftPtr>(r, type, "customer", [&world](const DraftPtr& d) {
        return customerNode(world.customers.at(d->customer));
    });
    field<DraftPtr>(r, type, "totalPriceSet", [](const DraftPtr& d) {
        return node("MoneyBag", MoneyBag{{d->total, d->currency}, {d->total, d->currency}});
    });
}

} // namespace

void registerShop(Resolvers& resolvers, Context& context)
{
    registerShopFields(resolvers, context.world);
    registerApp(resolvers);
    registerQuantityNames(resolvers);
    registerMetafields(resolvers);
    registerDraftQueries(resolvers, context);
    registerDraftFields(resolvers, context.world);
}

void registerCustomers(Resolvers& r, Context& context)
{
    using Ptr = const Customer*;
    World& world = context.world;
    rootField(r, "QueryRoot", "customer", [&world](const FieldCall& call) -> Resolved {
        const Customer* found =
            world.customerById(idOf("Customer", call.arguments["id"].get<std::string>()));
        return found == nullptr ? Resolved::null() : Resolved(customerNode(*found));
    });
    field<Ptr>(r, "Customer", "id", [](const Ptr& c) { return gid("Customer", c->id); });
    field<Ptr>(r, "Customer", "legacyResourceId",
               [](const Ptr& c) { return std::to_string(c->id); });
    field<Ptr>(r, "Customer", "tags", [](const Ptr& c) { return c->tags; });
    field<Ptr>(r, "Customer", "email", [](const Ptr& c) { return textOrNull(c->email); });
    field<Ptr>(r, "Customer", "taxExempt", [](const Ptr& c) { return c->taxExempt; });
    field<Ptr>(r, "Customer", "companyContactProfiles", [](const Ptr& c) {
        std::vector<Node> nodes;
        if (c->companyId != 0)
            nodes.push_back(node<Ptr>("CompanyContact", c));
        return nodes;
    });
    field<Ptr>(r, "Customer", "metafield", [&world](const Ptr& c, const FieldCall& call) {
        return metafieldOrNull(world, gid("Customer", c->id), call);
    });
    field<Ptr>(r, "CompanyContact", "id",
               [](const Ptr& c) { return gid("CompanyContact", c->id); });
    field<Ptr>(r, "CompanyContact", "company",
               [](const Ptr& c) { return node<Ptr>("Company", c); });
    field<Ptr>(r, "PurchasingCompany", "company",
               [](const Ptr& c) { return node<Ptr>("Company", c); });
    field<Ptr>(r, "PurchasingCompany", "location",
               [](const Ptr& c) { return node<Ptr>("CompanyLocation", c); });
    field<Ptr>(r, "Company", "id", [](const Ptr& c) { return gid("Company", c->companyId); });
    field<Ptr>(r, "CompanyLocation", "id",
               [](const Ptr& c) { return gid("CompanyLocation", c->companyLocationId); });
    for (const char* type : {"Company", "CompanyLocation"}) {
        field<Ptr>(r, type, "name", [](const Ptr& c) { return c->company; });
        field<Ptr>(r, type, "externalId", [](const Ptr& c) { return textOrNull(c->externalId); });
    }
}

} // namespace counterfoil::sandbox::shopify
