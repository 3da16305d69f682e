using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Ccn.TemporalServer.Engine;

/// <content>The ways in which a run ends, and the run that may follow it.</content>
internal sealed partial class Execution
{
    private static readonly TimeSpan ShortestRunOfChain = TimeSpan.FromSeconds(1);

    /// <summary>The workflow itself ends the run. Not while events wait that it has not seen.</summary>
    private void CloseByCommand(Transition tx, Command command, Completion completion)
    {
        if (Buffer.Count > 0)
        {
            throw new BadCommand(Cause.UnhandledCommand, "");
        }

        switch (command.CommandType)
        {
            case CommandType.CompleteWorkflowExecution:
                Complete(tx, command, completion);
                break;
            case CommandType.FailWorkflowExecution:
                Fail(tx, command, completion);
                break;
            case CommandType.CancelWorkflowExecution:
                Append(
                    tx,
                    new()
                    {
                        EventType = EventType.WorkflowExecutionCanceled,
                        WorkflowExecutionCanceledEventAttributes = new()
                        {
                            Details = command.CancelWorkflowExecutionCommandAttributes.Details, WorkflowTaskCompletedEventId = completion.CompletedEventId,
                        },
                    },
                    command.UserMetadata);
                break;
            default:
                ContinueAsNew(tx, command, completion);
                break;
        }
    }

    private void Complete(Transition tx, Command command, Completion completion)
    {
        var result = command.CompleteWorkflowExecutionCommandAttributes.Result;
        CheckSize(Cause.BadScheduleActivityAttributes, result, "CompleteWorkflowExecutionCommandAttributes.Result");   // the cause is the real server's
        var next = NextCronRun(tx, result, null);
        Append(
            tx,
            new()
            {
                EventType = EventType.WorkflowExecutionCompleted,
                WorkflowExecutionCompletedEventAttributes = new()
                {
                    Result = result, WorkflowTaskCompletedEventId = completion.CompletedEventId, NewExecutionRunId = next?.Started.OriginalExecutionRunId ?? "",
                },
            },
            command.UserMetadata);
        completion.NextRun = next;
    }

    private void Fail(Transition tx, Command command, Completion completion)
    {
        var failure = command.FailWorkflowExecutionCommandAttributes.Failure;
        CheckSize(Cause.BadFailWorkflowExecutionAttributes, failure, "FailWorkflowExecutionCommandAttributes.Failure");
        var (next, state) = NextAfterFailure(tx, failure);
        Append(
            tx,
            new()
            {
                EventType = EventType.WorkflowExecutionFailed,
                WorkflowExecutionFailedEventAttributes = new()
                {
                    Failure = failure, RetryState = state, WorkflowTaskCompletedEventId = completion.CompletedEventId,
                    NewExecutionRunId = next?.Started.OriginalExecutionRunId ?? "",
                },
            },
            command.UserMetadata);
        completion.NextRun = next;
    }

    /// <summary>The next run gets what the command says; of this run only the time-outs stay, where the command has none.</summary>
    private void ContinueAsNew(Transition tx, Command command, Completion completion)
    {
        var asked = command.ContinueAsNewWorkflowExecutionCommandAttributes;
        CheckContinueAsNew(asked);
        var old = State.Started;
        var runId = Guid.NewGuid().ToString();
        var runTimeout = asked.WorkflowRunTimeout.OrZero() > TimeSpan.Zero ? asked.WorkflowRunTimeout.OrZero() : old.WorkflowRunTimeout.OrZero();
        var taskTimeout = asked.WorkflowTaskTimeout.OrZero() > TimeSpan.Zero ? asked.WorkflowTaskTimeout.OrZero() : old.WorkflowTaskTimeout.OrZero();
        var backoff = asked.BackoffStartInterval.OrZero();
        var continued = new WorkflowExecutionContinuedAsNewEventAttributes
        {
            NewExecutionRunId = runId, WorkflowType = asked.WorkflowType is { Name.Length: > 0 } type ? type : old.WorkflowType,
            TaskQueue = new() { Name = asked.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : QueueName, Kind = TaskQueueKind.Normal },
            Input = asked.Input, WorkflowRunTimeout = runTimeout.AsDuration(), WorkflowTaskTimeout = taskTimeout.AsDuration(),
            WorkflowTaskCompletedEventId = completion.CompletedEventId, BackoffStartInterval = asked.BackoffStartInterval, Initiator = asked.Initiator,
            Failure = asked.Failure, LastCompletionResult = asked.LastCompletionResult, Header = asked.Header, Memo = asked.Memo,
            SearchAttributes = ChildSearchAttributes(asked.SearchAttributes),
        };
        var next = NextStarted(runId, asked.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : asked.Initiator, 1, AtLeastOneSecondAfter(State.ExecutionTime, tx, backoff));
        (next.WorkflowType, next.TaskQueue, next.Input, next.Header) = (continued.WorkflowType, continued.TaskQueue, asked.Input, asked.Header);
        (next.WorkflowRunTimeout, next.WorkflowTaskTimeout) = (continued.WorkflowRunTimeout, continued.WorkflowTaskTimeout);
        (next.Memo, next.SearchAttributes) = (asked.Memo, continued.SearchAttributes);
        next.RetryPolicy = asked.RetryPolicy is null ? null : RetryDecision.WithDefaults(asked.RetryPolicy);
        next.CronSchedule = asked.CronSchedule;
        (next.ContinuedFailure, next.LastCompletionResult) = (asked.Failure, asked.LastCompletionResult);
        Append(tx, new() { EventType = EventType.WorkflowExecutionContinuedAsNew, WorkflowExecutionContinuedAsNewEventAttributes = continued }, command.UserMetadata);
        completion.NextRun = new(next, Guid.NewGuid().ToString());
    }

    private void CheckContinueAsNew(ContinueAsNewWorkflowExecutionCommandAttributes asked)
    {
        const Cause Bad = Cause.BadContinueAsNewAttributes;
        CheckSize(Bad, asked.Input, "ContinueAsNewWorkflowExecutionCommandAttributes. Input");
        CheckNames(Bad, ("WorkflowType", asked.WorkflowType?.Name ?? ""), ("taskQueue", asked.TaskQueue?.Name ?? ""));
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
    }

    /// <summary>Ends the run from outside: a started task is dropped, and what waits in the buffer comes before the end.</summary>
    public void Terminate(Transition tx, string reason, Payloads? details, string identity)
    {
        EndFromOutside(tx, reason, details, identity);
        Close(tx, null);
    }

    private void EndFromOutside(Transition tx, string reason, Payloads? details, string identity)
    {
        DropTask(tx);
        Append(tx, new()
        {
            EventType = EventType.WorkflowExecutionTerminated,
            WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity },
        });
    }

    /// <summary>The run lasted too long.</summary>
    private void TimeOut(Transition tx)
    {
        DropTask(tx);
        var failure = new Failure { Message = "workflow timeout", Source = "Server", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } };
        var chainEnd = State.Started.WorkflowExecutionExpirationTime?.ToDateTimeOffset();
        var (next, state) = chainEnd <= tx.Now ? (null, RetryState.Timeout) : NextAfterFailure(tx, failure);
        Append(tx, new()
        {
            EventType = EventType.WorkflowExecutionTimedOut,
            WorkflowExecutionTimedOutEventAttributes = new() { RetryState = state, NewExecutionRunId = next?.Started.OriginalExecutionRunId ?? "" },
        });
        Close(tx, next);
    }

    private void DropTask(Transition tx)
    {
        if (State.Task is { IsStarted: true } task)
        {
            WriteSpeculative(tx, task, WorkflowEngine.ServerIdentity);
            if (task.Kind == WorkflowTaskKind.Normal)
            {
                Append(tx, new()
                {
                    EventType = EventType.WorkflowTaskFailed,
                    WorkflowTaskFailedEventAttributes = new()
                    {
                        ScheduledEventId = task.ScheduledEventId, StartedEventId = task.StartedEventId, Cause = Cause.ForceCloseCommand,
                        Identity = WorkflowEngine.ServerIdentity,
                    },
                });
            }
        }

        State.Task = null;
        FlushBuffer(tx);
    }

    /// <summary>What follows the closing event: the next run, answers to those who wait, news for parent and children.</summary>
    private void Close(Transition tx, StartOrder? next)
    {
        Sticky = null;
        if (next is not null)
        {
            Create(tx, engine, next, next.Started.OriginalExecutionRunId).Begin(tx);
        }

        Updates.Close(tx);
        ReleaseQueries(tx);
        foreach (var child in State.Children.Values)
        {
            if (child.RunId.Length > 0 && child.Initiated.ParentClosePolicy != ParentClosePolicy.Abandon)
            {
                var (id, runId, policy) = (child.Initiated.WorkflowId, child.RunId, child.Initiated.ParentClosePolicy);
                tx.After(() => engine.Effects.ApplyParentClose(Ref, id, runId, policy));
            }
        }

        if (next is null)
        {
            tx.After(() => engine.OnClosed(this));
        }

        if (next is null && ClosingForParent() is { } closing)
        {
            tx.After(() => engine.Effects.TellParent(ParentRef, closing));
        }
    }

    /// <summary>What the parent is to be told; null for a run without one.</summary>
    public ChildClosing? ClosingForParent() => State.Started.ParentWorkflowExecution is null || State.IsOpen
        ? null
        : new(State.Started.ParentInitiatedEventId, FirstRunId, Name, History[^1]);

    /// <summary>The parent run.</summary>
    public RunRef ParentRef => new(State.Started.ParentWorkflowNamespaceId, State.Started.ParentWorkflowExecution.WorkflowId, State.Started.ParentWorkflowExecution.RunId);

    private (StartOrder? Next, RetryState State) NextAfterFailure(Transition tx, Failure failure)
    {
        var old = State.Started;
        var decision = RetryDecision.Decide(old.RetryPolicy, old.Attempt, failure, tx.Now, old.WorkflowExecutionExpirationTime?.ToDateTimeOffset());
        if (decision.Wait is { } wait)
        {
            var next = NextStarted(Guid.NewGuid().ToString(), ContinueAsNewInitiator.Retry, old.Attempt + 1, AtLeastOneSecondAfter(State.StartTime, tx, wait));
            CarryOver(next, failure, old.LastCompletionResult);
            return (new(next, Guid.NewGuid().ToString()) { UserMetadata = State.UserMetadata }, decision.State);
        }

        return (NextCronRun(tx, old.LastCompletionResult, failure), decision.State);
    }

    private StartOrder? NextCronRun(Transition tx, Payloads? result, Failure? failure)
    {
        var old = State.Started;
        if (old.CronSchedule.Length == 0)
        {
            return null;
        }

        // A retry's own backoff is no part of the schedule; every other backoff was.
        var since = old.Initiator == ContinueAsNewInitiator.Retry ? State.StartTime : State.ExecutionTime;
        var wait = CronSpec.Parse(old.CronSchedule).Wait(since, tx.Now);
        if (old.WorkflowExecutionExpirationTime?.ToDateTimeOffset() <= tx.Now + wait)
        {
            return null;
        }

        var next = NextStarted(Guid.NewGuid().ToString(), ContinueAsNewInitiator.CronSchedule, 1, wait);
        CarryOver(next, failure, result);
        return new(next, Guid.NewGuid().ToString()) { UserMetadata = State.UserMetadata };
    }

    /// <summary>A retry or cron run is started like the one before.</summary>
    private void CarryOver(WorkflowExecutionStartedEventAttributes next, Failure? failure, Payloads? lastResult)
    {
        var old = State.Started;
        (next.WorkflowType, next.TaskQueue, next.Input, next.Header) = (old.WorkflowType, old.TaskQueue, old.Input, old.Header);
        (next.WorkflowRunTimeout, next.WorkflowTaskTimeout) = (old.WorkflowRunTimeout, old.WorkflowTaskTimeout);
        (next.Memo, next.SearchAttributes) = (old.Memo, old.SearchAttributes);
        (next.RetryPolicy, next.CronSchedule) = (old.RetryPolicy, old.CronSchedule);
        (next.ContinuedFailure, next.LastCompletionResult) = (failure, lastResult);
    }

    /// <summary>What every next run of a chain has of the run before.</summary>
    private WorkflowExecutionStartedEventAttributes NextStarted(string runId, ContinueAsNewInitiator initiator, int attempt, TimeSpan backoff)
    {
        var old = State.Started;
        return new()
        {
            WorkflowId = WorkflowId, OriginalExecutionRunId = runId, FirstExecutionRunId = old.FirstExecutionRunId, ContinuedExecutionRunId = RunId,
            Initiator = initiator, Attempt = attempt, FirstWorkflowTaskBackoff = backoff.AsDuration(), Priority = State.Priority,
            WorkflowExecutionTimeout = old.WorkflowExecutionTimeout, WorkflowExecutionExpirationTime = old.WorkflowExecutionExpirationTime,
            ParentWorkflowNamespace = old.ParentWorkflowNamespace, ParentWorkflowNamespaceId = old.ParentWorkflowNamespaceId,
            ParentWorkflowExecution = old.ParentWorkflowExecution, ParentInitiatedEventId = old.ParentInitiatedEventId,
            RootWorkflowExecution = old.RootWorkflowExecution, PrevAutoResetPoints = ResetPointsForNext(),
        };
    }

    /// <summary>
    /// Chains do not spin: no run's first task comes earlier than a second after the run before; a continued one counts
    /// from the end of its backoff, a retried one from its start (as recorded of cron runs, whose backoff is long).
    /// </summary>
    private static TimeSpan AtLeastOneSecondAfter(DateTimeOffset start, Transition tx, TimeSpan wanted)
    {
        var rest = ShortestRunOfChain - (tx.Now - start);
        return wanted > rest ? wanted : rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
