namespace Ccn.TemporalServer.Visibility;

/// <summary>What every run has by itself, with the types and the moments at which queries see it.</summary>
internal static class VisibilityColumns
{
    /// <summary>The value of one column; null when the run has none, or none yet. Counters exist once a run is closed.</summary>
    public static object? ValueOf(string name, VisibilityHit hit)
    {
        var row = hit.Row;
        return name switch
        {
            "WorkflowId" => hit.WorkflowId,
            "RunId" => hit.RunId,
            "WorkflowType" => row.WorkflowType,
            "TaskQueue" => row.TaskQueue,
            "ExecutionStatus" => (long)row.Status,
            "StartTime" => row.StartTime,
            "ExecutionTime" => row.ExecutionTime,
            "CloseTime" => row.CloseTime,
            "ExecutionDuration" => (row.CloseTime - row.ExecutionTime)?.Ticks * TimeSpan.NanosecondsPerTick,
            "HistoryLength" => row.CloseTime is null ? null : row.HistoryLength,
            "HistorySizeBytes" => row.CloseTime is null ? null : row.HistorySizeBytes,
            "StateTransitionCount" => row.CloseTime is null ? null : row.StateTransitionCount,
            "ParentWorkflowId" => row.ParentWorkflowId,
            "ParentRunId" => row.ParentRunId,
            "RootWorkflowId" => row.RootWorkflowId,
            "RootRunId" => row.RootRunId,
            _ => throw new NotSupportedException(name),
        };
    }
}
