#pragma once

#include "core/decode/json.h"
#include "core/decode/returngo.h"
#include "core/decode/values.h"

/// Inside of the ReturnGO decoder.
namespace counterfoil::decode::returngo {

/// Values of one record by our word for them; where they stand is the adapter's.
class Record {
public:
    Record(const View& view, const ReturngoAdapter& adapter) : m_view(view), m_adapter(adapter) {}
    [[nodiscard]] View operator()(const char* word) const
    {
        return m_view.at(m_adapter.fields.at(word));
    }
    [[nodiscard]] Record inner(const View& view) const { return Record(view, m_adapter); }
    [[nodiscard]] const View& view() const { return m_view; }
    [[nodiscard]] const ReturngoAdapter& adapter() const { return m_adapter; }

private:
    View m_view;
    const ReturngoAdapter& m_adapter;
};

void decodeSummary(const Record& record, domain::Rma& rma, Faults& faults);
void decodeDetail(const Record& record, domain::Rma& rma, Faults& faults);
void decodeTransaction(const Record& record, domain::RmaTransaction& transaction, Faults& faults);
/// Sets receivedAt, approvedAt and statusSince from comments and events.
void readTimeline(const ReturngoAdapter& adapter, domain::Rma& rma);

} // namespace counterfoil::decode::returngo
