using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>The one workflow task that a run may have pending.</summary>
internal sealed class WorkflowTask
{
    /// <summary>How far the task stands in the history.</summary>
    public required WorkflowTaskKind Kind { get; set; }

    /// <summary>Its Scheduled event; for a task that is not written the id that event would get.</summary>
    public required long ScheduledEventId { get; set; }

    /// <summary>Its Started event (or the id that event would get); 0 until it is started.</summary>
    public long StartedEventId { get; set; }

    /// <summary>Number of the attempt, from 1.</summary>
    public required int Attempt { get; set; }

    /// <summary>The queue that its Scheduled event names.</summary>
    public required TaskQueue Queue { get; set; }

    /// <summary>Time a worker has for it once started.</summary>
    public required TimeSpan StartToClose { get; set; }

    /// <summary>When it was scheduled.</summary>
    public required DateTimeOffset ScheduledAt { get; set; }

    /// <summary>When the first of a chain of forced tasks was scheduled: local activities may keep a chain alive for a time only.</summary>
    public DateTimeOffset OriginalScheduledAt { get; set; }

    /// <summary>When a worker got it; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Identity of the worker.</summary>
    public string Identity { get; set; } = "";

    /// <summary>Request ID of the start, as the Started event records it.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Number of the hand-out; part of the token, so that an answer to an older one is stale.</summary>
    public long Stamp { get; set; }

    /// <summary>Build ID of the worker that got it; null when it told none.</summary>
    public WorkerVersionStamp? WorkerVersion { get; set; }

    /// <summary>Size of the history at its start.</summary>
    public long HistorySizeBytes { get; set; }

    /// <summary>Why the worker should continue as new; empty when it need not.</summary>
    public List<SuggestContinueAsNewReason> SuggestReasons { get; set; } = [];

    /// <summary>True while a worker has it.</summary>
    public bool IsStarted => StartedAt is not null;

    /// <summary>True for a task on the queue of the one worker that has the run in its cache.</summary>
    public bool IsSticky => Queue.Kind == TaskQueueKind.Sticky;
}

/// <summary>How far a workflow task stands in the history.</summary>
internal enum WorkflowTaskKind
{
    /// <summary>Its events are written as they happen.</summary>
    Normal,

    /// <summary>A repetition after a failure: written only when it completes.</summary>
    Transient,

    /// <summary>Made for updates only: written when it completes, and vanishes when it brings nothing but rejections.</summary>
    Speculative,
}
