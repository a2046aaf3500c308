// What the control port says about the world.

#include "app/sandbox/http/json_text.h"
#include "app/sandbox/server/control.h"
#include "app/sandbox/world/truth.h"

#include <map>

namespace counterfoil::sandbox {
namespace {

void writeCustomers(JsonText& out, World& world)
{
    out.key("customers").open('[');
    for (std::size_t i = 0; i < world.customers.size(); ++i) {
        const Customer& c = world.customers[i];
        out.open('{').pair("id", gid("Customer", c.id)).pair("company", c.company);
        out.pair("currency", c.currency);
        if (const auto figures = world.account(i)) {
            out.pair("balance", fixedText(figures->balance, c.currency));
            out.pair("credit_limit", fixedText(figures->limit, c.currency));
        }
        out.key("metafields").open('{');
        for (const Metafield& f : c.metafields)
            out.pair(f.ns + "." + f.key, f.value);
        out.close('}').close('}');
    }
    out.close(']');
}

void writeLevels(JsonText& out, World& world)
{
    out.key("levels").open('{');
    for (const Product& p : world.products) {
        out.key(p.sku).open('{');
        for (const Location& location : world.locations)
            if (const InventoryLevel* l = world.level(p.inventoryItemId, location.id))
                out.key(std::to_string(location.id)).number(l->available);
        out.close('}');
    }
    out.close('}');
}

void writeOrders(JsonText& out, World& world)
{
    out.key("orders").open('[');
    for (const Order& o : world.orders) {
        if (o.returns.empty() && o.refunds.empty() && o.metafields.empty())
            continue;
        const OrderTotals totals = World::totals(o);
        out.open('{').pair("id", gid("Order", o.id)).pair("name", o.name);
        out.pair("po", o.poNumber).pair("currency", o.currency);
        out.pair("outstanding", fixedText(totals.outstanding, o.currency));
        out.pair("refunded", fixedText(totals.refunded, o.currency));
        out.key("refunds").number(static_cast<std::int64_t>(o.refunds.size()));
        out.key("metafields").open('{');
        for (const Metafield& f : o.metafields)
            out.pair(f.ns + "." + f.key, f.value);
        out.close('}').close('}');
    }
    out.close(']');
}

void writeRmas(JsonText& out, World& world)
{
    std::map<Id, Minor> credited;
    for (const Posting& p : world.journal) {
        if (p.rma != 0 && p.from == Account::SparkBalance)
            credited[p.rma] += p.minor;
        if (p.rma != 0 && p.to == Account::SparkBalance)
            credited[p.rma] -= p.minor;
    }
    out.key("rmas").open('[');
    for (const Rma& r : world.rmas) {
        out.open('{').pair("rma", std::to_string(r.id)).pair("order", r.orderName);
        out.pair("status", r.rawState.empty() ? wordOf(r.state) : r.rawState);
        out.pair("scenario", r.scenario);
        if (r.draftId == 0) {
            const std::string& currency = world.orders[r.order].currency;
            out.pair("expected_credit", fixedText(expectedCredit(world, r), currency));
            out.pair("credited", fixedText(credited[r.id], currency)).pair("currency", currency);
        }
        out.key("comments").number(static_cast<std::int64_t>(r.comments.size())).close('}');
    }
    out.close(']');
}

void writeConsoleMoves(JsonText& out, const World& world)
{
    // What clients did to the books, newest last: enough to count "exactly one".
    out.key("console").open('{');
    std::int64_t credits = 0;
    std::int64_t moves = 0;
    for (const Posting& p : world.journal) {
        const std::string what = p.what;
        credits += what == "credited by console" ? 1 : 0;
        moves += what == "adjusted by console" ? 1 : 0;
    }
    out.key("balance_credits").number(credits).key("stock_changes").number(moves).close('}');
}

} // namespace

std::string truthText(World& world)
{
    JsonText out;
    out.open('[');
    for (const TruthEntry& e : truthOf(world)) {
        out.open('{').pair("type", e.type).pair("rma", e.rma).pair("order", e.order).key("amount");
        e.currency.empty() ? out.null() : out.text(fixedText(e.amount, e.currency));
        out.key("amount_minor").number(e.amount).pair("currency", e.currency);
        out.pair("risk_kind", e.riskKind).pair("owner", e.owner).pair("variant", e.variant);
        out.pair("scenario", e.scenario).close('}');
    }
    out.close(']');
    return out.str();
}

std::string stateText(World& world)
{
    JsonText out;
    out.open('{').pair("now", zuluText(world.now()));
    writeCustomers(out, world);
    writeLevels(out, world);
    writeOrders(out, world);
    writeRmas(out, world);
    writeConsoleMoves(out, world);
    out.close('}');
    return out.str();
}

} // namespace counterfoil::sandbox
