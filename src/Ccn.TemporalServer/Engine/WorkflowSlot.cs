namespace Ccn.TemporalServer.Engine;

/// <summary>
/// The runs of one workflow ID that are in memory, and the lock under which they change. The lock is per workflow ID, not
/// per run, because a chain's runs follow each other in one transition and a start must see the run before.
/// </summary>
internal sealed class WorkflowSlot(string namespaceId, string workflowId)
{
    /// <summary>Namespace id.</summary>
    public string NamespaceId { get; } = namespaceId;

    /// <summary>Workflow ID.</summary>
    public string WorkflowId { get; } = workflowId;

    /// <summary>Held while runs are read or changed; never across an await, and never together with another slot's.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Held while runs are loaded from the store.</summary>
    public SemaphoreSlim Loading { get; } = new(1, 1);

    /// <summary>Runs in memory, by run ID.</summary>
    public Dictionary<string, Execution> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>The current run; null when there is none.</summary>
    public Execution? Current { get; set; }

    /// <summary>True once the store was asked for the current run.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>True when the slot was dropped from memory: whoever still holds it must look it up again.</summary>
    public bool IsDropped { get; set; }

    /// <summary>When the slot was last asked for, in milliseconds since the machine started.</summary>
    public long LastUsed { get; set; } = Environment.TickCount64;

    /// <summary>The last commit that was queued.</summary>
    public Task LastCommit { get; set; } = Task.CompletedTask;

    /// <summary>The run with that ID, or the current one when none is named; null when it does not exist.</summary>
    public Execution? Find(string runId) => runId.Length == 0 ? Current : Runs.GetValueOrDefault(runId);

    /// <summary>The run that a request means; refuses an unknown one.</summary>
    /// <param name="runId">Run ID; empty for the current run.</param>
    /// <param name="firstRunId">First run of the chain: when given, the current run is meant if it belongs to that chain.</param>
    public Execution Require(string runId, string firstRunId = "")
    {
        if (firstRunId.Length > 0)
        {
            return Current is { } current && current.FirstRunId == firstRunId
                ? current
                : throw Refusal.NotFound("workflow execution not found");
        }

        return Find(runId) ?? throw Refusal.UnknownRun(WorkflowId, runId);
    }

    /// <summary>The run that a request means; refuses an unknown or closed one.</summary>
    public Execution RequireOpen(string runId, string firstRunId = "")
    {
        if (firstRunId.Length > 0 && Current is { State.IsOpen: false })
        {
            throw Refusal.Completed();
        }

        var execution = Require(runId, firstRunId);
        return execution.State.IsOpen ? execution : throw Refusal.Completed();
    }
}

/// <summary>Names a run.</summary>
internal readonly record struct RunRef(string NamespaceId, string WorkflowId, string RunId);
