#include "app/sandbox/shopify/spoil.h"

#include "app/sandbox/graphql/parser.h"

#include <set>

namespace counterfoil::sandbox::shopify {
namespace {

using graphql::Json;

const std::set<std::string>& enumKeys()
{
    static const std::set<std::string> keys = {"displayFinancialStatus",
                                               "displayFulfillmentStatus",
                                               "returnStatus",
                                               "status",
                                               "type",
                                               "kind",
                                               "restockType",
                                               "reason",
                                               "actionType",
                                               "lineType",
                                               "paymentTermsType"};
    return keys;
}

bool looksLikeEnum(const Json& value)
{
    if (!value.is_string())
        return false;
    const auto text = value.get<std::string>();
    return !text.empty() &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos;
}

void unknownEnums(Json& value)
{
    if (value.is_array()) {
        for (Json& item : value)
            unknownEnums(item);
    } else if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            if (enumKeys().contains(key) && looksLikeEnum(member))
                member = "SOMETHING_NEW";
            else
                unknownEnums(member);
        }
    }
}

void nullQuantities(Json& value)
{
    if (value.is_array()) {
        for (Json& item : value)
            nullQuantities(item);
    } else if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            if (key == "quantityAfterChange")
                member = nullptr;
            else
                nullQuantities(member);
        }
    }
}

/// Amounts become numbers, numbers text, flags text: shapes that no schema allows.
void wrongTypes(Json& value)
{
    if (value.is_array()) {
        for (Json& item : value)
            wrongTypes(item);
    } else if (value.is_object()) {
        for (auto& [key, member] : value.items()) {
            if (key == "amount" && member.is_string())
                member = Json::array({member});
            else if (member.is_number_integer())
                member = member.dump();
            else if (member.is_boolean())
                member = Json::object();
            else
                wrongTypes(member);
        }
    }
}

/// Nulls the last member of each top-level object and says why, as a failed part of a query does.
Json partial(Json body)
{
    if (!body.contains("data") || !body["data"].is_object())
        return body;
    Json errors = Json::array();
    for (auto& [key, member] : body["data"].items()) {
        if (!member.is_object() || member.empty())
            continue;
        auto last = member.begin();
        for (auto it = member.begin(); it != member.end(); ++it)
            last = it;
        last.value() = nullptr;
        errors.push_back(Json{{"message", "Internal error. Looks like something went wrong on our "
                                          "end. Request ID: sandbox-partial"},
                              {"path", Json::array({key, last.key()})},
                              {"extensions", {{"code", "INTERNAL_SERVER_ERROR"}}}});
    }
    body["errors"] = errors;
    return body;
}

} // namespace

bool spoils(const std::string& kind)
{
    return kind == "partial" || kind == "null-quantity" || kind == "unknown-enum" ||
           kind == "wrong-types";
}

Json spoiled(const std::string& kind, Json body)
{
    if (kind == "partial")
        return partial(std::move(body));
    if (!body.contains("data"))
        return body;
    if (kind == "unknown-enum")
        unknownEnums(body["data"]);
    else if (kind == "null-quantity")
        nullQuantities(body["data"]);
    else if (kind == "wrong-types")
        wrongTypes(body["data"]);
    return body;
}

Json userErrorData(const std::string& query, const std::string& code)
{
    const auto document = graphql::parseDocument(query);
    if (!document.ok() || document.value().operations.front().type != "mutation")
        return nullptr;
    Json data = Json::object();
    for (const graphql::Selection& field : document.value().operations.front().selections) {
        Json payload = Json::object();
        for (const graphql::Selection& part : field.selections) {
            if (part.name != "userErrors") {
                payload[part.alias] = nullptr;
                continue;
            }
            Json error = Json::object();
            for (const graphql::Selection& member : part.selections) {
                if (member.name == "message")
                    error[member.alias] = "The shop refuses this change right now.";
                else if (member.name == "code" && !code.empty())
                    error[member.alias] = code;
                else
                    error[member.alias] = nullptr;
            }
            payload[part.alias] = Json::array({error});
        }
        data[field.alias] = payload;
    }
    return data;
}

} // namespace counterfoil::sandbox::shopify
