using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Batches;

/// <summary>
/// One operation on many runs, done one after the other in the background. A job is not stored: one that is cut off by
/// the end of the server is asked for again, which is safe, because every operation on a run may be repeated.
/// </summary>
internal sealed class BatchJob(WorkflowEngine engine, string namespaceId, StartBatchOperationRequest request, BatchOperation operation) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Timestamp startTime = engine.Clock.GetUtcNow().AsTimestamp();
    private Timestamp? closeTime;
    private volatile BatchOperationState state = BatchOperationState.Running;
    private long total;
    private long completed;
    private long failed;

    /// <summary>Namespace id.</summary>
    public string NamespaceId { get; } = namespaceId;

    /// <summary>Job ID.</summary>
    public string JobId => request.JobId;

    /// <summary>True until it is done, failed or stopped.</summary>
    public bool IsRunning => state == BatchOperationState.Running;

    /// <summary>Does the work on every run that the request names or its query finds.</summary>
    public async Task RunAsync(Func<CancellationToken, Task<IReadOnlyList<WorkflowExecution>>> find)
    {
        try
        {
            var targets = request.VisibilityQuery.Length > 0 ? await find(stop.Token) : Named();
            Volatile.Write(ref total, targets.Count);
            foreach (var target in targets)
            {
                await OneAsync(target);
                await PaceAsync();
            }

            End(BatchOperationState.Completed);
        }
        catch (Exception e) when (e is RpcFailure or OperationCanceledException)
        {
            End(BatchOperationState.Failed);
        }
    }

    /// <summary>Ends a job that runs; what it did stays done.</summary>
    public void Stop()
    {
        stop.Cancel();
        End(BatchOperationState.Failed);
    }

    /// <summary>How far it has come.</summary>
    public DescribeBatchOperationResponse Describe()
    {
        var answer = new DescribeBatchOperationResponse
        {
            OperationType = operation.Type, JobId = JobId, State = state, StartTime = startTime, CloseTime = closeTime,
            TotalOperationCount = Volatile.Read(ref total), CompleteOperationCount = Volatile.Read(ref completed), FailureOperationCount = Volatile.Read(ref failed),
            Identity = operation.Identity, Reason = request.Reason, Query = request.VisibilityQuery,
        };
        answer.Executions.AddRange(Named().Select(e => new Temporalio.Api.Common.V1.Execution { Type = ExecutionType.Workflow, BusinessId = e.WorkflowId, RunId = e.RunId }));
        return answer;
    }

    /// <summary>The job as lists show it.</summary>
    public BatchOperationInfo Info() =>
        new() { JobId = JobId, State = state, StartTime = startTime, CloseTime = closeTime, OperationType = operation.Type };

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private IReadOnlyList<WorkflowExecution> Named() =>
    [
#pragma warning disable CS0612 // what clients of today send
        .. request.Executions,
#pragma warning restore CS0612
        .. request.TargetExecutions.Select(e => new WorkflowExecution { WorkflowId = e.BusinessId, RunId = e.RunId }),
    ];

    private async Task OneAsync(WorkflowExecution target)
    {
        stop.Token.ThrowIfCancellationRequested();
        try
        {
            await operation.ApplyAsync(target, stop.Token);
            Interlocked.Increment(ref completed);
        }
        catch (RpcFailure e) when (e.Code is StatusCode.NotFound)
        {
            Interlocked.Increment(ref completed);   // gone or closed: there is nothing to do
        }
        catch (RpcFailure)
        {
            Interlocked.Increment(ref failed);
        }
    }

    private Task PaceAsync() => request.MaxOperationsPerSecond > 0
        ? Task.Delay(TimeSpan.FromSeconds(1 / request.MaxOperationsPerSecond), engine.Real, stop.Token)
        : Task.CompletedTask;

    private void End(BatchOperationState how)
    {
        if (IsRunning)
        {
            closeTime = engine.Clock.GetUtcNow().AsTimestamp();
            state = how;
        }
    }
}
