#pragma once

#include <QWidget>

#include "ui/firstrun/setup_answers.h"

class QLineEdit;

namespace counterfoil::widgets {
class PlainLabel;
class SegmentedControl;
} // namespace counterfoil::widgets

namespace counterfoil::firstrun {

/// Asks for a secret: typed here for the key store, or the name of a variable or file that holds
/// it. What is typed leaves through typed() once and is then forgotten. GUI thread.
class SecretField final : public QWidget {
    Q_OBJECT

public:
    SecretField(const QString& objectName, const QString& label, QWidget* parent = nullptr);
    /// Without the key store only the two references can be chosen.
    void setKeyStoreAvailable(bool isAvailable);
    /// The reference, with @p entry as the key store's name.
    [[nodiscard]] SecretAnswer answer(const std::string& entry) const;
    /// The typed secret; empty when there is none or another place is chosen.
    [[nodiscard]] QString typed() const;
    /// The key store has it: the field is emptied and says so.
    void setKept(const QString& entry);
    [[nodiscard]] QLineEdit* edit() const { return m_edit; }

Q_SIGNALS:
    void changed();

private:
    void refresh();
    [[nodiscard]] SecretPlace place() const;

    widgets::SegmentedControl* m_places;
    QLineEdit* m_edit;
    widgets::PlainLabel* m_hint;
    QString m_keptAs;
    bool m_hasKeyStore = true;
};

} // namespace counterfoil::firstrun
