using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Matching;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs about task queues and the workers on them.</summary>
internal sealed class TaskQueueHandlers(WorkflowEngine engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>There are no Nexus tasks: the poll is parked and answered with nothing.</summary>
    public async Task<PollNexusTaskQueueResponse> PollNexusTaskQueue(PollNexusTaskQueueRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        StartRules.CheckQueue(request.TaskQueue, engine.Limits);
        var until = Requests.PollUntil(engine, call, Patience);
        await engine.Queues.PollAsync(
            new(namespaceId, request.TaskQueue.Name, TaskQueueType.Nexus), new(request.Identity, request.WorkerInstanceKey), until, call.Cancellation);
        return new();
    }

    public Task<ShutdownWorkerResponse> ShutdownWorker(ShutdownWorkerRequest request, RpcContext call)
    {
        engine.Queues.ShutDownWorker(engine.NamespaceId(request.Namespace), request.StickyTaskQueue, request.WorkerInstanceKey);
        return Task.FromResult(new ShutdownWorkerResponse());
    }

    public Task<DescribeTaskQueueResponse> DescribeTaskQueue(DescribeTaskQueueRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        StartRules.CheckQueue(request.TaskQueue, engine.Limits);
        var type = request.TaskQueueType == TaskQueueType.Unspecified ? TaskQueueType.Workflow : request.TaskQueueType;
        var key = new TaskQueueKey(namespaceId, request.TaskQueue.Name, type);
        var answer = new DescribeTaskQueueResponse();
        if (request.ApiMode == DescribeTaskQueueMode.Enhanced)
        {
            answer.VersionsInfo[""] = Unversioned(namespaceId, request);
            return Task.FromResult(answer);
        }

        answer.Pollers.AddRange(engine.Queues.Pollers(key).Select(ToPoller));
        if (request.ReportStats || request.IncludeTaskQueueStatus)
        {
            answer.Stats = Stats(key);
        }

        return Task.FromResult(answer);
    }

    /// <summary>There are no partitions: a queue is one.</summary>
    public Task<ListTaskQueuePartitionsResponse> ListTaskQueuePartitions(ListTaskQueuePartitionsRequest request, RpcContext call)
    {
        engine.NamespaceId(request.Namespace);
        StartRules.CheckQueue(request.TaskQueue, engine.Limits);
        var whole = new TaskQueuePartitionMetadata { Key = request.TaskQueue.Name };
        return Task.FromResult(new ListTaskQueuePartitionsResponse { ActivityTaskQueuePartitions = { whole }, WorkflowTaskQueuePartitions = { whole.Clone() } });
    }

    /// <summary>The newer form of the same answer, by version (there is one) and type.</summary>
    private TaskQueueVersionInfo Unversioned(string namespaceId, DescribeTaskQueueRequest request)
    {
        var info = new TaskQueueVersionInfo();
        foreach (var type in request.TaskQueueTypes.Count > 0 ? request.TaskQueueTypes.AsEnumerable() : [TaskQueueType.Workflow, TaskQueueType.Activity])
        {
            var key = new TaskQueueKey(namespaceId, request.TaskQueue.Name, type);
            var ofType = new TaskQueueTypeInfo { Stats = request.ReportStats ? Stats(key) : null };
            if (request.ReportPollers)
            {
                ofType.Pollers.AddRange(engine.Queues.Pollers(key).Select(ToPoller));
            }

            info.TypesInfo[(int)type] = ofType;
        }

        return info;
    }

    private TaskQueueStats Stats(TaskQueueKey key)
    {
        var (count, since) = engine.Queues.Backlog(key);
        return new()
        {
            ApproximateBacklogCount = count,
            ApproximateBacklogAge = since is { } oldest ? (engine.Clock.GetUtcNow() - oldest).AsDuration() : TimeSpan.Zero.AsDuration(),
        };
    }

    private static PollerInfo ToPoller(SeenPoller seen) => new()
    {
        Identity = seen.Poller.Identity, LastAccessTime = seen.LastAccess.AsTimestamp(), RatePerSecond = seen.RatePerSecond,
        WorkerVersionCapabilities = seen.Poller.BuildId.Length == 0 ? null : new() { BuildId = seen.Poller.BuildId, UseVersioning = seen.Poller.UsesVersioning },
    };
}
