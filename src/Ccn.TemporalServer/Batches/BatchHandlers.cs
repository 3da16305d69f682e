using System.Collections.Concurrent;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Batches;

/// <summary>RPCs of operations on many runs.</summary>
internal sealed class BatchHandlers(WorkflowEngine engine, BatchOperations operations, SearchAttributeRegistry searchAttributes, IStore store)
{
    private const int MostFinishedJobs = 1000;
    private const int PageSize = 500;
    private const int DefaultListSize = 100;
    private const string Incomplete = "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)";

    private readonly ConcurrentDictionary<(string NamespaceId, string JobId), BatchJob> jobs = new();

    public Task<StartBatchOperationResponse> StartBatchOperation(StartBatchOperationRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
#pragma warning disable CS0612 // what clients of today send
        var sources = new[] { request.VisibilityQuery.Length > 0, request.Executions.Count > 0, request.TargetExecutions.Count > 0 }.Count(given => given);
#pragma warning restore CS0612
        if (request.JobId.Length == 0 || request.Reason.Length == 0 || sources != 1 || operations.Of(request) is not { } operation)
        {
            throw Refusal.Invalid(Incomplete);
        }

        Names.Check("JobId", request.JobId, engine.Limits);
        var job = new BatchJob(engine, namespaceId, request.Clone(), operation);
        if (!jobs.TryAdd((namespaceId, request.JobId), job))
        {
            job.Dispose();
            throw new RpcFailure(StatusCode.AlreadyExists, $"Batch operation {request.JobId} exists already.", new WorkflowExecutionAlreadyStartedFailure());
        }

        ForgetOldest();
        engine.Background(() => Task.Run(() => job.RunAsync(cancel => FindAsync(namespaceId, request.VisibilityQuery, cancel)), CancellationToken.None));
        return Task.FromResult(new StartBatchOperationResponse());
    }

    public Task<StopBatchOperationResponse> StopBatchOperation(StopBatchOperationRequest request, RpcContext call)
    {
        var job = Require(request.Namespace, request.JobId);
        if (!job.IsRunning)
        {
            throw Refusal.Completed();
        }

        job.Stop();
        return Task.FromResult(new StopBatchOperationResponse());
    }

    public Task<DescribeBatchOperationResponse> DescribeBatchOperation(DescribeBatchOperationRequest request, RpcContext call) =>
        Task.FromResult(Require(request.Namespace, request.JobId).Describe());

    public Task<ListBatchOperationsResponse> ListBatchOperations(ListBatchOperationsRequest request, RpcContext call)
    {
        var namespaceId = engine.NamespaceId(request.Namespace);
        var size = request.PageSize > 0 ? request.PageSize : DefaultListSize;
        var after = request.NextPageToken.ToStringUtf8();
        var rest = jobs.Values.Where(job => job.NamespaceId == namespaceId).Select(job => job.Info()).OrderByDescending(info => info.StartTime)
            .SkipWhile(info => after.Length > 0 && info.JobId != after).Skip(after.Length > 0 ? 1 : 0).ToList();
        var answer = new ListBatchOperationsResponse();
        answer.OperationInfo.AddRange(rest.Take(size));
        if (rest.Count > size)
        {
            answer.NextPageToken = ByteString.CopyFromUtf8(rest[size - 1].JobId);
        }

        return Task.FromResult(answer);
    }

    private BatchJob Require(string ns, string jobId) =>
        jobs.GetValueOrDefault((engine.NamespaceId(ns), jobId)) ?? throw Refusal.NotFound($"workflow not found for ID: {jobId}");

    /// <summary>The runs that a query selects as the batch begins; those that it changes do not move under it.</summary>
    private async Task<IReadOnlyList<WorkflowExecution>> FindAsync(string namespaceId, string query, CancellationToken cancel)
    {
        Names.CheckText("Query", query);
        var filter = QueryBinder.Bind(query, name => searchAttributes.TypeOf(namespaceId, name)).Filter;
        List<WorkflowExecution> found = [];
        VisibilityPosition? after = null;
        do
        {
            var page = await store.ListAsync(new(namespaceId, filter, PageSize, after), cancel);
            found.AddRange(page.Hits.Select(hit => new WorkflowExecution { WorkflowId = hit.WorkflowId, RunId = hit.RunId }));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    private void ForgetOldest()
    {
        foreach (var (key, job) in jobs.Where(j => !j.Value.IsRunning).OrderByDescending(j => j.Value.Info().StartTime).Skip(MostFinishedJobs).ToList())
        {
            jobs.TryRemove(new(key, job));
            job.Dispose();
        }
    }
}
