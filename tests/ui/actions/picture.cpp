#include "tests/ui/actions/picture.h"

namespace counterfoil::testing {

using view::CellState;
using view::CheckState;
using view::ComparisonCell;
using view::ComparisonRow;
using view::System;

namespace {

const domain::DocumentRef kRma{Platform::ReturnGo, domain::DocumentKind::Rma, "7000412", 3,
                               fromMillis(1'795'516'812'000)};
const domain::DocumentRef kOrder{Platform::Shopify, domain::DocumentKind::Order, "5820000001042", 7,
                                 fromMillis(1'795'516'918'000)};

ComparisonCell cell(const char* text, CellState state = CellState::Equal,
                    const domain::DocumentRef& document = {}, const char* pointer = "")
{
    ComparisonCell out;
    out.text = text;
    out.state = state;
    out.document = document;
    out.pointer = pointer;
    if (!document.externalId.empty())
        out.tip = "Read 10:40:12, 2 min ago";
    return out;
}

ComparisonRow row(const char* label, ComparisonCell spark, ComparisonCell shopify,
                  ComparisonCell returngo, const char* should, bool isNumber = false)
{
    ComparisonRow out;
    out.label = label;
    out.cells[System::SparkLayer] = std::move(spark);
    out.cells[System::Shopify] = std::move(shopify);
    out.cells[System::ReturnGo] = std::move(returngo);
    out.cells[System::ShouldBe] = cell(should);
    for (auto& [system, item] : out.cells)
        item.isNumber = isNumber;
    return out;
}

const ComparisonCell kNone{};

std::vector<view::ComparisonGroup> comparison()
{
    view::ComparisonGroup head;
    ComparisonCell emptyPo = cell("", CellState::Empty, kOrder, "/poNumber");
    emptyPo.fix = "set-po";
    head.rows = {row("Payment method", cell("On account"),
                     cell("On account", CellState::Equal, kOrder), kNone, "On account"),
                 row("Card captured", kNone, cell("none", CellState::Equal, kOrder), kNone, "none"),
                 row("PO number", cell("PO-88172"), emptyPo,
                     cell("PO-88172", CellState::Equal, kRma), "PO-88172"),
                 row("Return status", kNone, cell("Open, R1", CellState::Equal, kOrder),
                     cell("Received", CellState::Equal, kRma, "/status"), "Received"),
                 row("Refund method", kNone, kNone,
                     cell("Card refund", CellState::Differs, kRma, "/items/0/resolutionType"),
                     "Account credit"),
                 row("Stock location", kNone, cell("Quarantine", CellState::Equal, kOrder), kNone,
                     "Quarantine")};
    view::ComparisonGroup order;
    order.title = "Order";
    order.summary = "3 facts agree";
    order.isAgreeing = true;
    order.isOpen = false;
    order.rows = {row("Total", cell("530.40"), cell("530.40"), kNone, "530.40", true)};
    view::ComparisonGroup beans;
    beans.title = "BEAN-1KG";
    beans.subtitle = "Espresso beans 1 kg";
    beans.summary = "8 of 24 · 5 A, 1 B, 1 D in transit, 1 to do";
    ComparisonRow price =
        row("Unit price, net", cell("12.50"), cell("12.50", CellState::Equal, kOrder),
            cell("18.50", CellState::Differs, kRma, "/items/0/price"), "12.50", true);
    price.provenance = {"trade-uk list 14.95", "24-break 13.59", "−8 % customer"};
    price.provenanceResult = "12.50";
    beans.rows = {
        price,
        row("Units credited", kNone, kNone, cell("8", CellState::Equal, kRma), "7 + 1 to do", true),
        row("Credit, gross", kNone, kNone, cell("148.00", CellState::Differs, kRma), "100.00",
            true)};
    view::ComparisonGroup cups;
    cups.title = "CUP-8OZ";
    cups.subtitle = "Ceramic cup 8 oz";
    cups.summary = "6 of 48 · 2 A, 1 D by buyer, 1 W, 2 to do";
    cups.rows = {
        row("Units credited", kNone, kNone, cell("6", CellState::Differs, kRma), "2 + 2 to do",
            true),
        row("Credit, gross", kNone, kNone, cell("28.80", CellState::Differs, kRma), "19.20", true)};
    view::ComparisonGroup total;
    total.rows = {row("Credit in total", kNone, kNone, cell("176.80", CellState::Differs, kRma),
                      "119.20", true),
                  row("Due / forecast", kNone, kNone, kNone, "97.10 / 22.10", true)};
    total.rows.front().isStrong = true;
    return {head, order, beans, cups, total};
}

view::TimelineView timeline()
{
    constexpr std::int64_t kDay = 86'400'000;
    const std::int64_t now = 1'795'516'920'000;
    view::TimelineView out;
    out.events = {
        {System::Shopify, fromMillis(now - 6 * kDay), "R1 opened", false, false},
        {System::ReturnGo, fromMillis(now - 6 * kDay + 3'600'000), "approved", false, false},
        {System::Shopify, fromMillis(now - 3 * kDay), "in quarantine", true, false},
        {System::ReturnGo, fromMillis(now - 3 * kDay), "received", true, false},
        {System::ReturnGo, fromMillis(now - 2 * kDay - 4 * 3'600'000), "refund requested", false,
         true}};
    out.laneNotes[System::SparkLayer] = "no change, balance owed 3,412.60";
    out.driftSince = fromMillis(now - 2 * kDay - 4 * 3'600'000);
    return out;
}

view::SheetStep step(int number, const char* title, const char* system, const char* state,
                     std::vector<std::string> calls = {})
{
    view::SheetStep out;
    out.number = number;
    out.title = title;
    out.system = system;
    out.state = state;
    out.calls = std::move(calls);
    return out;
}

} // namespace

view::CaseView pictureCase()
{
    view::CaseView out;
    out.site = "uk";
    out.id = CaseId("rma:7000412");
    out.at = fromMillis(1'795'516'920'000);
    out.rma = "7000412";
    out.order = "B2B-1042";
    out.po = "PO-88172";
    out.customer = "Northwind Cafes Ltd";
    out.customerNote = "Trade UK · on account";
    out.title = "Card refund on a Pay on Account order";
    out.atRisk = money::Money::parse("176.80", money::Currency::fromCode("GBP").value()).value();
    out.severity = domain::Severity::Critical;
    out.ownerText = "Priya Shah, Finance";
    out.ageText = "Open 2 d 4 h";
    out.slaText = "1 h past SLA";
    out.sentences = {
        {FindingId("f1"), domain::FindingType::AccountOrderGatewayRefund,
         domain::Severity::Critical, "ReturnGO will refund 176.80 to a card.",
         "Expected an account credit of 119.20."},
        {FindingId("f2"), domain::FindingType::CreditValueMismatch, domain::Severity::High,
         "Credit is 57.60 too high.", "48.00 by price, 9.60 for 2 refused cups."},
        {FindingId("f3"), domain::FindingType::ReceivedQuantityMismatch, domain::Severity::Medium,
         "1 of 6 cups is another product.", "It is booked in as CUP-8OZ."}};
    for (const view::FindingSentence& sentence : out.sentences) {
        view::QueueRow row;
        row.id = sentence.id;
        row.caseId = out.id;
        row.site = out.site;
        row.type = sentence.type;
        row.severity = sentence.severity;
        out.findings.push_back(std::move(row));
    }
    out.unexplained = "Unexplained: 0.00";
    out.differing = 6;
    out.comparison = comparison();
    out.timeline = timeline();
    out.playbook = {{"Check that no refund was paid out", "Priya Shah", true, "", ""},
                    {"Stop the card refund in ReturnGO", "Priya Shah", false, "stop-payment",
                     "https://app.returngo.ai/dashboard/returns?rmaid=7000412"},
                    {"Process the Shopify return without money", "", false, "", ""},
                    {"Issue the account credit of 97.10 now", "", false, "credit", ""},
                    {"ERP credit note of 97.10", "", false, "", ""},
                    {"ReturnGO note and status", "", false, "open-returngo",
                     "https://app.returngo.ai/dashboard/returns?rmaid=7000412"}};
    out.notes = {
        {"Elin Kray", fromMillis(1'795'447'200'000),
         "Buyer says two bags arrived split. Photos are with the return."},
        {"Priya Shah", fromMillis(1'795'511'100'000), "Same price basis as RMA7000329 last week."}};
    view::DocumentView rma;
    rma.ref = kRma;
    rma.title = "ReturnGO rma 7000412, version 3";
    view::DocumentView order;
    order.ref = kOrder;
    order.title = "Shopify order 5820000001042, version 7";
    out.documents = {rma, order};
    out.credit = {true, ""};
    out.release = {true, ""};
    out.setPo = {true, ""};
    out.inspect = {true, ""};
    out.stopPayment = {true, ""};
    out.creditLabel = "Issue account credit";
    out.releaseLabel = "Release 8 units";
    out.inspectNote = "3 of 14 units to inspect";
    out.returngoUrl = "https://app.returngo.ai/dashboard/returns?rmaid=7000412";
    return out;
}

view::CreditPreview pictureCredit()
{
    view::CreditPreview out;
    out.site = "uk";
    out.caseId = CaseId("rma:7000412");
    out.rma = "7000412";
    out.order = "B2B-1042";
    out.po = "PO-88172";
    out.customer = "Northwind Cafes Ltd";
    out.headline = "Northwind Cafes Ltd will owe £97.10 less.";
    out.lines = {{"BEAN-1KG", "8 of 24 at 12.50", "5 A, 1 B, 1 damaged in transit, 1 to do", 7,
                  "87.50", "0.00", "87.50", "12.50", "0.00", "148.00"},
                 {"CUP-8OZ", "6 of 48 at 4.00 + VAT", "2 A, 1 damaged by buyer, 1 wrong, 2 to do",
                  2, "8.00", "1.60", "9.60", "9.60", "9.60", "28.80"}};
    out.feesText = "Agreed fees, none";
    out.total = {"Credit, gross", "", "", 9, "95.50", "1.60", "£97.10", "22.10", "9.60", "176.80"};
    out.dueText = "Part credit now, 97.10";
    out.forecastText = "Wait for 3 units, forecast 119.20";
    out.owedNow = "3,412.60";
    out.owedAfter = "3,315.50";
    out.availableNow = "1,587.40";
    out.availableAfter = "1,684.50";
    out.limitText = "limit 5,000.00";
    out.readText = "Read 10:41:58, read again at send";
    out.shareText = "Owed 66.3 % of the limit, was 68.3 %";
    view::SheetStep stop =
        step(0, "Stop the other payment", "ReturnGO 9100001, card, 176.80, Requested",
             "do this first, then watched");
    stop.isAttention = true;
    stop.hasDeepLink = true;
    stop.canTick = true;
    stop.url = "https://app.returngo.ai/dashboard/returns?rmaid=7000412";
    out.steps = {
        stop,
        step(1, "Process return without money", "Shopify", "waits for 0",
             {"returnProcess B2B-1042-R1, 9 units, Hull quarantine, no financialTransfer"}),
        step(2, "Account credit", "Shopify, SparkLayer balance", "needs Tom Marsh, waits for 1",
             {"metafieldsSet, two metafields, one write",
              R"(sparklayer.payment_on_account {"balance":3315.50} digest 7f3a…c21)",
              "$app:counterfoil.receipts + {9 units, 97.10} digest 02be…9d4"}),
        step(3, "Stock", "Quarantine page", "8 of 14 units can be released"),
        step(4, "Credit note", "ERP", "waits for 2",
             {"INV-20618, 95.50 + 1.60 VAT = 97.10, reference CF-6f1d…a83"}),
        step(5, "Set status Done", "ReturnGO", "waits for the last 3 units"),
        step(6, "Note and return record", "ReturnGO, Shopify order", "waits for 4",
             {"comment \"Account credit 97.10 GBP … [cf:6f1d20b94a83]\""})};
    out.checks = {{CheckState::Passed, "Bought on account, no card captured", "0.00"},
                  {CheckState::Passed, "Currencies agree", "GBP"},
                  {CheckState::Passed, "Every credited unit has a verdict", "9 of 9"},
                  {CheckState::Passed, "Not above the invoiced lines", "97.10 of 128.80"},
                  {CheckState::Passed, "Order not over-credited", "97.10 of 530.40"},
                  {CheckState::Passed, "No credit for these units in any book", "0 found"},
                  {CheckState::Passed, "Lots Q-0428, Q-0427 in Hull quarantine", "14 units"},
                  {CheckState::Passed, "Balance stays above zero", "3,315.50"},
                  {CheckState::Passed, "Both writes proved at this shop", "12 Nov"},
                  {CheckState::Attention, "The other payment is not stopped", "176.80"}};
    out.attentionText = "ReturnGO still asks for a refund of 176.80. It cannot be stopped from "
                        "here. Step 0 first. If it is paid later, a duplicate credit opens at "
                        "once.";
    out.approvalRule = "To £50.00, exact in two systems: one person. To £500.00: two. To "
                       "£5,000.00: and the finance lead.";
    out.approvalHere = "Two people here: 97.10, and a refund is still Requested.";
    out.signers = {"Priya Shah prepares", "Tom Marsh approves"};
    out.reasonChoices = {"Wrong price basis in ReturnGO", "Wrong refund method",
                         "Credit not posted", "Other, see text"};
    out.planHash = "7f3a-97.10";
    out.propose = {true, ""};
    out.issue = {false, "Needs a second person: request approval"};
    out.issueLabel = "Issue £97.10";
    out.proposeLabel = "Request approval";
    out.notSent = "Not sent: no Shopify refund, no order edit, no message to the customer.";
    return out;
}

view::CreditPreview movedCredit()
{
    view::CreditPreview out = pictureCredit();
    out.lines[0].verdicts = "4 A, 1 B, 1 damaged in transit, 1 damaged by buyer, 1 to do";
    out.lines[0].unitsNow = 7;
    out.lines[0].creditNow = out.lines[0].net = "75.00";
    out.lines[0].notDue = "12.50";
    out.total.unitsNow = 8;
    out.total.net = "83.00";
    out.total.creditNow = "£84.60";
    out.headline = "Northwind Cafes Ltd will owe £84.60 less.";
    out.dueText = "Part credit now, 84.60";
    out.issueLabel = "Issue £84.60";
    out.owedNow = "3,508.60";
    out.owedAfter = "3,424.00";
    out.planHash = "02be-84.60";
    return out;
}

view::ReleasePreview pictureRelease()
{
    view::ReleasePreview out;
    out.site = "uk";
    const auto line = [](const char* sku, const char* title, const char* location, const char* lot,
                         int units, std::int64_t before, const char* note) {
        view::ReleaseLine row;
        row.sku = sku;
        row.title = title;
        row.location = location;
        row.lot = lot;
        row.caseId = CaseId("rma:7000412");
        row.rma = "7000412";
        row.units = units;
        row.availableBefore = before;
        row.availableAfter = before + units;
        row.note = note;
        return row;
    };
    out.lines = {line("BEAN-1KG", "Espresso beans 1 kg", "Hull main", "Q-0428", 5, 412,
                      "5 A, 1 of 8 still to do"),
                 line("CUP-8OZ", "Ceramic cup 8 oz", "Hull main", "Q-0427", 2, 96,
                      "2 A, 2 of 6 still to do"),
                 line("BEAN-1KG", "Espresso beans 1 kg", "Hull outlet", "Q-0428", 1, 14, "1 B")};
    out.unitsByLocation = {{"Hull main", 7}, {"Hull outlet", 1}};
    out.valueText = "£84.60";
    out.approvalText = "Priya Shah may release this alone.";
    out.steps = {step(3, "Stock", "Shopify", "this action",
                      {"inventoryMoveQuantities, 3 changes, available to available"})};
    out.checks = {{CheckState::Passed, "Every released unit has a verdict", "8 of 8"},
                  {CheckState::Passed, "Quarantine holds the units", "14"}};
    out.planHash = "release-8";
    out.release = {true, ""};
    out.releaseLabel = "Release 8 units";
    return out;
}

view::QuarantineView pictureLots()
{
    view::QuarantineView out;
    const auto lot = [](const char* sku, const char* title, int units,
                        std::vector<domain::UnitVerdict> done) {
        view::LotView row;
        row.id = std::string("Q-7000412-") + sku;
        row.site = "uk";
        row.caseId = CaseId("rma:7000412");
        row.rma = "7000412";
        row.sku = sku;
        row.title = title;
        row.units = units;
        row.toDo = units - static_cast<int>(done.size());
        for (int i = 0; i < units; ++i) {
            view::InspectionUnit unit;
            unit.unit = UnitId(std::string(sku) + "#" + std::to_string(i + 1));
            unit.ordinal = i + 1;
            unit.sku = sku;
            unit.title = title;
            if (static_cast<std::size_t>(i) < done.size())
                unit.verdict = done[static_cast<std::size_t>(i)];
            row.rows.push_back(unit);
        }
        return row;
    };
    using domain::UnitVerdict;
    out.lots = {
        lot("BEAN-1KG", "Espresso beans 1 kg", 8,
            {UnitVerdict::AGrade, UnitVerdict::AGrade, UnitVerdict::AGrade, UnitVerdict::AGrade,
             UnitVerdict::AGrade, UnitVerdict::BGrade, UnitVerdict::Damaged}),
        lot("CUP-8OZ", "Ceramic cup 8 oz", 6,
            {UnitVerdict::AGrade, UnitVerdict::AGrade, UnitVerdict::Damaged,
             UnitVerdict::WrongItem})};
    return out;
}

} // namespace counterfoil::testing
