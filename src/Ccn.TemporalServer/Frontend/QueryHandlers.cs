using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs of queries.</summary>
internal sealed class QueryHandlers(WorkflowEngine engine)
{
    private static readonly TimeSpan NoPollerPatience = TimeSpan.FromSeconds(29);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);

    public async Task<QueryWorkflowResponse> QueryWorkflow(QueryWorkflowRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.Execution);
        if (request.Query is not { QueryType.Length: > 0 })
        {
            throw Refusal.Invalid("Query is not set on request.");
        }

        StartRules.CheckSize(request.Query.QueryArgs, engine.Limits);
        var query = new PendingQuery(request.Query);
        var (target, rejected) = await engine.TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
        {
            var execution = slot.Require(run.RunId);
            var status = execution.State.Status;
            if (request.QueryRejectCondition switch
            {
                _ when execution.State.Pause is not null => true,
                QueryRejectCondition.NotOpen => !execution.State.IsOpen,
                QueryRejectCondition.NotCompletedCleanly => !execution.State.IsOpen && status != WorkflowExecutionStatus.Completed,
                _ => false,
            })
            {
                return (execution.Ref, (WorkflowExecutionStatus?)status);
            }

            execution.Ask(tx, query);
            return (execution.Ref, null);
        });
        if (rejected is { } closed)
        {
            return new() { QueryRejected = new() { Status = closed } };
        }

        try
        {
            return new() { QueryResult = await ResultAsync(query, call) };
        }
        finally
        {
            if (!query.Result.IsCompleted)
            {
                query.Fail(new(StatusCode.Cancelled, "the caller went away"));
                await engine.TransitAsync(target.NamespaceId, target.WorkflowId, target.RunId, (slot, _) =>
                {
                    slot.Find(target.RunId)?.Forget(query);
                    return true;
                });
            }
        }
    }

    public Task<RespondQueryTaskCompletedResponse> RespondQueryTaskCompleted(RespondQueryTaskCompletedRequest request, RpcContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.Query);
        engine.Queries.Complete(
            token.ScheduledEventId, request.CompletedType == QueryResultType.Failed, request.QueryResult, request.ErrorMessage, request.Failure);
        return Task.FromResult(new RespondQueryTaskCompletedResponse());
    }

    /// <summary>Waits for the worker; the text of the refusal depends on how long the caller would have waited.</summary>
    private async Task<Temporalio.Api.Common.V1.Payloads> ResultAsync(PendingQuery query, RpcContext call)
    {
        var left = call.Deadline - engine.Real.GetUtcNow() - Margin;
        var isPatient = left is null || left > NoPollerPatience;
        try
        {
            return isPatient && !query.IsTaken
                ? await WaitForWorkerAsync(query, left, call.Cancellation)
                : await WaitForAnswerAsync(query, left, call.Cancellation);
        }
        catch (TimeoutException)
        {
            throw new RpcFailure(StatusCode.DeadlineExceeded, "query timed out before a worker could process it");
        }
    }

    private async Task<Temporalio.Api.Common.V1.Payloads> WaitForWorkerAsync(PendingQuery query, TimeSpan? left, CancellationToken cancel)
    {
        try
        {
            return await query.Result.WaitAsync(NoPollerPatience, engine.Real, cancel);
        }
        catch (TimeoutException) when (!query.IsTaken)
        {
            throw Refusal.Precondition("no poller seen for task queue recently, worker may be down");
        }
        catch (TimeoutException)
        {
            return await WaitForAnswerAsync(query, left - NoPollerPatience, cancel);
        }
    }

    /// <summary>A caller without a deadline waits until it is answered or goes away.</summary>
    private Task<Temporalio.Api.Common.V1.Payloads> WaitForAnswerAsync(PendingQuery query, TimeSpan? left, CancellationToken cancel) =>
        query.Result.WaitAsync(left is null ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left.Value : TimeSpan.Zero, engine.Real, cancel);
}
