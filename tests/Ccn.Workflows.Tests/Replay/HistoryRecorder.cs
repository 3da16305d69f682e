using System.Globalization;
using Ccn.Testing;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Testing;

namespace Ccn.Workflows.Tests.Replay;

/// <summary>Records the histories that later builds must replay: on the real server where <c>CCN_TEMPORAL_BIN</c> names one, else on our own.</summary>
internal static class HistoryRecorder
{
    private const string Scenario = "rehearsal";

    /// <summary>Writes <c>FOLDER/Type/date-scenario.json</c> for every workflow of the rehearsal, and the canary beside them. A history once committed is never edited.</summary>
    public static async Task RecordAsync(string folder)
    {
        var real = new RealTemporalFixture();
        var own = new TemporalFixture();
        var useReal = Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN") is { Length: > 0 };
        await (useReal ? real.InitializeAsync() : own.InitializeAsync());
        try { await RecordAsync(real.Environment ?? own.Environment, folder); }
        finally { await (useReal ? real.DisposeAsync() : own.DisposeAsync()); }
    }

    private static async Task RecordAsync(WorkflowEnvironment environment, string folder)
    {
        await using var world = World.Start(environment);
        foreach (var (type, id) in await RehearsalJourney.RunAsync(world))
        {
            // The first run: of a loop it is the one in which the story happened.
            var last = await world.Client.GetWorkflowHandle(id).FetchHistoryAsync();
            var history = await world.Client.GetWorkflowHandle(id, last.Events.First().WorkflowExecutionStartedEventAttributes.FirstExecutionRunId).FetchHistoryAsync();
            var json = history.ToJson();
            await WriteAsync(Path.Combine(folder, type, $"{DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{Scenario}.json"), json);
            if (type == "Licensing") { await WriteAsync(Path.Combine(folder, "Canary", "renamed-activity.json"), json.Replace("Licences.SendEnvelope", "Licences.PostEnvelope", StringComparison.Ordinal)); }
        }
    }

    private static async Task WriteAsync(string file, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, json + "\n");
        Console.WriteLine(file);
    }
}
