using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Ccn.Host;

/// <summary>Starts parts one after the other, prints each with its time, and stops them in reverse order.</summary>
internal sealed class Steps(IAnsiConsole console)
{
    private readonly Stack<(string Name, Func<ValueTask> Stop)> started = new();

    /// <summary>Called with each part once it runs.</summary>
    public Action<string, string>? Started { get; set; }

    public async Task<T> RunAsync<T>(string name, Func<Task<(T Part, string Note)>> start, Func<T, ValueTask>? stop = null)
    {
        var watch = Stopwatch.StartNew();
        var (part, note) = await start();
        if (stop is not null) { started.Push((name, () => stop(part))); }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {name,-24}[grey]{watch.Elapsed.TotalSeconds,6:0.0} s[/]   {note}");
        Started?.Invoke(name, note);
        return part;
    }

    /// <summary>Stops every part that runs; a part that fails to stop does not keep the others running.</summary>
    public async Task StopAsync()
    {
        while (started.TryPop(out var part))
        {
            var watch = Stopwatch.StartNew();
            try
            {
                await part.Stop();
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  stopped {part.Name,-24}[grey]{watch.Elapsed.TotalSeconds,6:0.0} s[/]");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                console.MarkupLineInterpolated($"  [red]{part.Name} did not stop cleanly:[/] {e.Message}");
            }
        }
    }
}
