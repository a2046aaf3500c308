#include "ui/firstrun/form_column.h"

#include "ui/firstrun/secret_field.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/widget_base.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace counterfoil::firstrun {

using theme::FontRole;
using theme::Theme;
using widgets::PlainLabel;

namespace {

constexpr int kFieldGap = 14;
constexpr int kLabelGap = 5;

} // namespace

FormColumn::FormColumn(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kFieldGap);
    m_column->addStretch(1);
}

void FormColumn::addField(const QString& objectName, const QString& label, QWidget* field,
                          QWidget* focus, const QString& hint)
{
    auto* cell = new QVBoxLayout;
    cell->setSpacing(kLabelGap);
    auto* words = new PlainLabel(label, FontRole::SmallMedium, &Theme::text, this);
    words->setBuddy(focus);
    cell->addWidget(words);
    cell->addWidget(field);
    if (!hint.isEmpty()) {
        auto* more = new PlainLabel(hint, FontRole::Small, &Theme::text2, this);
        more->setWordWrap(true);
        cell->addWidget(more);
    }
    auto* error = new PlainLabel({}, FontRole::Small, &Theme::crit, this);
    error->setObjectName(objectName + QStringLiteral("Error"));
    error->setWordWrap(true);
    error->hide();
    cell->addWidget(error);
    m_column->insertLayout(m_column->count() - 1, cell);
    m_errors.insert(objectName, error);
    m_fields.insert(objectName, focus);
    m_order.push_back(focus);
}

QLineEdit* FormColumn::addText(const QString& objectName, const QString& label,
                               const std::string& value, const QString& hint)
{
    auto* edit = new QLineEdit(QString::fromStdString(value), this);
    widgets::nameWidget(edit, objectName, label);
    connect(edit, &QLineEdit::textEdited, this, &FormColumn::changed);
    addField(objectName, label, edit, edit, hint);
    return edit;
}

SecretField* FormColumn::addSecret(const QString& objectName, const QString& label)
{
    auto* secret = new SecretField(objectName, label, this);
    connect(secret, &SecretField::changed, this, &FormColumn::changed);
    addField(objectName, label, secret, secret->edit(), {});
    return secret;
}

QComboBox* FormColumn::addChoice(const QString& objectName, const QString& label,
                                 const std::vector<std::pair<std::string, QString>>& choices,
                                 const std::string& value, const QString& hint)
{
    auto* box = new QComboBox(this);
    widgets::nameWidget(box, objectName, label);
    for (const auto& [id, words] : choices)
        box->addItem(words, QString::fromStdString(id));
    box->setCurrentIndex(box->findData(QString::fromStdString(value)));
    connect(box, &QComboBox::currentIndexChanged, this, &FormColumn::changed);
    addField(objectName, label, box, box, hint);
    return box;
}

QCheckBox* FormColumn::addFlag(const QString& objectName, const QString& label, bool isOn)
{
    auto* box = new QCheckBox(label, this);
    widgets::nameWidget(box, objectName, label);
    box->setFont(theme::font(FontRole::Body));
    box->setChecked(isOn);
    connect(box, &QCheckBox::toggled, this, &FormColumn::changed);
    m_column->insertWidget(m_column->count() - 1, box);
    m_fields.insert(objectName, box);
    m_order.push_back(box);
    return box;
}

void FormColumn::addWords(const QString& text)
{
    auto* words = new PlainLabel(text, FontRole::Body, &Theme::text2, this);
    words->setWordWrap(true);
    m_column->insertWidget(m_column->count() - 1, words);
}

std::string FormColumn::text(const QString& objectName) const
{
    QWidget* field = m_fields.value(objectName);
    if (const auto* edit = qobject_cast<QLineEdit*>(field))
        return edit->text().trimmed().toStdString();
    if (const auto* box = qobject_cast<QComboBox*>(field))
        return box->currentData().toString().toStdString();
    return {};
}

bool FormColumn::holds(const std::string& field) const
{
    return m_errors.contains(QString::fromStdString(field));
}

void FormColumn::showProblems(const std::vector<Problem>& problems)
{
    for (PlainLabel* error : std::as_const(m_errors))
        error->hide();
    QWidget* first = nullptr;
    for (const Problem& problem : problems) {
        const QString name = QString::fromStdString(problem.field);
        if (PlainLabel* error = m_errors.value(name)) {
            error->setText(QString::fromStdString(problem.text));
            error->show();
            m_fields.value(name)->setAccessibleDescription(error->text());
            if (!first)
                first = m_fields.value(name);
        }
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

void FormColumn::start()
{
    for (QWidget* field : m_order) {
        if (field->isEnabled()) {
            field->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

} // namespace counterfoil::firstrun
