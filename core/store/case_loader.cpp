#include "core/store/case_loader.h"

#include "core/base/text.h"
#include "core/decode/returngo.h"
#include "core/decode/shopify.h"
#include "core/decode/sparklayer.h"
#include "core/store/bulk/packing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace counterfoil::store {

using domain::CaseKind;
using domain::DocumentKind;
using domain::Rma;

namespace {

constexpr std::string_view kColumns =
    "select id, kind, external_id, version, observed_at, order_id, customer_id, rma_id, "
    "order_name, status, has_po from document where site = ? and ";
/// Versions of an account that a case is shown: more than any proof looks back over.
constexpr std::int64_t kAccountVersionsMax = 200;

const DocumentRow* ofKind(const std::vector<DocumentRow>& rows, DocumentKind kind)
{
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const DocumentRow& row) { return row.ref.kind == kind; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

CaseLoader::CaseLoader(const Store::Impl& store, const std::string& site, Instant now)
    : m_store(store), m_context(store.site(site)), m_site(site), m_now(now)
{
}

Result<std::vector<DocumentRow>> CaseLoader::documents(std::string_view where, Params params) const
{
    params.insert(params.begin(), Value(m_site));
    std::vector<DocumentRow> rows;
    CF_LET(found, m_store.facts->rows(std::string(kColumns).append(where), std::move(params)));
    for (const Row& row : found) {
        const auto kind = documentKindFromWord(row.text(1));
        if (!kind)
            continue;
        DocumentRow document;
        document.id = row.integer(0);
        document.ref = {platformOf(*kind), *kind, row.text(2), row.integer(3), row.instant(4)};
        document.order = row.text(5);
        document.customer = row.text(6);
        document.rma = row.text(7);
        document.name = row.text(8);
        document.status = row.text(9);
        document.hasPo = row.flag(10);
        rows.push_back(std::move(document));
    }
    // One order whatever came first, so that two stores with the same facts judge alike.
    std::sort(rows.begin(), rows.end(), [](const DocumentRow& a, const DocumentRow& b) {
        return std::pair(a.ref.kind, std::string_view(a.ref.externalId)) <
               std::pair(b.ref.kind, std::string_view(b.ref.externalId));
    });
    return rows;
}

Result<std::string> CaseLoader::body(std::int64_t document, std::int64_t version) const
{
    CF_LET(row, m_store.facts->row("select body from document_version where id = ?",
                                   {bulk::versionRowId(document, version)}));
    if (!row)
        return fail(ErrorCode::Store, "A stored document's version is missing.");
    return bulk::unpack(row->text(0));
}

Result<std::string> CaseLoader::body(const DocumentRow& row) const
{
    return body(row.id, row.ref.version);
}

std::string CaseLoader::cacheKey(const DocumentRow& row) const
{
    return fmt::format("{}.{}", row.id, row.ref.version);
}

void CaseLoader::addProblem(Facts& facts, const domain::DocumentRef& ref,
                            const std::string& problem) const
{
    facts.unknowns.push_back({ref, "document", problem});
}

Result<void> CaseLoader::addUnknowns(Facts& facts, const DocumentRow& row) const
{
    CF_LET(found, m_store.facts->row("select unknowns from document_version where id = ? and "
                                     "unknowns is not null",
                                     {bulk::versionRowId(row.id, row.ref.version)}));
    if (found) {
        for (domain::UnknownSeen& unknown : unknownsFromText(found->text(0), row.ref))
            facts.unknowns.push_back(std::move(unknown));
    }
    if (row.ref.version > 1)
        facts.isHistorySeen = true;
    return {};
}

Result<std::optional<domain::CaseFacts>> CaseLoader::load(const std::string& caseId)
{
    Facts facts;
    facts.site = SiteId(m_site);
    facts.id = CaseId(caseId);
    facts.kind = caseKind(caseId);
    facts.now = m_now;
    bool isKnown = true;
    const std::string subject = caseSubject(caseId);
    if (facts.kind == CaseKind::Rma) {
        CF_LET(isFound, loadRma(facts));
        isKnown = isFound;
    } else if (facts.kind == CaseKind::ShopifyReturn) {
        CF_LET(isFound, loadReturnCase(facts, subject));
        isKnown = isFound;
    } else if (facts.kind == CaseKind::Order) {
        CF_LET(isFound, loadOrderCase(facts, subject));
        isKnown = isFound;
    } else {
        const Platform platform = platformFromWord(subject).value_or(Platform::None);
        CF_TRY(loadSetAside(facts, platform));
    }
    if (!isKnown)
        return std::optional<Facts>();
    if (facts.kind != CaseKind::Feed) {
        const std::string customer = facts.order   ? facts.order->customer.value
                                     : facts.draft ? facts.draft->customer.value
                                                   : std::string();
        CF_TRY(loadAccount(facts, customer));
        CF_TRY(loadStock(facts));
        CF_TRY(loadHints(facts, customer));
        CF_TRY(loadLedger(facts));
    }
    CF_TRY(loadFeeds(facts));
    return std::optional<Facts>(std::move(facts));
}

Result<bool> CaseLoader::loadRma(Facts& facts)
{
    const std::string id = caseSubject(facts.id.value);
    CF_LET(rows, documents("rma_id = ? and kind in ('rma','rma-summary')", {id}));
    const DocumentRow* detail = ofKind(rows, DocumentKind::Rma);
    const DocumentRow* summary = ofKind(rows, DocumentKind::RmaSummary);
    if (!detail && !summary)
        return false;
    Rma rma;
    rma.id = RmaId(id);
    const decode::ReturngoAdapter& adapter = m_context.adapters.returngo;
    if (summary) {
        CF_LET(kept, decoded<Rma>(*summary, [&](std::string_view doc) {
                   return decode::returngo::rmaSummary(doc, adapter);
               }));
        if (kept->problem.empty())
            rma = kept->value;
        else
            addProblem(facts, summary->ref, kept->problem);
        rma.document = summary->ref;
    }
    const domain::Coded<domain::RmaStatus> listed = rma.status;
    if (detail) {
        CF_LET(kept, decoded<Rma>(*detail, [&](std::string_view doc) {
                   return decode::returngo::rma(doc, adapter);
               }));
        if (kept->problem.empty()) {
            rma = kept->value;
            rma.hasDetail = true;
            rma.document = detail->ref;
        } else {
            addProblem(facts, detail->ref, kept->problem);
        }
        CF_TRY(addUnknowns(facts, *detail));
    }
    // The list row is the newer word when it was read after the detail (returngo.md 4, job A).
    if (rma.hasDetail && summary && summary->ref.observedAt > detail->ref.observedAt &&
        !listed.raw.empty() && listed.raw != rma.status.raw) {
        rma.status = listed;
        rma.statusSince.reset();
    } else if (summary && !rma.hasDetail) {
        CF_TRY(addUnknowns(facts, *summary));
    }
    rma.id = RmaId(id);
    CF_TRY(fillTimes(rma, rows));
    CF_TRY(loadTransactions(rma, facts));
    facts.rma = std::move(rma);

    std::string order = facts.rma->order.value;
    const std::string name(joinName(facts.rma->orderName));
    if (order.empty() && !name.empty()) {
        CF_LET(named, documents("order_name = ? and kind in ('order','draft')", {name}));
        if (const DocumentRow* head = ofKind(named, DocumentKind::Order))
            order = head->ref.externalId;
        else if (const DocumentRow* draft = ofKind(named, DocumentKind::Draft))
            CF_TRY(loadDraft(facts, *draft));
    } else if (!order.empty()) {
        CF_TRY(findDraft(facts, order));
    }
    if (facts.draft && !facts.draft->order.empty())
        order = facts.draft->order.value;
    CF_TRY(loadOrder(facts, order));
    return true;
}

/// A return may be asked for on what is no order yet: ReturnGO then names the draft, by its number
/// or by its name (shopify.md 10 S13). Numbers of orders and drafts are counted apart: one that we
/// know as an order is an order.
Result<void> CaseLoader::findDraft(Facts& facts, const std::string& id)
{
    CF_LET(orders, documents("kind = 'order' and external_id = ?", {id}));
    if (!orders.empty())
        return {};
    CF_LET(drafts, documents("kind = 'draft' and external_id = ?", {id}));
    if (!drafts.empty())
        return loadDraft(facts, drafts.front());
    const std::string name(joinName(facts.rma->orderName));
    if (name.empty())
        return {};
    CF_LET(named, documents("kind = 'draft' and order_name = ?", {name}));
    return named.empty() ? Result<void>() : loadDraft(facts, named.front());
}

Result<void> CaseLoader::fillTimes(Rma& rma, const std::vector<DocumentRow>& rows)
{
    std::vector<std::pair<Instant, std::string>> seen;
    for (const DocumentRow& row : rows) {
        CF_LET(versions, m_store.facts->rows("select first_observed, status from document_version "
                                             "where id between ? and ? order by id",
                                             {bulk::versionRowId(row.id, 0),
                                              bulk::versionRowId(row.id, row.ref.version)}));
        for (const Row& version : versions)
            seen.emplace_back(version.instant(0), version.text(1));
    }
    std::stable_sort(seen.begin(), seen.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::optional<Instant> since;
    for (auto entry = seen.rbegin(); entry != seen.rend() && entry->second == rma.status.raw;
         ++entry)
        since = entry->first;
    if (!rma.statusSince)
        rma.statusSince = since;
    using Status = domain::RmaStatus;
    const bool isReceived = rma.status.value == Status::Received ||
                            rma.status.value == Status::Validated ||
                            rma.status.value == Status::Done;
    if (!rma.receivedAt && isReceived) {
        const auto& words = m_context.adapters.returngo.rmaStatuses;
        const auto first = std::find_if(seen.begin(), seen.end(), [&](const auto& entry) {
            const auto word = words.find(entry.second);
            return word != words.end() &&
                   (word->second == Status::Received || word->second == Status::Validated ||
                    word->second == Status::Done);
        });
        if (first != seen.end())
            rma.receivedAt = first->first;
    }
    return {};
}

Result<void> CaseLoader::loadTransactions(Rma& rma, Facts& facts)
{
    std::vector<std::int64_t> ids;
    for (const domain::RmaUnit& unit : rma.units) {
        CF_LET(found, m_store.facts->rows("select document_id from document_unit "
                                          "where site = ? and unit_id = ?",
                                          {m_site, unit.id.value}));
        for (const Row& row : found)
            ids.push_back(row.integer(0));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (domain::RmaTransaction& transaction : rma.transactions)
        transaction.document = rma.document;
    for (const std::int64_t id : ids) {
        CF_LET(rows, documents("id = ? and kind = 'rma-transaction'", {id}));
        if (rows.empty())
            continue;
        const DocumentRow& row = rows.front();
        CF_TRY(addUnknowns(facts, row));
        CF_LET(kept, decoded<domain::RmaTransaction>(row, [&](std::string_view doc) {
                   return decode::returngo::rmaTransaction(doc, m_context.adapters.returngo);
               }));
        if (!kept->problem.empty()) {
            addProblem(facts, row.ref, kept->problem);
            continue;
        }
        domain::RmaTransaction transaction = kept->value;
        transaction.document = row.ref;
        const auto same = std::find_if(
            rma.transactions.begin(), rma.transactions.end(),
            [&](const domain::RmaTransaction& known) { return known.id == transaction.id; });
        if (same == rma.transactions.end())
            rma.transactions.push_back(std::move(transaction));
        else if (same->document.observedAt <= row.ref.observedAt)
            *same = std::move(transaction);
    }
    std::sort(rma.transactions.begin(), rma.transactions.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    return {};
}

Result<bool> CaseLoader::loadOrderCase(Facts& facts, const std::string& id)
{
    CF_LET(rows, documents("kind = 'order' and external_id = ?", {id}));
    if (!rows.empty()) {
        CF_TRY(loadOrder(facts, id));
        return true;
    }
    CF_LET(drafts, documents("kind = 'draft' and external_id = ?", {id}));
    if (drafts.empty())
        return false;
    CF_TRY(loadDraft(facts, drafts.front()));
    CF_TRY(loadOrder(facts, facts.draft ? facts.draft->order.value : std::string()));
    return true;
}

Result<bool> CaseLoader::loadReturnCase(Facts& facts, const std::string& gid)
{
    CF_LET(row, m_store.facts->row("select order_id from cases where site = ? and case_id = ?",
                                   {m_site, facts.id.value}));
    if (!row)
        return false;
    CF_TRY(loadOrder(facts, row->text(0)));
    if (!facts.order || !facts.order->returns || facts.rma || !facts.siblings.empty())
        return false;
    CF_LET(rmas, documents("order_id = ? and kind = 'rma'", {row->text(0)}));
    CF_LET(listed,
           documents("order_name = ? and kind = 'rma-summary'", {joinName(facts.order->name)}));
    const auto& returns = *facts.order->returns;
    const bool isThere = std::any_of(returns.begin(), returns.end(),
                                     [&](const auto& entry) { return entry.id.value == gid; });
    return isThere && rmas.empty() && listed.empty();
}

Result<void> CaseLoader::loadDraft(Facts& facts, const DocumentRow& row)
{
    CF_TRY(addUnknowns(facts, row));
    CF_LET(bytes, body(row));
    Result<domain::Draft> draft = decode::shopify::draft(bytes);
    if (!draft) {
        addProblem(facts, row.ref, draft.error().detail);
        return {};
    }
    draft->document = row.ref;
    facts.draft = std::move(*draft);
    return {};
}

Result<void> CaseLoader::loadOrder(Facts& facts, const std::string& order)
{
    if (order.empty())
        return {};
    CF_LET(rows, documents("order_id = ?", {order}));
    using Apply = Result<void> (*)(std::string_view, domain::Order&, decode::shopify::Unknowns);
    struct Part {
        DocumentKind kind;
        Apply apply;
        domain::DocumentRef domain::Order::*ref;
    };
    using domain::Order;
    const std::array<Part, 4> parts{{
        {DocumentKind::OrderLines, &decode::shopify::applyOrderLines, &Order::linesRef},
        {DocumentKind::OrderMoney, &decode::shopify::applyOrderMoney, &Order::moneyRef},
        {DocumentKind::OrderReturns, &decode::shopify::applyOrderReturns, &Order::returnsRef},
        {DocumentKind::OrderAgreements, &decode::shopify::applyOrderAgreements,
         &Order::agreementsRef},
    }};
    const DocumentRow* head = ofKind(rows, DocumentKind::Order);
    std::string key = head ? cacheKey(*head) : "-";
    for (const Part& part : parts) {
        const DocumentRow* row = ofKind(rows, part.kind);
        key.append("|").append(row ? cacheKey(*row) : "-");
    }
    std::optional<Error> readError;
    const auto kept = m_store.decoded.get<Order>(key, [&] {
        DecodedCache::Entry<Order> entry;
        const auto take = [&](const DocumentRow& row, auto apply) {
            const Result<std::string> bytes = body(row);
            if (!bytes) {
                readError = bytes.error();
                return;
            }
            Order trial = entry.value;
            if (const Result<void> done = apply(*bytes, trial))
                entry.value = std::move(trial);
            else
                entry.problem += fmt::format("{}\x1f{}\x1e", documentKindWord(row.ref.kind),
                                             done.error().detail);
        };
        if (head) {
            take(*head, [&](std::string_view doc, Order& target) {
                return decode::shopify::applyOrderHead(doc, m_context.adapters.shopify, target);
            });
        }
        for (const Part& part : parts) {
            if (const DocumentRow* row = ofKind(rows, part.kind)) {
                take(*row, [&](std::string_view doc, Order& target) {
                    return part.apply(doc, target, nullptr);
                });
            }
        }
        return entry;
    });
    if (readError) {
        m_store.decoded.clear();
        return fail(std::move(*readError));
    }
    bool hasPart = false;
    Order result = kept->value;
    if (head) {
        result.head = head->ref;
        hasPart = true;
        CF_TRY(addUnknowns(facts, *head));
    }
    for (const Part& part : parts) {
        if (const DocumentRow* row = ofKind(rows, part.kind)) {
            result.*part.ref = row->ref;
            hasPart = true;
            CF_TRY(addUnknowns(facts, *row));
        }
    }
    for (const std::string_view problem : split(kept->problem, '\x1e')) {
        const std::size_t cut = problem.find('\x1f');
        if (cut == std::string_view::npos)
            continue;
        const auto kind =
            documentKindFromWord(problem.substr(0, cut)).value_or(DocumentKind::Order);
        addProblem(facts, {Platform::Shopify, kind, order, 0, {}},
                   std::string(problem.substr(cut + 1)));
    }
    if (hasPart) {
        if (result.id.empty())
            result.id = OrderId(order);
        facts.order = std::move(result);
    }
    if (!facts.draft) {
        if (const DocumentRow* draft = ofKind(rows, DocumentKind::Draft);
            draft && (!facts.order || !head))
            CF_TRY(loadDraft(facts, *draft));
    }
    CF_TRY(loadPurchase(facts, rows));
    return loadSiblings(facts, rows);
}

Result<void> CaseLoader::loadPurchase(Facts& facts, const std::vector<DocumentRow>& rows)
{
    const decode::SparklayerAdapter& adapter = m_context.adapters.sparklayer;
    const DocumentRow* found = ofKind(rows, DocumentKind::Purchase);
    if (found && found->status == decode::sparklayer::kAbsentStatus) {
        facts.isPurchaseRead = true;
    } else if (const DocumentRow* row = found) {
        CF_TRY(addUnknowns(facts, *row));
        CF_LET(kept, decoded<domain::Purchase>(*row, [&](std::string_view doc) {
                   return decode::sparklayer::purchase(doc, adapter);
               }));
        if (kept->problem.empty()) {
            facts.purchase = kept->value;
            facts.purchase->document = row->ref;
            facts.isPurchaseRead = true;
        } else {
            addProblem(facts, row->ref, kept->problem);
        }
    }
    if (const DocumentRow* row = ofKind(rows, DocumentKind::PurchaseTransactions)) {
        const money::Currency currency = facts.purchase && !facts.purchase->currency.empty()
                                             ? facts.purchase->currency
                                         : facts.order ? facts.order->currency
                                                       : m_context.currency;
        CF_LET(bytes, body(*row));
        auto transactions = decode::sparklayer::purchaseTransactions(bytes, adapter, currency);
        if (transactions)
            facts.purchaseTransactions = std::move(*transactions);
        else
            addProblem(facts, row->ref, transactions.error().detail);
    }
    return {};
}

Result<void> CaseLoader::loadSiblings(Facts& facts, const std::vector<DocumentRow>& rows)
{
    const std::string own = facts.rma ? facts.rma->id.value : std::string();
    for (const DocumentRow& row : rows) {
        if (row.ref.kind != DocumentKind::Rma || row.ref.externalId == own)
            continue;
        CF_LET(kept, decoded<Rma>(row, [&](std::string_view doc) {
                   return decode::returngo::rma(doc, m_context.adapters.returngo);
               }));
        if (!kept->problem.empty()) {
            addProblem(facts, row.ref, kept->problem);
            continue;
        }
        domain::Coded<domain::RmaStatus> status = kept->value.status;
        CF_LET(listed, documents("kind = 'rma-summary' and external_id = ? and observed_at > ?",
                                 {row.ref.externalId, row.ref.observedAt}));
        if (!listed.empty() && listed.front().status != status.raw) {
            const auto& words = m_context.adapters.returngo.rmaStatuses;
            const auto word = words.find(listed.front().status);
            status = {word == words.end() ? domain::RmaStatus::Unknown : word->second,
                      listed.front().status};
        }
        for (const domain::RmaUnit& unit : kept->value.units)
            facts.siblings.push_back({RmaId(row.ref.externalId), status, unit.id, unit.line});
    }
    return {};
}

Result<void> CaseLoader::loadAccount(Facts& facts, const std::string& customer)
{
    if (customer.empty())
        return {};
    CF_LET(rows, documents("kind = 'account' and external_id = ?", {customer}));
    if (rows.empty())
        return {};
    DocumentRow row = rows.front();
    CF_TRY(addUnknowns(facts, row));
    const auto decode = [&](std::string_view doc) {
        return decode::shopify::account(doc, m_context.adapters.shopify, m_context.currency);
    };
    const domain::DocumentRef newest = row.ref;
    CF_LET(versions, m_store.facts->rows(
                         "select id, first_observed, observed_at from document_version where "
                         "id between ? and ? order by id",
                         {bulk::versionRowId(row.id, std::max<std::int64_t>(
                                                         0, newest.version - kAccountVersionsMax)),
                          bulk::versionRowId(row.id, newest.version)}));
    for (const Row& version : versions) {
        row.ref.version = version.integer(0) - bulk::versionRowId(row.id, 0);
        CF_LET(kept, decoded<domain::Account>(row, decode));
        const bool isNewest = row.ref.version == newest.version;
        if (!kept->problem.empty()) {
            addProblem(facts, row.ref, kept->problem);
            continue;
        }
        domain::AccountObservation seen;
        seen.version = row.ref.version;
        seen.observedAt = version.instant(1);
        seen.balance = kept->value.balance;
        seen.balanceDigest = kept->value.balanceDigest;
        for (const domain::Receipt& receipt : kept->value.receipts)
            seen.receipts.push_back(receipt.action);
        facts.accountHistory.push_back(std::move(seen));
        if (isNewest) {
            facts.account = kept->value;
            facts.account->document = newest;
        }
    }
    return {};
}

Result<void> CaseLoader::loadStock(Facts& facts)
{
    if (!facts.order || !facts.order->lines)
        return {};
    for (const domain::OrderLine& line : *facts.order->lines) {
        const bool isReturned =
            facts.rma ? std::any_of(facts.rma->units.begin(), facts.rma->units.end(),
                                    [&](const domain::RmaUnit& unit) {
                                        return unit.line == line.id ||
                                               (unit.line.empty() && unit.sku == line.sku);
                                    })
                      : facts.kind == CaseKind::ShopifyReturn;
        if (!isReturned || line.inventoryItem.empty())
            continue;
        for (const auto& [location, kind] : m_context.policy.locations) {
            CF_LET(rows, documents("kind = 'stock-level' and external_id = ?",
                                   {location + "|" + line.inventoryItem.value}));
            if (rows.empty())
                continue;
            const DocumentRow& row = rows.front();
            const bool isKnown = std::any_of(
                facts.stock.begin(), facts.stock.end(), [&](const domain::StockLevel& level) {
                    return level.document.externalId == row.ref.externalId;
                });
            if (isKnown)
                continue;
            CF_LET(kept, decoded<domain::StockLevel>(row, [](std::string_view doc) {
                       return decode::shopify::stockLevel(doc);
                   }));
            if (!kept->problem.empty()) {
                addProblem(facts, row.ref, kept->problem);
                continue;
            }
            domain::StockLevel level = kept->value;
            level.document = row.ref;
            facts.stock.push_back(std::move(level));
        }
    }
    return {};
}

} // namespace counterfoil::store
