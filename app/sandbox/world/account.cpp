// The account balance: JSON text in a customer metafield, read and written as text so that unknown
// keys, their order and the form of other numbers survive.

#include "app/sandbox/world/world.h"

#include <cctype>

namespace counterfoil::sandbox {
namespace {

struct Span {
    std::size_t begin = 0;
    std::size_t length = 0;
};

/// Where the number behind `"key":` stands in a flat JSON object.
std::optional<Span> numberSpan(const std::string& text, const std::string& key)
{
    std::size_t pos = text.find("\"" + key + "\"");
    if (pos == std::string::npos)
        return std::nullopt;
    pos = text.find(':', pos);
    if (pos == std::string::npos)
        return std::nullopt;
    ++pos;
    while (pos < text.size() && (text[pos] == ' ' || text[pos] == '"'))
        ++pos;
    std::size_t end = pos;
    while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) != 0 ||
                                 text[end] == '-' || text[end] == '.'))
        ++end;
    if (end == pos)
        return std::nullopt;
    return Span{pos, end - pos};
}

Minor minorOf(const std::string& number, int exponent)
{
    const bool negative = number.front() == '-';
    Minor value = 0;
    int places = -1;
    for (const char c : number) {
        if (c == '.') {
            places = 0;
        } else if (c >= '0' && c <= '9' && places < exponent) {
            value = value * 10 + (c - '0');
            if (places >= 0)
                ++places;
        }
    }
    for (int i = places < 0 ? 0 : places; i < exponent; ++i)
        value *= 10;
    return negative ? -value : value;
}

const Metafield* accountField(const Customer& customer)
{
    for (const Metafield& field : customer.metafields)
        if (field.ns == "sparklayer" && field.key == "payment_on_account")
            return &field;
    return nullptr;
}

} // namespace

std::optional<World::AccountFigures> World::account(std::size_t customer) const
{
    const Metafield* field = accountField(customers[customer]);
    if (!field)
        return std::nullopt;
    const auto limit = numberSpan(field->value, "credit_limit");
    const auto balance = numberSpan(field->value, "balance");
    if (!limit || !balance)
        return std::nullopt;
    const int exponent = exponentOf(customers[customer].currency);
    return AccountFigures{minorOf(field->value.substr(limit->begin, limit->length), exponent),
                          minorOf(field->value.substr(balance->begin, balance->length), exponent)};
}

void World::setBalance(std::size_t customer, Minor balance)
{
    for (Metafield& field : customers[customer].metafields) {
        if (field.ns != "sparklayer" || field.key != "payment_on_account")
            continue;
        const auto span = numberSpan(field.value, "balance");
        if (!span)
            return;
        field.value.replace(span->begin, span->length,
                            fixedText(balance, customers[customer].currency));
        field.updatedAt = now();
        ++field.version;
    }
    changed("metafield");
}

void World::moveBalance(std::size_t customer, Minor delta, Id order, Id rma, const char* what)
{
    const auto figures = account(customer);
    if (!figures)
        return;
    setBalance(customer, figures->balance + delta);
    Posting p;
    p.at = now();
    p.from = delta < 0 ? Account::SparkBalance : Account::Sales;
    p.to = delta < 0 ? Account::Sales : Account::SparkBalance;
    p.minor = delta < 0 ? -delta : delta;
    p.currency = customers[customer].currency;
    p.customer = customer;
    p.order = order;
    p.rma = rma;
    p.what = what;
    post(std::move(p));
}

void World::explainDrop(std::size_t customer, Minor drop)
{
    Posting p;
    p.at = now();
    p.from = Account::SparkBalance;
    p.to = Account::Sales;
    p.minor = drop;
    p.currency = customers[customer].currency;
    p.customer = customer;
    p.what = "credited by console";
    if (creditTarget) {
        p.rma = creditTarget(customer, drop);
        if (const Rma* rma = p.rma ? rmaById(p.rma) : nullptr)
            p.order = orders[rma->order].id;
    }
    post(std::move(p));
}

} // namespace counterfoil::sandbox
