using System.Collections.Concurrent;

namespace Ccn.Api.Live;

/// <summary>What has changed in the last minutes, by its id: a page is rendered before its tab listens, and what changes in between must not be missed.</summary>
public sealed class RecentChanges
{
    private const int EnoughToSweep = 10_000;

    /// <summary>How long a change is remembered. Who asks about an earlier time is told that everything may have changed.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <summary>Several sites have several clocks.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, DateTimeOffset> changes = new(StringComparer.Ordinal);

    /// <summary>The time of browsers and networks, also where the product's own clock is elsewhere.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal void Note(string id)
    {
        changes[id] = Now;
        if (changes.Count < EnoughToSweep) { return; }

        foreach (var old in changes.Where(change => change.Value < Now - Remembered)) { changes.TryRemove(old); }
    }

    /// <summary>Whether the thing may have changed since then.</summary>
    internal bool Since(string id, DateTimeOffset then) => then < Now - Remembered || (changes.TryGetValue(id, out var at) && at >= then - Margin);
}
