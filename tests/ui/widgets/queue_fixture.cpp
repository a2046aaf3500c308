#include "tests/ui/widgets/queue_fixture.h"

#include <algorithm>

namespace counterfoil::widgets::testing {

namespace {

using theme::Severity;
using theme::State;

QueueRow make(QueueRowKind kind, Severity severity, const char16_t* title, const char16_t* reason,
              const char16_t* amount, const char16_t* note, const char16_t* age,
              const char16_t* left, double used, const char16_t* owner, const char16_t* team,
              State state)
{
    const auto text = [](const char16_t* words) { return QString::fromUtf16(words); };
    QueueRow row;
    row.kind = kind;
    row.severity = severity;
    row.title = text(title);
    row.reason = text(reason);
    row.amount = text(amount);
    row.amountNote = text(note);
    row.sla = {text(age), text(left), used, state == State::WaitingFor, true};
    row.owner = text(owner);
    row.team = text(team);
    row.state = state;
    if (state == State::WaitingFor)
        row.stateText = QStringLiteral("Waiting for buyer");
    row.sentence = row.title + QStringLiteral(". ") + row.reason;
    return row;
}

void place(QueueRow& row, const char* returnId, const char* returnState, const char* order,
           const char* po, const char* customer, const char* note)
{
    row.returnId = QLatin1String(returnId);
    row.returnState = QLatin1String(returnState);
    row.order = QLatin1String(order);
    row.po = QLatin1String(po);
    row.customer = QLatin1String(customer);
    row.customerNote = QString::fromUtf8(note);
}

std::vector<QueueRow> pattern(bool withGroups)
{
    const char* trade = "Trade UK · on account";
    std::vector<QueueRow> rows;
    rows.push_back(make(QueueRowKind::Single, Severity::Critical,
                        u"36 units restocked before inspection",
                        u"Hull main rose by 36 sellable, no inspection recorded", u"£1,944.00", u"",
                        u"19 h", u"47 min left", 0.8, u"Rhys Bowen", u"Warehouse", State::Open));
    place(rows.back(), "RMA7000398", "Received", "B2B-1029", "4500-2291", "Kestrel Hotels Group",
          trade);
    rows.push_back(make(
        QueueRowKind::Single, Severity::Critical, u"Buyer blocked, credit not posted",
        u"Over the limit only by the missing 864.00, order B2B-1061 waits", u"£864.00", u"blocked",
        u"20 h", u"3 h left", 0.58, u"Tom Marsh", u"Finance", State::AwaitingApproval));
    place(rows.back(), "RMA7000361", "Received", "B2B-1006", "4500-2244", "Kestrel Hotels Group",
          trade);
    if (withGroups) {
        rows.push_back(make(QueueRowKind::Group, Severity::Critical, u"Northwind Cafes Ltd",
                            u"3 exceptions", u"£176.80", u"", u"", u"", 0, u"", u"", State::Open));
        place(rows.back(), "RMA7000412", "", "B2B-1042", "PO-88172", "", "");
        rows.back().badge = {QStringLiteral("Can leave now"), theme::Tone::High, std::nullopt,
                             std::nullopt};
        rows.push_back(make(
            QueueRowKind::Child, Severity::Critical, u"Card refund set on a Pay on Account order",
            u"Refund of 176.80 is set to a card that was never charged", u"£176.80", u"over",
            u"2 d 4 h", u"1 h over", 1.2, u"Priya Shah", u"Finance", State::Open));
        rows.push_back(make(QueueRowKind::Child, Severity::High, u"Credit 57.60 above what is due",
                            u"48.00 by price 18.50 for invoiced 12.50, 9.60 for 2 refused cups",
                            u"£57.60", u"in 176.80", u"2 d 4 h", u"6 h left", 0.6, u"Priya Shah",
                            u"Finance", State::Open));
        rows.push_back(make(QueueRowKind::Child, Severity::Medium, u"Wrong item among 6 cups",
                            u"1 of 6 CUP-8OZ is another product, booked in as CUP-8OZ", u"", u"",
                            u"52 min", u"2 d left", 0.02, u"Rhys Bowen", u"Warehouse",
                            State::Open));
        rows.back().isLastChild = true;
    }
    rows.push_back(make(QueueRowKind::Single, Severity::High, u"Account credit overwritten",
                        u"Our 486.00 of 20 Nov is in the receipts, balance is back", u"£486.00",
                        u"under", u"21 h", u"2 h left", 0.69, u"Priya Shah", u"Finance",
                        State::Open));
    place(rows.back(), "RMA7000352", "Done", "B2B-0987", "PO-30418", "Alder & Pike Grocers", trade);
    rows.push_back(make(QueueRowKind::Single, Severity::Medium, u"Inspected stock not released",
                        u"22 A-grade passed 20 Nov, in Hull quarantine past the limit", u"£407.00",
                        u"", u"1 d 1 h", u"3 d left", 0.24, u"Rhys Bowen", u"Warehouse",
                        State::InProgress));
    place(rows.back(), "RMA7000359", "Validated", "B2B-1003", "CK-9921", "Copper Kettle Tearooms",
          trade);
    rows.push_back(make(QueueRowKind::Single, Severity::High, u"Account credit not posted",
                        u"Credit 331.20 sent 10:38, 1 of 3 reads agrees", u"£331.20", u"under",
                        u"19 h", u"4 h left", 0.36, u"Tom Marsh", u"Finance", State::Settling));
    place(rows.back(), "RMA7000366", "Validated", "B2B-1012", "TR-5498", "Thistle & Rye", trade);
    rows.push_back(
        make(QueueRowKind::Single, Severity::Medium, u"Refunded in Shopify, return still open",
             u"Manual refund 312.00 on 20 Nov, RMA read as Received", u"£312.00", u"over",
             u"3 d 20 h", u"11 h left", 0.5, u"Elin Kray", u"Customer service", State::SaidDone));
    place(rows.back(), "RMA7000365", "Received", "B2B-1011", "PO-55120", "Brindle Farm Shops",
          "Trade UK · card");
    rows.push_back(make(QueueRowKind::Single, Severity::Low, u"PO numbers differ",
                        u"SparkLayer and ERP have BC-2026-0418, Shopify has BC-2026-0481", u"", u"",
                        u"22 h", u"paused", 0.36, u"", u"Customer service", State::WaitingFor));
    place(rows.back(), "RMA7000393", "Pending", "B2B-1051", "OX-2026-77", "Oxbow Coffee Roasters",
          trade);
    return rows;
}

} // namespace

FixtureSource::FixtureSource(int count, bool withGroups)
    : m_count(count), m_pattern(pattern(withGroups))
{
}

bool FixtureSource::isGroup(int index) const
{
    const auto at = static_cast<std::size_t>(index + m_shift) % m_pattern.size();
    return m_pattern[at].kind == QueueRowKind::Group;
}

QueueRow FixtureSource::row(int index) const
{
    QueueRow row = m_pattern[static_cast<std::size_t>(index + m_shift) % m_pattern.size()];
    row.id = idAt(index);
    return row;
}

int FixtureSource::indexOf(quint64 id) const
{
    const auto index = static_cast<qint64>(id) - 1 - m_shift;
    return index >= 0 && index < m_count ? static_cast<int>(index) : -1;
}

void FixtureSource::insertAbove(int rows)
{
    m_shift -= rows;
    m_count += rows;
}

} // namespace counterfoil::widgets::testing
