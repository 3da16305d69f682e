using Ccn.TemporalServer.Matching;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>The answer of a worker to a workflow task.</content>
internal sealed partial class Execution
{
    private static readonly TimeSpan HeartbeatChainLimit = TimeSpan.FromMinutes(30);

    /// <summary>Carries out what the worker decided, or fails the task when that cannot be done.</summary>
    public RespondWorkflowTaskCompletedResponse CompleteTask(Transition tx, WorkflowTask task, RespondWorkflowTaskCompletedRequest request)
    {
        CheckCommandOrder(request);
        if (request.ForceCreateNewWorkflowTask && tx.Now - task.OriginalScheduledAt > HeartbeatChainLimit)
        {
            TimeOutTask(tx, task);
            tx.Refusal = Refusal.NotFound("workflow task heartbeat timeout");
            return new();
        }

        if (BringsNothing(task, request))
        {
            return DropSpeculativeTask(tx, request);
        }

        var attempts = State.Activities.ToDictionary(a => a.Key, a => a.Value.Attempts);
        var undo = new Undo(History.Count, attempts, Sticky, task, [.. Buffer]);
        var completion = new Completion(request);
        try
        {
            WriteUnwritten(tx, task, request.Identity);
            AppendCompleted(tx, task, request, completion);
            Apply(tx, completion);
        }
        catch (BadCommand bad)
        {
            Restore(undo);
            FailByServer(tx, bad, request.Identity);
            return new();
        }

        foreach (var effect in completion.Effects)
        {
            tx.After(effect);
        }

        foreach (var rejection in completion.Rejections)
        {
            Updates.Reject(tx, rejection);
        }

        foreach (var (id, outcome) in completion.CompletedUpdates)
        {
            tx.After(Updates.Completed(id, outcome));
        }

        AnswerQueries(tx, request);
        return Conclude(tx, task, completion);
    }

    /// <summary>A command that closes the run must be the last one; otherwise the task simply stays with the worker.</summary>
    private static void CheckCommandOrder(RespondWorkflowTaskCompletedRequest request)
    {
        for (var i = 0; i < request.Commands.Count - 1; i++)
        {
            if (IsClose(request.Commands[i]))
            {
                var names = string.Join(", ", request.Commands.Select(c => c.CommandType));
                throw Refusal.Invalid($"invalid command sequence: [{names}], command {request.Commands[i].CommandType} must be the last command.");
            }
        }
    }

    private static bool IsClose(Command command) => command.CommandType is CommandType.CompleteWorkflowExecution
        or CommandType.FailWorkflowExecution or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    /// <summary>
    /// True for a task made for updates only that brings nothing but rejections (or says nothing about them), and in which
    /// the worker saw nothing new either: what it saw must be marked by a written task.
    /// </summary>
    private bool BringsNothing(WorkflowTask task, RespondWorkflowTaskCompletedRequest request) =>
        task.Kind == WorkflowTaskKind.Speculative && task.ScheduledEventId == State.LastCompletedEventId + 1 && request.Commands.Count == 0 && Buffer.Count == 0 && !request.ForceCreateNewWorkflowTask
        && request.Messages.All(m => m.Body.Is(Temporalio.Api.Update.V1.Rejection.Descriptor));

    private RespondWorkflowTaskCompletedResponse DropSpeculativeTask(Transition tx, RespondWorkflowTaskCompletedRequest request)
    {
        State.Task = null;
        SetSticky(request);
        foreach (var message in request.Messages)
        {
            Updates.Reject(tx, message);
        }

        Updates.RejectUnanswered(tx);
        AnswerQueries(tx, request);
        ChangeLightly(tx);
        var answer = new RespondWorkflowTaskCompletedResponse { ResetHistoryEventId = State.LastStartedEventId };
        ScheduleForUpdates(tx);
        GiveNextTask(tx, request, answer);
        ReleaseQueries(tx);
        return answer;
    }

    private void AppendCompleted(Transition tx, WorkflowTask task, RespondWorkflowTaskCompletedRequest request, Completion completion)
    {
        SetSticky(request);
        completion.CompletedEventId = Append(tx, new()
        {
            EventType = EventType.WorkflowTaskCompleted,
            WorkflowTaskCompletedEventAttributes = new()
            {
                ScheduledEventId = task.ScheduledEventId, StartedEventId = task.StartedEventId, Identity = request.Identity,
                SdkMetadata = request.SdkMetadata, MeteringMetadata = request.MeteringMetadata,
                WorkerVersion = request.WorkerVersionStamp, BinaryChecksum = request.BinaryChecksum,
            },
        }).EventId;
    }

    private void SetSticky(RespondWorkflowTaskCompletedRequest request) =>
        Sticky = request.StickyAttributes is { WorkerTaskQueue.Name.Length: > 0 } sticky
            ? new(sticky.WorkerTaskQueue, sticky.ScheduleToStartTimeout.OrZero())
            : null;

    /// <summary>Commands in order, messages where a command refers to them, the other messages at the end.</summary>
    private void Apply(Transition tx, Completion completion)
    {
        foreach (var command in completion.Request.Commands)
        {
            ApplyCommand(tx, command, completion);
        }

        foreach (var message in completion.Request.Messages)
        {
            // A closed run takes no more events, but what its worker rejected is rejected.
            if (completion.Handled.Add(message.Id) && (State.IsOpen || message.Body.Is(Temporalio.Api.Update.V1.Rejection.Descriptor)))
            {
                ApplyMessage(tx, message, completion);
            }
        }
    }

    /// <summary>Takes back everything since the task was answered: the state is derived anew from the events before.</summary>
    private void Restore(Undo undo)
    {
        History.RemoveRange(undo.Events, History.Count - undo.Events);
        State = ExecutionState.Rebuild(History);
        foreach (var (id, activity) in State.Activities)
        {
            activity.Attempts = undo.Attempts[id];
        }

        Buffer.Clear();
        foreach (var e in undo.Buffer)
        {
            Buffer.Add(e);
            MarkBuffered(e);
        }

        Sticky = undo.Sticky;
        State.Task = undo.Task;
        (undo.Task.Kind, undo.Task.StartedAt) = (undo.KindBefore, undo.StartedBefore);   // what was unwritten is so again
    }

    private void FailByServer(Transition tx, BadCommand bad, string identity)
    {
        var task = State.Task!;
        var isUnhandled = bad.Cause == WorkflowTaskFailedCause.UnhandledCommand;
        tx.Refusal = Refusal.Invalid(bad.Message);
        if (task.Attempt > 1 && !isUnhandled && !bad.TerminatesRun)
        {
            return;   // nothing is written, and the worker gets the task again only after its time-out
        }

        FailTask(tx, task, new()
        {
            Cause = bad.Cause, Identity = identity,
            Failure = new() { Message = bad.Message, ServerFailureInfo = new() },
        });
        if (bad.TerminatesRun)
        {
            Terminate(tx, bad.Message, null, WorkflowEngine.ServerIdentity);
        }
    }

    private RespondWorkflowTaskCompletedResponse Conclude(Transition tx, WorkflowTask task, Completion completion)
    {
        var answer = new RespondWorkflowTaskCompletedResponse();
        if (!State.IsOpen)
        {
            Close(tx, completion.NextRun);
            return answer;
        }

        Updates.RejectUnanswered(tx);
        var hadBuffered = FlushBuffer(tx);
        if (completion.Request.ForceCreateNewWorkflowTask && !hadBuffered)
        {
            ScheduleTask(tx, originalScheduledAt: task.OriginalScheduledAt);
        }
        else if (hadBuffered || completion.NeedsTask)
        {
            ScheduleTask(tx);
        }
        else
        {
            ScheduleForUpdates(tx);
        }

        foreach (var activity in completion.EagerActivities)
        {
            if (StartActivity(tx, activity.ScheduledEventId, activity.Attempts.Stamp, EagerPoller(completion.Request)) is { } started)
            {
                answer.ActivityTasks.Add(started);
            }
        }

        GiveNextTask(tx, completion.Request, answer);
        ReleaseQueries(tx);
        return answer;
    }

    private static PollerIdentity EagerPoller(RespondWorkflowTaskCompletedRequest request) =>
        new(request.Identity, BuildId: request.WorkerVersionStamp?.BuildId ?? "");

    /// <summary>Gives the next task with the answer when the worker can take it: it has the run in its cache.</summary>
    private void GiveNextTask(Transition tx, RespondWorkflowTaskCompletedRequest request, RespondWorkflowTaskCompletedResponse answer)
    {
        if (request.ReturnNewWorkflowTask && State.Task is { IsStarted: false } next)
        {
            answer.WorkflowTask = StartTask(tx, next.ScheduledEventId, EagerPoller(request), sticky: true, "request-from-RespondWorkflowTaskCompleted");
        }
    }

    /// <summary>What is gathered while the commands of one task are carried out.</summary>
    private sealed class Completion(RespondWorkflowTaskCompletedRequest request)
    {
        public RespondWorkflowTaskCompletedRequest Request { get; } = request;

        public long CompletedEventId { get; set; }

        /// <summary>Messages that were carried out already.</summary>
        public HashSet<string> Handled { get; } = new(StringComparer.Ordinal);

        public List<PendingActivity> EagerActivities { get; } = [];

        /// <summary>Updates that got their outcome.</summary>
        public List<(string Id, Temporalio.Api.Update.V1.Outcome Outcome)> CompletedUpdates { get; } = [];

        /// <summary>Updates that the worker rejected; no event tells of them.</summary>
        public List<Temporalio.Api.Protocol.V1.Message> Rejections { get; } = [];

        /// <summary>What happens after the commit; dropped when the task is undone.</summary>
        public List<Action> Effects { get; } = [];

        /// <summary>The run that follows this one.</summary>
        public StartOrder? NextRun { get; set; }

        /// <summary>True when something ended at once, so that a task must follow.</summary>
        public bool NeedsTask { get; set; }
    }

    private sealed record Undo(
        int Events, Dictionary<long, ActivityAttempts> Attempts, StickyQueue? Sticky, WorkflowTask Task, List<Temporalio.Api.History.V1.HistoryEvent> Buffer)
    {
        public WorkflowTaskKind KindBefore { get; } = Task.Kind;

        public DateTimeOffset? StartedBefore { get; } = Task.StartedAt;
    }
}
