#pragma once

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include "core/base/task.h"
#include "core/platform/http/qt_transport.h"

#include <gtest/gtest.h>

namespace counterfoil::http {

/// Runs the event loop until @p isDone, at most 20 s.
template <class Condition> bool spinUntil(Condition isDone)
{
    QTimer guard;
    guard.setSingleShot(true);
    guard.start(20000);
    while (!isDone()) {
        if (!guard.isActive())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/// The reply of one request, waited for.
inline Result<HttpReply> fetch(Transport& transport, HttpRequest request)
{
    auto task = transport.send(std::move(request));
    task.start();
    EXPECT_TRUE(spinUntil([&] { return task.done(); }));
    if (!task.done())
        return fail(ErrorCode::Internal, "the request never ended");
    return task.take();
}

/// Time limits short enough for a test.
inline TransportOptions hasty()
{
    TransportOptions options;
    options.timeouts.connect = Millis(400);
    options.timeouts.firstByte = Millis(400);
    options.timeouts.idle = Millis(400);
    return options;
}

} // namespace counterfoil::http
