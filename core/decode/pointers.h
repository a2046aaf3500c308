#pragma once

#include "core/decode/adapter.h"
#include "core/domain/document.h"

#include <string>
#include <string_view>

namespace counterfoil::decode {

/// The JSON pointer (RFC 6901) of a value that a screen shows, inside its stored document: so that
/// only this layer knows a platform's word.
///
/// @param field   our word: "unit-price", "net-price", "tax", "quantity", "sku", "paid-price",
///                "paid-tax", "resolution", "restocking-fee", "received", "inspected", "status",
///                "po", "note", "outstanding", "total", "payment-method", "amount", "type",
///                "balance", "available", "name", "order", "restocked", "financial-status", "attributes"
/// @param body    the document; needed with @p subject
/// @param subject which element of a list: a line id, unit id, refund id, transaction id, return
///                gid, disposition id or SKU; empty for a value of the record itself
/// @return "" for a field that this kind of document does not hold, or a subject not found in it
[[nodiscard]] std::string pointerFor(const Adapters& adapters, domain::DocumentKind kind,
                                     std::string_view field, std::string_view body = {},
                                     std::string_view subject = {});

} // namespace counterfoil::decode
