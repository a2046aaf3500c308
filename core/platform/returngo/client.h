#pragma once

#include "core/base/call_lane.h"
#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/decode/adapter.h"
#include "core/domain/observation.h"
#include "core/platform/returngo/call_budget.h"
#include "core/request/prepared_request.h"
#include "core/request/returngo.h"

#include <string>

namespace counterfoil::platform {

struct ReturngoOptions {
    ReturngoOptions() {}
    std::string baseUrl;  ///< "https://api.returngo.ai", no slash at its end
    std::string shopName; ///< "larkfield-uk.myshopify.com"
    Secret apiKey;
    decode::ReturngoAdapter adapter;
};

/// ReturnGO over the Transport seam (returngo.md 3, 4): every try is charged to the call budget
/// before it leaves. Engine thread; must outlive its tasks. Errors: QuotaSpent when the budget says
/// no or the platform's daily limit is reached, else those of the transport and of
/// decode::returngo, after at most 3 retries of reads (1, 4, 16 s; on 429 2 s doubling to 60 s).
class ReturngoClient {
public:
    ReturngoClient(ReturngoOptions options, Transport& transport, Clock& clock, Random& random,
                   CallBudget& budget);

    using Page = Result<domain::DocumentPage>;

    [[nodiscard]] Task<Page> rmas(request::returngo::RmaFilter filter, std::string cursor,
                                  CallClass callClass);
    [[nodiscard]] Task<Page> rma(RmaId id, CallClass callClass);
    [[nodiscard]] Task<Page> transactions(request::returngo::TransactionFilter filter,
                                          std::string cursor, CallClass callClass);
    /// Sends ONE write once. The reply whatever its status.
    [[nodiscard]] Task<Result<HttpReply>> sendWrite(request::PreparedRequest write);

private:
    using Decoder = Page (*)(std::string_view, const decode::ReturngoAdapter&);
    [[nodiscard]] Task<Page> read(request::PreparedRequest prepared, Decoder decoder,
                                  CallClass callClass);
    [[nodiscard]] Task<Result<HttpReply>> sendOnce(request::PreparedRequest prepared,
                                                   CallClass callClass);

    ReturngoOptions m_options;
    Transport& m_transport;
    Clock& m_clock;
    Random& m_random;
    CallBudget& m_budget;
    CallGate m_gate;
    int m_refusedInARow = 0;
};

} // namespace counterfoil::platform
