#include "ui/models/row_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/workspace/case_sums.h"
#include "core/workspace/site_context.h"
#include "ui/widgets/marks.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

namespace counterfoil::models {
namespace {

/// Words of this page for the translators.
QString tr(const char* words, int count = -1)
{
    return QCoreApplication::translate("models", words, nullptr, count);
}

widgets::SlaContent slaOf(const view::QueueRow& row, Instant now)
{
    widgets::SlaContent sla;
    sla.age = ageText(row.firstSeen, now);
    sla.hasSla = row.due.has_value();
    sla.isPaused = row.isPaused;
    sla.usedShare = row.slaUsed;
    if (row.isPaused)
        sla.remaining = tr("paused");
    else if (row.due && *row.due >= now)
        sla.remaining = tr("%1 left").arg(text(workspace::shortDuration(*row.due - now)));
    else if (row.due)
        sla.remaining = tr("%1 over").arg(text(workspace::shortDuration(now - *row.due)));
    return sla;
}

QString slaSentence(const view::QueueRow& row, Instant now)
{
    if (row.isPaused)
        return tr("Clock paused.");
    if (!row.due)
        return {};
    return *row.due < now ? tr("%1 past SLA.").arg(text(workspace::shortDuration(now - *row.due)))
                          : tr("%1 left.").arg(text(workspace::shortDuration(*row.due - now)));
}

/// The row read out (visual.md 9).
QString sentenceOf(const view::QueueRow& from, const widgets::QueueRow& row, Instant now)
{
    QStringList parts;
    parts << widgets::severityText(row.severity) + QLatin1Char('.') << row.title + QLatin1Char('.');
    if (!row.amount.isEmpty())
        parts << (row.amountNote.isEmpty() ? tr("%1 at risk.").arg(row.amount)
                                           : tr("%1 at risk, %2.").arg(row.amount, row.amountNote));
    QStringList who;
    for (const QString& part : {row.customer, row.returnId, row.order})
        if (!part.isEmpty())
            who << part;
    if (!who.isEmpty())
        parts << who.join(QStringLiteral(", ")) + QLatin1Char('.');
    if (const QString clock = slaSentence(from, now); !clock.isEmpty())
        parts << clock;
    parts << tr("Owner %1, %2.").arg(row.team, row.owner.isEmpty() ? tr("unassigned") : row.owner)
          << row.stateText + QLatin1Char('.');
    return parts.join(QLatin1Char(' '));
}

} // namespace

QString teamName(domain::Owner owner)
{
    switch (owner) {
    case domain::Owner::Finance:
        return tr("Finance");
    case domain::Owner::CustomerService:
        return tr("Customer service");
    case domain::Owner::Warehouse:
        return tr("Warehouse");
    case domain::Owner::Integration:
        return tr("Integration");
    }
    return {};
}

QString returnName(const std::string& rma)
{
    return rma.empty() ? QString() : QStringLiteral("RMA") + text(rma);
}

QString ageText(Instant since, Instant now)
{
    return text(workspace::durationText(std::max(now - since, Millis(0))));
}

widgets::QueueRow printed(const view::QueueRow& from, Instant now)
{
    widgets::QueueRow row;
    row.id = numberOf(from.id.value);
    row.severity = severityOf(from.severity);
    row.state = stateOf(from.state);
    row.title = text(from.title);
    row.reason = text(from.reason);
    row.returnId = returnName(from.rma);
    row.returnState = text(from.rmaStatus);
    row.order = text(from.order);
    row.po = text(from.po);
    row.customer = text(from.customer);
    row.customerNote = text(from.customerNote);
    if (from.atRisk)
        row.amount = text(from.atRisk->displayText());
    row.amountNote = text(from.riskNote);
    row.sla = slaOf(from, now);
    row.owner = text(from.assigneeName);
    row.team = teamName(from.owner);
    row.stateText = text(view::rowStateText(from.state, from.waitingFor));
    row.sentence = sentenceOf(from, row, now);
    return row;
}

widgets::QueueRow printedCase(const std::vector<view::QueueRow>& rows, quint64 id, bool isOpen)
{
    const view::QueueRow& first = rows.front();
    widgets::QueueRow head;
    head.id = id;
    head.kind = widgets::QueueRowKind::Group;
    head.isOpen = isOpen;
    head.title = first.customer.empty() ? tr("Customer not known") : text(first.customer);
    head.reason = tr("%1 exceptions").arg(rows.size());
    head.returnId = returnName(first.rma);
    head.order = text(first.order);
    head.po = text(first.po);
    head.customer = head.po;
    const bool canLeaveNow = std::any_of(rows.begin(), rows.end(),
                                         [](const view::QueueRow& row) { return row.canLeaveNow; });
    if (canLeaveNow)
        head.badge = {tr("Can leave now"), theme::Tone::High, std::nullopt, std::nullopt};
    for (const view::QueueRow& row : rows)
        head.severity = std::min(head.severity, severityOf(row.severity));
    QStringList sums;
    for (const money::Money& sum : workspace::caseSums(rows))
        sums << text(sum.displayText());
    head.amount = sums.join(QStringLiteral(" + "));
    head.sentence = tr("Case of %1. %2. %3, %4. %5.")
                        .arg(head.title, head.reason, head.returnId, head.order,
                             isOpen ? tr("Open") : tr("Folded"));
    return head;
}

std::uint16_t changedColumns(const view::QueueRow& before, const view::QueueRow& after)
{
    using widgets::QueueColumn;
    std::uint16_t bits = 0;
    const auto mark = [&bits](QueueColumn column, bool isChanged) {
        if (isChanged)
            bits = static_cast<std::uint16_t>(bits | (1U << static_cast<unsigned>(column)));
    };
    mark(QueueColumn::Severity, before.severity != after.severity);
    mark(QueueColumn::Exception, before.title != after.title || before.reason != after.reason);
    mark(QueueColumn::Return, before.rmaStatus != after.rmaStatus);
    mark(QueueColumn::Order, before.order != after.order || before.po != after.po);
    mark(QueueColumn::Customer, before.customer != after.customer);
    mark(QueueColumn::AtRisk, before.atRisk != after.atRisk || before.riskNote != after.riskNote);
    mark(QueueColumn::Age, before.due != after.due || before.isPaused != after.isPaused);
    mark(QueueColumn::Owner, before.assignee != after.assignee || before.owner != after.owner);
    mark(QueueColumn::State, before.state != after.state || before.waitingFor != after.waitingFor);
    return bits;
}

QString riskText(const std::vector<view::QueueRow>& rows)
{
    std::map<std::pair<std::string, std::string>, std::vector<view::QueueRow>> cases;
    for (const view::QueueRow& row : rows)
        cases[{row.site, row.caseId.value}].push_back(row);
    std::map<std::string, money::Money> sums;
    for (const auto& [key, ofCase] : cases) {
        for (const money::Money& sum : workspace::caseSums(ofCase)) {
            const auto [at, isNew] = sums.try_emplace(std::string(sum.currency().code()), sum);
            if (!isNew)
                at->second = at->second.plus(sum).value_or(at->second);
        }
    }
    QStringList parts;
    for (const auto& [code, sum] : sums)
        parts << text(sum.displayText());
    return parts.join(QStringLiteral(", "));
}

quint64 numberOf(std::string_view findingId)
{
    quint64 number = 0;
    const char* const end = findingId.data() + std::min<std::size_t>(findingId.size(), 16);
    const auto read = std::from_chars(findingId.data(), end, number, 16);
    if (read.ec != std::errc() || read.ptr != end || number == 0)
        number = std::hash<std::string_view>{}(findingId) | 1U;
    return number;
}

} // namespace counterfoil::models
