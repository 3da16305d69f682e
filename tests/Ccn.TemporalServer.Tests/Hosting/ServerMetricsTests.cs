using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ccn.TemporalServer.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>Names of instruments are what dashboards are built on: a change of them is a change of a contract.</summary>
public sealed class ServerMetricsTests
{
    [Fact]
    public async Task The_server_measures_requests_commits_and_runs_under_names_that_stay()
    {
        var instruments = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        var requests = new ConcurrentBag<string>();
        var runs = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Ccn.TemporalServer")
            {
                instruments[instrument.Name] = instrument.Unit;
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Name == "ccn.temporal.request.duration")
            {
                requests.Add(string.Join(' ', tags.ToArray().Select(t => t.Value)));
            }
        });
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => runs.Add(instrument.Name));
        listener.Start();

        await using (var server = await EmbeddedTemporalServer.StartAsync(new(), TestContext.Current.CancellationToken))
        {
            var client = await TemporalClient.ConnectAsync(new(server.Address));
            await client.StartWorkflowAsync("Nobody", [], new("wf", "idle"));
            await Assert.ThrowsAsync<RpcException>(() => client.GetWorkflowHandle("never heard of").SignalAsync("hello", []));
            listener.RecordObservableInstruments();
        }

        Assert.Equal(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ccn.temporal.commit.duration"] = "s",
                ["ccn.temporal.commit.failures"] = "{commit}",
                ["ccn.temporal.commit.transitions"] = "{transition}",
                ["ccn.temporal.request.duration"] = "s",
                ["ccn.temporal.runs.asleep"] = "{run}",
                ["ccn.temporal.runs.resident"] = "{run}",
            },
            instruments.OrderBy(i => i.Key, StringComparer.Ordinal).ToDictionary());
        Assert.Contains("StartWorkflowExecution OK", requests);
        Assert.Contains("SignalWorkflowExecution NotFound", requests);
        Assert.Contains("ccn.temporal.runs.resident", runs);
        Assert.Contains("ccn.temporal.commit.transitions", runs);
    }
}
