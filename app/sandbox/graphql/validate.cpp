#include "app/sandbox/graphql/validate.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace counterfoil::sandbox::graphql {
namespace {

std::string literalText(const Value& value)
{
    std::string text = std::to_string(static_cast<int>(value.kind)) + value.text + "(";
    for (const Value& item : value.items)
        text += literalText(item) + ",";
    for (const auto& [key, member] : value.fields)
        text += key + ":" + literalText(member) + ",";
    return text + ")";
}

/// Field and arguments in one text, to compare two selections under one answer key.
std::string signature(const Selection& field)
{
    std::map<std::string, std::string> arguments;
    for (const Argument& argument : field.arguments)
        arguments[argument.name] = literalText(argument.value);
    std::string text = field.name;
    for (const auto& [name, value] : arguments)
        text += "|" + name + "=" + value;
    return text;
}

class Validator {
public:
    Validator(const Schema& schema, const Document& document, const Operation& operation)
        : m_schema(schema), m_document(document), m_operation(operation)
    {
    }

    std::vector<Problem> run();

private:
    void selections(const std::vector<Selection>& list, const TypeDefinition& type, Json path,
                    std::map<std::string, std::string>& signatures);
    void field(const Selection& selection, const TypeDefinition& type, const Json& path);
    void subSelection(const Selection& selection, const FieldDefinition& field, const Json& path);
    void fragmentSpread(const Selection& selection, const TypeDefinition& type, const Json& path,
                        std::map<std::string, std::string>& signatures);
    void inlineFragment(const Selection& selection, const TypeDefinition& type, const Json& path,
                        std::map<std::string, std::string>& signatures);
    const TypeDefinition* conditionType(const std::string& name, const TypeDefinition& parent,
                                        const Json& path, SourcePlace at);
    void arguments(const Selection& selection, const TypeDefinition& type,
                   const FieldDefinition& field, const Json& path);
    void directives(const std::vector<Directive>& list, const Json& path, bool onField);
    void values(const Value& value, const Json& path);
    void variables(const Json& path);
    void add(std::string message, std::string code, Json path, SourcePlace at,
             Json extensions = nullptr)
    {
        m_problems.push_back(
            {std::move(message), std::move(code), std::move(path), std::move(extensions), at});
    }

    const Schema& m_schema;
    const Document& m_document;
    const Operation& m_operation;
    std::vector<Problem> m_problems;
    std::set<std::string> m_usedVariables;
    std::set<std::string> m_usedFragments;
    std::vector<std::string> m_openFragments;
};

Json with(const Json& path, const std::string& step)
{
    Json longer = path;
    longer.push_back(step);
    return longer;
}

void Validator::values(const Value& value, const Json& path)
{
    if (value.kind == Value::Kind::Variable) {
        m_usedVariables.insert(value.text);
        const bool declared = std::ranges::any_of(
            m_operation.variables, [&](const auto& one) { return one.name == value.text; });
        if (!declared)
            add("Variable $" + value.text + " is used by " + m_operation.name + " but not declared",
                "variableNotDefined", path, value.at, Json{{"variableName", value.text}});
    }
    for (const Value& item : value.items)
        values(item, path);
    for (const auto& [key, member] : value.fields)
        values(member, path);
}

void Validator::directives(const std::vector<Directive>& list, const Json& path, bool onField)
{
    for (const Directive& directive : list) {
        const bool conditional = directive.name == "include" || directive.name == "skip";
        if (!conditional && directive.name != "idempotent")
            add("Directive @" + directive.name + " is not defined", "undefinedDirective", path,
                directive.at, Json{{"directiveName", directive.name}});
        if (directive.name == "idempotent" && !onField)
            add("'@idempotent' can't be applied to fragments (allowed: fields)",
                "directiveCannotBeApplied", path, directive.at);
        const char* required = conditional ? "if" : "key";
        const bool given = std::ranges::any_of(directive.arguments, [&](const Argument& argument) {
            return argument.name == required;
        });
        if (!given)
            add("Directive '" + directive.name + "' is missing required arguments: " + required,
                "missingRequiredArguments", path, directive.at);
        for (const Argument& argument : directive.arguments)
            values(argument.value, path);
    }
}

void Validator::arguments(const Selection& selection, const TypeDefinition& type,
                          const FieldDefinition& field, const Json& path)
{
    for (const Argument& argument : selection.arguments) {
        values(argument.value, path);
        const bool known = std::ranges::any_of(field.arguments, [&](const InputDefinition& input) {
            return input.name == argument.name;
        });
        if (!known)
            add("Field '" + field.name + "' doesn't accept argument '" + argument.name + "'",
                "argumentNotAccepted", with(path, argument.name), argument.at,
                Json{{"name", field.name}, {"typeName", "Field"}, {"argumentName", argument.name}});
    }
    std::string missing;
    for (const InputDefinition& input : field.arguments) {
        const bool given = std::ranges::any_of(selection.arguments, [&](const Argument& argument) {
            return argument.name == input.name;
        });
        if (input.required() && !given)
            missing += (missing.empty() ? "" : ", ") + input.name;
    }
    if (!missing.empty())
        add("Field '" + field.name + "' is missing required arguments: " + missing,
            "missingRequiredArguments", path, selection.at,
            Json{{"className", "Field"}, {"name", type.name}, {"arguments", missing}});
}

void Validator::subSelection(const Selection& selection, const FieldDefinition& field,
                             const Json& path)
{
    const TypeDefinition* type = m_schema.type(field.type.named());
    const bool composite = type != nullptr && type->composite();
    const std::string shownType = field.type.text();
    if (composite && selection.selections.empty()) {
        add("Field must have selections (field '" + field.name + "' returns " + field.type.named() +
                " but has no selections. Did you mean '" + field.name + " { ... }'?)",
            "selectionMismatch", path, selection.at,
            Json{{"nodeName", "field '" + field.name + "'"}, {"typeName", shownType}});
    } else if (!composite && !selection.selections.empty()) {
        add("Selections can't be made on scalars (field '" + field.name + "' returns " +
                field.type.named() + " but has selections)",
            "selectionMismatch", path, selection.at,
            Json{{"nodeName", "field '" + field.name + "'"}, {"typeName", shownType}});
    } else if (composite) {
        std::map<std::string, std::string> signatures;
        selections(selection.selections, *type, path, signatures);
    }
}

void Validator::field(const Selection& selection, const TypeDefinition& type, const Json& path)
{
    directives(selection.directives, path, true);
    if (selection.name == "__typename")
        return;
    const FieldDefinition* field = type.field(selection.name);
    if (field == nullptr)
        return add("Field '" + selection.name + "' doesn't exist on type '" + type.name + "'",
                   "undefinedField", path, selection.at,
                   Json{{"typeName", type.name}, {"fieldName", selection.name}});
    arguments(selection, type, *field, path);
    subSelection(selection, *field, path);
}

const TypeDefinition* Validator::conditionType(const std::string& name,
                                               const TypeDefinition& parent, const Json& path,
                                               SourcePlace at)
{
    const TypeDefinition* type = m_schema.type(name);
    if (type == nullptr || !type->composite()) {
        add("No such type " + name + ", so it can't be a fragment condition", "undefinedType", path,
            at, Json{{"typeName", name}});
        return nullptr;
    }
    const auto here = m_schema.possible(parent.name);
    const auto there = m_schema.possible(name);
    const bool overlap = std::ranges::any_of(
        here, [&](const auto& one) { return std::ranges::find(there, one) != there.end(); });
    if (!overlap) {
        add("Fragment on " + name + " can't be spread inside " + parent.name,
            "cannotSpreadFragment", path, at,
            Json{{"typeName", name}, {"parentName", parent.name}});
        return nullptr;
    }
    return type;
}

void Validator::fragmentSpread(const Selection& selection, const TypeDefinition& type,
                               const Json& path, std::map<std::string, std::string>& signatures)
{
    const Fragment* fragment = m_document.fragment(selection.name);
    if (fragment == nullptr)
        return add("Fragment " + selection.name + " was used, but not defined",
                   "useAndDefineFragment", path, selection.at,
                   Json{{"fragmentName", selection.name}});
    m_usedFragments.insert(selection.name);
    if (std::ranges::find(m_openFragments, selection.name) != m_openFragments.end())
        return add("Fragment " + selection.name + " contains an infinite loop", "infiniteLoop",
                   path, selection.at, Json{{"fragmentName", selection.name}});
    if (const auto* condition = conditionType(fragment->typeCondition, type, path, selection.at)) {
        m_openFragments.push_back(selection.name);
        selections(fragment->selections, *condition, path, signatures);
        m_openFragments.pop_back();
    }
}

void Validator::inlineFragment(const Selection& selection, const TypeDefinition& type,
                               const Json& path, std::map<std::string, std::string>& signatures)
{
    if (selection.typeCondition.empty())
        return selections(selection.selections, type, path, signatures);
    const Json here = with(path, "... on " + selection.typeCondition);
    if (const auto* condition = conditionType(selection.typeCondition, type, here, selection.at))
        selections(selection.selections, *condition, here, signatures);
}

void Validator::selections(const std::vector<Selection>& list, const TypeDefinition& type,
                           Json path, std::map<std::string, std::string>& signatures)
{
    if (m_problems.size() > 50)
        return;
    for (const Selection& selection : list) {
        if (selection.kind != Selection::Kind::Field) {
            directives(selection.directives, path, false);
            if (selection.kind == Selection::Kind::Spread)
                fragmentSpread(selection, type, path, signatures);
            else
                inlineFragment(selection, type, path, signatures);
            continue;
        }
        field(selection, type, with(path, selection.alias));
        const auto [known, fresh] = signatures.emplace(selection.alias, signature(selection));
        if (!fresh && known->second != signature(selection))
            add("Field '" + selection.alias + "' has a field conflict: " + known->second + " or " +
                    signature(selection) + "?",
                "fieldConflict", path, selection.at, Json{{"fieldName", selection.alias}});
    }
}

void Validator::variables(const Json& path)
{
    for (const VariableDefinition& variable : m_operation.variables) {
        const TypeDefinition* type = m_schema.type(variable.type.named());
        if (type == nullptr || type->composite())
            add(variable.type.named() + " isn't a defined input type (on $" + variable.name + ")",
                "variableRequiresValidType", path, variable.at,
                Json{{"typeName", variable.type.named()}, {"variableName", variable.name}});
        if (!m_usedVariables.contains(variable.name))
            add("Variable $" + variable.name + " is declared by " +
                    (m_operation.name.empty() ? "anonymous query" : m_operation.name) +
                    " but not used",
                "variableNotUsed", path, variable.at, Json{{"variableName", variable.name}});
    }
}

std::vector<Problem> Validator::run()
{
    const std::string title =
        m_operation.type + (m_operation.name.empty() ? "" : " " + m_operation.name);
    const Json path = Json::array({title});
    const TypeDefinition* root = m_schema.root(m_operation.type);
    if (root == nullptr) {
        add("Schema is not configured for " + m_operation.type + "s",
            "missingMutationConfiguration", path, m_operation.at);
        return m_problems;
    }
    std::map<std::string, std::string> signatures;
    selections(m_operation.selections, *root, path, signatures);
    variables(path);
    for (const Fragment& fragment : m_document.fragments)
        if (m_document.operations.size() == 1 && !m_usedFragments.contains(fragment.name))
            add("Fragment " + fragment.name + " was defined, but not used", "useAndDefineFragment",
                Json::array({"fragment " + fragment.name}), fragment.at,
                Json{{"fragmentName", fragment.name}});
    return m_problems;
}

} // namespace

Outcome<const Operation*> selectOperation(const Document& document, const std::string& name)
{
    if (name.empty() && document.operations.size() == 1)
        return &document.operations.front();
    for (const Operation& operation : document.operations)
        if (!name.empty() && operation.name == name)
            return &operation;
    return Problem{name.empty() ? "An operation name is required"
                                : "No operation named \"" + name + "\"",
                   "",
                   nullptr,
                   nullptr,
                   {}};
}

std::vector<Problem> validate(const Schema& schema, const Document& document,
                              const Operation& operation)
{
    return Validator(schema, document, operation).run();
}

} // namespace counterfoil::sandbox::graphql
