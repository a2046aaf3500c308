#include "tests/ui/window/small_workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace counterfoil::testing {

using namespace std::chrono_literals;

namespace {

const Instant kNow = fromMillis(1'795'517'000'000); // 24 Nov 2026

} // namespace

std::string rowId(int number)
{
    return fmt::format("{:016x}00000000", number);
}

view::QueueRow makeRow(int number)
{
    view::QueueRow row;
    row.id = FindingId(rowId(number));
    row.caseId = CaseId(fmt::format("rma:{}", 7'000'000 + number));
    row.site = "uk";
    row.type = domain::FindingType::CreditValueMismatch;
    row.severity = domain::Severity::High;
    row.owner = domain::Owner::Finance;
    row.title = fmt::format("Credit {}0.00 above invoice", number);
    row.reason = "Standard price 18.50 used, invoiced 12.50";
    row.rma = std::to_string(7'000'000 + number);
    row.rmaStatus = "Received";
    row.order = fmt::format("B2B-{}", 1'000 + number);
    row.customer = fmt::format("Customer {}", number);
    row.atRisk = money::Money::fromMinor(1'000LL * number, *money::Currency::fromCode("GBP"));
    row.riskKind = domain::RiskKind::Over;
    row.riskNote = "over";
    row.orderKey = 1'000LL * number;
    row.firstSeen = kNow - 26h;
    row.due = kNow + 4h;
    row.slaUsed = 0.5;
    return row;
}

view::QueueRow& SmallWorkspace::row(const std::string& id)
{
    const auto at = std::find_if(rows.begin(), rows.end(),
                                 [&](const view::QueueRow& row) { return row.id.value == id; });
    if (at == rows.end())
        throw std::out_of_range("no row " + id);
    return *at;
}

void SmallWorkspace::publish()
{
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.orderKey > b.orderKey; });
    auto table = std::make_shared<workspace::QueueTable>();
    table->reserve(rows.size());
    auto frame = std::make_shared<view::FrameView>();
    frame->siteName = "Larkfield Supply UK";
    frame->personName = m_person == "priya" ? "Priya Shah" : "Tom Marsh";
    frame->at = kNow;
    frame->feeds = feeds;
    std::set<std::string> cases;
    for (const view::QueueRow& row : rows) {
        table->append(row);
        cases.insert(row.caseId.value);
        frame->open += row.state == view::RowState::Snoozed ? 0 : 1;
        frame->snoozed += row.state == view::RowState::Snoozed ? 1 : 0;
    }
    frame->cases = static_cast<int>(cases.size());
    frame->finance = frame->open;
    table->seal();
    m_table = std::move(table);
    m_frame = std::move(frame);
    m_published = rows;
    Q_EMIT queueChanged({cases.begin(), cases.end()});
}

std::vector<std::pair<std::string, std::string>> SmallWorkspace::people() const
{
    return {{"priya", "Priya Shah"}, {"tom", "Tom Marsh"}};
}

void SmallWorkspace::setPerson(const std::string& person)
{
    m_person = person;
    publish();
}

void SmallWorkspace::readCase(QObject* context, const std::string& site, const CaseId& id,
                              workspace::Answer<view::CaseView> answer)
{
    casesRead.push_back(id.value);
    view::CaseView shown;
    shown.site = site;
    shown.id = id;
    shown.title = "Case " + id.value;
    later<view::CaseView>(context, std::move(answer), std::move(shown));
}

void SmallWorkspace::readQuarantine(QObject* context,
                                    workspace::Answer<view::QuarantineView> answer)
{
    later<view::QuarantineView>(context, std::move(answer), view::QuarantineView());
}

void SmallWorkspace::readActions(QObject* context,
                                 workspace::Answer<std::vector<view::ActionView>> answer)
{
    later<std::vector<view::ActionView>>(context, std::move(answer), actions);
}

void SmallWorkspace::done(QObject* context, workspace::Done done)
{
    later<void>(context, std::move(done), refusal ? Result<void>(fail(*refusal)) : Result<void>());
}

void SmallWorkspace::undo(QObject* context, const ActionId& id, workspace::Done then)
{
    undone.push_back(id.value);
    actions.clear();
    done(context, std::move(then));
}

void SmallWorkspace::assign(QObject* context, const std::vector<FindingId>& findings,
                            const std::string& person, workspace::Done then)
{
    for (const FindingId& id : findings) {
        row(id.value).assignee = person;
        row(id.value).assigneeName = person == "tom" ? "Tom Marsh" : "Priya Shah";
    }
    done(context, std::move(then));
    publish();
}

void SmallWorkspace::snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                            const std::string&, workspace::Done then)
{
    for (const FindingId& id : findings) {
        row(id.value).state = view::RowState::Snoozed;
        row(id.value).snoozedUntil = until;
    }
    done(context, std::move(then));
    publish();
}

void SmallWorkspace::addNote(QObject* context, const std::vector<FindingId>&, const std::string&,
                             workspace::Done then)
{
    done(context, std::move(then));
}

void SmallWorkspace::setOwner(QObject* context, const std::vector<FindingId>& findings,
                              domain::Owner owner, workspace::Done then)
{
    for (const FindingId& id : findings)
        row(id.value).owner = owner;
    done(context, std::move(then));
    publish();
}

void SmallWorkspace::checkAgain(QObject* context, const std::string&, const CaseId& id,
                                workspace::Done then)
{
    casesChecked.push_back(id.value);
    done(context, std::move(then));
}

void SmallWorkspace::readEverything(QObject* context, workspace::Done then)
{
    ++readings;
    done(context, std::move(then));
}

} // namespace counterfoil::testing
