#include "core/decode/shopify.h"
#include "tests/bench/bench.h"
#include "tests/bench/node_peer.h"
#include "tests/bench/page.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <fstream>

namespace counterfoil::bench {
namespace {

constexpr std::size_t kOrders = 250;
/// One round is the best of so many: a page is short beside a slice of the scheduler.
constexpr int kTries = 3;

double best(const std::function<void()>& work)
{
    double lowest = cpuTimed(work);
    for (int i = 1; i < kTries; ++i)
        lowest = std::min(lowest, cpuTimed(work));
    return lowest;
}

/// The product: the page is cut into documents and every head decoded; then the lines of each
/// document, as the judge reads them.
std::size_t decodeAll(const std::string& page, const decode::ShopifyAdapter& adapter)
{
    const auto read = decode::shopify::ordersChanged(page, adapter);
    if (!read || !read->setAside.empty() || read->documents.size() != kOrders)
        giveUp("P1: the page does not decode");
    std::size_t lines = 0;
    for (const domain::PageDocument& document : read->documents) {
        domain::Order order;
        if (!decode::shopify::applyOrderLines(document.body, order))
            giveUp("P1: an order's lines do not decode");
        lines += order.lines->size();
    }
    return lines;
}

/// What the limit keeps of a line and of an order: views into the page, nothing is copied.
struct FlatLine {
    std::string_view id, sku, original, unit, net;
    std::int64_t quantity = 0, current = 0;
};
struct FlatOrder {
    std::string_view id, name, updated, financial, po, note, currency, outstanding, total, customer;
    std::size_t lines = 0;
};

std::string_view presentment(simdjson::ondemand::object object, const char* field)
{
    return object.find_field(field)["presentmentMoney"]["amount"];
}

std::size_t onDemand(simdjson::ondemand::parser& parser, const simdjson::padded_string& page,
                     std::vector<FlatOrder>& orders, std::vector<FlatLine>& lines)
{
    orders.clear();
    lines.clear();
    simdjson::ondemand::document document = parser.iterate(page);
    for (simdjson::ondemand::object node : document["data"]["orders"]["nodes"]) {
        FlatOrder order;
        order.id = node.find_field("legacyResourceId");
        order.name = node.find_field("name");
        order.updated = node.find_field("updatedAt");
        order.financial = node.find_field("displayFinancialStatus");
        order.po = node.find_field("poNumber");
        order.note = node.find_field("note");
        order.currency = node.find_field("presentmentCurrencyCode");
        order.outstanding = presentment(node, "totalOutstandingSet");
        order.total = presentment(node, "currentTotalPriceSet");
        order.customer = node.find_field("customer")["legacyResourceId"];
        for (simdjson::ondemand::object row : node.find_field("lineItems")["nodes"]) {
            FlatLine line;
            line.id = row.find_field("id");
            line.sku = row.find_field("sku");
            line.quantity = row.find_field("quantity");
            line.current = row.find_field("currentQuantity");
            line.original = presentment(row, "originalUnitPriceSet");
            line.unit = presentment(row, "discountedUnitPriceAfterAllDiscountsSet");
            line.net = presentment(row, "priceAfterAllDiscountsBeforeTaxesSet");
            lines.push_back(line);
            ++order.lines;
        }
        orders.push_back(order);
    }
    return lines.size();
}

} // namespace

std::vector<Outcome> measureDecode(int rounds)
{
    const std::string page = orderPage(kOrders, 1);
    const std::string file = workFolder() + "/page.json";
    std::ofstream(file) << page;
    const decode::ShopifyAdapter adapter = decode::defaultAdapters().shopify;
    const auto node = NodePeer::start(QStringLiteral("p01.js"), QString::fromStdString(file));
    const simdjson::padded_string padded(page);
    simdjson::ondemand::parser parser;
    std::vector<FlatOrder> orders;
    std::vector<FlatLine> lines;
    const std::size_t expected = onDemand(parser, padded, orders, lines);
    if (decodeAll(page, adapter) != expected)
        giveUp("P1: product and limit count different lines");

    const Rounds costs = interleaved(
        rounds, [&] { return best([&] { static_cast<void>(decodeAll(page, adapter)); }); },
        node ? Contender([&] {
            double lowest = node->round();
            for (int i = 1; i < kTries; ++i)
                lowest = std::min(lowest, node->round());
            return lowest;
        })
             : Contender(),
        [&] { return best([&] { static_cast<void>(onDemand(parser, padded, orders, lines)); }); });
    Outcome out;
    out.id = "P1";
    out.work = fmt::format("decode a {:.1f} MB page of {} orders, {} lines, to domain types",
                           static_cast<double>(page.size()) / 1e6, kOrders, expected);
    out.unit = "ms";
    out.peerName = node ? node->name().toStdString() + ", JSON.parse + map" : "node: not installed";
    out.limitName = "simdjson on demand, nothing copied";
    out.goal = "4x node";
    fill(out, costs, [](double cost) { return cost; });
    out.isMet = out.vsPeer && *out.vsPeer >= 4;
    return {out};
}

} // namespace counterfoil::bench
