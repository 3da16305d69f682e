using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>
/// Lets one schedule act. Everything it does is done by one at a time; a start is stored as due before it is made, under
/// the request ID it is made with, so that a crash between the two neither loses nor repeats it.
/// </summary>
internal sealed class ScheduleRunner : IDisposable
{
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryStoreAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly WorkflowEngine engine;
    private readonly CommitPipeline pipeline;
    private readonly ScheduledRuns runs;
    private readonly ScheduleStarter starter;
    private ScheduleTimes times;
    private IDisposable? alarm;
    private bool isStopped;

    public ScheduleRunner(
        WorkflowEngine engine, CommitPipeline pipeline, ScheduledRuns runs, string namespaceId, string scheduleId, ScheduleState state)
    {
        (this.engine, this.pipeline, this.runs) = (engine, pipeline, runs);
        (NamespaceId, ScheduleId, State) = (namespaceId, scheduleId, state);
        starter = new(engine, namespaceId, scheduleId);
        times = TimesOf(state);
    }

    /// <summary>Namespace id.</summary>
    public string NamespaceId { get; }

    /// <summary>Schedule ID.</summary>
    public string ScheduleId { get; }

    /// <summary>The stored state. It is not changed, but replaced.</summary>
    public ScheduleState State { get; private set; }

    /// <summary>True once the schedule was deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Times of the schedule as it is defined now.</summary>
    public ScheduleTimes Times => times;

    /// <summary>Stores a new schedule and lets it act for the first time.</summary>
    public Task CreateAsync(SchedulePatch? patch) => ActAsync(state => Apply(state, patch), mustStore: true);

    /// <summary>After a restart: goes on, also with what closed meanwhile.</summary>
    public async Task ResumeAsync()
    {
        foreach (var running in State.Info.RunningWorkflows.ToList())
        {
            runs.Follow(NamespaceId, running.WorkflowId, this);
            if (await starter.ClosedRunAsync(running) is { } closed)
            {
                await CloseAsync(closed);
            }
        }

        await WakeAsync();
    }

    /// <summary>Replaces the definition.</summary>
    /// <param name="change">Changes a copy of the state; false to leave it.</param>
    public Task UpdateAsync(Func<ScheduleState, bool> change) => ActAsync(
        state =>
        {
            if (change(state))
            {
                state.Revision++;
                state.Info.UpdateTime = engine.Clock.GetUtcNow().AsTimestamp();
                state.Cursor = engine.Clock.GetUtcNow();   // a new definition says nothing about the past
            }
        },
        mustStore: true);

    /// <summary>Pauses, goes on, starts at once, or makes up for a time that is past.</summary>
    public Task PatchAsync(SchedulePatch patch) => ActAsync(state => Apply(state, patch), mustStore: true);

    /// <summary>A run that this schedule started has closed.</summary>
    public async Task CloseAsync(ClosedRun run)
    {
        await ActAsync(state => state.Close(run), mustStore: false);
        if (State.Info.RunningWorkflows.All(r => r.WorkflowId != run.WorkflowId))
        {
            runs.Forget(NamespaceId, run.WorkflowId, this);
        }
    }

    /// <summary>Acts on what is due.</summary>
    public Task WakeAsync() => ActAsync(_ => { }, mustStore: false);

    /// <summary>Removes the schedule; runs that it started go on.</summary>
    public async Task DeleteAsync()
    {
        await gate.WaitAsync();
        try
        {
            RequireExisting();
            await pipeline.AppendAsync([new ScheduleWrite(NamespaceId, ScheduleId, null)]);
            IsDeleted = true;
            Stop();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stops acting; what is stored stays.</summary>
    public void Stop()
    {
        isStopped = true;
        alarm?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        gate.Dispose();
    }

    /// <summary>Refuses a call to a deleted schedule.</summary>
    public void RequireExisting()
    {
        if (IsDeleted)
        {
            throw Refusal.Completed();
        }
    }

    private async Task ActAsync(Action<ScheduleState> change, bool mustStore)
    {
        using var busy = engine.Clock.Busy();
        await gate.WaitAsync();
        var delay = RetryStoreAfter;
        try
        {
            if (isStopped)
            {
                RequireExisting();
                return;
            }

            var state = State.Clone();
            TakeDue(state);
            change(state);
            await CommitAsync(state, mustStore);
            await StartDueAsync();
            delay = TimeSpan.Zero;
        }
        finally
        {
            Arm(delay);
            gate.Release();
        }
    }

    private async Task CommitAsync(ScheduleState state, bool mustStore = true)
    {
        if (mustStore || !state.ToBytes().AsSpan().SequenceEqual(State.ToBytes()))
        {
            await pipeline.AppendAsync([new ScheduleWrite(NamespaceId, ScheduleId, state.ToBytes())]);
        }

        State = state;
        times = TimesOf(state);
    }

    /// <summary>Buffers the starts whose time has come since the last look.</summary>
    private void TakeDue(ScheduleState state)
    {
        var now = engine.Clock.GetUtcNow();
        if (!state.MayAct)
        {
            state.Cursor = now;   // what passes during a pause is not made up for
            return;
        }

        var window = state.Schedule.Policies.CatchupWindow.OrZero();
        foreach (var time in times.After(state.Cursor).TakeWhile(t => t.At <= now))
        {
            state.Cursor = time.Nominal;
            if (now - time.At > (window > LeastCatchUp ? window : LeastCatchUp))
            {
                state.Info.MissedCatchupWindow++;
            }
            else
            {
                Add(state, time.Nominal, ScheduleOverlapPolicy.Unspecified, isManual: false);
            }
        }
    }

    private void Apply(ScheduleState state, SchedulePatch? patch)
    {
        if (patch?.TriggerImmediately is { } trigger)
        {
            Add(state, trigger.ScheduledTime?.ToDateTimeOffset() ?? FreeSecond(state), trigger.OverlapPolicy, isManual: true);
        }

        foreach (var backfill in patch?.BackfillRequest ?? [])
        {
            var (from, to) = (backfill.StartTime.ToDateTimeOffset(), backfill.EndTime.ToDateTimeOffset());
            foreach (var time in times.After(from.AddTicks(-1)).TakeWhile(t => t.Nominal <= to))
            {
                Add(state, time.Nominal, backfill.OverlapPolicy, isManual: true);
            }
        }

        if (patch is { Pause.Length: > 0 })
        {
            state.SetPaused(true, patch.Pause);
        }

        if (patch is { Unpause.Length: > 0 })
        {
            state.SetPaused(false, patch.Unpause);
        }
    }

    /// <summary>
    /// Runs are called by the second, so a trigger in the same second as a start before it takes the next one. (The real
    /// server drops such a trigger without a word.)
    /// </summary>
    private DateTimeOffset FreeSecond(ScheduleState state)
    {
        var second = engine.Clock.GetUtcNow();
        while (state.Buffer.Exists(b => b.Nominal.ToUnixTimeSeconds() == second.ToUnixTimeSeconds())
            || state.Info.RecentActions.Any(a => a.ScheduleTime.Seconds == second.ToUnixTimeSeconds()))
        {
            second = second.AddSeconds(1);
        }

        return second;
    }

    private static void Add(ScheduleState state, DateTimeOffset nominal, ScheduleOverlapPolicy policy, bool isManual) =>
        state.Buffer.Add(new(nominal, policy, isManual, Guid.NewGuid().ToString()));

    /// <summary>Makes the starts that may be made, and ends the run that stands in the way of another.</summary>
    private async Task StartDueAsync()
    {
        if (State.Buffer.Count == 0)
        {
            return;
        }

        var state = State.Clone();
        var rules = OverlapRules.Decide(state.Buffer, state.Info.RunningWorkflows.Count > 0, state.Schedule.Policies.OverlapPolicy);
        state.Info.OverlapSkipped += rules.Skipped;
        state.Buffer = rules.Waiting;
        foreach (var start in rules.Starts)
        {
            var isAlone = ReferenceEquals(start, rules.Alone);
            if (isAlone && state.Schedule.Action.StartWorkflow is { } alone)
            {
                runs.Follow(NamespaceId, ScheduleStarter.WorkflowIdOf(alone, start, state.Schedule.Policies), this);
            }

            if (state.TakeAction(start.IsManual) && await starter.StartAsync(state, start) is { } action)
            {
                state.Record(action, isAlone);
            }
        }

        await CommitAsync(state);
        foreach (var running in state.Info.RunningWorkflows)
        {
            if (rules.MustTerminate)
            {
                await starter.TerminateAsync(running);
            }
            else if (rules.MustCancel)
            {
                await starter.CancelAsync(running);
            }
        }
    }

    /// <summary>Plans the next look; after a failure of the store a little later.</summary>
    private void Arm(TimeSpan delay)
    {
        alarm?.Dispose();
        alarm = null;
        if (isStopped)
        {
            return;
        }

        var due = State.MayAct ? times.Next(State.Cursor)?.At : null;
        if (delay > TimeSpan.Zero)
        {
            due = engine.Clock.GetUtcNow() + delay;
        }

        if (due is { } at)
        {
            alarm = engine.Clock.Schedule(at, () => engine.Background(WakeAsync));
        }
    }

    private static ScheduleTimes TimesOf(ScheduleState state) => new(state.Schedule.Spec, state.Incarnation);
}
