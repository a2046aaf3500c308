#include "core/sync/shopify_marks.h"
#include "core/sync/shopify_poller.h"

#include "core/decode/shopify.h"
#include "core/request/shopify.h"

#include <algorithm>
#include <iterator>

// The first load and the daily sweep of everything: by a bulk operation, else by paging.
namespace counterfoil::sync {

using domain::DocumentKind;
using domain::DocumentPage;

namespace {

constexpr auto kBulkWaitMax = std::chrono::minutes(30); ///< then paging is as fast
constexpr std::size_t kBulkRowsAPage = 250;

} // namespace

Task<Result<void>> ShopifyPoller::firstLoad(Instant since)
{
    Result<void> loaded = co_await loadAll(since);
    if (!loaded)
        co_return loaded;
    auto outcome = apply(kFull, DocumentPage(), std::nullopt, true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return loaded;
}

Task<Result<void>> ShopifyPoller::loadAll(Instant since)
{
    if (m_setup.shopify.adapter.firstLoad == "bulk") {
        Result<void> loaded = co_await bulkLoad(since);
        if (loaded)
            co_return loaded;
        // Not every token may run bulk operations: paging does the same, slower.
        const ErrorCode code = loaded.error().code;
        if (code == ErrorCode::Store || code == ErrorCode::Network || code == ErrorCode::Timeout)
            co_return loaded;
    }
    std::string search = request::shopify::updatedSince(since);
    co_return co_await sweepSearch(kOrders, std::move(search), formatInstant(since), true);
}

Task<Result<void>> ShopifyPoller::bulkLoad(Instant since)
{
    const auto present = markOf(kOrders);
    if (!present)
        co_return fail(present.error());
    const bool keepsUp = !present->empty(); // the daily sweep: the delta does not wait for it
    m_fresher.emplace();
    auto state = co_await m_client.bulkStart(since);
    if (!state)
        co_return fail(state.error());
    const std::string operation = state->id;
    const Instant began = now();
    Millis wait = std::chrono::seconds(1);
    while (!state->isFinished()) {
        if (now() - began > kBulkWaitMax) {
            co_await m_client.bulkCancel(operation);
            co_return fail(ErrorCode::Server, "the bulk operation does not end", Platform::Shopify);
        }
        co_await m_clock.sleep(wait);
        wait = std::min<Millis>(wait * 2, std::chrono::seconds(30));
        if (keepsUp) // a failure is met again by its own loop
            static_cast<void>(co_await sweepOrders());
        state = co_await m_client.bulkPoll(operation);
        if (!state)
            co_return fail(state.error());
    }
    if (state->status != "COMPLETED")
        co_return fail(ErrorCode::Server, "the bulk operation ended as " + state->status,
                       Platform::Shopify);
    DocumentPage whole;
    if (state->url.empty() && state->objectCount > 0)
        co_return fail(ErrorCode::Server, "the bulk operation gives no address of its file",
                       Platform::Shopify);
    if (!state->url.empty()) {
        auto file = co_await m_client.bulkFile(state->url, state->objectCount);
        if (!file)
            co_return fail(file.error());
        whole = std::move(*file);
    }
    // What a delta read meanwhile is newer than the file.
    std::erase_if(whole.documents, [this](const domain::PageDocument& row) {
        return m_fresher && row.kind == DocumentKind::Order && m_fresher->contains(row.externalId);
    });
    m_fresher.reset();
    // The next delta starts where the file was begun: what changed while it was made may stand in
    // it as it was before. By the shop's clock, and by its orders' times where those lag behind.
    std::string mark = newestOf(whole, formatInstant(since));
    if (const auto newest = parseInstant(mark); state->createdAt && newest)
        mark = formatInstant(std::min(*state->createdAt, *newest));
    for (std::size_t from = 0; from == 0 || from < whole.documents.size(); from += kBulkRowsAPage) {
        DocumentPage part;
        const std::size_t end = std::min(whole.documents.size(), from + kBulkRowsAPage);
        std::move(whole.documents.begin() + static_cast<std::ptrdiff_t>(from),
                  whole.documents.begin() + static_cast<std::ptrdiff_t>(end),
                  std::back_inserter(part.documents));
        const bool isEnd = end == whole.documents.size();
        if (isEnd)
            part.setAside = std::move(whole.setAside);
        std::optional<std::string> newMark;
        if (isEnd)
            newMark = mark;
        auto outcome = apply(kOrders, std::move(part), newMark, isEnd);
        if (!outcome)
            co_return fail(outcome.error());
        take(*outcome);
        if (isEnd)
            break;
    }
    co_return Result<void>();
}

} // namespace counterfoil::sync
