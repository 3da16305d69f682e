using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Ccn.TemporalServer.Hosting;

/// <summary>What the server measures of itself, under the meter <c>Ccn.TemporalServer</c>. Names and units are part of its contract.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Ccn.TemporalServer";

    private readonly Meter meter = new(MeterName);
    private readonly Histogram<double> requestDuration;
    private readonly Histogram<double> commitDuration;
    private readonly Histogram<int> commitTransitions;
    private readonly Counter<long> commitFailures;

    public ServerMetrics()
    {
        requestDuration = meter.CreateHistogram<double>("ccn.temporal.request.duration", "s", "Time from a request to its answer; of a poll or a long poll, the wait is part of it.");
        commitDuration = meter.CreateHistogram<double>("ccn.temporal.commit.duration", "s", "Time of one transaction of the store.");
        commitTransitions = meter.CreateHistogram<int>("ccn.temporal.commit.transitions", "{transition}", "Transitions that were committed together.");
        commitFailures = meter.CreateCounter<long>("ccn.temporal.commit.failures", "{commit}", "Transactions that failed; their callers were told UNAVAILABLE.");
    }

    /// <summary>Measures how many runs are in memory, and how many open ones sleep in the store.</summary>
    public void ObserveRuns(Func<int> resident, Func<int> asleep)
    {
        meter.CreateObservableGauge("ccn.temporal.runs.resident", resident, "{run}", "Runs in memory.");
        meter.CreateObservableGauge("ccn.temporal.runs.asleep", asleep, "{run}", "Open runs that are not in memory: they wait for a timer or a message.");
    }

    /// <summary>A request was answered.</summary>
    public void Answered(string method, StatusCode code, long began) =>
        requestDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("method", method), new("code", code.ToString()));

    /// <summary>A transaction of the store ended.</summary>
    public void Committed(int transitions, bool isDurable, long began)
    {
        commitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        if (isDurable)
        {
            commitTransitions.Record(transitions);
        }
        else
        {
            commitFailures.Add(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
