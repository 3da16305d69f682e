using System.Collections.Concurrent;
using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Matching;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// The runs of all workflows: looks them up, changes them one transition at a time per workflow ID, and lets nothing be
/// seen before it is durable.
/// </summary>
internal sealed partial class WorkflowEngine : IDisposable
{
    /// <summary>Identity under which the server itself acts.</summary>
    public const string ServerIdentity = "history-service";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string NamespaceId, string WorkflowId), WorkflowSlot> slots = new();
    private readonly CommitPipeline pipeline;
    private readonly IStore store;
    private readonly NamespaceRegistry namespaces;
    private readonly SearchAttributeRegistry searchAttributes;
    private readonly ILogger<WorkflowEngine> logger;
    private long lastTaskId = 1 << 20;
    private long lastStamp;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Connects the parts; <see cref="RecoverAsync"/> sets the stored runs going.</summary>
    public WorkflowEngine(
        ServerClock clock, IStore store, CommitPipeline pipeline, NamespaceRegistry namespaces, SearchAttributeRegistry searchAttributes,
        DynamicConfig config, ILogger<WorkflowEngine> logger)
    {
        (Clock, this.store, this.pipeline, this.logger) = (clock, store, pipeline, logger);
        (this.namespaces, this.searchAttributes) = (namespaces, searchAttributes);
        Limits = EngineLimits.From(config);
        sweepAbove = Limits.ResidentRuns;
        Queues = new(Real, clock);
        Effects = new(this);
        Queries = new(this);
        pipeline.Failed += DropAll;
    }

    /// <summary>Server time.</summary>
    public ServerClock Clock { get; }

    /// <summary>The real clock: polls and deadlines run on it.</summary>
    public TimeProvider Real { get; } = TimeProvider.System;

    /// <summary>Task queues.</summary>
    public TaskQueues Queues { get; }

    /// <summary>What runs do to each other.</summary>
    public CrossEffects Effects { get; }

    /// <summary>Queries that travel alone.</summary>
    public QueryBroker Queries { get; }

    /// <summary>Limits of a run.</summary>
    public EngineLimits Limits { get; }

    /// <summary>Raised when the last run of a chain has closed and that is durable. Handlers must not block.</summary>
    public event Action<Execution>? Closed;

    /// <summary>Raised when all open runs are known again, at boot and after a failed commit.</summary>
    public event Action? Recovered;

    /// <summary>Next task id of an event: only ever larger.</summary>
    public long NextTaskId() => Interlocked.Increment(ref lastTaskId);

    /// <summary>Number of a hand-out; differs from those before a restart.</summary>
    public long NextStamp() => Interlocked.Increment(ref lastStamp);

    /// <summary>Name of a namespace; its id where it is gone.</summary>
    public string NamespaceName(string namespaceId) => namespaces.FindById(namespaceId)?.Name ?? namespaceId;

    /// <summary>Id of a namespace by name; refuses an unknown one.</summary>
    public string NamespaceId(string name) => namespaces.Require(name).Id;

    /// <summary>Id of a namespace by name, or another one where no name is given.</summary>
    public string NamespaceIdOr(string name, string otherwise) => name.Length == 0 ? otherwise : NamespaceId(name);

    /// <summary>How long closed runs of a namespace are kept.</summary>
    public TimeSpan Retention(string namespaceId) => namespaces.FindById(namespaceId)?.Retention ?? TimeSpan.Zero;

    /// <summary>The attributes with their types; refuses unknown ones and values of a wrong type.</summary>
    public SearchAttributes? CheckSearchAttributes(string namespaceId, SearchAttributes? attributes) =>
        searchAttributes.Checked(namespaces.FindById(namespaceId) ?? throw Refusal.NotFound($"Namespace {namespaceId} is not found."), attributes);

    /// <summary>Makes one transition and waits until it is durable.</summary>
    /// <param name="namespaceId">Namespace id.</param>
    /// <param name="workflowId">Workflow ID.</param>
    /// <param name="runId">Run that must be in memory too; empty for the current one only.</param>
    /// <param name="body">The transition. It runs under the lock of the slot and must not change anything before it throws.</param>
    public async Task<T> TransitAsync<T>(string namespaceId, string workflowId, string runId, Func<WorkflowSlot, Transition, T> body)
    {
        using var busy = Clock.Busy();
        while (true)
        {
            var slot = await OpenAsync(namespaceId, workflowId, runId);
            Transition transition;
            T result;
            lock (slot.Gate)
            {
                if (slot.IsDropped)
                {
                    continue;
                }

                transition = new(slot, Clock.GetUtcNow());
                result = Run(slot, transition, body);
            }

            await transition.ReleaseAsync();
            return transition.Refusal is { } refusal ? throw refusal : result;
        }
    }

    /// <summary>Changes one run, which must exist.</summary>
    public Task ChangeAsync(RunRef run, Action<Execution, Transition> change) => TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
    {
        change(slot.Require(run.RunId), tx);
        return true;
    });

    /// <summary>Reads one run, which must exist.</summary>
    public async Task<T> ReadAsync<T>(RunRef run, Func<Execution, T> read)
    {
        while (true)
        {
            var slot = await OpenAsync(run.NamespaceId, run.WorkflowId, run.RunId);
            lock (slot.Gate)
            {
                if (!slot.IsDropped)
                {
                    return read(slot.Require(run.RunId));
                }
            }
        }
    }

    /// <summary>Hands a queued workflow task to a poller; null when it is no longer due.</summary>
    public async Task<IMessage?> StartWorkflowTaskAsync(RunRef run, long scheduledEventId, PollerIdentity poller, bool sticky) =>
        await TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) => slot.Find(run.RunId)?.StartTask(tx, scheduledEventId, poller, sticky));

    /// <summary>Hands a queued activity to a poller; null when it is no longer due.</summary>
    public async Task<IMessage?> StartActivityTaskAsync(RunRef run, long scheduledEventId, long stamp, PollerIdentity poller) =>
        await TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) => slot.Find(run.RunId)?.StartActivity(tx, scheduledEventId, stamp, poller));

    /// <summary>The alarm of a run went off.</summary>
    public void OnDue(RunRef run) => Background(() => TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
    {
        slot.Find(run.RunId)?.FireDue(tx);
        return true;
    }));

    /// <summary>The last run of a chain has closed.</summary>
    public void OnClosed(Execution execution) => Closed?.Invoke(execution);

    /// <summary>
    /// Lets work run by itself. Nobody waits who could ask again, so while the store is out of reach it is tried again and
    /// again; it must be such that repeating it changes nothing. Whatever else goes wrong is logged.
    /// </summary>
    public void Background(Func<Task> work) => _ = RepeatAsync(work);

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    /// <summary>Removes a run with its history; an open one is terminated first.</summary>
    public Task DeleteAsync(string namespaceId, string workflowId, string runId) => TransitAsync(namespaceId, workflowId, runId, (slot, tx) =>
    {
        var execution = slot.Require(runId);
        if (execution.State.IsOpen)
        {
            execution.Terminate(tx, "Delete workflow execution", null, ServerIdentity);
        }

        tx.After(() => Background(() => RemoveAsync(slot, execution)));
        return true;
    });

    private async Task RemoveAsync(WorkflowSlot slot, Execution execution)
    {
        Task removed;
        lock (slot.Gate)
        {
            slot.Runs.Remove(execution.RunId);
            if (ReferenceEquals(slot.Current, execution))
            {
                slot.Current = null;
                slot.IsLoaded = false;   // an earlier run may take its place: the store knows
            }

            execution.Abandon();
            removed = pipeline.AppendAsync([new ExecutionDelete(slot.NamespaceId, slot.WorkflowId, execution.RunId)]);
            slot.LastCommit = removed;
        }

        await removed;
    }

    private async Task RepeatAsync(Func<Task> work)
    {
        using var busy = Clock.Busy();
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : pause)
        {
            try
            {
                await work();
                return;
            }
            catch (RpcFailure unavailable) when (unavailable.Code == StatusCode.Unavailable && !stopping.IsCancellationRequested)
            {
                LogWaitsForStore(unavailable.Message);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;   // the store has everything; the next server goes on
            }
#pragma warning disable CA1031 // nobody waits for it: whatever it is, it can only be logged
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogBackground(e);
                return;
            }

            await Task.Delay(pause, Real, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs the body and queues what it wrote. A body that fails halfway leaves a run that is loaded anew.</summary>
    private T Run<T>(WorkflowSlot slot, Transition transition, Func<WorkflowSlot, Transition, T> body)
    {
        try
        {
            var result = body(slot, transition);
            transition.Seal(pipeline);
            return result;
        }
        catch (Exception e) when (transition.IsDirty)
        {
            LogHalfway(e, slot.WorkflowId);
            Drop(slot);
            Background(() => ReloadAsync(slot));
            throw;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Working} open runs have work to hand out, {Asleep} wait for a timer or a message.")]
    private partial void LogOpenRuns(int working, int asleep);

    [LoggerMessage(LogLevel.Warning, "Work in the background waits for the store: {Reason}")]
    private partial void LogWaitsForStore(string reason);

    [LoggerMessage(LogLevel.Error, "Work in the background failed.")]
    private partial void LogBackground(Exception cause);

    [LoggerMessage(LogLevel.Error, "A transition of workflow {WorkflowId} failed halfway; its runs are loaded anew.")]
    private partial void LogHalfway(Exception cause, string workflowId);
}
