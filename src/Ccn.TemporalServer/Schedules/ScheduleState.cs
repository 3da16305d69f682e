using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ccn.TemporalServer.Engine;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>
/// Everything that is known of one schedule. A change is made to a copy, which takes the place of the original once it is
/// stored; so what readers see is always durable.
/// </summary>
internal sealed class ScheduleState
{
    private const int CurrentVersion = 1;
    private const int MostRecentActions = 10;

    /// <summary>Schedule, counters, memo and search attributes, in the form in which clients are told.</summary>
    public required DescribeScheduleResponse Described { get; init; }

    /// <summary>Request ID of the creation.</summary>
    public required string RequestId { get; init; }

    /// <summary>Distinguishes this schedule from earlier ones of its ID.</summary>
    public required string Incarnation { get; init; }

    /// <summary>Number of its changes, from 1: the conflict token.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>The last nominal time that was dealt with.</summary>
    public DateTimeOffset Cursor { get; set; }

    /// <summary>Starts that are due but not made.</summary>
    public List<BufferedStart> Buffer { get; set; } = [];

    /// <summary>Result of the last run that succeeded.</summary>
    public Payloads? LastResult { get; set; }

    /// <summary>Failure of the last run, if it failed.</summary>
    public Failure? LastFailure { get; set; }

    /// <summary>What clients defined.</summary>
    public Schedule Schedule => Described.Schedule;

    /// <summary>Counters and lists.</summary>
    public ScheduleInfo Info => Described.Info;

    /// <summary>True unless a pause or a used-up limit keeps the schedule from acting by itself.</summary>
    public bool MayAct => !Schedule.State.Paused && (!Schedule.State.LimitedActions || Schedule.State.RemainingActions > 0);

    /// <summary>The revision as clients send it back.</summary>
    public ByteString ConflictToken
    {
        get
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, Revision);
            return ByteString.CopyFrom(bytes);
        }
    }

    /// <summary>A copy to be changed.</summary>
    public ScheduleState Clone() => new()
    {
        Described = Described.Clone(), RequestId = RequestId, Incarnation = Incarnation, Revision = Revision, Cursor = Cursor, Buffer = [.. Buffer],
        LastResult = LastResult, LastFailure = LastFailure,
    };

    /// <summary>Takes one of the actions that are left; false when the schedule may not act.</summary>
    public bool TakeAction(bool isManual)
    {
        if (isManual)
        {
            return true;
        }

        if (!MayAct)
        {
            return false;
        }

        if (Schedule.State.LimitedActions)
        {
            Schedule.State.RemainingActions--;
            Revision++;
        }

        return true;
    }

    /// <summary>Records a run that was started.</summary>
    public void Record(ScheduleActionResult action, bool isAlone)
    {
        Info.ActionCount++;
        Info.RecentActions.Add(action);
        while (Info.RecentActions.Count > MostRecentActions)
        {
            Info.RecentActions.RemoveAt(0);
        }

        if (isAlone)
        {
            Info.RunningWorkflows.Add(action.StartWorkflowResult);
        }
    }

    /// <summary>
    /// Records how a run ended, and pauses the schedule where its policy says so. Runs beside others are not followed.
    /// </summary>
    public void Close(ClosedRun run)
    {
        if (Info.RunningWorkflows.FirstOrDefault(r => r.WorkflowId == run.WorkflowId && r.RunId == run.FirstRunId) is not { } running)
        {
            return;
        }

        Info.RunningWorkflows.Remove(running);
        if (run.Status != WorkflowExecutionStatus.Unspecified && Info.RecentActions.FirstOrDefault(a => a.StartWorkflowResult.Equals(running)) is { } action)
        {
            action.StartWorkflowStatus = run.Status;
        }

        if (Schedule is { Policies.PauseOnFailure: true, State.Paused: false } && run.Status is WorkflowExecutionStatus.Failed or WorkflowExecutionStatus.TimedOut)
        {
            SetPaused(true, run.Status == WorkflowExecutionStatus.Failed
                ? $"paused due to workflow failure: {run.WorkflowId}: {run.Failure?.Message}"
                : $"paused due to workflow timeout: {run.WorkflowId}");
        }

        if (run.Status == WorkflowExecutionStatus.Completed)
        {
            (LastResult, LastFailure) = (run.Result ?? LastResult, null);
        }
        else if (run.Failure is { } failure)
        {
            LastFailure = failure;
        }
    }

    /// <summary>Pauses or goes on, with a note for people.</summary>
    public void SetPaused(bool isPaused, string note)
    {
        (Schedule.State.Paused, Schedule.State.Notes) = (isPaused, note);
        Revision++;
    }

    /// <summary>Stores a state.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new ScheduleSnapshot
        {
            Described = Described.ToByteArray(), RequestId = RequestId, Incarnation = Incarnation, Revision = Revision, Cursor = Cursor,
            Buffer = Buffer, LastResult = LastResult?.ToByteArray(), LastFailure = LastFailure?.ToByteArray(),
        },
        ScheduleJson.Default.ScheduleSnapshot);

    /// <summary>Reads a stored state.</summary>
    public static ScheduleState Parse(byte[] bytes)
    {
        var stored = JsonSerializer.Deserialize(bytes, ScheduleJson.Default.ScheduleSnapshot) is { Version: <= CurrentVersion } known
            ? known
            : throw new InvalidDataException("The stored state of a schedule was written by a newer server.");
        return new()
        {
            Described = DescribeScheduleResponse.Parser.ParseFrom(stored.Described), RequestId = stored.RequestId, Incarnation = stored.Incarnation,
            Revision = stored.Revision, Cursor = stored.Cursor, Buffer = [.. stored.Buffer],
            LastResult = stored.LastResult is null ? null : Payloads.Parser.ParseFrom(stored.LastResult),
            LastFailure = stored.LastFailure is null ? null : Failure.Parser.ParseFrom(stored.LastFailure),
        };
    }

    /// <summary>A schedule as it is stored; <c>v</c> counts the form.</summary>
    internal sealed record ScheduleSnapshot
    {
        [JsonPropertyName("v")]
        public int Version { get; init; } = CurrentVersion;

        public byte[] Described { get; init; } = [];

        public string RequestId { get; init; } = "";

        public string Incarnation { get; init; } = "";

        public long Revision { get; init; }

        public DateTimeOffset Cursor { get; init; }

        public IReadOnlyList<BufferedStart> Buffer { get; init; } = [];

        public byte[]? LastResult { get; init; }

        public byte[]? LastFailure { get; init; }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduleState.ScheduleSnapshot))]
internal sealed partial class ScheduleJson : JsonSerializerContext;
