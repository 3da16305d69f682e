using Ccn.TemporalServer.Clock;

namespace Ccn.Host.Demo;

/// <summary>
/// Many stories on one virtual clock. Each acts while time runs at its real pace; when all of them wait, time is skipped to the one that
/// goes on first, and everything that falls due in between happens on the way. The clock holds a lock of its own from the start, which one
/// sleeper undoes, so without a waiting story it is an ordinary clock.
/// </summary>
internal sealed class SkippedTime(ServerClock clock) : IStoryTime
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (DateTimeOffset At, long Number)> waiting = new();
    private TaskCompletionSource allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int acting;
    private long number;
    private bool together;

    public DateTimeOffset Now => clock.GetUtcNow();

    public bool IsSkipped => true;

    /// <summary>Called before each skip with the instant it goes to.</summary>
    public Action<DateTimeOffset>? Skipping { get; set; }

    /// <summary>Stories told together end here: one that would wait longer is over.</summary>
    public DateTimeOffset? End { get; set; }

    public async Task PassAsync(TimeSpan duration, CancellationToken cancel)
    {
        if (duration <= TimeSpan.Zero) { return; }
        if (together && Now + duration > End) { throw new StoryOverException(); }

        TaskCompletionSource woken;
        lock (gate)
        {
            woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (together)
            {
                waiting.Enqueue(woken, (Now + duration, ++number));
                Park();
            }
        }

        if (together) { await woken.Task.WaitAsync(cancel); }
        else { await clock.SleepAsync(duration, cancel); }
    }

    /// <summary>Runs stories side by side to their ends. The first that fails ends it all with its error.</summary>
    public async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> stories, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        lock (gate) { (together, acting) = (true, stories.Count); }
        var running = stories.Select(story => Task.Run(() => ActAsync(story, stop), stop.Token)).ToList();
        try
        {
            var end = Task.WhenAll(running);
            while (!end.IsCompleted)
            {
                await Task.WhenAny(end, allWait.Task);
                if (!end.IsCompleted) { await WakeNextAsync(stop.Token); }
            }

            await end;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && running.Find(task => task.IsFaulted) is { } failed) { await failed; }
        finally
        {
            await stop.CancelAsync();
            lock (gate) { together = false; }
        }
    }

    private async Task ActAsync(Func<CancellationToken, Task> story, CancellationTokenSource stop)
    {
        try { await story(stop.Token); }
        catch (StoryOverException) { return; }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            lock (gate) { Park(); }
        }
    }

    // Under the lock.
    private void Park()
    {
        if (--acting == 0) { allWait.TrySetResult(); }
    }

    private async Task WakeNextAsync(CancellationToken cancel)
    {
        DateTimeOffset next;
        lock (gate)
        {
            if (!waiting.TryPeek(out _, out var first)) { return; }

            next = first.At;
        }

        Skipping?.Invoke(next);
        await clock.SleepAsync(next - Now, cancel);
        lock (gate)
        {
            allWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
            while (waiting.TryPeek(out var story, out var due) && due.At <= Now)
            {
                waiting.Dequeue();
                acting++;
                story.TrySetResult();
            }

            if (acting == 0) { allWait.TrySetResult(); }
        }
    }
}
