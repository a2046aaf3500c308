#pragma once

#include <QHash>
#include <QString>
#include <QWidget>

#include "ui/firstrun/setup_answers.h"

#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace counterfoil::widgets {
class PlainLabel;
}

namespace counterfoil::firstrun {

class SecretField;

/// One column of labelled fields; what is wrong with a field stands under it.
class FormColumn final : public QWidget {
    Q_OBJECT

public:
    explicit FormColumn(QWidget* parent = nullptr);
    QLineEdit* addText(const QString& objectName, const QString& label, const std::string& value,
                       const QString& hint = {});
    SecretField* addSecret(const QString& objectName, const QString& label);
    /// @p choices: id and words.
    QComboBox* addChoice(const QString& objectName, const QString& label,
                         const std::vector<std::pair<std::string, QString>>& choices,
                         const std::string& value, const QString& hint = {});
    QCheckBox* addFlag(const QString& objectName, const QString& label, bool isOn);
    void addWords(const QString& text);

    [[nodiscard]] std::string text(const QString& objectName) const;
    /// Shows what is wrong and moves the focus to the first such field; an empty list clears all.
    void showProblems(const std::vector<Problem>& problems);
    /// Fields of another column are not this one's business.
    [[nodiscard]] bool holds(const std::string& field) const;
    /// The first field takes the focus.
    void start();

Q_SIGNALS:
    void changed();

private:
    void addField(const QString& objectName, const QString& label, QWidget* field, QWidget* focus,
                  const QString& hint);

    QVBoxLayout* m_column;
    QHash<QString, widgets::PlainLabel*> m_errors;
    QHash<QString, QWidget*> m_fields;
    std::vector<QWidget*> m_order;
};

} // namespace counterfoil::firstrun
