using Ccn.Api.Bids;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>Sealed bids and the creator's choice.</summary>
internal static class BidActs
{
    public static BidTerms Percent(int basisPoints, Money price, int units, int months = 24) => new(RoyaltyMode.Percent, basisPoints, null, price, units, Exclusive: true, months, null);

    public static async Task<string> BidAsync(this Story story, Actor seller, string designId, string label, BidTerms terms)
    {
        var bidId = story.Id(Ids.Bid, label);
        await story.DoAsync($"bid-{label}", seller.Name, FormattableString.Invariant($"bids {terms.RateBasisPoints / 100m:0.##} % of gross sales, sealed"), async () =>
            "receipt " + (await seller.PutAsync<Workflows.Bids.BidReceipt>($"/v1/designs/{designId}/bids/{bidId}", terms, story.Cancel)).Receipt[..12] + "…");
        return bidId;
    }

    /// <summary>Waits until the window has closed and the bids are open to the creator.</summary>
    public static async Task<IReadOnlyList<BidView>> RevealedAsync(this Story story, Actor creator, string designId)
    {
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids, DesignStage.Licensing, DesignStage.Sourcing);
        var until = (await creator.GetAsync<Api.Designs.DesignDetail>($"/v1/designs/{designId}", story.Cancel)).Design.Until;
        return await story.UntilAsync("the bids to be revealed", () => creator.GetAsync<IReadOnlyList<BidView>>($"/v1/designs/{designId}/bids", story.Cancel),
            bids => bids.Any(bid => bid.State is not (BidState.Sealed or BidState.Withdrawn)), TimeSpan.FromDays(15), _ => until);
    }

    public static Task AcceptAsync(this Story story, Actor creator, string designId, string bidId, string words) =>
        story.DoAsync("accept", creator, $"accepts the bid of {words}", () => creator.PostAsync($"/v1/designs/{designId}/bids/{bidId}/acceptance", null, story.Key("accept"), story.Cancel));
}
