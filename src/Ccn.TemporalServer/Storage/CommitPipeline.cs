using System.Diagnostics;
using System.Threading.Channels;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Ccn.TemporalServer.Storage;

/// <summary>
/// Ordered group commit. Transitions are written in the order in which <see cref="AppendAsync"/> was called; one writer
/// takes what is queued and commits it as one transaction, so the cost of a commit is shared by all that wait for it.
/// </summary>
internal sealed partial class CommitPipeline : IAsyncDisposable
{
    /// <summary>Most transitions in one transaction: measured to be where a bigger one no longer helps.</summary>
    public const int MaxTransitions = 64;

    private readonly IStore store;
    private readonly ServerMetrics metrics;
    private readonly ILogger<CommitPipeline> logger;
    private readonly Lock gate = new();
    private readonly Channel<Entry> queue = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly Task writer;
    private bool failing;

    /// <summary>Starts the writer. The store must be open before the first append.</summary>
    public CommitPipeline(IStore store, ServerMetrics metrics, ILogger<CommitPipeline> logger)
    {
        (this.store, this.metrics, this.logger) = (store, metrics, logger);
        writer = Task.Run(WriteQueuedAsync);
    }

    /// <summary>
    /// Raised when a commit failed, before any of the waiting calls is told so: what memory holds of uncommitted
    /// transitions is void and must be reloaded. Until the handlers return every append is refused; so a handler that
    /// drops state under the lock under which that state is appended leaves no way to build on a void transition.
    /// </summary>
    public event Action<Exception>? Failed;

    /// <summary>
    /// Queues one transition; its place is fixed when this call returns. The task completes when it is durable, and fails
    /// with <see cref="RpcFailure"/> UNAVAILABLE (which SDKs retry) when it is not.
    /// </summary>
    public Task AppendAsync(IReadOnlyList<StoreWrite> writes)
    {
        var entry = new Entry(writes);
        lock (gate)
        {
            if (failing)
            {
                return Task.FromException(new RpcFailure(StatusCode.Unavailable, "the change before this one could not be stored"));
            }

            return queue.Writer.TryWrite(entry)
                ? entry.Durable.Task
                : Task.FromException(new RpcFailure(StatusCode.Unavailable, "server is shutting down"));
        }
    }

    /// <summary>Writes what is queued, then ends. Later appends are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
    }

    private async Task WriteQueuedAsync()
    {
        var batch = new List<Entry>(MaxTransitions);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxTransitions && queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await CommitAsync(batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<Entry> batch)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await store.CommitAsync(batch.Count == 1 ? batch[0].Writes : [.. batch.SelectMany(e => e.Writes)], CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever a store throws, the waiting calls must be answered and the writer must live on
        catch (Exception e)
#pragma warning restore CA1031
        {
            metrics.Committed(batch.Count, isDurable: false, began);
            FailAll(batch, e);
            return;
        }

        metrics.Committed(batch.Count, isDurable: true, began);
        foreach (var entry in batch)
        {
            entry.Durable.SetResult();
        }
    }

    /// <summary>What is queued behind a failed transition was built on it, so it fails too.</summary>
    private void FailAll(List<Entry> batch, Exception cause)
    {
        lock (gate)
        {
            failing = true;
            while (queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }
        }

        LogCommitFailed(cause, batch.Count);
        try
        {
            Failed?.Invoke(cause);
        }
        finally
        {
            lock (gate)
            {
                failing = false;
            }

            foreach (var entry in batch)
            {
                entry.Durable.SetException(new RpcFailure(StatusCode.Unavailable, "the change could not be stored: " + cause.Message));
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Commit failed; {Transitions} transitions are taken back.")]
    private partial void LogCommitFailed(Exception cause, int transitions);

    private sealed record Entry(IReadOnlyList<StoreWrite> Writes)
    {
        /// <summary>Continuations run elsewhere: the writer must not run other people's code.</summary>
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
