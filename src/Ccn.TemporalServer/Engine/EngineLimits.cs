using Ccn.TemporalServer.Hosting;

namespace Ccn.TemporalServer.Engine;

/// <summary>Limits of one run, by default those of the real server; each can be set by its dynamic configuration key.</summary>
internal sealed record EngineLimits
{
    /// <summary>From this many events on a started workflow task suggests to continue as new.</summary>
    public int SuggestContinueAsNewEvents { get; init; } = 4 * 1024;

    /// <summary>From this many bytes of history on a started workflow task suggests to continue as new.</summary>
    public int SuggestContinueAsNewBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A run with more events than this is terminated.</summary>
    public int HistoryEvents { get; init; } = 50 * 1024;

    /// <summary>A run with more bytes of history than this is terminated.</summary>
    public int HistoryBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>Greatest size of one payload field, in bytes.</summary>
    public int BlobBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Greatest size of a memo, in bytes.</summary>
    public int MemoBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Most activities that may be pending in a run.</summary>
    public int PendingActivities { get; init; } = 2000;

    /// <summary>Most children that may be pending in a run.</summary>
    public int PendingChildren { get; init; } = 2000;

    /// <summary>Most signals to other runs that may be under way from a run.</summary>
    public int PendingSignals { get; init; } = 2000;

    /// <summary>Most cancel requests to other runs that may be under way from a run.</summary>
    public int PendingCancels { get; init; } = 2000;

    /// <summary>Most signals that a run may receive.</summary>
    public int SignalsPerRun { get; init; } = 10_000;

    /// <summary>Most updates that may be in flight in a run.</summary>
    public int UpdatesInFlight { get; init; } = 10;

    /// <summary>Most updates that a run may receive.</summary>
    public int UpdatesPerRun { get; init; } = 2000;

    /// <summary>Most events that wait while a workflow task is started.</summary>
    public int BufferedEvents { get; init; } = 100;

    /// <summary>Greatest length of an ID, in bytes of UTF-8.</summary>
    public int IdBytes { get; init; } = 1000;

    /// <summary>About so many runs are kept in memory; open ones above it sleep in the store until something concerns them.</summary>
    public int ResidentRuns { get; init; } = 10_000;

    /// <summary>Reads the limits from dynamic configuration.</summary>
    public static EngineLimits From(DynamicConfig config)
    {
        var limits = new EngineLimits();
        return limits with
        {
            SuggestContinueAsNewEvents = config.Int("limit.historyCount.suggestContinueAsNew", limits.SuggestContinueAsNewEvents),
            SuggestContinueAsNewBytes = config.Int("limit.historySize.suggestContinueAsNew", limits.SuggestContinueAsNewBytes),
            HistoryEvents = config.Int("limit.historyCount.error", limits.HistoryEvents),
            HistoryBytes = config.Int("limit.historySize.error", limits.HistoryBytes),
            BlobBytes = config.Int("limit.blobSize.error", limits.BlobBytes),
            MemoBytes = config.Int("limit.memoSize.error", limits.MemoBytes),
            PendingActivities = config.Int("limit.numPendingActivities.error", limits.PendingActivities),
            PendingChildren = config.Int("limit.numPendingChildExecutions.error", limits.PendingChildren),
            PendingSignals = config.Int("limit.numPendingSignals.error", limits.PendingSignals),
            PendingCancels = config.Int("limit.numPendingCancelRequests.error", limits.PendingCancels),
            SignalsPerRun = config.Int("history.maximumSignalsPerExecution", limits.SignalsPerRun),
            UpdatesInFlight = config.Int("history.maxInFlightUpdates", limits.UpdatesInFlight),
            UpdatesPerRun = config.Int("history.maxTotalUpdates", limits.UpdatesPerRun),
            BufferedEvents = config.Int("history.maximumBufferedEventsBatch", limits.BufferedEvents),
            IdBytes = config.Int("limit.maxIDLength", limits.IdBytes),
            ResidentRuns = config.Int("history.hostLevelCacheMaxSize", limits.ResidentRuns),
        };
    }
}
