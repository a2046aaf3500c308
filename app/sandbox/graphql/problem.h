#pragma once

#include "app/sandbox/graphql/ast.h"
#include "app/sandbox/graphql/json.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// One entry of `errors`.
struct Problem {
    std::string message;
    std::string code; ///< extensions.code; empty: no extensions
    Json path;        ///< array of keys and indexes; null: none
    Json extensions;  ///< further members beside `code`; null: none
    SourcePlace at;   ///< line 0: no location
    [[nodiscard]] Json toJson() const;
};

/// A value or the problem that prevented it.
template <typename T> class Outcome {
public:
    Outcome(T value) : m_value(std::move(value)) {}
    Outcome(Problem problem) : m_problem(std::move(problem)) {}
    [[nodiscard]] bool ok() const { return m_value.has_value(); }
    /// Only when ok().
    [[nodiscard]] T& value() { return *m_value; }
    [[nodiscard]] const T& value() const { return *m_value; }
    /// Only when not ok().
    [[nodiscard]] const Problem& problem() const { return m_problem; }

private:
    std::optional<T> m_value;
    Problem m_problem;
};

} // namespace counterfoil::sandbox::graphql
