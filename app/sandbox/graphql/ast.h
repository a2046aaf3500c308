#pragma once

#include <string>
#include <utility>
#include <vector>

/// Syntax tree of a GraphQL document (specification of October 2021, executable definitions).
/// Plain values; the parser makes them, validation, cost and execution only read them.
namespace counterfoil::sandbox::graphql {

/// Place in the source text, both from 1.
struct SourcePlace {
    int line = 0;
    int column = 0;
};

/// A literal or a variable. `text` holds the number as written, the string's content, the enum's
/// or the variable's name.
struct Value {
    enum class Kind { Null, Int, Float, String, Boolean, Enum, List, Object, Variable };
    Kind kind = Kind::Null;
    std::string text;
    std::vector<Value> items;
    std::vector<std::pair<std::string, Value>> fields;
    SourcePlace at;
};

struct Argument {
    std::string name;
    Value value;
    SourcePlace at;
};

struct Directive {
    std::string name;
    std::vector<Argument> arguments;
    SourcePlace at;
};

/// `[String!]!`: a list has exactly one element in `of`, a named type has none.
struct TypeRef {
    std::string name;
    bool list = false;
    bool nonNull = false;
    std::vector<TypeRef> of;
    [[nodiscard]] std::string text() const;
    /// Name of the innermost type.
    [[nodiscard]] const std::string& named() const;
};

struct VariableDefinition {
    std::string name;
    TypeRef type;
    bool hasDefault = false;
    Value defaultValue;
    SourcePlace at;
};

struct Selection {
    enum class Kind { Field, Spread, Inline };
    Kind kind = Kind::Field;
    std::string alias;         ///< answer key of a field; equals `name` without an alias
    std::string name;          ///< field or fragment
    std::string typeCondition; ///< inline fragments; empty: none
    std::vector<Argument> arguments;
    std::vector<Directive> directives;
    std::vector<Selection> selections;
    SourcePlace at;
};

struct Operation {
    std::string type = "query"; ///< query, mutation, subscription
    std::string name;           ///< empty: anonymous
    std::vector<VariableDefinition> variables;
    std::vector<Directive> directives;
    std::vector<Selection> selections;
    SourcePlace at;
};

struct Fragment {
    std::string name;
    std::string typeCondition;
    std::vector<Selection> selections;
    SourcePlace at;
};

struct Document {
    std::vector<Operation> operations;
    std::vector<Fragment> fragments;
    /// nullptr when there is none of that name.
    [[nodiscard]] const Fragment* fragment(const std::string& name) const;
};

} // namespace counterfoil::sandbox::graphql
