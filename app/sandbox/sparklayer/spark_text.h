#pragma once

#include "app/sandbox/http/handler.h"
#include "app/sandbox/http/json_text.h"
#include "app/sandbox/world/spark_types.h"

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace counterfoil::sandbox {

/// 200 with this document.
[[nodiscard]] HttpResponse sparkJson(const JsonText& text);
/// RFC 7807 problem; `errors` is a JSON array or empty.
[[nodiscard]] HttpResponse sparkProblem(int status, const std::string& title,
                                        const std::string& detail, const std::string& errors = {});
/// `{number, currency}`, a decimal string or a number; nullopt when malformed or of another
/// currency.
[[nodiscard]] std::optional<Minor> sparkAmount(const nlohmann::json& value,
                                               const std::string& currency);
void writeSparkMoney(JsonText& out, Minor minor, const std::string& currency);
void writeSparkTransaction(JsonText& out, const SparkTransaction& tx);
[[nodiscard]] std::string percentDecoded(const std::string& text);

} // namespace counterfoil::sandbox
