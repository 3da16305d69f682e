using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>
/// What is stored of a run beside its history: only what no event records. <c>v</c> counts the form; a reader knows all
/// forms up to its own. Wire messages stand in it as their own bytes.
/// </summary>
internal sealed record ExecutionSnapshot
{
    private const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int Version { get; init; } = CurrentVersion;

    public string StartRequestId { get; init; } = "";

    public string ResetRunId { get; init; } = "";

    public long Transitions { get; init; }

    public int TaskAttempt { get; init; } = 1;

    public byte[]? StickyQueue { get; init; }

    public TimeSpan StickyTimeout { get; init; }

    public TaskSnapshot? Task { get; init; }

    public IReadOnlyList<ActivitySnapshot> Activities { get; init; } = [];

    public IReadOnlyList<byte[]> Buffer { get; init; } = [];

    public IReadOnlyDictionary<long, string> StartedChildren { get; init; } = new Dictionary<long, string>();

    /// <summary>Takes the snapshot of a run.</summary>
    public static ExecutionSnapshot Of(Execution execution) => new()
    {
        StartRequestId = execution.StartRequestId,
        ResetRunId = execution.ResetRunId,
        Transitions = execution.TransitionCount,
        TaskAttempt = execution.State.NextTaskAttempt,
        StickyQueue = execution.Sticky?.Queue.ToByteArray(),
        StickyTimeout = execution.Sticky?.ScheduleToStart ?? TimeSpan.Zero,
        Task = execution.State.Task is { Kind: not WorkflowTaskKind.Speculative } task ? TaskSnapshot.Of(task) : null,
        Activities = execution.State.IsOpen ? [.. execution.State.Activities.Values.Select(ActivitySnapshot.Of)] : [],
        Buffer = [.. execution.Buffer.Select(e => e.ToByteArray())],
        StartedChildren = execution.State.IsOpen
            ? execution.State.Children.Values.Where(c => c.RunId.Length > 0 && c.StartedEventId == 0).ToDictionary(c => c.InitiatedEventId, c => c.RunId)
            : new Dictionary<long, string>(),
    };

    /// <summary>Reads a stored snapshot.</summary>
    public static ExecutionSnapshot Parse(byte[] bytes) =>
        JsonSerializer.Deserialize(bytes, SnapshotJson.Default.ExecutionSnapshot) is { Version: <= CurrentVersion } snapshot
            ? snapshot
            : throw new InvalidDataException("The stored state of a run was written by a newer server.");

    /// <summary>Writes the snapshot.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotJson.Default.ExecutionSnapshot);
}

/// <summary>A workflow task that waits or runs. Its events may be unwritten.</summary>
internal sealed record TaskSnapshot(
    WorkflowTaskKind Kind, long ScheduledEventId, long StartedEventId, int Attempt, byte[] Queue, TimeSpan StartToClose,
    DateTimeOffset ScheduledAt, DateTimeOffset OriginalScheduledAt, DateTimeOffset? StartedAt, string Identity, string RequestId, long Stamp,
    long HistorySizeBytes)
{
    public static TaskSnapshot Of(WorkflowTask task) => new(
        task.Kind, task.ScheduledEventId, task.StartedEventId, task.Attempt, task.Queue.ToByteArray(), task.StartToClose,
        task.ScheduledAt, task.OriginalScheduledAt, task.StartedAt, task.Identity, task.RequestId, task.Stamp, task.HistorySizeBytes);

    public WorkflowTask ToTask() => new()
    {
        Kind = Kind, ScheduledEventId = ScheduledEventId, StartedEventId = StartedEventId, Attempt = Attempt, Queue = TaskQueue.Parser.ParseFrom(Queue),
        StartToClose = StartToClose, ScheduledAt = ScheduledAt, OriginalScheduledAt = OriginalScheduledAt, StartedAt = StartedAt, Identity = Identity,
        RequestId = RequestId, Stamp = Stamp, HistorySizeBytes = HistorySizeBytes,
    };
}

/// <summary>The attempts of one activity.</summary>
internal sealed record ActivitySnapshot(
    long ScheduledEventId, int Attempt, AttemptPhase Phase, long Stamp, DateTimeOffset ScheduledAt, DateTimeOffset? StartedAt, DateTimeOffset? LastEndedAt,
    TimeSpan? RetryInterval, string Identity, string RequestId, string BuildId, byte[]? LastFailure, byte[]? Heartbeat, DateTimeOffset? HeartbeatAt,
    ActivityPause? Pause = null, bool IsReset = false, bool ForgetsHeartbeat = false, byte[]? Changed = null)
{
    public static ActivitySnapshot Of(PendingActivity activity)
    {
        var a = activity.Attempts;
        return new(
            activity.ScheduledEventId, a.Attempt, a.Phase, a.Stamp, a.ScheduledAt, a.StartedAt, a.LastEndedAt, a.RetryInterval, a.Identity, a.RequestId,
            a.WorkerVersion?.BuildId ?? "", a.LastFailure?.ToByteArray(), a.Heartbeat?.ToByteArray(), a.HeartbeatAt,
            a.Pause, a.IsReset, a.ForgetsHeartbeat, a.Changed?.ToByteArray());
    }

    public ActivityAttempts ToAttempts() => new()
    {
        Attempt = Attempt, Phase = Phase, Stamp = Stamp, ScheduledAt = ScheduledAt, StartedAt = StartedAt, LastEndedAt = LastEndedAt,
        RetryInterval = RetryInterval, Identity = Identity, RequestId = RequestId,
        WorkerVersion = BuildId.Length == 0 ? null : new WorkerVersionStamp { BuildId = BuildId },
        LastFailure = LastFailure is null ? null : Failure.Parser.ParseFrom(LastFailure),
        Heartbeat = Heartbeat is null ? null : Payloads.Parser.ParseFrom(Heartbeat),
        HeartbeatAt = HeartbeatAt,
        Pause = Pause,
        IsReset = IsReset,
        ForgetsHeartbeat = ForgetsHeartbeat,
        Changed = Changed is null ? null : ActivityTaskScheduledEventAttributes.Parser.ParseFrom(Changed),
    };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExecutionSnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
