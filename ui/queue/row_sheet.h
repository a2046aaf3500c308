#pragma once

#include <QObject>

#include "core/workspace/workspace.h"
#include "ui/widgets/toast.h"

#include <vector>

class QComboBox;
class QLineEdit;

namespace counterfoil::widgets {
class Button;
class Sheet;
} // namespace counterfoil::widgets

namespace counterfoil::queue {

/// What can be done to rows without money: each through a small sheet that names what it will
/// touch, on the list as it was when the sheet opened.
enum class RowVerb : std::uint8_t { Assign, Snooze, ChangeOwner, Note };

/// Opens sheets for rows and sends what a person chose. Answers with a sentence for the toast.
class RowCommands final : public QObject {
    Q_OBJECT

public:
    RowCommands(workspace::Workspace* source, QObject* parent);
    /// @param host what the sheet lies over: the window's content. @pre rows not empty
    void open(RowVerb verb, std::vector<view::QueueRow> rows, QWidget* host);
    /// Reads the cases of the rows again, now.
    void checkAgain(const std::vector<view::QueueRow>& rows);

Q_SIGNALS:
    void toastWanted(const counterfoil::widgets::ToastContent& content);
    /// These rows were acted on: they may leave the list.
    void actedOn(const std::vector<counterfoil::view::QueueRow>& rows);

private:
    struct Choice {
        std::string person;
        Instant until{};
        domain::Owner owner = domain::Owner::Finance;
        std::string text;
    };
    void fill(RowVerb verb, QComboBox& choices) const;
    [[nodiscard]] Choice chosen(RowVerb verb, const QComboBox& choices,
                                const QLineEdit& words) const;
    void send(RowVerb verb, const std::vector<view::QueueRow>& rows, const Choice& choice,
              const QString& word);
    void say(const QString& sentence, theme::Icon icon, bool isAssertive = false);

    workspace::Workspace* m_workspace;
};

} // namespace counterfoil::queue
