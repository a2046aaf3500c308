#include "app/sandbox/world/world.h"

#include <algorithm>
#include <chrono>

namespace counterfoil::sandbox {
namespace {

Instant realNow()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

template <class T>
T* at(std::vector<T>& records, const std::unordered_map<Id, std::size_t>& index, Id id)
{
    const auto found = index.find(id);
    return found == index.end() ? nullptr : &records[found->second];
}

/// Two independent FNV-1a passes: 128 bits of opaque text.
std::uint64_t fnv(const std::string& text, std::uint64_t hash)
{
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

std::string returnStatusOf(const Order& order)
{
    bool requested = false;
    bool open = false;
    bool processed = false;
    for (const ShopReturn& item : order.returns) {
        requested = requested || item.state == ReturnState::Requested;
        open = open || item.state == ReturnState::Open;
        processed = processed || item.state == ReturnState::Closed;
    }
    if (open)
        return "IN_PROGRESS";
    if (requested)
        return "RETURN_REQUESTED";
    return processed ? "RETURNED" : "NO_RETURN";
}

std::string financialStatusOf(const OrderTotals& totals, const Order& order)
{
    for (const OrderTransaction& tx : order.transactions)
        if (tx.kind == TxKind::Authorization && tx.status == TxStatus::Success &&
            totals.received == 0)
            return "AUTHORIZED";
    if (totals.refunded > 0)
        return totals.refunded >= totals.received ? "REFUNDED" : "PARTIALLY_REFUNDED";
    if (totals.received == 0)
        return totals.current == 0 && totals.original > 0 ? "PAID" : "PENDING";
    return totals.outstanding > 0 ? "PARTIALLY_PAID" : "PAID";
}

} // namespace

std::uint64_t Rng::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::int64_t Rng::below(std::int64_t bound)
{
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
}

std::int64_t Rng::between(std::int64_t low, std::int64_t high)
{
    return low + below(high - low + 1);
}

World::World(const Options& options)
    : facts(options.facts), rng(options.seed), m_options(options), m_realStart(realNow()),
      m_offset(options.start)
{
}

// ---- clock

Instant World::now() const
{
    if (m_held)
        return *m_held;
    const double elapsed = static_cast<double>(realNow() - m_realStart) * m_options.speed;
    return m_offset + static_cast<Instant>(elapsed);
}

void World::advance(Instant by)
{
    if (m_held)
        *m_held += by;
    else
        m_offset += by;
}

void World::holdClock(Instant at)
{
    m_held = at;
}

void World::releaseClock()
{
    if (!m_held)
        return;
    m_offset = *m_held;
    m_realStart = realNow();
    m_held.reset();
}

// ---- look-ups

Order* World::orderById(Id id)
{
    return at(orders, m_orderIndex, id);
}

Order* World::orderByName(const std::string& name)
{
    const auto found = m_orderNames.find(name);
    return found == m_orderNames.end() ? nullptr : &orders[found->second];
}

Order* World::orderOfLine(Id lineId)
{
    return at(orders, m_lineOrder, lineId);
}

Customer* World::customerById(Id id)
{
    if (m_customerIndex.size() != customers.size())
        for (std::size_t i = 0; i < customers.size(); ++i)
            m_customerIndex[customers[i].id] = i;
    return at(customers, m_customerIndex, id);
}

DraftOrder* World::draftById(Id id)
{
    const auto found = std::find_if(drafts.begin(), drafts.end(),
                                    [id](const DraftOrder& draft) { return draft.id == id; });
    return found == drafts.end() ? nullptr : &*found;
}

Rma* World::rmaById(Id id)
{
    return at(rmas, m_rmaIndex, id);
}

Purchase* World::purchaseOfOrder(Id orderId)
{
    return at(purchases, m_purchaseIndex, orderId);
}

std::optional<ReturnRef> World::returnById(Id id)
{
    const auto found = m_returnIndex.find(id);
    return found == m_returnIndex.end() ? std::nullopt : std::optional(found->second);
}

std::optional<ReturnRef> World::returnOfRfoLine(Id rfoLineId)
{
    const auto found = m_rfoLineIndex.find(rfoLineId);
    return found == m_rfoLineIndex.end() ? std::nullopt : std::optional(found->second);
}

InventoryLevel* World::level(Id inventoryItemId, Id locationId)
{
    if (m_levelIndex.size() != levels.size())
        for (std::size_t i = 0; i < levels.size(); ++i)
            m_levelIndex[{levels[i].inventoryItemId, levels[i].locationId}] = i;
    const auto found = m_levelIndex.find({inventoryItemId, locationId});
    return found == m_levelIndex.end() ? nullptr : &levels[found->second];
}

std::optional<std::size_t> World::productByItem(Id inventoryItemId) const
{
    for (std::size_t i = 0; i < products.size(); ++i)
        if (products[i].inventoryItemId == inventoryItemId)
            return i;
    return std::nullopt;
}

std::optional<std::size_t> World::productBySku(const std::string& sku) const
{
    for (std::size_t i = 0; i < products.size(); ++i)
        if (products[i].sku == sku)
            return i;
    return std::nullopt;
}

OrderLine* World::line(Order& order, Id lineId)
{
    const auto found = std::find_if(order.lines.begin(), order.lines.end(),
                                    [lineId](const OrderLine& l) { return l.id == lineId; });
    return found == order.lines.end() ? nullptr : &*found;
}

const std::vector<std::size_t>& World::ordersByUpdate()
{
    if (!m_sorted || m_byUpdate.size() != orders.size()) {
        m_byUpdate.resize(orders.size());
        for (std::size_t i = 0; i < m_byUpdate.size(); ++i)
            m_byUpdate[i] = i;
        std::sort(m_byUpdate.begin(), m_byUpdate.end(), [this](std::size_t a, std::size_t b) {
            return std::pair(orders[a].updatedAt, orders[a].id) <
                   std::pair(orders[b].updatedAt, orders[b].id);
        });
        m_sorted = true;
    }
    return m_byUpdate;
}

std::vector<Metafield>* World::metafieldsOf(const std::string& owner)
{
    if (const Id customer = idOf("Customer", owner)) {
        Customer* found = customerById(customer);
        return found ? &found->metafields : nullptr;
    }
    if (const Id order = idOf("Order", owner)) {
        Order* found = orderById(order);
        return found ? &found->metafields : nullptr;
    }
    return nullptr;
}

Metafield* World::metafield(const std::string& owner, const std::string& ns, const std::string& key)
{
    std::vector<Metafield>* fields = metafieldsOf(owner);
    if (!fields)
        return nullptr;
    const auto found = std::find_if(fields->begin(), fields->end(),
                                    [&](const Metafield& f) { return f.ns == ns && f.key == key; });
    return found == fields->end() ? nullptr : &*found;
}

std::string World::compareDigest(const Metafield& field)
{
    constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    for (const std::uint64_t seed : {0xcbf29ce484222325ULL, 0x9ae16a3b2f90404fULL}) {
        const std::uint64_t hash = fnv(field.type + "|" + field.value, seed);
        for (int shift = 60; shift >= 0; shift -= 4)
            out += kHex[(hash >> shift) & 15U];
    }
    return out;
}

// ---- derived figures

Minor World::grossOf(const Order& order, const OrderLine& line, std::int64_t units)
{
    const Minor whole = line.discountedTotal() + (order.taxesIncluded ? 0 : line.tax);
    if (line.quantity == 0)
        return 0;
    return (2 * whole * units + line.quantity) / (2 * line.quantity);
}

OrderTotals World::totals(const Order& order)
{
    OrderTotals out;
    for (const OrderLine& l : order.lines) {
        out.original += grossOf(order, l, l.quantity);
        out.current += grossOf(order, l, l.currentQuantity);
    }
    out.original += order.shipping;
    out.current += order.shipping;
    for (const OrderTransaction& tx : order.transactions) {
        if (tx.status != TxStatus::Success)
            continue;
        if (tx.kind == TxKind::Sale || tx.kind == TxKind::Capture)
            out.received += tx.amount;
        if (tx.kind == TxKind::Refund)
            out.refunded += tx.amount;
    }
    out.outstanding = out.current - (out.received - out.refunded);
    out.financialStatus = financialStatusOf(out, order);
    std::int64_t open = 0;
    std::int64_t shipped = 0;
    for (const OrderLine& l : order.lines) {
        open += l.unfulfilled;
        shipped += l.quantity - l.unfulfilled;
    }
    out.fulfillmentStatus = open == 0      ? "FULFILLED"
                            : shipped == 0 ? "UNFULFILLED"
                                           : "PARTIALLY_FULFILLED";
    out.returnStatus = returnStatusOf(order);
    return out;
}

MoneyBag World::bag(const Order& order, Minor minor) const
{
    const Minor scaled = 2 * minor * order.rateNum;
    const Minor den = 2 * order.rateDen;
    const Minor shop =
        scaled >= 0 ? (scaled + order.rateDen) / den : -((-scaled + order.rateDen) / den);
    return {{shop, currency}, {minor, order.currency}};
}

// ---- bookkeeping

Id World::newId()
{
    return ++m_nextId;
}

void World::changed(const char* what)
{
    if (onChange)
        onChange(what);
}

void World::touch(Order& order)
{
    order.updatedAt = now();
    m_sorted = false;
    changed("order");
}

std::size_t World::addOrder(Order order)
{
    const std::size_t index = orders.size();
    m_orderIndex[order.id] = index;
    m_orderNames[order.name] = index;
    for (const OrderLine& l : order.lines)
        m_lineOrder[l.id] = index;
    orders.push_back(std::move(order));
    for (std::size_t i = 0; i < orders.back().returns.size(); ++i)
        indexReturn(index, i);
    m_sorted = false;
    return index;
}

std::size_t World::addRma(Rma rma)
{
    m_rmaIndex[rma.id] = rmas.size();
    rmas.push_back(std::move(rma));
    return rmas.size() - 1;
}

std::size_t World::addPurchase(Purchase purchase)
{
    m_purchaseIndex[purchase.orderId] = purchases.size();
    purchases.push_back(std::move(purchase));
    return purchases.size() - 1;
}

void World::dropPurchase(Id orderId)
{
    const auto found = m_purchaseIndex.find(orderId);
    if (found == m_purchaseIndex.end())
        return;
    const std::size_t gap = found->second;
    m_purchaseIndex.erase(found);
    purchases[gap] = std::move(purchases.back());
    purchases.pop_back();
    if (gap < purchases.size())
        m_purchaseIndex[purchases[gap].orderId] = gap;
}

void World::indexReturn(std::size_t orderIndex, std::size_t returnIndex)
{
    const ShopReturn& item = orders[orderIndex].returns[returnIndex];
    m_returnIndex[item.id] = {orderIndex, returnIndex};
    for (const ShopReturnLine& l : item.lines)
        m_rfoLineIndex[l.rfoLineId] = {orderIndex, returnIndex};
}

} // namespace counterfoil::sandbox
