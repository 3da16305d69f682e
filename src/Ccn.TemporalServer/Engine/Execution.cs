using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// One run: its history, the state derived from it, and the little that no event records. All members are used under the
/// lock of its slot; changes happen in a <see cref="Transition"/>.
/// </summary>
internal sealed partial class Execution
{
    private readonly WorkflowEngine engine;
    private readonly WorkflowSlot slot;
    private readonly List<int> batchStarts = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? alarm;
    private DateTimeOffset? alarmDue;
    private readonly Stack<IDisposable> busy = new();
    private int unwritten;
    private int sealedEvents;
    private bool isNew;
    private bool mustWrite;
    private bool isAhead;

    private Execution(WorkflowEngine engine, WorkflowSlot slot, string runId)
    {
        (this.engine, this.slot, RunId) = (engine, slot, runId);
    }

    /// <summary>Namespace id.</summary>
    public string NamespaceId => slot.NamespaceId;

    /// <summary>Workflow ID.</summary>
    public string WorkflowId => slot.WorkflowId;

    /// <summary>Run ID.</summary>
    public string RunId { get; }

    /// <summary>All events, in order.</summary>
    public List<HistoryEvent> History { get; private set; } = [];

    /// <summary>State derived from <see cref="History"/>.</summary>
    public ExecutionState State { get; private set; } = new();

    /// <summary>Request ID of the start.</summary>
    public string StartRequestId { get; private set; } = "";

    /// <summary>The run that a reset made of this one; empty for none.</summary>
    public string ResetRunId { get; private set; } = "";

    /// <summary>Number of transitions, as lists show it.</summary>
    public long TransitionCount { get; private set; }

    /// <summary>Number of events that may be seen: those that are durable.</summary>
    public int VisibleEvents { get; private set; }

    /// <summary>First run of the chain.</summary>
    public string FirstRunId => State.Started.FirstExecutionRunId;

    /// <summary>Name of the normal task queue.</summary>
    public string QueueName => State.Started.TaskQueue.Name;

    /// <summary>Names this run.</summary>
    public RunRef Ref => new(NamespaceId, WorkflowId, RunId);

    /// <summary>This run as the wire names it.</summary>
    public WorkflowExecution Name => new() { WorkflowId = WorkflowId, RunId = RunId };

    /// <summary>Completes at the next change that may be seen.</summary>
    public Task Changed => changed.Task;

    /// <summary>Creates a run with its first event; the caller goes on with <see cref="Begin"/>.</summary>
    public static Execution Create(Transition tx, WorkflowEngine engine, StartOrder order, string runId)
    {
        var execution = new Execution(engine, tx.Slot, runId) { StartRequestId = order.RequestId, isNew = true };
        tx.Slot.Runs[runId] = execution;
        tx.Slot.Current = execution;
        engine.CountResident();
        execution.Append(tx, new() { EventType = EventType.WorkflowExecutionStarted, WorkflowExecutionStartedEventAttributes = order.Started }, order.UserMetadata);
        return execution;
    }

    /// <summary>Schedules the first workflow task, unless it has to wait.</summary>
    public void Begin(Transition tx) => ScheduleTask(tx);

    /// <summary>Appends an event: it gets its id and time, and the state follows.</summary>
    public HistoryEvent Append(Transition tx, HistoryEvent e, UserMetadata? metadata = null)
    {
        e.EventId = State.NextEventId;
        e.EventTime = tx.Now.AsTimestamp();
        e.TaskId = engine.NextTaskId();
        if (metadata is not null)
        {
            e.UserMetadata = metadata;
        }

        EventRelations.LinkToStarted(e, State);
        History.Add(e);
        State.Apply(e);
        Change(tx);
        return e;
    }

    /// <summary>Says that this run changed and must be stored.</summary>
    public void Change(Transition tx)
    {
        mustWrite = true;
        tx.Touch(this);
    }

    /// <summary>Says that this run changed in a way that may be lost in a crash: it is stored with the next change.</summary>
    public void ChangeLightly(Transition tx)
    {
        isAhead = true;
        tx.Touch(this);
    }

    /// <summary>Long polls wait for this run until then (real clock): it stays in memory.</summary>
    public DateTimeOffset WatchedUntil { get; set; }

    /// <summary>True while a restarted server must load this run before anybody asks for it: it has work to hand out, or is tied to other runs.</summary>
    public bool MustResume =>
        State.IsOpen && (HasWork || State.Children.Values.Any(c => !c.IsClosing) || State.Started.ParentWorkflowExecution is not null);

    /// <summary>True when this object holds nothing that the store has not, and nobody waits at it.</summary>
    public bool MayLeaveMemory(DateTimeOffset now) =>
        !mustWrite && !isAhead && !HasWork && HeldQueries.Count == 0 && !Updates.IsAwaited && VisibleEvents == History.Count && WatchedUntil <= now;

    private bool HasWork => State.IsOpen
        && (State.Task is not null
            || Buffer.Count > 0
            || State.Activities.Values.Any(a => !a.IsClosing && a.Attempts is { Phase: AttemptPhase.Queued, Pause: null })
            || State.Children.Values.Any(c => c.NeedsStart)
            || State.ExternalSignals.Values.Any(s => !s.IsClosing)
            || State.ExternalCancels.Values.Any(s => !s.IsClosing));

    /// <summary>Ends this run's part of a transition: what is to be written, and what follows after the commit.</summary>
    public ExecutionWrite? Seal(Transition tx)
    {
        CheckHistoryLimits(tx);
        if (History.Count > sealedEvents)
        {
            batchStarts.Add(sealedEvents);
            sealedEvents = History.Count;
        }

        Arm();
        SyncBusy(tx);
        var visible = History.Count;
        tx.After(() => Publish(visible));
        return mustWrite ? Write() : null;
    }

    /// <summary>Gives up what this object holds: it was dropped from memory.</summary>
    public void Abandon()
    {
        alarm?.Dispose();
        alarm = null;
        while (busy.TryPop(out var token))
        {
            token.Dispose();
        }

        FailWaiting();
        changed.TrySetResult();
    }

    /// <summary>Index of the first event of the batch behind the one that holds <paramref name="index"/>.</summary>
    public int NextBatch(int index)
    {
        var at = batchStarts.BinarySearch(index + 1);
        at = at >= 0 ? at : ~at;
        return at < batchStarts.Count ? batchStarts[at] : History.Count;
    }

    /// <summary>What lists and counts see.</summary>
    public VisibilityRow Visibility()
    {
        var started = State.Started;
        var root = started.RootWorkflowExecution ?? Name;
        var attributes = SearchAttributes();
        return new(
            started.WorkflowType.Name, QueueName, State.Status, State.StartTime, State.ExecutionTime, State.CloseTime,
            History.Count, State.HistorySizeBytes, TransitionCount, FirstRunId,
            started.ParentWorkflowExecution?.WorkflowId, started.ParentWorkflowExecution?.RunId, root.WorkflowId, root.RunId,
            State.Memo.Count == 0 ? null : new Memo { Fields = { State.Memo } },
            attributes.IndexedFields.Count == 0 ? null : attributes);
    }

    private ExecutionWrite Write()
    {
        mustWrite = isAhead = false;
        TransitionCount++;
        byte[]? events = null;
        var first = unwritten;
        if (unwritten < History.Count)
        {
            var batch = new History();
            batch.Events.AddRange(History.Skip(unwritten));
            events = batch.ToByteArray();
            unwritten = History.Count;
        }

        var write = new ExecutionWrite(
            NamespaceId, WorkflowId, RunId, isNew, ReferenceEquals(slot.Current, this), ExecutionSnapshot.Of(this).ToBytes(),
            first + 1, events, Visibility(), alarmDue)
        {
            MustResume = MustResume,
        };
        isNew = false;
        return write;
    }

    private void Publish(int visible)
    {
        TaskCompletionSource waiting;
        lock (slot.Gate)
        {
            VisibleEvents = Math.Max(VisibleEvents, visible);
            waiting = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }

    /// <summary>One timer per run, at the earliest instant at which something of it is due.</summary>
    private void Arm()
    {
        var due = NextDue();
        if (due == alarmDue && (alarm is not null || due is null))
        {
            return;
        }

        alarm?.Dispose();
        alarmDue = due;
        alarm = due is { } at ? engine.Clock.Schedule(at, () => engine.OnDue(Ref)) : null;
    }

    /// <summary>
    /// Keeps as many "busy" tokens as there is work in flight, so that time is not skipped under it: a workflow task from
    /// its scheduling on, an activity attempt except in backoff, starts of children and messages to others.
    /// </summary>
    private void SyncBusy(Transition tx)
    {
        var wanted = !State.IsOpen ? 0
            : (State.Task is null ? 0 : 1)
            + State.Activities.Values.Count(a => !a.IsClosing && (a.Attempts.Phase == AttemptPhase.Started || a.Attempts is { Phase: AttemptPhase.Queued, Pause: null }))
            + State.Children.Values.Count(c => c.NeedsStart)
            + State.ExternalSignals.Values.Count(s => !s.IsClosing)
            + State.ExternalCancels.Values.Count(s => !s.IsClosing);
        while (busy.Count < wanted)
        {
            busy.Push(engine.Clock.Busy());
        }

        while (busy.Count > wanted)
        {
            tx.AtEnd(busy.Pop().Dispose);
        }
    }

    private void CheckHistoryLimits(Transition tx)
    {
        if (!State.IsOpen || History.Count == sealedEvents)
        {
            return;
        }

        if (History.Count > engine.Limits.HistoryEvents)
        {
            Terminate(tx, "Workflow history count exceeds limit.", null, WorkflowEngine.ServerIdentity);
        }
        else if (State.HistorySizeBytes > engine.Limits.HistoryBytes)
        {
            Terminate(tx, "Workflow history size exceeds limit.", null, WorkflowEngine.ServerIdentity);
        }
    }
}
