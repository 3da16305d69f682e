using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Workflow.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// What a history means: the state of a run, derived from its events and from nothing else, so that it can be rebuilt at
/// any event (recovery, reset, a workflow task whose commands must be undone). The few things that no event records are
/// <see cref="ActivityAttempts"/>, unwritten workflow tasks and what <see cref="Execution"/> keeps beside.
/// </summary>
internal sealed partial class ExecutionState
{
    /// <summary>Attributes of the first event.</summary>
    public WorkflowExecutionStartedEventAttributes Started { get; private set; } = new();

    /// <summary>Time of the first event; of a run that a reset made, the time of the reset.</summary>
    public DateTimeOffset StartTime { get; private set; }

    /// <summary>Time of the first event.</summary>
    public DateTimeOffset OriginalStartTime { get; private set; }

    /// <summary>When a reset made this run; null for one that was started.</summary>
    public DateTimeOffset? ResetTime { get; private set; }

    /// <summary>Summary and details given at the start.</summary>
    public UserMetadata? UserMetadata { get; private set; }

    /// <summary>Id that the next event gets.</summary>
    public long NextEventId { get; private set; } = 1;

    /// <summary>Size of all events, in bytes.</summary>
    public long HistorySizeBytes { get; private set; }

    /// <summary>Status of the run.</summary>
    public WorkflowExecutionStatus Status { get; private set; } = WorkflowExecutionStatus.Running;

    /// <summary>When it closed; null while open.</summary>
    public DateTimeOffset? CloseTime { get; private set; }

    /// <summary>Run that follows in the chain (continue-as-new, retry, cron); empty for none.</summary>
    public string NextRunId { get; private set; } = "";

    /// <summary>The pending workflow task.</summary>
    public WorkflowTask? Task { get; set; }

    /// <summary>Attempt that the next workflow task is.</summary>
    public int NextTaskAttempt { get; set; } = 1;

    /// <summary>True once a workflow task was scheduled: the backoff before the first one is over.</summary>
    public bool HadTask { get; private set; }

    /// <summary>Started event of the last completed workflow task; 0 for none.</summary>
    public long LastStartedEventId { get; private set; }

    /// <summary>Completed event of the last completed workflow task; 0 for none.</summary>
    public long LastCompletedEventId { get; private set; }

    /// <summary>Build of the worker that completed the last workflow task.</summary>
    public WorkerVersionStamp? WorkerVersion { get; private set; }

    /// <summary>Activities not closed, by Scheduled event.</summary>
    public SortedDictionary<long, PendingActivity> Activities { get; } = [];

    /// <summary>Timers not fired, by ID.</summary>
    public Dictionary<string, PendingTimer> Timers { get; } = new(StringComparer.Ordinal);

    /// <summary>Children not closed, by Initiated event.</summary>
    public SortedDictionary<long, PendingChild> Children { get; } = [];

    /// <summary>Signals to others not answered, by Initiated event.</summary>
    public SortedDictionary<long, PendingExternal> ExternalSignals { get; } = [];

    /// <summary>Cancel requests to others not answered, by Initiated event.</summary>
    public SortedDictionary<long, PendingExternal> ExternalCancels { get; } = [];

    /// <summary>Updates accepted (or admitted by a reset), by ID.</summary>
    public Dictionary<string, AcceptedUpdate> Updates { get; } = new(StringComparer.Ordinal);

    /// <summary>Request IDs of signals received, so that a repeated one is dropped.</summary>
    public HashSet<string> SignalRequestIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of signals received.</summary>
    public int SignalCount { get; private set; }

    /// <summary>True when the run was asked to cancel.</summary>
    public bool IsCancelRequested { get; private set; }

    /// <summary>Who paused the run, when and why; null when it is not paused.</summary>
    public PauseOfRun? Pause { get; private set; }

    /// <summary>Version of a worker that operators chose; null for none.</summary>
    public VersioningOverride? VersioningOverride { get; private set; }

    /// <summary>True once the versioning override was set or unset.</summary>
    public bool HadVersioningOverride { get; private set; }

    /// <summary>Priority: that of the start, or the one that operators gave later.</summary>
    public Priority? Priority { get; private set; }

    /// <summary>Memo as it is now.</summary>
    public SortedDictionary<string, Payload> Memo { get; } = new(StringComparer.Ordinal);

    /// <summary>Search attributes as they are now.</summary>
    public SortedDictionary<string, Payload> SearchAttributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Request IDs attached to the run after its start, with their events.</summary>
    public Dictionary<string, RequestIdOrigin> AttachedRequestIds { get; } = new(StringComparer.Ordinal);

    /// <summary>Points to which the run may be reset.</summary>
    public List<ResetPoint> ResetPoints { get; } = [];

    /// <summary>True until the run closes.</summary>
    public bool IsOpen => CloseTime is null;

    /// <summary>First instant at which a workflow task may be scheduled.</summary>
    public DateTimeOffset ExecutionTime => StartTime + Started.FirstWorkflowTaskBackoff.OrZero();

    /// <summary>Instant at which the run times out; null for never.</summary>
    public DateTimeOffset? RunExpiresAt
    {
        get
        {
            DateTimeOffset? run = Started.WorkflowRunTimeout.OrZero() is { Ticks: > 0 } limit ? ExecutionTime + limit : null;
            var chain = ResetTime is { } reset && Started.WorkflowExecutionTimeout.OrZero() is { Ticks: > 0 } whole
                ? reset + whole
                : Started.WorkflowExecutionExpirationTime?.ToDateTimeOffset();
            return run is null || chain < run ? chain ?? run : run;
        }
    }

    /// <summary>The state that a list of events means.</summary>
    public static ExecutionState Rebuild(IEnumerable<HistoryEvent> events)
    {
        var state = new ExecutionState();
        foreach (var e in events)
        {
            state.Apply(e);
        }

        return state;
    }
}
