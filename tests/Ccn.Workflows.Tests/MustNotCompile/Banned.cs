using System.Security.Cryptography;

namespace Ccn.Workflows.MustNotCompile;

/// <summary>Each statement that ends in <c>// banned</c> is an error of its own.</summary>
internal static class Banned
{
    public static async Task ClockAsync(Task a, Task b, Task<int> c, CancellationTokenSource source)
    {
        _ = DateTime.Now; // banned
        _ = DateTime.UtcNow; // banned
        _ = DateTimeOffset.UtcNow; // banned
        _ = TimeProvider.System; // banned
        _ = TimeZoneInfo.FindSystemTimeZoneById("UTC"); // banned
        await Task.Delay(1); // banned
        await Task.Delay(TimeSpan.Zero, CancellationToken.None); // banned
        await Task.Run(() => { }); // banned
        await Task.Run(() => Task.FromResult(1)); // banned
        await Task.WhenAny(a, b); // banned
        await Task.WhenAny(a, b, c); // banned
        await Task.WhenAny([a, b, c]); // banned
        await Task.WhenAll(a, b, c); // banned
        await Task.WhenAll(c, c); // banned
        await a.ConfigureAwait(false); // banned
        await c.ConfigureAwait(false); // banned
        await a.WaitAsync(TimeSpan.FromSeconds(1)); // banned
        source.CancelAfter(1); // banned
        await source.CancelAsync(); // banned
        new CancellationTokenSource(TimeSpan.Zero).Dispose(); // banned
        new Thread(() => { }).Start(); // banned
    }

    public static void Chance()
    {
        _ = Guid.NewGuid(); // banned
        _ = Guid.CreateVersion7(); // banned
        _ = new Random(1); // banned
        _ = RandomNumberGenerator.GetInt32(3); // banned
        _ = "text".GetHashCode(); // banned
        _ = Environment.MachineName; // banned
        _ = File.Exists("x"); // banned
        _ = new HashSet<int>(); // banned
        _ = new Dictionary<int, int>(); // banned
        _ = Enumerable.Range(0, 3).ToHashSet(); // banned
    }
}
