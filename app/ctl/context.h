#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/workspace/desk.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace counterfoil::ctl {

/// Exit codes of design.md 10.
enum Exit : int { kDone = 0, kNo = 1, kUsage = 2, kConfig = 3, kPlatform = 4, kStore = 5 };

/// The code an error ends the program with.
[[nodiscard]] int exitOf(const Error& error);
/// One line on stderr: what happened, to what, what to do. @return exitOf(error)
int report(const Error& error);

/// What the options before the command say.
struct Options {
    std::string configPath;
    std::string person;
    std::string format = "text";
    std::string site;
};

/// Opens the desk of the config. Prints nothing; errors are for report().
[[nodiscard]] Result<std::unique_ptr<workspace::Desk>> openDesk(const Options& options);

/// A desk, and the case that a person named on it.
struct Found {
    std::unique_ptr<workspace::Desk> desk;
    std::string site;
    CaseId id;
};
/// Opens the desk and finds a case by RMA or order. Errors: those of openDesk, NotFound.
[[nodiscard]] Result<Found> findCase(const Options& options, const std::string& text);

/// Writes to stdout at once: what is read by another program must not wait for the end.
void print(const std::string& text);

/// Runs a task on the event loop of this thread to its end. @return what the task gave
template <class T> [[nodiscard]] T wait(Task<T> task)
{
    if (!task.start()) {
        while (!task.done())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return task.take();
}

/// Runs tasks beside each other on the event loop of this thread, all to their ends.
template <class T> void waitForAll(std::vector<Task<T>>& tasks)
{
    for (Task<T>& task : tasks)
        task.start();
    for (const Task<T>& task : tasks) {
        while (!task.done())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

/// True when stdout is a terminal: tables and progress only there.
[[nodiscard]] bool isTerminal();
[[nodiscard]] std::size_t terminalWidth();

} // namespace counterfoil::ctl
