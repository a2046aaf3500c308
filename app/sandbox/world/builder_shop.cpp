// Builder: the shop, its buyers and the orders they place.

#include "app/sandbox/world/builder.h"
#include "app/sandbox/world/catalogue.h"

#include <algorithm>
#include <numeric>

namespace counterfoil::sandbox {
namespace {

constexpr std::int64_t kEurNum = 117; ///< 1.00 GBP = 1.17 EUR, fixed
constexpr std::int64_t kEurDen = 100;

Minor halfUp(Minor numerator, Minor denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

std::string uuidFrom(Rng& rng)
{
    constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    for (int i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23)
            out += '-';
        else if (i == 14)
            out += '4';
        else if (i == 19)
            out += kHex[8 + rng.below(4)];
        else
            out += kHex[rng.below(16)];
    }
    return out;
}

/// Percent of tax for an order line, in basis points.
std::int64_t taxBps(const Customer& customer)
{
    return customer.taxExempt ? 0 : 2000;
}

std::string balanceText(const Customer& customer, std::size_t index)
{
    const std::string limit = index % 4 == 1 ? "10000" : "10000.00";
    if (index % 4 == 0)
        return R"({"credit_limit":)" + limit + R"(,"balance":0.00,"net_terms":30})";
    if (index % 4 == 1)
        return R"({"balance":0.00,"credit_limit":)" + limit + "}";
    std::string code = customer.currency;
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    return R"({"credit_limit":)" + limit + R"(,"currency_code":")" + code +
           R"(","balance":0.00,"net_terms":30,"x_account_ref":"AC-)" +
           std::to_string(2000 + index) + "\"}";
}

} // namespace

void Builder::openShop()
{
    World& w = m_world;
    w.holdClock(m_start - 60 * kDay);
    w.locations = {{kQuarantine, "Hull quarantine", true, false},
                   {kSellable, "Hull main", true, true},
                   {kOutlet, "Hull outlet", true, false},
                   {kUnlisted, "Leeds pop-up", true, false}};
    PriceList uk{"uk-trade", "UK trade", "GBP", {}};
    PriceList eu{"eu-trade", "EU trade", "EUR", {}};
    for (std::size_t i = 0; i < kProducts.size(); ++i) {
        const ProductRow& row = kProducts[i];
        Product p;
        p.variantId = w.newId();
        p.productId = w.newId();
        p.inventoryItemId = w.newId();
        p.sku = row.sku;
        p.title = row.title;
        p.variantTitle = row.variant;
        p.tradeGbp = row.tradeGbp;
        p.break24Gbp = halfUp(row.tradeGbp * 88, 100);
        p.retailGbp = halfUp(row.tradeGbp * 174, 100);
        p.priorTradeGbp = p.tradeGbp;
        if (i % 5 == 2) {
            p.priorTradeGbp = halfUp(p.tradeGbp * 91, 100);
            p.listChangedAt = m_start - 9 * kDay;
        }
        for (const Id location : {kSellable, kQuarantine, kOutlet}) {
            InventoryLevel l;
            l.id = w.newId();
            l.inventoryItemId = p.inventoryItemId;
            l.locationId = location;
            l.available = location == kSellable ? w.rng.between(400, 2500) : 0;
            l.updatedAt = l.availableUpdatedAt = w.now();
            w.levels.push_back(l);
        }
        uk.rows.push_back({i, 1, p.tradeGbp});
        uk.rows.push_back({i, 24, p.break24Gbp});
        eu.rows.push_back({i, 1, halfUp(p.tradeGbp * kEurNum, kEurDen)});
        eu.rows.push_back({i, 24, halfUp(p.break24Gbp * kEurNum, kEurDen)});
        w.products.push_back(std::move(p));
    }
    w.priceLists = {std::move(uk), std::move(eu)};
    for (std::size_t i = 0; i < kCompanies.size(); ++i) {
        const CompanyRow& row = kCompanies[i];
        Customer c;
        c.id = w.newId();
        if (i % 4 != 3) {
            c.companyId = w.newId();
            c.companyLocationId = w.newId();
        }
        c.company = row.name;
        c.contactName = row.contact;
        c.email = "buyer" + std::to_string(i + 1) + "@example.com";
        c.externalId = "C" + std::to_string(4000 + i);
        c.currency = row.currency;
        c.group = c.currency == "EUR" ? "eu-trade" : "trade";
        c.tags = {"b2b", c.group};
        c.discountBps = i % 4 == 0 ? 1000 : i % 4 == 2 ? 250 : 0;
        c.taxExempt = c.currency == "EUR" && i % 2 == 0;
        c.testAccount = i + 1 == kCompanies.size();
        c.sparkId = uuidFrom(w.rng);
        const Instant at = w.now();
        c.metafields.push_back(
            {w.newId(), "sparklayer", "payment_on_account", "json", balanceText(c, i), at, 1});
        c.metafields.push_back(
            {w.newId(), "sparklayer", "company_name", "single_line_text_field", c.company, at, 1});
        c.metafields.push_back(
            {w.newId(), "sparklayer", "group", "single_line_text_field", c.group, at, 1});
        c.metafields.push_back({w.newId(), "sparklayer", "price_lists", "json",
                                c.currency == "EUR" ? R"(["eu-trade"])" : R"(["uk-trade"])", at,
                                1});
        if (c.discountBps > 0)
            c.metafields.push_back({w.newId(), "sparklayer", "discount_percentage",
                                    "number_decimal",
                                    c.discountBps % 100 == 0 ? std::to_string(c.discountBps / 100)
                                                             : fixedText(c.discountBps, "GBP"),
                                    at, 1});
        w.customers.push_back(std::move(c));
    }
}

Minor Builder::netPrice(std::size_t product, const Customer& customer, std::int64_t pieces,
                        Instant at) const
{
    const Product& p = m_world.products[product];
    Minor list = at < p.listChangedAt ? p.priorTradeGbp : p.tradeGbp;
    if (pieces >= 24)
        list = at < p.listChangedAt ? halfUp(p.priorTradeGbp * 88, 100) : p.break24Gbp;
    return halfUp(list * (10000 - customer.discountBps), 10000);
}

Minor Builder::inTerms(const Order& order, const OrderLine& line, Minor netGbp)
{
    const Minor net = order.currency == "EUR" ? halfUp(netGbp * kEurNum, kEurDen) : netGbp;
    const std::int64_t bps = line.taxRate == "0.2" ? 2000 : 0;
    return order.taxesIncluded ? halfUp(net * (10000 + bps), 10000) : net;
}

void Builder::priceLines(Order& order, const OrderSpec& spec)
{
    World& w = m_world;
    const Customer& customer = w.customers[spec.customer];
    const std::int64_t bps = taxBps(customer);
    Minor sum = 0;
    for (const auto& [product, pieces] : spec.lines) {
        OrderLine l;
        l.id = w.newId();
        l.fulfillmentLineItemId = w.newId();
        l.product = product;
        l.quantity = l.currentQuantity = l.refundable = pieces;
        l.taxRate = bps == 2000 ? "0.2" : "0.0";
        l.taxTitle = customer.currency == "EUR" ? "TVA" : "VAT";
        l.unit = inTerms(order, l, netPrice(product, customer, pieces, spec.at));
        sum += l.unit * pieces;
        order.lines.push_back(std::move(l));
    }
    // An order discount is spread by value; the last line takes what rounding leaves.
    const Minor discount = halfUp(sum * spec.discountBps, 10000);
    Minor left = discount;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        OrderLine& l = order.lines[i];
        const Minor share = i + 1 == order.lines.size()
                                ? left
                                : (sum == 0 ? 0 : discount * (l.unit * l.quantity) / sum);
        l.discount = share;
        left -= share;
        const Minor total = l.discountedTotal();
        l.tax = order.taxesIncluded ? halfUp(total * bps, 10000 + bps) : halfUp(total * bps, 10000);
    }
}

void Builder::makePurchase(const Order& order, const OrderSpec& spec)
{
    World& w = m_world;
    Purchase p;
    p.uuid = order.attributes.front().value;
    p.orderId = order.id;
    p.orderName = order.name;
    p.customer = order.customer;
    p.paymentMethod = order.method == PayMethod::Account   ? "on_account"
                      : order.method == PayMethod::Invoice ? "invoice"
                      : order.method == PayMethod::Card    ? "platform_upfront"
                                                           : "hokodo_credit";
    p.customerReference = spec.poSpark;
    p.currencyCode = order.currency;
    if (order.id % 3 == 0)
        std::transform(p.currencyCode.begin(), p.currencyCode.end(), p.currencyCode.begin(),
                       [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    p.createdAt = order.createdAt - 90 * kSecond;
    p.placedAt = order.createdAt;
    p.updatedAt = order.createdAt + 40 * kSecond;
    p.packagesAsObject = order.id % 4 == 1;
    for (const OrderLine& l : order.lines) {
        const Minor net = l.discountedTotal() - (order.taxesIncluded ? l.tax : 0);
        const std::int64_t bps = l.taxRate == "0.2" ? 2000 : 0;
        const Minor full = l.unit * l.quantity;
        const Minor fullNet = order.taxesIncluded ? halfUp(full * 10000, 10000 + bps) : full;
        p.lines.push_back(
            {l.product, l.quantity, net, l.tax, fullNet - net, l.taxRate == "0.2" ? "20" : "0"});
        p.total += World::grossOf(order, l, l.quantity);
    }
    p.paid = order.method == PayMethod::Card ? p.total : 0;
    w.addPurchase(std::move(p));
}

void Builder::addTransaction(Order& order, TxKind kind, TxStatus status, Minor amount, Instant at,
                             const char* gateway, bool manual)
{
    OrderTransaction tx;
    tx.id = m_world.newId();
    tx.kind = kind;
    tx.status = status;
    tx.gateway = gateway;
    tx.formattedGateway = manual ? "Bank transfer" : "Shopify payments";
    tx.manual = manual;
    tx.createdAt = at;
    tx.amount = amount;
    order.transactions.push_back(std::move(tx));
}

std::size_t Builder::order(const OrderSpec& spec)
{
    World& w = m_world;
    w.holdClock(spec.at);
    Order o;
    o.id = w.newId();
    o.name = "B2B-" + std::to_string(++m_orderNumber);
    o.customer = spec.customer;
    o.createdAt = o.processedAt = o.updatedAt = spec.at;
    o.taxesIncluded = spec.taxesIncluded;
    const Customer& customer = w.customers[spec.customer];
    o.currency = customer.currency;
    if (o.currency == "EUR") {
        o.rateNum = kEurDen;
        o.rateDen = kEurNum;
    }
    o.method = spec.method;
    o.poNumber = spec.poShopify;
    if (spec.method == PayMethod::Account || w.rng.chance(50))
        o.tags = {"b2b"};
    const char* type = spec.method == PayMethod::Account   ? "paymentOnAccount"
                       : spec.method == PayMethod::Invoice ? "paymentByInvoice"
                       : spec.method == PayMethod::Card    ? "upfrontPayment"
                                                           : "hokodoPayment";
    o.attributes = {{"sparkCartId", uuidFrom(w.rng)}, {"sparkPaymentType", type}};
    priceLines(o, spec);
    const OrderTotals totals = World::totals(o);
    if (spec.method == PayMethod::Card) {
        addTransaction(o, TxKind::Sale, TxStatus::Success, totals.original, spec.at,
                       "shopify_payments", false);
    } else {
        o.terms = PaymentTerms{"NET", "Net 30", 30, spec.at + 30 * kDay, 0};
    }
    Agreement placed;
    placed.id = w.newId();
    placed.happenedAt = spec.at;
    placed.by = Actor::SparkLayer;
    for (const OrderLine& l : o.lines)
        placed.sales.push_back(
            {w.newId(), SaleAction::Order, l.id, l.quantity, World::grossOf(o, l, l.quantity)});
    o.agreements.push_back(std::move(placed));
    for (const OrderLine& l : o.lines) {
        if (InventoryLevel* level = w.level(w.products[l.product].inventoryItemId, kSellable))
            level->available -= l.quantity;
        Posting p;
        p.at = spec.at;
        p.from = Account::Stock;
        p.to = Account::Buyer;
        p.units = l.quantity;
        p.product = l.product;
        p.fromLocation = kSellable;
        p.customer = o.customer;
        p.order = o.id;
        p.line = l.id;
        p.what = "sold";
        w.post(std::move(p));
    }
    Posting debt;
    debt.at = spec.at;
    debt.to = spec.method == PayMethod::Card ? Account::Cash : Account::OrderDebt;
    debt.minor = totals.original;
    debt.currency = o.currency;
    debt.customer = o.customer;
    debt.order = o.id;
    debt.what = "invoiced";
    w.post(std::move(debt));
    makePurchase(o, spec);
    const Id id = o.id;
    const std::size_t index = w.addOrder(std::move(o));
    const bool raises = spec.method == PayMethod::Account ||
                        (spec.method == PayMethod::Invoice && w.facts.invoiceRaisesBalance);
    if (raises)
        w.moveBalance(spec.customer, totals.original, id, 0, "order placed");
    return index;
}

std::string Builder::nextPo()
{
    return "PO-" + std::to_string(++m_po);
}

OrderSpec Builder::usualOrder(std::size_t customer, PayMethod method, Instant at, std::size_t lines)
{
    Rng& rng = m_world.rng;
    OrderSpec spec;
    spec.customer = customer;
    spec.method = method;
    spec.at = at;
    spec.taxesIncluded = customer % 5 == 1;
    const auto first = static_cast<std::size_t>(rng.below(60));
    for (std::size_t i = 0; i < lines; ++i)
        spec.lines.emplace_back((first + i * 7) % 60,
                                rng.chance(35) ? rng.between(24, 48) : rng.between(4, 18));
    if (rng.chance(30))
        spec.discountBps = rng.chance(50) ? 500 : 750;
    // Other houses: every third order, far from the 80 % that would make it a habit.
    const bool carries = poHouse(customer) || m_ordersOf[customer]++ % 3 == 0;
    if (carries) {
        spec.poShopify = spec.poSpark = nextPo();
        if (rng.chance(10))
            spec.poShopify.clear();
    }
    return spec;
}

void Builder::tradeInBackground(std::size_t ordersPerCustomer)
{
    for (std::size_t c = 0; c < m_world.customers.size(); ++c) {
        for (std::size_t k = 0; k < ordersPerCustomer; ++k) {
            const auto method = c % 5 == 3   ? PayMethod::Invoice
                                : c % 5 == 4 ? PayMethod::Card
                                             : PayMethod::Account;
            const Instant at =
                m_start - 50 * kDay +
                static_cast<Instant>(k) * (44 * kDay / static_cast<Instant>(ordersPerCustomer)) +
                m_world.rng.below(20 * kHour);
            const std::size_t index = order(usualOrder(c, method, at, 1 + k % 3));
            if (method == PayMethod::Account && m_world.rng.chance(55))
                payByBank(index, at + m_world.rng.between(3, 5) * kDay);
        }
    }
}

void Builder::payByCard(std::size_t index, Instant at)
{
    World& w = m_world;
    w.holdClock(at);
    Order& o = w.orders[index];
    const Minor amount = World::totals(o).outstanding;
    addTransaction(o, TxKind::Sale, TxStatus::Success, amount, at, "shopify_payments", false);
    if (o.terms)
        o.terms->completedAt = at;
    Posting p;
    p.at = at;
    p.from = Account::OrderDebt;
    p.to = Account::Cash;
    p.minor = amount;
    p.currency = o.currency;
    p.customer = o.customer;
    p.order = o.id;
    p.what = "paid";
    w.post(std::move(p));
    if (Purchase* purchase = w.purchaseOfOrder(o.id)) {
        purchase->paid = purchase->total;
        purchase->updatedAt = at;
    }
    if (w.facts.paymentLowersBalance && o.method == PayMethod::Account)
        w.moveBalance(o.customer, -amount, o.id, 0, "payment");
    w.touch(o);
}

void Builder::payByBank(std::size_t index, Instant at)
{
    payByCard(index, at);
    OrderTransaction& tx = m_world.orders[index].transactions.back();
    tx.gateway = "Bank Deposit";
    tx.formattedGateway = "Bank Deposit";
    tx.manual = true;
}

Id Builder::draft(std::size_t customer, Instant at)
{
    World& w = m_world;
    DraftOrder d;
    d.id = w.newId();
    d.name = "#D" + std::to_string(++m_draftNumber);
    d.createdAt = d.updatedAt = at;
    d.customer = customer;
    d.tags = {"b2b"};
    d.attributes = {{"sparkCartId", uuidFrom(w.rng)}, {"sparkPaymentType", "paymentOnAccount"}};
    DraftLine line;
    line.id = w.newId();
    line.quantity = 10;
    line.gross = w.rng.between(1200, 9000);
    d.total = line.gross * line.quantity;
    d.lines.push_back(line);
    d.currency = w.customers[customer].currency;
    w.drafts.push_back(d);
    return d.id;
}

void Builder::editRemove(std::size_t index, std::size_t lineIndex, std::int64_t pieces, Instant at)
{
    World& w = m_world;
    w.holdClock(at);
    Order& o = w.orders[index];
    OrderLine& l = o.lines[lineIndex];
    const Minor value = World::grossOf(o, l, pieces);
    l.currentQuantity -= pieces;
    l.refundable -= pieces;
    o.edited = true;
    Agreement a;
    a.id = w.newId();
    a.happenedAt = at;
    a.kind = AgreementKind::OrderEdit;
    a.sales.push_back({w.newId(), SaleAction::Return, l.id, -pieces, -value});
    o.agreements.push_back(std::move(a));
    w.touch(o);
}

void Builder::editDiscount(std::size_t index, std::size_t lineIndex, Minor moreDiscount, Instant at)
{
    World& w = m_world;
    w.holdClock(at);
    Order& o = w.orders[index];
    OrderLine& l = o.lines[lineIndex];
    const Minor before = World::grossOf(o, l, l.quantity);
    l.discount += moreDiscount;
    const std::int64_t bps = l.taxRate == "0.2" ? 2000 : 0;
    l.tax = o.taxesIncluded ? halfUp(l.discountedTotal() * bps, 10000 + bps)
                            : halfUp(l.discountedTotal() * bps, 10000);
    o.edited = true;
    Agreement a;
    a.id = w.newId();
    a.happenedAt = at;
    a.kind = AgreementKind::OrderEdit;
    a.sales.push_back({w.newId(), SaleAction::Update, l.id, l.quantity,
                       World::grossOf(o, l, l.quantity) - before});
    o.agreements.push_back(std::move(a));
    w.touch(o);
}

void Builder::settleStockAndLimits()
{
    World& w = m_world;
    w.holdClock(m_start - kHour);
    for (const Product& p : w.products) {
        InventoryLevel* l = w.level(p.inventoryItemId, kSellable);
        if (l->available < 120) {
            const std::int64_t goodsIn = 600 - l->available;
            w.adjustInventory("available", {{p.inventoryItemId, kSellable, goodsIn, std::nullopt}},
                              Actor::Person);
        }
    }
    for (std::size_t c = 0; c < w.customers.size(); ++c) {
        const auto figures = w.account(c);
        Minor limit = ((figures->balance * 3 / 2) / 100000 + 5) * 100000;
        for (const auto& [customer, missing] : blocked)
            if (customer == c)
                limit = figures->balance - missing / 2;
        for (Metafield& f : w.customers[c].metafields) {
            if (f.key != "payment_on_account")
                continue;
            const std::size_t pos = f.value.find("10000");
            const bool decimals = f.value.compare(pos, 8, "10000.00") == 0;
            const std::string text = fixedText(limit, w.customers[c].currency);
            const bool whole = !decimals && limit % 100 == 0;
            f.value.replace(pos, decimals ? 8 : 5, whole ? text.substr(0, text.size() - 3) : text);
        }
    }
}

} // namespace counterfoil::sandbox
