using Ccn.TemporalServer.Storage;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>A run as it comes back from the store.</content>
internal sealed partial class Execution
{
    /// <summary>Builds a run from what is stored; an open one must be resumed before it is used.</summary>
    public static Execution Load(WorkflowEngine engine, WorkflowSlot slot, StoredExecution stored, IReadOnlyList<StoredBatch> batches)
    {
        var execution = new Execution(engine, slot, stored.RunId);
        foreach (var batch in batches)
        {
            execution.batchStarts.Add(execution.History.Count);
            execution.History.AddRange(Temporalio.Api.History.V1.History.Parser.ParseFrom(batch.Events).Events);
        }

        execution.State = ExecutionState.Rebuild(execution.History);
        execution.Restore(ExecutionSnapshot.Parse(stored.State));
        execution.unwritten = execution.sealedEvents = execution.VisibleEvents = execution.History.Count;
        return execution;
    }

    private void Restore(ExecutionSnapshot snapshot)
    {
        StartRequestId = snapshot.StartRequestId;
        ResetRunId = snapshot.ResetRunId;
        TransitionCount = snapshot.Transitions;
        State.NextTaskAttempt = snapshot.TaskAttempt;
        Sticky = snapshot.StickyQueue is { } queue ? new(TaskQueue.Parser.ParseFrom(queue), snapshot.StickyTimeout) : null;
        if (State.IsOpen)
        {
            State.Task = snapshot.Task?.ToTask();
        }

        foreach (var stored in snapshot.Activities)
        {
            if (State.Activities.TryGetValue(stored.ScheduledEventId, out var activity))
            {
                activity.Attempts = stored.ToAttempts();
            }
        }

        foreach (var (initiated, runId) in snapshot.StartedChildren)
        {
            if (State.Children.TryGetValue(initiated, out var child))
            {
                child.RunId = runId;
            }
        }

        foreach (var bytes in snapshot.Buffer)
        {
            var e = HistoryEvent.Parser.ParseFrom(bytes);
            Buffer.Add(e);
            MarkBuffered(e);
        }
    }

    /// <summary>
    /// Sets a loaded run going again: its tasks are queued, its timers armed, and what it asked of others and was not
    /// answered is asked again (they know a repeated request by its ID).
    /// </summary>
    public void Resume(Transition tx)
    {
        if (!State.IsOpen)
        {
            return;
        }

        tx.Touch(this);
        if (State.Task is null && Buffer.Count > 0)
        {
            FlushBuffer(tx);   // what was started in front of it was never written
            ScheduleTask(tx);
        }
        else if (State.Task is { IsStarted: false })
        {
            Dispatch(tx);
        }

        foreach (var activity in State.Activities.Values)
        {
            if (activity is { IsClosing: false, Attempts: { Phase: AttemptPhase.Queued, Pause: null } })
            {
                tx.After(Enqueue(activity));
            }
        }

        ResumeEffects(tx);
    }

    /// <summary>After a restart or a failed commit: children may have ended, and a parent may have, without this run being told.</summary>
    public void AskRelatives(Transition tx)
    {
        if (!State.IsOpen)
        {
            return;
        }

        foreach (var (id, child) in State.Children)
        {
            if (child is { NeedsStart: false, IsClosing: false })
            {
                var (workflowId, runId) = (child.Initiated.WorkflowId, child.RunId);
                tx.After(() => engine.Effects.CheckChild(Ref, id, workflowId, runId));
            }
        }

        if (State.Started.ParentWorkflowExecution is not null)
        {
            tx.After(() => engine.Effects.CheckParent(Ref, ParentRef, State.Started.ParentInitiatedEventId));
        }
    }

    private void ResumeEffects(Transition tx)
    {
        foreach (var (id, child) in State.Children)
        {
            if (child.NeedsStart)
            {
                tx.After(() => engine.Effects.StartChild(Ref, id));
            }
        }

        foreach (var (id, signal) in State.ExternalSignals)
        {
            if (!signal.IsClosing)
            {
                tx.After(() => engine.Effects.Signal(Ref, id));
            }
        }

        foreach (var (id, cancel) in State.ExternalCancels)
        {
            if (!cancel.IsClosing)
            {
                tx.After(() => engine.Effects.Cancel(Ref, id));
            }
        }
    }
}
