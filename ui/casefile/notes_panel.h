#pragma once

#include <QWidget>

#include "core/workspace/view.h"

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace counterfoil::casefile {

/// What people wrote, oldest first, and the field for one more. Notes stay in Counterfoil.
class NotesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit NotesPanel(QWidget* parent = nullptr);
    void setNotes(const std::vector<view::NoteView>& notes);
    /// Without an exception there is nothing a note could hang on.
    void setCanAdd(bool canAdd);
    void startNote();
    /// The note was recorded, or refused: then its text stays in the field.
    void noteAnswered(bool isTaken);
    [[nodiscard]] QLineEdit* field() const { return m_field; }

Q_SIGNALS:
    void noteWritten(const QString& text);

private:
    std::vector<view::NoteView> m_notes;
    QVBoxLayout* m_list;
    QLineEdit* m_field;
};

} // namespace counterfoil::casefile
