#pragma once

#include "app/ctl/context.h"

#include <string>

namespace counterfoil::ctl {

// Commands that read. Each returns the exit code.

int doctor(const Options& options);
/// @param isWatching  until interrupted, instead of once
int sync(const Options& options, bool isWatching);
int queue(const Options& options, const std::string& filter, bool withClosed);
int showCase(const Options& options, const std::string& text);
int why(const Options& options, const std::string& text);
int listActions(const Options& options, const std::string& id, bool isRunning);
int verifyAudit(const Options& options);
int version(const Options& options, const std::string& number);

} // namespace counterfoil::ctl
