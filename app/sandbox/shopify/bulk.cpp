// Bulk operations: what may be read so, and the answer as lines.

#include "app/sandbox/shopify/bulk.h"

#include <algorithm>

namespace counterfoil::sandbox::shopify {
namespace {

using graphql::Json;

constexpr int kConnectionsMax = 5;
constexpr int kNestingMax = 2;

/// Walks a query and counts what bulk reading limits.
class BulkCheck {
public:
    BulkCheck(const graphql::Schema& schema, const graphql::Document& document)
        : m_schema(schema), m_document(document)
    {
    }

    void walk(const std::vector<graphql::Selection>& list, const std::string& typeName, int nesting,
              bool inList)
    {
        const graphql::TypeDefinition* type = m_schema.type(typeName);
        for (const graphql::Selection& selection : list) {
            if (selection.kind != graphql::Selection::Kind::Field) {
                const graphql::Fragment* fragment = m_document.fragment(selection.name);
                const bool spread = fragment != nullptr;
                const std::string& condition =
                    spread ? fragment->typeCondition : selection.typeCondition;
                walk(spread ? fragment->selections : selection.selections,
                     condition.empty() ? typeName : condition, nesting, inList);
                continue;
            }
            const graphql::FieldDefinition* field =
                type != nullptr ? type->field(selection.name) : nullptr;
            const graphql::TypeDefinition* inner =
                field != nullptr ? m_schema.type(field->type.named()) : nullptr;
            if (inner != nullptr && inner->composite())
                step(selection, *field, *inner, nesting, inList);
        }
    }

    [[nodiscard]] std::string refusal() const
    {
        if (!m_refusal.empty())
            return m_refusal;
        if (m_connections == 0)
            return "Bulk queries must contain at least one connection.";
        if (m_connections > kConnectionsMax)
            return "Bulk queries cannot contain more than 5 connections.";
        return {};
    }

private:
    void step(const graphql::Selection& selection, const graphql::FieldDefinition& field,
              const graphql::TypeDefinition& inner, int nesting, bool inList)
    {
        if (!inner.connection()) {
            const bool edges = selection.name == "edges";
            const bool plainList =
                !edges && selection.name != "nodes" && field.type.text().front() == '[';
            if (selection.name == "node" || selection.name == "nodes")
                needsId(selection);
            walk(selection.selections, inner.name, nesting, inList || plainList);
            return;
        }
        ++m_connections;
        if (inList)
            refuse("Queries that contain a connection field within a list field are not currently "
                   "supported.");
        if (nesting + 1 > kNestingMax)
            refuse("Bulk queries cannot contain connections with a nesting depth greater than 2.");
        walk(selection.selections, inner.name, nesting + 1, inList);
    }

    void needsId(const graphql::Selection& node)
    {
        const bool has = std::ranges::any_of(
            node.selections, [](const graphql::Selection& one) { return one.alias == "id"; });
        if (!has)
            refuse("The parent 'node' field for a nested connection must select the 'id' field "
                   "without an alias.");
    }

    void refuse(const char* text)
    {
        if (m_refusal.empty())
            m_refusal = text;
    }

    const graphql::Schema& m_schema;
    const graphql::Document& m_document;
    int m_connections = 0;
    std::string m_refusal;
};

/// One line waiting to be written.
struct Line {
    Json json;
    std::string parent;
};

bool isConnection(const Json& value)
{
    return value.is_object() && ((value.contains("edges") && value["edges"].is_array()) ||
                                 (value.contains("nodes") && value["nodes"].is_array()));
}

void collectNode(Json object, const std::string& parent, std::vector<Line>& lines,
                 std::vector<Line>& children);

void collectConnection(const Json& connection, const std::string& parent, std::vector<Line>& lines,
                       std::vector<Line>& children)
{
    if (connection.contains("edges"))
        for (const Json& edge : connection["edges"])
            collectNode(edge.value("node", Json()), parent, lines, children);
    else
        for (const Json& node : connection["nodes"])
            collectNode(node, parent, lines, children);
}

void collectNode(Json object, const std::string& parent, std::vector<Line>& lines,
                 std::vector<Line>& children)
{
    if (!object.is_object())
        return;
    Json own = Json::object();
    std::vector<Json> connections;
    for (auto& [key, value] : object.items()) {
        if (isConnection(value))
            connections.push_back(std::move(value));
        else
            own[key] = std::move(value);
    }
    const std::string id = own.value("id", std::string());
    if (!parent.empty())
        own["__parentId"] = parent;
    lines.push_back({std::move(own), parent});
    for (const Json& connection : connections)
        collectConnection(connection, id, children, children);
}

} // namespace

std::string bulkRefusal(const graphql::Schema& schema, const graphql::Document& document,
                        const graphql::Operation& operation)
{
    const graphql::TypeDefinition* root = schema.root(operation.type);
    if (root == nullptr || operation.type != "query")
        return "Bulk operations take a query.";
    BulkCheck check(schema, document);
    check.walk(operation.selections, root->name, 0, false);
    return check.refusal();
}

void writeBulkLines(const Json& data, BulkJob& job)
{
    std::vector<Line> roots;
    std::vector<Line> children;
    for (const auto& [key, value] : data.items())
        if (isConnection(value))
            collectConnection(value, {}, roots, children);
    // Children come in blocks behind several parents, the later parent's first, so that nobody
    // relies on a child following its own parent directly.
    constexpr std::size_t kBlock = 7;
    std::size_t child = 0;
    std::vector<Line> held;
    const auto write = [&job](const Line& line) {
        job.lines += line.json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        ++job.objectCount;
    };
    std::vector<std::string> block;
    for (std::size_t i = 0; i < roots.size(); ++i) {
        write(roots[i]);
        block.push_back(roots[i].json.value("id", std::string()));
        if (block.size() < kBlock && i + 1 < roots.size())
            continue;
        // Depth first collection: the children of these parents, and theirs, are one run.
        std::vector<std::string> known = block;
        const std::size_t from = child;
        while (child < children.size() &&
               std::ranges::find(known, children[child].parent) != known.end()) {
            known.push_back(children[child].json.value("id", std::string()));
            ++child;
        }
        std::vector<const Line*> later;
        for (std::size_t k = from; k < child; ++k) {
            const bool direct = std::ranges::find(block, children[k].parent) != block.end();
            if (direct)
                held.push_back(children[k]);
            else
                later.push_back(&children[k]);
        }
        std::ranges::reverse(held);
        for (const Line& line : held)
            write(line);
        for (const Line* line : later)
            write(*line);
        held.clear();
        block.clear();
    }
    job.rootObjectCount = static_cast<std::int64_t>(roots.size());
}

} // namespace counterfoil::sandbox::shopify
