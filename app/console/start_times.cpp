#include "app/console/start_times.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <cstdio>
#include <utility>

namespace counterfoil::console {

StartTimes::StartTimes(QWidget* window, QObject* parent) : QObject(parent), m_window(window)
{
    m_since = qEnvironmentVariable("COUNTERFOIL_START_TIMES").toLongLong();
    if (m_since == 0)
        return;
    QCoreApplication::instance()->installEventFilter(this);
    expect("first-paint", [](QWidget&) { return true; });
}

void StartTimes::expect(const char* what, std::function<bool(QWidget&)> isIt)
{
    if (m_since == 0)
        return;
    m_expected.push_back({what, std::move(isIt)});
}

bool StartTimes::eventFilter(QObject* watched, QEvent* event)
{
    auto* widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(watched) : nullptr;
    if (!widget || !m_window || widget->window() != m_window)
        return false;
    std::erase_if(m_expected, [&](const Expected& expected) {
        if (!expected.isIt(*widget))
            return false;
        // The widgets of a window are painted in one go, then it is handed to the screen: what was
        // posted now runs after that.
        QTimer::singleShot(0, this, [this, what = expected.what] { say(what); });
        return true;
    });
    return false;
}

void StartTimes::say(const char* what) const
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const auto nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    std::printf("%s %.2f\n", what, static_cast<double>(nanos - m_since) / 1e6);
    std::fflush(stdout);
}

} // namespace counterfoil::console
