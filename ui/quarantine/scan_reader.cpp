#include "ui/quarantine/scan_reader.h"

#include <utility>

namespace counterfoil::quarantine {

namespace {

/// Two keys of a person can fall within one pause; three do not.
constexpr int kLabelLengthMin = 3;
constexpr int kLabelLengthMax = 200;

} // namespace

ScanReader::ScanReader(QObject* parent) : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    m_pause.setTimerType(Qt::PreciseTimer);
    connect(&m_pause, &QTimer::timeout, this, &ScanReader::flush);
}

void ScanReader::feed(const QString& character)
{
    if (m_typed.size() < kLabelLengthMax)
        m_typed += character;
    m_pause.start();
}

bool ScanReader::feedEnter()
{
    if (m_typed.size() < kLabelLengthMin) {
        flush();
        return false;
    }
    m_pause.stop();
    Q_EMIT scanned(std::exchange(m_typed, QString()));
    return true;
}

void ScanReader::flush()
{
    m_pause.stop();
    const QString typed = std::exchange(m_typed, QString());
    // A label without its Enter is no row of verdicts.
    if (typed.size() >= kLabelLengthMin)
        return;
    for (const QChar character : typed)
        Q_EMIT key(character);
}

} // namespace counterfoil::quarantine
