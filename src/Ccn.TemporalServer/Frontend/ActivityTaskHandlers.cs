using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Matching;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Execution = Ccn.TemporalServer.Engine.Execution;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs of workers that run activities, and of whoever answers an activity by its ID.</summary>
internal sealed class ActivityTaskHandlers(WorkflowEngine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<PollActivityTaskQueueResponse> PollActivityTaskQueue(PollActivityTaskQueueRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        StartRules.CheckQueue(request.TaskQueue, engine.Limits);
        var until = Requests.PollUntil(engine, call, Patience);
        var version = request.WorkerVersionCapabilities;
        var poller = new PollerIdentity(request.Identity, request.WorkerInstanceKey, version?.BuildId ?? "", version?.UseVersioning ?? false);
        var answer = await engine.Queues.PollAsync(new(namespaceId, request.TaskQueue.Name, TaskQueueType.Activity), poller, until, call.Cancellation);
        return (PollActivityTaskQueueResponse?)answer ?? new();
    }

    public async Task<RespondActivityTaskCompletedResponse> RespondActivityTaskCompleted(RespondActivityTaskCompletedRequest request, RpcContext call)
    {
        await ByTokenAsync(request.TaskToken, (execution, activity, tx) => execution.CompleteActivity(tx, activity, request.Result, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCompletedByIdResponse> RespondActivityTaskCompletedById(RespondActivityTaskCompletedByIdRequest request, RpcContext call)
    {
        await ByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (execution, activity, tx) =>
            execution.CompleteActivity(tx, activity, request.Result, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskFailedResponse> RespondActivityTaskFailed(RespondActivityTaskFailedRequest request, RpcContext call)
    {
        await ByTokenAsync(request.TaskToken, (execution, activity, tx) =>
            execution.FailActivity(tx, activity, request.Failure, request.LastHeartbeatDetails, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskFailedByIdResponse> RespondActivityTaskFailedById(RespondActivityTaskFailedByIdRequest request, RpcContext call)
    {
        await ByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (execution, activity, tx) =>
            execution.FailActivity(tx, activity, request.Failure, request.LastHeartbeatDetails, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCanceledResponse> RespondActivityTaskCanceled(RespondActivityTaskCanceledRequest request, RpcContext call)
    {
        await ByTokenAsync(request.TaskToken, (execution, activity, tx) => execution.CancelActivity(tx, activity, request.Details, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCanceledByIdResponse> RespondActivityTaskCanceledById(RespondActivityTaskCanceledByIdRequest request, RpcContext call)
    {
        await ByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (execution, activity, tx) =>
            execution.CancelActivity(tx, activity, request.Details, request.Identity));
        return new();
    }

    public async Task<RecordActivityTaskHeartbeatResponse> RecordActivityTaskHeartbeat(RecordActivityTaskHeartbeatRequest request, RpcContext call)
    {
        var answer = default(HeartbeatAnswer);
        await ByTokenAsync(request.TaskToken, (execution, activity, tx) => answer = execution.Heartbeat(tx, activity, request.Details, request.Identity));
        return new() { CancelRequested = answer.IsCancelRequested, ActivityPaused = answer.IsPaused, ActivityReset = answer.IsReset };
    }

    public async Task<RecordActivityTaskHeartbeatByIdResponse> RecordActivityTaskHeartbeatById(RecordActivityTaskHeartbeatByIdRequest request, RpcContext call)
    {
        var answer = default(HeartbeatAnswer);
        await ByIdAsync(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, (execution, activity, tx) =>
            answer = execution.Heartbeat(tx, activity, request.Details, request.Identity));
        return new() { CancelRequested = answer.IsCancelRequested, ActivityPaused = answer.IsPaused, ActivityReset = answer.IsReset };
    }

    private Task<bool> ByTokenAsync(ByteString bytes, Action<Execution, PendingActivity, Transition> change)
    {
        var token = TaskToken.Parse(bytes, TaskKind.Activity);
        return engine.TransitAsync(token.NamespaceId, token.WorkflowId, token.RunId, (slot, tx) =>
        {
            var execution = slot.Find(token.RunId) ?? throw Refusal.StaleActivity();
            change(execution, execution.RequireActivity(token), tx);
            return true;
        });
    }

    private Task<bool> ByIdAsync(string ns, string workflowId, string runId, string activityId, Action<Execution, PendingActivity, Transition> change)
    {
        var run = Requests.Run(engine, ns, new WorkflowExecution { WorkflowId = workflowId, RunId = runId });
        Names.Require("ActivityID", activityId, engine.Limits);
        return engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.Require(run.RunId);
            change(execution, execution.RequireActivity(activityId), tx);
            return true;
        });
    }
}
