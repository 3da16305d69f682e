namespace Ccn.TemporalServer.Clock;

/// <summary>A <see cref="ITimer"/> on a <see cref="ServerClock"/>; what <c>Task.Delay(time, clock)</c> and periodic timers use.</summary>
internal sealed class VirtualTimer : ITimer
{
    private readonly Lock gate = new();
    private readonly ServerClock clock;
    private readonly TimerCallback callback;
    private readonly object? state;
    private TimeSpan period;
    private IDisposable? armed;
    private bool disposed;

    public VirtualTimer(ServerClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (this.clock, this.callback, this.state) = (clock, callback, state);
        Change(dueTime, period);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            if (disposed)
            {
                return false;
            }

            this.period = period;
            Arm(dueTime);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            armed?.Dispose();
            armed = null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Arm(TimeSpan dueTime)
    {
        armed?.Dispose();
        armed = dueTime < TimeSpan.Zero ? null : clock.Schedule(clock.GetUtcNow() + dueTime, Fire);
    }

    /// <summary>The callback is other people's code: it runs on the thread pool, and time stands until it returned.</summary>
    private void Fire()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            armed = null;
            if (period > TimeSpan.Zero)
            {
                Arm(period);
            }
        }

        var busy = clock.Busy();
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            using (busy)
            {
                callback(state);
            }
        }, null);
    }
}
