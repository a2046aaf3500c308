#include "app/sandbox/graphql/execute.h"

#include "app/sandbox/graphql/coerce.h"

#include <algorithm>
#include <optional>

namespace counterfoil::sandbox::graphql {
namespace {

constexpr std::int64_t kPageMax = 250;

/// A selected field and what further selections of the same key add to it.
struct Collected {
    const Selection* first = nullptr;
    std::vector<Selection> selections;
};

/// Part of a connection that is shown.
struct Page {
    std::vector<std::size_t> indexes;
    bool hasNext = false;
    bool hasPrevious = false;
};

class Executor {
public:
    Executor(const Schema& schema, const Resolvers& resolvers, const Document& document,
             const Json& variables, const ExecuteOptions& options)
        : m_schema(schema), m_resolvers(resolvers), m_document(document), m_variables(variables),
          m_options(options)
    {
    }

    /// nullopt: a null that the type forbids; the caller passes it on.
    std::optional<Json> object(const Node& node, const std::vector<Selection>& selections);
    Execution take(std::optional<Json> data)
    {
        m_result.data = data ? std::move(*data) : Json(nullptr);
        return std::move(m_result);
    }

private:
    using Fields = std::vector<std::pair<std::string, Collected>>;
    void collect(const std::vector<Selection>& selections, const std::string& type, Fields& fields);
    bool included(const std::vector<Directive>& directives) const;
    std::optional<Json> field(const Node& node, const Collected& collected);
    std::optional<Json> complete(const Resolved& value, const TypeRef& type,
                                 const Collected& collected, const Json& arguments);
    std::optional<Json> list(const std::vector<Node>& nodes, const TypeRef& type,
                             const Collected& collected, const Json& arguments);
    std::optional<Json> connection(const Connection& value, const std::string& type,
                                   const Collected& collected, const Json& arguments);
    std::optional<Page> page(const Connection& value, const Json& arguments, SourcePlace at);
    std::optional<Json> edges(const Connection& value, const Page& page,
                              const std::vector<Selection>& selections,
                              const std::string& edgeType);
    std::optional<Json> nodes(const Connection& value, const Page& page,
                              const std::vector<Selection>& selections);
    Json pageInfo(const Connection& value, const Page& page,
                  const std::vector<Selection>& selections);
    std::string fillIdempotency(const Selection& selection, bool& given) const;
    void fail(Problem problem, SourcePlace at)
    {
        problem.path = m_path;
        problem.at = at;
        m_result.errors.push_back(std::move(problem));
    }

    const Schema& m_schema;
    const Resolvers& m_resolvers;
    const Document& m_document;
    const Json& m_variables;
    const ExecuteOptions& m_options;
    Execution m_result;
    Json m_path = Json::array(); ///< answer path of what is being completed

    /// Holds one step of the path for its life.
    class Step {
    public:
        Step(Executor& executor, Json step) : m_path(executor.m_path)
        {
            m_path.push_back(std::move(step));
        }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step() { m_path.erase(m_path.size() - 1); }

    private:
        Json& m_path;
    };
};

bool Executor::included(const std::vector<Directive>& directives) const
{
    for (const Directive& directive : directives) {
        if (directive.name != "include" && directive.name != "skip")
            continue;
        for (const Argument& argument : directive.arguments) {
            bool condition = argument.value.text == "true";
            if (argument.value.kind == Value::Kind::Variable)
                condition = m_variables.value(argument.value.text, false);
            if (condition != (directive.name == "include"))
                return false;
        }
    }
    return true;
}

void Executor::collect(const std::vector<Selection>& selections, const std::string& type,
                       Fields& fields)
{
    for (const Selection& selection : selections) {
        if (!included(selection.directives))
            continue;
        if (selection.kind == Selection::Kind::Field) {
            const auto known = std::ranges::find_if(
                fields, [&](const auto& one) { return one.first == selection.alias; });
            if (known == fields.end()) {
                fields.emplace_back(selection.alias, Collected{&selection, selection.selections});
            } else {
                auto& merged = known->second.selections;
                merged.insert(merged.end(), selection.selections.begin(),
                              selection.selections.end());
            }
            continue;
        }
        const bool spread = selection.kind == Selection::Kind::Spread;
        const Fragment* fragment = spread ? m_document.fragment(selection.name) : nullptr;
        const std::string& condition =
            fragment != nullptr ? fragment->typeCondition : selection.typeCondition;
        if (condition.empty() || m_schema.isA(type, condition))
            collect(fragment != nullptr ? fragment->selections : selection.selections, type,
                    fields);
    }
}

std::optional<Json> Executor::object(const Node& node, const std::vector<Selection>& selections)
{
    Fields fields;
    collect(selections, node.type, fields);
    Json out = Json::object();
    for (const auto& [key, collected] : fields) {
        const Step step(*this, key);
        auto value = field(node, collected);
        if (!value)
            return std::nullopt;
        out[key] = std::move(*value);
    }
    return out;
}

std::string Executor::fillIdempotency(const Selection& selection, bool& given) const
{
    given = false;
    for (const Directive& directive : selection.directives) {
        if (directive.name != "idempotent")
            continue;
        for (const Argument& argument : directive.arguments) {
            if (argument.name != "key")
                continue;
            given = true;
            if (argument.value.kind != Value::Kind::Variable)
                return argument.value.text;
            const auto found = m_variables.find(argument.value.text);
            if (found != m_variables.end() && found->is_string())
                return found->get<std::string>();
        }
    }
    return {};
}

std::optional<Json> Executor::field(const Node& node, const Collected& collected)
{
    const Selection& selection = *collected.first;
    if (selection.name == "__typename")
        return Json(node.type);
    const TypeDefinition* type = m_schema.type(node.type);
    const FieldDefinition* definition = type != nullptr ? type->field(selection.name) : nullptr;
    const Resolver* resolver = m_resolvers.find(node.type, selection.name);
    if (definition == nullptr || resolver == nullptr) {
        fail({"Internal error: nothing resolves " + node.type + "." + selection.name,
              "INTERNAL_SERVER_ERROR",
              nullptr,
              nullptr,
              {}},
             selection.at);
        return definition != nullptr && !definition->type.nonNull ? std::optional<Json>(nullptr)
                                                                  : std::nullopt;
    }
    auto arguments = coerceArguments(m_schema, definition->arguments, selection.arguments,
                                     m_variables, selection.name);
    const auto nullOrUp = [&]() -> std::optional<Json> {
        if (definition->type.nonNull)
            return std::nullopt;
        return Json(nullptr);
    };
    if (!arguments.ok()) {
        fail(arguments.problem(), selection.at);
        return nullOrUp();
    }
    FieldCall call{arguments.value(), m_path, {}, false};
    call.idempotencyKey = fillIdempotency(selection, call.hasIdempotencyKey);
    const Resolved value = (*resolver)(node, call);
    if (value.kind() == Resolved::Kind::Failure) {
        fail(value.problem(), selection.at);
        return nullOrUp();
    }
    auto json = complete(value, definition->type, collected, arguments.value());
    return json ? json : nullOrUp();
}

std::optional<Json> Executor::complete(const Resolved& value, const TypeRef& type,
                                       const Collected& collected, const Json& arguments)
{
    switch (value.kind()) {
    case Resolved::Kind::Leaf:
        if (value.leaf().is_null() && type.nonNull) {
            fail({"Cannot return null for non-nullable field",
                  "INTERNAL_SERVER_ERROR",
                  nullptr,
                  nullptr,
                  {}},
                 collected.first->at);
            return std::nullopt;
        }
        return value.leaf();
    case Resolved::Kind::Object:
        m_result.actualCost += 1;
        return object(value.nodes().front(), collected.selections);
    case Resolved::Kind::List:
        return list(value.nodes(), type, collected, arguments);
    case Resolved::Kind::Connection:
        return connection(value.connection(), type.named(), collected, arguments);
    case Resolved::Kind::Failure:
        break;
    }
    return std::nullopt;
}

std::optional<Json> Executor::list(const std::vector<Node>& nodes, const TypeRef& type,
                                   const Collected& collected, const Json& arguments)
{
    std::size_t count = nodes.size();
    if (arguments.contains("first") && arguments["first"].is_number_integer())
        count = std::min<std::size_t>(
            count, static_cast<std::size_t>(std::max(0, arguments["first"].get<int>())));
    const bool elementNonNull = type.list && type.of.front().nonNull;
    Json out = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
        m_result.actualCost += 1;
        const Step step(*this, i);
        auto item = object(nodes[i], collected.selections);
        if (!item && elementNonNull)
            return std::nullopt;
        out.push_back(item ? std::move(*item) : Json(nullptr));
    }
    return out;
}

std::optional<Page> Executor::page(const Connection& value, const Json& arguments, SourcePlace at)
{
    const auto number = [&](const char* name) -> std::optional<std::int64_t> {
        if (!arguments.contains(name) || !arguments[name].is_number_integer())
            return std::nullopt;
        return arguments[name].get<std::int64_t>();
    };
    const auto first = number("first");
    const auto last = number("last");
    const auto refuse = [&](const std::string& message) {
        fail({message, "BAD_USER_INPUT", nullptr, nullptr, {}}, at);
        return std::nullopt;
    };
    if (!m_options.unpaged && first.has_value() == last.has_value())
        return refuse(first ? "providing both first and last is not supported"
                            : "you must provide one of first or last");
    const std::int64_t size = first.value_or(last.value_or(0));
    if (size < 0 || size > kPageMax)
        return refuse("first and last must be between 0 and 250");
    std::size_t begin = 0;
    std::size_t end = value.keys.size();
    const auto behind = [&](const CursorKey& key, const CursorKey& mark) {
        return value.descending ? key < mark : key > mark;
    };
    for (const char* name : {"after", "before"}) {
        if (!arguments.contains(name) || !arguments[name].is_string())
            continue;
        const auto mark = cursorFromText(arguments[name].get<std::string>());
        if (!mark)
            return refuse("Invalid cursor for current pagination sort.");
        const bool after = name[0] == 'a';
        const auto edge = std::ranges::partition_point(value.keys, [&](const CursorKey& key) {
            return after ? !behind(key, *mark) : behind(*mark, key);
        });
        (after ? begin : end) = static_cast<std::size_t>(edge - value.keys.begin());
    }
    end = std::max(begin, end);
    Page page;
    const auto wanted =
        m_options.unpaged && !first && !last ? end - begin : static_cast<std::size_t>(size);
    const std::size_t take = std::min(wanted, end - begin);
    const std::size_t from = last ? end - take : begin;
    for (std::size_t i = from; i < from + take; ++i)
        page.indexes.push_back(i);
    page.hasNext = from + take < value.keys.size();
    page.hasPrevious = from > 0;
    return page;
}

Json Executor::pageInfo(const Connection& value, const Page& page,
                        const std::vector<Selection>& selections)
{
    Fields fields;
    collect(selections, "PageInfo", fields);
    Json out = Json::object();
    for (const auto& [key, collected] : fields) {
        const std::string& name = collected.first->name;
        const bool empty = page.indexes.empty();
        if (name == "hasNextPage")
            out[key] = page.hasNext;
        else if (name == "hasPreviousPage")
            out[key] = page.hasPrevious;
        else if (name == "__typename")
            out[key] = "PageInfo";
        else if (empty)
            out[key] = nullptr;
        else
            out[key] = cursorText(
                value.keys[name == "startCursor" ? page.indexes.front() : page.indexes.back()]);
    }
    return out;
}

std::optional<Json> Executor::nodes(const Connection& value, const Page& page,
                                    const std::vector<Selection>& selections)
{
    Json out = Json::array();
    for (std::size_t i = 0; i < page.indexes.size(); ++i) {
        m_result.actualCost += 1;
        const Step step(*this, i);
        auto item = object(value.at(page.indexes[i]), selections);
        if (!item)
            return std::nullopt;
        out.push_back(std::move(*item));
    }
    return out;
}

std::optional<Json> Executor::edges(const Connection& value, const Page& page,
                                    const std::vector<Selection>& selections,
                                    const std::string& edgeType)
{
    Fields fields;
    collect(selections, edgeType, fields);
    Json out = Json::array();
    for (std::size_t i = 0; i < page.indexes.size(); ++i) {
        m_result.actualCost += 1;
        const Step step(*this, i);
        Json edge = Json::object();
        for (const auto& [key, collected] : fields) {
            const std::string& name = collected.first->name;
            if (name == "cursor") {
                edge[key] = cursorText(value.keys[page.indexes[i]]);
            } else if (name == "__typename") {
                edge[key] = edgeType;
            } else {
                const Step inner(*this, key);
                auto node = object(value.at(page.indexes[i]), collected.selections);
                if (!node)
                    return std::nullopt;
                edge[key] = std::move(*node);
            }
        }
        out.push_back(std::move(edge));
    }
    return out;
}

std::optional<Json> Executor::connection(const Connection& value, const std::string& type,
                                         const Collected& collected, const Json& arguments)
{
    const auto shown = page(value, arguments, collected.first->at);
    if (!shown)
        return std::nullopt;
    m_result.actualCost += 2;
    Fields fields;
    collect(collected.selections, type, fields);
    Json out = Json::object();
    for (const auto& [key, part] : fields) {
        const std::string& name = part.first->name;
        const Step step(*this, key);
        std::optional<Json> json;
        if (name == "pageInfo")
            json = pageInfo(value, *shown, part.selections);
        else if (name == "nodes")
            json = nodes(value, *shown, part.selections);
        else if (name == "edges")
            json = edges(value, *shown, part.selections,
                         type.substr(0, type.size() - std::string("Connection").size()) + "Edge");
        else
            json = Json(type);
        if (!json)
            return std::nullopt;
        out[key] = std::move(*json);
    }
    return out;
}

} // namespace

Execution execute(const Schema& schema, const Resolvers& resolvers, const Document& document,
                  const Operation& operation, const Json& variables, const ExecuteOptions& options)
{
    Executor executor(schema, resolvers, document, variables, options);
    const TypeDefinition* root = schema.root(operation.type);
    if (root == nullptr)
        return executor.take(std::nullopt);
    auto data = executor.object(Node{root->name, {}}, operation.selections);
    return executor.take(std::move(data));
}

} // namespace counterfoil::sandbox::graphql
