using System.Collections.Concurrent;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Worker.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs about workers: they tell of themselves once a minute, and are listed while they do.</summary>
internal sealed class WorkerHandlers(WorkflowEngine engine)
{
    private const int DefaultPageSize = 100;
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string NamespaceId, string InstanceKey), (WorkerHeartbeat Beat, DateTimeOffset At)> workers = new();

    public Task<RecordWorkerHeartbeatResponse> RecordWorkerHeartbeat(RecordWorkerHeartbeatRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        var now = engine.Real.GetUtcNow();
        foreach (var beat in request.WorkerHeartbeat)
        {
            workers[(namespaceId, beat.WorkerInstanceKey)] = (beat, now);
        }

        foreach (var (key, seen) in workers)
        {
            if (now - seen.At > ForgetAfter)
            {
                workers.TryRemove(new(key, seen));
            }
        }

        return Task.FromResult(new RecordWorkerHeartbeatResponse());
    }

    public Task<ListWorkersResponse> ListWorkers(ListWorkersRequest request, RpcContext call)
    {
        var size = request.PageSize > 0 ? request.PageSize : DefaultPageSize;
        var after = request.NextPageToken.ToStringUtf8();
        var rest = Seen(request.Namespace, request.Query).Where(b => string.CompareOrdinal(b.WorkerInstanceKey, after) > 0).ToList();
        var answer = new ListWorkersResponse();
        foreach (var beat in rest.Take(size))
        {
#pragma warning disable CS0612 // older clients read this field
            answer.WorkersInfo.Add(new WorkerInfo { WorkerHeartbeat = beat });
#pragma warning restore CS0612
            answer.Workers.Add(Entry(beat));
        }

        answer.NextPageToken = rest.Count > size ? ByteString.CopyFromUtf8(rest[size - 1].WorkerInstanceKey) : ByteString.Empty;
        return Task.FromResult(answer);
    }

    public Task<CountWorkersResponse> CountWorkers(CountWorkersRequest request, RpcContext call) =>
        Task.FromResult(new CountWorkersResponse { Count = Seen(request.Namespace, request.Query).Count() });

    public Task<DescribeWorkerResponse> DescribeWorker(DescribeWorkerRequest request, RpcContext call) =>
        workers.TryGetValue((engine.NamespaceId(request.Namespace), request.WorkerInstanceKey), out var seen)
            ? Task.FromResult(new DescribeWorkerResponse { WorkerInfo = new() { WorkerHeartbeat = seen.Beat } })
            : throw Refusal.NotFound($"Worker {request.WorkerInstanceKey} not found");

    private IEnumerable<WorkerHeartbeat> Seen(string ns, string query)
    {
        var namespaceId = engine.NamespaceId(ns);
        if (query.Length > 0)
        {
            throw Refusal.Invalid("invalid query: workers cannot be searched, only listed");
        }

        var since = engine.Real.GetUtcNow() - ForgetAfter;
        return workers.Where(w => w.Key.NamespaceId == namespaceId && w.Value.At > since).Select(w => w.Value.Beat)
            .OrderBy(b => b.WorkerInstanceKey, StringComparer.Ordinal);
    }

    private static WorkerListInfo Entry(WorkerHeartbeat beat)
    {
        var entry = new WorkerListInfo
        {
            WorkerInstanceKey = beat.WorkerInstanceKey, WorkerIdentity = beat.WorkerIdentity, TaskQueue = beat.TaskQueue, DeploymentVersion = beat.DeploymentVersion,
            SdkName = beat.SdkName, SdkVersion = beat.SdkVersion, Status = beat.Status, StartTime = beat.StartTime,
            HostName = beat.HostInfo?.HostName ?? "", WorkerGroupingKey = beat.HostInfo?.WorkerGroupingKey ?? "", ProcessId = beat.HostInfo?.ProcessId ?? "",
        };
        entry.Plugins.Add(beat.Plugins);
        entry.Drivers.Add(beat.Drivers);
        return entry;
    }
}
