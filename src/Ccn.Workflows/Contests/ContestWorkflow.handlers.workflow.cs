using Ccn.Domain.Events;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Contests;

public sealed partial class ContestWorkflow
{
    /// <summary>A design enters. The instant the entry arrives decides; a repeat gets the same answer.</summary>
    [WorkflowSignal("enter")]
    public async Task EnterAsync(ContestEntry entry)
    {
        if (entries.Exists(known => known.DesignId == entry.DesignId))
        {
            await TellAsync(entry.DesignId, "entryDecided", new EntryDecided(input.ContestId, true, null));
            return;
        }

        if (RefuseEntry() is { } reason)
        {
            await TellAsync(entry.DesignId, "entryDecided", new EntryDecided(input.ContestId, false, reason));
            return;
        }

        entries.Add(entry);
        await progress.RecordAsync($"{entry.DesignId}:entered",
            [progress.Fact($"{entry.DesignId}:entered", entry.CreatorId, new ContestEntered(input.ContestId, entry.CreatorId, entry.DesignVersionHash), entry.DesignId)]);
        await TellAsync(entry.DesignId, "entryDecided", new EntryDecided(input.ContestId, true, null));
    }

    /// <summary>The creator withdrew the design: it is left out from now on.</summary>
    [WorkflowSignal("withdrawEntry")]
    public Task WithdrawEntryAsync(ContestEntryWithdrawn withdrawn)
    {
        if (phase is not (ContestPhase.Decided or ContestPhase.Canceled)) { entries.RemoveAll(entry => entry.DesignId == withdrawn.DesignId); }

        return Task.CompletedTask;
    }

    /// <summary>An admin calls the contest off; the entered designs are free again.</summary>
    [WorkflowUpdate("Cancel")]
    public async Task<WorkflowStatus> CancelAsync(CancelContest command)
    {
        cancel ??= command;
        await Workflow.WaitConditionAsync(() => phase is ContestPhase.Canceled or ContestPhase.Decided);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(CancelAsync))]
    public void ValidateCancel(CancelContest command)
    {
        if (phase is ContestPhase.Decided or ContestPhase.Canceled || WorkflowTime.Now >= decidedAt) { throw Refusal.Conflict($"The contest is {phase}."); }
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A cancellation has a reason."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    private string? RefuseEntry()
    {
        if (phase is ContestPhase.Canceled || cancel is not null) { return "The contest was called off."; }
        if (WorkflowTime.Now < input.OpensAt) { return "The contest has not opened yet."; }
        if (phase is not (ContestPhase.Scheduled or ContestPhase.Submissions) || WorkflowTime.Now >= submissionsCloseAt) { return "Submissions are closed."; }

        return entries.Count >= MaxEntries ? "The contest is full." : null;
    }
}
