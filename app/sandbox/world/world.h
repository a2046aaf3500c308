#pragma once

#include "app/sandbox/world/rma_types.h"
#include "app/sandbox/world/shop_types.h"
#include "app/sandbox/world/spark_types.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace counterfoil::sandbox {

/// How the shop's books move by themselves (the site facts of law.md 1 and 5).
struct Facts {
    bool paymentLowersBalance = true;
    bool refundLowersBalance = false;
    bool returnLowersBalance = false;
    bool cancelLowersBalance = false;
    bool editMovesBalance = false;
    bool invoiceRaisesBalance = false;
    bool returnProcessLowersOutstanding = true;
    bool returngoCreatesShopifyReturn = true;
    bool returngoRequiresPaid = true;
};

/// The merchant's own rules, as the console's config states them and the truth applies them.
struct SitePolicy {
    bool inspectionRequired = true;
    bool poRequired =
        false; ///< false: a buyer requires it when 80 % of the last 10 orders carry one
    bool restockingFeeAgreed = true;
    bool returnFeeAgreed = true;
    bool labelFeeAgreed = false;
    Instant goLive = 0;
};

/// Splitmix64; the same numbers everywhere for the same seed.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next();
    /// Uniform in [0, bound); bound > 0.
    std::int64_t below(std::int64_t bound);
    /// Uniform in [low, high].
    std::int64_t between(std::int64_t low, std::int64_t high);
    bool chance(int percent) { return below(100) < percent; }

private:
    std::uint64_t m_state;
};

/// Accounts of the double-entry journal behind the three platforms.
enum class Account {
    Sales,        ///< what was invoiced
    OrderDebt,    ///< owed on a Shopify order
    SparkBalance, ///< owed per SparkLayer's balance
    Cash,         ///< money received on an order
    CashBack,     ///< money sent back
    StoreCode,    ///< store credit codes handed out
    Buyer,        ///< pieces at the buyer
    Stock,        ///< pieces at a location
    Adjustment,   ///< the other side of what the platform does not explain
};

/// One movement: `minor` and `units` go from `from` to `to`.
struct Posting {
    Instant at = 0;
    Account from = Account::Sales;
    Account to = Account::OrderDebt;
    Minor minor = 0;
    std::string currency;
    std::int64_t units = 0;
    std::size_t product = 0;
    Id fromLocation = 0;
    Id toLocation = 0;
    std::size_t customer = 0;
    Id order = 0;
    Id rma = 0;
    Id line = 0;
    const char* what = "";
};

/// How a metafield write guards itself (shopify.md 1.7).
enum class Guard { None, MustNotExist, Digest };

struct MetafieldWrite {
    std::string owner; ///< gid of a Customer or an Order
    std::string ns;
    std::string key;
    std::string type; ///< empty: keep, else must equal what is stored
    std::string value;
    Guard guard = Guard::None;
    std::string digest;
};

struct StockChange {
    Id inventoryItemId = 0;
    Id locationId = 0;
    std::int64_t delta = 0;
    std::optional<std::int64_t> changeFrom; ///< nullopt: explicit null, not checked
};

struct DisposeInput {
    Id rfoLineId = 0;
    std::int64_t quantity = 0;
    DispositionType type = DispositionType::Restocked;
    Id locationId = 0;
};

struct ProcessLine {
    Id returnLineId = 0;
    std::int64_t quantity = 0;
    std::vector<DisposeInput> dispositions;
};

struct RefundLineInput {
    Id lineId = 0;
    std::int64_t quantity = 0;
    RestockType restockType = RestockType::NoRestock;
    Id locationId = 0;
};

/// Outcome of a write: `code` empty means done. Codes are Shopify's user error codes.
struct WriteResult {
    std::string code;
    std::string message;
    std::size_t element = 0; ///< index of the offending input
    Id id = 0;               ///< id of what was made, where something was
    [[nodiscard]] bool ok() const { return code.empty(); }
};

/// Figures of an order that follow from its lines, transactions and returns; order currency.
struct OrderTotals {
    Minor original = 0;          ///< gross as placed plus shipping
    Minor current = 0;           ///< gross of what remains after edits, refunds, processed returns
    Minor received = 0;          ///< successful SALE and CAPTURE
    Minor refunded = 0;          ///< successful REFUND
    Minor outstanding = 0;       ///< current - (received - refunded)
    std::string financialStatus; ///< PENDING, PAID, PARTIALLY_PAID, REFUNDED, PARTIALLY_REFUNDED
    std::string fulfillmentStatus; ///< FULFILLED, UNFULFILLED, PARTIALLY_FULFILLED
    std::string returnStatus;      ///< NO_RETURN, RETURN_REQUESTED, IN_PROGRESS, RETURNED, ...
};

/// Where the records of one Shopify return sit.
struct ReturnRef {
    std::size_t order = 0;
    std::size_t index = 0;
};

/// The one world behind the three platforms: deterministic from a seed, one thread.
///
/// Handlers read the vectors directly and change things only through the member functions, which
/// keep the journal, the time stamps and the other platforms' copies in step.
class World {
public:
    struct Options {
        std::uint64_t seed = 1;
        std::size_t returns = 300;
        Instant start = 0;  ///< world time at construction
        double speed = 1.0; ///< world seconds per real second
        bool scenarios = true;
        Facts facts;
    };

    /// An empty world; `populate` (generator.h) fills one from its seed.
    explicit World(const Options& options);

    // ---- records (Shopify)
    std::string shopName = "Larkfield Supply UK";
    std::string shopDomain = "larkfield-uk.myshopify.com";
    std::string currency = "GBP";
    std::string timezone = "Europe/London";
    std::vector<Location> locations;
    std::vector<Product> products;
    std::vector<InventoryLevel> levels;
    std::vector<Customer> customers;
    std::vector<Order> orders;
    std::vector<DraftOrder> drafts;
    // ---- records (ReturnGO, SparkLayer)
    std::vector<Rma> rmas;
    std::vector<Purchase> purchases; ///< sorted by nothing; one an order of a B2B checkout
    std::vector<PriceList> priceLists;
    // ---- journal and rules
    std::vector<Posting> journal;
    Facts facts;
    SitePolicy policy;

    // ---- clock
    /// World time: advances with real time x speed since construction, plus `advance`.
    [[nodiscard]] Instant now() const;
    /// World time at construction.
    [[nodiscard]] Instant startedAt() const { return m_options.start; }
    void advance(Instant by);
    /// Fixes the clock at `at` (tests, generator); `releaseClock` lets it run again from there.
    void holdClock(Instant at);
    void releaseClock();

    // ---- look-ups; nullptr when absent. Pointers stay valid until a record is added.
    Order* orderById(Id id);
    Order* orderByName(const std::string& name);
    Order* orderOfLine(Id lineId);
    Customer* customerById(Id id);
    DraftOrder* draftById(Id id);
    Rma* rmaById(Id id);
    Purchase* purchaseOfOrder(Id orderId);
    std::optional<ReturnRef> returnById(Id id);
    std::optional<ReturnRef> returnOfRfoLine(Id rfoLineId);
    InventoryLevel* level(Id inventoryItemId, Id locationId);
    std::optional<std::size_t> productByItem(Id inventoryItemId) const;
    std::optional<std::size_t> productBySku(const std::string& sku) const;
    static OrderLine* line(Order& order, Id lineId);
    /// Indexes into `orders`, oldest `updatedAt` first (ties by id).
    const std::vector<std::size_t>& ordersByUpdate();
    /// The metafields of a Customer or Order gid; nullptr when there is no such owner.
    std::vector<Metafield>* metafieldsOf(const std::string& owner);
    Metafield* metafield(const std::string& owner, const std::string& ns, const std::string& key);
    /// Opaque digest of a metafield's value.
    static std::string compareDigest(const Metafield& field);

    // ---- derived figures
    [[nodiscard]] static OrderTotals totals(const Order& order);
    /// `minor` of the order's currency in both currencies.
    [[nodiscard]] MoneyBag bag(const Order& order, Minor minor) const;
    /// Gross value of `units` pieces of the line as invoiced, exact share rounded half up.
    [[nodiscard]] static Minor grossOf(const Order& order, const OrderLine& line,
                                       std::int64_t units);

    // ---- Shopify writes
    /// All or nothing; STALE_OBJECT, INVALID_COMPARE_DIGEST, INVALID_TYPE, INVALID.
    WriteResult setMetafields(const std::vector<MetafieldWrite>& writes, Actor by = Actor::Console);
    /// All or nothing on the quantity `name`; CHANGE_FROM_QUANTITY_STALE, INVALID_INVENTORY_ITEM,
    /// INVALID_LOCATION, ITEM_NOT_STOCKED_AT_LOCATION, INVALID_QUANTITY_NAME.
    WriteResult adjustInventory(const std::string& name, const std::vector<StockChange>& changes,
                                Actor by = Actor::Console);
    /// One item within one location, between two quantity names.
    WriteResult moveInventory(Id inventoryItemId, Id locationId, const std::string& fromName,
                              const std::string& toName, std::int64_t quantity,
                              std::optional<std::int64_t> changeFrom);
    WriteResult activate(Id inventoryItemId, Id locationId);
    WriteResult dispose(const std::vector<DisposeInput>& inputs, Actor by = Actor::Console);
    /// returnProcess without money.
    WriteResult processReturn(Id returnId, const std::vector<ProcessLine>& lines,
                              Actor by = Actor::Console);
    WriteResult closeReturn(Id returnId);
    WriteResult reopenReturn(Id returnId);
    /// refundCreate without transactions.
    WriteResult refundWithoutMoney(Id orderId, const std::string& note,
                                   const std::vector<RefundLineInput>& lines,
                                   Actor by = Actor::Console);
    WriteResult setPo(Id orderId, const std::string& po);
    WriteResult addTags(Id orderId, const std::vector<std::string>& tags);

    // ---- things that happen (generator, scenarios, story, control port)
    Id newId();
    void touch(Order& order);
    void post(Posting posting) { journal.push_back(std::move(posting)); }
    /// Called after any change that a client could see, with a short name ("order", "rma", ...).
    std::function<void(const char* what)> onChange;
    /// Names the RMA that a balance drop of that size settles (0: none); set by the truth.
    std::function<Id(std::size_t customer, Minor drop)> creditTarget;

    // ---- the account balance in `sparklayer.payment_on_account`
    /// Figures of a customer's account; nullopt when it has none.
    struct AccountFigures {
        Minor limit = 0;
        Minor balance = 0;
    };
    [[nodiscard]] std::optional<AccountFigures> account(std::size_t customer) const;
    /// Writes a new balance into the metafield's text and changes nothing else of it.
    void setBalance(std::size_t customer, Minor balance);
    /// Moves the balance by `delta` and journals it against the order and return.
    void moveBalance(std::size_t customer, Minor delta, Id order, Id rma, const char* what);
    /// Puts `quantity` pieces of a line that came back at a location: level and journal.
    void putAway(const Order& order, const OrderLine& line, std::int64_t quantity, Id locationId,
                 Id rma, const char* what);
    /// The RMA that stands for a Shopify return, 0 when none does.
    [[nodiscard]] Id rmaOfReturn(Id returnId) const;

    // ---- indexes; the adders keep them
    std::size_t addOrder(Order order);
    std::size_t addRma(Rma rma);
    std::size_t addPurchase(Purchase purchase);
    /// SparkLayer forgets the purchase of an order.
    void dropPurchase(Id orderId);
    void indexReturn(std::size_t orderIndex, std::size_t returnIndex);
    void linkReturn(Id returnId, Id rmaId) { m_rmaOfReturn[returnId] = rmaId; }

    Rng rng{1};

private:
    void changed(const char* what);
    void explainDrop(std::size_t customer, Minor drop);

    Options m_options;
    Instant m_realStart = 0;
    Instant m_offset = 0;
    std::optional<Instant> m_held;
    Id m_nextId = 5820000000000;
    bool m_sorted = false;
    std::vector<std::size_t> m_byUpdate;
    std::unordered_map<Id, std::size_t> m_orderIndex;
    std::unordered_map<std::string, std::size_t> m_orderNames;
    std::unordered_map<Id, std::size_t> m_lineOrder;
    std::unordered_map<Id, std::size_t> m_customerIndex;
    std::unordered_map<Id, std::size_t> m_rmaIndex;
    std::unordered_map<Id, std::size_t> m_purchaseIndex;
    std::unordered_map<Id, ReturnRef> m_returnIndex;
    std::unordered_map<Id, ReturnRef> m_rfoLineIndex;
    std::unordered_map<Id, Id> m_rmaOfReturn;
    std::map<std::pair<Id, Id>, std::size_t> m_levelIndex;
    std::unordered_map<Id, std::size_t> m_itemIndex;
    std::unordered_map<std::string, std::size_t> m_skuIndex;
};

} // namespace counterfoil::sandbox
