// metafieldsSet: atomic, with compare-and-swap by digest.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

constexpr std::size_t kMetafieldsMax = 25;

std::string text(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Absent: no check. Null: must not exist yet. Text: must be the stored version's digest.
MetafieldWrite writeOf(const Json& input)
{
    MetafieldWrite write;
    write.owner = text(input, "ownerId");
    write.ns = storedNamespace(text(input, "namespace"));
    write.key = text(input, "key");
    write.type = text(input, "type");
    write.value = text(input, "value");
    const auto digest = input.find("compareDigest");
    if (digest == input.end())
        return write;
    write.guard = digest->is_null() ? Guard::MustNotExist : Guard::Digest;
    write.digest = text(input, "compareDigest");
    return write;
}

/// Checks of form, before the world is asked.
std::optional<UserError> formProblem(World& world, const MetafieldWrite& write, std::size_t index)
{
    const auto at = [&](const char* member) {
        return std::vector<std::string>{"metafields", std::to_string(index), member};
    };
    if (write.value.empty())
        return UserError{"BLANK", at("value"), "Value can't be blank."};
    const Metafield* stored = world.metafield(write.owner, write.ns, write.key);
    const std::string type = write.type.empty() && stored != nullptr ? stored->type : write.type;
    if (type == "json" && !Json::accept(write.value))
        return UserError{"INVALID_VALUE", at("value"), "Value is invalid JSON."};
    return std::nullopt;
}

Payload setAll(World& world, const Json& list)
{
    if (list.size() > kMetafieldsMax)
        return refused("LESS_THAN_OR_EQUAL_TO", {"metafields"},
                       "Exceeded the maximum metafields input limit of 25.");
    std::vector<MetafieldWrite> writes;
    for (std::size_t i = 0; i < list.size(); ++i) {
        writes.push_back(writeOf(list[i]));
        if (auto problem = formProblem(world, writes.back(), i))
            return Payload{{}, {*problem}};
    }
    const WriteResult done = world.setMetafields(writes);
    if (!done.ok()) {
        const bool compared = done.code == "STALE_OBJECT" || done.code == "INVALID_COMPARE_DIGEST";
        std::vector<std::string> path = {"metafields", std::to_string(done.element)};
        if (compared)
            path.emplace_back("compareDigest");
        return refused(done.code, path, done.message);
    }
    std::vector<Node> nodes;
    for (const MetafieldWrite& write : writes)
        if (const Metafield* stored = world.metafield(write.owner, write.ns, write.key))
            nodes.push_back(metafieldNode(*stored));
    return Payload{{{"metafields", [nodes]() -> Resolved { return nodes; }}}, {}};
}

} // namespace

void registerMetafieldMutations(Resolvers& r, Context& context)
{
    World& world = context.world;
    rootField(r, "Mutation", "metafieldsSet", [&world](const FieldCall& call) {
        return node("MetafieldsSetPayload", setAll(world, call.arguments["metafields"]));
    });
}

} // namespace counterfoil::sandbox::shopify
