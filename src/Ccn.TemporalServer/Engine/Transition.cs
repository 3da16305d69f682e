using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// One change of the runs of a workflow ID: made under the lock of the slot and without I/O. It collects what must be
/// stored and what may happen only after that: answers, dispatches, effects on other runs.
/// </summary>
internal sealed class Transition(WorkflowSlot slot, DateTimeOffset now)
{
    private readonly List<Action> effects = [];
    private readonly List<Action> releases = [];
    private readonly List<Execution> touched = [];
    private Task durable = Task.CompletedTask;

    /// <summary>The runs of the workflow ID.</summary>
    public WorkflowSlot Slot { get; } = slot;

    /// <summary>Server time; the same for all events of the transition.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>What the caller is told once the transition is stored; null for success.</summary>
    public RpcFailure? Refusal { get; set; }

    /// <summary>True when something changed.</summary>
    public bool IsDirty => touched.Count > 0;

    /// <summary>Adds something to do after the commit. It must not block.</summary>
    public void After(Action effect) => effects.Add(effect);

    /// <summary>Adds something to do last, also when the commit failed.</summary>
    public void AtEnd(Action release) => releases.Add(release);

    /// <summary>Says that a run changed.</summary>
    public void Touch(Execution execution)
    {
        if (!touched.Contains(execution))
        {
            touched.Add(execution);
        }
    }

    /// <summary>Queues the writes. Under the lock of the slot, so that their order is that of the transitions.</summary>
    public void Seal(CommitPipeline pipeline)
    {
        var writes = new List<StoreWrite>(touched.Count);
        foreach (var execution in touched)
        {
            if (execution.Seal(this) is { } write)
            {
                writes.Add(write);
            }
        }

        if (writes.Count > 0)
        {
            // The current run comes last: its mark is taken from the run before in the same transaction.
            writes.Sort((a, b) => IsCurrent(a).CompareTo(IsCurrent(b)));
            Slot.LastCommit = pipeline.AppendAsync(writes);
        }

        durable = Slot.LastCommit;
    }

    /// <summary>Waits until everything up to here is durable, then lets it be seen.</summary>
    public async Task ReleaseAsync()
    {
        try
        {
            await durable;
            effects.ForEach(effect => effect());
        }
        finally
        {
            releases.ForEach(release => release());
        }
    }

    private static bool IsCurrent(StoreWrite write) => write is ExecutionWrite { IsCurrent: true };
}
