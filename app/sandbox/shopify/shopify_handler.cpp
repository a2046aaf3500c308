#include "app/sandbox/shopify/shopify_handler.h"

#include "app/sandbox/graphql/coerce.h"
#include "app/sandbox/graphql/cost.h"
#include "app/sandbox/graphql/parser.h"
#include "app/sandbox/graphql/validate.h"
#include "app/sandbox/shopify/bucket.h"
#include "app/sandbox/shopify/context.h"
#include "app/sandbox/shopify/schema_text.h"
#include "app/sandbox/shopify/spoil.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <regex>

namespace counterfoil::sandbox {

using namespace shopify;

namespace {

constexpr std::int64_t kCostMax = 1000;
constexpr int kJsonDepthMax = 200;

/// Versions that are served; an older one falls forward to the first of these.
constexpr std::array<const char*, 4> kVersions = {"2026-01", "2026-04", "2026-07", "2026-10"};

graphql::Schema builtInSchema()
{
    auto schema = graphql::Schema::parse(schemaText());
    if (!schema.ok()) {
        std::fprintf(stderr, "schema.graphql: %s\n", schema.problem().message.c_str());
        std::abort();
    }
    return std::move(schema.value());
}

/// Parses without ever nesting deeper than any sane client does.
Json parseBody(const std::string& body)
{
    bool tooDeep = false;
    Json json = Json::parse(
        body,
        [&tooDeep](int depth, Json::parse_event_t, Json&) {
            tooDeep = tooDeep || depth > kJsonDepthMax;
            return !tooDeep;
        },
        false);
    return tooDeep ? Json(Json::value_t::discarded) : json;
}

HttpResponse jsonResponse(const Json& body, int status = 200)
{
    HttpResponse response;
    response.status = status;
    response.contentType = "application/json; charset=utf-8";
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

HttpResponse plainError(int status, const std::string& text)
{
    return jsonResponse(Json{{"errors", text}}, status);
}

std::string servedVersion(const std::string& asked)
{
    if (asked == "unstable")
        return asked;
    for (const char* version : kVersions)
        if (asked == version)
            return asked;
    return asked < kVersions.front() ? kVersions.front() : "";
}

/// Value of one key in a form body; percent signs do not occur in what clients send here.
std::string formValue(const std::string& body, const std::string& key)
{
    std::size_t at = 0;
    while (at < body.size()) {
        const std::size_t end = std::min(body.find('&', at), body.size());
        const std::string pair = body.substr(at, end - at);
        if (pair.starts_with(key + "="))
            return pair.substr(key.size() + 1);
        at = end + 1;
    }
    return {};
}

/// A request body taken apart.
struct GraphqlRequest {
    std::string query;
    std::string operationName;
    Json variables;
};

std::optional<GraphqlRequest> graphqlRequest(const std::string& body)
{
    const Json json = parseBody(body);
    if (!json.is_object() || !json.contains("query") || !json["query"].is_string())
        return std::nullopt;
    GraphqlRequest request;
    request.query = json["query"].get<std::string>();
    if (json.contains("operationName") && json["operationName"].is_string())
        request.operationName = json["operationName"].get<std::string>();
    if (json.contains("variables"))
        request.variables = json["variables"];
    return request;
}

Json errorList(const std::vector<Problem>& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back(problem.toJson());
    return list;
}

} // namespace

struct ShopifyHandler::Api {
    Api(World& world, ShopifyOptions theOptions)
        : options(std::move(theOptions)), schema(builtInSchema()), context(world),
          bucket(options.bucketMaximum, options.restoreRate)
    {
        registerShop(resolvers, context);
        registerCustomers(resolvers, context);
        registerOrderQueries(resolvers, context);
        registerOrders(resolvers, context);
        registerMoney(resolvers, context);
        registerReturns(resolvers, context);
        registerAgreements(resolvers, context);
        registerStock(resolvers, context);
        registerPayloads(resolvers);
        registerStockMutations(resolvers, context);
        registerReturnMutations(resolvers, context);
        registerOrderMutations(resolvers, context);
        registerMetafieldMutations(resolvers, context);
        registerBulk(resolvers, context);
        context.bulkCheck = [this](const std::string& query) { return checkBulk(query); };
        context.bulkRun = [this](BulkJob& job) { runBulk(job); };
    }

    HttpResponse answer(const HttpRequest& request);
    HttpResponse graphqlAnswer(const HttpRequest& request, const std::string& version);
    HttpResponse run(const GraphqlRequest& request);
    HttpResponse throttled(std::int64_t requested, int status);
    HttpResponse token(const HttpRequest& request);
    HttpResponse bulkFile(const HttpRequest& request);
    Json costExtension(std::int64_t requested, std::optional<std::int64_t> actual);
    Json extensions(std::int64_t requested, std::int64_t actual);
    std::string checkBulk(const std::string& query);
    void runBulk(BulkJob& job);

    ShopifyOptions options;
    graphql::Schema schema;
    Resolvers resolvers;
    Context context;
    Bucket bucket;
    std::int64_t throttles = 0;
    std::int64_t requests = 0;
    std::function<void(const std::string&)> beforeMutation;
};

Json ShopifyHandler::Api::costExtension(std::int64_t requested, std::optional<std::int64_t> actual)
{
    return Json{{"requestedQueryCost", requested},
                {"actualQueryCost", actual ? Json(*actual) : Json(nullptr)},
                {"throttleStatus",
                 {{"maximumAvailable", bucket.maximum()},
                  {"currentlyAvailable", static_cast<std::int64_t>(std::floor(bucket.available()))},
                  {"restoreRate", bucket.restoreRate()}}}};
}

Json ShopifyHandler::Api::extensions(std::int64_t requested, std::int64_t actual)
{
    Json out{{"cost", costExtension(requested, actual)}};
    if (context.searchWarnings.empty())
        return out;
    Json search = Json::array();
    for (const SearchWarning& warning : context.searchWarnings)
        search.push_back(
            Json{{"query", warning.query},
                 {"warnings", Json::array({Json{{"field", warning.field},
                                                {"message", "Invalid search field for this query."},
                                                {"code", "invalid_field"}}})}});
    out["search"] = search;
    return out;
}

HttpResponse ShopifyHandler::Api::throttled(std::int64_t requested, int status)
{
    const Json error{
        {"message", "Throttled"},
        {"extensions",
         {{"code", "THROTTLED"}, {"documentation", "https://shopify.dev/api/usage/rate-limits"}}}};
    HttpResponse response =
        jsonResponse(Json{{"errors", Json::array({error})},
                          {"extensions", {{"cost", costExtension(requested, std::nullopt)}}}},
                     status);
    if (status == 429)
        response.headers.emplace_back("Retry-After", "1.0");
    return response;
}

HttpResponse ShopifyHandler::Api::run(const GraphqlRequest& request)
{
    const auto document = graphql::parseDocument(request.query);
    if (!document.ok())
        return jsonResponse(Json{{"errors", errorList({document.problem()})}});
    const auto selected = graphql::selectOperation(document.value(), request.operationName);
    if (!selected.ok())
        return jsonResponse(Json{{"errors", errorList({selected.problem()})}});
    const graphql::Operation& operation = *selected.value();
    const auto problems = graphql::validate(schema, document.value(), operation);
    if (!problems.empty())
        return jsonResponse(Json{{"errors", errorList(problems)}});
    const auto variables = graphql::coerceVariables(schema, operation, request.variables);
    if (!variables.ok())
        return jsonResponse(Json{{"errors", errorList({variables.problem()})}});

    const std::int64_t requested =
        graphql::requestedCost(schema, document.value(), operation, variables.value());
    if (requested > kCostMax) {
        Problem problem;
        problem.message = "Query cost is " + std::to_string(requested) +
                          ", which exceeds the single query max cost limit (1000).";
        problem.code = "MAX_COST_EXCEEDED";
        problem.extensions = Json{{"cost", requested}, {"maxCost", kCostMax}};
        return jsonResponse(Json{{"errors", errorList({problem})}});
    }
    bucket.refill(Bucket::Clock::now());
    if (!bucket.covers(static_cast<double>(requested)))
        return throttled(requested, ++throttles % 3 == 0 ? 429 : 200);
    if (operation.type == "mutation" && beforeMutation)
        beforeMutation(operation.name);

    context.searchWarnings.clear();
    const auto result =
        graphql::execute(schema, resolvers, document.value(), operation, variables.value());
    const std::int64_t actual =
        operation.type == "mutation" ? requested : std::min(requested, result.actualCost);
    bucket.spend(static_cast<double>(actual));
    Json body = Json::object();
    if (!result.errors.empty())
        body["errors"] = errorList(result.errors);
    body["data"] = result.data;
    body["extensions"] = extensions(requested, actual);
    return jsonResponse(body);
}

HttpResponse ShopifyHandler::Api::graphqlAnswer(const HttpRequest& request,
                                                const std::string& version)
{
    if (request.method != "POST")
        return plainError(405, "Method Not Allowed");
    if (request.header("x-shopify-access-token") != options.accessToken)
        return plainError(401, "[API] Invalid API key or access token (unrecognized login or wrong "
                               "password)");
    const auto parsed = graphqlRequest(request.body);
    if (!parsed)
        return jsonResponse(Json{{"errors", {{"query", "Required parameter missing or invalid"}}}},
                            400);
    context.version = version;
    context.baseUrl = "http://" + request.header("host") + options.routePrefix;
    HttpResponse response = run(*parsed);
    response.headers.emplace_back("X-Shopify-API-Version", version);
    return response;
}

HttpResponse ShopifyHandler::Api::token(const HttpRequest& request)
{
    if (formValue(request.body, "grant_type") != "client_credentials" ||
        formValue(request.body, "client_id") != options.clientId ||
        formValue(request.body, "client_secret") != options.clientSecret)
        return jsonResponse(Json{{"error", "application_cannot_be_found"}}, 400);
    return jsonResponse(Json{{"access_token", options.accessToken},
                             {"scope", "read_orders,write_inventory,write_customers"},
                             {"expires_in", 86399}});
}

HttpResponse ShopifyHandler::Api::bulkFile(const HttpRequest& request)
{
    // The address is signed; storage refuses a second kind of credential.
    if (!request.header("x-shopify-access-token").empty())
        return plainError(400, "Only one auth mechanism allowed");
    const std::string name = request.path.substr(std::string("/bulk/").size());
    const std::size_t dot = name.rfind(".jsonl");
    const BulkJob* job =
        dot == std::string::npos ? nullptr : context.bulk.byToken(name.substr(0, dot));
    if (job == nullptr || job->status != "COMPLETED")
        return plainError(404, "Not Found");
    HttpResponse response;
    response.contentType = "application/jsonl";
    response.body = job->lines;
    return response;
}

HttpResponse ShopifyHandler::Api::answer(const HttpRequest& request)
{
    ++requests;
    static const std::regex kGraphql("/admin/api/([0-9]{4}-[0-9]{2}|unstable)/graphql\\.json");
    std::smatch match;
    HttpResponse response;
    if (std::regex_match(request.path, match, kGraphql)) {
        const std::string version = servedVersion(match[1]);
        response = version.empty() ? plainError(404, "Not Found") : graphqlAnswer(request, version);
    } else if (request.path == "/admin/oauth/access_token" && request.method == "POST") {
        response = token(request);
    } else if (request.path.starts_with("/bulk/") && request.method == "GET") {
        response = bulkFile(request);
    } else {
        response = plainError(404, "Not Found");
    }
    response.headers.emplace_back("X-Request-Id", "sandbox-" + std::to_string(requests));
    return response;
}

std::string ShopifyHandler::Api::checkBulk(const std::string& query)
{
    const auto document = graphql::parseDocument(query);
    if (!document.ok())
        return "Invalid bulk query: " + document.problem().message;
    const auto selected = graphql::selectOperation(document.value(), {});
    if (!selected.ok())
        return "Invalid bulk query: " + selected.problem().message;
    const auto problems = graphql::validate(schema, document.value(), *selected.value());
    if (!problems.empty())
        return "Invalid bulk query: " + problems.front().message;
    return bulkRefusal(schema, document.value(), *selected.value());
}

void ShopifyHandler::Api::runBulk(BulkJob& job)
{
    const auto document = graphql::parseDocument(job.query);
    graphql::ExecuteOptions unpaged;
    unpaged.unpaged = true;
    const auto result =
        graphql::execute(schema, resolvers, document.value(), document.value().operations.front(),
                         Json::object(), unpaged);
    if (!result.errors.empty()) {
        job.status = "FAILED";
        job.errorCode = "INTERNAL_SERVER_ERROR";
        return;
    }
    writeBulkLines(result.data, job);
    job.status = "COMPLETED";
}

ShopifyHandler::ShopifyHandler(World& world, ShopifyOptions options)
    : m_api(std::make_unique<Api>(world, std::move(options)))
{
}

ShopifyHandler::~ShopifyHandler() = default;

void ShopifyHandler::handle(const HttpRequest& request, Reply reply)
{
    m_api->beforeMutation = beforeMutation;
    reply(m_api->answer(request));
}

std::string ShopifyHandler::operationOf(const HttpRequest& request) const
{
    const auto parsed = graphqlRequest(request.body);
    if (!parsed)
        return Handler::operationOf(request);
    if (!parsed->operationName.empty())
        return parsed->operationName;
    const auto document = graphql::parseDocument(parsed->query);
    if (!document.ok() || document.value().operations.front().name.empty())
        return Handler::operationOf(request);
    return document.value().operations.front().name;
}

HttpResponse ShopifyHandler::faultReply(const std::string& kind, const HttpRequest& request) const
{
    if (kind == "throttled" || kind == "429") {
        m_api->bucket.refill(Bucket::Clock::now());
        return m_api->throttled(kCostMax, kind == "429" ? 429 : 200);
    }
    if (kind == "401")
        return plainError(401, "[API] Invalid API key or access token (unrecognized login or wrong "
                               "password)");
    if (kind == "user-error" || kind.starts_with("user-error:")) {
        const auto parsed = graphqlRequest(request.body);
        const std::string code = kind == "user-error" ? "" : kind.substr(kind.find(':') + 1);
        const Json data = parsed ? userErrorData(parsed->query, code) : Json();
        if (data.is_object())
            return jsonResponse(
                Json{{"data", data}, {"extensions", {{"cost", m_api->costExtension(12, 12)}}}});
    }
    if (spoils(kind)) {
        HttpResponse response = m_api->answer(request);
        Json body = Json::parse(response.body, nullptr, false);
        if (body.is_object())
            response.body = spoiled(kind, std::move(body)).dump();
        return response;
    }
    HttpResponse none;
    none.status = 0;
    return none;
}

std::vector<std::string> ShopifyHandler::unresolvedFields() const
{
    // Connections, edges and page information are the executor's own.
    std::vector<std::string> missing;
    for (const auto& [name, type] : m_api->schema.types()) {
        if (type.kind != graphql::TypeDefinition::Kind::Object || name.ends_with("Connection") ||
            name.ends_with("Edge") || name == "PageInfo")
            continue;
        std::size_t without = 0;
        for (const graphql::FieldDefinition& field : type.fields)
            without += m_api->resolvers.find(name, field.name) == nullptr ? 1U : 0U;
        // A type of which nothing is resolved never stands in an answer.
        if (without == type.fields.size() && name != "QueryRoot" && name != "Mutation")
            continue;
        for (const graphql::FieldDefinition& field : type.fields)
            if (m_api->resolvers.find(name, field.name) == nullptr)
                missing.push_back(name + "." + field.name);
    }
    return missing;
}

} // namespace counterfoil::sandbox
