#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

class QWidget;

namespace counterfoil::console {

/// Says on stdout how long the start took, for `./dev bench`: lines "first-paint 61.3" in
/// milliseconds since the moment that the variable COUNTERFOIL_START_TIMES holds (nanoseconds of
/// the monotonic clock). Without the variable it does nothing. GUI thread.
class StartTimes final : public QObject {
    Q_OBJECT

public:
    /// @param window its first paint is the first line
    explicit StartTimes(QWidget* window, QObject* parent = nullptr);
    /// The next paint of a widget of the window for which @p isIt holds is named @p what.
    void expect(const char* what, std::function<bool(QWidget&)> isIt);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void say(const char* what) const;

    QPointer<QWidget> m_window;
    qint64 m_since = 0; ///< 0: off
    struct Expected {
        const char* what;
        std::function<bool(QWidget&)> isIt;
    };
    std::vector<Expected> m_expected;
};

} // namespace counterfoil::console
