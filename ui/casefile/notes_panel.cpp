#include "ui/casefile/notes_panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/casefile/words.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/widget_base.h"

#include <algorithm>

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;

namespace {

constexpr int kNoteMax = 2000;

} // namespace

NotesPanel::NotesPanel(QWidget* parent)
    : QWidget(parent), m_list(new QVBoxLayout), m_field(new QLineEdit(this))
{
    setObjectName(QStringLiteral("notes"));
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(10);
    m_list->setSpacing(10);
    down->addLayout(m_list);
    widgets::nameWidget(m_field, QStringLiteral("noteField"), tr("Add a note"));
    m_field->setPlaceholderText(tr("Add a note, Enter keeps it"));
    m_field->setMaxLength(kNoteMax);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_field->text().trimmed();
        if (!text.isEmpty() && !m_field->isReadOnly()) {
            m_field->setReadOnly(true);
            Q_EMIT noteWritten(text);
        }
    });
    down->addWidget(m_field);
}

void NotesPanel::setNotes(const std::vector<view::NoteView>& notes)
{
    const bool isSame =
        notes.size() == m_notes.size() &&
        std::equal(notes.begin(), notes.end(), m_notes.begin(),
                   [](const view::NoteView& a, const view::NoteView& b) {
                       return a.person == b.person && a.at == b.at && a.text == b.text;
                   });
    if (isSame)
        return;
    m_notes = notes;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const view::NoteView& note : m_notes) {
        auto* row = new QWidget(this);
        auto* across = new QHBoxLayout(row);
        across->setContentsMargins(0, 0, 0, 0);
        across->setSpacing(9);
        auto* avatar = new widgets::Avatar(row, 20);
        avatar->setName(shown(note.person));
        across->addWidget(avatar, 0, Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        auto* who = new widgets::Paragraph(row, FontRole::Small, &Theme::text2);
        who->setText(timeText(note.at), shown(note.person));
        auto* text = new widgets::Paragraph(row, FontRole::Body);
        text->setText(shown(note.text));
        words->addWidget(who);
        words->addWidget(text);
        across->addLayout(words, 1);
        m_list->addWidget(row);
    }
}

void NotesPanel::setCanAdd(bool canAdd)
{
    m_field->setEnabled(canAdd);
    m_field->setPlaceholderText(canAdd ? tr("Add a note, Enter keeps it")
                                       : tr("No open exception to add a note to"));
}

void NotesPanel::startNote()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void NotesPanel::noteAnswered(bool isTaken)
{
    m_field->setReadOnly(false);
    if (isTaken)
        m_field->clear();
}

} // namespace counterfoil::casefile
