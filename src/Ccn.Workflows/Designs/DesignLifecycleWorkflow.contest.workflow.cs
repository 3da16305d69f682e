using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Lifecycle;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Designs;

/// <summary>The design's side of a contest: it asks to enter, is told whether it is in, and at the end its rank.</summary>
public sealed partial class DesignLifecycleWorkflow
{
    /// <summary>A contest answers at once; one that was terminated never does.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMinutes(10);

    private string? contestId;
    private string? asked;
    private bool entering;
    private EntryDecided? entry;
    private ContestOutcome? outcome;

    /// <summary>Asks the contest and waits for its answer, which is the answer to the creator.</summary>
    private async Task<EntryDecided> AskContestAsync(EnterContest command)
    {
        entering = true;
        (entry, outcome) = (null, null);
        asked = command.ContestId;
        try
        {
            await Workflow.GetExternalWorkflowHandle<ContestWorkflow>(ContestWorkflow.IdFor(command.ContestId))
                .SignalAsync(wf => wf.EnterAsync(new(input.DesignId, input.CreatorId, input.File.Sha256)));
            if (!await WorkflowTime.UntilAsync(() => entry is not null, WorkflowTime.Now + AnswerTime, "The contest's answer")) { entry = new(command.ContestId, false, "The contest did not answer."); }
        }
        catch (ApplicationFailureException) { entry = new(command.ContestId, false, "There is no such open contest."); }
        finally { entering = false; }

        if (entry!.Accepted) { contestId = command.ContestId; }

        return entry;
    }

    /// <summary>Waits for the contest's decision. True when the design has won: then it goes to bids by itself.</summary>
    private async Task<bool> ContestIsWonAsync()
    {
        var contest = contestId!;
        await EnterAsync(DesignStage.InContest, "the decision of the contest", Party.Community, relatedId: contest);
        await Workflow.WaitConditionAsync(() => outcome is not null || withdrawal is not null);
        contestId = null;
        if (withdrawal is not null)
        {
            await LeaveContestAsync(contest);
            return false;
        }

        // Without a rank the contest was called off, and the design is as free as before.
        stage = outcome!.Rank == 0 ? DesignStage.Published : DesignStage.NotSelected;
        if (outcome.Won) { await EnterAsync(DesignStage.Won, "the opening of the bids", Party.None, relatedId: contest); }

        return outcome.Won;
    }

    // A contest that has ended meanwhile need not be told. Detached: a canceled design must not win.
    private async Task LeaveContestAsync(string contest)
    {
        try
        {
            await Workflow.GetExternalWorkflowHandle<ContestWorkflow>(ContestWorkflow.IdFor(contest))
                .SignalAsync(wf => wf.WithdrawEntryAsync(new(input.DesignId)), new() { CancellationToken = CancellationToken.None });
        }
        catch (ApplicationFailureException) { Workflow.Logger.LogInformation("The contest {ContestId} has ended; it is not told of the withdrawal.", contest); }
    }
}
