// SparkLayer's prices: net, as of now, never those of an order.

#include "app/sandbox/sparklayer/spark_text.h"
#include "app/sandbox/sparklayer/sparklayer_handler.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

const PriceList* listBySlug(const World& world, const std::string& slug)
{
    const auto found = std::find_if(world.priceLists.begin(), world.priceLists.end(),
                                    [&](const PriceList& l) { return l.slug == slug; });
    return found == world.priceLists.end() ? nullptr : &*found;
}

std::optional<Minor> priceOf(const PriceList& list, std::size_t product, std::int64_t pieces)
{
    std::optional<Minor> out;
    for (const PriceRow& row : list.rows)
        if (row.product == product && row.quantity <= pieces)
            out = row.net;
    return out;
}

void writeListHead(JsonText& out, const PriceList& list)
{
    std::string code = list.currency;
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    out.pair("slug", list.slug).pair("name", list.name).pair("currency_code", code);
    out.pair("source", "custom").key("rules").open('[').close(']');
}

} // namespace

HttpResponse SparkHandler::priceLists(const HttpRequest& request) const
{
    static_cast<void>(request);
    JsonText out;
    out.open('{').key("data").open('[');
    for (const PriceList& list : m_world.priceLists) {
        out.open('{');
        writeListHead(out, list);
        out.close('}');
    }
    out.close(']').key("pagination").open('{').key("current_page").number(1);
    out.key("total_pages").number(1).close('}').close('}');
    return sparkJson(out);
}

HttpResponse SparkHandler::priceListRoute(const std::string& rest) const
{
    const bool pricing = rest.ends_with("/pricing");
    const PriceList* list = listBySlug(m_world, pricing ? rest.substr(0, rest.size() - 8) : rest);
    if (!list)
        return sparkProblem(404, "Not Found", "No such price list");
    JsonText out;
    if (!pricing) {
        out.open('{');
        writeListHead(out, *list);
        out.close('}');
        return sparkJson(out);
    }
    out.open('[');
    for (const PriceRow& row : list->rows) {
        out.open('{').pair("sku", m_world.products[row.product].sku);
        out.key("quantity").number(row.quantity);
        out.key("price").raw(decimalText(row.net, list->currency));
        out.key("unit_of_measure").null().close('}');
    }
    out.close(']');
    return sparkJson(out);
}

HttpResponse SparkHandler::skuPricing(const std::string& sku) const
{
    JsonText out;
    out.open('[');
    if (const auto product = m_world.productBySku(sku))
        for (const PriceList& list : m_world.priceLists) {
            out.open('{').pair("price_list_slug", list.slug).key("pricing").open('[');
            for (const PriceRow& row : list.rows) {
                if (row.product != *product)
                    continue;
                out.open('{').key("quantity").number(row.quantity);
                out.key("price").raw(decimalText(row.net, list.currency));
                out.pair("tax_type", "net").key("unit_of_measure").null().close('}');
            }
            out.close(']').close('}');
        }
    out.close(']');
    return sparkJson(out);
}

HttpResponse SparkHandler::calculatePricing(const std::string& body) const
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("skus") || !json["skus"].is_array())
        return sparkProblem(400, "Bad Request", "skus is required");
    JsonText out;
    out.open('[');
    for (const auto& sku : json["skus"]) {
        const auto product =
            sku.is_string() ? m_world.productBySku(sku.get<std::string>()) : std::nullopt;
        if (!product || !json.contains("price_list_slugs"))
            continue;
        for (const auto& slug : json["price_list_slugs"]) {
            const PriceList* list =
                slug.is_string() ? listBySlug(m_world, slug.get<std::string>()) : nullptr;
            if (!list)
                continue;
            out.open('{').pair("sku", m_world.products[*product].sku);
            out.pair("price_list_slug", list->slug).key("pricing").open('[');
            for (const PriceRow& row : list->rows) {
                if (row.product != *product)
                    continue;
                out.open('{').key("quantity").number(row.quantity).key("price");
                writeSparkMoney(out, row.net, list->currency);
                out.close('}');
            }
            out.close(']').close('}');
            break;
        }
    }
    out.close(']');
    return sparkJson(out);
}

HttpResponse SparkHandler::customerPricing(const std::string& body) const
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("customer_id") || !json["customer_id"].is_string())
        return sparkProblem(400, "Bad Request", "customer_id is required");
    const std::string id = json["customer_id"];
    const std::string by = json.value("customer_lookup_by", "sparklayer");
    const auto customer =
        std::find_if(m_world.customers.begin(), m_world.customers.end(), [&](const Customer& c) {
            return (by == "sparklayer" && c.sparkId == id) ||
                   (by == "platform" && std::to_string(c.id) == id) ||
                   (by == "email" && c.email == id);
        });
    if (customer == m_world.customers.end())
        return sparkProblem(400, "Bad Request", "Unknown customer");
    const PriceList& list =
        *listBySlug(m_world, customer->currency == "EUR" ? "eu-trade" : "uk-trade");
    bool partial = false;
    JsonText out;
    out.open('{').key("line_items").open('[');
    for (const auto& item : json.value("line_items", nlohmann::json::array())) {
        const std::string sku = item.is_object() ? item.value("sku", "") : "";
        const std::int64_t pieces = item.is_object() ? item.value("quantity", 1) : 1;
        const auto product = m_world.productBySku(sku);
        out.open('{').pair("sku", sku).key("quantity").number(pieces);
        if (!product) {
            partial = true;
            out.pair("error", "SKU not found").close('}');
            continue;
        }
        const auto net = [&](Minor listed) {
            return (2 * listed * (10000 - customer->discountBps) + 10000) / 20000;
        };
        const Minor unit = net(priceOf(list, *product, pieces).value_or(0));
        out.key("unit_price");
        writeSparkMoney(out, unit, list.currency);
        out.key("total");
        writeSparkMoney(out, unit * pieces, list.currency);
        out.key("breaks").open('[');
        for (const PriceRow& row : list.rows)
            if (row.product == *product) {
                out.open('{').key("quantity").number(row.quantity).key("price");
                writeSparkMoney(out, net(row.net), list.currency);
                out.close('}');
            }
        out.close(']').close('}');
    }
    out.close(']').close('}');
    HttpResponse answer = sparkJson(out);
    answer.status = partial ? 207 : 200;
    return answer;
}

} // namespace counterfoil::sandbox
