using System.Collections.Concurrent;
using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>
/// Plays scenarios against one server, many at a time: they mostly wait for the server's clock, and each has its own workflow id and queues.
/// The tests only ask for the outcome, so the suite takes about as long as its longest scenario.
/// </summary>
internal sealed class ScenarioRuns(CallInvoker server, bool isOlder) : IDisposable
{
    /// <summary>Ends the ids of a scenario that is played a second time.</summary>
    public const string SecondTry = "-again";

    private const int AtATime = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private readonly SemaphoreSlim places = new(AtATime);
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> outcomes = new(StringComparer.Ordinal);

    /// <summary>Starts scenarios without waiting for them.</summary>
    public void Begin(IEnumerable<string> names)
    {
        foreach (var name in names) { _ = DifferenceOfAsync(name); }
    }

    /// <summary>Waits for what has begun: other work would make scenarios late, which play in real time.</summary>
    public Task AllEndedAsync() => Task.WhenAll(outcomes.Values.Select(outcome => outcome.Value));

    /// <summary>Says in what the server differs from the recording; null: in nothing.</summary>
    public Task<string?> DifferenceOfAsync(string name) =>
        outcomes.GetOrAdd(name, _ => new Lazy<Task<string?>>(() => Task.Run(() => TryTwiceAsync(Recordings.All[name])))).Value;

    public void Dispose() => places.Dispose();

    /// <summary>
    /// Scenarios play in real time (a signal within the second a timer runs), which a busy machine may miss; a server that is wrong is wrong twice.
    /// </summary>
    private async Task<string?> TryTwiceAsync(Recordings.Recording recording) =>
        await PlayAsync(recording, "") is null ? null : await PlayAsync(recording, SecondTry);

    private async Task<string?> PlayAsync(Recordings.Recording recording, string suffix)
    {
        await places.WaitAsync();
        using var cancel = new CancellationTokenSource(recording.Attribute.Slow ? 4 * Patience : Patience);
        try
        {
            var scenario = new Scenario(server, recording.Attribute.Name + suffix, isOlder, cancel.Token);
            await recording.PlayAsync(scenario);
            return await CompareAsync(recording.Attribute.Name, scenario);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"the scenario broke off: {e.Message}\n{StepOf(e)}";
        }
        finally
        {
            await cancel.CancelAsync();
            places.Release();
        }
    }

    private async Task<string?> CompareAsync(string recording, Scenario scenario)
    {
        var parts = Recordings.PartsOf(recording);
        if (parts.Contains("", StringComparer.Ordinal) && scenario.Captures.All(c => c.Part.Length > 0)) { await scenario.CaptureAsync(); }
        var differences = scenario.Captures
            .Where(capture => parts.Contains(capture.Part, StringComparer.Ordinal))
            .Select(capture => (capture.Part, Difference: HistoryComparison.FirstDifference(Recordings.Read(recording, capture.Part), capture.History, isOlder)))
            .Where(compared => compared.Difference is not null)
            .Select(compared => $"{(compared.Part.Length == 0 ? "" : compared.Part + ": ")}{compared.Difference}")
            .ToList();
        differences.AddRange(scenario.OtherAnswers);
        if (!isOlder)
        {
            differences.AddRange(parts.Except(scenario.Captures.Select(c => c.Part), StringComparer.Ordinal).Select(part => $"{part}: no history was read for this part"));
        }

        return differences.Count == 0 ? null : string.Join("\n    ", differences);
    }

    /// <summary>The line of the scenario that did not get through.</summary>
    private static string StepOf(Exception e) => string.Join('\n', (e.StackTrace ?? "").Split('\n')
        .Where(line => line.Contains("Scenarios", StringComparison.Ordinal) && !line.Contains(nameof(PlayAsync), StringComparison.Ordinal)).Take(1));
}
