#pragma once

#include "core/workspace/workspace.h"

#include <utility>

namespace counterfoil::tests {

/// A workspace that answers with what a test gave it, at once, and remembers what it was asked.
class StillWorkspace : public workspace::Workspace {
public:
    view::FrameView frameView;
    view::HealthView health;
    Result<void> done;                             ///< answer of every command
    std::string verified = "Unbroken, 12 entries"; ///< of verifyAudit
    int healthReads = 0, everythingReads = 0, verifications = 0;
    std::vector<std::pair<bool, std::string>> stops;

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> people() const override
    {
        return {{"priya", "Priya Shah"}};
    }
    [[nodiscard]] std::string person() const override { return "priya"; }
    void setPerson(const std::string&) override {}
    [[nodiscard]] std::shared_ptr<const view::FrameView> frame() const override
    {
        return std::make_shared<const view::FrameView>(frameView);
    }
    [[nodiscard]] std::shared_ptr<const workspace::QueueTable> queue() const override { return {}; }
    void readCase(QObject*, const std::string&, const CaseId&,
                  workspace::Answer<view::CaseView> answer) override
    {
        answer(view::CaseView{});
    }
    void readDocument(QObject*, const std::string&, const domain::DocumentRef&,
                      workspace::Answer<view::DocumentView> answer) override
    {
        answer(view::DocumentView{});
    }
    void readWhy(QObject*, const std::string&, const CaseId&,
                 workspace::Answer<std::vector<view::TraceView>> answer) override
    {
        answer(std::vector<view::TraceView>{});
    }
    void readQuarantine(QObject*, workspace::Answer<view::QuarantineView> answer) override
    {
        answer(view::QuarantineView{});
    }
    void readHealth(QObject*, workspace::Answer<view::HealthView> answer) override
    {
        ++healthReads;
        answer(health);
    }
    void readActions(QObject*, workspace::Answer<std::vector<view::ActionView>> answer) override
    {
        answer(health.changes);
    }
    void previewCredit(QObject*, const std::string&, const CaseId&, bool,
                       workspace::Answer<view::CreditPreview> answer) override
    {
        answer(view::CreditPreview{});
    }
    void previewRelease(QObject*, const std::string&, const CaseId&,
                        workspace::Answer<view::ReleasePreview> answer) override
    {
        answer(view::ReleasePreview{});
    }
    void submitCredit(QObject*, const view::CreditPreview&, const std::string&, const std::string&,
                      bool, workspace::Answer<ActionId> answer) override
    {
        answer(ActionId("a"));
    }
    void submitRelease(QObject*, const view::ReleasePreview&, bool,
                       workspace::Answer<ActionId> answer) override
    {
        answer(ActionId("a"));
    }
    void setPo(QObject*, const std::string&, const CaseId&, const std::string&,
               workspace::Answer<ActionId> answer) override
    {
        answer(ActionId("a"));
    }
    void approve(QObject*, const ActionId&, workspace::Done answer) override { answer(done); }
    void reject(QObject*, const ActionId&, const std::string&, workspace::Done answer) override
    {
        answer(done);
    }
    void undo(QObject*, const ActionId&, workspace::Done answer) override { answer(done); }
    void inspect(QObject*, const std::string&, const CaseId&, std::vector<domain::Inspection>,
                 workspace::Done answer) override
    {
        answer(done);
    }
    void claim(QObject*, const std::string&, const FindingId&, const CaseId&, const std::string&,
               const std::string&, workspace::Done answer) override
    {
        answer(done);
    }
    void assign(QObject*, const std::vector<FindingId>&, const std::string&,
                workspace::Done answer) override
    {
        answer(done);
    }
    void snooze(QObject*, const std::vector<FindingId>&, Instant, const std::string&,
                workspace::Done answer) override
    {
        answer(done);
    }
    void addNote(QObject*, const std::vector<FindingId>&, const std::string&,
                 workspace::Done answer) override
    {
        answer(done);
    }
    void setOwner(QObject*, const std::vector<FindingId>&, domain::Owner,
                  workspace::Done answer) override
    {
        answer(done);
    }
    void checkAgain(QObject*, const std::string&, const CaseId&, workspace::Done answer) override
    {
        answer(done);
    }
    void readEverything(QObject*, workspace::Done answer) override
    {
        ++everythingReads;
        answer(done);
    }
    void stopAll(QObject*, bool isStopped, const std::string& reason,
                 workspace::Done answer) override
    {
        stops.emplace_back(isStopped, reason);
        if (done)
            frameView.isStopAll = isStopped;
        answer(done);
    }
    void verifyAudit(QObject*, workspace::Answer<std::string> answer) override
    {
        ++verifications;
        answer(verified);
    }
    void runProof(QObject*, const std::string&, const std::string&,
                  workspace::Answer<std::string> answer) override
    {
        answer(std::string("proved"));
    }
    void setFocus(const std::string&, const CaseId&) override {}
};

} // namespace counterfoil::tests
