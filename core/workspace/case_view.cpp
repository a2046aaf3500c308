#include "core/workspace/case_view.h"

#include "core/base/text.h"
#include "core/phrases/phrases.h"
#include "core/workspace/comparison_view.h"
#include "core/workspace/playbook_view.h"
#include "core/workspace/sheet_view.h"
#include "core/workspace/timeline_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace counterfoil::workspace {

namespace {

void addSentences(const domain::CaseFacts& facts, const domain::Judgement& judgement,
                  view::CaseView& out)
{
    for (const domain::Finding& finding : judgement.findings) {
        view::FindingSentence sentence;
        sentence.type = finding.type;
        sentence.severity = finding.severity;
        sentence.id = domain::findingKey(facts.site, facts.id, finding.type, finding.subject);
        sentence.bold = phrases::text(finding.title) + ".";
        sentence.rest = phrases::text(finding.reason) + ".";
        if (!finding.cause.code.empty())
            sentence.rest += " " + phrases::text(finding.cause) + ".";
        out.sentences.push_back(std::move(sentence));
    }
    // One reason often holds up several rules: it is said once.
    std::vector<std::pair<std::string, std::string>> reasons;
    for (const domain::NotJudged& open : judgement.notJudged) {
        const std::string reason = phrases::text(open.reason);
        const auto same = std::find_if(reasons.begin(), reasons.end(),
                                       [&](const auto& row) { return row.second == reason; });
        const std::string type(domain::findingTypeId(open.type));
        if (same == reasons.end())
            reasons.emplace_back(type, reason);
        else
            same->first += ", " + type;
    }
    for (const auto& [types, reason] : reasons)
        out.notJudged.push_back(fmt::format("{}: {}", types, reason));
}

/// What of the wrong credits no price explains; empty where no credit is wrong.
std::string unexplainedText(const domain::Judgement& judgement)
{
    std::optional<money::Money> sum;
    for (const domain::Finding& finding : judgement.findings) {
        if (finding.type != domain::FindingType::CreditValueMismatch || !finding.atRisk)
            continue;
        if (!sum)
            sum = money::Money::zero(finding.atRisk->currency());
        if (finding.causeCode.empty() || finding.causeCode == "unexplained")
            sum = sum->plus(*finding.atRisk).value_or(*sum);
    }
    return sum ? "Unexplained: " + sum->groupedText() : std::string();
}

/// The worst finding of the case; its playbook is the one to follow.
const domain::Finding* worstOf(const domain::Judgement& judgement)
{
    const auto worst = std::max_element(
        judgement.findings.begin(), judgement.findings.end(),
        [](const domain::Finding& a, const domain::Finding& b) { return a.severity < b.severity; });
    return worst == judgement.findings.end() ? nullptr : &*worst;
}

view::Allowed stopPaymentOf(const CasePicture& in)
{
    if (!in.facts.rma)
        return {false, "No RMA"};
    if (!in.facts.rma->hasDetail)
        return {false, "The RMA's detail was not read yet"};
    if (isProved("payment-stopped", in))
        return {false, "ReturnGO shows no payment on its way"};
    return {true, {}};
}

std::string inspectNoteOf(const CasePicture& in)
{
    const auto open =
        std::count_if(in.joined.units.begin(), in.joined.units.end(),
                      [](const reconcile::JoinedUnit& unit) { return !unit.isInspected; });
    if (in.joined.units.empty() || open == 0)
        return {};
    return fmt::format("{} of {} units to inspect", open, in.joined.units.size());
}

} // namespace

view::CaseView caseView(const domain::CaseFacts& facts, const domain::Judgement& judgement,
                        const SiteContext& sites)
{
    view::CaseView out;
    out.site = facts.site.value;
    out.id = facts.id;
    out.at = facts.now;
    out.rma = facts.rma ? facts.rma->id.value : std::string();
    out.order = facts.order ? facts.order->name : facts.rma ? facts.rma->orderName : std::string();
    out.customer = customerName(facts);
    addSentences(facts, judgement, out);
    const SiteConfig* site = sites.site(out.site);
    if (!site)
        return out;
    CaseLinks links;
    if (!out.rma.empty())
        links.returngo = returngoUrl(out.rma);
    if (facts.order)
        links.shopify = fmt::format("{}/admin/orders/{}", site->shopify.url,
                                    percentEncoded(facts.order->id.value));
    out.returngoUrl = links.returngo;
    out.shopifyUrl = links.shopify;
    const CasePicture picture = pictureOf(facts, site->site.policy);
    if (const domain::Finding* worst = worstOf(judgement))
        out.playbook = playbookOf(worst->type, picture, links);
    if (facts.kind == domain::CaseKind::Feed)
        return out;
    out.po = picture.po.value;
    out.unexplained = unexplainedText(judgement);
    out.comparison = comparisonOf(picture);
    out.differing = differencesIn(out.comparison);
    out.timeline = timelineOf(facts, judgement);
    out.stopPayment = stopPaymentOf(picture);
    out.inspectNote = inspectNoteOf(picture);
    return out;
}

std::vector<view::TraceView> traceViews(const domain::Judgement& judgement)
{
    constexpr std::array<const char*, 6> kOutcomes{"passes", "fails",    "not judged",
                                                   "hidden", "expected", "not applicable"};
    std::vector<view::TraceView> out;
    for (const domain::TraceNode& node : judgement.trace) {
        view::TraceView row;
        row.type = node.type;
        row.outcome = kOutcomes[static_cast<std::size_t>(node.outcome)];
        row.text = phrases::text(node.text);
        for (const domain::Evidence& value : node.values)
            row.values.emplace_back(
                value.field,
                fmt::format("{} ({} {} v{})", value.value, platformName(value.document.platform),
                            domain::documentKindWord(value.document.kind), value.document.version));
        out.push_back(std::move(row));
    }
    return out;
}

} // namespace counterfoil::workspace
