#include "core/decode/shopify_answer.h"

#include "core/base/text.h"

#include <algorithm>

namespace counterfoil::decode::shopify {

namespace {

std::vector<UserError> readUserErrors(const View& payload, Faults& faults)
{
    std::vector<UserError> errors;
    const View list = payload["userErrors"];
    if (list.isAbsent())
        faults.add(list, "missing");
    for (const View& row : readArray(list, faults).children()) {
        UserError error;
        error.code = readText(row["code"], faults);
        error.message = std::string(clipped(readText(row["message"], faults), 512));
        for (const std::string& step : readTexts(row["field"], faults))
            error.field += (error.field.empty() ? "" : ".") + step;
        errors.push_back(std::move(error));
    }
    return errors;
}

/// What refuses a whole request before it runs has no `data` at all; an error beside `data`, even
/// beside a null one, came while the mutation ran, and whether it took effect is open.
Error ranInto(Error error)
{
    if (error.code == ErrorCode::Invalid && !error.detail.starts_with("MAX_COST_EXCEEDED"))
        error.code = ErrorCode::Server;
    return error;
}

Result<Answer> openWrite(std::string_view body)
{
    Result<Answer> answer = openAnswer(body);
    if (answer)
        return answer;
    const Result<Json> json = Json::parse(body);
    if (!json || json->root()["data"].kind() == JsonKind::Missing)
        return answer;
    return fail(ranInto(answer.error()));
}

/// The payload of a mutation. GraphQL errors beside it leave the outcome open: they are the error.
Result<View> payloadOf(const Answer& answer, std::string_view field)
{
    const Result<View> payload = answer.field(field);
    if (!payload)
        return fail(ranInto(payload.error()));
    if (!answer.errors.empty())
        return fail(ErrorCode::Server, "errors beside the payload: " + answer.errors[0].message,
                    Platform::Shopify);
    if (!payload->isObject())
        return fail(ErrorCode::Undecodable, std::string(field) + ": not an object",
                    Platform::Shopify);
    return payload;
}

template <class Reply> bool replyHasCode(const Reply& reply, std::string_view code)
{
    return std::any_of(reply.userErrors.begin(), reply.userErrors.end(),
                       [&](const UserError& error) { return error.code == code; });
}

} // namespace

bool MetafieldsSetReply::hasCode(std::string_view code) const
{
    return replyHasCode(*this, code);
}

bool InventoryAdjustReply::hasCode(std::string_view code) const
{
    return replyHasCode(*this, code);
}

Result<MetafieldsSetReply> metafieldsSet(std::string_view body)
{
    const Result<Answer> answer = openWrite(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> payload = payloadOf(*answer, "metafieldsSet");
    if (!payload)
        return fail(payload.error());
    Faults faults(*payload);
    MetafieldsSetReply reply;
    reply.userErrors = readUserErrors(*payload, faults);
    for (const View& row : readArray((*payload)["metafields"], faults).children()) {
        MetafieldWritten written;
        written.nameSpace = readText(row["namespace"], faults);
        written.key = requireText(row["key"], faults);
        written.value = readText(row["value"], faults);
        written.digest = readText(row["compareDigest"], faults);
        reply.metafields.push_back(std::move(written));
    }
    if (reply.userErrors.empty() && reply.metafields.empty())
        faults.add((*payload)["metafields"], "neither written nor refused");
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return reply;
}

Result<InventoryAdjustReply> inventoryAdjust(std::string_view body)
{
    const Result<Answer> answer = openWrite(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> payload = payloadOf(*answer, "inventoryAdjustQuantities");
    if (!payload)
        return fail(payload.error());
    Faults faults(*payload);
    InventoryAdjustReply reply;
    reply.userErrors = readUserErrors(*payload, faults);
    const View group = readObject((*payload)["inventoryAdjustmentGroup"], faults);
    if (group.isAbsent()) {
        if (reply.userErrors.empty())
            faults.add((*payload)["inventoryAdjustmentGroup"], "neither moved nor refused");
    } else {
        Fields fields(group);
        reply.groupId = readText(fields("id"), faults);
        reply.createdAt = readInstant(fields("createdAt"), faults);
        reply.reason = readText(fields("reason"), faults);
        reply.referenceUri = readText(fields("referenceDocumentUri"), faults);
        for (const View& row : readArray(fields("changes"), faults).children()) {
            InventoryChange change;
            change.name = readText(row["name"], faults);
            change.delta = requireInteger(row["delta"], faults);
            change.quantityAfter = readInteger(row["quantityAfterChange"], faults);
            change.location = LocationId(readGid(row["location"], faults));
            change.item = InventoryItemId(readGid(row["item"], faults));
            reply.changes.push_back(std::move(change));
        }
    }
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return reply;
}

Result<OrderUpdateReply> orderUpdate(std::string_view body)
{
    const Result<Answer> answer = openWrite(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> payload = payloadOf(*answer, "orderUpdate");
    if (!payload)
        return fail(payload.error());
    Faults faults(*payload);
    OrderUpdateReply reply;
    reply.userErrors = readUserErrors(*payload, faults);
    const View order = readObject((*payload)["order"], faults);
    if (order.isAbsent() && reply.userErrors.empty())
        faults.add((*payload)["order"], "neither changed nor refused");
    reply.orderGid = readText(order["id"], faults);
    reply.poNumber = readText(order["poNumber"], faults);
    reply.updatedAt = readInstant(order["updatedAt"], faults);
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return reply;
}

Result<TwoLevels> itemAtTwoLocations(std::string_view body)
{
    const Result<Answer> answer = openAnswer(body);
    if (!answer)
        return fail(answer.error());
    const Result<View> node = answer->field("inventoryItem");
    if (!node)
        return fail(node.error());
    Faults faults(*node);
    TwoLevels levels;
    levels.item = InventoryItemId(requireGid((*node)["id"], faults));
    levels.sku = readText((*node)["sku"], faults);
    levels.isTracked = readFlag((*node)["tracked"], faults).value_or(false);
    const auto read = [&](std::string_view name) -> std::optional<LevelReading> {
        const View level = readObject((*node)[name], faults);
        if (level.isAbsent())
            return std::nullopt;
        LevelReading reading;
        reading.isActive = readFlag(level["isActive"], faults).value_or(false);
        reading.updatedAt = readInstant(level["updatedAt"], faults);
        for (const View& row : readArray(level["quantities"], faults).children()) {
            if (readText(row["name"], faults) == "available")
                reading.available = readInteger(row["quantity"], faults);
        }
        return reading;
    };
    levels.from = read("from");
    levels.to = read("to");
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return levels;
}

Result<TokenReply> token(std::string_view body)
{
    const Result<Json> json = Json::parse(body);
    if (!json)
        return fail(json.error());
    Faults faults(json->root());
    TokenReply reply;
    reply.accessToken = Secret(requireText(json->root()["access_token"], faults));
    const View lifetime = json->root()["expires_in"];
    const std::optional<Millis> seconds = readSeconds(lifetime, faults);
    if (!seconds)
        faults.add(lifetime, "missing");
    reply.lifetime = seconds.value_or(Millis(0));
    if (faults.any())
        return failed(faults, Platform::Shopify);
    return reply;
}

namespace {

std::string_view connectionOf(domain::DocumentKind kind)
{
    switch (kind) {
    case domain::DocumentKind::OrderLines:
        return "lineItems";
    case domain::DocumentKind::OrderReturns:
        return "returns";
    case domain::DocumentKind::OrderAgreements:
        return "agreements";
    default:
        return {};
    }
}

/// Bytes of @p text from @p from up to the start of @p stop, which lies inside it.
std::string_view before(std::string_view text, const char* from, std::string_view stop)
{
    const auto begin = static_cast<std::size_t>(from - text.data());
    return text.substr(begin, static_cast<std::size_t>(stop.data() - from));
}

} // namespace

Result<std::string> mergePages(domain::DocumentKind kind, const std::vector<std::string>& bodies)
{
    const std::string_view name = connectionOf(kind);
    if (name.empty() || bodies.empty())
        return fail(ErrorCode::Invalid, "these documents are not merged");
    std::string nodes;
    std::string pageInfo;
    std::string_view firstNodes;
    std::string_view firstInfo;
    for (const std::string& body : bodies) {
        const Result<Json> json = Json::parse(body);
        if (!json)
            return fail(json.error());
        const View connection = json->root()[name];
        const View list = connection["nodes"];
        const View info = connection["pageInfo"];
        if (!list.isArray() || !info.isObject())
            return fail(ErrorCode::Undecodable, std::string(name) + ": not a connection",
                        Platform::Shopify);
        const std::string_view items = trimmed(list.raw().substr(1, list.raw().size() - 2));
        if (!items.empty())
            nodes += (nodes.empty() ? "" : ",") + std::string(items);
        pageInfo = std::string(info.raw());
        if (firstNodes.empty()) {
            firstNodes = list.raw();
            firstInfo = info.raw();
        }
    }
    const std::string_view first = bodies.front();
    const bool infoFirst = firstInfo.data() < firstNodes.data();
    const std::string_view a = infoFirst ? firstInfo : firstNodes;
    const std::string_view b = infoFirst ? firstNodes : firstInfo;
    const std::string list = "[" + nodes + "]";
    std::string merged(before(first, first.data(), a));
    merged += infoFirst ? pageInfo : list;
    merged += before(first, a.data() + a.size(), b);
    merged += infoFirst ? list : pageInfo;
    merged += first.substr(static_cast<std::size_t>(b.data() + b.size() - first.data()));
    return merged;
}

} // namespace counterfoil::decode::shopify
