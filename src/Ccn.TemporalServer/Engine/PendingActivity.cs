using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>An activity between its Scheduled and its closing event.</summary>
internal sealed class PendingActivity(long scheduledEventId, ActivityTaskScheduledEventAttributes scheduled, DateTimeOffset scheduledAt)
{
    /// <summary>Id of its Scheduled event.</summary>
    public long ScheduledEventId { get; } = scheduledEventId;

    /// <summary>What was scheduled, with the options that operators changed since.</summary>
    public ActivityTaskScheduledEventAttributes Scheduled => Attempts.Changed ?? scheduled;

    /// <summary>When it was scheduled; schedule-to-close counts from here.</summary>
    public DateTimeOffset ScheduledAt { get; } = scheduledAt;

    /// <summary>Id of the event that asked to cancel it; 0 when nobody did.</summary>
    public long CancelRequestedEventId { get; set; }

    /// <summary>Id of its Started event; 0 until that is written, which is together with the closing event.</summary>
    public long StartedEventId { get; set; }

    /// <summary>What no event records: attempts, heartbeats.</summary>
    public ActivityAttempts Attempts { get; set; } = new() { ScheduledAt = scheduledAt };

    /// <summary>True when its closing event waits in the buffer.</summary>
    public bool IsClosing { get; set; }

    /// <summary>True when it was asked to cancel.</summary>
    public bool IsCancelRequested => CancelRequestedEventId != 0;

    /// <summary>Instant at which schedule-to-close runs out; null for never.</summary>
    public DateTimeOffset? ExpiresAt => Scheduled.ScheduleToCloseTimeout.OrZero() is { Ticks: > 0 } limit ? ScheduledAt + limit : null;
}

/// <summary>The attempts of an activity: the part of its state that no event records.</summary>
internal sealed class ActivityAttempts
{
    /// <summary>Number of the current attempt, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Where the current attempt stands.</summary>
    public AttemptPhase Phase { get; set; }

    /// <summary>Number of the hand-out; an answer that carries an older one is stale.</summary>
    public long Stamp { get; set; }

    /// <summary>When the current attempt was (or will be) put on its queue.</summary>
    public DateTimeOffset ScheduledAt { get; set; }

    /// <summary>When the current attempt was handed to a worker; of an earlier attempt while this one waits.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the attempt before ended; null for the first.</summary>
    public DateTimeOffset? LastEndedAt { get; set; }

    /// <summary>Interval between the attempt before and this one; null for the first.</summary>
    public TimeSpan? RetryInterval { get; set; }

    /// <summary>Identity of the worker that had the last attempt.</summary>
    public string Identity { get; set; } = "";

    /// <summary>Request ID of the last hand-out.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Build ID of the worker that had the last attempt; null when it told none.</summary>
    public WorkerVersionStamp? WorkerVersion { get; set; }

    /// <summary>How the attempt before failed.</summary>
    public Failure? LastFailure { get; set; }

    /// <summary>Details of the last heartbeat; they survive to the next attempt.</summary>
    public Payloads? Heartbeat { get; set; }

    /// <summary>When the last heartbeat came.</summary>
    public DateTimeOffset? HeartbeatAt { get; set; }

    /// <summary>Who keeps it from being started; null when nobody does.</summary>
    public ActivityPause? Pause { get; set; }

    /// <summary>True when the running attempt was told to begin again.</summary>
    public bool IsReset { get; set; }

    /// <summary>True when the next attempt begins without heartbeat details.</summary>
    public bool ForgetsHeartbeat { get; set; }

    /// <summary>What was scheduled, with changed options; null when nobody changed them.</summary>
    public ActivityTaskScheduledEventAttributes? Changed { get; set; }
}

/// <summary>A pause of an activity, and who made it.</summary>
internal sealed record ActivityPause(DateTimeOffset At, string Identity, string Reason);

/// <summary>Where an attempt of an activity stands.</summary>
internal enum AttemptPhase
{
    /// <summary>On its queue.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Started,

    /// <summary>Waiting for the interval of the retry policy.</summary>
    Backoff,
}
