using Ccn.TemporalServer.Clock;

namespace Ccn.TemporalServer.Tests.Clock;

/// <summary>The rule of the counters: locks, sleepers here and elsewhere, work in flight.</summary>
public sealed class ServerClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly StandingClock real = new(Start);

    [Fact]
    public async Task Without_locks_and_work_time_is_skipped_from_timer_to_timer()
    {
        var clock = new ServerClock(initialLocks: 0, real: real);

        await Task.Delay(TimeSpan.FromDays(1), clock);
        await Task.Delay(TimeSpan.FromDays(2), clock);

        Assert.Equal(Start + TimeSpan.FromDays(3), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(3), clock.Offset);
    }

    [Fact]
    public async Task A_lock_holds_time_until_it_is_given_back()
    {
        var clock = new ServerClock(initialLocks: 1, real: real);
        var wait = Task.Delay(TimeSpan.FromDays(1), clock);
        Assert.Equal(Start, clock.GetUtcNow());

        clock.RemoveLock();
        await wait;

        Assert.Equal(Start + TimeSpan.FromDays(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task Work_in_flight_holds_time()
    {
        var clock = new ServerClock(initialLocks: 0, real: real);
        var work = clock.Busy();
        var wait = Task.Delay(TimeSpan.FromHours(1), clock);
        Assert.Equal(Start, clock.GetUtcNow());

        work.Dispose();
        await wait;

        Assert.Equal(Start + TimeSpan.FromHours(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_sleeper_undoes_one_lock()
    {
        var clock = new ServerClock(initialLocks: 1, real: real);

        await clock.SleepAsync(TimeSpan.FromHours(5), CancellationToken.None);

        Assert.Equal(Start + TimeSpan.FromHours(5), clock.GetUtcNow());
    }

    [Fact]
    public async Task Two_locks_need_two_sleepers()
    {
        var clock = new ServerClock(initialLocks: 2, real: real);
        var first = clock.SleepAsync(TimeSpan.FromHours(5), CancellationToken.None);
        Assert.Equal(Start, clock.GetUtcNow());

        await Task.WhenAll(first, clock.SleepAsync(TimeSpan.FromHours(5), CancellationToken.None));

        Assert.Equal(Start + TimeSpan.FromHours(5), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_remote_sleeper_beyond_the_locks_stands_for_the_activity_it_is_called_from()
    {
        var clock = new ServerClock(initialLocks: 0, real: real);
        using var activity = clock.Busy();

        await clock.SleepRemoteAsync(TimeSpan.FromHours(5), CancellationToken.None);

        Assert.Equal(Start + TimeSpan.FromHours(5), clock.GetUtcNow());
    }

    [Fact]
    public async Task Sleepers_in_this_process_never_outweigh_work_in_flight()
    {
        var clock = new ServerClock(initialLocks: 1, real: real);
        var work = clock.Busy();
        var sleeps = Task.WhenAll(clock.SleepAsync(TimeSpan.FromHours(5), CancellationToken.None), clock.SleepAsync(TimeSpan.FromHours(6), CancellationToken.None));
        using (clock.Schedule(Start, () => { })) { }   // the clock looks again
        Assert.Equal((false, TimeSpan.Zero), (sleeps.IsCompleted, clock.Offset));

        work.Dispose();
        await sleeps;

        Assert.Equal(Start + TimeSpan.FromHours(6), clock.GetUtcNow());
    }

    [Fact]
    public async Task Sleepers_here_and_elsewhere_share_the_locks()
    {
        var clock = new ServerClock(initialLocks: 2, real: real);
        using var activity = clock.Busy();
        List<TimeSpan> offsets = [];
        clock.OffsetChanging = offsets.Add;
        var here = clock.SleepAsync(TimeSpan.FromHours(2), CancellationToken.None);
        var first = clock.SleepRemoteAsync(TimeSpan.FromHours(3), CancellationToken.None);
        Assert.Empty(offsets);   // both locks are undone, and nobody stands for the activity

        var second = clock.SleepRemoteAsync(TimeSpan.FromHours(1), CancellationToken.None);
        await second;

        Assert.Equal([TimeSpan.FromHours(1)], offsets);
        Assert.False(here.IsCompleted || first.IsCompleted);
    }

    [Fact]
    public async Task More_unlocks_than_locks_count_as_no_lock()
    {
        var clock = new ServerClock(initialLocks: 1, real: real);
        clock.RemoveLock();
        clock.RemoveLock();
        using var work = clock.Busy();
        var wait = Task.Delay(TimeSpan.FromHours(1), clock);
        Assert.Equal(Start, clock.GetUtcNow());   // a negative count does not outweigh work in flight

        work.Dispose();
        await wait;

        Assert.Equal(Start + TimeSpan.FromHours(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_canceled_timer_attracts_no_skip()
    {
        var clock = new ServerClock(initialLocks: 1, real: real);
        await using (clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan))
        {
        }

        var wait = Task.Delay(TimeSpan.FromHours(1), clock);
        List<TimeSpan> offsets = [];
        clock.OffsetChanging = offsets.Add;
        clock.RemoveLock();
        await wait;

        Assert.Equal([TimeSpan.FromHours(1)], offsets);
    }

    [Fact]
    public async Task A_clock_that_began_in_the_past_is_not_skipped_past_the_real_one()
    {
        var clock = new ServerClock(offset: -TimeSpan.FromDays(10), initialLocks: 0, real: real) { SkipLimit = TimeSpan.Zero };
        await Task.Delay(TimeSpan.FromDays(9), clock);
        Assert.Equal(Start - TimeSpan.FromDays(1), clock.GetUtcNow());

        var beyond = Task.Delay(TimeSpan.FromDays(2), clock);
        await Task.Delay(TimeSpan.FromDays(1), clock);

        Assert.False(beyond.IsCompleted);
        Assert.Equal(Start, clock.GetUtcNow());
    }

    /// <summary>A real clock that stands still: whatever passes was skipped.</summary>
    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => 0;
    }
}
