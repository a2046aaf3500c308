#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <fmt/format.h>

namespace counterfoil::decode::shopify {

namespace {

using domain::DocumentKind;
using domain::PageDocument;

constexpr std::size_t kSetAsideBytes = 64U << 10U;

void setAside(DocumentPage& page, DocumentKind kind, const View& node, const Faults& faults)
{
    domain::SetAside aside;
    aside.kind = kind;
    Faults ignored{View()};
    aside.externalId = std::string(gidNumber(readText(node["id"], ignored)));
    aside.reason = faults.text();
    aside.body = std::string(clipped(node.raw(), kSetAsideBytes));
    page.setAside.push_back(std::move(aside));
}

DocumentPage pageOf(const Answer& answer)
{
    DocumentPage page;
    page.errors = answer.errors;
    page.cost = answer.cost;
    return page;
}

/// Reads pageInfo of @p connection into @p page. A page that says "more" without a cursor would be
/// read for ever.
Result<void> readPageInfo(const View& connection, DocumentPage& page)
{
    Faults faults{View()};
    Fields info(connection["pageInfo"]);
    const View more = info("hasNextPage");
    page.hasNextPage = readFlag(more, faults).value_or(false);
    page.endCursor = readText(info("endCursor"), faults);
    if (page.hasNextPage && page.endCursor.empty())
        faults.add(more, "more pages but no cursor");
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return {};
}

/// Opens a page that is one connection under `data`, or inside an object there.
struct OpenPage {
    DocumentPage page;
    View nodes;
};
Result<OpenPage> openPage(const Answer& answer, std::string_view field, std::string_view inner)
{
    const Result<View> top = answer.field(field);
    if (!top)
        return fail(top.error());
    const View connection = inner.empty() ? *top : (*top)[inner];
    OpenPage open{pageOf(answer), connection["nodes"]};
    if (!open.nodes.isArray())
        return fail(ErrorCode::Undecodable,
                    fmt::format("{}: not a list", open.nodes.path(answer.json.root())),
                    Platform::Shopify);
    if (Result<void> info = readPageInfo(connection, open.page); !info)
        return fail(info.error());
    return open;
}

/// Makes an error inside the record a fault of it.
void markHole(const Answer& answer, const std::string& path, const View& node, Faults& faults)
{
    if (const domain::GraphqlError* hole = holeIn(answer.errors, path))
        faults.add(node, fmt::format("not whole: {}{}{} at {}", hole->code,
                                     hole->code.empty() ? "" : ": ", hole->message, hole->path));
}

/// One part of an order: the whole `order` object is the document.
template <class Decode>
Result<DocumentPage> orderPart(std::string_view body, DocumentKind kind, std::string_view inner,
                               Decode decode)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> node = answer->field("order");
    if (!node)
        return fail(node.error());
    DocumentPage page = pageOf(*answer);
    if (!inner.empty()) {
        if (Result<void> info = readPageInfo((*node)[inner], page); !info)
            return fail(info.error());
    }
    PageDocument document;
    domain::Order order;
    Faults faults(*node, &document.unknowns);
    markHole(*answer, "order", *node, faults);
    decode(*node, order, faults);
    if (faults.any()) {
        setAside(page, kind, *node, faults);
        return page;
    }
    // That there is a next page is said by the page itself; only a merged document can be cut.
    if (page.hasNextPage)
        std::erase_if(document.unknowns,
                      [&](const domain::UnknownSeen& seen) { return seen.field == inner; });
    document.kind = kind;
    document.externalId = order.id.value;
    document.body = std::string(node->raw());
    document.keys.order = order.id;
    Faults ignored{View()};
    document.sourceTime = readInstant((*node)["updatedAt"], ignored);
    page.documents.push_back(std::move(document));
    return page;
}

} // namespace

Result<DocumentPage> ordersChanged(std::string_view body, const ShopifyAdapter& adapter)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    Result<OpenPage> open = openPage(*answer, "orders", "");
    if (!open)
        return fail(open.error());
    DocumentPage& page = open->page;
    std::size_t row = 0;
    for (const View& node : open->nodes.children()) {
        PageDocument document;
        domain::Order order;
        Faults faults(node, &document.unknowns);
        markHole(*answer, fmt::format("orders.nodes.{}", row++), node, faults);
        decodeHead(node, adapter, order, faults);
        if (faults.any()) {
            setAside(page, DocumentKind::Order, node, faults);
            continue;
        }
        document.kind = DocumentKind::Order;
        document.externalId = order.id.value;
        document.body = std::string(node.raw());
        document.sourceTime = order.updatedAt;
        document.keys = headKeys(order, adapter);
        page.documents.push_back(std::move(document));
    }
    return std::move(page);
}

Result<DocumentPage> orderLines(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    return orderPart(body, DocumentKind::OrderLines, "lineItems", decodeLines);
}

Result<DocumentPage> orderMoney(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    return orderPart(body, DocumentKind::OrderMoney, "", decodeMoney);
}

Result<DocumentPage> orderReturns(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    return orderPart(body, DocumentKind::OrderReturns, "returns", decodeReturns);
}

Result<DocumentPage> orderAgreements(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    return orderPart(body, DocumentKind::OrderAgreements, "agreements", decodeAgreements);
}

Result<DocumentPage> draftsChanged(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    Result<OpenPage> open = openPage(*answer, "draftOrders", "");
    if (!open)
        return fail(open.error());
    DocumentPage& page = open->page;
    std::size_t row = 0;
    for (const View& node : open->nodes.children()) {
        PageDocument document;
        domain::Draft draft;
        Faults faults(node, &document.unknowns);
        markHole(*answer, fmt::format("draftOrders.nodes.{}", row++), node, faults);
        decodeDraft(node, draft, faults);
        if (faults.any()) {
            setAside(page, DocumentKind::Draft, node, faults);
            continue;
        }
        document.kind = DocumentKind::Draft;
        document.externalId = draft.id;
        document.body = std::string(node.raw());
        document.sourceTime = draft.updatedAt;
        document.keys.order = draft.order;
        document.keys.customer = draft.customer;
        document.keys.orderName = draft.name;
        document.keys.status = draft.status;
        document.keys.hasPo = !trimmed(draft.poNumber).empty();
        page.documents.push_back(std::move(document));
    }
    return std::move(page);
}

Result<DocumentPage> accountMetafield(std::string_view body, const ShopifyAdapter& adapter)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> node = answer->field("customer");
    if (!node)
        return fail(node.error());
    DocumentPage page = pageOf(*answer);
    PageDocument document;
    domain::Account account;
    Faults faults(*node, &document.unknowns);
    markHole(*answer, "customer", *node, faults);
    // A balance that our key may not see is unread as well; it must not look like none.
    for (const domain::GraphqlError& error : answer->errors) {
        if (error.path == "customer.metafield" || error.path == "customer.receipts")
            faults.add(*node, fmt::format("{}: {} at {}", error.code, error.message, error.path));
    }
    // Without a shop currency here: the balance itself is read again when a case is judged.
    decodeAccount(*node, adapter, money::Currency(), account, faults);
    if (faults.any()) {
        setAside(page, DocumentKind::Account, *node, faults);
        return page;
    }
    document.kind = DocumentKind::Account;
    document.externalId = account.customer.value;
    document.body = std::string(node->raw());
    document.keys.customer = account.customer;
    Faults ignored{View()};
    document.sourceTime = readInstant((*node)["metafield"]["updatedAt"], ignored);
    page.documents.push_back(std::move(document));
    return page;
}

Result<DocumentPage> setup(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> shop = answer->field("shop");
    if (!shop)
        return fail(shop.error());
    // Scopes that were not read would look like scopes that are not granted.
    for (const domain::GraphqlError& error : answer->errors) {
        if (isHole(error))
            return fail(ErrorCode::Server,
                        fmt::format("not whole: {} at {}", error.message, error.path),
                        Platform::Shopify);
    }
    const std::string_view data = answer->json.root()["data"].raw();
    if (const Result<ShopSetup> read = shopSetup(data); !read)
        return fail(read.error());
    DocumentPage page = pageOf(*answer);
    PageDocument document;
    document.kind = DocumentKind::ShopSetup;
    document.externalId = "setup";
    document.body = std::string(data);
    page.documents.push_back(std::move(document));
    return page;
}

Result<DocumentPage> locationStock(std::string_view body, const ShopifyAdapter& /*adapter*/)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    Result<OpenPage> open = openPage(*answer, "location", "inventoryLevels");
    if (!open)
        return fail(open.error());
    DocumentPage& page = open->page;
    Faults top(answer->json.root());
    const std::string location = requireGid(answer->json.root()["data"]["location"]["id"], top);
    if (top.any())
        return failed(top, Platform::Shopify);
    std::size_t row = 0;
    for (const View& node : open->nodes.children()) {
        PageDocument document;
        domain::StockLevel level;
        Faults faults(node, &document.unknowns);
        markHole(*answer, fmt::format("location.inventoryLevels.nodes.{}", row++), node, faults);
        decodeLevel(node, level, faults);
        if (faults.any()) {
            setAside(page, DocumentKind::StockLevel, node, faults);
            continue;
        }
        document.kind = DocumentKind::StockLevel;
        document.externalId = fmt::format("{}|{}", location, level.item.value);
        document.body =
            fmt::format(R"({{"location":{},"level":{}}})", quoted(location), node.raw());
        document.sourceTime = level.updatedAt;
        document.keys.sku = level.sku;
        page.documents.push_back(std::move(document));
    }
    return std::move(page);
}

} // namespace counterfoil::decode::shopify
