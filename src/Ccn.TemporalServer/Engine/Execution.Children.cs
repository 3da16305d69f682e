using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Ccn.TemporalServer.Engine;

/// <content>Children and messages to other runs: what is asked for here, carried out by <see cref="CrossEffects"/>, and answered here.</content>
internal sealed partial class Execution
{
    private void InitiateChild(Transition tx, Command command, Completion completion)
    {
        var asked = command.StartChildWorkflowExecutionCommandAttributes;
        CheckChild(asked);
        var initiated = new StartChildWorkflowExecutionInitiatedEventAttributes
        {
            Namespace = engine.NamespaceName(NamespaceId), NamespaceId = NamespaceId, WorkflowId = asked.WorkflowId, WorkflowType = asked.WorkflowType,
            TaskQueue = new() { Name = asked.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : QueueName, Kind = TaskQueueKind.Normal },
            Input = asked.Input, WorkflowExecutionTimeout = NonZero(asked.WorkflowExecutionTimeout),
            WorkflowRunTimeout = ChildRunTimeout(asked).AsDuration(), WorkflowTaskTimeout = StartRules.TaskTimeout(asked.WorkflowTaskTimeout.OrZero(), ChildRunTimeout(asked)).AsDuration(),
            ParentClosePolicy = asked.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : asked.ParentClosePolicy,
            WorkflowIdReusePolicy = asked.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified ? WorkflowIdReusePolicy.AllowDuplicate : asked.WorkflowIdReusePolicy,
            RetryPolicy = asked.RetryPolicy is null ? null : RetryDecision.WithDefaults(asked.RetryPolicy), CronSchedule = asked.CronSchedule,
            Header = asked.Header, Memo = asked.Memo, SearchAttributes = ChildSearchAttributes(asked.SearchAttributes), Control = asked.Control,
            Priority = asked.Priority, WorkflowTaskCompletedEventId = completion.CompletedEventId,
        };
        var id = Append(tx, new() { EventType = EventType.StartChildWorkflowExecutionInitiated, StartChildWorkflowExecutionInitiatedEventAttributes = initiated }, command.UserMetadata).EventId;
        completion.Effects.Add(() => engine.Effects.StartChild(Ref, id));
    }

    private static TimeSpan ChildRunTimeout(StartChildWorkflowExecutionCommandAttributes asked)
    {
        var (execution, run) = (asked.WorkflowExecutionTimeout.OrZero(), asked.WorkflowRunTimeout.OrZero());
        return execution > TimeSpan.Zero && (run == TimeSpan.Zero || run > execution) ? execution : run;
    }

    private SearchAttributes? ChildSearchAttributes(SearchAttributes? asked)
    {
        try
        {
            return engine.CheckSearchAttributes(NamespaceId, asked);
        }
        catch (Wire.RpcFailure refused)
        {
            throw new BadCommand(Cause.BadSearchAttributes, refused.Message);
        }
    }

    private void CheckChild(StartChildWorkflowExecutionCommandAttributes asked)
    {
        const Cause Bad = Cause.BadStartChildExecutionAttributes;
        if (asked.WorkflowId.Length == 0)
        {
            throw new BadCommand(Bad, "Required field WorkflowId is not set on StartChildWorkflowExecutionCommand.");
        }

        if (asked.WorkflowType is not { Name.Length: > 0 })
        {
            throw new BadCommand(Bad, $"Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId={asked.WorkflowId}");
        }

        CheckNames(Bad, ("WorkflowId", asked.WorkflowId), ("WorkflowType", asked.WorkflowType.Name), ("taskQueue", asked.TaskQueue?.Name ?? ""));
        try
        {
            RetryDecision.Validate(asked.RetryPolicy);
            if (asked.CronSchedule.Length > 0)
            {
                CronSpec.Parse(asked.CronSchedule);
            }
        }
        catch (Wire.RpcFailure refused)
        {
            throw new BadCommand(Bad, refused.Message);
        }

        CheckSize(Bad, asked.Input, "StartChildWorkflowExecutionCommandAttributes.Input");
        CheckPending(Cause.PendingChildWorkflowsLimitExceeded, State.Children.Count, engine.Limits.PendingChildren, "pending child workflow executions");
    }

    private void InitiateSignal(Transition tx, Command command, Completion completion)
    {
        var asked = command.SignalExternalWorkflowExecutionCommandAttributes;
        if (asked.Execution is not { WorkflowId.Length: > 0 } || asked.SignalName.Length == 0)
        {
            throw new BadCommand(Cause.BadSignalWorkflowExecutionAttributes, "WorkflowId or SignalName is not set on SignalExternalWorkflowExecutionCommand.");
        }

        CheckNames(Cause.BadSignalWorkflowExecutionAttributes, ("WorkflowId", asked.Execution.WorkflowId), ("RunId", asked.Execution.RunId), ("SignalName", asked.SignalName));
        CheckSize(Cause.BadSignalWorkflowExecutionAttributes, asked.Input, "SignalExternalWorkflowExecutionCommandAttributes.Input");
        CheckPending(Cause.PendingSignalsLimitExceeded, State.ExternalSignals.Count, engine.Limits.PendingSignals, "pending signals to external workflows");
        var id = Append(
            tx,
            new()
            {
                EventType = EventType.SignalExternalWorkflowExecutionInitiated,
                SignalExternalWorkflowExecutionInitiatedEventAttributes = new()
                {
                    WorkflowTaskCompletedEventId = completion.CompletedEventId, Namespace = asked.Namespace, NamespaceId = engine.NamespaceIdOr(asked.Namespace, NamespaceId),
                    WorkflowExecution = asked.Execution, SignalName = asked.SignalName, Input = asked.Input, Control = asked.Control,
                    ChildWorkflowOnly = asked.ChildWorkflowOnly, Header = asked.Header,
                },
            },
            command.UserMetadata).EventId;
        completion.Effects.Add(() => engine.Effects.Signal(Ref, id));
    }

    private void InitiateCancel(Transition tx, Command command, Completion completion)
    {
        const Cause Bad = Cause.BadRequestCancelExternalWorkflowExecutionAttributes;
        var asked = command.RequestCancelExternalWorkflowExecutionCommandAttributes;
        if (asked.WorkflowId.Length == 0)
        {
            throw new BadCommand(Bad, "WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand.");
        }

        CheckNames(Bad, ("WorkflowId", asked.WorkflowId), ("RunId", asked.RunId));
        if (completion.Request.Commands.Any(c => c.StartChildWorkflowExecutionCommandAttributes?.WorkflowId == asked.WorkflowId))
        {
            throw new BadCommand(
                Bad,
                $"Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId={asked.WorkflowId} RunId={asked.RunId} Namespace={asked.Namespace}");
        }

        CheckPending(Cause.PendingRequestCancelLimitExceeded, State.ExternalCancels.Count, engine.Limits.PendingCancels, "pending requests to cancel external workflows");
        var id = Append(
            tx,
            new()
            {
                EventType = EventType.RequestCancelExternalWorkflowExecutionInitiated,
                RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
                {
                    WorkflowTaskCompletedEventId = completion.CompletedEventId, Namespace = asked.Namespace, NamespaceId = engine.NamespaceIdOr(asked.Namespace, NamespaceId),
                    WorkflowExecution = new() { WorkflowId = asked.WorkflowId, RunId = asked.RunId }, Control = asked.Control,
                    ChildWorkflowOnly = asked.ChildWorkflowOnly, Reason = asked.Reason,
                },
            },
            command.UserMetadata).EventId;
        completion.Effects.Add(() => engine.Effects.Cancel(Ref, id));
    }

    /// <summary>The child that an Initiated event asks for, if it is still to be started.</summary>
    public PendingChild? ChildToStart(long initiatedEventId) =>
        State.IsOpen && State.Children.TryGetValue(initiatedEventId, out var child) && child.NeedsStart ? child : null;

    /// <summary>A child was started.</summary>
    public void ChildStarted(Transition tx, long initiatedEventId, string childRunId)
    {
        if (ChildToStart(initiatedEventId) is not { } child)
        {
            return;
        }

        child.RunId = childRunId;
        Record(tx, StartedEvent(child));
    }

    /// <summary>A child could not be started: its ID is taken.</summary>
    public void ChildNotStarted(Transition tx, long initiatedEventId)
    {
        if (ChildToStart(initiatedEventId) is not { } child)
        {
            return;
        }

        var initiated = child.Initiated;
        Record(tx, new HistoryEvent
        {
            EventType = EventType.StartChildWorkflowExecutionFailed,
            StartChildWorkflowExecutionFailedEventAttributes = new()
            {
                Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId, WorkflowId = initiated.WorkflowId, WorkflowType = initiated.WorkflowType,
                Cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists, Control = initiated.Control, InitiatedEventId = initiatedEventId,
            },
        });
    }

    /// <summary>A child closed for good. Its start is recorded first where that was still under way.</summary>
    public void ChildClosed(Transition tx, ChildClosing closing)
    {
        if (!State.IsOpen || !State.Children.TryGetValue(closing.InitiatedEventId, out var child) || child.IsClosing)
        {
            return;
        }

        var end = closing.ToEvent(child.Initiated);
        if (child.NeedsStart)
        {
            child.RunId = closing.FirstRunId;
            Record(tx, StartedEvent(child), end);
        }
        else
        {
            Record(tx, end);
        }
    }

    /// <summary>A signal or a cancel request to another run was delivered, or could not be.</summary>
    public void ExternalAnswered(Transition tx, long initiatedEventId, bool delivered)
    {
        if (!State.IsOpen)
        {
            return;
        }

        if (State.ExternalSignals.TryGetValue(initiatedEventId, out var signal) && !signal.IsClosing)
        {
            Record(tx, SignalAnswer(initiatedEventId, signal.Initiated.SignalExternalWorkflowExecutionInitiatedEventAttributes, delivered));
        }
        else if (State.ExternalCancels.TryGetValue(initiatedEventId, out var cancel) && !cancel.IsClosing)
        {
            Record(tx, CancelAnswer(initiatedEventId, cancel.Initiated.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes, delivered));
        }
    }

    private HistoryEvent SignalAnswer(long id, SignalExternalWorkflowExecutionInitiatedEventAttributes asked, bool delivered) => delivered
        ? new()
        {
            EventType = EventType.ExternalWorkflowExecutionSignaled,
            ExternalWorkflowExecutionSignaledEventAttributes = new()
            {
                InitiatedEventId = id, Namespace = engine.NamespaceName(asked.NamespaceId), NamespaceId = asked.NamespaceId,
                WorkflowExecution = asked.WorkflowExecution, Control = asked.Control,
            },
        }
        : new()
        {
            EventType = EventType.SignalExternalWorkflowExecutionFailed,
            SignalExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound, InitiatedEventId = id,
                Namespace = engine.NamespaceName(asked.NamespaceId), NamespaceId = asked.NamespaceId, WorkflowExecution = asked.WorkflowExecution, Control = asked.Control,
            },
        };

    private HistoryEvent CancelAnswer(long id, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes asked, bool delivered) => delivered
        ? new()
        {
            EventType = EventType.ExternalWorkflowExecutionCancelRequested,
            ExternalWorkflowExecutionCancelRequestedEventAttributes = new()
            {
                InitiatedEventId = id, Namespace = engine.NamespaceName(asked.NamespaceId), NamespaceId = asked.NamespaceId, WorkflowExecution = asked.WorkflowExecution,
            },
        }
        : new()
        {
            EventType = EventType.RequestCancelExternalWorkflowExecutionFailed,
            RequestCancelExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound, InitiatedEventId = id,
                Namespace = engine.NamespaceName(asked.NamespaceId), NamespaceId = asked.NamespaceId, WorkflowExecution = asked.WorkflowExecution,
            },
        };

    private static HistoryEvent StartedEvent(PendingChild child) => new()
    {
        EventType = EventType.ChildWorkflowExecutionStarted,
        ChildWorkflowExecutionStartedEventAttributes = new()
        {
            Namespace = child.Initiated.Namespace, NamespaceId = child.Initiated.NamespaceId, InitiatedEventId = child.InitiatedEventId,
            WorkflowExecution = new() { WorkflowId = child.Initiated.WorkflowId, RunId = child.RunId },
            WorkflowType = child.Initiated.WorkflowType, Header = child.Initiated.Header,
        },
    };
}
