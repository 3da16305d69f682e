using Ccn.Api.Payouts;
using Ccn.Api.Royalties;
using Ccn.Data.Payouts;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Workflows.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>Statements and the creator's money.</summary>
internal static class RoyaltyActs
{
    /// <summary>Waits for a final statement of the licence that the predicate picks.</summary>
    public static async Task<StatementDetail> StatementAsync(this Story story, Actor creator, string licenceId, string what, Func<StatementSummary, bool> which)
    {
        var statements = await story.UntilAsync(what, () => creator.GetAsync<IReadOnlyList<StatementSummary>>($"/v1/statements?licenceId={licenceId}", story.Cancel),
            found => found.Any(statement => statement.State is StatementState.Final && which(statement)), TimeSpan.FromDays(75),
            found => found.Where(statement => statement.State is not StatementState.Final).Max(statement => statement.QueryUntil));
        var final = statements.First(statement => statement.State is StatementState.Final && which(statement));
        return await creator.GetAsync<StatementDetail>($"/v1/statements/{final.StatementId}", story.Cancel);
    }

    /// <summary>Finance looks at a payout that pays a statement and approves exactly what it has seen.</summary>
    public static async Task<string> ApprovePayoutAsync(this Story story, string payeeId, string statementId, string label = "approve-payout")
    {
        var finance = story.World.Cast.Finance;
        var (found, _) = await story.UntilAsync("a payout to approve", async () => (
            Payout: (await finance.GetAsync<IReadOnlyList<PayoutSummary>>("/v1/payouts", story.Cancel)).FirstOrDefault(candidate => candidate.PayeeId == payeeId && candidate.StatementIds.Contains(statementId)),
            Payee: await finance.GetAsync<WorkflowStatus>($"/v1/payees/{payeeId}/status", story.Cancel)), seen => seen.Payout is not null, TimeSpan.FromDays(75), seen => seen.Payee.Until);
        var payout = found!;
        await story.DoAsync(label, finance, $"approves the payout of {payout.Amount} by its hash {payout.PayloadHash[..12]}…",
            () => finance.PostAsync($"/v1/payouts/{payout.PayoutId}/approval", new ApprovalBody(payout.PayloadHash), story.Key(label), story.Cancel));
        return payout.PayoutId;
    }

    public static Task<PayoutSummary> PayoutIsAsync(this Story story, Actor payee, string payoutId, params PayoutStatus[] states) => story.UntilAsync(
        $"the payout to be {string.Join(" or ", states)}", () => payee.GetAsync<PayoutSummary>($"/v1/payouts/{payoutId}", story.Cancel), payout => states.Contains(payout.State), TimeSpan.FromDays(40));
}
