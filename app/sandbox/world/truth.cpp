// What the law asks of the world, worked out from the platforms' records and the journal alone.

#include "app/sandbox/world/truth_money.h"
#include "app/sandbox/world/truth_states.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace counterfoil::sandbox {
namespace {

constexpr Instant kCreditGrace = 2 * kDay;
constexpr Instant kTwoSweeps = 10 * kMinute;

struct LineShare {
    std::int64_t pieces = 0; ///< pieces that want money
    std::int64_t all = 0;    ///< all returned pieces
    std::int64_t validated = 0;
    Minor fees = 0; ///< agreed fees on these pieces
};

/// What the journal says about one RMA.
struct Booked : StateBooks {
    std::set<Id> strangeLocations;
};

class Judge {
public:
    explicit Judge(World& world) : m_world(world) { readJournal(); }
    std::vector<TruthEntry> run();
    Minor expected(const Rma& rma);
    bool creditMissing(const Rma& rma, Minor& amount);
    Booked& booked(Id rma) { return m_booked[rma]; }

private:
    void readJournal();
    std::map<Id, LineShare> shares(const Rma& rma) const;
    bool accountOrder(const Order& order, Minor value) const;
    bool buyerRequiresPo(std::size_t customer);
    void judge(const Rma& rma, std::vector<TruthEntry>& out);
    void value(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void method(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void restock(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void purchaseOrder(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void handRefund(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void edited(const Rma& rma, const Order& order, std::vector<TruthEntry>& out);
    void blocked(const Rma& rma, std::vector<TruthEntry>& out);
    void states(const Rma& rma, std::vector<TruthEntry>& out);
    /// Pieces of a line that other returns want as well.
    std::int64_t elsewhere(const Rma& rma, Id lineId) const;
    TruthEntry entry(const char* type, const char* owner, const Rma& rma) const;

    World& m_world;
    std::map<Id, Booked> m_booked;
    std::map<std::size_t, std::vector<std::size_t>> m_ordersOf;
    std::map<std::size_t, bool> m_requiresPo;
};

bool open(const Rma& rma)
{
    return rma.state == RmaState::Pending || rma.state == RmaState::Approved ||
           rma.state == RmaState::Received || rma.state == RmaState::Validated;
}

bool over(const Rma& rma)
{
    return rma.state == RmaState::Rejected || rma.state == RmaState::Canceled;
}

bool wantsMoney(const RmaUnit& unit)
{
    return unit.exchange.empty();
}

/// Looked for, and not there: no credit (law.md 3).
bool isAbsent(const RmaUnit& unit)
{
    return unit.validation && !unit.validation->returned;
}

std::string folded(const std::string& text)
{
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\t')
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return out;
}

void Judge::readJournal()
{
    for (const Posting& p : m_world.journal) {
        if (p.rma == 0)
            continue;
        Booked& b = m_booked[p.rma];
        const bool isOut = (p.to == Account::CashBack || p.to == Account::StoreCode) &&
                           p.at >= m_world.rmaById(p.rma)->createdAt;
        b.paidOut += isOut ? p.minor : 0;
        if (isOut || p.from == Account::SparkBalance)
            b.lastMoney = std::max(b.lastMoney, p.at);
        if (p.from == Account::SparkBalance)
            b.credited += p.minor;
        if (p.to == Account::SparkBalance)
            b.credited -= p.minor; // undone again
        if (p.from == Account::OrderDebt)
            b.processed += p.minor;
        if (p.from == Account::Buyer && p.to == Account::Stock) {
            b.moved[p.line] += p.units;
            if (p.toLocation == kQuarantine)
                b.quarantinedAt[p.line] = std::max(b.quarantinedAt[p.line], p.at);
            if (p.toLocation == kSellable)
                b.sellable[p.line] += p.units;
            else if (p.toLocation != kQuarantine && p.toLocation != kOutlet)
                b.strangeLocations.insert(p.toLocation);
        }
    }
    for (std::size_t i = 0; i < m_world.orders.size(); ++i)
        m_ordersOf[m_world.orders[i].customer].push_back(i);
}

TruthEntry Judge::entry(const char* type, const char* owner, const Rma& rma) const
{
    TruthEntry e;
    e.type = type;
    e.owner = owner;
    e.rma = std::to_string(rma.id);
    e.order = rma.orderName;
    e.scenario = rma.scenario;
    return e;
}

std::map<Id, LineShare> Judge::shares(const Rma& rma) const
{
    std::map<Id, LineShare> out;
    for (const RmaUnit& unit : rma.units) {
        LineShare& s = out[unit.lineId];
        ++s.all;
        if (unit.validation)
            ++s.validated;
        if (!wantsMoney(unit) || isAbsent(unit))
            continue;
        ++s.pieces;
        s.fees += (m_world.policy.restockingFeeAgreed ? unit.restockingFee : 0) +
                  (m_world.policy.returnFeeAgreed ? unit.returnFee : 0) +
                  (m_world.policy.labelFeeAgreed ? unit.shipmentFee : 0);
    }
    return out;
}

/// Value of pieces of a line as invoiced: an edit after the return began does not count.
Minor invoiced(const Rma& rma, const Order& order, const OrderLine& line, std::int64_t pieces)
{
    Minor whole = World::grossOf(order, line, line.quantity);
    for (const Agreement& a : order.agreements)
        if (a.kind == AgreementKind::OrderEdit && a.happenedAt >= rma.createdAt)
            for (const Sale& s : a.sales)
                if (s.action == SaleAction::Update && s.lineId == line.id)
                    whole -= s.total;
    return line.quantity == 0 ? 0 : (2 * whole * pieces + line.quantity) / (2 * line.quantity);
}

Minor Judge::expected(const Rma& rma)
{
    Order& order = m_world.orders[rma.order];
    Minor sum = 0;
    for (const auto& [lineId, share] : shares(rma))
        if (const OrderLine* l = World::line(order, lineId))
            sum += invoiced(rma, order, *l, share.pieces) - share.fees;
    return sum;
}

bool Judge::accountOrder(const Order& order, Minor value) const
{
    if (order.method != PayMethod::Account && order.method != PayMethod::Invoice)
        return false;
    Minor captured = 0;
    for (const OrderTransaction& tx : order.transactions)
        if (tx.status == TxStatus::Success && !tx.manual &&
            (tx.kind == TxKind::Sale || tx.kind == TxKind::Capture))
            captured += tx.amount;
    return captured == 0 || captured < value;
}

/// Sum of money transactions of the RMA in one of these states; -1 when there is none.
Minor moneyAsked(const Rma& rma, const std::string& type, std::initializer_list<const char*> states)
{
    Minor sum = 0;
    bool any = false;
    for (const RgTransaction& tx : rma.transactions)
        for (const char* state : states)
            if (tx.status == state && (type.empty() || tx.type == type)) {
                sum += tx.amount;
                any = true;
            }
    return any ? sum : -1;
}

/// What ReturnGO pays on one line, and for how many pieces.
struct Paid {
    Minor amount = 0;
    std::int64_t pieces = 0;
    std::int64_t absent = 0; ///< of them
};

/// Transactions count for their pieces (failed ones where nothing else was tried), pieces without
/// one at the price that stands on them while `open`.
std::map<Id, Paid> paidByLine(const Rma& rma, bool open)
{
    std::map<Id, const RmaUnit*> units;
    for (const RmaUnit& unit : rma.units)
        units[unit.id] = &unit;
    std::map<Id, Paid> out;
    std::set<Id> taken;
    for (const bool live : {true, false}) {
        const std::set<Id> before = taken;
        for (const RgTransaction& tx : rma.transactions) {
            const bool counts =
                live ? tx.status == "Requested" || tx.status == "Success" : tx.status == "Failed";
            if (!counts || tx.unitIds.empty() || before.contains(tx.unitIds.front()))
                continue;
            Paid& line = out[units.at(tx.unitIds.front())->lineId];
            line.amount += tx.amount;
            for (const Id id : tx.unitIds) {
                const bool isNew = taken.insert(id).second;
                line.pieces += isNew ? 1 : 0;
                line.absent += isNew && isAbsent(*units.at(id)) ? 1 : 0;
            }
        }
    }
    for (const RmaUnit& unit : rma.units) {
        if (!open || taken.contains(unit.id) || !wantsMoney(unit))
            continue;
        Paid& line = out[unit.lineId];
        line.amount += unit.paidPrice + (unit.taxIncluded ? 0 : unit.paidTax) - unit.restockingFee -
                       unit.returnFee - unit.shipmentFee;
        ++line.pieces;
        line.absent += isAbsent(unit) ? 1 : 0;
    }
    return out;
}

void Judge::value(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    // Settled by account credit: ReturnGO pays nothing beside its transactions.
    const bool settled = rma.state == RmaState::Done || m_booked[rma.id].credited > 0;
    const auto byLine = shares(rma);
    Order& mutableOrder = m_world.orders[rma.order];
    // By what is wrong: the tax comes before the value (law.md 6).
    const std::array<const char*, 2> types{"credit-value-mismatch", "tax-or-currency-mismatch"};
    std::array<std::array<Minor, 2>, 2> sums{};
    for (const auto& [lineId, paid] : paidByLine(rma, !settled)) {
        const OrderLine* l = World::line(mutableOrder, lineId);
        if (!l || paid.pieces == 0)
            continue;
        const Minor due =
            invoiced(rma, order, *l, paid.pieces - paid.absent) - byLine.at(lineId).fees;
        const Minor apart = paid.amount - due;
        const Minor allowed = (paid.pieces + 1) / 2;
        const bool isAbove = apart > 0 && aboveLine(rma, order, *l) >= apart; // told by that
        if ((apart <= allowed && -apart <= allowed) || isAbove)
            continue;
        const bool isTax =
            paid.absent == 0 && isTaxMistake(rma, order, *l, paid.pieces, paid.amount);
        sums.at(isTax ? 1 : 0).at(apart > 0 ? 0 : 1) += apart > 0 ? apart : -apart;
    }
    for (const std::size_t type : {0U, 1U}) {
        for (const std::size_t side : {0U, 1U}) {
            if (sums.at(type).at(side) == 0)
                continue;
            TruthEntry e = entry(types.at(type), "finance", rma);
            e.amount = sums.at(type).at(side);
            e.currency = order.currency;
            e.riskKind = side == 0 ? "over" : "under";
            out.push_back(std::move(e));
        }
    }
}

bool Judge::creditMissing(const Rma& rma, Minor& amount)
{
    if (rma.draftId != 0 || over(rma) || rma.approvedAt == 0)
        return false;
    const Order& order = m_world.orders[rma.order];
    amount = expected(rma);
    if (amount <= 0 || !accountOrder(order, amount))
        return false;
    const bool keep = rma.units.front().returnMethod == "No shipment required";
    Instant due = keep ? rma.approvedAt : rma.receivedAt;
    if (due == 0)
        return false;
    if (!keep && m_world.policy.inspectionRequired)
        for (const RmaUnit& unit : rma.units) {
            if (wantsMoney(unit) && !unit.validation)
                return false;
            if (unit.validation)
                due = std::max(due, unit.validation->at);
        }
    if (m_world.now() - due <= kCreditGrace)
        return false;
    const Booked& b = m_booked[rma.id];
    const bool balanceCounts =
        order.method == PayMethod::Account || m_world.facts.invoiceRaisesBalance;
    return balanceCounts ? b.credited < amount : b.processed < amount;
}

void Judge::method(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    const Minor want = expected(rma);
    if (!accountOrder(order, want))
        return;
    for (const bool code : {false, true}) {
        const std::string type = code ? "RefundToStoreCredit" : "RefundToPaymentMethod";
        const Minor live = moneyAsked(rma, type, {"Requested", "Success"});
        const Minor failed = moneyAsked(rma, type, {"Failed"});
        bool set = false;
        Minor forecast = 0;
        for (const RmaUnit& unit : rma.units)
            if (unit.resolutionType == type) {
                set = true;
                forecast += unit.paidPrice + (unit.taxIncluded ? 0 : unit.paidTax) -
                            unit.restockingFee - unit.returnFee - unit.shipmentFee;
            }
        const bool settled = m_booked[rma.id].credited >= want || rma.state == RmaState::Done;
        if (live < 0 && (settled || (failed < 0 && !set)))
            continue;
        TruthEntry e = entry(code ? "account-order-store-credit" : "account-order-gateway-refund",
                             "finance", rma);
        e.amount = live >= 0 ? live : failed >= 0 ? failed : forecast;
        e.currency = order.currency;
        e.riskKind = "over";
        e.variant = live < 0                                  ? (failed >= 0 ? "failed" : "set")
                    : moneyAsked(rma, type, {"Success"}) >= 0 ? "succeeded"
                                                              : "requested";
        out.push_back(std::move(e));
        return; // hides credit-not-posted
    }
    Minor missing = 0;
    if (!creditMissing(rma, missing))
        return;
    TruthEntry e = entry("credit-not-posted", "finance", rma);
    e.amount = missing;
    e.currency = order.currency;
    const auto figures = m_world.account(order.customer);
    const bool blocked = figures && figures->balance > figures->limit &&
                         figures->balance - missing <= figures->limit;
    e.riskKind = blocked ? "blocked" : "under";
    e.variant = blocked ? "buyer blocked" : "";
    out.push_back(std::move(e));
}

void Judge::restock(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    if (!m_world.policy.inspectionRequired)
        return;
    Minor amount = 0;
    const auto byLine = shares(rma);
    Order& mutableOrder = m_world.orders[rma.order];
    for (const auto& [lineId, units] : m_booked[rma.id].sellable) {
        const auto share = byLine.find(lineId);
        const std::int64_t passed = share == byLine.end() ? 0 : share->second.validated;
        const OrderLine* l = World::line(mutableOrder, lineId);
        if (units > passed && l)
            amount += invoiced(rma, order, *l, units - passed);
    }
    if (amount == 0)
        return;
    TruthEntry e = entry("restocked-before-inspection", "warehouse", rma);
    e.amount = amount;
    e.currency = order.currency;
    e.riskKind = "stock";
    out.push_back(std::move(e));
}

/// All places where an order's PO may stand, folded for comparison.
std::set<std::string> posOf(World& world, const Order& order)
{
    std::set<std::string> out;
    if (!order.poNumber.empty())
        out.insert(folded(order.poNumber));
    for (const Attribute& a : order.attributes)
        if (folded(a.key) == "ponumber" && !a.value.empty())
            out.insert(folded(a.value));
    if (const Purchase* p = world.purchaseOfOrder(order.id); p && !p->customerReference.empty())
        out.insert(folded(p->customerReference));
    if (!order.note.empty() && order.note.find(' ') == std::string::npos)
        out.insert(folded(order.note));
    return out;
}

bool Judge::buyerRequiresPo(std::size_t customer)
{
    if (m_world.policy.poRequired)
        return true;
    if (const auto known = m_requiresPo.find(customer); known != m_requiresPo.end())
        return known->second;
    std::vector<std::size_t> all = m_ordersOf[customer];
    std::sort(all.begin(), all.end(), [this](std::size_t a, std::size_t b) {
        return m_world.orders[a].createdAt > m_world.orders[b].createdAt;
    });
    if (all.size() > 10)
        all.resize(10);
    std::size_t carrying = 0;
    for (const std::size_t i : all)
        carrying += posOf(m_world, m_world.orders[i]).empty() ? 0U : 1U;
    return m_requiresPo[customer] = !all.empty() && carrying * 10 >= all.size() * 8;
}

void Judge::purchaseOrder(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    if (!accountOrder(order, expected(rma)))
        return;
    const auto pos = posOf(m_world, order);
    if (pos.size() == 1 || !buyerRequiresPo(order.customer))
        return;
    out.push_back(entry(pos.empty() ? "po-missing" : "po-conflict", "cx", rma));
}

void Judge::handRefund(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    if (!open(rma))
        return;
    const auto asked = shares(rma);
    Minor total = 0;
    Instant newest = 0;
    std::map<Id, std::int64_t> refunded;
    for (const Refund& refund : order.refunds) {
        if (refund.by != Actor::Person || refund.total <= 0 || refund.createdAt < rma.createdAt)
            continue;
        bool touches = false;
        for (const RefundLine& l : refund.lines)
            touches = touches || asked.contains(l.lineId);
        if (!touches)
            continue;
        total += refund.total;
        newest = std::max(newest, refund.createdAt);
        for (const RefundLine& l : refund.lines)
            refunded[l.lineId] += l.quantity;
    }
    if (total == 0 || m_world.now() - newest < kTwoSweeps)
        return;
    std::int64_t wanted = 0;
    for (const auto& [lineId, share] : asked) {
        wanted += share.pieces;
        if (refunded[lineId] < share.pieces)
            return;
    }
    if (wanted == 0)
        return;
    TruthEntry e = entry("manual-refund-open-return", "cx", rma);
    e.amount = total; // the money that left by hand
    e.currency = order.currency;
    e.riskKind = "over";
    out.push_back(std::move(e));
}

void Judge::edited(const Rma& rma, const Order& order, std::vector<TruthEntry>& out)
{
    if (!open(rma))
        return;
    Order& mutableOrder = m_world.orders[rma.order];
    Minor amount = 0;
    bool broken = false;
    for (const auto& [lineId, share] : shares(rma)) {
        const OrderLine* l = World::line(mutableOrder, lineId);
        std::int64_t removed = 0;
        bool touched = false;
        bool repriced = false;
        for (const Agreement& a : order.agreements) {
            if (a.kind != AgreementKind::OrderEdit)
                continue;
            for (const Sale& s : a.sales) {
                if (s.lineId != lineId)
                    continue;
                removed += s.action == SaleAction::Return ? -s.quantity : 0;
                const bool late = a.happenedAt >= rma.createdAt;
                touched = touched || late;
                repriced = repriced || (late && s.action == SaleAction::Update && s.total != 0);
            }
        }
        if (!l || !touched ||
            (!repriced && l->quantity - removed >= share.all + elsewhere(rma, lineId)))
            continue;
        broken = true;
        amount += invoiced(rma, order, *l, share.all); // of the pieces the edit touched
    }
    if (!broken)
        return;
    TruthEntry e = entry("order-edited-during-return", "cx", rma);
    e.amount = amount;
    e.currency = order.currency;
    e.riskKind = "over";
    out.push_back(std::move(e));
}

std::int64_t Judge::elsewhere(const Rma& rma, Id lineId) const
{
    std::int64_t pieces = 0;
    for (const Rma& other : m_world.rmas) {
        if (other.id == rma.id || other.draftId != 0 || other.order != rma.order || over(other))
            continue;
        for (const RmaUnit& unit : other.units)
            pieces += unit.lineId == lineId ? 1 : 0;
    }
    return pieces;
}

/// Value of the pieces asked for: as invoiced, or by the draft that is no invoice yet.
void Judge::blocked(const Rma& rma, std::vector<TruthEntry>& out)
{
    const bool draft = rma.draftId != 0;
    if (rma.state != RmaState::Pending || !rma.refused || !m_world.facts.returngoRequiresPaid)
        return;
    if (!draft && World::totals(m_world.orders[rma.order]).received != 0)
        return;
    TruthEntry e = entry("return-blocked-unpaid", "cx", rma);
    e.variant = draft ? "draft" : "payment pending";
    e.riskKind = "under";
    if (draft) {
        const DraftOrder& d = *m_world.draftById(rma.draftId);
        e.currency = d.currency;
        for (const RmaUnit& unit : rma.units)
            for (const DraftLine& line : d.lines)
                e.amount += line.id == unit.lineId && wantsMoney(unit) ? line.gross : 0;
    } else {
        e.currency = m_world.orders[rma.order].currency;
        e.amount = expected(rma);
    }
    out.push_back(std::move(e));
}

void Judge::judge(const Rma& rma, std::vector<TruthEntry>& out)
{
    addUnknownTruth(m_world, rma, m_booked[rma.id].strangeLocations, out);
    const bool draft = rma.draftId != 0;
    blocked(rma, out);
    if (draft || over(rma))
        return states(rma, out);
    const Order& order = m_world.orders[rma.order];
    value(rma, order, out);
    method(rma, order, out);
    restock(rma, order, out);
    purchaseOrder(rma, order, out);
    handRefund(rma, order, out);
    edited(rma, order, out);
    const Minor want = expected(rma);
    addMoneyTruth(m_world, rma, {want, m_booked[rma.id].credited, accountOrder(order, want)}, out);
    states(rma, out);
}

void Judge::states(const Rma& rma, std::vector<TruthEntry>& out)
{
    Booked& books = m_booked[rma.id];
    books.expected = rma.draftId ? 0 : expected(rma);
    books.isAccount = !rma.draftId && accountOrder(m_world.orders[rma.order], books.expected);
    addStateTruth(m_world, rma, books, out);
}

std::vector<TruthEntry> Judge::run()
{
    std::vector<TruthEntry> out;
    for (const Rma& rma : m_world.rmas)
        judge(rma, out);
    std::sort(out.begin(), out.end(), [](const TruthEntry& a, const TruthEntry& b) {
        return std::pair(a.rma, a.type) < std::pair(b.rma, b.type);
    });
    return out;
}

} // namespace

std::vector<TruthEntry> truthOf(World& world)
{
    return Judge(world).run();
}

Minor expectedCredit(World& world, const Rma& rma)
{
    return Judge(world).expected(rma);
}

Id settledBy(World& world, std::size_t customer, Minor drop)
{
    Judge judge(world);
    Id partly = 0;
    for (const Rma& rma : world.rmas) {
        if (rma.draftId != 0 || over(rma) || world.orders[rma.order].customer != customer)
            continue;
        const Minor missing = judge.expected(rma) - judge.booked(rma.id).credited;
        if (missing == drop && rma.receivedAt != 0)
            return rma.id;
        if (missing > drop && rma.receivedAt != 0 && partly == 0)
            partly = rma.id;
    }
    return partly;
}

} // namespace counterfoil::sandbox
