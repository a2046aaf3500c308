#pragma once

#include "app/ctl/context.h"

#include <string>
#include <vector>

namespace counterfoil::ctl {

enum class Mode : std::uint8_t {
    Act,     ///< file, approve where one person may, send, wait for the proof
    Preview, ///< show the plan, change nothing
    Propose  ///< file it for approval, nothing leaves
};

int credit(const Options& options, const std::string& rma, Mode mode, const std::string& reason);
int release(const Options& options, const std::string& rmaOrSku, Mode mode,
            const std::string& reason);
int setPo(const Options& options, const std::string& order, const std::string& po, Mode mode);
/// @param grades "22 A, 1 B, 1 D in transit"; @param units ids or empty for the next ones without a
/// verdict
int inspect(const Options& options, const std::string& rma, const std::string& grades,
            const std::string& sku, const std::vector<std::string>& units, const std::string& note,
            Mode mode);
int approve(const Options& options, const std::string& id, const std::string& reason,
            bool isSending);
int reject(const Options& options, const std::string& id, const std::string& reason);
int runActions(workspace::Desk& desk, const Options& options, const std::string& id);
int prove(const Options& options, const std::string& write);
int stopAll(const Options& options, bool isStopped, const std::string& reason);

} // namespace counterfoil::ctl
