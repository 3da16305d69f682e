using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <content>Going back: a new run that has the beginning of another one's history.</content>
internal sealed partial class Execution
{
    private const string ResetterIdentity = "history-resetter";

    /// <summary>Request ID of a started event that the reset itself had to write.</summary>
    private const string NoRequestId = "emptyUuid";

    /// <summary>Makes a new run of the beginning of this one. The run that is current ends, if it is open.</summary>
    /// <param name="tx">The transition.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="later">The runs that followed this one in its chain.</param>
    public Execution Reset(Transition tx, ResetOrder order, IEnumerable<Execution> later)
    {
        var beginning = BeginningUntil(order.FinishEventId);
        if (slot.Current is { State.IsOpen: true } current)
        {
            current.EndByReset(tx, order.Reason);
        }

        // Read after the current run has ended: what waited in its buffer counts too.
        var after = History.Skip((int)order.FinishEventId - 1).Concat(later.SelectMany(run => run.History)).ToList();
        var run = new Execution(engine, slot, Guid.NewGuid().ToString()) { StartRequestId = StartRequestId, isNew = true };
        run.History.AddRange(beginning);
        run.State = ExecutionState.Rebuild(run.History);
        ResetRunId = run.RunId;
        Change(tx);
        slot.Runs[run.RunId] = run;
        engine.CountResident();
        slot.Current = run;
        run.GoOnAfterReset(tx, this, order, after);
        return run;
    }

    /// <summary>The events in front of the point; refuses one that is not at a workflow task.</summary>
    private List<HistoryEvent> BeginningUntil(long finishEventId)
    {
        if (finishEventId <= 1 || finishEventId > History.Count)
        {
            throw Refusal.Invalid("Workflow task finish ID must be > 1 && <= workflow last event ID.");
        }

        if (History[(int)finishEventId - 1].AttributesCase is not (
            AttributesCase.WorkflowTaskStartedEventAttributes or AttributesCase.WorkflowTaskCompletedEventAttributes
            or AttributesCase.WorkflowTaskFailedEventAttributes or AttributesCase.WorkflowTaskTimedOutEventAttributes))
        {
            throw Refusal.Invalid($"StateRebuilder unable to Rebuild mutable state to event ID: {finishEventId - 1}, version: 0, this event must be at the boundary");
        }

        return [.. History.Take((int)finishEventId - 1).Select(e => e.Clone())];
    }

    /// <summary>A run ends because another one takes its place: its children go on, and its parent waits for the new one.</summary>
    private void EndByReset(Transition tx, string reason)
    {
        EndFromOutside(tx, reason, null, ResetterIdentity);
        Sticky = null;
        Updates.Close(tx);
        ReleaseQueries(tx);
    }

    private void GoOnAfterReset(Transition tx, Execution from, ResetOrder order, List<HistoryEvent> after)
    {
        if (State.Task!.StartedAt is null)
        {
            Append(tx, new()
            {
                EventType = EventType.WorkflowTaskStarted,
                WorkflowTaskStartedEventAttributes = new()
                {
                    ScheduledEventId = State.Task.ScheduledEventId, Identity = WorkflowEngine.ServerIdentity, RequestId = NoRequestId,
                    HistorySizeBytes = State.HistorySizeBytes,
                },
            });
        }

        Append(tx, new()
        {
            EventType = EventType.WorkflowTaskFailed,
            WorkflowTaskFailedEventAttributes = new()
            {
                ScheduledEventId = State.Task.ScheduledEventId, StartedEventId = State.Task.StartedEventId, Cause = WorkflowTaskFailedCause.ResetWorkflow,
                Failure = new() { Message = order.Reason, ResetWorkflowFailureInfo = new() }, Identity = WorkflowEngine.ServerIdentity,
                BaseRunId = from.RunId, NewRunId = RunId,
            },
        });
        ApplyAgain(tx, order, after);
        foreach (var activity in State.Activities.Values)
        {
            activity.Attempts = new() { ScheduledAt = tx.Now, Stamp = engine.NextStamp() };
            tx.After(Enqueue(activity));
        }

        ScheduleTask(tx);
        ResumeEffects(tx);
    }

    private void ApplyAgain(Transition tx, ResetOrder order, List<HistoryEvent> after)
    {
        foreach (var e in after)
        {
            if (order.Signals && e.WorkflowExecutionSignaledEventAttributes is { } signal)
            {
                Append(tx, new() { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = signal.Clone() }, e.UserMetadata);
            }
            else if (order.Updates && RequestIn(e) is { } request && !State.Updates.ContainsKey(request.Meta.UpdateId))
            {
                Append(tx, new()
                {
                    EventType = EventType.WorkflowExecutionUpdateAdmitted,
                    WorkflowExecutionUpdateAdmittedEventAttributes = new() { Request = request.Clone(), Origin = UpdateAdmittedEventOrigin.Reapply },
                });
            }
        }

        foreach (var signal in order.Further)
        {
            Append(tx, new() { EventType = EventType.WorkflowExecutionSignaled, WorkflowExecutionSignaledEventAttributes = signal });
        }
    }

    private static Request? RequestIn(HistoryEvent e) =>
        e.WorkflowExecutionUpdateAcceptedEventAttributes?.AcceptedRequest ?? e.WorkflowExecutionUpdateAdmittedEventAttributes?.Request;
}
