#include "app/sandbox/graphql/coerce.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace counterfoil::sandbox::graphql {
namespace {

/// What does not fit, and where in the value.
struct Misfit {
    Json path = Json::array();
    std::string explanation;
};

class Coercion {
public:
    explicit Coercion(const Schema& schema) : m_schema(schema) {}

    /// @return the value in its type's form; misfits are collected
    Json coerce(const TypeRef& type, const Json& value, Json path);
    [[nodiscard]] const std::vector<Misfit>& misfits() const { return m_misfits; }

private:
    Json coerceScalar(const std::string& name, const Json& value, const Json& path);
    Json coerceObject(const TypeDefinition& type, const Json& value, const Json& path);
    Json misfit(const Json& path, std::string explanation)
    {
        m_misfits.push_back({path, std::move(explanation)});
        return nullptr;
    }
    const Schema& m_schema;
    std::vector<Misfit> m_misfits;
};

/// A literal without variables as JSON.
Json constantJson(const Value& value)
{
    switch (value.kind) {
    case Value::Kind::Null:
    case Value::Kind::Variable:
        return nullptr;
    case Value::Kind::Int:
    case Value::Kind::Float:
        return Json::parse(value.text, nullptr, false);
    case Value::Kind::String:
    case Value::Kind::Enum:
        return value.text;
    case Value::Kind::Boolean:
        return value.text == "true";
    case Value::Kind::List: {
        Json list = Json::array();
        for (const Value& item : value.items)
            list.push_back(constantJson(item));
        return list;
    }
    case Value::Kind::Object: {
        Json object = Json::object();
        for (const auto& [key, member] : value.fields)
            object[key] = constantJson(member);
        return object;
    }
    }
    return nullptr;
}

Json extended(const Json& path, Json step)
{
    Json longer = path;
    longer.push_back(std::move(step));
    return longer;
}

std::string shown(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 80);
}

Json Coercion::coerceScalar(const std::string& name, const Json& value, const Json& path)
{
    if (name == "Boolean")
        return value.is_boolean()
                   ? value
                   : misfit(path, "Could not coerce value " + shown(value) + " to Boolean");
    if (name == "Int") {
        constexpr std::int64_t kMax = std::numeric_limits<std::int32_t>::max();
        if (value.is_number_integer() && value.get<std::int64_t>() <= kMax &&
            value.get<std::int64_t>() >= -kMax - 1)
            return value;
        return misfit(path, "Could not coerce value " + shown(value) + " to Int");
    }
    if (name == "Float")
        return value.is_number()
                   ? value
                   : misfit(path, "Could not coerce value " + shown(value) + " to Float");
    if (name == "ID") {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        if (!value.is_string() && !value.is_number_integer())
            return misfit(path, "Could not coerce value " + shown(value) + " to ID");
        if (!text.starts_with("gid://"))
            return misfit(path, "Invalid global id '" + text + "'");
        return text;
    }
    // Decimal, Money, UnsignedInt64 and the like travel as text and are also taken as numbers.
    if (name != "String" && value.is_number())
        return value.dump();
    return value.is_string()
               ? value
               : misfit(path, "Could not coerce value " + shown(value) + " to " + name);
}

Json Coercion::coerceObject(const TypeDefinition& type, const Json& value, const Json& path)
{
    if (!value.is_object())
        return misfit(path, "Expected " + shown(value) + " to be a key-value object.");
    Json object = Json::object();
    for (const auto& [key, member] : value.items()) {
        const InputDefinition* input = type.input(key);
        if (input == nullptr)
            misfit(extended(path, key), "Field is not defined on " + type.name);
        else
            object[key] = coerce(input->type, member, extended(path, key));
    }
    for (const InputDefinition& input : type.inputs) {
        if (object.contains(input.name))
            continue;
        if (input.hasDefault)
            object[input.name] = coerce(input.type, constantJson(input.defaultValue), path);
        else if (input.required())
            misfit(extended(path, input.name), "Expected value to not be null");
    }
    return object;
}

Json Coercion::coerce(const TypeRef& type, const Json& value, Json path)
{
    if (value.is_null())
        return type.nonNull ? misfit(path, "Expected value to not be null") : value;
    if (type.list) {
        if (!value.is_array())
            return Json::array({coerce(type.of.front(), value, path)});
        Json list = Json::array();
        for (std::size_t i = 0; i < value.size(); ++i)
            list.push_back(coerce(type.of.front(), value[i], extended(path, i)));
        return list;
    }
    const TypeDefinition* definition = m_schema.type(type.name);
    if (definition == nullptr)
        return misfit(path, type.name + " isn't a defined input type");
    switch (definition->kind) {
    case TypeDefinition::Kind::Scalar:
        return coerceScalar(type.name, value, path);
    case TypeDefinition::Kind::Enum:
        if (value.is_string() && definition->hasMember(value.get<std::string>()))
            return value;
        return misfit(path, "Expected " + shown(value) + " to be one of: " + type.name);
    case TypeDefinition::Kind::Input:
        return coerceObject(*definition, value, path);
    case TypeDefinition::Kind::Object:
    case TypeDefinition::Kind::Interface:
    case TypeDefinition::Kind::Union:
        break;
    }
    return misfit(path, type.name + " isn't a valid input type");
}

Problem variableProblem(const VariableDefinition& variable, const Json& value,
                        const std::vector<Misfit>& misfits)
{
    Problem problem;
    problem.message = "Variable $" + variable.name + " of type " + variable.type.text() +
                      " was provided invalid value";
    Json problems = Json::array();
    for (const Misfit& misfit : misfits) {
        problems.push_back(Json{{"path", misfit.path}, {"explanation", misfit.explanation}});
        std::string where;
        for (const Json& step : misfit.path)
            where += (where.empty() ? "" : ".") +
                     (step.is_string() ? step.get<std::string>() : step.dump());
        if (!where.empty())
            problem.message += " for " + where + " (" + misfit.explanation + ")";
    }
    problem.code = "INVALID_VARIABLE";
    problem.extensions = Json{{"value", value}, {"problems", problems}};
    problem.at = variable.at;
    return problem;
}

/// A written value with its variables put in; nullopt when it is an absent variable.
std::optional<Json> withVariables(const Value& value, const Json& variables)
{
    switch (value.kind) {
    case Value::Kind::Variable: {
        const auto found = variables.find(value.text);
        if (found == variables.end())
            return std::nullopt;
        return *found;
    }
    case Value::Kind::List: {
        Json list = Json::array();
        for (const Value& item : value.items)
            list.push_back(withVariables(item, variables).value_or(nullptr));
        return list;
    }
    case Value::Kind::Object: {
        Json object = Json::object();
        for (const auto& [key, member] : value.fields)
            if (auto given = withVariables(member, variables))
                object[key] = *given;
        return object;
    }
    case Value::Kind::Null:
    case Value::Kind::Int:
    case Value::Kind::Float:
    case Value::Kind::String:
    case Value::Kind::Boolean:
    case Value::Kind::Enum:
        break;
    }
    return constantJson(value);
}

} // namespace

Outcome<Json> coerceVariables(const Schema& schema, const Operation& operation, const Json& given)
{
    Json variables = Json::object();
    for (const VariableDefinition& variable : operation.variables) {
        Json value;
        if (given.is_object() && given.contains(variable.name))
            value = given[variable.name];
        else if (variable.hasDefault)
            value = constantJson(variable.defaultValue);
        else if (!variable.type.nonNull)
            continue;
        Coercion coercion(schema);
        variables[variable.name] = coercion.coerce(variable.type, value, Json::array());
        if (!coercion.misfits().empty())
            return variableProblem(variable, value, coercion.misfits());
    }
    return variables;
}

Outcome<Json> coerceArguments(const Schema& schema, const std::vector<InputDefinition>& definitions,
                              const std::vector<Argument>& written, const Json& variables,
                              const std::string& fieldName)
{
    Json arguments = Json::object();
    for (const InputDefinition& definition : definitions) {
        std::optional<Json> value;
        SourcePlace at;
        for (const Argument& argument : written) {
            if (argument.name != definition.name)
                continue;
            value = withVariables(argument.value, variables);
            at = argument.at;
        }
        if (!value && definition.hasDefault)
            value = constantJson(definition.defaultValue);
        if (!value && !definition.required())
            continue;
        Coercion coercion(schema);
        arguments[definition.name] =
            coercion.coerce(definition.type, value.value_or(nullptr), Json::array());
        if (!coercion.misfits().empty())
            return Problem{"Argument '" + definition.name + "' on Field '" + fieldName +
                               "' has an invalid value. Expected type '" + definition.type.text() +
                               "'. " + coercion.misfits().front().explanation,
                           "argumentLiteralsIncompatible", nullptr, nullptr, at};
    }
    return arguments;
}

} // namespace counterfoil::sandbox::graphql
