using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Frontend;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Case = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace Ccn.TemporalServer.Batches;

/// <summary>What a batch does to each run.</summary>
/// <param name="Type">Its kind, as clients are told.</param>
/// <param name="Identity">Who asked for it.</param>
/// <param name="ApplyAsync">Does it to one run.</param>
internal sealed record BatchOperation(BatchOperationType Type, string Identity, Func<WorkflowExecution, CancellationToken, Task> ApplyAsync);

/// <summary>Makes operations of requests: each is what the RPC for one run does.</summary>
internal sealed class BatchOperations(WorkflowEngine engine, WorkflowHandlers workflows, ResetHandlers resets, ActivityControlHandlers activities)
{
    /// <summary>The operation of a request; null when it has none.</summary>
    public BatchOperation? Of(StartBatchOperationRequest batch) => batch.OperationCase switch
    {
        Case.TerminationOperation => new(BatchOperationType.TerminateWorkflow, batch.TerminationOperation.Identity, (run, cancel) => workflows.TerminateWorkflowExecution(
            new()
            {
                Namespace = batch.Namespace, WorkflowExecution = run, Reason = batch.Reason, Details = batch.TerminationOperation.Details,
                Identity = batch.TerminationOperation.Identity,
            },
            Call(cancel))),
        Case.CancellationOperation => new(BatchOperationType.CancelWorkflow, batch.CancellationOperation.Identity, (run, cancel) => workflows.RequestCancelWorkflowExecution(
            new() { Namespace = batch.Namespace, WorkflowExecution = run, Reason = batch.Reason, Identity = batch.CancellationOperation.Identity, RequestId = RequestId(batch, run) },
            Call(cancel))),
        Case.SignalOperation => new(BatchOperationType.SignalWorkflow, batch.SignalOperation.Identity, (run, cancel) => workflows.SignalWorkflowExecution(
            new()
            {
                Namespace = batch.Namespace, WorkflowExecution = run, SignalName = batch.SignalOperation.Signal, Input = batch.SignalOperation.Input,
                Header = batch.SignalOperation.Header, Identity = batch.SignalOperation.Identity, RequestId = RequestId(batch, run),
            },
            Call(cancel))),
        Case.DeletionOperation => new(BatchOperationType.DeleteWorkflow, batch.DeletionOperation.Identity, (run, cancel) => workflows.DeleteWorkflowExecution(
            new() { Namespace = batch.Namespace, WorkflowExecution = run }, Call(cancel))),
        Case.ResetOperation => new(BatchOperationType.ResetWorkflow, batch.ResetOperation.Identity, (run, cancel) => ResetAsync(batch, run, cancel)),
        Case.UnpauseActivitiesOperation => new(BatchOperationType.UnpauseActivity, batch.UnpauseActivitiesOperation.Identity, (run, cancel) => UnpauseAsync(batch, run, cancel)),
        Case.ResetActivitiesOperation => new(BatchOperationType.ResetActivity, batch.ResetActivitiesOperation.Identity, (run, cancel) => ResetActivitiesAsync(batch, run, cancel)),
        Case.UpdateActivityOptionsOperation => new(
            BatchOperationType.UpdateActivityOptions, batch.UpdateActivityOptionsOperation.Identity, (run, cancel) => UpdateOptionsAsync(batch, run, cancel)),
        Case.None => null,
        var other => throw new RpcFailure(StatusCode.Unimplemented, $"batch operation {other} is not supported"),
    };

    private Task<UnpauseActivityResponse> UnpauseAsync(StartBatchOperationRequest batch, WorkflowExecution run, CancellationToken cancel)
    {
        var asked = batch.UnpauseActivitiesOperation;
        var request = new UnpauseActivityRequest
        {
            Namespace = batch.Namespace, Execution = run, Identity = asked.Identity, ResetAttempts = asked.ResetAttempts, ResetHeartbeat = asked.ResetHeartbeat, Jitter = asked.Jitter,
        };
        if (asked.MatchAll) { request.UnpauseAll = true; }
        else { request.Type = asked.Type; }
        return activities.UnpauseActivity(request, Call(cancel));
    }

    private Task<ResetActivityResponse> ResetActivitiesAsync(StartBatchOperationRequest batch, WorkflowExecution run, CancellationToken cancel)
    {
        var asked = batch.ResetActivitiesOperation;
        var request = new ResetActivityRequest
        {
            Namespace = batch.Namespace, Execution = run, Identity = asked.Identity, ResetHeartbeat = asked.ResetHeartbeat, KeepPaused = asked.KeepPaused,
            Jitter = asked.Jitter, RestoreOriginalOptions = asked.RestoreOriginalOptions,
        };
        if (asked.MatchAll) { request.MatchAll = true; }
        else { request.Type = asked.Type; }
        return activities.ResetActivity(request, Call(cancel));
    }

    private Task<UpdateActivityOptionsResponse> UpdateOptionsAsync(StartBatchOperationRequest batch, WorkflowExecution run, CancellationToken cancel)
    {
        var asked = batch.UpdateActivityOptionsOperation;
        var request = new UpdateActivityOptionsRequest
        {
            Namespace = batch.Namespace, Execution = run, Identity = asked.Identity, ActivityOptions = asked.ActivityOptions, UpdateMask = asked.UpdateMask,
            RestoreOriginal = asked.RestoreOriginal,
        };
        if (asked.MatchAll) { request.MatchAll = true; }
        else { request.Type = asked.Type; }
        return activities.UpdateActivityOptions(request, Call(cancel));
    }

    private async Task ResetAsync(StartBatchOperationRequest batch, WorkflowExecution run, CancellationToken cancel)
    {
        var asked = batch.ResetOperation;
        var reference = Requests.Run(engine, batch.Namespace, run);
        var (runId, finish) = await engine.ReadAsync(reference, execution => (execution.RunId, PointOf(execution.History, asked)));
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = batch.Namespace, WorkflowExecution = new() { WorkflowId = run.WorkflowId, RunId = runId }, Reason = batch.Reason, Identity = asked.Identity,
            WorkflowTaskFinishEventId = finish, RequestId = RequestId(batch, run),
        };
#pragma warning disable CS0612 // older clients say it in these two fields
        request.ResetReapplyType = asked.Options?.ResetReapplyType ?? asked.ResetReapplyType;
#pragma warning restore CS0612
        request.ResetReapplyExcludeTypes.Add(asked.Options?.ResetReapplyExcludeTypes ?? []);
        request.PostResetOperations.Add(asked.PostResetOperations);
        await resets.ResetWorkflowExecution(request, Call(cancel));
    }

    /// <summary>The workflow task to go back to: a given one, the first of a build, the last, or else the first.</summary>
    private static long PointOf(IReadOnlyList<HistoryEvent> history, Temporalio.Api.Batch.V1.BatchOperationReset asked)
    {
        if (asked.Options is { WorkflowTaskId: > 0 and var given })
        {
            return given;
        }

        var completed = history.Where(e => e.WorkflowTaskCompletedEventAttributes is not null).ToList();
#pragma warning disable CS0612 // the build of a task still stands only there
        var last = asked.Options?.LastWorkflowTask is not null || (asked.Options is null && asked.ResetType == ResetType.LastWorkflowTask);
        var point = asked.Options is { BuildId: { Length: > 0 } build }
            ? completed.Find(e => e.WorkflowTaskCompletedEventAttributes.WorkerVersion?.BuildId == build)
            : last ? completed.LastOrDefault() : completed.FirstOrDefault();
#pragma warning restore CS0612
        return point?.EventId ?? throw Refusal.NotFound("there is no workflow task to go back to");
    }

    /// <summary>The same for one job and run, so that a repeated job repeats nothing.</summary>
    private static string RequestId(StartBatchOperationRequest batch, WorkflowExecution run) => $"{batch.JobId}:{run.WorkflowId}:{run.RunId}";

    private static RpcContext Call(CancellationToken cancel) => new("batch", new Dictionary<string, string>(StringComparer.Ordinal), null, "", null, cancel);
}
