using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>How a run that a schedule started, or the last run of its chain, ended.</summary>
internal sealed record ClosedRun(string WorkflowId, string FirstRunId, WorkflowExecutionStatus Status, Payloads? Result, Failure? Failure)
{
    /// <summary>Reads the end of a run.</summary>
    public static ClosedRun Of(Engine.Execution execution)
    {
        var end = execution.History[^1];
        return new(
            execution.WorkflowId, execution.FirstRunId, execution.State.Status, end.WorkflowExecutionCompletedEventAttributes?.Result,
            end.WorkflowExecutionFailedEventAttributes?.Failure);
    }
}
