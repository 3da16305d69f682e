using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>What a client may ask for when it starts a workflow, and what is filled in where it says nothing.</summary>
internal static class StartRules
{
    private static readonly TimeSpan DefaultTaskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestTaskTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Checks a request and turns it into an order.</summary>
    public static StartOrder Check(WorkflowEngine engine, string namespaceId, StartWorkflowExecutionRequest request)
    {
        Names.Require("WorkflowId", request.WorkflowId, engine.Limits);
        if (request.WorkflowType is not { Name.Length: > 0 })
        {
            throw Refusal.Invalid("WorkflowType is not set on request.");
        }

        Names.Check("WorkflowType", request.WorkflowType.Name, engine.Limits);
        CheckQueue(request.TaskQueue, engine.Limits);
        Names.Check("RequestId", request.RequestId, engine.Limits);
        CheckTimes(request);
        RetryDecision.Validate(request.RetryPolicy);
        CheckPolicies(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy);
        if (request.TimeSkippingConfig is not null)
        {
            throw new Wire.RpcFailure(Grpc.Core.StatusCode.Unimplemented, "The Time-Skipping feature is not enabled for namespace.");
        }

        CheckOverride(request.VersioningOverride, request.TaskQueue.Name);
        if (request.Priority is { PriorityKey: < 0 })
        {
            throw Refusal.Invalid("priority key can't be negative");
        }

        if (request.CronSchedule.Length > 0)
        {
            CronSpec.Parse(request.CronSchedule);
        }

        CheckSize(request.Input, engine.Limits);
        if (request.Memo.SizeOrZero() > engine.Limits.MemoBytes)
        {
            throw Refusal.Invalid("Memo size exceeds limit.");
        }

        var attributes = engine.CheckSearchAttributes(namespaceId, request.SearchAttributes);
        return new(Started(request, attributes), request.RequestId.Length > 0 ? request.RequestId : Guid.NewGuid().ToString())
        {
            UserMetadata = request.UserMetadata, Reuse = request.WorkflowIdReusePolicy, Conflict = request.WorkflowIdConflictPolicy,
            AttachRequestId = request.OnConflictOptions?.AttachRequestId ?? false, Eager = request.RequestEagerExecution,
        };
    }

    /// <summary>Refuses a payload above the limit.</summary>
    public static void CheckSize(Payloads? payloads, EngineLimits limits)
    {
        if (payloads.SizeOrZero() > limits.BlobBytes)
        {
            throw Refusal.Invalid("Blob data size exceeds limit.");
        }
    }

    /// <summary>Refuses a task queue that nobody could poll.</summary>
    public static void CheckQueue(TaskQueue? queue, EngineLimits limits)
    {
        var problem = queue is null ? "taskQueue is not set"
            : queue.Name.Length == 0 ? "missing task queue name"
            : queue.Name.StartsWith("/_sys/", StringComparison.Ordinal) ? "task queue name cannot start with reserved prefix /_sys/"
            : null;
        if (problem is not null)
        {
            throw Refusal.Invalid(problem);
        }

        Names.Check("taskQueue", queue!.Name, limits);
    }

    /// <summary>Refuses to pin a run to a version: no worker deployment is known here, so it would wait for its worker for ever.</summary>
    public static void CheckOverride(VersioningOverride? wanted, string queue)
    {
        if (wanted is { HasAutoUpgrade: false })
        {
            throw Refusal.Precondition($"Pinned version '{VersionOf(wanted)}' is not present in task queue '{queue}' of type 'Workflow'");
        }
    }

    /// <summary>Refuses combinations of policies that contradict each other.</summary>
    public static void CheckPolicies(WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict)
    {
        if (reuse == WorkflowIdReusePolicy.TerminateIfRunning && conflict != WorkflowIdConflictPolicy.Unspecified)
        {
            throw Refusal.Invalid(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy");
        }

        if (reuse == WorkflowIdReusePolicy.RejectDuplicate && conflict == WorkflowIdConflictPolicy.TerminateExisting)
        {
            throw Refusal.Invalid(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING");
        }
    }

    /// <summary>Time a worker has for a task: 10 s unless asked otherwise, at most 120 s and never longer than the run.</summary>
    public static TimeSpan TaskTimeout(TimeSpan asked, TimeSpan run)
    {
        var timeout = asked == TimeSpan.Zero ? DefaultTaskTimeout : asked < LongestTaskTimeout ? asked : LongestTaskTimeout;
        return run > TimeSpan.Zero && timeout > run ? run : timeout;
    }

    private static string VersionOf(VersioningOverride pinned) =>
        pinned.Pinned?.Version is { } version ? $"{version.DeploymentName}:{version.BuildId}"
#pragma warning disable CS0612 // older clients set this field
        : pinned.PinnedVersion;
#pragma warning restore CS0612

    private static void CheckTimes(StartWorkflowExecutionRequest request)
    {
        static void NotNegative(Google.Protobuf.WellKnownTypes.Duration? duration, string field)
        {
            if (duration is { Seconds: < 0 } or { Nanos: < 0 })
            {
                throw Refusal.Invalid($"An invalid {field} is set on request. cause: negative duration");
            }
        }

        NotNegative(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds");
        NotNegative(request.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds");
        NotNegative(request.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");
        if (request.CronSchedule.Length > 0 && request.WorkflowStartDelay.OrZero() > TimeSpan.Zero)
        {
            throw Refusal.Invalid("CronSchedule and WorkflowStartDelay may not be used together.");
        }

        NotNegative(request.WorkflowStartDelay, "WorkflowStartDelaySeconds");
    }

    /// <summary>The first event. What is not set stays absent in it.</summary>
    private static WorkflowExecutionStartedEventAttributes Started(StartWorkflowExecutionRequest request, SearchAttributes? attributes)
    {
        var (execution, run) = (request.WorkflowExecutionTimeout.OrZero(), request.WorkflowRunTimeout.OrZero());
        if (execution > TimeSpan.Zero && (run == TimeSpan.Zero || run > execution))
        {
            run = execution;
        }

        return new()
        {
            WorkflowId = request.WorkflowId, WorkflowType = request.WorkflowType,
            TaskQueue = new() { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Input = request.Input, Header = request.Header, Identity = request.Identity, Priority = request.Priority,
            WorkflowExecutionTimeout = execution > TimeSpan.Zero ? execution.AsDuration() : null,
            WorkflowRunTimeout = run > TimeSpan.Zero ? run.AsDuration() : null,
            WorkflowTaskTimeout = TaskTimeout(request.WorkflowTaskTimeout.OrZero(), run).AsDuration(),
            RetryPolicy = request.RetryPolicy is null ? null : RetryDecision.WithDefaults(request.RetryPolicy),
            CronSchedule = request.CronSchedule, Memo = request.Memo, SearchAttributes = attributes,
            ContinuedFailure = request.ContinuedFailure, LastCompletionResult = request.LastCompletionResult,
            FirstWorkflowTaskBackoff = request.WorkflowStartDelay, VersioningOverride = request.VersioningOverride,
        };
    }
}
