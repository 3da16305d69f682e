using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Execution = Ccn.TemporalServer.Engine.Execution;

namespace Ccn.TemporalServer.Frontend;

/// <summary>The RPC that shows where a run stands.</summary>
internal sealed class DescribeHandlers(WorkflowEngine engine)
{
    // How the real server writes "no instant" (the zero time of its language).
    private static readonly Timestamp NoInstant = new() { Seconds = -62_135_596_800 };

    public Task<DescribeWorkflowExecutionResponse> DescribeWorkflowExecution(DescribeWorkflowExecutionRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.Execution);
        return engine.ReadAsync(run, Describe);
    }

    private static DescribeWorkflowExecutionResponse Describe(Execution execution)
    {
        var state = execution.State;
        var answer = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = new()
            {
                TaskQueue = state.Started.TaskQueue, WorkflowExecutionTimeout = state.Started.WorkflowExecutionTimeout, WorkflowRunTimeout = state.Started.WorkflowRunTimeout,
                DefaultWorkflowTaskTimeout = state.Started.WorkflowTaskTimeout, UserMetadata = state.UserMetadata,
            },
            WorkflowExecutionInfo = Info(execution),
            WorkflowExtendedInfo = Extended(execution),
        };
        if (!state.IsOpen)
        {
            return answer;
        }

        answer.PendingActivities.AddRange(state.Activities.Values.Where(a => !a.IsClosing).Select(a => Activity(execution, a)));
        answer.PendingChildren.AddRange(state.Children.Values.Where(c => !c.IsClosing).Select(c => new PendingChildExecutionInfo
        {
            WorkflowId = c.Initiated.WorkflowId, RunId = c.RunId, WorkflowTypeName = c.Initiated.WorkflowType.Name, InitiatedId = c.InitiatedEventId,
            ParentClosePolicy = c.Initiated.ParentClosePolicy,
        }));
        answer.PendingWorkflowTask = state.Task is not { } task ? null : new()
        {
            State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled, Attempt = task.Attempt,
            ScheduledTime = task.ScheduledAt.AsTimestamp(), OriginalScheduledTime = task.OriginalScheduledAt.AsTimestamp(), StartedTime = task.StartedAt?.AsTimestamp(),
        };
        return answer;
    }

    private static WorkflowExecutionInfo Info(Execution execution)
    {
        var state = execution.State;
        var started = state.Started;
        return new()
        {
            Execution = execution.Name, Type = started.WorkflowType, StartTime = state.StartTime.AsTimestamp(), CloseTime = state.CloseTime?.AsTimestamp(),
            Status = state.Status, HistoryLength = execution.History.Count, ExecutionTime = state.ExecutionTime.AsTimestamp(),
            ParentNamespaceId = started.ParentWorkflowNamespaceId, ParentExecution = started.ParentWorkflowExecution,
            Memo = new() { Fields = { state.Memo } },
            SearchAttributes = execution.SearchAttributes(),
            AutoResetPoints = execution.AllResetPoints() ?? new(), TaskQueue = execution.QueueName, StateTransitionCount = execution.TransitionCount,
            HistorySizeBytes = state.HistorySizeBytes, MostRecentWorkerVersionStamp = state.WorkerVersion,
            ExecutionDuration = state.CloseTime is { } closed ? (closed - state.ExecutionTime is { Ticks: > 0 } span ? span : TimeSpan.Zero).AsDuration() : null,
            RootExecution = started.RootWorkflowExecution ?? execution.Name, FirstRunId = execution.FirstRunId, Priority = state.Priority,
            VersioningInfo = state.HadVersioningOverride ? new() { VersioningOverride = state.VersioningOverride } : null,
        };
    }

    private static WorkflowExecutionExtendedInfo Extended(Execution execution)
    {
        var state = execution.State;
        var info = new WorkflowExecutionExtendedInfo
        {
            ExecutionExpirationTime = state.Started.WorkflowExecutionExpirationTime,
            RunExpirationTime = state.RunExpiresAt?.AsTimestamp() ?? NoInstant,
            CancelRequested = state.IsCancelRequested
                || execution.Buffer.Exists(e => e.EventType == EventType.WorkflowExecutionCancelRequested),
            OriginalStartTime = state.OriginalStartTime.AsTimestamp(), LastResetTime = state.ResetTime?.AsTimestamp(), ResetRunId = execution.ResetRunId,
            PauseInfo = state.Pause is { } pause ? new() { Identity = pause.Identity, PausedTime = pause.At.AsTimestamp(), Reason = pause.Reason } : null,
        };
        info.RequestIdInfos[execution.StartRequestId] = new() { EventType = EventType.WorkflowExecutionStarted, EventId = 1 };
        foreach (var (id, origin) in state.AttachedRequestIds)
        {
            info.RequestIdInfos[id] = new() { EventType = origin.EventType, EventId = origin.EventId };
        }

        return info;
    }

    private static PendingActivityInfo Activity(Execution execution, PendingActivity activity)
    {
        var (attempts, scheduled) = (activity.Attempts, activity.Scheduled);
        var isWaiting = attempts is { Phase: AttemptPhase.Backoff, Pause: null };
        return new()
        {
            ActivityId = scheduled.ActivityId, ActivityType = scheduled.ActivityType,
            State = activity.IsCancelRequested ? PendingActivityState.CancelRequested
                : attempts.Pause is not null ? attempts.Phase == AttemptPhase.Started ? PendingActivityState.PauseRequested : PendingActivityState.Paused
                : attempts.Phase == AttemptPhase.Started ? PendingActivityState.Started : PendingActivityState.Scheduled,
            HeartbeatDetails = attempts.Heartbeat, LastHeartbeatTime = attempts.HeartbeatAt?.AsTimestamp(), LastStartedTime = attempts.Phase == AttemptPhase.Started ? attempts.StartedAt?.AsTimestamp() : null,
            Attempt = attempts.Attempt, MaximumAttempts = scheduled.RetryPolicy.MaximumAttempts, ScheduledTime = attempts.ScheduledAt.AsTimestamp(),
            ExpirationTime = activity.ExpiresAt?.AsTimestamp(), LastFailure = attempts.LastFailure, LastWorkerIdentity = attempts.Identity,
            CurrentRetryInterval = attempts.Pause is null ? attempts.RetryInterval?.AsDuration() : null, LastAttemptCompleteTime = attempts.LastEndedAt?.AsTimestamp(),
            NextAttemptScheduleTime = isWaiting ? attempts.ScheduledAt.AsTimestamp() : null, LastWorkerVersionStamp = attempts.WorkerVersion,
            Priority = scheduled.Priority, Paused = attempts.Pause is not null,
            PauseInfo = attempts.Pause is { } pause
                ? new() { PauseTime = pause.At.AsTimestamp(), Manual = new() { Identity = pause.Identity, Reason = pause.Reason } }
                : null,
            ActivityOptions = new()
            {
                TaskQueue = new() { Name = scheduled.TaskQueue.Name, NormalName = scheduled.TaskQueue.Name },
                ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout, ScheduleToStartTimeout = scheduled.ScheduleToStartTimeout,
                StartToCloseTimeout = scheduled.StartToCloseTimeout, HeartbeatTimeout = scheduled.HeartbeatTimeout, RetryPolicy = scheduled.RetryPolicy,
            },
        };
    }
}
