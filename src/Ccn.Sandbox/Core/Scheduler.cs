namespace Ccn.Sandbox.Core;

/// <summary>
/// Runs due work when the clock reaches it. A step runs at its own due instant, not at the instant it was noticed, so a clock that jumps
/// a month, or a sandbox that was switched off meanwhile, still gives every event the time it should have.
/// </summary>
internal sealed class Scheduler(SandboxOptions options, SandboxStore store, WebhookSender sender, IEnumerable<IDueHandler> handlers) : IDisposable
{
    private readonly Dictionary<string, IDueHandler> byKind =
        handlers.SelectMany(h => h.Kinds, (handler, kind) => (kind, handler)).ToDictionary(x => x.kind, x => x.handler, StringComparer.Ordinal);

    private readonly Lock gate = new();
    private ITimer? timer;
    private DateTimeOffset? armedFor;
    private int running;
    private TaskCompletionSource? idle;
    private bool disposed;

    /// <summary>Runs what is due now and arms the clock for the next step. Cheap when nothing is due.</summary>
    public void Wake()
    {
        var now = options.Clock.GetUtcNow();
        if (!store.Read(state => state.Due.Next <= now))
        {
            Arm();
            return;
        }

        var hold = options.HoldTime?.Invoke();
        var deliveries = RunDue(now);
        lock (gate) { running++; }
        _ = FinishAsync(deliveries, hold);
        Arm();
    }

    /// <summary>
    /// After a start: messages that were under way when the process ended are in no queue, and go out again. A receiver may so get one
    /// twice, as from any provider; it never misses one.
    /// </summary>
    public void Resume()
    {
        var now = options.Clock.GetUtcNow();
        store.Change(state =>
        {
            var queued = state.Due.Items.Where(w => w.Kind == WebhookDelivery.DueKind).Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
            var moment = new Moment(state, now, sender.BaseUrl);
            foreach (var lost in state.Webhooks.Values.Where(w => w.DeliveredAt is null && w.GivenUpAt is null && !queued.Contains(w.Id)))
            {
                moment.Schedule(now, WebhookDelivery.DueKind, lost.Id);
            }

            return 0;
        });
        Wake();
    }

    /// <summary>Completes when no step and no webhook attempt is in progress. Steps that wait for the clock do not count.</summary>
    public Task IdleAsync()
    {
        lock (gate)
        {
            if (running == 0) { return Task.CompletedTask; }
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    public void Dispose()
    {
        ITimer? last;
        lock (gate)
        {
            disposed = true;
            (last, timer) = (timer, null);
        }

        last?.Dispose();
    }

    private List<string> RunDue(DateTimeOffset now)
    {
        var deliveries = new List<string>();
        store.Change(state =>
        {
            while (state.Due.TryTake(now, out var work))
            {
                if (work.Kind == WebhookDelivery.DueKind) { deliveries.Add(work.Key); }
                else if (byKind.TryGetValue(work.Kind, out var handler)) { handler.Run(new Moment(state, work.DueAt, sender.BaseUrl), work); }
            }

            return 0;
        });
        return deliveries;
    }

    private async Task FinishAsync(List<string> deliveries, IDisposable? hold)
    {
        try
        {
            await store.PersistAsync();   // a provider tells the world only what it has stored
            if (deliveries.Count > 0)
            {
                await sender.SendAsync(deliveries);
                await store.PersistAsync();
                Arm();
            }
        }
        finally
        {
            hold?.Dispose();
            TaskCompletionSource? done = null;
            lock (gate)
            {
                if (--running == 0) { (done, idle) = (idle, null); }
            }

            done?.SetResult();
        }
    }

    /// <summary>
    /// Sets a timer for the next step. The clock is called outside the lock: its timers may call back while it holds a lock of its own.
    /// A timer that fires early or twice finds nothing due and does no harm.
    /// </summary>
    private void Arm()
    {
        var next = store.Read(state => state.Due.Next);
        if (next is null) { return; }
        lock (gate)
        {
            if (disposed || armedFor <= next) { return; }
            armedFor = next;
        }

        var wait = next.Value - options.Clock.GetUtcNow();
        // Timers of the system take at most 49 days; a longer wait is cut into pieces.
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : wait;
        var fresh = options.Clock.CreateTimer(static scheduler => ((Scheduler)scheduler!).OnTimer(), this, wait, Timeout.InfiniteTimeSpan);
        var superseded = fresh;
        lock (gate)
        {
            if (armedFor == next && !disposed) { (superseded, timer) = (timer!, fresh); }   // else another thread armed an earlier step
        }

        superseded?.Dispose();
    }

    private void OnTimer()
    {
        lock (gate)
        {
            if (disposed) { return; }
            armedFor = null;
        }

        Wake();
    }
}

/// <summary>Steps of one provider that the clock triggers.</summary>
internal interface IDueHandler
{
    IReadOnlyList<string> Kinds { get; }

    void Run(Moment moment, DueWork work);
}
