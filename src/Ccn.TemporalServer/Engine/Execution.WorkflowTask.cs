using Ccn.TemporalServer.Matching;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using TaskQueue = Temporalio.Api.TaskQueue.V1.TaskQueue;

namespace Ccn.TemporalServer.Engine;

/// <content>Workflow tasks: scheduling, failure and time-out. At most one is pending.</content>
internal sealed partial class Execution
{
    private static readonly TimeSpan SpeculativePatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StickyPollerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GrowingStep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTask = TimeSpan.FromMinutes(10);
    private const int GrowFromAttempt = 4;
    private const double GrowthJitter = 0.2;

    /// <summary>The queue of the worker that has the run in its cache; null for none.</summary>
    public StickyQueue? Sticky { get; private set; }

    /// <summary>True while the run waits for its start delay, cron time or retry interval.</summary>
    public bool IsInFirstBackoff(DateTimeOffset now) => !State.HadTask && State.Task is null && State.ExecutionTime > now;

    /// <summary>
    /// Schedules a workflow task unless one is pending or the run has to wait. From the second attempt on it is transient:
    /// nothing is written until it completes.
    /// </summary>
    public void ScheduleTask(Transition tx, bool endBackoff = false, DateTimeOffset? originalScheduledAt = null)
    {
        if (!State.IsOpen || State.Pause is not null || State.Task is not null || (IsInFirstBackoff(tx.Now) && !endBackoff))
        {
            return;
        }

        if (State.NextTaskAttempt > 1)
        {
            State.Task = UnwrittenTask(tx, WorkflowTaskKind.Transient, NormalQueue(), State.NextTaskAttempt);
            Change(tx);
        }
        else
        {
            AppendScheduled(tx, CurrentQueue(), 1, BaseTaskTimeout);
            State.Task!.OriginalScheduledAt = originalScheduledAt ?? tx.Now;
        }

        Dispatch(tx);
    }

    /// <summary>Schedules a task for waiting updates only: it leaves no trace unless it brings more than rejections.</summary>
    public void ScheduleSpeculativeTask(Transition tx)
    {
        if (!State.IsOpen || State.Pause is not null || State.Task is not null || IsInFirstBackoff(tx.Now))
        {
            return;
        }

        if (State.NextTaskAttempt > 1 || State.LastCompletedEventId == 0)
        {
            ScheduleTask(tx);
            return;
        }

        State.Task = UnwrittenTask(tx, WorkflowTaskKind.Speculative, CurrentQueue(), 1);
        ChangeLightly(tx);
        Dispatch(tx);
    }

    /// <summary>Writes the Scheduled event of a speculative task that waits: something else came, so it is an ordinary one now.</summary>
    public void MaterializeSpeculative(Transition tx)
    {
        if (State.Task is { Kind: WorkflowTaskKind.Speculative, IsStarted: false } task)
        {
            AppendScheduled(tx, task.Queue, 1, task.StartToClose);
        }
    }

    /// <summary>The task that a token names, if a worker still has it.</summary>
    public WorkflowTask RequireTask(TaskToken token) =>
        State.IsOpen && State.Task is { IsStarted: true } task
        && task.ScheduledEventId == token.ScheduledEventId && task.Attempt == token.Attempt && task.Stamp == token.Stamp
            ? task
            : throw Refusal.StaleWorkflowTask();

    /// <summary>The worker could not do the task, or the server refused what it answered.</summary>
    public void FailTask(Transition tx, WorkflowTask task, WorkflowTaskFailedEventAttributes failed)
    {
        WriteSpeculative(tx, task, failed.Identity);
        var wasTransient = task.Kind == WorkflowTaskKind.Transient;
        if (!wasTransient)
        {
            (failed.ScheduledEventId, failed.StartedEventId) = (task.ScheduledEventId, task.StartedEventId);
            Append(tx, new() { EventType = EventType.WorkflowTaskFailed, WorkflowTaskFailedEventAttributes = failed });
        }

        RepeatTask(tx, task, wasTransient);
    }

    /// <summary>The worker did not answer in time.</summary>
    public void TimeOutTask(Transition tx, WorkflowTask task)
    {
        WriteSpeculative(tx, task, "");
        var wasTransient = task.Kind == WorkflowTaskKind.Transient;
        if (!wasTransient)
        {
            AppendTaskTimedOut(tx, task, TimeoutType.StartToClose);
        }

        RepeatTask(tx, task, wasTransient);
    }

    /// <summary>Nobody took the task in time: the sticky worker is gone, or nobody cared for an update.</summary>
    public void TimeOutWaitingTask(Transition tx, WorkflowTask task)
    {
        WriteSpeculative(tx, task, "");
        Sticky = null;
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            AppendTaskTimedOut(tx, task, TimeoutType.ScheduleToStart);
        }
        else
        {
            State.Task = null;
        }

        ScheduleTask(tx);
    }

    /// <summary>Forgets the sticky worker: the next task goes to the normal queue.</summary>
    public void ClearSticky(Transition tx)
    {
        Sticky = null;
        Change(tx);
    }

    /// <summary>Writes what a speculative task left unwritten: something else came, so it is an ordinary one now.</summary>
    private void WriteSpeculative(Transition tx, WorkflowTask task, string identity)
    {
        if (task.Kind == WorkflowTaskKind.Speculative)
        {
            WriteUnwritten(tx, task, identity);
        }
    }

    /// <summary>Writes Scheduled and Started of a task that was not written so far, in the name of who made that necessary.</summary>
    private void WriteUnwritten(Transition tx, WorkflowTask task, string identity)
    {
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            return;
        }

        task.Identity = identity;
        var events = UnwrittenEvents(task);
        foreach (var e in task.IsStarted ? events : events.Take(1))
        {
            var at = e.EventTime;
            Append(tx, e).EventTime = at;
        }
    }

    private void RepeatTask(Transition tx, WorkflowTask task, bool wasTransient)
    {
        if (wasTransient)
        {
            State.Task = null;
            State.NextTaskAttempt = task.Attempt + 1;
        }

        Sticky = null;
        Updates.TakeBack();
        if (FlushBuffer(tx))
        {
            State.NextTaskAttempt = 1;
        }

        ScheduleTask(tx);
        Change(tx);
    }

    private void AppendTaskTimedOut(Transition tx, WorkflowTask task, TimeoutType type) => Append(tx, new()
    {
        EventType = EventType.WorkflowTaskTimedOut,
        WorkflowTaskTimedOutEventAttributes = new() { ScheduledEventId = task.ScheduledEventId, StartedEventId = task.StartedEventId, TimeoutType = type },
    });

    private void AppendScheduled(Transition tx, TaskQueue queue, int attempt, TimeSpan startToClose) => Append(tx, new()
    {
        EventType = EventType.WorkflowTaskScheduled,
        WorkflowTaskScheduledEventAttributes = new() { TaskQueue = queue, Attempt = attempt, StartToCloseTimeout = startToClose.AsDuration() },
    });

    private WorkflowTask UnwrittenTask(Transition tx, WorkflowTaskKind kind, TaskQueue queue, int attempt) => new()
    {
        Kind = kind, ScheduledEventId = State.NextEventId, Attempt = attempt, Queue = queue, StartToClose = TaskTimeout(attempt),
        ScheduledAt = tx.Now, OriginalScheduledAt = tx.Now,
    };

    private TimeSpan BaseTaskTimeout => State.Started.WorkflowTaskTimeout.OrZero();

    /// <summary>From the fourth attempt on workers get more and more time, with some jitter so that they do not fail in step.</summary>
    private TimeSpan TaskTimeout(int attempt)
    {
        if (attempt < GrowFromAttempt)
        {
            return BaseTaskTimeout;
        }

        var growth = GrowingStep * Math.Pow(2, Math.Min(attempt - GrowFromAttempt, 10));
#pragma warning disable CA5394 // jitter is no secret
        growth *= 1 - (Random.Shared.NextDouble() * GrowthJitter);
#pragma warning restore CA5394
        var timeout = BaseTaskTimeout + growth;
        return timeout < LongestTask ? timeout : LongestTask;
    }

    private TaskQueue NormalQueue() => new() { Name = QueueName, Kind = TaskQueueKind.Normal };

    private TaskQueue CurrentQueue() => Sticky is { } sticky
        ? new() { Name = sticky.Queue.Name, Kind = TaskQueueKind.Sticky, NormalName = QueueName }
        : NormalQueue();

    /// <summary>Queues the pending task once it is durable. A sticky queue that nobody polls is passed over.</summary>
    private void Dispatch(Transition tx)
    {
        var scheduledEventId = State.Task!.ScheduledEventId;
        var name = State.Task.IsSticky ? State.Task.Queue.Name : QueueName;
        var sticky = State.Task.IsSticky;
        tx.After(() =>
        {
            if (sticky && !engine.Queues.HasRecentPoller(new(NamespaceId, name, TaskQueueType.Workflow), StickyPollerWithin))
            {
                (sticky, name) = (false, QueueName);
            }

            engine.Queues.Add(new(NamespaceId, name, TaskQueueType.Workflow), poller => engine.StartWorkflowTaskAsync(Ref, scheduledEventId, poller, sticky));
        });
    }
}

/// <summary>A queue that one worker polls for the runs in its cache.</summary>
/// <param name="Queue">The queue, as the worker named it.</param>
/// <param name="ScheduleToStart">Time the worker has to take a task from it.</param>
internal sealed record StickyQueue(TaskQueue Queue, TimeSpan ScheduleToStart);
