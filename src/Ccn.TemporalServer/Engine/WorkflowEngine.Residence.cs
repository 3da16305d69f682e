using System.Collections.Concurrent;

namespace Ccn.TemporalServer.Engine;

/// <content>
/// Which runs are in memory. An open run that waits for nothing but its next timer or a message sleeps: of it only its
/// name and the instant at which it wakes are held, so that memory is bounded by what is at work and not by what is open.
/// </content>
internal sealed partial class WorkflowEngine
{
    /// <summary>So many runs are loaded at once when the server starts.</summary>
    private const int LoadsAtOnce = 8;

    private readonly ConcurrentDictionary<RunRef, IDisposable> asleep = new();
    private int resident;
    private int sweeping;
    private int sweepAbove;

    /// <summary>Number of open runs that are not in memory.</summary>
    public int Asleep => asleep.Count;

    /// <summary>About how many runs are in memory.</summary>
    public int Resident => Volatile.Read(ref resident);

    /// <summary>At boot: sets every open run going.</summary>
    public Task RecoverAsync(long epoch)
    {
        lastStamp = epoch << 40;
        return LoadOpenAsync();
    }

    /// <summary>A run more is in memory; above the limit those that were not used for longest go to sleep.</summary>
    public void CountResident()
    {
        Interlocked.Increment(ref resident);
        SweepIfAbove();
    }

    /// <summary>
    /// Puts alarms on what sleeps, and loads what has work to hand out, or what may have missed the end of another run.
    /// The latter happens behind the open port: whoever asks for a run before its turn loads it himself.
    /// </summary>
    private async Task LoadOpenAsync()
    {
        using var busy = Clock.Busy();   // no time is skipped before everything that may be due is known
        List<RunRef> working = [];
        await foreach (var open in store.LoadOpenAsync(stopping.Token))
        {
            var run = new RunRef(SharedId(open), open.WorkflowId, open.RunId);
            if (namespaces.IsDeleted(run.NamespaceId))
            {
                continue;   // it is being removed
            }

            if (open.MustResume)
            {
                working.Add(run);
            }
            else
            {
                Sleep(run, open.NextDue);
            }
        }

        if (working.Count + Asleep > 0)
        {
            LogOpenRuns(working.Count, Asleep);
        }

        Recovered?.Invoke();
        Background(() => Parallel.ForEachAsync(
            working, new ParallelOptions { MaxDegreeOfParallelism = LoadsAtOnce, CancellationToken = stopping.Token }, async (run, _) => await ReviveAsync(run)));
    }

    /// <summary>The one string that the registry holds, not another copy for each run.</summary>
    private string SharedId(Storage.OpenRun open) => namespaces.FindById(open.NamespaceId)?.Id ?? open.NamespaceId;

    /// <summary>Loads a run and asks those it is tied to what they did while the server was down.</summary>
    private async Task ReviveAsync(RunRef run) => await TransitAsync(run.NamespaceId, run.WorkflowId, run.RunId, (slot, tx) =>
    {
        slot.Find(run.RunId)?.AskRelatives(tx);
        return true;
    });

    /// <summary>Remembers when a run that is not in memory wakes.</summary>
    private void Sleep(RunRef run, DateTimeOffset? nextDue)
    {
        Wake(run);
        asleep[run] = nextDue is { } due ? Clock.Schedule(due, () => OnDue(run)) : NoAlarm.Instance;
        if (slots.TryGetValue((run.NamespaceId, run.WorkflowId), out var slot))
        {
            lock (slot.Gate)
            {
                if (!slot.IsDropped && slot.Runs.ContainsKey(run.RunId))
                {
                    Wake(run);   // it was loaded meanwhile, and has an alarm of its own
                }
            }
        }
    }

    private void Wake(RunRef run)
    {
        if (asleep.TryRemove(run, out var alarm))
        {
            alarm.Dispose();
        }
    }

    private void SweepIfAbove()
    {
        if (Resident > Volatile.Read(ref sweepAbove) && Interlocked.Exchange(ref sweeping, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static engine => engine.SweepResidents(), this, preferLocal: false);
        }
    }

    /// <summary>Drops the runs that were not used for longest, down to the limit, as far as they need nothing of memory.</summary>
    private void SweepResidents()
    {
        var now = Real.GetUtcNow();
        var before = Resident;
        var oldestFirst = slots.Values.OrderBy(s => s.LastUsed).ToList();
        var count = oldestFirst.Sum(s => s.Runs.Count);
        foreach (var slot in oldestFirst)
        {
            if (count <= Limits.ResidentRuns)
            {
                break;
            }

            lock (slot.Gate)
            {
                count -= slot.IsDropped ? slot.Runs.Count : LetGo(slot, now);
            }
        }

        Interlocked.Add(ref resident, count - before);
        Volatile.Write(ref sweepAbove, Math.Max(count, Limits.ResidentRuns) * 11 / 10);
        Interlocked.Exchange(ref sweeping, 0);
        SweepIfAbove();   // for those that came while this one was under way, and set off none
    }

    /// <summary>Drops a slot, or the closed runs of it that nobody needs. Under its lock.</summary>
    /// <returns>How many runs less are in memory.</returns>
    private int LetGo(WorkflowSlot slot, DateTimeOffset now)
    {
        var before = slot.Runs.Count;
        if (!slot.LastCommit.IsCompletedSuccessfully)
        {
            return 0;
        }

        if (slot.Runs.Values.All(r => r.MayLeaveMemory(now)))
        {
            slot.IsDropped = true;
            foreach (var run in slot.Runs.Values.Where(r => r.State.IsOpen))
            {
                Sleep(run.Ref, run.NextDue());   // before its own alarm goes: no time is skipped in between
            }

            Drop(slot);
            return before;
        }

        foreach (var closed in slot.Runs.Values.Where(r => !r.State.IsOpen && !ReferenceEquals(r, slot.Current) && r.MayLeaveMemory(now)).ToList())
        {
            slot.Runs.Remove(closed.RunId);
            closed.Abandon();
        }

        return before - slot.Runs.Count;
    }

    private sealed class NoAlarm : IDisposable
    {
        public static readonly NoAlarm Instance = new();

        public void Dispose()
        {
            // there is nothing to stop
        }
    }
}
