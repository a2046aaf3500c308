#include "ui/queue/row_sheet.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "core/phrases/phrases.h"
#include "ui/models/row_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/sheet.h"

#include <algorithm>
#include <set>

namespace counterfoil::queue {

using models::text;
using theme::FontRole;
using widgets::Button;
using widgets::ButtonKind;
using widgets::PlainLabel;

namespace {

constexpr int kNamedRows = 3;
constexpr QSize kSheetSize{480, 340};

QString countText(std::size_t count)
{
    return count == 1 ? RowCommands::tr("1 exception")
                      : RowCommands::tr("%1 exceptions").arg(count);
}

QString titleOf(RowVerb verb, std::size_t count)
{
    switch (verb) {
    case RowVerb::Assign:
        return RowCommands::tr("Assign %1").arg(countText(count));
    case RowVerb::Snooze:
        return RowCommands::tr("Snooze %1").arg(countText(count));
    case RowVerb::ChangeOwner:
        return RowCommands::tr("Hand %1 to another team").arg(countText(count));
    case RowVerb::Note:
        return RowCommands::tr("Add a note to %1").arg(countText(count));
    }
    return {};
}

QString verbOf(RowVerb verb)
{
    switch (verb) {
    case RowVerb::Assign:
        return RowCommands::tr("Assign");
    case RowVerb::Snooze:
        return RowCommands::tr("Snooze");
    case RowVerb::ChangeOwner:
        return RowCommands::tr("Change owner");
    case RowVerb::Note:
        return RowCommands::tr("Add note");
    }
    return {};
}

/// 09:00 of the day @p days from now, this machine's clock.
QDateTime morningIn(int days)
{
    return {QDate::currentDate().addDays(days), QTime(9, 0)};
}

std::vector<FindingId> idsOf(const std::vector<view::QueueRow>& rows)
{
    std::vector<FindingId> ids;
    ids.reserve(rows.size());
    for (const view::QueueRow& row : rows)
        ids.push_back(row.id);
    return ids;
}

} // namespace

RowCommands::RowCommands(workspace::Workspace* source, QObject* parent)
    : QObject(parent), m_workspace(source)
{
}

void RowCommands::fill(RowVerb verb, QComboBox& choices) const
{
    switch (verb) {
    case RowVerb::Assign:
        for (const auto& [id, name] : m_workspace->people()) {
            choices.addItem(text(name), text(id));
            if (id == m_workspace->person())
                choices.setCurrentIndex(choices.count() - 1);
        }
        choices.addItem(tr("Nobody"), QString());
        break;
    case RowVerb::Snooze:
        for (const int days : {1, 2, 3, 7, 14}) {
            const QDateTime until = morningIn(days);
            const QString when = QLocale().toString(until, QStringLiteral("ddd d MMM HH:mm"));
            choices.addItem(days == 1 ? tr("Tomorrow, %1").arg(when)
                                      : tr("In %1 days, %2").arg(days).arg(when),
                            until);
        }
        break;
    case RowVerb::ChangeOwner:
        for (const domain::Owner owner : {domain::Owner::Finance, domain::Owner::CustomerService,
                                          domain::Owner::Warehouse, domain::Owner::Integration})
            choices.addItem(models::teamName(owner), static_cast<int>(owner));
        break;
    case RowVerb::Note:
        choices.hide();
        break;
    }
}

RowCommands::Choice RowCommands::chosen(RowVerb verb, const QComboBox& choices,
                                        const QLineEdit& words) const
{
    Choice choice;
    choice.text = words.text().trimmed().toStdString();
    const QVariant data = choices.currentData();
    if (verb == RowVerb::Assign)
        choice.person = data.toString().toStdString();
    else if (verb == RowVerb::Snooze)
        choice.until = fromMillis(data.toDateTime().toMSecsSinceEpoch());
    else if (verb == RowVerb::ChangeOwner)
        choice.owner = static_cast<domain::Owner>(data.toInt());
    return choice;
}

void RowCommands::open(RowVerb verb, std::vector<view::QueueRow> rows, QWidget* host)
{
    auto* sheet = new widgets::Sheet(host, QStringLiteral("rowSheet"), kSheetSize);
    sheet->setTitle(titleOf(verb, rows.size()));
    const QString sum = models::riskText(rows);
    sheet->setSubtitle(sum.isEmpty() ? tr("No money at risk") : tr("%1 at risk").arg(sum), sum);
    QVBoxLayout* body = sheet->bodyLayout();
    body->setContentsMargins(20, 14, 20, 8);
    body->setSpacing(8);
    const std::size_t named = std::min<std::size_t>(rows.size(), kNamedRows);
    for (std::size_t i = 0; i < named; ++i) {
        const QString customer = text(rows[i].customer);
        body->addWidget(new PlainLabel(
            customer.isEmpty() ? text(rows[i].title) : text(rows[i].title) + tr(" · ") + customer,
            FontRole::Small, &theme::Theme::text2, sheet));
    }
    if (rows.size() > named)
        body->addWidget(new PlainLabel(tr("and %1 more").arg(rows.size() - named), FontRole::Small,
                                       &theme::Theme::text3, sheet));
    body->addSpacing(6);
    auto* choices = new QComboBox(sheet);
    widgets::nameWidget(choices, QStringLiteral("rowChoice"), verbOf(verb));
    fill(verb, *choices);
    body->addWidget(choices);
    auto* words = new QLineEdit(sheet);
    widgets::nameWidget(words, QStringLiteral("rowWords"), tr("Words"));
    words->setMaxLength(2'000);
    const bool needsWords = verb == RowVerb::Note || verb == RowVerb::Snooze;
    words->setPlaceholderText(verb == RowVerb::Note ? tr("What others should know")
                                                    : tr("Why it waits"));
    words->setVisible(needsWords);
    body->addWidget(words);
    body->addStretch(1);
    auto* cancel = new Button(tr("Cancel"), ButtonKind::Plain, sheet);
    cancel->setObjectName(QStringLiteral("rowCancel"));
    auto* primary = new Button(verbOf(verb), ButtonKind::Primary, sheet);
    primary->setObjectName(QStringLiteral("rowPrimary"));
    sheet->footLayout()->addWidget(primary->makeReasonLabel(sheet));
    sheet->footLayout()->addStretch(1);
    sheet->footLayout()->addWidget(cancel);
    sheet->footLayout()->addWidget(primary);
    sheet->setPrimary(primary);
    const auto refresh = [primary, words, needsWords, verb] {
        if (needsWords && words->text().trimmed().isEmpty())
            primary->setBlocked(verb == RowVerb::Note ? tr("The note is empty")
                                                      : tr("A snooze needs a reason"));
        else
            primary->setAllowed();
    };
    refresh();
    connect(words, &QLineEdit::textChanged, primary, refresh);
    connect(words, &QLineEdit::returnPressed, primary, [primary] {
        if (primary->isEnabled())
            primary->click();
    });
    connect(cancel, &Button::clicked, sheet, &widgets::Sheet::requestClose);
    // Once: Ctrl+Enter in the text field reaches the button by two ways.
    connect(
        primary, &Button::clicked, this,
        [this, verb, rows = std::move(rows), sheet, choices, words] {
            send(verb, rows, chosen(verb, *choices, *words), choices->currentText());
            sheet->close();
        },
        Qt::SingleShotConnection);
    sheet->open();
    if (needsWords)
        words->setFocus(Qt::OtherFocusReason);
    else
        choices->setFocus(Qt::OtherFocusReason);
}

void RowCommands::send(RowVerb verb, const std::vector<view::QueueRow>& rows, const Choice& choice,
                       const QString& word)
{
    const std::vector<FindingId> ids = idsOf(rows);
    const QString count = countText(rows.size());
    QString said;
    switch (verb) {
    case RowVerb::Assign:
        said = choice.person.empty() ? tr("%1: nobody is assigned.").arg(count)
                                     : tr("%1 assigned to %2.").arg(count, word);
        break;
    case RowVerb::Snooze:
        said = tr("%1 snoozed until %2.").arg(count, word.section(QStringLiteral(", "), 1));
        break;
    case RowVerb::ChangeOwner:
        said = tr("%1 handed to %2.").arg(count, word);
        break;
    case RowVerb::Note:
        said = tr("Note added to %1.").arg(count);
        break;
    }
    const workspace::Done done = [this, said](Result<void> result) {
        if (result)
            say(said, theme::Icon::Tick);
        else
            say(text(phrases::sentence(result.error())), theme::Icon::Alert, true);
    };
    Q_EMIT actedOn(rows);
    switch (verb) {
    case RowVerb::Assign:
        return m_workspace->assign(this, ids, choice.person, done);
    case RowVerb::Snooze:
        return m_workspace->snooze(this, ids, choice.until, choice.text, done);
    case RowVerb::ChangeOwner:
        return m_workspace->setOwner(this, ids, choice.owner, done);
    case RowVerb::Note:
        return m_workspace->addNote(this, ids, choice.text, done);
    }
}

void RowCommands::checkAgain(const std::vector<view::QueueRow>& rows)
{
    std::set<std::pair<std::string, std::string>> cases;
    for (const view::QueueRow& row : rows)
        cases.emplace(row.site, row.caseId.value);
    if (cases.empty())
        return;
    say(cases.size() == 1 ? tr("Reading the case again.")
                          : tr("Reading %1 cases again.").arg(cases.size()),
        theme::Icon::Refresh);
    auto left = std::make_shared<std::size_t>(cases.size());
    auto failed = std::make_shared<std::size_t>(0);
    for (const auto& [site, id] : cases) {
        m_workspace->checkAgain(
            this, site, CaseId(id),
            [this, left, failed, total = cases.size()](Result<void> result) {
                *failed += result ? 0U : 1U;
                if (--*left > 0)
                    return;
                if (!result && total == 1)
                    say(text(phrases::sentence(result.error())), theme::Icon::Alert, true);
                else if (*failed > 0)
                    say(tr("%1 of %2 cases could not be read again.").arg(*failed).arg(total),
                        theme::Icon::Alert, true);
                else
                    say(tr("Read again just now."), theme::Icon::Tick);
            });
    }
}

void RowCommands::say(const QString& sentence, theme::Icon icon, bool isAssertive)
{
    widgets::ToastContent content;
    content.icon = icon;
    content.text = sentence;
    content.isAssertive = isAssertive;
    content.id = QStringLiteral("rows");
    Q_EMIT toastWanted(content);
}

} // namespace counterfoil::queue
