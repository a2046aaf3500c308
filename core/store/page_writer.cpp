#include "core/store/page_writer.h"

#include "core/decode/shopify.h"
#include "core/store/bulk/packing.h"

#include <nlohmann/json.hpp>

namespace counterfoil::store {

using domain::DocumentKind;
using domain::PageDocument;

namespace {

constexpr std::size_t kSetAsideBytesMax = 64U << 10U;

std::string jsonList(const std::set<std::string>& texts)
{
    return nlohmann::json(texts).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

Result<void> PageWriter::write(PageOutcome& outcome)
{
    CF_LET(aside,
           m_store.facts->row("select 1 from set_aside where site = ? limit 1", {m_page.site}));
    const bool hasSetAside = aside.has_value();
    for (const PageDocument& document : m_page.documents) {
        CF_LET(put, m_store.documents->put(m_page.site, document, m_page.observedAt));
        if (hasSetAside) {
            CF_TRY(m_store.facts->run(
                "delete from set_aside where site = ? and kind = ? and external_id = ?",
                {m_page.site, documentKindWord(document.kind), document.externalId}));
        }
        if (document.kind == DocumentKind::Order)
            m_orders.insert(document.externalId);
        if (!put.isChanged) {
            ++outcome.unchanged;
            continue;
        }
        ++outcome.newVersions;
        CF_TRY(touch(document, put));
    }
    for (const std::string& rma : m_page.vanishedRmas)
        CF_TRY(touchRma(rma, "", ""));
    CF_TRY(writeSetAside());
    if (!m_page.loop.empty())
        CF_TRY(writeWatermark());
    return {};
}

Result<void> PageWriter::touchCase(const std::string& caseId, const std::string& order)
{
    CF_TRY(m_store.facts->run(
        "insert into cases(site, case_id, order_id, changed_at) values(?, ?, ?, ?) "
        "on conflict(site, case_id) do update set changed_at = excluded.changed_at, "
        "order_id = case when excluded.order_id <> '' then excluded.order_id else order_id end",
        {m_page.site, caseId, order, m_page.observedAt}));
    m_dirty.emplace(m_page.site, caseId);
    return {};
}

Result<void> PageWriter::touchSelected(const std::string& where, const std::string& value)
{
    if (value.empty())
        return {};
    CF_LET(rows, m_store.facts->rows("select case_id from cases where site = ? and " + where,
                                     {m_page.site, value}));
    for (const Row& row : rows)
        CF_TRY(touchCase(row.text(0)));
    return {};
}

Result<void> PageWriter::touchKey(const std::string& key)
{
    CF_LET(rows, m_store.facts->rows("select case_id from case_key where site = ? and key = ?",
                                     {m_page.site, key}));
    for (const Row& row : rows)
        CF_TRY(touchCase(row.text(0)));
    return {};
}

Result<void> PageWriter::touchOrder(const std::string& order, const std::string& name)
{
    CF_TRY(touchSelected("order_id <> '' and order_id = ?", order));
    return touchSelected("order_name <> '' and order_name = ?", std::string(joinName(name)));
}

Result<void> PageWriter::touchRma(const std::string& rma, const std::string& order,
                                  const std::string& name)
{
    CF_TRY(touchCase("rma:" + rma));
    if (!order.empty())
        m_orders.insert(order);
    // Returns of the same order see each other's units.
    return touchOrder(order, name);
}

Result<void> PageWriter::touchTransaction(const PageDocument& document)
{
    for (const UnitId& unit : document.keys.units) {
        CF_LET(rows,
               m_store.facts->rows("select d.rma_id from document_unit u join document d on "
                                   "d.id = u.document_id where u.site = ? and u.unit_id = ? and "
                                   "d.kind = 'rma'",
                                   {m_page.site, unit.value}));
        for (const Row& row : rows)
            CF_TRY(touchCase("rma:" + row.text(0)));
    }
    return {};
}

Result<void> PageWriter::touchReturns(const PageDocument& document)
{
    const std::string& order = document.externalId;
    CF_TRY(touchOrder(order, document.keys.orderName));
    domain::Order decoded;
    if (!decode::shopify::applyOrderReturns(document.body, decoded) || !decoded.returns)
        return {};
    // A return that ReturnGO knows is judged as that RMA's case; the loader drops it here.
    for (const domain::ShopifyReturn& entry : *decoded.returns)
        CF_TRY(touchCase("return:" + entry.id.value, order));
    return {};
}

/// A PO that only SparkLayer holds counts for the buyer's habit as well.
Result<void> PageWriter::touchHabit(const PageDocument& purchase, const bulk::PutOutcome& put)
{
    if (purchase.keys.hasPo == (put.isNew ? false : put.hadPo))
        return {};
    CF_LET(heads, m_store.facts->rows("select customer_id from document where site = ? and "
                                      "kind = 'order' and external_id = ? and has_po = 0",
                                      {m_page.site, purchase.keys.order.value}));
    for (const Row& head : heads)
        CF_TRY(touchSelected("customer_id <> '' and customer_id = ?", head.text(0)));
    return {};
}

Result<void> PageWriter::keepPrice(const PageDocument& document)
{
    bulk::Packer packer;
    CF_LET(transaction, Transaction::begin(*m_store.ledger));
    CF_TRY(m_store.ledger->run("insert or ignore into price_snapshot(site, external_id, at, "
                               "digest, body) values(?, ?, ?, ?, ?)",
                               {m_page.site, document.externalId, m_page.observedAt,
                                Blob{bulk::bodyDigest(document.body)},
                                Blob{std::string(packer.pack(document.body))}}));
    return transaction.commit();
}

Result<void> PageWriter::touch(const PageDocument& document, const bulk::PutOutcome& put)
{
    const domain::JoinKeys& keys = document.keys;
    const std::string& id = document.externalId;
    switch (document.kind) {
    case DocumentKind::Rma:
    case DocumentKind::RmaSummary:
        return touchRma(id, keys.order.value, keys.orderName);
    case DocumentKind::RmaTransaction:
        return touchTransaction(document);
    case DocumentKind::OrderReturns:
        return touchReturns(document);
    case DocumentKind::Order:
        // A buyer's PO habit is learned from the newest orders (law.md 10).
        if (put.isNew || put.hadPo != keys.hasPo)
            CF_TRY(touchSelected("customer_id <> '' and customer_id = ?", keys.customer.value));
        return touchOrder(id, keys.orderName);
    case DocumentKind::OrderLines:
    case DocumentKind::OrderMoney:
    case DocumentKind::OrderAgreements:
        return touchOrder(id, keys.orderName);
    case DocumentKind::Draft:
        CF_TRY(touchSelected("case_id = ?", "order:" + id));
        CF_TRY(touchSelected("order_id <> '' and order_id = ?", id)); // a return that names it
        return touchOrder(keys.order.value, keys.orderName);
    case DocumentKind::Account:
        return touchSelected("customer_id <> '' and customer_id = ?", id);
    case DocumentKind::Purchase:
        CF_TRY(touchHabit(document, put));
        [[fallthrough]];
    case DocumentKind::PurchaseTransactions:
        return touchOrder(keys.order.empty() ? id : keys.order.value, keys.orderName);
    case DocumentKind::StockLevel:
        return touchKey("item:" + id.substr(std::min(id.size(), id.find('|') + 1)));
    case DocumentKind::SparkStock:
        return touchKey("sku:" + id);
    case DocumentKind::PriceExplanation:
        CF_TRY(keepPrice(document));
        return touchSelected("customer_id <> '' and customer_id = ?", id.substr(0, id.find('|')));
    case DocumentKind::ShopSetup:
        return {};
    }
    return {};
}

Result<void> PageWriter::writeSetAside()
{
    bulk::Packer packer;
    for (const domain::SetAside& record : m_page.setAside) {
        const std::string_view body = std::string_view(record.body).substr(0, kSetAsideBytesMax);
        CF_TRY(m_store.facts->run(
            "insert into set_aside(site, platform, kind, external_id, reason, loop, at, body) "
            "values(?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set at = excluded.at",
            {m_page.site, platformWord(m_page.platform), documentKindWord(record.kind),
             record.externalId, record.reason, m_page.loop, m_page.observedAt,
             Blob{std::string(packer.pack(body))}}));
        if (record.externalId.empty())
            continue;
        if (platformOf(record.kind) == Platform::ReturnGo)
            CF_TRY(touchSelected("rma_id <> '' and rma_id = ?", record.externalId));
        else
            CF_TRY(touchOrder(record.externalId, ""));
    }
    if (!m_page.setAside.empty())
        CF_TRY(m_store.addFeedCase(m_dirty, m_page.site, m_page.platform));
    return {};
}

Result<void> PageWriter::writeWatermark()
{
    CF_LET(before,
           m_store.facts->row("select last_success, previous_success, failing_since from watermark "
                              "where site = ? and loop = ?",
                              {m_page.site, m_page.loop}));
    CF_TRY(m_store.facts->run("insert or ignore into watermark(site, loop, platform) "
                              "values(?, ?, ?)",
                              {m_page.site, m_page.loop, platformWord(m_page.platform)}));
    if (m_page.newMark) {
        CF_TRY(m_store.facts->run("update watermark set mark = ? where site = ? and loop = ?",
                                  {*m_page.newMark, m_page.site, m_page.loop}));
    }
    if (!m_page.isSweepEnd)
        return {};
    CF_TRY(m_store.facts->run("update watermark set previous_success = last_success, "
                              "last_success = ?, failing_since = null, last_error = '', "
                              "last_request_id = '' where site = ? and loop = ?",
                              {m_page.observedAt, m_page.site, m_page.loop}));
    CF_TRY(m_store.addFeedCase(m_dirty, m_page.site, m_page.platform));
    // Rules wait for one or two sweeps after a change: those cases are judged with every sweep
    // that ends, until their last change is older than the sweep before.
    const std::int64_t horizon = before ? before->integer(1) : 0;
    CF_LET(rows, m_store.facts->rows("select case_id from cases where site = ? and "
                                     "changed_at >= ? and case_id not like 'feed:%'",
                                     {m_page.site, horizon}));
    for (const Row& row : rows)
        m_dirty.emplace(m_page.site, row.text(0));
    return {};
}

Result<void> PageWriter::findDue(PageOutcome& outcome)
{
    std::set<std::string> summaries, transactions, rmas;
    for (const PageDocument& document : m_page.documents) {
        if (document.kind == DocumentKind::RmaSummary)
            summaries.insert(document.externalId);
        else if (document.kind == DocumentKind::RmaTransaction)
            transactions.insert(document.externalId);
    }
    rmas.insert(m_page.vanishedRmas.begin(), m_page.vanishedRmas.end());
    if (!summaries.empty()) {
        CF_LET(rows, m_store.facts->rows(
                         "select s.external_id from json_each(?2) j join document s on "
                         "s.site = ?1 and s.kind = 'rma-summary' and s.external_id = j.value "
                         "join document_version v on v.id = (s.id << 20) + s.version "
                         "left join document d on d.site = ?1 and d.kind = 'rma' and "
                         "d.external_id = s.external_id "
                         "where d.id is null or d.observed_at < v.first_observed",
                         {m_page.site, jsonList(summaries)}));
        for (const Row& row : rows)
            rmas.insert(row.text(0));
    }
    if (!transactions.empty()) {
        CF_LET(rows, m_store.facts->rows(
                         "select distinct d.external_id from json_each(?2) j join document t on "
                         "t.site = ?1 and t.kind = 'rma-transaction' and t.external_id = j.value "
                         "join document_version v on v.id = (t.id << 20) + t.version "
                         "join document_unit tu on tu.document_id = t.id "
                         "join document_unit du on du.site = ?1 and du.unit_id = tu.unit_id "
                         "join document d on d.id = du.document_id and d.kind = 'rma' "
                         "where d.observed_at < v.first_observed",
                         {m_page.site, jsonList(transactions)}));
        for (const Row& row : rows)
            rmas.insert(row.text(0));
    }
    for (const std::string& rma : rmas)
        outcome.rmasToDetail.emplace_back(rma);
    for (const CaseKey& key : m_dirty) {
        CF_LET(row, m_store.facts->row("select order_id from cases where site = ? and "
                                       "case_id = ? and order_id <> ''",
                                       {key.first, key.second}));
        if (row)
            m_orders.insert(row->text(0));
    }
    if (m_orders.empty())
        return {};
    CF_LET(rows, m_store.facts->rows(
                     "select j.value from json_each(?2) j left join document h on h.site = ?1 and "
                     "h.kind = 'order' and h.external_id = j.value left join document_version v "
                     "on v.id = (h.id << 20) + h.version "
                     "where (h.has_return = 1 or exists(select 1 from cases c where c.site = ?1 "
                     "and c.order_id <> '' and c.order_id = j.value)) "
                     "and (h.id is null or 4 > (select count(*) from document p where "
                     "p.site = ?1 and p.order_id <> '' and p.order_id = j.value and p.kind in "
                     "('order-lines','order-money','order-returns','order-agreements') and "
                     "p.observed_at >= v.first_observed))",
                     {m_page.site, jsonList(m_orders)}));
    for (const Row& row : rows)
        outcome.ordersToDetail.emplace_back(row.text(0));
    return {};
}

} // namespace counterfoil::store
