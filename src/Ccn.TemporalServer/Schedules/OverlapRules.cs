using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>A start that is due but not made.</summary>
/// <param name="Nominal">Time that the run is called by.</param>
/// <param name="Policy">Overlap policy of this start; unspecified for that of the schedule.</param>
/// <param name="IsManual">True for one asked for by a client: pauses and limits do not stop it.</param>
/// <param name="RequestId">Request ID of the start, so that it happens once.</param>
internal sealed record BufferedStart(DateTimeOffset Nominal, ScheduleOverlapPolicy Policy, bool IsManual, string RequestId);

/// <summary>What becomes of the starts that are due.</summary>
internal sealed class OverlapRules
{
    /// <summary>Starts to be made at once, whatever else runs.</summary>
    public List<BufferedStart> Beside { get; } = [];

    /// <summary>The start that must run alone; null for none.</summary>
    public BufferedStart? Alone { get; private set; }

    /// <summary>All starts to be made now.</summary>
    public IEnumerable<BufferedStart> Starts => Alone is { } alone ? Beside.Append(alone) : Beside;

    /// <summary>Starts that wait until the running one has closed.</summary>
    public List<BufferedStart> Waiting { get; } = [];

    /// <summary>Starts that were dropped and are counted.</summary>
    public int Skipped { get; private set; }

    /// <summary>True when the running one is to be asked to cancel.</summary>
    public bool MustCancel { get; private set; }

    /// <summary>True when the running one is to be ended.</summary>
    public bool MustTerminate { get; private set; }

    /// <summary>Decides on the starts in their order.</summary>
    /// <param name="due">Starts that are due.</param>
    /// <param name="isRunning">Whether a run that must be alone is open.</param>
    /// <param name="policy">Policy of the schedule.</param>
    public static OverlapRules Decide(IEnumerable<BufferedStart> due, bool isRunning, ScheduleOverlapPolicy policy)
    {
        var rules = new OverlapRules();
        foreach (var start in due)
        {
            rules.Add(start, isRunning, start.Policy == ScheduleOverlapPolicy.Unspecified ? policy : start.Policy);
        }

        return rules;
    }

    private void Add(BufferedStart start, bool isRunning, ScheduleOverlapPolicy policy)
    {
        if (policy == ScheduleOverlapPolicy.AllowAll)
        {
            Beside.Add(start);
            return;
        }

        if (!isRunning && Alone is null)
        {
            Alone = start;
            return;
        }

        switch (policy)
        {
            case ScheduleOverlapPolicy.BufferOne when Waiting.Count == 0:
            case ScheduleOverlapPolicy.BufferAll:
                Waiting.Add(start);
                break;
            case ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther when isRunning:
                MustCancel |= policy == ScheduleOverlapPolicy.CancelOther;
                MustTerminate |= policy == ScheduleOverlapPolicy.TerminateOther;
                Waiting.Add(start);
                break;
            case ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther:
                Alone = start;   // the one before is not started at all: it would be ended at once
                break;
            default:
                Skipped++;
                break;
        }
    }
}
