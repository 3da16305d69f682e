using System.Globalization;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>Starts and ends runs in the name of a schedule.</summary>
internal sealed class ScheduleStarter(WorkflowEngine engine, string namespaceId, string scheduleId)
{
    private string Identity => $"temporal-scheduler-{engine.NamespaceName(namespaceId)}-{scheduleId}";

    /// <summary>Starts the run of one time; null when there is nothing to start, or it was started before for that time.</summary>
    /// <exception cref="RpcFailure">UNAVAILABLE: the start is to be tried again.</exception>
    public async Task<ScheduleActionResult?> StartAsync(ScheduleState state, BufferedStart start)
    {
        if (state.Schedule.Action?.StartWorkflow is not { } action)
        {
            return null;
        }

        try
        {
            var request = RequestOf(action, start, state.Schedule.Policies);
            request.SearchAttributes = Marked(action.SearchAttributes, start.Nominal);
            (request.LastCompletionResult, request.ContinuedFailure) = (state.LastResult, state.LastFailure);
            var started = await engine.StartAsync(namespaceId, StartRules.Check(engine, namespaceId, request));
            return new()
            {
                ScheduleTime = start.Nominal.AsTimestamp(), ActualTime = engine.Clock.GetUtcNow().AsTimestamp(),
                StartWorkflowResult = new() { WorkflowId = request.WorkflowId, RunId = started.RunId }, StartWorkflowStatus = WorkflowExecutionStatus.Running,
            };
        }
        catch (RpcFailure refused) when (refused.Code is StatusCode.AlreadyExists or StatusCode.InvalidArgument or StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Workflow ID of the run of one time.</summary>
    public static string WorkflowIdOf(NewWorkflowExecutionInfo action, BufferedStart start, SchedulePolicies policies) => policies.KeepOriginalWorkflowId
        ? action.WorkflowId
        : action.WorkflowId + start.Nominal.UtcDateTime.ToString("'-'yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How a run that was started ended; null while it is open.</summary>
    public Task<ClosedRun?> ClosedRunAsync(WorkflowExecution started) => engine.TransitAsync(namespaceId, started.WorkflowId, "", (slot, _) =>
        slot.Current is not { } current || current.FirstRunId != started.RunId
            ? new ClosedRun(started.WorkflowId, started.RunId, WorkflowExecutionStatus.Unspecified, null, null)   // deleted, or another one came
            : current.State.IsOpen ? null : ClosedRun.Of(current));

    /// <summary>Asks a run to cancel.</summary>
    public Task CancelAsync(WorkflowExecution running) => OnOpenAsync(running, (execution, tx) =>
        execution.RequestCancel(tx, new() { Cause = "cancelled by schedule overlap policy", Identity = Identity }));

    /// <summary>Ends a run.</summary>
    public Task TerminateAsync(WorkflowExecution running) => OnOpenAsync(running, (execution, tx) =>
        execution.Terminate(tx, "terminated by schedule overlap policy", null, Identity));

    private Task<bool> OnOpenAsync(WorkflowExecution running, Action<Engine.Execution, Transition> change) => engine.TransitAsync(namespaceId, running.WorkflowId, "", (slot, tx) =>
    {
        if (slot.Current is { State.IsOpen: true } current && current.FirstRunId == running.RunId)
        {
            change(current, tx);
        }

        return true;
    });

    private StartWorkflowExecutionRequest RequestOf(NewWorkflowExecutionInfo action, BufferedStart start, SchedulePolicies policies) => new()
    {
        Namespace = engine.NamespaceName(namespaceId), WorkflowId = WorkflowIdOf(action, start, policies),
        WorkflowType = action.WorkflowType, TaskQueue = action.TaskQueue, Input = action.Input, WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
        WorkflowRunTimeout = action.WorkflowRunTimeout, WorkflowTaskTimeout = action.WorkflowTaskTimeout, Identity = Identity, RequestId = start.RequestId,
        WorkflowIdReusePolicy = policies.KeepOriginalWorkflowId ? WorkflowIdReusePolicy.AllowDuplicate : WorkflowIdReusePolicy.RejectDuplicate,
        RetryPolicy = action.RetryPolicy, Memo = action.Memo, Header = action.Header, UserMetadata = action.UserMetadata, Priority = action.Priority,
        VersioningOverride = action.VersioningOverride,
    };

    /// <summary>The attributes of the action, and those by which runs of schedules are found.</summary>
    private SearchAttributes Marked(SearchAttributes? asked, DateTimeOffset nominal)
    {
        var attributes = asked?.Clone() ?? new();
        attributes.IndexedFields["TemporalScheduledById"] = PayloadForms.Json(scheduleId);
        attributes.IndexedFields["TemporalScheduledStartTime"] = PayloadForms.Json(nominal.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return attributes;
    }
}
