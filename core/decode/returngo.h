#pragma once

#include "core/base/result.h"
#include "core/decode/adapter.h"
#include "core/domain/observation.h"
#include "core/domain/rma.h"

#include <string>
#include <string_view>
#include <vector>

/// ReturnGO's words (returngo.md). Pure, any thread. Errors of pages: Undecodable. Booleans may be
/// 0 and 1, ids numbers or texts; null, "" and an absent key all mean absent (returngo.md 2).
namespace counterfoil::decode::returngo {

using domain::DocumentPage;
using Unknowns = std::vector<domain::UnknownSeen>*;

/// RmaSummary documents of GET /rmas. endCursor is `next_cursor`; hasNextPage is false when the
/// page is empty or has no cursor.
[[nodiscard]] Result<DocumentPage> rmasPage(std::string_view body, const ReturngoAdapter& adapter);
/// One Rma document of GET /rma/{id}.
[[nodiscard]] Result<DocumentPage> rmaDetail(std::string_view body, const ReturngoAdapter& adapter);
/// RmaTransaction documents of GET /transactions.
[[nodiscard]] Result<DocumentPage> transactionsPage(std::string_view body,
                                                    const ReturngoAdapter& adapter);

/// The typed error of an answer that is not a 2xx. 429 is QuotaSpent when its text says that the
/// daily limit is exceeded, else RateLimited.
[[nodiscard]] Error replyError(int httpStatus, std::string_view body);

// ---- stored documents -> domain ---------------------------------------------------------------

/// receivedAt, approvedAt and statusSince come from time-line texts and events where these say so.
[[nodiscard]] Result<domain::Rma> rma(std::string_view doc, const ReturngoAdapter& adapter,
                                      Unknowns unknowns = nullptr);
[[nodiscard]] Result<domain::Rma> rmaSummary(std::string_view doc, const ReturngoAdapter& adapter,
                                             Unknowns unknowns = nullptr);
[[nodiscard]] Result<domain::RmaTransaction>
rmaTransaction(std::string_view doc, const ReturngoAdapter& adapter, Unknowns unknowns = nullptr);
/// A comment's html without its tags, entities resolved, blanks joined.
[[nodiscard]] std::string plainText(std::string_view html);

} // namespace counterfoil::decode::returngo
