#include "core/workspace/sheet_view.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace counterfoil::workspace {
namespace {

WorkspaceConfig config()
{
    auto read = parseConfig(R"({"store":"sqlite:s","sites":[{"id":"uk","currency":"GBP",
        "shopify":{"url":"https://x.myshopify.com","token":{"env":"T"}},
        "people":[{"name":"Priya Shah","login":"priya","roles":["warehouse-lead"]}]}]})");
    EXPECT_TRUE(read);
    return *std::move(read);
}

actions::Plan planOf(const std::string& sku, std::int64_t units, bool isBlocked)
{
    actions::Plan plan;
    plan.kind = domain::ActionKind::Release;
    plan.site = SiteId("uk");
    plan.caseId = CaseId("rma:7000412");
    plan.rma = RmaId("7000412");
    plan.sku = sku;
    plan.quantity = units;
    plan.need.shopMinor = units * 100;
    actions::Check check;
    check.level = isBlocked ? actions::CheckLevel::Blocking : actions::CheckLevel::Passed;
    check.text = domain::Phrase("check.levels-read");
    plan.checks.push_back(check);
    return plan;
}

view::ReleasePreview previewOf(const std::vector<actions::Plan>& plans)
{
    const SiteContext sites(config());
    domain::CaseFacts facts;
    facts.site = SiteId("uk");
    facts.id = CaseId("rma:7000412");
    return releasePreview(plans, std::vector<actions::Requirement>(plans.size()), facts, sites,
                          "priya");
}

TEST(ReleasePreview, OneThatIsBlockedHoldsUpNoOther)
{
    const actions::Plan good = planOf("BEAN-1KG", 5, false);
    const view::ReleasePreview preview = previewOf({planOf("KETTLE-1L", 3, true), good});
    EXPECT_TRUE(preview.release.isAllowed);
    EXPECT_EQ(preview.releaseLabel, "Release 5 units");
    EXPECT_EQ(preview.planHash, actions::planHash(good)) << "only what is sent is signed";
    EXPECT_EQ(preview.valueText, "£5.00");
    ASSERT_EQ(preview.lines.size(), 2U) << "what stays is shown too";
    EXPECT_FALSE(preview.lines[0].isOn);
    EXPECT_TRUE(preview.lines[0].note.starts_with("stays: ")) << preview.lines[0].note;
    EXPECT_TRUE(preview.lines[1].isOn);
    ASSERT_EQ(preview.checks.size(), 2U);
    EXPECT_EQ(preview.checks[0].state, view::CheckState::Attention);
    EXPECT_TRUE(preview.checks[0].text.starts_with("KETTLE-1L stays: "));
}

TEST(ReleasePreview, WhenAllAreBlockedTheFirstReasonIsSaid)
{
    const view::ReleasePreview preview =
        previewOf({planOf("KETTLE-1L", 3, true), planOf("BEAN-1KG", 5, true)});
    EXPECT_FALSE(preview.release.isAllowed);
    EXPECT_FALSE(preview.release.reason.empty());
    EXPECT_EQ(preview.lines.size(), 2U);
    ASSERT_EQ(preview.checks.size(), 2U);
    EXPECT_EQ(preview.checks[0].state, view::CheckState::Blocking);
}

} // namespace
} // namespace counterfoil::workspace
