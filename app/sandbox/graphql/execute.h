#pragma once

#include "app/sandbox/graphql/schema.h"

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// An object of the domain as the executor carries it: its concrete type and whatever the
/// resolvers of that type need to answer for it.
struct Node {
    std::string type;
    std::any data;
    /// Only when `data` holds a T.
    template <typename T> [[nodiscard]] const T& as() const { return *std::any_cast<T>(&data); }
};

/// Place of an item in a connection's order. A cursor carries it, so a page continues behind the
/// same place even when items moved or came in between.
struct CursorKey {
    std::int64_t value = 0;
    std::int64_t id = 0;
    auto operator<=>(const CursorKey&) const = default;
};

/// Items of a connection before paging, already in order; `at` builds one only when it is shown.
struct Connection {
    std::vector<CursorKey> keys;
    bool descending = false;
    std::function<Node(std::size_t index)> at;
};

/// What a resolver answers.
class Resolved {
public:
    enum class Kind { Leaf, Object, List, Connection, Failure };
    /// A scalar, an enum, a list of those, or null.
    Resolved(Json leaf) : m_leaf(std::move(leaf)) {}
    Resolved(Node node) : m_kind(Kind::Object), m_nodes{std::move(node)} {}
    Resolved(std::vector<Node> nodes) : m_kind(Kind::List), m_nodes(std::move(nodes)) {}
    Resolved(Connection connection) : m_kind(Kind::Connection), m_connection(std::move(connection))
    {
    }
    Resolved(Problem problem) : m_kind(Kind::Failure), m_problem(std::move(problem)) {}
    [[nodiscard]] static Resolved null() { return Resolved(Json(nullptr)); }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const Json& leaf() const { return m_leaf; }
    [[nodiscard]] const std::vector<Node>& nodes() const { return m_nodes; }
    [[nodiscard]] const Connection& connection() const { return m_connection; }
    [[nodiscard]] const Problem& problem() const { return m_problem; }

private:
    Kind m_kind = Kind::Leaf;
    Json m_leaf;
    std::vector<Node> m_nodes;
    Connection m_connection;
    Problem m_problem;
};

/// One field being resolved.
struct FieldCall {
    const Json& arguments;      ///< coerced
    const Json& path;           ///< answer path
    std::string idempotencyKey; ///< of @idempotent(key:); empty without the directive
    bool hasIdempotencyKey = false;
};

using Resolver = std::function<Resolved(const Node& parent, const FieldCall& call)>;

/// Resolvers by object type and field.
class Resolvers {
public:
    void add(const std::string& type, const std::string& field, Resolver resolver)
    {
        m_resolvers[type + "." + field] = std::move(resolver);
    }
    /// nullptr when the field has none.
    [[nodiscard]] const Resolver* find(const std::string& type, const std::string& field) const
    {
        const auto found = m_resolvers.find(type + "." + field);
        return found == m_resolvers.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const std::map<std::string, Resolver>& all() const { return m_resolvers; }

private:
    std::map<std::string, Resolver> m_resolvers;
};

struct Execution {
    Json data;                   ///< null when an error reached the root
    std::vector<Problem> errors; ///< in the order of appearance
    std::int64_t actualCost = 0; ///< by the rules of cost.h on what really came out
};

struct ExecuteOptions {
    /// Bulk operations: connections give everything and need no `first`.
    bool unpaged = false;
};

/// Executes an operation that passed `validate`. Root fields run one after another in writing
/// order. A field that fails becomes null with an entry in `errors`; where the type forbids null,
/// the nearest nullable parent becomes null.
[[nodiscard]] Execution execute(const Schema& schema, const Resolvers& resolvers,
                                const Document& document, const Operation& operation,
                                const Json& variables, const ExecuteOptions& options = {});

/// Opaque text of a place, and back; nullopt when the text is not one of ours.
[[nodiscard]] std::string cursorText(const CursorKey& key);
[[nodiscard]] std::optional<CursorKey> cursorFromText(const std::string& text);

} // namespace counterfoil::sandbox::graphql
