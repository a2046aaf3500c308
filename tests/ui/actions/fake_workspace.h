#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include "core/workspace/workspace.h"

#include <map>
#include <string>
#include <vector>

namespace counterfoil::testing {

/// A small desk in memory: answers what the test put in, in a later turn of the event loop as the
/// real one does, and keeps what was filed.
class FakeWorkspace final : public workspace::Workspace {
public:
    // What it answers.
    view::CaseView caseView;
    view::CreditPreview credit;
    view::CreditPreview creditWhole;
    view::ReleasePreview release;
    view::QuarantineView quarantine;
    std::vector<view::TraceView> traces;
    std::map<std::string, view::DocumentView> documents; ///< by external id
    std::optional<Error> submitError;
    bool holdsAnswers = false; ///< commands do not answer until answerHeld()

    // What it was told.
    struct Claim {
        FindingId finding;
        std::string step, reason;
    };
    struct Credit {
        std::string planHash, code, text;
        bool approveToo = false;
    };
    std::vector<Credit> credits;
    std::vector<std::pair<std::string, bool>> releases; ///< plan hash, approve too
    std::vector<std::string> pos;
    std::vector<view::ActionView> actions; ///< what was filed
    std::vector<ActionId> approved;
    std::vector<std::pair<std::string, std::string>> declined; ///< action, reason
    std::vector<domain::Inspection> inspections;
    std::vector<Claim> claims;
    std::vector<std::string> notes;
    std::vector<std::string> rereads;
    std::vector<domain::DocumentRef> documentsRead;
    int caseReads = 0;

    void answerHeld()
    {
        auto held = std::move(m_held);
        m_held.clear();
        for (auto& run : held)
            run();
    }
    void changed(const std::string& caseId) { Q_EMIT queueChanged({caseId}); }

    std::vector<std::pair<std::string, std::string>> people() const override
    {
        return {{"priya", "Priya Shah"}};
    }
    std::string person() const override { return "priya"; }
    void setPerson(const std::string&) override {}
    std::shared_ptr<const view::FrameView> frame() const override { return nullptr; }
    std::shared_ptr<const workspace::QueueTable> queue() const override { return nullptr; }

    void readCase(QObject* context, const std::string&, const CaseId&,
                  workspace::Answer<view::CaseView> answer) override
    {
        ++caseReads;
        later<view::CaseView>(context, std::move(answer), caseView);
    }
    void readDocument(QObject* context, const std::string&, const domain::DocumentRef& ref,
                      workspace::Answer<view::DocumentView> answer) override
    {
        documentsRead.push_back(ref);
        const auto found = documents.find(ref.externalId);
        if (found == documents.end())
            later<view::DocumentView>(context, std::move(answer),
                                      fail(ErrorCode::NotFound, "no such document"));
        else
            later<view::DocumentView>(context, std::move(answer), found->second);
    }
    void readWhy(QObject* context, const std::string&, const CaseId&,
                 workspace::Answer<std::vector<view::TraceView>> answer) override
    {
        later<std::vector<view::TraceView>>(context, std::move(answer), traces);
    }
    void readQuarantine(QObject* context, workspace::Answer<view::QuarantineView> answer) override
    {
        later<view::QuarantineView>(context, std::move(answer), quarantine);
    }
    void readHealth(QObject*, workspace::Answer<view::HealthView>) override {}
    void readActions(QObject* context,
                     workspace::Answer<std::vector<view::ActionView>> answer) override
    {
        later<std::vector<view::ActionView>>(context, std::move(answer), actions);
    }
    void previewCredit(QObject* context, const std::string&, const CaseId&, bool isWhole,
                       workspace::Answer<view::CreditPreview> answer) override
    {
        later<view::CreditPreview>(context, std::move(answer), isWhole ? creditWhole : credit);
    }
    void previewRelease(QObject* context, const std::string&, const CaseId&,
                        workspace::Answer<view::ReleasePreview> answer) override
    {
        later<view::ReleasePreview>(context, std::move(answer), release);
    }

    void submitCredit(QObject* context, const view::CreditPreview& preview, const std::string& code,
                      const std::string& text, bool approveToo,
                      workspace::Answer<ActionId> answer) override
    {
        credits.push_back({preview.planHash, code, text, approveToo});
        command<ActionId>(context, std::move(answer), filed(preview.planHash != credit.planHash));
    }
    void submitRelease(QObject* context, const view::ReleasePreview& preview, bool approveToo,
                       workspace::Answer<ActionId> answer) override
    {
        releases.emplace_back(preview.planHash, approveToo);
        command<ActionId>(context, std::move(answer), filed(preview.planHash != release.planHash));
    }
    void setPo(QObject* context, const std::string&, const CaseId&, const std::string& po,
               workspace::Answer<ActionId> answer) override
    {
        pos.push_back(po);
        command<ActionId>(context, std::move(answer), filed(false));
    }
    void approve(QObject* context, const ActionId& id, workspace::Done done) override
    {
        approved.push_back(id);
        command<void>(context, std::move(done), {});
    }
    void reject(QObject* context, const ActionId& id, const std::string& reason,
                workspace::Done done) override
    {
        declined.emplace_back(id.value, reason);
        command<void>(context, std::move(done), {});
    }
    void undo(QObject*, const ActionId&, workspace::Done) override {}
    void inspect(QObject* context, const std::string&, const CaseId&,
                 std::vector<domain::Inspection> rows, workspace::Done done) override
    {
        inspections.insert(inspections.end(), rows.begin(), rows.end());
        command<void>(context, std::move(done), {});
    }
    void claim(QObject* context, const std::string&, const FindingId& finding, const CaseId&,
               const std::string& step, const std::string& reason, workspace::Done done) override
    {
        claims.push_back({finding, step, reason});
        command<void>(context, std::move(done), {});
    }
    void assign(QObject*, const std::vector<FindingId>&, const std::string&,
                workspace::Done) override
    {
    }
    void snooze(QObject*, const std::vector<FindingId>&, Instant, const std::string&,
                workspace::Done) override
    {
    }
    void addNote(QObject* context, const std::vector<FindingId>&, const std::string& text,
                 workspace::Done done) override
    {
        notes.push_back(text);
        command<void>(context, std::move(done), {});
    }
    void setOwner(QObject*, const std::vector<FindingId>&, domain::Owner, workspace::Done) override
    {
    }
    void checkAgain(QObject* context, const std::string&, const CaseId& id,
                    workspace::Done done) override
    {
        rereads.push_back(id.value);
        command<void>(context, std::move(done), {});
    }
    void readEverything(QObject*, workspace::Done) override {}
    void stopAll(QObject*, bool, const std::string&, workspace::Done) override {}
    void verifyAudit(QObject*, workspace::Answer<std::string>) override {}
    void runProof(QObject*, const std::string&, const std::string&,
                  workspace::Answer<std::string>) override
    {
    }
    void setFocus(const std::string&, const CaseId&) override {}

private:
    template <class T>
    static void later(QObject* context, workspace::Answer<T> answer, Result<T> value)
    {
        QTimer::singleShot(
            0, context, [answer = std::move(answer), value = std::move(value)] { answer(value); });
    }
    template <class T> void command(QObject* context, workspace::Answer<T> answer, Result<T> value)
    {
        if (!holdsAnswers)
            return later<T>(context, std::move(answer), std::move(value));
        m_held.push_back([guard = QPointer<QObject>(context), answer = std::move(answer),
                          value = std::move(value)] {
            if (guard)
                answer(value);
        });
    }
    [[nodiscard]] Result<ActionId> filed(bool isStale) const
    {
        if (submitError)
            return fail(*submitError);
        if (isStale)
            return fail(ErrorCode::Conflict, "the plan is not the one that was shown");
        return ActionId("6f1d20b9-4a83-5c00-8000-000000000001");
    }

    std::vector<std::function<void()>> m_held;
};

} // namespace counterfoil::testing
