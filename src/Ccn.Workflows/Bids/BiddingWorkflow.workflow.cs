using Ccn.Domain.Bids;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Bids;

/// <summary>Sealed bids on one design: a window, the reveal of all at once, the creator's decision, and at the end of the decision time the best bid or none, as the template says.</summary>
[Workflow("Bidding")]
public sealed partial class BiddingWorkflow
{
    private readonly BiddingInput input;
    private readonly WorkflowProgress progress;
    private readonly DateTimeOffset closesAt;
    private readonly DateTimeOffset decideBy;
    private readonly List<SealedBid> bids = [];
    private BidPhase phase = BidPhase.Sealed;
    private SealedBid? accepted;
    private bool acceptedAutomatically;
    private string? lapseReason;

    [WorkflowInit]
    public BiddingWorkflow(BiddingInput input)
    {
        this.input = input;
        progress = new(input.DesignId, "Bidding", BidPhase.Sealed.ToString());
        closesAt = WorkflowTime.Now + input.Rules.Window;
        decideBy = closesAt + input.Rules.Decision;
    }

    private enum BidPhase { Sealed, Revealed, Accepted, Lapsed }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    public static string IdFor(string designId, int round = 1) => round == 1 ? $"bidding/{designId}" : FormattableString.Invariant($"bidding/{designId}/{round}");

    [WorkflowRun]
    public async Task<BiddingResult> RunAsync(BiddingInput input)
    {
        try
        {
            await OpenWindowAsync();
            if (!await BidsArrivedAsync()) { return await LapseAsync("No bid was lodged."); }

            var ranking = await RevealAsync();
            await CreatorDecidesAsync();
            if (accepted is null && lapseReason is null && this.input.Rules.AutoAccept)
            {
                (accepted, acceptedAutomatically) = (ranking[0], true);
            }

            return accepted is null ? await LapseAsync(lapseReason ?? "The creator did not decide in time.") : await AcceptAsync(ranking);
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await LapseAsync("The bidding was canceled.");
            throw;
        }
    }

    private async Task OpenWindowAsync()
    {
        await progress.RecordAsync("opened", null, new BiddingOpened(closesAt, decideBy, input.Rules.FloorBasisPoints));
        await progress.EnterStageAsync(DesignStage.OpenToBids, "Sealed", "sealed bids of verified sellers", Party.Seller, closesAt, "all bids are revealed at once", Workflow.Info.WorkflowId);
    }

    private async Task<bool> BidsArrivedAsync()
    {
        await WorkflowTime.UntilAsync(() => false, closesAt, "Bidding window");
        phase = BidPhase.Revealed;
        return bids.Count > 0;
    }

    private async Task<IReadOnlyList<SealedBid>> RevealAsync()
    {
        var ranking = Ranked();
        await progress.RecordAsync("revealed", null, new BidsRevealed(
            [.. ranking.Select((bid, index) => new RevealedBid(bid.BidId, bid.SellerId, bid.LodgedAt, index + 1, bid.Terms, bid.Nonce))]));
        return ranking;
    }

    private async Task CreatorDecidesAsync()
    {
        await progress.EnterStageAsync(DesignStage.OpenToBids, "Revealed", "the creator's decision", Party.Creator, decideBy,
            input.Rules.AutoAccept ? "the best bid is accepted" : "the bids lapse", Workflow.Info.WorkflowId);
        await WorkflowTime.UntilAsync(() => accepted is not null || lapseReason is not null, decideBy, "Creator decides");
    }

    private async Task<BiddingResult> AcceptAsync(IReadOnlyList<SealedBid> ranking)
    {
        progress.Working("Accepted");
        await progress.RecordAsync("accepted", acceptedAutomatically ? null : input.CreatorId, new BidAccepted(accepted!.BidId, accepted.SellerId, acceptedAutomatically));
        phase = BidPhase.Accepted;
        await WorkflowTime.HandlersFinishedAsync();
        return new(accepted, [.. ranking.Where(bid => bid != accepted)], null);
    }

    private async Task<BiddingResult> LapseAsync(string reason)
    {
        progress.Working("Lapsed");
        await progress.RecordAsync("lapsed", null, new BiddingLapsed(reason));
        phase = BidPhase.Lapsed;
        await WorkflowTime.HandlersFinishedAsync();
        return new(null, [], reason);
    }

    private IReadOnlyList<SealedBid> Ranked() =>
        [.. BidRanking.Rank(bids.Select(bid => new LodgedBid(bid.BidId, bid.LodgedAt, bid.Terms))).Select(ranked => bids.Find(bid => bid.BidId == ranked.BidId)!)];
}
