#include "core/store/bulk/document_writer.h"

#include "core/base/text.h"
#include "core/domain/document.h"
#include "core/store/codec.h"

#include <sqlite3.h>

#include <charconv>

namespace counterfoil::store::bulk {

using domain::DocumentKind;
using domain::PageDocument;

namespace {

/// Order ids grow with time: the numeric id ranks a buyer's orders without reading them.
std::int64_t rankOf(const PageDocument& document)
{
    std::int64_t rank = 0;
    const std::string& id = document.externalId;
    if (document.kind == DocumentKind::Order)
        std::from_chars(id.data(), id.data() + id.size(), rank);
    return rank;
}

bool isOrderPart(DocumentKind kind)
{
    return kind == DocumentKind::Order || kind == DocumentKind::OrderLines ||
           kind == DocumentKind::OrderMoney || kind == DocumentKind::OrderReturns ||
           kind == DocumentKind::OrderAgreements;
}

} // namespace

/// Join keys with what the external id itself says filled in.
struct DocumentWriter::Keys {
    std::string_view order, customer, rma, name, sku;
    explicit Keys(const PageDocument& document)
        : order(document.keys.order.value), customer(document.keys.customer.value),
          rma(document.keys.rma.value), name(document.keys.orderName), sku(document.keys.sku)
    {
        const DocumentKind kind = document.kind;
        if (order.empty() && isOrderPart(kind))
            order = document.externalId;
        if (customer.empty() && kind == DocumentKind::Account)
            customer = document.externalId;
        if (rma.empty() && (kind == DocumentKind::Rma || kind == DocumentKind::RmaSummary))
            rma = document.externalId;
        if (sku.empty() && kind == DocumentKind::SparkStock)
            sku = document.externalId;
        name = joinName(name);
    }
};

DocumentWriter::DocumentWriter(Connection& facts) : m_facts(facts) {}

Result<void> DocumentWriter::check(int code)
{
    if (code == SQLITE_OK)
        return {};
    return fail(m_facts.errorFor(code, sqlite3_errmsg(m_facts.handle())));
}

Result<void> DocumentWriter::prepare()
{
    if (m_isPrepared)
        return {};
    sqlite3* handle = m_facts.handle();
    CF_TRY(check(m_find.prepare(handle, "select id, version, digest, has_po, status from document "
                                        "where site = ?1 and kind = ?2 and external_id = ?3")));
    CF_TRY(check(m_touch.prepare(handle, "update document set observed_at = ?2 where id = ?1")));
    CF_TRY(check(m_insert.prepare(
        handle, "insert into document(digest, observed_at, source_time, order_id, customer_id, "
                "rma_id, order_name, status, sku, has_po, has_return, rank, site, kind, "
                "external_id, version) "
                "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1)")));
    CF_TRY(check(m_update.prepare(
        handle, "update document set digest = ?1, observed_at = ?2, source_time = ?3, "
                "order_id = ?4, customer_id = ?5, rma_id = ?6, order_name = ?7, status = ?8, "
                "sku = ?9, has_po = ?10, has_return = ?11, rank = ?12, version = ?14 "
                "where id = ?13")));
    CF_TRY(check(m_seal.prepare(handle,
                                "update document_version set observed_at = "
                                "(select observed_at from document where id = ?2) where id = ?1")));
    CF_TRY(check(m_version.prepare(
        handle, "insert into document_version(id, digest, first_observed, source_time, status, "
                "unknowns, size, body) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")));
    CF_TRY(check(m_unit.prepare(handle,
                                "insert or ignore into document_unit(site, unit_id, document_id) "
                                "values(?1, ?2, ?3)")));
    CF_TRY(check(m_clearUnits.prepare(handle, "delete from document_unit where document_id = ?1")));
    m_isPrepared = true;
    return {};
}

Result<bool> DocumentWriter::find(const std::string& site, std::string_view kind,
                                  const std::string& externalId, PutOutcome& outcome,
                                  std::string& digest)
{
    m_find.bindText(1, site);
    m_find.bindText(2, kind);
    m_find.bindText(3, externalId);
    int code = 0;
    const bool isFound = m_find.step(code);
    if (isFound) {
        outcome.id = m_find.integer(0);
        outcome.version = m_find.integer(1);
        digest = m_find.bytes(2);
        outcome.hadPo = m_find.integer(3) != 0;
        outcome.statusBefore = m_find.bytes(4);
    }
    m_find.reset();
    CF_TRY(check(code));
    return isFound;
}

void DocumentWriter::bindKeys(RawStatement& statement, int first, const PageDocument& document,
                              const Keys& keys)
{
    if (document.sourceTime)
        statement.bindInteger(first, toMillis(*document.sourceTime));
    else
        statement.bindNull(first);
    statement.bindText(first + 1, keys.order);
    statement.bindText(first + 2, keys.customer);
    statement.bindText(first + 3, keys.rma);
    statement.bindText(first + 4, keys.name);
    statement.bindText(first + 5, document.keys.status);
    statement.bindText(first + 6, keys.sku);
    statement.bindInteger(first + 7, document.keys.hasPo ? 1 : 0);
    statement.bindInteger(first + 8, document.keys.hasReturn ? 1 : 0);
    statement.bindInteger(first + 9, rankOf(document));
}

Result<void> DocumentWriter::insertDocument(const std::string& site, std::string_view kind,
                                            const PageDocument& document, const Keys& keys,
                                            std::string_view digest, Instant observedAt,
                                            PutOutcome& outcome)
{
    m_insert.bindBlob(1, digest);
    m_insert.bindInteger(2, toMillis(observedAt));
    bindKeys(m_insert, 3, document, keys);
    m_insert.bindText(13, site);
    m_insert.bindText(14, kind);
    m_insert.bindText(15, document.externalId);
    CF_TRY(check(m_insert.run()));
    outcome.id = lastInsertId(m_facts.handle());
    outcome.version = 1;
    outcome.isNew = true;
    return {};
}

Result<void> DocumentWriter::updateDocument(const PageDocument& document, const Keys& keys,
                                            std::string_view digest, Instant observedAt,
                                            PutOutcome& outcome)
{
    if (outcome.version >= kVersionsMax)
        return fail(ErrorCode::Store, "A document has more versions than the store can number.");
    m_seal.bindInteger(1, versionRowId(outcome.id, outcome.version));
    m_seal.bindInteger(2, outcome.id);
    CF_TRY(check(m_seal.run()));
    ++outcome.version;
    m_update.bindBlob(1, digest);
    m_update.bindInteger(2, toMillis(observedAt));
    bindKeys(m_update, 3, document, keys);
    m_update.bindInteger(13, outcome.id);
    m_update.bindInteger(14, outcome.version);
    return check(m_update.run());
}

Result<void> DocumentWriter::insertVersion(const PageDocument& document, std::string_view digest,
                                           Instant observedAt, const PutOutcome& outcome)
{
    m_version.bindInteger(1, versionRowId(outcome.id, outcome.version));
    m_version.bindBlob(2, digest);
    m_version.bindInteger(3, toMillis(observedAt));
    if (document.sourceTime)
        m_version.bindInteger(4, toMillis(*document.sourceTime));
    else
        m_version.bindNull(4);
    m_version.bindText(5, document.keys.status);
    const std::string unknowns = unknownsText(document.unknowns);
    if (unknowns.empty())
        m_version.bindNull(6);
    else
        m_version.bindText(6, unknowns);
    m_version.bindInteger(7, static_cast<std::int64_t>(document.body.size()));
    m_version.bindBlob(8, m_packer.pack(document.body));
    return check(m_version.run());
}

Result<void> DocumentWriter::replaceUnits(const std::string& site, const PageDocument& document,
                                          std::int64_t id, bool isNew)
{
    if (!isNew) {
        m_clearUnits.bindInteger(1, id);
        CF_TRY(check(m_clearUnits.run()));
    }
    for (const UnitId& unit : document.keys.units) {
        m_unit.bindText(1, site);
        m_unit.bindText(2, unit.value);
        m_unit.bindInteger(3, id);
        CF_TRY(check(m_unit.run()));
    }
    return {};
}

Result<PutOutcome> DocumentWriter::put(const std::string& site, const PageDocument& document,
                                       Instant observedAt)
{
    CF_TRY(prepare());
    const std::string_view kind = documentKindWord(document.kind);
    const std::string digest = bodyDigest(document.body);
    PutOutcome outcome;
    std::string digestBefore;
    CF_LET(isFound, find(site, kind, document.externalId, outcome, digestBefore));
    if (isFound && digestBefore == digest) {
        m_touch.bindInteger(1, outcome.id);
        m_touch.bindInteger(2, toMillis(observedAt));
        CF_TRY(check(m_touch.run()));
        return outcome;
    }
    const Keys keys(document);
    if (isFound)
        CF_TRY(updateDocument(document, keys, digest, observedAt, outcome));
    else
        CF_TRY(insertDocument(site, kind, document, keys, digest, observedAt, outcome));
    outcome.isChanged = true;
    CF_TRY(insertVersion(document, digest, observedAt, outcome));
    if (!document.keys.units.empty() || document.kind == DocumentKind::Rma)
        CF_TRY(replaceUnits(site, document, outcome.id, outcome.isNew));
    return outcome;
}

} // namespace counterfoil::store::bulk
