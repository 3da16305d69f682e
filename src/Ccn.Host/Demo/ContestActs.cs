using Ccn.Api.Accounts;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>Challenges: opened by an admin, entered by creators, judged by members, closed by their timers.</summary>
internal static class ContestActs
{
    private static readonly TimeSpan Soon = TimeSpan.FromHours(6);

    public static async Task<string> OpenContestAsync(this Story story, string title, string brief, string category, string? templateId)
    {
        var contestId = story.Id(Ids.Contest, "contest");
        var admin = story.World.Cast.Admin;
        await story.DoAsync("open-contest", admin, $"opens the challenge \"{title}\"", () => admin.PutAsync($"/v1/contests/{contestId}", new OpenContest(title, brief, category, templateId, null), story.Cancel));
        await story.UntilAsync("the challenge to take submissions", () => admin.FindAsync<ContestDetail>($"/v1/contests/{contestId}", story.Cancel), found => found is { Contest.Phase: not "Scheduled" }, Soon);
        return contestId;
    }

    public static async Task EnterContestAsync(this Story story, Actor creator, string designId, string contestId)
    {
        await story.DoAsync("enter-contest", creator.Name, "enters the challenge", async () =>
        {
            await creator.PostAsync($"/v1/designs/{designId}/contest-entry", new ContestEntryBody(contestId), story.Key("enter-contest"), story.Cancel);
            return "taken";
        });
        await story.ReachesAsync(creator, designId, Soon, DesignStage.InContest, DesignStage.Won, DesignStage.NotSelected, DesignStage.OpenToBids);
    }

    /// <summary>Waits until votes are taken, or were.</summary>
    public static Task<ContestDetail> VotingOpensAsync(this Story story, string contestId) => story.UntilAsync("the voting to open",
        () => story.World.Cast.Admin.GetAsync<ContestDetail>($"/v1/contests/{contestId}", story.Cancel), detail => detail.Contest.Phase is "Voting" or "FraudHold" or "Decided", TimeSpan.FromDays(30), detail => detail.Contest.VotingOpensAt);

    /// <summary>Each member gives each entry a score.</summary>
    public static Task VoteAsync(this Story story, string contestId, IReadOnlyList<Actor> members, IReadOnlyDictionary<string, int[]> scores) =>
        story.DoAsync("vote", $"{members.Count} members", "vote blind", async () =>
        {
            await Task.WhenAll(members.SelectMany((member, index) => scores.Select(entry => Task.Run(async () =>
            {
                try { await member.PutAsync($"/v1/contests/{contestId}/entries/{entry.Key}/ballot", new BallotBody(entry.Value[index % entry.Value.Length]), story.Cancel); }
                catch (ProblemResponseException e) when (e.Code == "ballot.already_cast") { return; }   // told again after an interruption
            }, story.Cancel))));
            return FormattableString.Invariant($"{members.Count * scores.Count} ballots");
        });

    public static Task<ContestDetail> DecidedAsync(this Story story, string contestId) => story.UntilAsync("the challenge to be decided",
        () => story.World.Cast.Admin.GetAsync<ContestDetail>($"/v1/contests/{contestId}", story.Cancel), detail => detail.Contest.Phase == "Decided", TimeSpan.FromDays(30),
        detail => detail.Contest.DecidesAt);

    public static async Task<bool> HasBadgeAsync(this Actor reader, string creatorId, string contestId, CancellationToken cancel) =>
        (await reader.GetAsync<CreatorProfile>($"/v1/creators/{creatorId}", cancel)).Badges.Any(badge => badge.ContestId == contestId);
}
