using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Matching;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs of workers that run workflow code.</summary>
internal sealed class WorkflowTaskHandlers(WorkflowEngine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<PollWorkflowTaskQueueResponse> PollWorkflowTaskQueue(PollWorkflowTaskQueueRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        StartRules.CheckQueue(request.TaskQueue, engine.Limits);
        var until = Requests.PollUntil(engine, call, Patience);
        var version = request.WorkerVersionCapabilities;
        var poller = new PollerIdentity(
            request.Identity, request.WorkerInstanceKey, version?.BuildId ?? "", version?.UseVersioning ?? false);
        var answer = await engine.Queues.PollAsync(new(namespaceId, request.TaskQueue.Name, TaskQueueType.Workflow), poller, until, call.Cancellation);
        return (PollWorkflowTaskQueueResponse?)answer ?? new();
    }

    public Task<RespondWorkflowTaskCompletedResponse> RespondWorkflowTaskCompleted(RespondWorkflowTaskCompletedRequest request, RpcContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.Workflow);
        return engine.TransitAsync(token.NamespaceId, token.WorkflowId, token.RunId, (slot, tx) =>
        {
            var execution = slot.Find(token.RunId) ?? throw Refusal.StaleWorkflowTask();
            return execution.CompleteTask(tx, execution.RequireTask(token), request);
        });
    }

    public Task<RespondWorkflowTaskFailedResponse> RespondWorkflowTaskFailed(RespondWorkflowTaskFailedRequest request, RpcContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.Workflow);
        return engine.TransitAsync(token.NamespaceId, token.WorkflowId, token.RunId, (slot, tx) =>
        {
            var execution = slot.Find(token.RunId) ?? throw Refusal.StaleWorkflowTask();
            execution.FailTask(tx, execution.RequireTask(token), new()
            {
                Cause = request.Cause, Failure = request.Failure, Identity = request.Identity, BinaryChecksum = request.BinaryChecksum,
                WorkerVersion = request.WorkerVersion,
            });
            return new RespondWorkflowTaskFailedResponse();
        });
    }

    public async Task<ResetStickyTaskQueueResponse> ResetStickyTaskQueue(ResetStickyTaskQueueRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.Execution);
        await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            slot.RequireOpen(run.RunId).ClearSticky(tx);
            return true;
        });
        return new();
    }
}
