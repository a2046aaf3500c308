#include "core/base/text.h"
#include "core/decode/returngo_values.h"

#include <fmt/format.h>

#include <initializer_list>

namespace counterfoil::decode::returngo {

namespace {

using domain::DocumentKind;
using domain::PageDocument;

constexpr std::size_t kSetAsideBytes = 64U << 10U;

Result<Json> open(std::string_view body)
{
    Result<Json> json = Json::parse(body);
    if (!json) {
        Error error = json.error();
        error.source = Platform::ReturnGo;
        return fail(std::move(error));
    }
    if (!json->root().isObject())
        return fail(ErrorCode::Undecodable, "answer: not an object", Platform::ReturnGo);
    return json;
}

void setAside(DocumentPage& page, DocumentKind kind, const View& node, const View& id,
              const Faults& faults)
{
    domain::SetAside aside;
    aside.kind = kind;
    Faults ignored{View()};
    aside.externalId = readText(id, ignored);
    aside.reason = faults.text();
    aside.body = std::string(clipped(node.raw(), kSetAsideBytes));
    page.setAside.push_back(std::move(aside));
}

void fillKeys(const domain::Rma& rma, PageDocument& document)
{
    document.externalId = rma.id.value;
    document.sourceTime = rma.updatedAt;
    document.keys.rma = rma.id;
    document.keys.order = rma.order;
    document.keys.orderName = rma.orderName;
    document.keys.status = rma.status.raw;
    for (const domain::RmaUnit& unit : rma.units)
        document.keys.units.push_back(unit.id);
}

/// The rows of a list page; reads the cursor into @p page.
Result<View> rowsOf(const Json& json, const ReturngoAdapter& adapter, const char* list,
                    DocumentPage& page)
{
    const Record record(json.root(), adapter);
    const View rows = record(list);
    if (rows.kind() == JsonKind::Null)
        return View(); // an empty list
    if (!rows.isArray())
        return fail(ErrorCode::Undecodable, fmt::format("{}: not a list", rows.path()),
                    Platform::ReturnGo);
    Faults faults(json.root());
    page.endCursor = readText(record("next_cursor"), faults);
    if (readArray(rows, faults).isAbsent() || faults.any())
        return failed(faults, Platform::ReturnGo);
    const bool isEmpty = rows.firstChild().kind() == JsonKind::Missing;
    page.hasNextPage = !isEmpty && !page.endCursor.empty();
    return rows;
}

} // namespace

Result<DocumentPage> rmasPage(std::string_view body, const ReturngoAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    DocumentPage page;
    const Result<View> rows = rowsOf(*json, adapter, "rma_list", page);
    if (!rows)
        return fail(rows.error());
    for (const View& row : rows->children()) {
        PageDocument document;
        domain::Rma rma;
        Faults faults(row, &document.unknowns);
        const Record record(row, adapter);
        decodeSummary(record, rma, faults);
        if (faults.any()) {
            setAside(page, DocumentKind::RmaSummary, row, record("rma_id"), faults);
            continue;
        }
        document.kind = DocumentKind::RmaSummary;
        document.body = std::string(row.raw());
        fillKeys(rma, document);
        page.documents.push_back(std::move(document));
    }
    return page;
}

Result<DocumentPage> rmaDetail(std::string_view body, const ReturngoAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    DocumentPage page;
    PageDocument document;
    domain::Rma rma;
    Faults faults(json->root(), &document.unknowns);
    const Record record(json->root(), adapter);
    decodeDetail(record, rma, faults);
    if (faults.any()) {
        setAside(page, DocumentKind::Rma, json->root(), record.inner(record("summary"))("rma_id"),
                 faults);
        return page;
    }
    document.kind = DocumentKind::Rma;
    document.body = std::string(json->root().raw());
    fillKeys(rma, document);
    page.documents.push_back(std::move(document));
    return page;
}

Result<DocumentPage> transactionsPage(std::string_view body, const ReturngoAdapter& adapter)
{
    const Result<Json> json = open(body);
    if (!json)
        return fail(json.error());
    DocumentPage page;
    const Result<View> rows = rowsOf(*json, adapter, "transaction_list", page);
    if (!rows)
        return fail(rows.error());
    for (const View& row : rows->children()) {
        PageDocument document;
        domain::RmaTransaction transaction;
        Faults faults(row, &document.unknowns);
        const Record record(row, adapter);
        decodeTransaction(record, transaction, faults);
        if (faults.any()) {
            setAside(page, DocumentKind::RmaTransaction, row, record("transaction_id"), faults);
            continue;
        }
        document.kind = DocumentKind::RmaTransaction;
        document.externalId = transaction.id.value;
        document.body = std::string(row.raw());
        document.sourceTime = transaction.updatedAt;
        document.keys.status = transaction.status.raw;
        document.keys.units = transaction.units;
        page.documents.push_back(std::move(document));
    }
    return page;
}

Error replyError(int httpStatus, std::string_view body)
{
    // The body's form is not documented: `message`, then `error`, then the text itself.
    std::string text = plainText(clipped(sanitised(clipped(body, 2048)), 2048));
    if (const Result<Json> json = Json::parse(body); json && json->root().isObject()) {
        Faults ignored{View()};
        for (const std::string_view key : {"message", "error"}) {
            const View value = json->root()[key];
            if (value.kind() == JsonKind::String) {
                text = plainText(readText(value, ignored));
                break;
            }
        }
    }
    Error error(ErrorCode::Invalid, fmt::format("HTTP {}: {}", httpStatus, clipped(text, 300)),
                Platform::ReturnGo);
    error.httpStatus = httpStatus;
    switch (httpStatus) {
    case 400:
        error.code = ErrorCode::Rejected;
        break;
    case 401:
    case 403:
        error.code = ErrorCode::Unauthorised;
        break;
    case 404:
        error.code = ErrorCode::NotFound;
        break;
    case 409:
        error.code = ErrorCode::Conflict;
        break;
    case 429: {
        const std::string low = folded(text);
        const bool isQuota = low.find("limit exceeded") != std::string::npos ||
                             low.find("quota") != std::string::npos ||
                             low.find("daily") != std::string::npos;
        error.code = isQuota ? ErrorCode::QuotaSpent : ErrorCode::RateLimited;
        break;
    }
    default:
        if (httpStatus >= 500)
            error.code = ErrorCode::Server;
    }
    return error;
}

} // namespace counterfoil::decode::returngo
