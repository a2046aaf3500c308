#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <unordered_map>

namespace counterfoil::decode::shopify {

namespace {

using domain::DocumentKind;
using domain::PageDocument;

constexpr std::size_t kSetAsideBytes = 64U << 10U;

/// One order as it is put together from its lines.
struct Gathered {
    std::string head; ///< exact bytes; empty until its row was met
    std::vector<std::string> lines;
    bool linesComplete = true; ///< every line row had what a credit needs
    bool hasReturn = false;
};

class Gathering {
public:
    explicit Gathering(const ShopifyAdapter& adapter) : m_adapter(adapter) {}

    void line(std::string_view text)
    {
        const Result<Json> json = Json::parse(text);
        if (!json || !json->root().isObject()) {
            aside(text, json ? "not an object" : json.error().detail);
            return;
        }
        Faults faults(json->root());
        const std::string id = requireGid(json->root()["id"], faults);
        const std::string parent = withoutQuery(readText(json->root()["__parentId"], faults));
        if (faults.any()) {
            aside(text, faults.text());
            return;
        }
        if (parent.empty()) {
            at(id).head = std::string(text);
            return;
        }
        Gathered& order = at(parent);
        if (id.starts_with("gid://shopify/LineItem/")) {
            const View row = json->root();
            order.linesComplete = order.linesComplete && row["taxLines"].isArray() &&
                                  !row["refundableQuantity"].isAbsent();
            order.lines.emplace_back(text);
        } else if (id.starts_with("gid://shopify/Return/")) {
            order.hasReturn = true;
        } else {
            aside(text, "id: not an order, a line or a return");
        }
    }

    DocumentPage finish() &&
    {
        for (const std::string& id : m_order)
            emit(id, m_orders[id]);
        return std::move(m_page);
    }

private:
    Gathered& at(const std::string& id)
    {
        const auto [found, isNew] = m_orders.try_emplace(id);
        if (isNew)
            m_order.push_back(id);
        return found->second;
    }

    void aside(std::string_view text, std::string reason)
    {
        domain::SetAside aside;
        aside.kind = DocumentKind::Order;
        aside.reason = std::move(reason);
        aside.body = std::string(clipped(text, kSetAsideBytes));
        m_page.setAside.push_back(std::move(aside));
    }

    void emit(const std::string& id, const Gathered& gathered)
    {
        if (gathered.head.empty()) {
            for (const std::string& line : gathered.lines)
                aside(line, fmt::format("__parentId: no order {} in the file", id));
            return;
        }
        const Result<Json> json = Json::parse(gathered.head);
        if (!json)
            return aside(gathered.head, json.error().detail);
        PageDocument document;
        domain::Order order;
        Faults faults(json->root(), &document.unknowns);
        decodeHead(json->root(), m_adapter, order, faults);
        if (faults.any())
            return aside(gathered.head, faults.text());
        document.kind = DocumentKind::Order;
        document.externalId = order.id.value;
        document.body = gathered.head;
        document.sourceTime = order.updatedAt;
        document.keys = headKeys(order, m_adapter);
        document.keys.hasReturn = document.keys.hasReturn || gathered.hasReturn;
        m_page.documents.push_back(std::move(document));
        if (!gathered.lines.empty() && gathered.linesComplete)
            emitLines(order, gathered);
    }

    void emitLines(const domain::Order& order, const Gathered& gathered)
    {
        std::string body = fmt::format(
            R"({{"id":{},"lineItems":{{"pageInfo":{{"hasNextPage":false,"endCursor":null}},"nodes":[)",
            quoted(order.gid));
        for (std::size_t i = 0; i < gathered.lines.size(); ++i) {
            if (i > 0)
                body += ',';
            body += gathered.lines[i];
        }
        body += "]}}";
        PageDocument document;
        domain::Order part;
        const Result<void> read = applyOrderLines(body, part, &document.unknowns);
        if (!read)
            return aside(body, read.error().detail);
        document.kind = DocumentKind::OrderLines;
        document.externalId = order.id.value;
        document.body = std::move(body);
        document.sourceTime = order.updatedAt;
        document.keys.order = order.id;
        m_page.documents.push_back(std::move(document));
    }

    const ShopifyAdapter& m_adapter;
    std::unordered_map<std::string, Gathered> m_orders;
    std::vector<std::string> m_order; ///< gids as first met
    DocumentPage m_page;
};

Result<BulkState> stateFrom(const View& node)
{
    Faults faults(node);
    Fields fields(node);
    BulkState state;
    state.id = requireText(fields("id"), faults);
    state.status = requireText(fields("status"), faults);
    state.errorCode = readText(fields("errorCode"), faults);
    state.objectCount = readInteger(fields("objectCount"), faults).value_or(0);
    state.url = readText(fields("url"), faults);
    state.partialDataUrl = readText(fields("partialDataUrl"), faults);
    state.createdAt = readInstant(fields("createdAt"), faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return state;
}

} // namespace

Result<DocumentPage> bulkOrders(std::string_view jsonl, const ShopifyAdapter& adapter)
{
    const std::string_view start = trimmed(jsonl.substr(0, 64));
    if (start.starts_with('<'))
        return fail(ErrorCode::Undecodable, "bulk file: HTML or XML instead of JSON lines",
                    Platform::Shopify);
    Gathering gathering(adapter);
    while (!jsonl.empty()) {
        const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
        const std::string_view text = trimmed(jsonl.substr(0, end));
        if (!text.empty())
            gathering.line(text);
        jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    }
    return std::move(gathering).finish();
}

Result<BulkState> bulkPoll(std::string_view body)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> node = answer->field("bulkOperation");
    if (!node)
        return fail(node.error());
    return stateFrom(*node);
}

Result<BulkState> bulkStart(std::string_view body)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> payload = answer->field("bulkOperationRunQuery");
    if (!payload)
        return fail(payload.error());
    Faults ignored{View()};
    for (const View& error : (*payload)["userErrors"].children()) {
        const std::string text = readText(error["message"], ignored);
        return fail(ErrorCode::Rejected,
                    text.empty() ? "refused without a text" : std::string(clipped(text, 512)),
                    Platform::Shopify);
    }
    return stateFrom((*payload)["bulkOperation"]);
}

} // namespace counterfoil::decode::shopify
