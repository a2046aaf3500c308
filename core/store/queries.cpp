#include "core/store/store.h"

#include "core/base/text.h"
#include "core/store/bulk/packing.h"
#include "core/store/impl.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::store {

using domain::DocumentKind;

namespace {

constexpr std::string_view kWatermarkColumns =
    "select site, loop, mark, last_success, previous_success, failing_since, last_error, "
    "last_request_id from watermark where site = ? ";
/// States in which ReturnGO still works on an RMA.
constexpr std::string_view kOpenStates = "'Pending','Approved','Received','Validated'";

Watermark watermarkOf(const Row& row)
{
    Watermark mark;
    mark.site = row.text(0);
    mark.loop = row.text(1);
    mark.mark = row.text(2);
    mark.lastSuccess = row.maybeInstant(3);
    mark.previousSuccess = row.maybeInstant(4);
    mark.failingSince = row.maybeInstant(5);
    mark.lastError = row.text(6);
    mark.lastRequestId = row.text(7);
    return mark;
}

/// The newest word on an RMA's status: the list row or the detail, whichever was read later.
constexpr std::string_view kNewestStatus =
    "select s.external_id from document s left join document d on d.site = s.site and "
    "d.kind = 'rma' and d.external_id = s.external_id where s.site = ? and s.kind = 'rma-summary' "
    "and (case when d.id is not null and d.observed_at > s.observed_at then d.status "
    "else s.status end) ";

} // namespace

Result<std::optional<CaseId>> Store::findCase(const std::string& site,
                                              std::string_view rmaOrOrder) const
{
    using Found = std::optional<CaseId>;
    std::string text(trimmed(rmaOrOrder));
    if (folded(text).starts_with("rma") && text.find(':') == std::string::npos)
        text.erase(0, 3);
    const std::string name(joinName(text));
    CF_LET(exact, m_impl->facts->row("select case_id from cases where site = ? and case_id in "
                                     "(?, ?, ?) order by case_id desc limit 1",
                                     {site, text, "rma:" + name, "return:" + name}));
    if (exact)
        return Found(CaseId(exact->text(0)));
    // The newest return of an order stands for the order.
    CF_LET(byOrder,
           m_impl->facts->row("select case_id from cases where site = ?1 and "
                              "case_id not like 'feed:%' and ((order_id <> '' and order_id = ?2) "
                              "or (order_name <> '' and order_name = ?2 collate nocase)) "
                              "order by case_id like 'rma:%' desc, case_id desc limit 1",
                              {site, name}));
    if (byOrder)
        return Found(CaseId(byOrder->text(0)));
    CF_LET(order,
           m_impl->facts->row("select external_id from document where site = ?1 and kind in "
                              "('order','draft') and (external_id = ?2 or (order_name <> '' and "
                              "order_name = ?2)) order by kind = 'order' desc limit 1",
                              {site, name}));
    if (order)
        return Found(CaseId("order:" + order->text(0)));
    return Found();
}

Result<std::vector<CaseId>> Store::allCases(const std::string& site) const
{
    CF_LET(rows, m_impl->facts->rows("select case_id from cases where site = ? order by case_id",
                                     {site}));
    std::vector<CaseId> cases;
    cases.reserve(rows.size());
    for (const Row& row : rows)
        cases.emplace_back(row.text(0));
    return cases;
}

Result<std::optional<domain::Judgement>> Store::storedJudgement(const std::string& site,
                                                                const CaseId& caseId) const
{
    CF_LET(row, m_impl->facts->row("select body from judgement where site = ? and case_id = ?",
                                   {site, caseId.value}));
    if (!row)
        return std::optional<domain::Judgement>();
    CF_LET(judgement, judgementFromText(row->text(0)));
    return std::optional<domain::Judgement>(std::move(judgement));
}

Result<std::optional<Watermark>> Store::watermark(const std::string& site,
                                                  const std::string& loop) const
{
    CF_LET(row, m_impl->facts->row(std::string(kWatermarkColumns) + "and loop = ?", {site, loop}));
    return row ? std::optional<Watermark>(watermarkOf(*row)) : std::nullopt;
}

Result<std::vector<Watermark>> Store::watermarks(const std::string& site) const
{
    CF_LET(rows, m_impl->facts->rows(std::string(kWatermarkColumns) + "order by loop", {site}));
    std::vector<Watermark> marks;
    for (const Row& row : rows)
        marks.push_back(watermarkOf(row));
    return marks;
}

Result<std::vector<SetAsideRow>> Store::setAside(const std::string& site, std::size_t rowsMax) const
{
    CF_LET(rows, m_impl->facts->rows("select kind, external_id, reason, at from set_aside "
                                     "where site = ? order by at desc, kind, external_id limit ?",
                                     {site, static_cast<std::int64_t>(rowsMax)}));
    std::vector<SetAsideRow> out;
    for (const Row& row : rows)
        out.push_back({documentKindFromWord(row.text(0)).value_or(DocumentKind::Order), row.text(1),
                       row.text(2), row.instant(3)});
    return out;
}

namespace {

Result<DocumentVersion> versionOf(const Row& row)
{
    DocumentVersion version;
    const auto kind = documentKindFromWord(row.text(0)).value_or(DocumentKind::Order);
    version.ref = {platformOf(kind), kind, row.text(1), row.integer(2) & bulk::kVersionsMax,
                   row.instant(3)};
    version.sourceTime = row.maybeInstant(4);
    CF_LET(body, bulk::unpack(row.text(5)));
    version.body = std::move(body);
    return version;
}

/// A superseded version was last seen when it was sealed, the newest one when its document was.
constexpr std::string_view kVersionColumns =
    "select d.kind, d.external_id, v.id, coalesce(v.observed_at, d.observed_at), v.source_time, "
    "v.body from document d join document_version v on v.id between (d.id << 20) and "
    "((d.id << 20) + d.version) where d.site = ? and ";

} // namespace

Result<std::optional<DocumentVersion>> Store::document(const std::string& site, DocumentKind kind,
                                                       const std::string& externalId,
                                                       std::optional<std::int64_t> version) const
{
    CF_LET(row,
           m_impl->facts->row(
               std::string(kVersionColumns) + "d.kind = ? and d.external_id = ? and "
                                              "v.id = (d.id << 20) + coalesce(?, d.version)",
               {site, documentKindWord(kind), externalId, version ? Value(*version) : Value()}));
    if (!row)
        return std::optional<DocumentVersion>();
    CF_LET(found, versionOf(*row));
    return std::optional<DocumentVersion>(std::move(found));
}

Result<std::vector<DocumentVersion>> Store::documentVersions(const std::string& site,
                                                             const CaseId& caseId) const
{
    std::vector<DocumentVersion> versions;
    CF_LET(row, m_impl->facts->row("select rma_id, order_id, customer_id from cases where "
                                   "site = ? and case_id = ?",
                                   {site, caseId.value}));
    std::string rma, order, customer;
    if (row) {
        rma = row->text(0);
        order = row->text(1);
        customer = row->text(2);
    } else if (caseId.value.starts_with("order:")) {
        order = caseId.value.substr(6);
    }
    CF_LET(rows, m_impl->facts->rows(
                     std::string(kVersionColumns) +
                         "d.id in (select id from document where site = ? and rma_id <> '' and "
                         "rma_id = ? union select id from document where site = ? and "
                         "order_id <> '' and order_id = ? union select id from document where "
                         "site = ? and kind = 'account' and external_id = ? union "
                         "select tu.document_id from document_unit u join document r on "
                         "r.id = u.document_id and r.site = ? and r.kind = 'rma' and "
                         "r.external_id = ? join document_unit tu on tu.site = ? and "
                         "tu.unit_id = u.unit_id) order by v.first_observed, v.id",
                     {site, site, rma, site, order, site, customer, site, rma, site}));
    for (const Row& entry : rows) {
        CF_LET(version, versionOf(entry));
        versions.push_back(std::move(version));
    }
    return versions;
}

Result<std::vector<RmaId>> Store::rmasInStates(const std::string& site,
                                               const std::vector<std::string>& states) const
{
    std::vector<RmaId> rmas;
    if (states.empty())
        return rmas;
    std::string marks;
    Params params{site};
    for (const std::string& state : states) {
        marks += marks.empty() ? "?" : ",?";
        params.emplace_back(state);
    }
    CF_LET(rows, m_impl->facts->rows(std::string(kNewestStatus) + "in (" + marks +
                                         ") order by s.external_id",
                                     std::move(params)));
    for (const Row& row : rows)
        rmas.emplace_back(row.text(0));
    return rmas;
}

Result<std::vector<RmaId>> Store::oldestDetails(const std::string& site, std::size_t limit) const
{
    CF_LET(rows,
           m_impl->facts->rows(std::string(kNewestStatus) + "in (" + std::string(kOpenStates) +
                                   ") order by coalesce(d.observed_at, 0), s.external_id "
                                   "limit ?",
                               {site, static_cast<std::int64_t>(limit)}));
    std::vector<RmaId> rmas;
    for (const Row& row : rows)
        rmas.emplace_back(row.text(0));
    return rmas;
}

Result<std::map<UnitId, RmaId>> Store::rmasOfUnits(const std::string& site,
                                                   const std::vector<UnitId>& units) const
{
    std::map<UnitId, RmaId> found;
    for (const UnitId& unit : units) {
        CF_LET(row,
               m_impl->facts->row("select d.external_id from document_unit u join document d on "
                                  "d.id = u.document_id where u.site = ? and u.unit_id = ? and "
                                  "d.kind = 'rma' order by d.external_id limit 1",
                                  {site, unit.value}));
        if (row)
            found.emplace(unit, RmaId(row->text(0)));
    }
    return found;
}

} // namespace counterfoil::store
