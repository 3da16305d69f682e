using System.Collections.Concurrent;
using Ccn.TemporalServer.Matching;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>A query whose caller waits.</summary>
internal sealed class PendingQuery(WorkflowQuery query)
{
    private readonly TaskCompletionSource<Payloads> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Name under which a workflow task carries it.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>The query.</summary>
    public WorkflowQuery Query { get; } = query;

    /// <summary>True once a worker has it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Its answer, or why there is none.</summary>
    public Task<Payloads> Result => result.Task;

    /// <summary>Calls back when the query is answered or given up.</summary>
    public void OnEnd(Action action) =>
        _ = result.Task.ContinueWith(_ => action(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Answers it with what the worker said.</summary>
    /// <param name="failed">True when its handler failed.</param>
    /// <param name="answer">The result.</param>
    /// <param name="errorMessage">What the handler said when it failed.</param>
    /// <param name="failure">The failure itself.</param>
    /// <param name="limits">Holds the greatest size of a result.</param>
    public void Answer(bool failed, Payloads? answer, string errorMessage, Failure? failure, EngineLimits limits)
    {
        if (failed)
        {
            Fail(Refusal.Invalid(errorMessage, new QueryFailedFailure { Failure = failure }));
        }
        else if (answer.SizeOrZero() > limits.BlobBytes)
        {
            Fail(Refusal.Invalid("Blob data size exceeds limit.", new QueryFailedFailure()));
        }
        else
        {
            result.TrySetResult(answer ?? new Payloads());
        }
    }

    /// <summary>Ends it without an answer.</summary>
    public void Fail(RpcFailure why) => result.TrySetException(why);
}

/// <summary>Queries that travel alone, to the worker that has the run in its cache or to any other.</summary>
internal sealed class QueryBroker(WorkflowEngine engine)
{
    private static readonly TimeSpan StickyPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StickyPollerWithin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, PendingQuery> open = new();
    private long last;

    /// <summary>Sends a query to a worker. Time is not skipped until it is answered or given up.</summary>
    public void Dispatch(RunRef run, string queue, string? stickyQueue, PendingQuery query)
    {
        var busy = engine.Clock.Busy();
        query.OnEnd(busy.Dispose);
        if (stickyQueue is not null && engine.Queues.HasRecentPoller(new(run.NamespaceId, stickyQueue, TaskQueueType.Workflow), StickyPollerWithin))
        {
            var number = Enqueue(run, stickyQueue, sticky: true, query);
            _ = FallBackAsync(run, queue, number, query);
            return;
        }

        Enqueue(run, queue, sticky: false, query);
    }

    /// <summary>A worker answered.</summary>
    public void Complete(long number, bool failed, Payloads? answer, string errorMessage, Failure? failure)
    {
        if (!open.TryRemove(number, out var query))
        {
            throw Refusal.NotFound("query task not found, or already expired");
        }

        query.Answer(failed, answer, errorMessage, failure, engine.Limits);
    }

    private long Enqueue(RunRef run, string queue, bool sticky, PendingQuery query)
    {
        var number = Interlocked.Increment(ref last);
        open[number] = query;
        query.OnEnd(() => open.TryRemove(number, out _));
        engine.Queues.Add(new(run.NamespaceId, queue, TaskQueueType.Workflow), _ => StartAsync(run, number, query, sticky));
        return number;
    }

    private async Task<IMessage?> StartAsync(RunRef run, long number, PendingQuery query, bool sticky)
    {
        if (query.Result.IsCompleted || !open.ContainsKey(number))
        {
            return null;
        }

        query.IsTaken = true;
        return await engine.ReadAsync(run, execution => execution.QueryTask(number, query, sticky));
    }

    /// <summary>The sticky worker did not answer: it is forgotten, and any worker may.</summary>
    private async Task FallBackAsync(RunRef run, string queue, long number, PendingQuery query)
    {
        try
        {
            await query.Result.WaitAsync(StickyPatience, engine.Real);
        }
        catch (TimeoutException)
        {
            if (!query.IsTaken && open.TryRemove(number, out _))
            {
                await engine.ChangeAsync(run, (execution, tx) => execution.ClearSticky(tx));
                Enqueue(run, queue, sticky: false, query);
            }
        }
        catch (RpcFailure)
        {
            // answered with a failure: the caller knows
        }
    }
}
