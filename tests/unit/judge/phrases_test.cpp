#include "core/phrases/phrases.h"
#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace counterfoil::judging {

namespace {

/// Every whole code that the sources name: two words with a dot between them, in quotes.
std::set<std::string> codesIn(const std::string& folder)
{
    static const std::regex kCode(
        "\"((?:not-judged|trace|cause|credit-value|credit-not-posted|gateway-refund|store-credit|"
        "restocked|blocked|po-missing|po-conflict|manual-refund|order-edited|feed-stale|"
        "feed-reserve|access-refused|unknown-value|action-unproved|return-status|money-state|"
        "return-stalled|rejected-restocked|stock-movement|quarantine-overdue|received-quantity|"
        "unmatched|purchase-mismatch|duplicate-credit|over-credit|refund-stuck|paid-before|"
        "tax-or-currency)\\.[a-z.-]*[a-z])\"");
    std::set<std::string> codes;
    for (const auto& file : std::filesystem::directory_iterator(
             std::filesystem::path(COUNTERFOIL_SOURCE_DIR) / folder)) {
        std::ifstream in(file.path());
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        for (std::sregex_iterator at(text.begin(), text.end(), kCode), end; at != end; ++at)
            codes.insert((*at)[1].str());
    }
    return codes;
}

/// Codes that are put together from parts.
std::set<std::string> builtCodes()
{
    std::set<std::string> codes;
    for (const char* route : {"gateway-refund", "store-credit"}) {
        for (const char* variant : {"requested", "failed", "succeeded"}) {
            codes.insert(std::string(route) + "." + variant + ".title");
            codes.insert(std::string(route) + "." + variant + ".reason");
        }
        for (const char* end : {"none", "not-account", "covered"})
            codes.insert(std::string("trace.") + route + "." + end);
        codes.insert(std::string("cause.") + route);
    }
    for (const char* part : {"balance", "order", "blocked", "overwritten"}) {
        codes.insert(std::string("credit-not-posted.") + part + ".title");
        codes.insert(std::string("credit-not-posted.") + part + ".reason");
    }
    for (const char* price : {"net-for-gross", "tax-twice", "missed-break", "ignored-discount",
                              "list-at-order", "customer-price-today", "list-today", "retail-price",
                              "fee", "units-wrong", "spread-discount"})
        codes.insert(std::string("cause.") + price);
    for (const char* state : {"unknown", "stuck", "drift"})
        codes.insert(std::string("action-unproved.") + state + ".reason");
    for (const char* kind : {"credit", "release", "set-po"})
        codes.insert(std::string("action-unproved.") + kind + ".title");
    for (const char* variant : {"shopify-return", "shipment"})
        codes.insert(std::string("return-status.") + variant + ".title");
    for (const char* variant :
         {"money-state.rejected-paid", "money-state.done-unpaid", "money-state.paid-not-done",
          "money-state.order-still-owes", "purchase-mismatch.missing",
          "purchase-mismatch.unconfirmed", "purchase-mismatch.currency",
          "purchase-mismatch.quantity", "purchase-mismatch.total"}) {
        codes.insert(std::string(variant) + ".title");
        codes.insert(std::string(variant) + ".reason");
    }
    for (const char* variant : {"draft", "payment-pending"}) {
        codes.insert(std::string("blocked.") + variant + ".title");
        codes.insert(std::string("blocked.") + variant + ".reason");
    }
    for (const char* way : {"two-means", "same-book"})
        codes.insert(std::string("duplicate-credit.") + way + ".reason");
    for (const char* cap : {"line", "order", "code"})
        codes.insert(std::string("over-credit.") + cap + ".reason");
    for (const char* variant : {"refund-stuck.failed", "refund-stuck.requested",
                                "paid-before.inspection", "paid-before.receipt"}) {
        codes.insert(std::string(variant) + ".title");
        codes.insert(std::string(variant) + ".reason");
    }
    for (const char* tax : {"net-for-gross", "tax-twice", "wrong-tax"})
        codes.insert(std::string("tax-or-currency.") + tax + ".title");
    return codes;
}

void expectWords(const Phrase& phrase)
{
    if (phrase.code.empty())
        return;
    EXPECT_TRUE(phrases::hasText(phrase.code)) << phrase.code;
    const std::string text = phrases::text(phrase);
    EXPECT_EQ(text.find('{'), std::string::npos) << phrase.code << ": " << text;
}

} // namespace

TEST(Phrases, EveryCodeHasWords)
{
    std::set<std::string> codes = builtCodes();
    for (const char* folder : {"core/rules", "core/reconcile"})
        codes.merge(codesIn(folder));
    EXPECT_GT(codes.size(), 120U) << "the sources were not read";
    // A stem that a source completes is no code by itself.
    for (const char* stem : {"credit-not-posted.balance", "credit-not-posted.blocked",
                             "credit-not-posted.order", "credit-not-posted.overwritten"})
        codes.erase(stem);
    for (const std::string& code : codes)
        EXPECT_TRUE(phrases::hasText(code)) << code;
}

TEST(Phrases, EveryValueIsFilledIn)
{
    Builder b;
    b.policy.poRequired = PoRequired::Yes;
    b.line("1", 24, "12.50", "60.00");
    b.units("1", 4, "18.50", Resolution::RefundToPaymentMethod).inspect("1", 3);
    b.inspect("1", 1, UnitVerdict::WrongItem);
    b.transaction("1", RmaTransactionStatus::Requested, "74.00");
    b.facts.unknowns = {{{}, "status", "OnHold"}};
    b.credit("1.00", ActionState::Stuck);
    Builder unread = b;
    unread.facts.order->lines.reset();
    Builder strange = b;
    strange.facts.order->attributes[0].value = "hokodoPayment";
    Builder feed = b;
    feed.facts.kind = CaseKind::Feed;
    feed.facts.feeds[Platform::ReturnGo].lastSuccess = at("2026-11-01T00:00:00Z");
    feed.facts.feeds[Platform::Shopify].isAccessRefused = true;
    std::size_t seen = 0;
    for (const Builder* builder : {&b, &unread, &strange, &feed}) {
        const Judgement judgement = builder->judge();
        for (const Finding& finding : judgement.findings) {
            expectWords(finding.title);
            expectWords(finding.reason);
            expectWords(finding.cause);
            ++seen;
        }
        for (const NotJudged& row : judgement.notJudged)
            expectWords(row.reason);
        for (const TraceNode& row : judgement.trace)
            expectWords(row.text);
    }
    EXPECT_GT(seen, 6U);
}

} // namespace counterfoil::judging
