#include "app/sandbox/returngo/returngo_handler.h"

#include "app/sandbox/http/json_text.h"
#include "app/sandbox/returngo/base64.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

HttpResponse say(int status, const std::string& message)
{
    HttpResponse out;
    out.status = status;
    out.body = nlohmann::json{{"message", message}}.dump();
    return out;
}

std::set<std::string> listOf(const std::string& text)
{
    std::set<std::string> out;
    std::size_t begin = 0;
    while (begin <= text.size() && !text.empty()) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        if (comma > begin)
            out.insert(text.substr(begin, comma - begin));
        begin = comma + 1;
    }
    return out;
}

/// "gte:2026-11-20T08:00:00"; several bounds may be repeated.
struct TimeFilter {
    bool valid = true;
    std::vector<std::pair<std::string, Instant>> bounds;
    [[nodiscard]] bool holds(Instant at) const
    {
        const Instant second = at / kSecond * kSecond;
        for (const auto& [op, bound] : bounds)
            if ((op == "gte" && second < bound) || (op == "gt" && second <= bound) ||
                (op == "lte" && second > bound) || (op == "lt" && second >= bound) ||
                (op == "eq" && second != bound) || (op == "neq" && second == bound))
                return false;
        return true;
    }
};

TimeFilter timeFilter(const HttpRequest& request, const std::string& name)
{
    static const std::set<std::string> kOps{"lt", "lte", "gt", "gte", "eq", "neq"};
    TimeFilter out;
    for (const auto& [key, value] : request.query) {
        if (key != name)
            continue;
        const std::size_t colon = value.find(':');
        const std::string op = value.substr(0, colon);
        const auto at =
            colon == std::string::npos ? std::nullopt : parseInstant(value.substr(colon + 1));
        if (!kOps.contains(op) || !at)
            out.valid = false;
        else
            out.bounds.emplace_back(op, *at);
    }
    return out;
}

/// The required page size, 0 when missing or out of range.
std::size_t pageSize(const HttpRequest& request)
{
    const std::string text = request.parameter("pagesize");
    if (text.empty() || text.size() > 4 ||
        text.find_first_not_of("0123456789") != std::string::npos)
        return 0;
    const auto size = static_cast<std::size_t>(std::strtoll(text.c_str(), nullptr, 10));
    return size > 500 ? 0 : size;
}

bool member(const std::set<std::string>& wanted, const std::string& value)
{
    return wanted.empty() || wanted.contains(value);
}

/// The number between two parts of a path, 0 when there is none.
Id idBetween(const std::string& path, const std::string& before, const std::string& after)
{
    if (path.size() <= before.size() + after.size() ||
        path.compare(0, before.size(), before) != 0 ||
        path.compare(path.size() - after.size(), after.size(), after) != 0)
        return 0;
    const std::string digits =
        path.substr(before.size(), path.size() - before.size() - after.size());
    if (digits.empty() || digits.size() > 17 ||
        digits.find_first_not_of("0123456789") != std::string::npos)
        return 0;
    return std::strtoll(digits.c_str(), nullptr, 10);
}

const std::map<std::string, std::set<std::string>> kShipmentMoves{
    {"Pending", {"Pending", "LabelCreated", "Shipped", "Received", "Canceled", "Validated"}},
    {"LabelCreated", {"LabelCreated", "Shipped", "Received", "Canceled", "Validated"}},
    {"Shipped", {"Shipped", "Received", "Canceled", "Validated"}},
    {"Canceled", {"Canceled", "Received", "Validated"}},
    {"Received", {"Received", "Validated"}},
    {"Validated", {"Validated"}}};

} // namespace

std::string ReturnGoHandler::operationOf(const HttpRequest& request) const
{
    std::string out;
    for (const char c : request.path)
        if (c < '0' || c > '9')
            out += c;
        else if (out.empty() || out.back() != '#')
            out += '#';
    return request.method + " " + out;
}

HttpResponse ReturnGoHandler::faultReply(const std::string& kind, const HttpRequest& request) const
{
    HttpResponse out;
    if (kind == "429" || kind == "throttled") {
        out = say(429, "Too Many Requests");
        if (request.path.size() % 2 == 0) {
            out.contentType = "text/plain";
            out.body = "Too Many Requests";
            out.headers.emplace_back("Retry-After", "1");
        }
        return out;
    }
    if (kind == "500")
        return say(500, "Internal server error");
    out.status = 0;
    return out;
}

bool ReturnGoHandler::overQuota()
{
    const auto now = std::chrono::steady_clock::now();
    while (!m_calls.empty() && now - m_calls.front() > std::chrono::hours(24))
        m_calls.pop_front();
    if (m_calls.size() >= m_options.dailyCap)
        return true;
    m_calls.push_back(now);
    return false;
}

void ReturnGoHandler::handle(const HttpRequest& request, Reply reply)
{
    HttpResponse out;
    try {
        out = route(request);
    } catch (const nlohmann::json::exception& wrong) {
        out = say(400, wrong.what());
    }
    out.headers.emplace_back("x-amzn-requestid", "sandbox-" + std::to_string(++m_requestNumber));
    reply(std::move(out));
}

HttpResponse ReturnGoHandler::route(const HttpRequest& request)
{
    const std::string key = request.header("x-api-key");
    if (key.empty())
        return say(401, "Unauthorized");
    if (key != m_options.apiKey)
        return say(403, "Forbidden");
    if (request.header("x-shop-name") != m_world.shopDomain)
        return say(403, "The shop was not found for this user");
    if (overQuota())
        return say(429, "Limit Exceeded");
    const std::string& path = request.path;
    if (request.method == "GET" && path == "/rmas")
        return listRmas(request);
    if (request.method == "GET" && path == "/transactions")
        return listTransactions(request);
    if (request.method == "GET" && path == "/webhooks") {
        HttpResponse none;
        none.body = "[]";
        return none;
    }
    if (request.method == "PUT")
        if (const Id shipment = idBetween(path, "/shipment/", ""))
            return setShipment(shipment, request.body);
    if (request.method == "PUT")
        if (const Id transaction = idBetween(path, "/transaction/", ""))
            return setTransaction(transaction, request.body);
    if (path.compare(0, 5, "/rma/") != 0)
        return say(404, "Not found");
    const bool status = request.method == "PUT" && path.ends_with("/status");
    const bool note = request.method == "POST" && path.ends_with("/comment");
    const Id id = idBetween(path, "/rma/", status ? "/status" : note ? "/comment" : "");
    if (id == 0)
        return say(400, "Invalid rmaId");
    Rma* rma = m_world.rmaById(id);
    if (!rma)
        return say(404, "RMA not found");
    if (status)
        return setStatus(*rma, request.body);
    if (note)
        return comment(*rma, request.body);
    return request.method == "GET" ? detail(*rma) : say(404, "Not found");
}

HttpResponse ReturnGoHandler::listRmas(const HttpRequest& request)
{
    const std::size_t size = pageSize(request);
    const TimeFilter created = timeFilter(request, "rma_created_at");
    const TimeFilter updated = timeFilter(request, "rma_updated_at");
    if (size == 0 || !created.valid || !updated.valid)
        return say(400, "Bad Request");
    const auto statuses = listOf(request.parameter("status"));
    const auto orderNames = listOf(request.parameter("order_name"));
    const auto customers = listOf(request.parameter("customer_ids"));
    const auto tracking = listOf(request.parameter("tracking_numbers"));
    Id below = 0;
    if (const std::string cursor = request.parameter("cursor"); !cursor.empty()) {
        const std::string plain = fromBase64(cursor);
        below = idBetween(plain, "returns.id:", "");
        if (below == 0)
            return say(400, "Invalid cursor");
    }
    std::vector<const Rma*> found;
    for (const Rma& rma : m_world.rmas) {
        if (!member(statuses, rma.rawState.empty() ? wordOf(rma.state) : rma.rawState) &&
            !(rma.rawState.size() && member(statuses, wordOf(rma.state))))
            continue;
        if (!member(orderNames, rma.orderName) || !created.holds(rma.createdAt) ||
            !updated.holds(rma.lastUpdated))
            continue;
        if (!customers.empty() &&
            (rma.draftId || !customers.contains(std::to_string(
                                m_world.customers[m_world.orders[rma.order].customer].id))))
            continue;
        if (!tracking.empty() &&
            std::none_of(rma.shipments.begin(), rma.shipments.end(),
                         [&](const RgShipment& s) { return tracking.contains(s.tracking); }))
            continue;
        found.push_back(&rma);
    }
    const std::string order = request.parameter("sort_by");
    std::sort(found.begin(), found.end(), [&](const Rma* a, const Rma* b) {
        if (order == "-rma_updated_at" && a->lastUpdated != b->lastUpdated)
            return a->lastUpdated > b->lastUpdated;
        if (order == "+rma_updated_at" && a->lastUpdated != b->lastUpdated)
            return a->lastUpdated < b->lastUpdated;
        return a->id > b->id;
    });
    auto it = found.begin();
    if (below != 0 && order.empty()) {
        it = std::find_if(found.begin(), found.end(),
                          [&](const Rma* rma) { return rma->id < below; });
    } else if (below != 0) {
        it = std::find_if(found.begin(), found.end(),
                          [&](const Rma* rma) { return rma->id == below; });
        it += it == found.end() ? 0 : 1;
    }
    JsonText out;
    out.open('{').key("rmas").open('[');
    std::size_t rows = 0;
    Id last = 0;
    for (; it != found.end() && rows < size; ++it, ++rows) {
        writeSummary(out, **it);
        last = (*it)->id;
    }
    out.close(']');
    if (rows == size)
        out.pair("next_cursor", toBase64("returns.id:" + std::to_string(last)));
    out.close('}');
    HttpResponse answer;
    answer.body = out.str();
    return answer;
}

HttpResponse ReturnGoHandler::listTransactions(const HttpRequest& request)
{
    const std::size_t size = pageSize(request);
    const TimeFilter created = timeFilter(request, "created_at");
    const TimeFilter updated = timeFilter(request, "updated_at");
    if (size == 0 || !created.valid || !updated.valid)
        return say(400, "Bad Request");
    const auto ids = listOf(request.parameter("ids"));
    const auto rmaIds = listOf(request.parameter("rma_ids"));
    const auto orderIds = listOf(request.parameter("order_ids"));
    const auto statuses = listOf(request.parameter("statuses"));
    const auto types = listOf(request.parameter("types"));
    const std::string cursor = request.parameter("cursor");
    const Id above = cursor.empty() ? 0 : idBetween("/" + fromBase64(cursor), "/", "");
    std::vector<std::pair<const RgTransaction*, const Rma*>> found;
    for (const Rma& rma : m_world.rmas) {
        if (rma.transactions.empty() || !member(rmaIds, std::to_string(rma.id)) ||
            !member(orderIds, std::to_string(m_world.orders[rma.order].id)))
            continue;
        for (const RgTransaction& tx : rma.transactions)
            if (tx.id > above && member(ids, std::to_string(tx.id)) &&
                member(statuses, tx.status) && member(types, tx.type) &&
                created.holds(tx.createdAt) && updated.holds(tx.updatedAt))
                found.emplace_back(&tx, &rma);
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.first->id < b.first->id; });
    JsonText out;
    out.open('{').key("transactions").open('[');
    const std::size_t rows = std::min(size, found.size());
    for (std::size_t i = 0; i < rows; ++i)
        writeTransaction(out, *found[i].second, *found[i].first);
    out.close(']');
    if (rows == size)
        out.pair("next_cursor", toBase64(std::to_string(found[rows - 1].first->id)));
    out.close('}');
    HttpResponse answer;
    answer.body = out.str();
    return answer;
}

std::size_t ReturnGoHandler::indexOf(const Rma& rma) const
{
    return static_cast<std::size_t>(&rma - m_world.rmas.data());
}

void ReturnGoHandler::armedRefund(std::size_t rma, const char* trigger)
{
    // Auto-refund is a matter of the RMA's policy: it asks Shopify for what it believes was paid.
    const Rma& r = m_builder.rma(rma);
    if (m_options.autoRefund != trigger || !r.transactions.empty() ||
        r.units.front().resolutionType != kToCard)
        return;
    Minor amount = 0;
    for (const RmaUnit& unit : r.units)
        amount += unit.paidPrice + (unit.taxIncluded ? 0 : unit.paidTax) - unit.restockingFee -
                  unit.returnFee - unit.shipmentFee;
    m_builder.askRefund(rma, m_world.now(), amount);
}

void ReturnGoHandler::receiveShipment(std::size_t rma)
{
    const Instant at = m_world.now();
    m_builder.receive(rma, at);
    armedRefund(rma, "received");
    m_world.releaseClock();
}

HttpResponse ReturnGoHandler::setStatus(Rma& rma, const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("status") || !json["status"].is_string())
        return say(400, "status is required");
    const std::string wanted = json["status"];
    const std::size_t index = indexOf(rma);
    const Instant at = m_world.now();
    const bool arrived = rma.state == RmaState::Received || rma.state == RmaState::Validated;
    const bool keep = rma.units.front().returnMethod == "No shipment required";
    if (wanted == wordOf(rma.state)) {
        // Set to the value it has: accepted, nothing moves.
    } else if (wanted == "Done" && (arrived || (keep && rma.state == RmaState::Approved))) {
        rma.state = RmaState::Done;
        rma.doneAt = rma.lastUpdated = at;
        m_builder.note(index, at, "system", "ReturnGO API", "RMA status changed to done");
        armedRefund(index, "done");
    } else if (wanted == "Approved" && rma.state == RmaState::Pending && !rma.refused) {
        m_builder.approve(index, at);
    } else if (wanted == "Rejected" && rma.state == RmaState::Pending) {
        m_builder.reject(index, at);
    } else if (wanted == "Canceled" &&
               (arrived || rma.state == RmaState::Pending || rma.state == RmaState::Approved)) {
        m_builder.cancel(index, at);
    } else if (wanted == "Received" && rma.state == RmaState::Approved) {
        receiveShipment(index);
    } else {
        m_world.releaseClock();
        return say(400, "The status transition is not allowed");
    }
    m_world.releaseClock();
    JsonText out;
    writeSummary(out, m_builder.rma(index));
    HttpResponse answer;
    answer.body = out.str();
    return answer;
}

HttpResponse ReturnGoHandler::comment(Rma& rma, const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object())
        return say(400, "Body must be JSON");
    for (const char* key : {"htmlText", "comment"})
        if (json.contains(key) && json[key].is_string()) {
            m_builder.note(indexOf(rma), m_world.now(), "merchant", "ReturnGO API", json[key]);
            HttpResponse out = say(201, "created");
            return out;
        }
    return say(400, "htmlText is required");
}

HttpResponse ReturnGoHandler::setShipment(Id shipment, const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    for (Rma& rma : m_world.rmas)
        for (RgShipment& s : rma.shipments) {
            if (s.id != shipment)
                continue;
            if (!json.is_object())
                return say(400, "Body must be JSON");
            const std::string wanted = json.value("status", s.status);
            const auto moves = kShipmentMoves.find(s.status);
            if (moves == kShipmentMoves.end() || !moves->second.contains(wanted))
                return say(400, "The status transition is not allowed");
            const std::size_t index = indexOf(rma);
            s.carrier = json.value("carrierName", s.carrier);
            s.tracking = json.value("trackingNumber", s.tracking);
            s.trackingUrl = json.value("trackingURL", s.trackingUrl);
            s.labelUrl = json.value("labelURL", s.labelUrl);
            if (wanted != s.status && wanted == "Received" && rma.state == RmaState::Approved)
                receiveShipment(index);
            if (wanted != s.status && wanted == "Validated") {
                m_builder.inspect(index, m_world.now());
                m_world.releaseClock();
            }
            s.status = wanted;
            m_builder.note(index, m_world.now(), "system", "ReturnGO API",
                           "Shipment with ID: " + std::to_string(s.id) + " was updated");
            HttpResponse out;
            out.body =
                nlohmann::json{{"shipmentId", std::to_string(s.id)}, {"status", s.status},
                               {"carrierName", s.carrier},           {"trackingNumber", s.tracking},
                               {"trackingURL", s.trackingUrl},       {"labelURL", s.labelUrl}}
                    .dump();
            return out;
        }
    return say(404, "Shipment not found");
}

HttpResponse ReturnGoHandler::setTransaction(Id transaction, const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    for (Rma& rma : m_world.rmas)
        for (RgTransaction& tx : rma.transactions) {
            if (tx.id != transaction)
                continue;
            if (!json.is_object() || !json.contains("status") || !json["status"].is_string())
                return say(400, "status is required");
            tx.status = json["status"];
            tx.updatedAt = m_world.now();
            JsonText out;
            writeTransaction(out, rma, tx);
            HttpResponse answer;
            answer.body = out.str();
            return answer;
        }
    return say(404, "Transaction not found");
}

} // namespace counterfoil::sandbox
