#pragma once

#include <QWidget>

#include "core/workspace/workspace.h"
#include "ui/casefile/json_text.h"

#include <optional>

class QPlainTextEdit;
class QVBoxLayout;

namespace counterfoil::widgets {
class PlainLabel;
}

namespace counterfoil::casefile {

/// The documents behind a case, their bodies read when one is opened, laid out with the field in
/// question marked. Ctrl+C copies; Esc leaves.
class DocumentsPanel final : public QWidget {
    Q_OBJECT

public:
    DocumentsPanel(workspace::Workspace* source, QWidget* parent);
    void setDocuments(const std::string& site, const std::vector<view::DocumentView>& documents);
    /// Opens @p ref at @p pointer; without a pointer at the first line that holds @p value.
    void openAt(const domain::DocumentRef& ref, const std::string& pointer,
                const std::string& value);
    [[nodiscard]] QPlainTextEdit* text() const { return m_text; }

Q_SIGNALS:
    void opened(); ///< the document asked for is shown, or why it cannot be
    void left();   ///< Esc: back to where the person came from

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void markLine(int line);

    workspace::Workspace* m_workspace;
    std::string m_site;
    std::vector<view::DocumentView> m_documents;
    std::optional<domain::DocumentRef> m_wanted;
    JsonText m_json;
    QVBoxLayout* m_list;
    widgets::PlainLabel* m_title;
    QPlainTextEdit* m_text;
};

} // namespace counterfoil::casefile
