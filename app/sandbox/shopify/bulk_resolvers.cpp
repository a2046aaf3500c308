// The three operations around bulk reading.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

constexpr std::size_t kRunningMax = 5;

/// Moves a job on: it runs for a moment, then its query is executed and its lines are ready.
void advance(Context& context, BulkJob& job)
{
    if (job.status == "CANCELING")
        job.status = "CANCELED";
    if (job.status != "CREATED" && job.status != "RUNNING")
        return;
    if (std::chrono::steady_clock::now() < job.readyAt) {
        job.status = "RUNNING";
        return;
    }
    context.bulkRun(job);
    job.completedAt = context.world.now();
}

Resolved show(Context& context, Id id)
{
    const BulkJob* job = context.bulk.byId(id);
    return job == nullptr ? Resolved::null() : Resolved(node("BulkOperation", *job));
}

Payload start(Context& context, const FieldCall& call)
{
    const std::string query = textArgument(call, "query");
    const std::string refusal = context.bulkCheck(query);
    if (!refusal.empty())
        return refused("INVALID", {"query"}, refusal);
    for (BulkJob& job : context.bulk.jobs)
        advance(context, job);
    if (context.bulk.running() >= kRunningMax)
        return refused("OPERATION_IN_PROGRESS", {},
                       "A bulk query operation for this app and shop is already in progress.");
    BulkJob job;
    job.id = context.world.newId();
    job.query = query;
    job.createdAt = context.world.now();
    const auto orders = static_cast<std::int64_t>(context.world.orders.size());
    job.readyAt = std::chrono::steady_clock::now() + std::chrono::milliseconds(100 + orders / 50);
    job.token = "bulk-" + std::to_string(job.id);
    context.bulk.jobs.push_back(job);
    return Payload{{{"bulkOperation", [&context, id = job.id] { return show(context, id); }}}, {}};
}

Payload cancel(Context& context, Id id)
{
    BulkJob* job = context.bulk.byId(id);
    if (job == nullptr)
        return refused("", {"id"}, "Bulk operation does not exist");
    if (job->status != "CREATED" && job->status != "RUNNING")
        return refused("", {}, "A bulk operation cannot be canceled when it is " + job->status);
    job->status = "CANCELING";
    return Payload{{{"bulkOperation", [&context, id] { return show(context, id); }}}, {}};
}

} // namespace

void registerBulk(Resolvers& r, Context& context)
{
    const char* type = "BulkOperation";
    rootField(r, "Mutation", "bulkOperationRunQuery", [&context](const FieldCall& call) {
        return node("BulkOperationRunQueryPayload", start(context, call));
    });
    rootField(r, "Mutation", "bulkOperationCancel", [&context](const FieldCall& call) {
        return node("BulkOperationCancelPayload",
                    cancel(context, idOf("BulkOperation", textArgument(call, "id"))));
    });
    rootField(r, "QueryRoot", "bulkOperation", [&context](const FieldCall& call) {
        const Id id = idOf("BulkOperation", textArgument(call, "id"));
        if (BulkJob* job = context.bulk.byId(id))
            advance(context, *job);
        return show(context, id);
    });
    field<BulkJob>(r, type, "id", [](const BulkJob& j) { return gid("BulkOperation", j.id); });
    field<BulkJob>(r, type, "status", [](const BulkJob& j) { return j.status; });
    field<BulkJob>(r, type, "errorCode", [](const BulkJob& j) { return textOrNull(j.errorCode); });
    field<BulkJob>(r, type, "createdAt", [](const BulkJob& j) { return zuluText(j.createdAt); });
    field<BulkJob>(r, type, "completedAt",
                   [](const BulkJob& j) { return timeOrNull(j.completedAt); });
    field<BulkJob>(r, type, "objectCount",
                   [](const BulkJob& j) { return std::to_string(j.objectCount); });
    field<BulkJob>(r, type, "rootObjectCount",
                   [](const BulkJob& j) { return std::to_string(j.rootObjectCount); });
    field<BulkJob>(r, type, "fileSize", [](const BulkJob& j) {
        return j.lines.empty() ? Json(nullptr) : Json(std::to_string(j.lines.size()));
    });
    // Completed without a result has no address.
    field<BulkJob>(r, type, "url", [&context](const BulkJob& j) {
        return j.status != "COMPLETED" || j.lines.empty()
                   ? Json(nullptr)
                   : Json(context.baseUrl + "/bulk/" + j.token + ".jsonl");
    });
    field<BulkJob>(r, type, "partialDataUrl", [](const BulkJob&) { return Json(nullptr); });
}

} // namespace counterfoil::sandbox::shopify
