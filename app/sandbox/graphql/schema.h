#pragma once

#include "app/sandbox/graphql/problem.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// An argument of a field or a field of an input object.
struct InputDefinition {
    std::string name;
    TypeRef type;
    bool hasDefault = false;
    Value defaultValue;
    /// Must be given: non-null without a default.
    [[nodiscard]] bool required() const { return type.nonNull && !hasDefault; }
};

struct FieldDefinition {
    std::string name;
    std::vector<InputDefinition> arguments;
    TypeRef type;
};

struct TypeDefinition {
    enum class Kind { Scalar, Object, Interface, Union, Enum, Input };
    Kind kind = Kind::Scalar;
    std::string name;
    std::vector<FieldDefinition> fields;
    std::vector<InputDefinition> inputs;
    std::vector<std::string> interfaces;
    std::vector<std::string> members; ///< values of an enum, types of a union
    [[nodiscard]] const FieldDefinition* field(const std::string& fieldName) const;
    [[nodiscard]] const InputDefinition* input(const std::string& inputName) const;
    [[nodiscard]] bool hasMember(const std::string& member) const;
    [[nodiscard]] bool composite() const
    {
        return kind == Kind::Object || kind == Kind::Interface || kind == Kind::Union;
    }
    /// A connection in the sense of the Relay convention: its name says so.
    [[nodiscard]] bool connection() const { return name.ends_with("Connection"); }
};

/// Types read from schema text (SDL). Immutable once read.
class Schema {
public:
    /// Reads types, interfaces, unions, enums, inputs, scalars and the root names; directive
    /// definitions are skipped.
    [[nodiscard]] static Outcome<Schema> parse(std::string_view text);
    /// nullptr when there is no such type.
    [[nodiscard]] const TypeDefinition* type(const std::string& name) const;
    /// Root type of "query" or "mutation"; nullptr when there is none.
    [[nodiscard]] const TypeDefinition* root(const std::string& operationType) const;
    /// True when an object of type `object` is one of `abstract` (itself, interface or union).
    [[nodiscard]] bool isA(const std::string& object, const std::string& abstract) const;
    /// Object types that can stand where `name` is declared.
    [[nodiscard]] std::vector<std::string> possible(const std::string& name) const;
    [[nodiscard]] const std::map<std::string, TypeDefinition>& types() const { return m_types; }

private:
    std::map<std::string, TypeDefinition> m_types;
    std::map<std::string, std::string> m_roots;
};

} // namespace counterfoil::sandbox::graphql
