#include "app/sandbox/graphql/schema.h"

#include "app/sandbox/graphql/token_stream.h"

#include <algorithm>

namespace counterfoil::sandbox::graphql {

const FieldDefinition* TypeDefinition::field(const std::string& fieldName) const
{
    const auto found =
        std::ranges::find_if(fields, [&](const auto& one) { return one.name == fieldName; });
    return found == fields.end() ? nullptr : &*found;
}

const InputDefinition* TypeDefinition::input(const std::string& inputName) const
{
    const auto found =
        std::ranges::find_if(inputs, [&](const auto& one) { return one.name == inputName; });
    return found == inputs.end() ? nullptr : &*found;
}

bool TypeDefinition::hasMember(const std::string& member) const
{
    return std::ranges::find(members, member) != members.end();
}

namespace {

class SchemaParser {
public:
    explicit SchemaParser(std::vector<Token> tokens) : m_in(std::move(tokens)) {}

    void run(std::map<std::string, TypeDefinition>& types,
             std::map<std::string, std::string>& roots)
    {
        while (!m_in.atEnd()) {
            description();
            if (m_in.skipName("schema")) {
                rootTypes(roots);
            } else if (m_in.skipName("directive")) {
                directiveDefinition();
            } else {
                TypeDefinition type = definition();
                types[type.name] = std::move(type);
            }
        }
    }
    [[nodiscard]] const std::optional<Problem>& problem() const { return m_in.problem(); }

private:
    void description()
    {
        if (m_in.peek().kind == Token::Kind::String)
            m_in.take();
    }

    void rootTypes(std::map<std::string, std::string>& roots)
    {
        m_in.expect("{");
        while (!m_in.isPunctuator("}") && !m_in.atEnd()) {
            const std::string operation = m_in.name();
            m_in.expect(":");
            roots[operation] = m_in.name();
        }
        m_in.expect("}");
    }

    void directiveDefinition()
    {
        m_in.expect("@");
        m_in.name();
        if (m_in.isPunctuator("("))
            inputs("(", ")");
        m_in.skipName("repeatable");
        if (!m_in.skipName("on"))
            m_in.unexpected();
        m_in.skip("|");
        do {
            m_in.name();
        } while (m_in.skip("|"));
    }

    TypeDefinition definition()
    {
        using Kind = TypeDefinition::Kind;
        TypeDefinition type;
        const std::string keyword = m_in.name();
        type.name = m_in.name();
        if (m_in.skipName("implements")) {
            m_in.skip("&");
            do {
                type.interfaces.push_back(m_in.name());
            } while (m_in.skip("&"));
        }
        static_cast<void>(m_in.directives(true));
        if (keyword == "type" || keyword == "interface") {
            type.kind = keyword == "type" ? Kind::Object : Kind::Interface;
            type.fields = fields();
        } else if (keyword == "input") {
            type.kind = Kind::Input;
            type.inputs = inputs("{", "}");
        } else if (keyword == "enum") {
            type.kind = Kind::Enum;
            enumValues(type.members);
        } else if (keyword == "union") {
            type.kind = Kind::Union;
            m_in.expect("=");
            m_in.skip("|");
            do {
                type.members.push_back(m_in.name());
            } while (m_in.skip("|"));
        } else if (keyword != "scalar") {
            m_in.unexpected();
        }
        return type;
    }

    std::vector<FieldDefinition> fields()
    {
        std::vector<FieldDefinition> list;
        m_in.expect("{");
        while (!m_in.isPunctuator("}") && !m_in.atEnd()) {
            description();
            FieldDefinition field;
            field.name = m_in.name();
            if (m_in.isPunctuator("("))
                field.arguments = inputs("(", ")");
            m_in.expect(":");
            field.type = m_in.typeRef();
            static_cast<void>(m_in.directives(true));
            list.push_back(std::move(field));
        }
        m_in.expect("}");
        return list;
    }

    std::vector<InputDefinition> inputs(const char* open, const char* close)
    {
        std::vector<InputDefinition> list;
        m_in.expect(open);
        while (!m_in.isPunctuator(close) && !m_in.atEnd()) {
            description();
            InputDefinition input;
            input.name = m_in.name();
            m_in.expect(":");
            input.type = m_in.typeRef();
            if (m_in.skip("=")) {
                input.hasDefault = true;
                input.defaultValue = m_in.value(true);
            }
            static_cast<void>(m_in.directives(true));
            list.push_back(std::move(input));
        }
        m_in.expect(close);
        return list;
    }

    void enumValues(std::vector<std::string>& members)
    {
        m_in.expect("{");
        while (!m_in.isPunctuator("}") && !m_in.atEnd()) {
            description();
            members.push_back(m_in.name());
            static_cast<void>(m_in.directives(true));
        }
        m_in.expect("}");
    }

    TokenStream m_in;
};

} // namespace

Outcome<Schema> Schema::parse(std::string_view text)
{
    auto tokens = tokenize(text);
    if (!tokens.ok())
        return tokens.problem();
    Schema schema;
    for (const char* scalar : {"String", "Boolean", "Int", "Float", "ID"})
        schema.m_types[scalar].name = scalar;
    SchemaParser parser(std::move(tokens.value()));
    parser.run(schema.m_types, schema.m_roots);
    if (parser.problem())
        return *parser.problem();
    return schema;
}

const TypeDefinition* Schema::type(const std::string& name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? nullptr : &found->second;
}

const TypeDefinition* Schema::root(const std::string& operationType) const
{
    const auto found = m_roots.find(operationType);
    return found == m_roots.end() ? nullptr : type(found->second);
}

bool Schema::isA(const std::string& object, const std::string& abstract) const
{
    if (object == abstract)
        return true;
    const TypeDefinition* objectType = type(object);
    const TypeDefinition* abstractType = type(abstract);
    if (objectType == nullptr || abstractType == nullptr)
        return false;
    if (abstractType->kind == TypeDefinition::Kind::Union)
        return abstractType->hasMember(object);
    return std::ranges::find(objectType->interfaces, abstract) != objectType->interfaces.end();
}

std::vector<std::string> Schema::possible(const std::string& name) const
{
    std::vector<std::string> names;
    for (const auto& [candidate, definition] : m_types)
        if (definition.kind == TypeDefinition::Kind::Object && isA(candidate, name))
            names.push_back(candidate);
    return names;
}

} // namespace counterfoil::sandbox::graphql
