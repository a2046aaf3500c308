#pragma once

#include <QPointer>

#include "core/workspace/workspace.h"

#include <set>
#include <string>
#include <vector>

namespace counterfoil::testing {

/// A desk in memory that keeps what it is told: rows change when a person assigns or snoozes them,
/// held writes can be taken back. Answers come in a later turn of the event loop, as the real ones
/// do.
class SmallWorkspace final : public workspace::Workspace {
public:
    std::vector<view::QueueRow> rows;
    std::vector<view::ActionView> actions;
    std::vector<view::Freshness> feeds;
    std::vector<std::string> casesRead, casesChecked, undone;
    int readings = 0;
    std::optional<Error> refusal; ///< what every command answers

    /// Publishes the rows as a new table; the cases of rows that changed are told.
    void publish();
    void tellAction(const std::string& id) { Q_EMIT actionChanged(QString::fromStdString(id)); }
    void complain(const QString& sentence) { Q_EMIT engineError(sentence); }
    [[nodiscard]] view::QueueRow& row(const std::string& id);

    std::vector<std::pair<std::string, std::string>> people() const override;
    std::string person() const override { return m_person; }
    void setPerson(const std::string& person) override;
    std::shared_ptr<const view::FrameView> frame() const override { return m_frame; }
    std::shared_ptr<const workspace::QueueTable> queue() const override { return m_table; }

    void readCase(QObject* context, const std::string& site, const CaseId& id,
                  workspace::Answer<view::CaseView> answer) override;
    void readDocument(QObject*, const std::string&, const domain::DocumentRef&,
                      workspace::Answer<view::DocumentView>) override
    {
    }
    void readWhy(QObject*, const std::string&, const CaseId&,
                 workspace::Answer<std::vector<view::TraceView>>) override
    {
    }
    void readQuarantine(QObject* context, workspace::Answer<view::QuarantineView> answer) override;
    void readHealth(QObject*, workspace::Answer<view::HealthView>) override {}
    void readActions(QObject* context,
                     workspace::Answer<std::vector<view::ActionView>> answer) override;
    void previewCredit(QObject*, const std::string&, const CaseId&, bool,
                       workspace::Answer<view::CreditPreview>) override
    {
    }
    void previewRelease(QObject*, const std::string&, const CaseId&,
                        workspace::Answer<view::ReleasePreview>) override
    {
    }
    void submitCredit(QObject*, const view::CreditPreview&, const std::string&, const std::string&,
                      bool, workspace::Answer<ActionId>) override
    {
    }
    void submitRelease(QObject*, const view::ReleasePreview&, bool,
                       workspace::Answer<ActionId>) override
    {
    }
    void setPo(QObject*, const std::string&, const CaseId&, const std::string&,
               workspace::Answer<ActionId>) override
    {
    }
    void approve(QObject*, const ActionId&, workspace::Done) override {}
    void reject(QObject*, const ActionId&, const std::string&, workspace::Done) override {}
    void undo(QObject* context, const ActionId& id, workspace::Done done) override;
    void inspect(QObject*, const std::string&, const CaseId&, std::vector<domain::Inspection>,
                 workspace::Done) override
    {
    }
    void claim(QObject*, const std::string&, const FindingId&, const CaseId&, const std::string&,
               const std::string&, workspace::Done) override
    {
    }
    void assign(QObject* context, const std::vector<FindingId>& findings, const std::string& person,
                workspace::Done done) override;
    void snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                const std::string& why, workspace::Done done) override;
    void addNote(QObject* context, const std::vector<FindingId>& findings, const std::string& text,
                 workspace::Done done) override;
    void setOwner(QObject* context, const std::vector<FindingId>& findings, domain::Owner owner,
                  workspace::Done done) override;
    void checkAgain(QObject* context, const std::string& site, const CaseId& id,
                    workspace::Done done) override;
    void readEverything(QObject* context, workspace::Done done) override;
    void stopAll(QObject*, bool, const std::string&, workspace::Done) override {}
    void verifyAudit(QObject*, workspace::Answer<std::string>) override {}
    void runProof(QObject*, const std::string&, const std::string&,
                  workspace::Answer<std::string>) override
    {
    }
    void setFocus(const std::string&, const CaseId&) override {}

private:
    template <class T> void later(QObject* context, workspace::Answer<T> answer, Result<T> value)
    {
        QPointer<QObject> alive(context);
        QMetaObject::invokeMethod(
            this,
            [alive, answer = std::move(answer), value = std::move(value)] {
                if (alive && answer)
                    answer(value);
            },
            Qt::QueuedConnection);
    }
    void done(QObject* context, workspace::Done done);

    std::string m_person = "priya";
    std::shared_ptr<const view::FrameView> m_frame;
    std::shared_ptr<const workspace::QueueTable> m_table;
    std::vector<view::QueueRow> m_published;
};

/// Row @p number: id, case and texts from it; £10 × number over, of Finance, nobody's.
[[nodiscard]] view::QueueRow makeRow(int number);
/// The id that makeRow gives.
[[nodiscard]] std::string rowId(int number);

} // namespace counterfoil::testing
