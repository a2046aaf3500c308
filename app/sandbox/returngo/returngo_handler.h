#pragma once

#include "app/sandbox/http/handler.h"
#include "app/sandbox/world/builder.h"

#include <chrono>
#include <deque>
#include <string>

namespace counterfoil::sandbox {

class JsonText;

struct ReturnGoOptions {
    std::string apiKey = "rg-sandbox-key";
    std::size_t dailyCap = 2000;     ///< calls in any 24 real hours; 429 beyond
    std::string autoRefund = "none"; ///< none, received, done: when ReturnGO asks Shopify by itself
};

/// ReturnGO's API (returngo.md) over the world: real cursors, 0/1 booleans, integer transaction
/// ids, a `lastUpdated` that stands still on receipt, credit and notes.
class ReturnGoHandler : public Handler {
public:
    ReturnGoHandler(Builder& builder, ReturnGoOptions options)
        : m_builder(builder), m_world(builder.world()), m_options(std::move(options))
    {
    }
    void handle(const HttpRequest& request, Reply reply) override;
    [[nodiscard]] std::string operationOf(const HttpRequest& request) const override;
    [[nodiscard]] HttpResponse faultReply(const std::string& kind,
                                          const HttpRequest& request) const override;
    /// A shipment was received: state, and the refund where one is armed.
    void receiveShipment(std::size_t rma);

private:
    HttpResponse route(const HttpRequest& request);
    HttpResponse listRmas(const HttpRequest& request);
    HttpResponse detail(const Rma& rma) const;
    HttpResponse listTransactions(const HttpRequest& request);
    HttpResponse setStatus(Rma& rma, const std::string& body);
    HttpResponse comment(Rma& rma, const std::string& body);
    HttpResponse setShipment(Id shipment, const std::string& body);
    HttpResponse setTransaction(Id transaction, const std::string& body);
    void writeSummary(JsonText& out, const Rma& rma) const;
    void writeMoney(JsonText& out, const Rma& rma, Minor minor) const;
    void writeItems(JsonText& out, const Rma& rma) const;
    void writeShipments(JsonText& out, const Rma& rma) const;
    void writeTransaction(JsonText& out, const Rma& rma, const RgTransaction& tx) const;
    bool overQuota();
    void armedRefund(std::size_t rma, const char* trigger);
    [[nodiscard]] std::size_t indexOf(const Rma& rma) const;

    Builder& m_builder;
    World& m_world;
    ReturnGoOptions m_options;
    std::deque<std::chrono::steady_clock::time_point> m_calls;
    std::uint64_t m_requestNumber = 0;
};

} // namespace counterfoil::sandbox
