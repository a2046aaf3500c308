#include "tests/simulation/world.h"

#include "core/decode/shopify.h"

#include <fmt/format.h>

namespace counterfoil::simulation {

namespace {

const money::Currency kGbp = money::Currency::fromCode("GBP").value();
constexpr const char* kQuarantine = "gid://shopify/Location/11";
constexpr const char* kSellable = "gid://shopify/Location/22";
constexpr const char* kItem = "gid://shopify/InventoryItem/1";
constexpr std::int64_t kStartMinor = 812'40;

money::Money gbp(std::int64_t minor)
{
    return money::Money::fromMinor(minor, kGbp);
}

domain::MoneyPair pair(std::int64_t minor)
{
    return {gbp(minor), gbp(minor)};
}

domain::OrderLine line(const std::string& id, std::int64_t quantity, std::int64_t unitMinor)
{
    domain::OrderLine row;
    row.id = LineId(id);
    row.gid = "gid://shopify/LineItem/" + id;
    row.sku = "BEAN-1KG";
    row.title = "Espresso beans 1 kg";
    row.quantity = row.currentQuantity = row.refundableQuantity = quantity;
    row.hasVariant = true;
    row.variantId = "71";
    row.inventoryItem = InventoryItemId(kItem);
    row.isTracked = true;
    row.originalUnit = row.discountedUnit = pair(unitMinor);
    row.discountedUnitMinor = money::Fraction(unitMinor);
    row.taxLines = {{"0.2", gbp(quantity * unitMinor / 5)}};
    return row;
}

domain::Person person(const char* id, std::vector<domain::Role> roles)
{
    return {PersonId(id), id, std::move(roles)};
}

} // namespace

void World::buildShop()
{
    Rng& rng = m_scheduler.rng;
    Shop::Owner owner;
    owner.balanceText = R"({"credit_limit":5000,"balance":812.40,"net_terms":30})";
    owner.startMinor = kStartMinor;
    if (rng.chance(30))
        owner.receiptsText = "[]";
    m_shop.owners[CustomerId("77")] = owner;
    const std::int64_t held = rng.between(4, 12);
    m_shop.levels[std::string(kQuarantine) + "|" + kItem] = {held, held, 0};
    m_shop.levels[std::string(kSellable) + "|" + kItem] = {40, 40, 0};
    sync::RunnerSite site;
    site.id = "uk";
    site.currency = kGbp;
    site.policy.isSingleSeat = rng.chance(50);
    site.policy.facts.returnLowersBalance = Fact::No;
    site.policy.facts.refundLowersBalance = Fact::No;
    site.policy.locations = {{kQuarantine, domain::LocationKind::Quarantine},
                             {kSellable, domain::LocationKind::Sellable}};
    site.policy.destinationA = kSellable;
    using enum domain::Role;
    site.people = {person("priya", {FinanceClerk, FinanceApprover, WarehouseLead}),
                   person("tom", {FinanceLead, WarehouseLead})};
    for (const char* write : {"credit-metafield", "release", "set-po"}) {
        store::ProofRecord proof;
        proof.site = "uk";
        proof.write = write;
        proof.apiVersion = site.context.apiVersion;
        proof.isGood = true;
        m_disk.proofs[proof.site + "/" + proof.write] = proof;
    }
    m_sites.push_back(std::move(site));
    const std::int64_t count = rng.between(1, 3);
    for (int number = 1; number <= count; ++number)
        buildCase(number);
    sync::RereadScope everything;
    everything.customer = CustomerId("77");
    everything.item = InventoryItemId(kItem);
    observe(everything);
}

void World::buildCase(int number)
{
    Rng& rng = m_scheduler.rng;
    const Instant now = m_scheduler.now();
    domain::CaseFacts facts;
    facts.site = SiteId("uk");
    facts.id = CaseId(fmt::format("rma:70004{}", number));
    domain::Order order;
    order.id = OrderId(fmt::format("58200{}", number));
    order.gid = "gid://shopify/Order/" + order.id.value;
    order.name = fmt::format("B2B-10{}", number);
    order.currency = order.shopCurrency = kGbp;
    order.customer = CustomerId("77");
    order.customerGid = "gid://shopify/Customer/77";
    order.attributes = {{"sparkPaymentType", "payment_on_account"}};
    order.financialStatus = {domain::FinancialStatus::Pending, "PENDING"};
    order.lines = {{line(fmt::format("9{}1", number), 6, rng.between(3, 25) * 100)}};
    order.transactions = std::vector<domain::PaymentTransaction>();
    order.refunds = std::vector<domain::Refund>();
    order.returns = std::vector<domain::ShopifyReturn>();
    domain::Rma rma;
    rma.id = RmaId(fmt::format("70004{}", number));
    rma.status = {domain::RmaStatus::Received, "Received"};
    rma.orderName = order.name;
    rma.order = order.id;
    rma.hasDetail = true;
    rma.createdAt = now - std::chrono::hours(24 * 9);
    rma.receivedAt = rma.statusSince = now - std::chrono::hours(24 * 4);
    const std::int64_t units = rng.between(2, 4);
    for (int ordinal = 1; ordinal <= units; ++ordinal) {
        domain::RmaUnit unit;
        unit.id = UnitId(fmt::format("u{}{}", number, ordinal));
        unit.line = order.lines->front().id;
        unit.sku = "BEAN-1KG";
        unit.resolution = {domain::Resolution::RefundToPaymentMethod, "RefundToPaymentMethod"};
        rma.units.push_back(unit);
        if (ordinal == units && rng.chance(40))
            continue; // one piece nobody looked at yet
        domain::Inspection look;
        look.rma = rma.id;
        look.unit = unit.id;
        look.person = PersonId("rhys");
        look.at = now - std::chrono::hours(24 * 3);
        facts.inspections.push_back(look);
    }
    facts.isPurchaseRead = true;
    facts.order = std::move(order);
    facts.rma = std::move(rma);
    m_cases.push_back(facts.id);
    m_payments[facts.id] = rng.chance(25) ? "requested" : "none";
    m_disk.cases[facts.id] = std::move(facts);
    seeCase(m_cases.back());
}

/// ReturnGO as it is now goes into the facts.
void World::seeCase(const CaseId& id)
{
    domain::Rma& rma = *m_disk.cases.at(id).rma;
    rma.transactions.clear();
    const std::string& state = m_payments.at(id);
    if (state == "none")
        return;
    domain::RmaTransaction row;
    row.id = TransactionId("91" + rma.id.value);
    row.type = {domain::RmaTransactionType::RefundToPaymentMethod, "RefundToPaymentMethod"};
    row.status = state == "requested"
                     ? domain::Coded(domain::RmaTransactionStatus::Requested, "Requested")
                     : domain::Coded(domain::RmaTransactionStatus::Success, "Success");
    row.amount = pair(50'00);
    for (const domain::RmaUnit& unit : rma.units)
        row.units.push_back(unit.id);
    rma.transactions.push_back(std::move(row));
}

void World::observeAccount(const CustomerId& customer)
{
    const Shop::Owner& owner = m_shop.owners.at(customer);
    domain::Account account;
    account.customer = customer;
    account.gid = "gid://shopify/Customer/" + customer.value;
    account.hasBalance = true;
    account.balanceText = owner.balanceText;
    account.balanceType = "json";
    account.balanceDigest = Shop::digestOf(owner.balanceText);
    account.balance = gbp(m_shop.balanceMinor(customer));
    account.creditLimit = gbp(5000'00);
    account.hasReceipts = !owner.receiptsText.empty();
    if (account.hasReceipts) {
        account.receiptsText = owner.receiptsText;
        account.receiptsDigest = Shop::digestOf(owner.receiptsText);
        account.receipts = decode::shopify::receipts(owner.receiptsText).value();
    }
    auto& history = m_disk.history[customer];
    const bool isSame = !history.empty() && history.back().balanceDigest == account.balanceDigest &&
                        m_disk.accounts.at(customer).receiptsText == account.receiptsText;
    if (!isSame) {
        domain::AccountObservation seen;
        seen.version = static_cast<std::int64_t>(history.size()) + 1;
        seen.observedAt = m_scheduler.now();
        seen.balance = account.balance;
        seen.balanceDigest = account.balanceDigest;
        for (const domain::Receipt& receipt : account.receipts)
            seen.receipts.push_back(receipt.action);
        history.push_back(std::move(seen));
    }
    m_disk.accounts[customer] = std::move(account);
}

void World::observe(const sync::RereadScope& scope)
{
    if (!scope.customer.empty())
        observeAccount(scope.customer);
    for (const CaseId& id : m_cases) {
        if (m_disk.cases.at(id).rma->id == scope.rma)
            seeCase(id);
    }
    if (scope.item.empty())
        return;
    for (const auto& [place, level] : m_shop.levels) {
        domain::StockLevel row;
        row.location = LocationId(place.substr(0, place.find('|')));
        row.item = InventoryItemId(kItem);
        row.sku = "BEAN-1KG";
        row.available = level.available;
        m_disk.levels[place] = row;
    }
    // SparkLayer counts the sellable location and follows with the next sync.
    m_disk.spark["BEAN-1KG"] = m_shop.levels.at(std::string(kSellable) + "|" + kItem).available;
}

} // namespace counterfoil::simulation
