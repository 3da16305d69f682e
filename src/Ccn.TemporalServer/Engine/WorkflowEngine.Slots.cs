using System.Collections.Concurrent;
using Ccn.TemporalServer.Storage;

namespace Ccn.TemporalServer.Engine;

/// <content>Runs in memory: loading, recovery, and letting go of closed ones.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>So many workflow IDs without an open run stay in memory for those who ask for them next.</summary>
    private const int MostIdleSlots = 2_000;

    private readonly ConcurrentQueue<WorkflowSlot> idle = new();

    /// <summary>At boot: loads every open run and sets it going.</summary>
    public async Task RecoverAsync(long epoch, CancellationToken cancel)
    {
        lastStamp = epoch << 40;
        await LoadOpenAsync(cancel);
    }

    private async Task LoadOpenAsync(CancellationToken cancel)
    {
        List<(string NamespaceId, string WorkflowId, string RunId)> open = [];
        await foreach (var stored in store.LoadOpenAsync(cancel))
        {
            open.Add((stored.NamespaceId, stored.WorkflowId, stored.RunId));
        }

        using var busy = Clock.Busy();   // no time is skipped before everything that may be due is known
        foreach (var (namespaceId, workflowId, runId) in open)
        {
            await OpenAsync(namespaceId, workflowId, runId);
        }
    }

    /// <summary>The slot of a workflow ID with the runs that are asked for in memory, as far as they exist.</summary>
    private ValueTask<WorkflowSlot> OpenAsync(string namespaceId, string workflowId, string runId)
    {
        var slot = slots.GetOrAdd((namespaceId, workflowId), static key => new WorkflowSlot(key.NamespaceId, key.WorkflowId));
        lock (slot.Gate)
        {
            if (slot.IsLoaded && (runId.Length == 0 || slot.Runs.ContainsKey(runId)))
            {
                return new(slot);
            }
        }

        return new(LoadAsync(slot, runId));
    }

    private async Task<WorkflowSlot> LoadAsync(WorkflowSlot slot, string runId)
    {
        List<Transition> resumed = [];
        await slot.Loading.WaitAsync();
        try
        {
            if (!slot.IsLoaded)
            {
                await LoadRunAsync(slot, null, resumed);
                lock (slot.Gate) { slot.IsLoaded = true; }
            }

            if (runId.Length > 0)
            {
                await LoadRunAsync(slot, runId, resumed);
            }
        }
        finally
        {
            slot.Loading.Release();
        }

        foreach (var transition in resumed)
        {
            await transition.ReleaseAsync();
        }

        if (resumed.Count == 0)
        {
            LetGoOfIdle(slot);
        }

        return slot;
    }

    private async Task LoadRunAsync(WorkflowSlot slot, string? runId, List<Transition> resumed)
    {
        lock (slot.Gate)
        {
            if (slot.IsDropped || (runId is not null && slot.Runs.ContainsKey(runId)))
            {
                return;
            }
        }

        var stored = await store.LoadAsync(slot.NamespaceId, slot.WorkflowId, runId, CancellationToken.None);
        if (stored is null)
        {
            return;
        }

        var history = await store.LoadHistoryAsync(slot.NamespaceId, slot.WorkflowId, stored.RunId, CancellationToken.None);
        lock (slot.Gate)
        {
            if (slot.IsDropped)
            {
                return;
            }

            if (!slot.Runs.TryGetValue(stored.RunId, out var execution))
            {
                execution = Execution.Load(this, slot, stored, history);
                slot.Runs[stored.RunId] = execution;
            }

            if (stored.IsCurrent)
            {
                slot.Current ??= execution;
            }

            if (execution.State.IsOpen)
            {
                var transition = new Transition(slot, Clock.GetUtcNow());
                execution.Resume(transition);
                transition.Seal(pipeline);
                resumed.Add(transition);
            }
        }
    }

    /// <summary>Forgets the workflow IDs that were idle longest. The store has them.</summary>
    public void LetGoOfIdle(WorkflowSlot slot)
    {
        idle.Enqueue(slot);
        while (idle.Count > MostIdleSlots && idle.TryDequeue(out var oldest))
        {
            lock (oldest.Gate)
            {
                if (!oldest.IsDropped && oldest.LastCommit.IsCompletedSuccessfully && oldest.Runs.Values.All(r => !r.State.IsOpen))
                {
                    Drop(oldest);
                }
            }
        }
    }

    /// <summary>Takes a slot out of memory. Under its lock.</summary>
    private void Drop(WorkflowSlot slot)
    {
        slot.IsDropped = true;
        slots.TryRemove(new((slot.NamespaceId, slot.WorkflowId), slot));
        foreach (var execution in slot.Runs.Values)
        {
            execution.Abandon();
        }
    }

    private async Task ReloadAsync(WorkflowSlot dropped) => await OpenAsync(dropped.NamespaceId, dropped.WorkflowId, "");

    /// <summary>Stops timers and fails those who wait; the store has everything.</summary>
    public void Stop()
    {
        pipeline.Failed -= DropAll;
        DropSlots();
    }

    /// <summary>A commit failed: what memory holds beyond the store is void, so all of it goes and open runs are loaded anew.</summary>
    private void DropAll(Exception cause)
    {
        DropSlots();
        if (cause is not StoreFencedException)   // another process has the store now
        {
            Background(LoadOpenAsync(CancellationToken.None));
        }
    }

    private void DropSlots()
    {
        foreach (var slot in slots.Values)
        {
            lock (slot.Gate)
            {
                Drop(slot);
            }
        }
    }
}
