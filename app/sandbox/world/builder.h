#pragma once

#include "app/sandbox/world/world.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox {

/// What a buyer orders.
struct OrderSpec {
    std::size_t customer = 0;
    PayMethod method = PayMethod::Account;
    Instant at = 0;
    bool taxesIncluded = false;
    std::vector<std::pair<std::size_t, std::int64_t>> lines; ///< product, pieces
    std::int64_t discountBps = 0; ///< order discount, spread over the lines
    std::string poShopify;
    std::string poSpark;
};

/// Which pieces come back: index of the order's line and how many.
using ReturnSpec = std::vector<std::pair<std::size_t, std::int64_t>>;

constexpr const char* kToCard = "RefundToPaymentMethod";
constexpr const char* kToCode = "RefundToStoreCredit";
constexpr const char* kToBank =
    "RefundToBankAccount"; ///< paid outside: how a shop books account credits
constexpr const char* kExchange = "InstantVariantExchange";

/// The things that happen in a wholesale return, each with its effect on all three platforms and
/// the journal. Times are given; the world's clock stands at that time while the step runs.
class Builder {
public:
    explicit Builder(World& world) : m_world(world) {}
    [[nodiscard]] World& world() { return m_world; }

    // ---- shop set-up
    void openShop();
    void tradeInBackground(std::size_t ordersPerCustomer);
    void settleStockAndLimits();
    /// Customers whose limit must sit just below the balance: (customer, missing credit).
    std::vector<std::pair<std::size_t, Minor>> blocked;

    // ---- orders
    std::size_t order(const OrderSpec& spec);
    /// A usual order of this buyer: PO where the buyer's house gives one, few lines.
    OrderSpec usualOrder(std::size_t customer, PayMethod method, Instant at, std::size_t lines = 2);
    Id draft(std::size_t customer, Instant at);
    void payByCard(std::size_t order, Instant at);
    void payByBank(std::size_t order, Instant at);
    /// Removes pieces of a line; `by` a person in the admin.
    void editRemove(std::size_t order, std::size_t line, std::int64_t pieces, Instant at);
    /// Gives the line another discount (per line, order terms).
    void editDiscount(std::size_t order, std::size_t line, Minor moreDiscount, Instant at);
    [[nodiscard]] Minor netPrice(std::size_t product, const Customer& customer, std::int64_t pieces,
                                 Instant at) const;
    /// A price per piece, net GBP, in the order's own terms: currency, tax in or out.
    [[nodiscard]] static Minor inTerms(const Order& order, const OrderLine& line, Minor netGbp);

    // ---- returns
    std::size_t request(std::size_t order, const ReturnSpec& pieces, const char* resolution,
                        Instant at);
    std::size_t requestForDraft(Id draftId, Instant at);
    void refuse(std::size_t rma, Instant at, const char* reason);
    void approve(std::size_t rma, Instant at);
    void receive(std::size_t rma, Instant at);
    /// Puts received pieces away by disposition; `pieces` -1: all that are left.
    void putAway(std::size_t rma, Instant at, Id location, std::int64_t pieces = -1);
    /// Validates the first `pieces` not yet validated; -1: all.
    void inspect(std::size_t rma, Instant at, std::int64_t pieces = -1);
    void process(std::size_t rma, Instant at);
    void creditAccount(std::size_t rma, Instant at, Minor amount);
    /// ReturnGO asks Shopify for money: one transaction a piece, or a line where there are many.
    void askRefund(std::size_t rma, Instant at, Minor amount, const char* type = kToCard);
    /// Shopify carries out what was asked: a refund on the order, or a store credit code.
    void refundSucceeds(std::size_t rma, Instant at, Id restockAt = 0);
    void refundFails(std::size_t rma, Instant at);
    /// A person refunds in Shopify's admin; ReturnGO is told nothing.
    void refundByHand(std::size_t rma, Instant at, Minor amount);
    void release(std::size_t rma, Instant at, Id to);
    void finish(std::size_t rma, Instant at);
    void reject(std::size_t rma, Instant at);
    void cancel(std::size_t rma, Instant at);
    /// Approved, received, put into quarantine: the plain way up to `receivedAt`.
    void arrive(std::size_t rma, Instant receivedAt);

    /// Gross value as invoiced of all pieces that want money back.
    [[nodiscard]] Minor invoicedValue(std::size_t rma) const;
    [[nodiscard]] Rma& rma(std::size_t index) { return m_world.rmas[index]; }
    [[nodiscard]] Order& orderOf(std::size_t rma)
    {
        return m_world.orders[m_world.rmas[rma].order];
    }
    ShopReturn* shopReturn(std::size_t rma);
    /// Note on the RMA's time-line.
    void note(std::size_t rma, Instant at, const char* type, std::string by, std::string html);
    /// Buyers whose house gives a PO with every order.
    [[nodiscard]] static bool poHouse(std::size_t customer) { return customer % 3 == 0; }
    [[nodiscard]] std::string nextPo();
    /// The shop counts from here.
    [[nodiscard]] Instant start() const { return m_start; }
    void setStart(Instant at) { m_start = at; }

private:
    void priceLines(Order& order, const OrderSpec& spec);
    void makePurchase(const Order& order, const OrderSpec& spec);
    void addTransaction(Order& order, TxKind kind, TxStatus status, Minor amount, Instant at,
                        const char* gateway, bool manual);
    void openShopReturn(std::size_t rma, Instant at);

    World& m_world;
    Instant m_start = 0;
    std::int64_t m_orderNumber = 1000;
    std::int64_t m_draftNumber = 100;
    Id m_rmaNumber = 7000400;
    std::int64_t m_po = 55100;
    std::map<std::size_t, std::int64_t> m_ordersOf;
};

} // namespace counterfoil::sandbox
