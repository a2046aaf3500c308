#include "ui/firstrun/secret_field.h"

#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/widget_base.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace counterfoil::firstrun {

using theme::FontRole;
using theme::Theme;

namespace {

const QString kKeyStore = QStringLiteral("keychain");
const QString kEnvironment = QStringLiteral("env");
const QString kFile = QStringLiteral("file");

} // namespace

SecretField::SecretField(const QString& objectName, const QString& label, QWidget* parent)
    : QWidget(parent), m_places(new widgets::SegmentedControl(this)), m_edit(new QLineEdit(this)),
      m_hint(new widgets::PlainLabel({}, FontRole::Small, &Theme::text2, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    widgets::nameWidget(m_places, objectName + QStringLiteral("Place"),
                        tr("Where %1 lies").arg(label));
    widgets::nameWidget(m_edit, objectName, label);
    m_edit->setMaxLength(64 * 1024);
    m_hint->setWordWrap(true);
    column->addWidget(m_places);
    column->addWidget(m_edit);
    column->addWidget(m_hint);
    connect(m_places, &widgets::SegmentedControl::picked, this, [this] {
        m_edit->clear();
        m_keptAs.clear();
        refresh();
        Q_EMIT changed();
    });
    connect(m_edit, &QLineEdit::textEdited, this, &SecretField::changed);
    setKeyStoreAvailable(true);
}

void SecretField::setKeyStoreAvailable(bool isAvailable)
{
    m_hasKeyStore = isAvailable;
    std::vector<widgets::Segment> segments;
    if (isAvailable)
        segments.push_back({kKeyStore, tr("Key store"), theme::Tone::Accent, {}});
    segments.push_back({kEnvironment, tr("Environment variable"), theme::Tone::Accent, {}});
    segments.push_back({kFile, tr("File"), theme::Tone::Accent, {}});
    m_places->setSegments(std::move(segments));
    // Nothing typed yet: the key store is the better proposal wherever there is one.
    if (m_places->chosen().isEmpty() || m_edit->text().isEmpty())
        m_places->setChosen(isAvailable ? kKeyStore : kEnvironment);
    refresh();
}

SecretPlace SecretField::place() const
{
    const QString chosen = m_places->chosen();
    return chosen == kKeyStore      ? SecretPlace::KeyStore
           : chosen == kEnvironment ? SecretPlace::Environment
                                    : SecretPlace::File;
}

void SecretField::refresh()
{
    const bool isTyped = place() == SecretPlace::KeyStore;
    m_edit->setEchoMode(isTyped ? QLineEdit::Password : QLineEdit::Normal);
    switch (place()) {
    case SecretPlace::KeyStore:
        m_edit->setPlaceholderText(m_keptAs.isEmpty() ? QString() : tr("kept as %1").arg(m_keptAs));
        m_hint->setText(tr("It goes into the desktop's key store only, never into the config."));
        break;
    case SecretPlace::Environment:
        m_edit->setPlaceholderText(QStringLiteral("COUNTERFOIL_SECRET"));
        m_hint->setText(tr("The name of the variable, not the secret."));
        break;
    case SecretPlace::File:
        m_edit->setPlaceholderText(QStringLiteral("/home/priya/.secrets/returngo"));
        m_hint->setText(tr("The path of a file that only you can read, not the secret."));
        break;
    }
}

SecretAnswer SecretField::answer(const std::string& entry) const
{
    SecretAnswer out;
    out.place = place();
    if (out.place == SecretPlace::KeyStore) {
        out.name = m_keptAs.isEmpty() ? entry : m_keptAs.toStdString();
        out.isKept = !m_keptAs.isEmpty() && m_edit->text().isEmpty();
    } else {
        out.name = m_edit->text().trimmed().toStdString();
    }
    return out;
}

QString SecretField::typed() const
{
    return place() == SecretPlace::KeyStore ? m_edit->text().trimmed() : QString();
}

void SecretField::setKept(const QString& entry)
{
    m_keptAs = entry;
    m_edit->clear();
    refresh();
}

} // namespace counterfoil::firstrun
