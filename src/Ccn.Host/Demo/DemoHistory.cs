using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ccn.Web;
using Spectre.Console;

namespace Ccn.Host.Demo;

/// <summary>
/// The demo's past: some sixty designs whose creators, voters, sellers, buyers, suppliers and finance act over HTTP while the clock goes from
/// 400 days ago to now. Nothing is inserted. What is done is kept in a file of the home folder, so an interrupted history goes on at the next start.
/// </summary>
internal sealed class DemoHistory(string home, int designs)
{
    /// <summary>How far back it begins.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(400);

    /// <summary>How often sales are pulled while time is skipped.</summary>
    public static readonly TimeSpan IntakeInterval = TimeSpan.FromDays(3);

    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(15);

    private readonly ConcurrentQueue<string> failures = new();

    private string JournalFile => Path.Combine(home, "demo-history.txt");

    private string FinishedFile => Path.Combine(home, "demo-history.finished");

    /// <summary>Whether there is something left to live: on a first start, or where an earlier one was interrupted.</summary>
    public bool IsDue(bool isFirstStart)
    {
        if (File.Exists(FinishedFile)) { return false; }

        // From here on it counts as begun, even when the process ends before the first deed.
        if (isFirstStart) { File.AppendAllText(JournalFile, ""); }

        return File.Exists(JournalFile);
    }

    /// <summary>Lives it up to now, with the progress on the start page and on the console.</summary>
    public async Task LiveAsync(AllInOne machine, World world, SkippedTime time, IAnsiConsole console, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var end = TimeProvider.System.GetUtcNow();
        var start = end - Length;
        using var journal = StoryJournal.Open(JournalFile);
        var transcript = new Transcript();
        await console.Progress().AutoClear(enabled: true).Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask("Demo history");
            time.End = end;
            time.Skipping = next => Show(machine.Running, bar, next, (next - start) / Length);
            await time.RunAsync(Stories(world, journal, transcript, start, end), cancel);
        });
        await FinishAsync(world, time, cancel);
        (time.Skipping, time.End) = (null, null);
        var seconds = watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        machine.Running.Report(new("Demo history", $"{designs} designs over 400 days, lived in {seconds} s", null));
        foreach (var failure in failures) { console.MarkupLineInterpolated($"[yellow]A story stopped:[/] {failure}"); }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]Demo history lived in {seconds} s[/]: {designs} designs, {transcript.Lines.Count} deeds of {DemoPeople.All.Count} people. Time runs at its real pace from now on.");
    }

    private IReadOnlyList<Func<CancellationToken, Task>> Stories(World world, StoryJournal journal, Transcript transcript, DateTimeOffset start, DateTimeOffset end)
    {
        var (contests, single) = HistoryPlan.Make(designs, Length.TotalDays);
        Story Tell(string name, CancellationToken cancel) => new(name, world, journal, transcript, cancel);
        return
        [
            .. contests.Select(contest => Apart(contest.Name, async cancel =>
            {
                await world.Time.PassUntilAsync(start.AddDays(contest.StartDay), cancel);
                await new ContestLife(Tell(contest.Name, cancel), contest).LiveAsync(entry => Tell(entry.Name, cancel));
            })),
            .. single.Select(design => Apart(design.Name, async cancel =>
            {
                await world.Time.PassUntilAsync(start.AddDays(design.StartDay), cancel);
                await new DesignLife(Tell(design.Name, cancel), design).LiveAsync();
            })),
            Apart("finance", cancel => FinanceLife.LiveAsync(Tell("finance", cancel), end)),
        ];
    }

    /// <summary>A story that goes wrong is told of, and the others go on.</summary>
    private Func<CancellationToken, Task> Apart(string name, Func<CancellationToken, Task> story) => async cancel =>
    {
        try { await story(cancel); }
        catch (Exception e) when (e is ProblemResponseException or WaitedInVainException or JourneyFailedException or InvalidOperationException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException }) { failures.Enqueue($"{name}: {e.Message}"); }
    };

    /// <summary>What is left of the past goes by, and sales are pulled as often as usual from now on.</summary>
    private async Task FinishAsync(World world, SkippedTime time, CancellationToken cancel)
    {
        await time.PassAsync(TimeProvider.System.GetUtcNow() - time.Now, cancel);
        foreach (var seller in DemoPeople.Sellers) { await world.Cast.SetIntakeAsync(world.Cast[seller.Handle], UsualInterval, cancel); }

        await File.WriteAllTextAsync(FinishedFile, time.Now.ToString("O", CultureInfo.InvariantCulture), cancel);
    }

    private static void Show(RunningParts parts, ProgressTask bar, DateTimeOffset at, double progress)
    {
        var share = Math.Clamp(progress, 0, 1);
        var date = at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        bar.Value = share * 100;
        bar.Description = $"Demo history: {date}";
        parts.Report(new("Demo history", $"People act; it is {date}", share));
    }
}
