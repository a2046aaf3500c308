#include "app/sandbox/sparklayer/spark_text.h"

#include "app/sandbox/sparklayer/sparklayer_handler.h"

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {

HttpResponse sparkJson(const JsonText& text)
{
    HttpResponse out;
    out.body = text.str();
    return out;
}

HttpResponse sparkProblem(int status, const std::string& title, const std::string& detail,
                          const std::string& errors)
{
    HttpResponse out;
    out.status = status;
    out.contentType = "application/problem+json";
    JsonText body;
    body.open('{').pair("title", title).key("status").number(status).pair("detail", detail);
    if (!errors.empty())
        body.key("errors").raw(errors);
    body.close('}');
    out.body = body.str();
    return out;
}

std::optional<Minor> sparkAmount(const nlohmann::json& value, const std::string& currency)
{
    std::string text;
    if (value.is_object()) {
        const auto number = value.find("number");
        const auto code = value.find("currency");
        if (number == value.end() || (code != value.end() && *code != currency))
            return std::nullopt;
        return sparkAmount(*number, currency);
    }
    text = value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : "";
    const bool negative = !text.empty() && text.front() == '-';
    const std::size_t begin = negative ? 1 : 0;
    const std::size_t dot = std::min(text.find('.'), text.size());
    const auto exponent = static_cast<std::size_t>(exponentOf(currency));
    const std::string whole = text.substr(begin, dot - begin);
    std::string fraction = dot < text.size() ? text.substr(dot + 1) : "";
    if (whole.empty() || whole.size() > 12 || fraction.size() > exponent ||
        (whole + fraction).find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    fraction.resize(exponent, '0');
    const Minor minor = std::stoll(whole + fraction);
    return negative ? -minor : minor;
}

void writeSparkMoney(JsonText& out, Minor minor, const std::string& currency)
{
    out.open('{').pair("number", fixedText(minor, currency)).pair("currency", currency).close('}');
}

void writeSparkTransaction(JsonText& out, const SparkTransaction& tx)
{
    out.open('{').pair("platform_id", tx.platformId).key("total");
    writeSparkMoney(out, tx.total, tx.currency);
    out.key("apply_to_balance").boolean(tx.applyToBalance);
    out.pair("created_at", offsetText(tx.at)).key("full_transaction");
    tx.fullTransaction.empty() ? out.null() : out.raw(tx.fullTransaction);
    out.close('}');
}

std::string percentDecoded(const std::string& text)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
            digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

// ---- purchases in SparkLayer's words

void SparkHandler::writeShort(JsonText& out, const Purchase& p) const
{
    const Customer& c = m_world.customers[p.customer];
    out.pair("type", p.type);
    // The name of 2023 still turns up.
    out.key(p.orderId % 17 == 0 ? "order_identifiers" : "purchase_identifiers").open('{');
    out.pair("sparklayer", p.uuid).pair("platform", std::to_string(p.orderId));
    out.pair("internal", p.orderId % 2 == 0 ? "" : "SO-" + std::to_string(p.orderId % 100000));
    out.pair("visible", p.orderId % 2 == 0 ? "#" + p.orderName : p.orderName).close('}');
    out.key("customer_identifiers").open('{').pair("sparklayer", c.sparkId).close('}');
    out.pair("payment_method", p.orderId % 13 == 0 && p.paymentMethod != "hokodo_credit"
                                   ? std::string()
                                   : p.paymentMethod);
    out.key("dates").open('{').pair("created_at", offsetText(p.createdAt));
    out.pair("updated_at", offsetText(p.updatedAt)).pair("placed_at", offsetText(p.placedAt));
    out.close('}').key("customer_reference");
    p.customerReference.empty() && p.orderId % 3 != 0 ? out.null() : out.text(p.customerReference);
    out.pair("currency_code", p.currencyCode);
    out.pair("calculated_shipping_address", c.company + ", 1 Sample Way").key("calculated_total");
    writeSparkMoney(out, p.total, p.currencyCode);
    out.pair("calculated_fulfilment_status", p.fulfilment);
}

void SparkHandler::writePackage(JsonText& out, const Purchase& p) const
{
    out.open('{').pair("type", "shipped").key("identifiers").open('{');
    out.pair("sparklayer_package_id", p.uuid.substr(0, 24) + "000000000001").close('}');
    out.key("line_items").open('[');
    for (const SparkLine& l : p.lines) {
        const Product& product = m_world.products[l.product];
        out.open('{').key("identifiers").open('{').pair("sku", product.sku);
        out.pair("platform", std::to_string(product.variantId)).close('}');
        out.pair("name_parent", product.title).key("quantity").number(l.quantity);
        out.key("custom_attributes").open('[').close(']').key("line_total").open('{');
        out.key("total_net");
        writeSparkMoney(out, l.net, p.currencyCode);
        if (p.orderId % 5 != 0) {
            out.key("total_tax");
            writeSparkMoney(out, l.tax, p.currencyCode);
        }
        out.key("total_gross");
        writeSparkMoney(out, l.net + l.tax, p.currencyCode);
        out.key("discount_net");
        writeSparkMoney(out, l.discountNet, p.currencyCode);
        out.close('}').key("tax_lines").open('[').open('{').pair("title", "VAT").key("amount");
        writeSparkMoney(out, l.tax, p.currencyCode);
        out.key("rate").raw(l.taxRatePercent).close('}').close(']').close('}');
    }
    out.close(']').close('}');
}

void SparkHandler::writeFull(JsonText& out, const Purchase& p) const
{
    out.open('{');
    writeShort(out, p);
    out.key("total_paid");
    writeSparkMoney(out, p.paid, p.currencyCode);
    out.key("packages");
    if (p.packagesAsObject) {
        writePackage(out, p);
    } else {
        out.open('[');
        writePackage(out, p);
        out.close(']');
    }
    out.key("accounting_files").open('[').close(']').key("custom_fields").open('[').close(']');
    out.key("metadata").open('[').close(']').close('}');
}

} // namespace counterfoil::sandbox
