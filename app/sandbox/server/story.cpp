#include "app/sandbox/server/story.h"

#include "app/sandbox/world/scenarios/scenario.h"
#include "app/sandbox/world/truth.h"

#include <algorithm>
#include <cstdlib>

namespace counterfoil::sandbox {
namespace {

bool accountOpen(const World& world, const Rma& rma)
{
    return rma.draftId == 0 && world.orders[rma.order].method == PayMethod::Account;
}

std::string about(const Rma& rma, const char* what)
{
    return "RMA " + std::to_string(rma.id) + " " + what;
}

} // namespace

const std::vector<std::string>& Story::steps()
{
    static const std::vector<std::string> kSteps{
        "new-wrong-return", "rma-received",    "refund-requested",    "po-set",
        "stock-restocked",  "fixed-elsewhere", "new-return",          "inspected",
        "order-placed",     "payment-arrives", "balance-overwritten", "return-processed"};
    return kSteps;
}

std::string Story::next()
{
    // Experiments that undo a person's work are for `play` alone.
    constexpr std::size_t kRunning = 9;
    for (std::size_t tries = 0; tries < kRunning; ++tries) {
        const std::string done = play(steps()[m_turn++ % kRunning]);
        if (!done.empty())
            return done;
    }
    return {};
}

std::string Story::play(const std::string& step, const std::string& about)
{
    std::string done;
    if (step == "new-wrong-return")
        done = newWrongReturn();
    else if (step == "new-return")
        done = newReturn();
    else if (step == "rma-received")
        done = received(about);
    else if (step == "refund-requested")
        done = refundRequested(about);
    else if (step == "fixed-elsewhere")
        done = fixedElsewhere(about);
    else if (step == "po-set")
        done = poSet(about);
    else if (step == "stock-restocked")
        done = restocked(about);
    else if (step == "inspected")
        done = inspected(about);
    else if (step == "order-placed")
        done = orderPlaced(about);
    else if (step == "payment-arrives")
        done = paymentArrives(about);
    else if (step == "balance-overwritten")
        done = overwriteBalance(about);
    else if (step == "return-processed")
        done = returnProcessed(about);
    m_world.releaseClock();
    return done;
}

template <class Fits> Rma* Story::find(const std::string& about, Fits fits)
{
    if (!about.empty()) {
        Rma* named = m_world.rmaById(std::strtoll(about.c_str(), nullptr, 10));
        return named && fits(*named) ? named : nullptr;
    }
    const std::size_t count = m_world.rmas.size();
    if (count == 0)
        return nullptr;
    const auto start =
        static_cast<std::size_t>(m_world.rng.below(static_cast<std::int64_t>(count)));
    for (std::size_t i = 0; i < count; ++i) {
        Rma& rma = m_world.rmas[(start + i) % count];
        if (fits(rma))
            return &rma;
    }
    return nullptr;
}

std::size_t Story::indexOf(const Rma& rma) const
{
    return static_cast<std::size_t>(&rma - m_world.rmas.data());
}

std::optional<std::size_t> Story::quietOrder()
{
    // An account order of everyday trade that nobody touched: known to every client already.
    const std::size_t count = m_world.orders.size();
    if (count == 0)
        return std::nullopt;
    const auto start =
        static_cast<std::size_t>(m_world.rng.below(static_cast<std::int64_t>(count)));
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = (start + i) % count;
        const Order& o = m_world.orders[index];
        const bool named = std::any_of(m_world.rmas.begin(), m_world.rmas.end(), [&](const Rma& r) {
            return r.draftId == 0 && r.order == index;
        });
        if (!named && o.method == PayMethod::Account && o.returns.empty() && !o.edited &&
            World::totals(o).received == 0 && o.createdAt < m_world.now() - 2 * kDay &&
            !reservedBuyer(o.customer) && o.lines.front().quantity >= 3)
            return index;
    }
    return std::nullopt;
}

std::string Story::newWrongReturn()
{
    // A buyer on account sends pieces back; the policy sends the money to a card.
    const auto order = quietOrder();
    if (!order)
        return {};
    const Instant at = m_world.now();
    const std::size_t rma = m_builder.request(*order, {{0, 3}}, kToCard, at - kMinute);
    m_builder.approve(rma, at);
    m_builder.rma(rma).scenario = "story";
    return about(m_builder.rma(rma), "asks for a card refund on an account order");
}

std::string Story::newReturn()
{
    const auto order = quietOrder();
    if (!order)
        return {};
    const std::size_t rma = m_builder.request(*order, {{0, 2}}, kToBank, m_world.now());
    return about(m_builder.rma(rma), "was requested");
}

std::string Story::received(const std::string& about_)
{
    Rma* rma = find(about_, [this](const Rma& r) {
        return r.state == RmaState::Approved && r.rawState.empty() && !r.shipments.empty() &&
               accountOpen(m_world, r);
    });
    if (!rma)
        return {};
    m_returns.receiveShipment(indexOf(*rma));
    return about(*rma, "was received");
}

std::string Story::refundRequested(const std::string& about_)
{
    Rma* rma = find(about_, [this](const Rma& r) {
        return accountOpen(m_world, r) && r.units.front().resolutionType == kToCard &&
               r.transactions.empty() &&
               (r.state == RmaState::Approved || r.state == RmaState::Received);
    });
    if (!rma)
        return {};
    const std::size_t index = indexOf(*rma);
    m_builder.askRefund(index, m_world.now(), m_builder.invoicedValue(index));
    return about(*rma, "asked Shopify for a refund");
}

std::string Story::fixedElsewhere(const std::string& about_)
{
    for (const TruthEntry& e : truthOf(m_world)) {
        if (e.type != "credit-not-posted" || (!about_.empty() && e.rma != about_))
            continue;
        Rma* rma = m_world.rmaById(std::strtoll(e.rma.c_str(), nullptr, 10));
        m_builder.creditAccount(indexOf(*rma), m_world.now(), e.amount);
        return about(*rma, "was credited by the accounts desk");
    }
    return {};
}

std::string Story::poSet(const std::string& about_)
{
    for (const TruthEntry& e : truthOf(m_world)) {
        if (e.type != "po-missing" || (!about_.empty() && e.rma != about_))
            continue;
        Order& order = *m_world.orderByName(e.order);
        m_world.setPo(order.id, m_builder.nextPo());
        return "order " + e.order + " got its PO";
    }
    return {};
}

std::string Story::restocked(const std::string& about_)
{
    Rma* rma = find(about_, [this](const Rma& r) {
        if (r.state != RmaState::Received || !accountOpen(m_world, r) || r.shopReturnId == 0)
            return false;
        const auto ref = m_world.returnById(r.shopReturnId);
        for (const ShopReturnLine& l : m_world.orders[ref->order].returns[ref->index].lines)
            if (!l.dispositions.empty())
                return false;
        return true;
    });
    if (!rma)
        return {};
    m_builder.putAway(indexOf(*rma), m_world.now(), kSellable);
    return about(*rma, "was put into sellable stock without inspection");
}

std::string Story::inspected(const std::string& about_)
{
    Rma* rma = find(about_, [this](const Rma& r) {
        return r.state == RmaState::Received && accountOpen(m_world, r);
    });
    if (!rma)
        return {};
    m_builder.inspect(indexOf(*rma), m_world.now());
    return about(*rma, "was inspected");
}

std::string Story::orderPlaced(const std::string& about_)
{
    // `about`: the RMA whose buyer orders; raises that buyer's balance under a client's feet.
    std::size_t customer = 0;
    if (const Rma* rma = m_world.rmaById(std::strtoll(about_.c_str(), nullptr, 10))) {
        customer = m_world.orders[rma->order].customer;
    } else {
        Stage stage(m_builder, 99);
        customer = stage.accountBuyer();
    }
    const std::size_t order =
        m_builder.order(m_builder.usualOrder(customer, PayMethod::Account, m_world.now(), 1));
    return "order " + m_world.orders[order].name + " was placed by " +
           m_world.customers[customer].company;
}

std::string Story::paymentArrives(const std::string& about_)
{
    for (std::size_t i = m_world.orders.size(); i-- > 0;) {
        const Order& o = m_world.orders[i];
        const bool fits = about_.empty() ? o.returns.empty() : o.name == about_;
        if (!fits || o.method != PayMethod::Account || World::totals(o).received > 0)
            continue;
        m_builder.payByBank(i, m_world.now());
        return "order " + o.name + " was paid by bank";
    }
    return {};
}

std::string Story::overwriteBalance(const std::string& about_)
{
    // SparkLayer writes back the figure it knew before: without compare-and-swap, over whatever was
    // written since. `about`: the RMA whose credit goes lost.
    const Id rmaId = std::strtoll(about_.c_str(), nullptr, 10);
    Minor credited = 0;
    std::size_t customer = 0;
    for (const Posting& p : m_world.journal)
        if (p.rma == rmaId && rmaId != 0 && p.from == Account::SparkBalance) {
            credited += p.minor;
            customer = p.customer;
        } else if (p.rma == rmaId && rmaId != 0 && p.to == Account::SparkBalance) {
            credited -= p.minor;
        }
    if (credited <= 0)
        return {};
    m_world.moveBalance(customer, credited, 0, rmaId, "SparkLayer wrote its own figure");
    return "SparkLayer wrote its own balance over the credit of RMA " + about_;
}

std::string Story::returnProcessed(const std::string& about_)
{
    Rma* rma = find(about_, [this](const Rma& r) {
        return accountOpen(m_world, r) && r.state == RmaState::Validated && r.shopReturnId != 0;
    });
    if (!rma)
        return {};
    m_builder.process(indexOf(*rma), m_world.now());
    return about(*rma, "was processed on Shopify");
}

} // namespace counterfoil::sandbox
