using System.Security.Cryptography;
using System.Text;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Contests;

/// <summary>One themed competition: submissions, critique, blind voting, the frozen tally, a fraud hold and the decision. Ballots are rows; this holds the clock, the entries and the result.</summary>
[Workflow("Contest")]
public sealed partial class ContestWorkflow
{
    /// <summary>Entries of one contest: their list is the payload of the tally and must stay well under the size limit.</summary>
    private const int MaxEntries = 2_000;

    private readonly ContestInput input;
    private readonly WorkflowProgress progress;
    private readonly List<ContestEntry> entries = [];
    private readonly string seed;
    private readonly DateTimeOffset submissionsCloseAt;
    private readonly DateTimeOffset votingOpensAt;
    private readonly DateTimeOffset votingClosesAt;
    private readonly DateTimeOffset decidedAt;
    private ContestPhase phase = ContestPhase.Scheduled;
    private CancelContest? cancel;

    [WorkflowInit]
    public ContestWorkflow(ContestInput input)
    {
        this.input = input;
        seed = Workflow.NewGuid().ToString("N");
        progress = new(null, "Contest", ContestPhase.Scheduled.ToString());
        submissionsCloseAt = input.Times?.SubmissionsCloseAt ?? (input.OpensAt + input.Rules.Submissions);
        votingOpensAt = input.Times?.VotingOpensAt ?? (submissionsCloseAt + input.Rules.Critique);
        votingClosesAt = input.Times?.VotingClosesAt ?? (votingOpensAt + input.Rules.Voting);
        decidedAt = input.Times?.DecidedAt ?? (votingClosesAt + input.Rules.FraudHold);
    }

    private enum ContestPhase { Scheduled, Submissions, Critique, Voting, FraudHold, Decided, Canceled }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private string SeedSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public static string IdFor(string contestId) => $"contest/{contestId}";

    public static WorkflowLabel LabelFor(string contestId) => new("Contest", $"Contest `{contestId}`: submissions, critique, blind voting, decision.");

    [WorkflowRun]
    public async Task<ContestResult> RunAsync(ContestInput input)
    {
        try
        {
            await progress.RecordAsync("opened", this.input.OpenedBy, new ContestOpened(this.input.ContestId, this.input.Title, this.input.Brief, this.input.Category,
                this.input.Rules, this.input.OpensAt, submissionsCloseAt, votingOpensAt, votingClosesAt, decidedAt, SeedSha256, this.input.Zone));
            await PhaseEndsAsync(ContestPhase.Scheduled, "the opening", Party.None, this.input.OpensAt, "submissions open");
            await PhaseEndsAsync(ContestPhase.Submissions, "entries of creators", Party.Creator, submissionsCloseAt, "entries are refused");
            await PhaseEndsAsync(ContestPhase.Critique, "feedback on the entries", Party.Community, votingOpensAt, "voting opens");
            await PhaseEndsAsync(ContestPhase.Voting, "blind ballots of the community", Party.Community, votingClosesAt, "the ballots are frozen and counted");
            if (cancel is not null) { return await CallOffAsync(cancel.AdminId, cancel.Reason); }

            var tally = await FreezeAsync();
            await PhaseEndsAsync(ContestPhase.FraudHold, "the check of the ballots", Party.Moderator, decidedAt, "the winner is announced");
            return cancel is null ? await DecideAsync(tally) : await CallOffAsync(cancel.AdminId, cancel.Reason);
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await CallOffAsync(null, "Canceled by an operator.");
            throw;
        }
    }

    private async Task PhaseEndsAsync(ContestPhase next, string waitsFor, Party turn, DateTimeOffset until, string then)
    {
        if (cancel is not null) { return; }

        phase = next;
        if (next is not ContestPhase.Scheduled) { await progress.RecordAsync($"phase-{next}", null, new ContestPhaseChanged(input.ContestId, next.ToString())); }
        progress.Waiting(next.ToString(), waitsFor, turn, until, then);
        await WorkflowTime.UntilAsync(() => cancel is not null, until, $"{next} ends");
    }

    private Task<ContestTally> FreezeAsync() => progress.RequireAsync("freeze-and-tally", async () =>
    {
        var tally = await Workflow.ExecuteActivityAsync(
            (IContestActivities a) => a.FreezeAndTallyAsync(new(input.ContestId, entries, seed)), ActivityPolicies.Data.Titled("Freeze the ballots and count"));
        await progress.RecordAsync("tallied", null, new ContestTallied(input.ContestId, tally.TallyHash, tally.Ballots, tally.Ranking, seed));
        return tally;
    });

    private async Task<ContestResult> DecideAsync(ContestTally frozen)
    {
        progress.Working("Deciding");
        var final = await progress.RequireAsync("decide", () => Workflow.ExecuteActivityAsync(
            (IContestActivities a) => a.DecideAsync(new(input.ContestId, entries, seed)), ActivityPolicies.Data.Titled("Rank without voided ballots")));

        // Nobody wins a contest in which nobody voted.
        var winner = final.Ballots == 0 ? null : final.Ranking.FirstOrDefault(rank => entries.Exists(entry => entry.DesignId == rank.DesignId));
        phase = ContestPhase.Decided;
        await progress.RecordAsync("decided", Decision(winner));
        foreach (var entry in entries)
        {
            var rank = final.Ranking.FirstOrDefault(ranked => ranked.DesignId == entry.DesignId)?.Rank ?? 0;
            await TellAsync(entry.DesignId, "contestDecided", new ContestOutcome(input.ContestId, entry.DesignId == winner?.DesignId, rank));
        }

        progress.Working("Decided");
        await WorkflowTime.HandlersFinishedAsync();
        return new(input.ContestId, winner?.DesignId, frozen.TallyHash);
    }

    private IReadOnlyList<BusinessEvent> Decision(ContestRank? winner)
    {
        var decided = progress.Fact("decided", null, new ContestDecided(input.ContestId, winner?.DesignId), winner?.DesignId);
        return winner is null
            ? [decided]
            : [decided,
                progress.Fact("badge", null, new BadgeAwarded(winner.CreatorId, "contest-winner", input.ContestId), winner.DesignId),
                progress.Fact("spotlight", null, new SpotlightOpened(input.ContestId), winner.DesignId)];
    }

    private async Task<ContestResult> CallOffAsync(string? adminId, string reason)
    {
        phase = ContestPhase.Canceled;
        progress.Working("Canceled");
        await progress.RecordAsync("canceled", adminId, new ContestPhaseChanged(input.ContestId, "Canceled", reason));
        foreach (var entry in entries) { await TellAsync(entry.DesignId, "contestDecided", new ContestOutcome(input.ContestId, false, 0)); }

        await WorkflowTime.HandlersFinishedAsync();
        return new(input.ContestId, null, null);
    }

    // A design that has ended meanwhile cannot be told and need not be.
    private static async Task TellAsync(string designId, string signal, object fact)
    {
        try { await Workflow.GetExternalWorkflowHandle(DesignLifecycleWorkflow.IdFor(designId)).SignalAsync(signal, [fact], new() { CancellationToken = CancellationToken.None }); }
        catch (ApplicationFailureException) { Workflow.Logger.LogInformation("The design {DesignId} has ended; {Signal} is not sent.", designId, signal); }
    }
}
