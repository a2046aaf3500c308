// What all mutations share: payloads, user errors, idempotency.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

struct PayloadType {
    const char* type;
    const char* errorType;
    std::vector<const char*> fields;
};

const std::vector<PayloadType>& payloadTypes()
{
    static const std::vector<PayloadType> types = {
        {"MetafieldsSetPayload", "MetafieldsSetUserError", {"metafields"}},
        {"InventoryAdjustQuantitiesPayload",
         "InventoryAdjustQuantitiesUserError",
         {"inventoryAdjustmentGroup"}},
        {"InventoryMoveQuantitiesPayload",
         "InventoryMoveQuantitiesUserError",
         {"inventoryAdjustmentGroup"}},
        {"InventoryActivatePayload", "UserError", {"inventoryLevel"}},
        {"ReverseFulfillmentOrderDisposePayload",
         "ReturnUserError",
         {"reverseFulfillmentOrderLineItems"}},
        {"ReturnProcessPayload", "ReturnUserError", {"return"}},
        {"ReturnClosePayload", "ReturnUserError", {"return"}},
        {"ReturnReopenPayload", "ReturnUserError", {"return"}},
        {"OrderUpdatePayload", "UserError", {"order"}},
        {"TagsAddPayload", "UserError", {"node"}},
        {"RefundCreatePayload", "UserError", {"refund", "order"}},
        {"BulkOperationRunQueryPayload", "BulkOperationUserError", {"bulkOperation"}},
        {"BulkOperationCancelPayload", "UserError", {"bulkOperation"}},
    };
    return types;
}

} // namespace

void registerPayloads(Resolvers& r)
{
    for (const PayloadType& payload : payloadTypes()) {
        for (const char* name : payload.fields)
            field<Payload>(r, payload.type, name, [name](const Payload& p) -> Resolved {
                for (const auto& [key, value] : p.fields)
                    if (key == name)
                        return value();
                return Resolved::null();
            });
        field<Payload>(r, payload.type, "userErrors", [type = payload.errorType](const Payload& p) {
            std::vector<Node> nodes;
            for (const UserError& error : p.errors)
                nodes.push_back(node(type, error));
            return nodes;
        });
    }
    for (const char* type : {"MetafieldsSetUserError", "InventoryAdjustQuantitiesUserError",
                             "InventoryMoveQuantitiesUserError", "ReturnUserError",
                             "BulkOperationUserError", "UserError"}) {
        field<UserError>(r, type, "message", [](const UserError& e) { return e.message; });
        field<UserError>(r, type, "code", [](const UserError& e) { return textOrNull(e.code); });
        field<UserError>(r, type, "field", [](const UserError& e) {
            return e.field.empty() ? Json(nullptr) : Json(e.field);
        });
        field<UserError>(r, type, "elementIndex", [](const UserError&) { return Json(nullptr); });
    }
}

Payload refused(std::string code, std::vector<std::string> path, std::string message)
{
    Payload payload;
    payload.errors.push_back({std::move(code), std::move(path), std::move(message)});
    return payload;
}

Resolved idempotent(Context& context, const FieldCall& call, const char* mutation,
                    const char* payloadType, const std::function<Payload()>& run)
{
    if (!call.hasIdempotencyKey || call.idempotencyKey.empty())
        return Problem{
            "The @idempotent directive is required for this mutation but was not provided.",
            "BAD_REQUEST",
            nullptr,
            nullptr,
            {}};
    const std::string fingerprint = std::string(mutation) + " " + call.arguments.dump();
    const Instant now = context.world.now();
    const auto found = context.keys.look(call.idempotencyKey, fingerprint, now);
    switch (found.verdict) {
    case IdempotencyStore::Verdict::Replay:
        return found.payload;
    case IdempotencyStore::Verdict::Mismatch:
        return node(payloadType,
                    refused("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", {},
                            "The idempotency key was already used with different parameters."));
    case IdempotencyStore::Verdict::New:
        break;
    }
    Node payload = node(payloadType, run());
    context.keys.keep(call.idempotencyKey, fingerprint, payload, now);
    return payload;
}

} // namespace counterfoil::sandbox::shopify
