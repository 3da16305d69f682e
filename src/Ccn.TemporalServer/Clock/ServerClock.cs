namespace Ccn.TemporalServer.Clock;

/// <summary>
/// The one clock of everything: the real clock plus an offset that grows when time is skipped. Handed to the server, to
/// workers and to whatever else must live in the same time, as an ordinary <see cref="TimeProvider"/>.
/// <para>
/// Time is skipped to the next timer by the rule of the counters: external locks L, internal work in flight B, sleepers S
/// in this process, which are no work themselves, and remote sleepers R, of which nobody knows whether they call from
/// within work. With l = max(0, L − S), time is skipped exactly while R ≥ l and B ≤ R − l: a sleeper undoes a lock and
/// nothing else; a remote one first undoes a lock, and beyond that stands for the activity attempt it is called from.
/// </para>
/// </summary>
public sealed class ServerClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly TimeProvider real;
    private readonly SortedSet<ClockTimer> timers = new(ClockTimer.ByDueTime);
    private readonly ITimer alarm;
    private long offsetTicks;
    private long sequence;
    private int locks;
    private int sleepers;
    private int remoteSleepers;
    private int busy;
    private bool pumping;
    private DateTimeOffset? awaited;
    private TimeSpan? skipLimit;
    private DateTimeOffset? ceiling;

    /// <summary>Starts a clock.</summary>
    /// <param name="offset">Server time minus real time at the start; may be negative (a demo that begins in the past).</param>
    /// <param name="initialLocks">Locks held from the start: 1 lets time run at the real pace until one is taken away, 0 skips at once.</param>
    /// <param name="real">The real clock; null for the system's.</param>
    public ServerClock(TimeSpan offset = default, int initialLocks = 1, TimeProvider? real = null)
    {
        this.real = real ?? System;
        offsetTicks = offset.Ticks;
        locks = initialLocks;
        alarm = this.real.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Server time minus real time.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref offsetTicks));

    /// <summary>
    /// Called with the new offset just before it takes effect, so that it can be queued for storage ahead of everything
    /// that carries the new time. Runs under the clock's lock: it must not block and must not use the clock.
    /// </summary>
    public Action<TimeSpan>? OffsetChanging { get; set; }

    /// <summary>Greatest offset that skipping may reach; zero never runs ahead of the real clock. Null for no limit.</summary>
    public TimeSpan? SkipLimit
    {
        get => skipLimit;
        set => Change(() => skipLimit = value);
    }

    /// <summary>Instant (server time) past which time is never skipped. Null for none.</summary>
    public DateTimeOffset? Ceiling
    {
        get => ceiling;
        set => Change(() => ceiling = value);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => real.GetElapsedTime(0).Ticks + Volatile.Read(ref offsetTicks);

    /// <summary>A timer on this clock. A pending finite due time is a target of skipping, as the server's own timers are.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new VirtualTimer(this, callback, state, dueTime, period);
    }

    /// <summary>Takes an external lock: time runs at the real pace while any is held. Disposing gives it back.</summary>
    public IDisposable Lock()
    {
        AddLock();
        return new Release(RemoveLock);
    }

    /// <summary>Says that work is in flight, so that time is not skipped under it. Disposing says that it is done.</summary>
    public IDisposable Busy()
    {
        lock (gate) { busy++; }
        return new Release(() => Change(() => busy--));
    }

    /// <summary>
    /// Waits on this clock and lets time be skipped meanwhile, also where the caller holds a lock. Work in flight holds
    /// time all the same, so whoever counts as busy must not sleep like this.
    /// </summary>
    public Task SleepAsync(TimeSpan duration, CancellationToken cancel) => SleepAsync(duration, delta => sleepers += delta, cancel);

    /// <summary>The same for a caller from outside, who may be an activity and so counts as busy itself.</summary>
    internal Task SleepRemoteAsync(TimeSpan duration, CancellationToken cancel) => SleepAsync(duration, delta => remoteSleepers += delta, cancel);

    private async Task SleepAsync(TimeSpan duration, Action<int> count, CancellationToken cancel)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = 0;
        void End()
        {
            if (Interlocked.Exchange(ref over, 1) == 0)
            {
                Change(() => count(-1));
            }
        }

        lock (gate) { count(1); }
        using var timer = Schedule(GetUtcNow() + duration, () =>
        {
            End();
            woken.TrySetResult();
        });
        await using var registration = cancel.Register(() =>
        {
            End();
            woken.TrySetCanceled(cancel);
        });
        await woken.Task;
    }

    /// <summary>Takes an external lock without a handle: the server's LockTimeSkipping.</summary>
    internal void AddLock() => Change(() => locks++);

    /// <summary>Gives a lock back. Concurrent callers may unlock more often than is locked, so the count may go below zero.</summary>
    internal void RemoveLock() => Change(() => locks--);

    /// <summary>Calls back once at the given instant. The callback must not block; time stands while it runs.</summary>
    internal IDisposable Schedule(DateTimeOffset due, Action callback)
    {
        var timer = new ClockTimer(this, due, Interlocked.Increment(ref sequence), callback);
        Change(() => timers.Add(timer));
        return timer;
    }

    /// <summary>Forgets a timer that has not fired.</summary>
    internal void Remove(ClockTimer timer) => Change(() => timers.Remove(timer));

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            if (pumping || !MustLook)
            {
                return;
            }

            pumping = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.Pump(), this, preferLocal: false);
    }

    /// <summary>
    /// True when another timer is the first now, or time may be skipped. Nearly every change on the way of a request is
    /// neither, and then costs no more than the lock.
    /// </summary>
    private bool MustLook => timers.Min is { } first && (first.Due != awaited || MaySkip);

    private bool MaySkip
    {
        get
        {
            var held = Math.Max(0, locks - sleepers);
            return remoteSleepers >= held && busy <= remoteSleepers - held;
        }
    }

    /// <summary>The real alarm rang: whatever is first now has to be looked at.</summary>
    private void Ring() => Change(() => awaited = null);

    /// <summary>Fires what is due, one timer at a time, and skips to the next one whenever the rule allows it.</summary>
    private void Pump()
    {
        while (NextDue() is { } timer)
        {
            try
            {
                timer.Callback();
            }
            finally
            {
                lock (gate) { busy--; }
            }
        }
    }

    private ClockTimer? NextDue()
    {
        lock (gate)
        {
            while (timers.Min is { } first)
            {
                var now = GetUtcNow();
                if (first.Due <= now)
                {
                    timers.Remove(first);
                    busy++;   // given back after the callback, which takes its own token for what it sets going
                    return first;
                }

                if (!MaySkip || !Skip(first.Due, now))
                {
                    var wait = first.Due - now;
                    alarm.Change(wait < LongestAlarm ? wait : LongestAlarm, Timeout.InfiniteTimeSpan);
                    awaited = first.Due;
                    break;
                }
            }

            pumping = false;
            return null;
        }
    }

    /// <summary>Real timers take at most about 49 days; a longer wait simply looks again.</summary>
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(40);

    private bool Skip(DateTimeOffset due, DateTimeOffset now)
    {
        var target = due;
        if (ceiling is { } instant && instant < target)
        {
            target = instant;
        }

        if (skipLimit is { } limit && real.GetUtcNow() + limit < target)
        {
            target = real.GetUtcNow() + limit;
        }

        if (target <= now)
        {
            return false;
        }

        var next = Offset + (target - now);
        OffsetChanging?.Invoke(next);
        Volatile.Write(ref offsetTicks, next.Ticks);
        return true;
    }

    private sealed class Release(Action release) : IDisposable
    {
        private Action? release = release;

        public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
    }
}
