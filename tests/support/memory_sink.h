#pragma once

#include "core/sync/fact_sink.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::testing {

/// The store's part towards the pollers, in memory: newest documents by kind and id, watermarks,
/// what is due. It judges nothing.
class MemorySink : public sync::FactSink {
public:
    using Key = std::pair<domain::DocumentKind, std::string>;

    Result<store::PageOutcome> applyPage(const store::PageWrite& page) override
    {
        pages.push_back(page);
        store::PageOutcome outcome;
        for (const domain::PageDocument& row : page.documents)
            put(row, page.observedAt, outcome);
        for (const std::string& rma : page.vanishedRmas)
            outcome.rmasToDetail.emplace_back(rma);
        store::Watermark& mark = marks[page.loop];
        mark.loop = page.loop;
        if (page.newMark)
            mark.mark = *page.newMark;
        if (page.isSweepEnd) {
            mark.lastSuccess = page.observedAt;
            mark.failingSince.reset();
        }
        return outcome;
    }
    Result<void> applyFailure(const std::string&, const std::string& loop, Platform,
                              const Error& error, Instant at) override
    {
        failures.emplace_back(loop, error);
        if (!marks[loop].failingSince)
            marks[loop].failingSince = at;
        return {};
    }
    Result<std::size_t> judgeDue(Instant) override { return std::size_t{0}; }
    Result<std::optional<domain::CaseFacts>> loadCase(const std::string&, const CaseId& id,
                                                      Instant at) override
    {
        if (cases.count(id.value) == 0)
            return std::optional<domain::CaseFacts>();
        domain::CaseFacts facts = cases.at(id.value);
        facts.now = at;
        return std::optional<domain::CaseFacts>(std::move(facts));
    }
    Result<std::optional<domain::Judgement>> storedJudgement(const std::string&,
                                                             const CaseId& id) override
    {
        const auto found = judgements.find(id.value);
        return found == judgements.end() ? std::optional<domain::Judgement>()
                                         : std::optional<domain::Judgement>(found->second);
    }
    Result<std::optional<CaseId>> findCase(const std::string&, const std::string& text) override
    {
        for (const auto& [id, facts] : cases) {
            const bool isNamed =
                facts.order && !facts.order->name.empty() && facts.order->name == text;
            if (isNamed || (facts.order && facts.order->id.value == text))
                return std::optional<CaseId>(CaseId(id));
        }
        return std::optional<CaseId>();
    }
    Result<std::vector<CaseId>> allCases(const std::string&) override
    {
        std::vector<CaseId> ids;
        for (const auto& [id, facts] : cases)
            ids.emplace_back(id);
        return ids;
    }
    Result<std::optional<store::Watermark>> watermark(const std::string&,
                                                      const std::string& loop) override
    {
        const auto found = marks.find(loop);
        return found == marks.end() ? std::optional<store::Watermark>()
                                    : std::optional<store::Watermark>(found->second);
    }
    Result<std::vector<RmaId>> rmasInStates(const std::string&,
                                            const std::vector<std::string>& states) override
    {
        std::vector<RmaId> ids;
        for (const auto& [key, row] : documents) {
            if (key.first == domain::DocumentKind::RmaSummary &&
                std::find(states.begin(), states.end(), row.keys.status) != states.end())
                ids.emplace_back(key.second);
        }
        return ids;
    }
    Result<std::vector<RmaId>> oldestDetails(const std::string&, std::size_t limit) override
    {
        std::vector<std::pair<Instant, std::string>> rows;
        for (const auto& [key, row] : documents) {
            if (key.first == domain::DocumentKind::RmaSummary && row.keys.status != "Done")
                rows.emplace_back(readAt[{domain::DocumentKind::Rma, key.second}], key.second);
        }
        std::sort(rows.begin(), rows.end());
        std::vector<RmaId> ids;
        for (std::size_t i = 0; i < rows.size() && i < limit; ++i)
            ids.emplace_back(rows[i].second);
        return ids;
    }
    Result<void> addCall(const store::CallLedgerRow& row) override
    {
        calls.push_back(row);
        return {};
    }
    Result<std::vector<store::CallLedgerRow>> callsSince(Platform, Instant since) override
    {
        std::vector<store::CallLedgerRow> rows;
        std::copy_if(calls.begin(), calls.end(), std::back_inserter(rows),
                     [&](const auto& row) { return row.at > since; });
        return rows;
    }

    [[nodiscard]] std::size_t countOf(domain::DocumentKind kind) const
    {
        return static_cast<std::size_t>(
            std::count_if(documents.begin(), documents.end(),
                          [&](const auto& row) { return row.first.first == kind; }));
    }

    std::vector<store::PageWrite> pages;
    std::map<Key, domain::PageDocument> documents;
    std::map<Key, Instant> readAt; ///< when each was last read, changed or not
    std::map<std::string, store::Watermark> marks;
    std::vector<std::pair<std::string, Error>> failures;
    std::map<std::string, domain::CaseFacts> cases;
    std::map<std::string, domain::Judgement> judgements;
    std::vector<store::CallLedgerRow> calls;

private:
    void put(const domain::PageDocument& row, Instant at, store::PageOutcome& outcome)
    {
        const Key key(row.kind, row.externalId);
        readAt[key] = at;
        const bool isUnread = documents.count({domain::DocumentKind::Rma, row.externalId}) == 0;
        if (row.kind == domain::DocumentKind::RmaSummary && isUnread)
            outcome.rmasToDetail.emplace_back(row.externalId);
        const auto known = documents.find(key);
        if (known != documents.end() && known->second.body == row.body) {
            ++outcome.unchanged;
            return;
        }
        ++outcome.newVersions;
        documents[key] = row;
        if (row.kind == domain::DocumentKind::RmaSummary && !isUnread)
            outcome.rmasToDetail.emplace_back(row.externalId);
        if (row.kind == domain::DocumentKind::Rma) {
            domain::CaseFacts& facts = cases["rma:" + row.externalId];
            facts.rma.emplace();
            facts.rma->id = RmaId(row.externalId);
            facts.rma->order = row.keys.order;
            facts.rma->document.observedAt = at;
        }
        if (row.kind == domain::DocumentKind::Order && row.keys.hasReturn)
            outcome.ordersToDetail.emplace_back(row.externalId);
    }
};

} // namespace counterfoil::testing
