#include "app/sandbox/graphql/cost.h"

#include <algorithm>
#include <set>

namespace counterfoil::sandbox::graphql {
namespace {

constexpr std::int64_t kMutationCost = 10;
constexpr std::int64_t kConnectionCost = 2;
/// Beyond any limit; keeps products of page sizes from overflowing.
constexpr std::int64_t kCostMax = 1'000'000'000;

class Cost {
public:
    Cost(const Schema& schema, const Document& document, const Json& variables)
        : m_schema(schema), m_document(document), m_variables(variables)
    {
    }

    /// Cost of a selection on objects of `type`: the dearest of the types that can stand there.
    std::int64_t selections(const std::vector<Selection>& list, const std::string& type)
    {
        std::int64_t dearest = 0;
        for (const std::string& object : m_schema.possible(type)) {
            std::set<std::string> counted;
            dearest = std::max(dearest, onObject(list, object, counted));
        }
        return std::min(dearest, kCostMax);
    }

private:
    std::int64_t onObject(const std::vector<Selection>& list, const std::string& object,
                          std::set<std::string>& counted)
    {
        std::int64_t sum = 0;
        for (const Selection& selection : list) {
            if (selection.kind == Selection::Kind::Field) {
                if (counted.insert(selection.alias).second)
                    sum += field(selection, object);
                continue;
            }
            const bool spread = selection.kind == Selection::Kind::Spread;
            const Fragment* fragment = spread ? m_document.fragment(selection.name) : nullptr;
            const std::string& condition =
                fragment != nullptr ? fragment->typeCondition : selection.typeCondition;
            if (!condition.empty() && !m_schema.isA(object, condition))
                continue;
            sum += onObject(fragment != nullptr ? fragment->selections : selection.selections,
                            object, counted);
        }
        return std::min(sum, kCostMax);
    }

    /// `first` or `last` as written or by variable; nullopt without one.
    std::optional<std::int64_t> pageSize(const Selection& selection)
    {
        for (const Argument& argument : selection.arguments) {
            if (argument.name != "first" && argument.name != "last")
                continue;
            if (argument.value.kind == Value::Kind::Int)
                return Json::parse(argument.value.text).get<std::int64_t>();
            if (argument.value.kind == Value::Kind::Variable &&
                m_variables.contains(argument.value.text) &&
                m_variables[argument.value.text].is_number_integer())
                return m_variables[argument.value.text].get<std::int64_t>();
        }
        return std::nullopt;
    }

    /// Children of a connection: what its nodes cost, through `nodes` or `edges { node }`.
    std::int64_t nodeCost(const std::vector<Selection>& list, const TypeDefinition& type)
    {
        std::int64_t sum = 0;
        for (const Selection& selection : list) {
            if (selection.kind != Selection::Kind::Field) {
                const Fragment* fragment = m_document.fragment(selection.name);
                sum += nodeCost(fragment != nullptr ? fragment->selections : selection.selections,
                                type);
                continue;
            }
            const FieldDefinition* field = type.field(selection.name);
            const TypeDefinition* inner =
                field != nullptr ? m_schema.type(field->type.named()) : nullptr;
            if (inner == nullptr)
                continue;
            if (selection.name == "nodes" || selection.name == "node")
                sum += selections(selection.selections, inner->name);
            else if (selection.name == "edges")
                sum += nodeCost(selection.selections, *inner);
        }
        return sum;
    }

    std::int64_t field(const Selection& selection, const std::string& object)
    {
        const TypeDefinition* parent = m_schema.type(object);
        const FieldDefinition* definition =
            parent != nullptr ? parent->field(selection.name) : nullptr;
        const TypeDefinition* type =
            definition != nullptr ? m_schema.type(definition->type.named()) : nullptr;
        if (type == nullptr || !type->composite())
            return 0;
        const std::int64_t size = std::clamp<std::int64_t>(pageSize(selection).value_or(1), 0, 250);
        if (type->connection())
            return kConnectionCost + size * (1 + nodeCost(selection.selections, *type));
        return size * (1 + selections(selection.selections, type->name));
    }

    const Schema& m_schema;
    const Document& m_document;
    const Json& m_variables;
};

} // namespace

std::int64_t requestedCost(const Schema& schema, const Document& document,
                           const Operation& operation, const Json& variables)
{
    const TypeDefinition* root = schema.root(operation.type);
    if (root == nullptr)
        return 0;
    Cost cost(schema, document, variables);
    std::int64_t sum = cost.selections(operation.selections, root->name);
    if (operation.type == "mutation") {
        // A payload object costs the mutation's ten instead of an object's one.
        const auto payloads = static_cast<std::int64_t>(operation.selections.size());
        sum += payloads * (kMutationCost - 1);
    }
    return sum;
}

} // namespace counterfoil::sandbox::graphql
