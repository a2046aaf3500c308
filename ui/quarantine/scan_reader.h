#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace counterfoil::quarantine {

/// Tells a hand scanner from a hand. A scanner is a keyboard that types a label faster than people
/// do and presses Enter; a letter that stands alone is a key. GUI thread.
class ScanReader final : public QObject {
    Q_OBJECT

public:
    /// Longest pause between two characters of a label.
    static constexpr int kPauseMs = 45;

    explicit ScanReader(QObject* parent = nullptr);
    /// A printable character was typed.
    void feed(const QString& character);
    /// Enter was pressed. @return whether it ended a label; else Enter keeps its own meaning
    bool feedEnter();
    /// A character has come and its pause is not over.
    [[nodiscard]] bool isReading() const { return !m_typed.isEmpty(); }
    /// What was typed so far becomes keys now.
    void flush();

Q_SIGNALS:
    void scanned(const QString& label);
    void key(QChar character);

private:
    QTimer m_pause;
    QString m_typed;
};

} // namespace counterfoil::quarantine
