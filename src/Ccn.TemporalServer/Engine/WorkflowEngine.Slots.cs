using Ccn.TemporalServer.Storage;

namespace Ccn.TemporalServer.Engine;

/// <content>Runs in memory: loading them when they are asked for, and dropping them.</content>
internal sealed partial class WorkflowEngine
{
    /// <summary>The slot of a workflow ID with the runs that are asked for in memory, as far as they exist.</summary>
    private ValueTask<WorkflowSlot> OpenAsync(string namespaceId, string workflowId, string runId)
    {
        if (!slots.TryGetValue((namespaceId, workflowId), out var slot))
        {
            slot = slots.GetOrAdd((namespaceId, workflowId), static key => new WorkflowSlot(key.NamespaceId, key.WorkflowId));
            RefuseDeleted(slot);
        }

        lock (slot.Gate)
        {
            slot.LastUsed = Environment.TickCount64;
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

        CountResident();
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

            Wake(execution.Ref);   // its own alarm is set now
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

    /// <summary>Stops timers and background work and fails those who wait; the store has everything.</summary>
    public void Stop()
    {
        pipeline.Failed -= DropAll;
        stopping.Cancel();
        DropSlots();
    }

    /// <summary>A commit failed: what memory holds beyond the store is void, so all of it goes and open runs are set going anew.</summary>
    private void DropAll(Exception cause)
    {
        DropSlots();
        if (cause is StoreFencedException)
        {
            stopping.Cancel();   // another process has the store now
        }
        else
        {
            Background(LoadOpenAsync);
        }
    }

    /// <summary>
    /// Takes the runs of a deleted namespace out of memory and lets none in again: from here on nothing of them is written
    /// any more. Polls for their tasks end.
    /// </summary>
    public void DropNamespace(string namespaceId)
    {
        DropSlots(slot => slot.NamespaceId == namespaceId);
        foreach (var run in asleep.Keys.Where(run => run.NamespaceId == namespaceId))
        {
            Wake(run);
        }

        Queues.Forget(namespaceId);
    }

    /// <summary>Asked after the slot was put in its place, so that <see cref="DropNamespace"/> finds it or it is refused.</summary>
    private void RefuseDeleted(WorkflowSlot slot)
    {
        if (!namespaces.IsDeleted(slot.NamespaceId))
        {
            return;
        }

        lock (slot.Gate)
        {
            Drop(slot);
        }

        throw Refusal.NotFound($"Namespace {NamespaceName(slot.NamespaceId)} is not found.");
    }

    private void DropSlots(Func<WorkflowSlot, bool>? which = null)
    {
        foreach (var slot in slots.Values.Where(slot => which?.Invoke(slot) != false))
        {
            lock (slot.Gate)
            {
                Drop(slot);
            }
        }
    }
}
