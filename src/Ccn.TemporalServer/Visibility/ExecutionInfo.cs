using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>Shows a run as lists do: memo and search attributes are always there, what only closed runs have is not before.</summary>
internal static class ExecutionInfo
{
    /// <summary>The message for one run.</summary>
    public static WorkflowExecutionInfo Of(VisibilityHit hit)
    {
        var row = hit.Row;
        var info = new WorkflowExecutionInfo
        {
            Execution = new() { WorkflowId = hit.WorkflowId, RunId = hit.RunId },
            Type = new() { Name = row.WorkflowType },
            StartTime = Timestamp.FromDateTimeOffset(row.StartTime),
            ExecutionTime = Timestamp.FromDateTimeOffset(row.ExecutionTime),
            Status = row.Status,
            Memo = row.Memo ?? new Memo(),
            SearchAttributes = row.SearchAttributes ?? new SearchAttributes(),
            TaskQueue = row.TaskQueue,
            RootExecution = new() { WorkflowId = row.RootWorkflowId, RunId = row.RootRunId },
        };
        if (row.ParentWorkflowId is { } parent)
        {
            info.ParentExecution = new() { WorkflowId = parent, RunId = row.ParentRunId ?? "" };
        }

        if (row.CloseTime is { } close)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(close);
            info.ExecutionDuration = Duration.FromTimeSpan(close - row.ExecutionTime);
            info.HistoryLength = row.HistoryLength;
            info.HistorySizeBytes = row.HistorySizeBytes;
            info.StateTransitionCount = row.StateTransitionCount;
        }

        return info;
    }
}
