#pragma once

#include "core/base/result.h"
#include "core/workspace/view.h"
#include "ui/firstrun/setup_answers.h"

#include <functional>
#include <string>
#include <vector>

class QObject;

namespace counterfoil::firstrun {

/// What the wizard asks of the program around it. All return at once and answer on the GUI thread,
/// never after @p context has died.
struct SetupServices {
    using Kept = std::function<void(Result<void>)>;
    using Tested = std::function<void(std::vector<view::DoctorCheck>)>;
    /// Puts a typed secret into the desktop's key store under @p name.
    std::function<void(QObject* context, const std::string& name, const std::string& secret, Kept)>
        keepSecret;
    /// Tries one connection with the answers given so far, with reads only.
    std::function<void(QObject* context, Step step, const SetupAnswers& answers, Tested)> test;
};

} // namespace counterfoil::firstrun
