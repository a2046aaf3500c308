#include "core/sync/actions/runner.h"

#include "core/base/digest.h"
#include "core/decode/shopify.h"
#include "core/request/shopify.h"

#include <nlohmann/json.hpp>

#include <utility>

/// Proof runs (sparklayer.md 8.3, product.md 3): each write is done once on the site's test
/// customer, order or item, looked at, tried a second time where a second time must change nothing,
/// and put back. A run that fails leaves its reason and what is left to put back.
namespace counterfoil::sync {

namespace {

using Json = nlohmann::json;
namespace build = request::shopify;

constexpr Millis kLook = std::chrono::seconds(2);
constexpr int kLooksMax = 5;

std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error notAsExpected(const std::string& what)
{
    return {ErrorCode::Rejected, "proof run: " + what, Platform::Shopify};
}

Result<request::PreparedRequest> balanceWrite(const domain::Account& account, const ActionId& id,
                                              const money::Money& credit, Instant now,
                                              const actions::PlanContext& context)
{
    if (!account.balance)
        return fail(ErrorCode::Config, "the test customer has no balance");
    const Result<money::Money> after = account.balance->minus(credit);
    if (!after)
        return fail(after.error());
    Result<std::string> text = build::withBalance(account.balanceText, *after, context.balanceKey);
    if (!text)
        return fail(text.error());
    build::ReceiptEntry receipt;
    receipt.action = id;
    receipt.units = 0;
    receipt.amount = credit;
    receipt.at = now;
    Result<std::string> receipts = build::receiptsWith(account.receiptsText, receipt);
    if (!receipts)
        return fail(receipts.error());
    build::CreditWrite write;
    write.ownerGid = account.gid;
    write.balanceType = account.balanceType;
    write.newBalanceText = std::move(*text);
    write.balanceDigest = account.balanceDigest;
    write.receiptsText = std::move(*receipts);
    if (account.hasReceipts)
        write.receiptsDigest = account.receiptsDigest;
    return build::accountCredit(context.apiVersion, write);
}

bool hasReceipt(const domain::Account& account, const ActionId& id)
{
    for (const domain::Receipt& row : account.receipts) {
        if (row.action == id)
            return true;
    }
    return false;
}

} // namespace

Task<Result<HttpReply>> Runner::sendProof(std::string siteId, request::PreparedRequest write)
{
    actions::AuditEntry entry;
    entry.person = PersonId("engine");
    entry.what = "proof.sending";
    entry.object = siteId;
    entry.detail = dumped({{"label", write.label}, {"request", write.hash()}});
    const Result<void> noted = m_services.ledger->audit(entry);
    if (!noted)
        co_return fail(noted.error());
    const Result<bool> isStopped = m_services.ledger->isStopAll();
    if (!isStopped || *isStopped)
        co_return fail(ErrorCode::Forbidden, "refuse.stop-all");
    Result<HttpReply> reply =
        co_await m_services.sender->sendWrite(siteId, Platform::Shopify, write);
    if (reply && reply->status != 200)
        co_return fail(notAsExpected("HTTP " + std::to_string(reply->status)));
    co_return reply;
}

Task<Result<domain::Account>> Runner::readAccount(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    RereadScope scope;
    scope.customer = where->proof.customer;
    const Result<void> read = co_await m_services.reader->reread(siteId, scope);
    if (!read)
        co_return fail(read.error());
    Result<std::optional<domain::Account>> account =
        m_services.ledger->account(siteId, where->proof.customer);
    if (!account)
        co_return fail(account.error());
    if (!*account || !(*account)->balance)
        co_return fail(ErrorCode::Config, "the test customer has no readable balance");
    co_return std::move(**account);
}

Task<Result<actions::Levels>> Runner::readLevels(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    RereadScope scope;
    scope.item = where->proof.item;
    scope.locations = {where->proof.from, where->proof.to};
    const Result<void> read = co_await m_services.reader->reread(siteId, scope);
    if (!read)
        co_return fail(read.error());
    const auto from = m_services.ledger->level(siteId, where->proof.item, where->proof.from);
    const auto to = m_services.ledger->level(siteId, where->proof.item, where->proof.to);
    actions::Levels levels;
    if (from && *from)
        levels.from = (*from)->available;
    if (to && *to)
        levels.to = (*to)->available;
    if (!levels.from || !levels.to)
        co_return fail(ErrorCode::Config, "the test item has no level at both locations");
    co_return levels;
}

Task<Result<std::string>> Runner::readPo(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    RereadScope scope;
    scope.order = where->proof.order;
    const Result<void> read = co_await m_services.reader->reread(siteId, scope);
    if (!read)
        co_return fail(read.error());
    const auto po = m_services.ledger->poNumber(siteId, where->proof.order);
    if (!po)
        co_return fail(po.error());
    if (!*po)
        co_return fail(ErrorCode::Config, "the test order cannot be read");
    co_return std::string(**po);
}

Task<Result<std::string>> Runner::proveCredit(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    Result<domain::Account> before = co_await readAccount(siteId);
    if (!before)
        co_return fail(before.error());
    const Instant start = m_services.clock->now();
    const money::Currency currency = before->balance->currency();
    const money::Money one = money::Money::fromMinor(currency.minorPerMajor(), currency);
    const ActionId id(uuidV5("proof|" + siteId + "|" + formatInstant(start)));
    Result<request::PreparedRequest> write = balanceWrite(*before, id, one, start, where->context);
    if (!write)
        co_return fail(write.error());
    const request::PreparedRequest sent = *write;
    const Result<HttpReply> reply = co_await sendProof(siteId, sent);
    if (!reply)
        co_return fail(reply.error());
    const auto set = decode::shopify::metafieldsSet(reply->body);
    if (!set)
        co_return fail(set.error());
    if (!set->isDone())
        co_return fail(notAsExpected(set->userErrors.front().message));
    Result<domain::Account> after = co_await readAccount(siteId);
    for (int looks = 0; after && !hasReceipt(*after, id) && looks < kLooksMax; ++looks) {
        co_await m_services.clock->sleep(kLook);
        after = co_await readAccount(siteId);
    }
    if (!after)
        co_return fail(after.error());
    const auto delay = (m_services.clock->now() - start).count();
    if (!hasReceipt(*after, id))
        co_return fail(notAsExpected("our receipt is not there afterwards"));
    const std::int64_t fell = before->balance->minor() - after->balance->minor();
    if (fell != one.minor())
        co_return fail(notAsExpected("the amount owed did not fall by " + one.decimalText()));
    // The same bytes again must be refused: that is what makes a resend safe.
    const Result<HttpReply> again = co_await sendProof(siteId, sent);
    if (!again)
        co_return fail(again.error());
    const auto second = decode::shopify::metafieldsSet(again->body);
    const bool isGuarded =
        second && !second->isDone() &&
        (second->hasCode("STALE_OBJECT") || second->hasCode("INVALID_COMPARE_DIGEST"));
    Result<domain::Account> latest = co_await readAccount(siteId);
    if (!latest)
        co_return fail(latest.error());
    const std::int64_t back = before->balance->minor() - latest->balance->minor();
    if (back != 0) {
        const money::Money owed = money::Money::fromMinor(-back, currency);
        const ActionId undo(uuidV5("proof-back|" + id.value));
        Result<request::PreparedRequest> restore =
            balanceWrite(*latest, undo, owed, m_services.clock->now(), where->context);
        if (!restore)
            co_return fail(restore.error());
        const request::PreparedRequest put = *restore;
        const Result<HttpReply> restored = co_await sendProof(siteId, put);
        if (!restored)
            co_return fail(restored.error());
    }
    if (!isGuarded)
        co_return fail(notAsExpected("a second write under the old digest was not refused"));
    const Result<domain::Account> end = co_await readAccount(siteId);
    if (!end)
        co_return fail(end.error());
    if (end->balance != before->balance)
        co_return fail(notAsExpected("the balance could not be put back"));
    co_return dumped({{"sign", "lower balance is owed less"},
                      {"delay_ms", delay},
                      {"digest_guard", true},
                      {"receipts", true}});
}

Task<Result<std::string>> Runner::proveRelease(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    const Result<actions::Levels> before = co_await readLevels(siteId);
    if (!before)
        co_return fail(before.error());
    if (*before->from < 1)
        co_return fail(ErrorCode::Config, "the test item has no piece in quarantine");
    const Instant start = m_services.clock->now();
    const std::string name = siteId + "|" + formatInstant(start);
    build::ReleaseWrite there;
    there.item = where->proof.item;
    there.from = where->proof.from;
    there.to = where->proof.to;
    there.quantity = 1;
    there.fromQuantity = *before->from;
    there.key = uuidV5("proof-release|" + name);
    there.referenceUri = "gid://counterfoil/Release/" + there.key;
    there.reason = where->context.releaseReason;
    const request::PreparedRequest write = build::releaseStock(where->context.apiVersion, there);
    for (int sending = 0; sending < 2; ++sending) { // the second one is a replay under the same key
        const Result<HttpReply> reply = co_await sendProof(siteId, write);
        if (!reply)
            co_return fail(reply.error());
        const auto moved = decode::shopify::inventoryAdjust(reply->body);
        if (!moved)
            co_return fail(moved.error());
        if (!moved->isDone())
            co_return fail(notAsExpected(moved->userErrors.front().message));
    }
    const Result<actions::Levels> after = co_await readLevels(siteId);
    if (!after)
        co_return fail(after.error());
    const auto delay = (m_services.clock->now() - start).count();
    const std::int64_t left = *before->from - *after->from;
    const std::int64_t came = *after->to - *before->to;
    if (left > 0) {
        build::ReleaseWrite back = there;
        std::swap(back.from, back.to);
        back.quantity = left;
        back.fromQuantity = *after->to;
        back.key = uuidV5("proof-release-back|" + name);
        back.referenceUri = "gid://counterfoil/Hold/" + back.key;
        const request::PreparedRequest put = build::releaseStock(where->context.apiVersion, back);
        const Result<HttpReply> reply = co_await sendProof(siteId, put);
        if (!reply)
            co_return fail(reply.error());
    }
    if (left != 1 || came != 1)
        co_return fail(notAsExpected("levels did not move by one piece"));
    co_return dumped({{"delay_ms", delay}, {"replay_is_idempotent", true}, {"two_changes", true}});
}

Task<Result<std::string>> Runner::provePo(std::string siteId)
{
    const RunnerSite* where = site(siteId);
    const Result<std::string> before = co_await readPo(siteId);
    if (!before)
        co_return fail(before.error());
    const Instant start = m_services.clock->now();
    const std::string text = "CF-PROOF-" + uuidV5(siteId + formatInstant(start)).substr(0, 8);
    const std::string gid = "gid://shopify/Order/" + where->proof.order.value;
    const request::PreparedRequest write = build::setPo(where->context.apiVersion, gid, text);
    const Result<HttpReply> reply = co_await sendProof(siteId, write);
    if (!reply)
        co_return fail(reply.error());
    const Result<std::string> after = co_await readPo(siteId);
    if (!after)
        co_return fail(after.error());
    const auto delay = (m_services.clock->now() - start).count();
    const request::PreparedRequest back = build::setPo(where->context.apiVersion, gid, *before);
    const Result<HttpReply> restored = co_await sendProof(siteId, back);
    if (!restored)
        co_return fail(restored.error());
    if (*after != text)
        co_return fail(notAsExpected("the PO number did not change"));
    co_return dumped({{"delay_ms", delay}});
}

Task<Result<store::ProofRecord>> Runner::prove(std::string siteId, std::string write, PersonId by)
{
    const RunnerSite* where = site(siteId);
    if (where == nullptr)
        co_return fail(ErrorCode::NotFound, "site " + siteId);
    const ProofTarget& target = where->proof;
    Result<std::string> learned = fail(ErrorCode::Invalid, "no such write: " + write);
    const bool hasTarget = write == "credit-metafield" ? !target.customer.empty()
                           : write == "release"
                               ? !target.item.empty() && !target.from.empty() && !target.to.empty()
                               : !target.order.empty();
    if (!hasTarget)
        co_return fail(ErrorCode::Config, "sites." + siteId + ".proof: nothing to prove on");
    if (write == "credit-metafield")
        learned = co_await proveCredit(siteId);
    else if (write == "release")
        learned = co_await proveRelease(siteId);
    else if (write == "set-po")
        learned = co_await provePo(siteId);
    store::ProofRecord record;
    record.site = siteId;
    record.write = write;
    record.at = m_services.clock->now();
    record.apiVersion = where->context.apiVersion;
    record.isGood = learned.has_value();
    record.detail = learned ? *learned : dumped({{"error", learned.error().detail}});
    record.person = by;
    actions::AuditEntry entry;
    entry.person = by;
    entry.what = record.isGood ? "proof.stored" : "proof.failed";
    entry.object = siteId + "/" + write;
    entry.detail = record.detail;
    const Result<void> saved = m_services.ledger->saveProof(record, entry);
    if (!saved)
        co_return fail(saved.error());
    if (!learned)
        co_return fail(learned.error());
    co_return record;
}

} // namespace counterfoil::sync
