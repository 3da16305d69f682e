using Ccn.Api.Royalties;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Royalties;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Production;

namespace Ccn.Host.Demo;

/// <summary>
/// The life of one design as the product promises it: a floral T-shirt wins a challenge, is licensed at 10 %, made, sold 300 times at $20.00,
/// and its creator is paid; two units come back, and the next statement says so. Each step is done over HTTP by the person who would do it.
/// </summary>
internal sealed class ReferenceJourney(Story story, JourneyPlan plan)
{
    private const int Units = 500, Sold = 300, UnitsPerOrder = 5, Returned = 2;
    private const decimal Price = 20.00m;

    private static readonly DemoDesign Design = new("Midnight Garden", "A night garden of peonies and fern, drawn in ink and coloured by hand.", "t-shirts", ["floral", "botanical", "night"], "art-00-a.webp");

    private readonly Cast cast = story.World.Cast;

    private Actor Creator => cast["mara"];
    private Actor Seller => cast["northlight"];
    private Actor OtherSeller => cast["harbor"];

    /// <summary>The supplier that gets the order.</summary>
    private DemoSupplier Chosen => plan.NetworkAnswers ? DemoSupplier.Tiruppur : DemoSupplier.Guangzhou;

    public async Task<JourneyResult> RunAsync()
    {
        var designId = await story.SubmitAsync(Creator, Design, plan.TemplateId);
        await story.ReachesAsync(Creator, designId, TimeSpan.FromDays(1), DesignStage.Published, DesignStage.InContest, DesignStage.Won, DesignStage.OpenToBids);
        var contestId = await WinAsync(designId);
        var licenceId = await LicenseAsync(designId, contestId);
        var rfqId = await SourceAsync(designId, licenceId);
        var orderId = await ProduceAsync(designId, rfqId);
        var (listingId, sku) = await ListAsync(designId);
        var (statement, payoutId, paid) = await SellAndPayAsync(licenceId, sku);
        var correction = plan.WithReturns ? await ReturnAsync(licenceId, sku) : null;
        return new(designId, contestId, licenceId, rfqId, orderId, listingId, statement.Statement.StatementId, payoutId, correction?.Statement.StatementId, statement.Statement.Gross, statement.Statement.Fee, paid);
    }

    private async Task<string> WinAsync(string designId)
    {
        // Another entry, so that there is something to win against.
        var rival = new Story($"{story.Name}-rival", story.World, story.Journal, story.Transcript, story.Cancel);
        var rivalDesign = new DemoDesign("Tile Study", "A study after old floor tiles.", "t-shirts", ["geometric"], "art-12-a.webp");
        var rivalId = await rival.SubmitAsync(cast["aiko"], rivalDesign, plan.TemplateId);
        await rival.ReachesAsync(cast["aiko"], rivalId, TimeSpan.FromDays(1), DesignStage.Published, DesignStage.InContest, DesignStage.NotSelected);

        var contestId = await story.OpenContestAsync("Floral Fashion", "Flowers for people who think they do not like flowers. One motif, wearable every day.", "t-shirts", plan.TemplateId);
        await Task.WhenAll(rival.EnterContestAsync(cast["aiko"], rivalId, contestId), story.EnterContestAsync(Creator, designId, contestId));
        await story.VotingOpensAsync(contestId);
        await story.VoteAsync(contestId, cast.Members, new Dictionary<string, int[]>(StringComparer.Ordinal) { [designId] = [5, 4, 5, 5], [rivalId] = [3, 4, 2, 3] });
        var decided = await story.DecidedAsync(contestId);
        Expect.Equal(designId, decided.Contest.WinnerDesignId, "Winner of the challenge");
        story.See(Creator, "sees the result of the challenge", FormattableString.Invariant($"won, tally {decided.TallyHash![..12]}…"));
        return contestId;
    }

    private async Task<string> LicenseAsync(string designId, string contestId)
    {
        await story.ReachesAsync(Creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids, DesignStage.Licensing, DesignStage.Sourcing);
        Expect.True(await Creator.HasBadgeAsync(Creator.UserId, contestId, story.Cancel), "Badge of the winner");
        Expect.True(await Seller.IsInSpotlightAsync(designId, story.Cancel), "Spotlight of the sellers");
        story.See(Creator, "has the winner's badge", "contest-winner");
        story.See(Seller, "sees the design in the spotlight", "");

        await story.BidAsync(OtherSeller, designId, "8", BidActs.Percent(800, Expect.Dollars(Price), Units));
        var ten = await story.BidAsync(Seller, designId, "10", BidActs.Percent(1_000, Expect.Dollars(Price), Units));
        var bids = await story.RevealedAsync(Creator, designId);
        Expect.Equal(2, bids.Count, "Bids that the creator sees");
        await story.AcceptAsync(Creator, designId, ten, "10 %");

        var licence = await story.LicenceSentAsync(Creator, designId);
        await story.SignAsync(Creator, licence.LicenceId, "sign-creator");
        await story.SignAsync(Seller, licence.LicenceId, "sign-seller");
        var inForce = await story.InForceAsync(Creator, licence.LicenceId);
        story.See(Creator, "has a licence in force", FormattableString.Invariant($"{inForce.Terms!.RateBasisPoints / 100m:0.##} % until {inForce.Licence.EndsAt:yyyy-MM-dd}, sealed copy {inForce.SealedCopySha256![..12]}…"));
        return licence.LicenceId;
    }

    /// <summary>Three suppliers: one answers in a day, one late, one never.</summary>
    private async Task<string> SourceAsync(string designId, string licenceId)
    {
        var (late, never) = plan.NetworkAnswers ? (DemoSupplier.Guangzhou, DemoSupplier.Ningbo) : (DemoSupplier.Ningbo, DemoSupplier.Dhaka);
        var rfqId = await story.InviteAsync(Seller, designId, licenceId, DemoProduct.Of(Design.Category), Units, [Chosen, late, never]);
        if (Chosen.Channel is SupplierChannel.AlibabaHandOff) { await story.QuoteAsync(Chosen, await story.HandedOverLinkAsync(Seller, rfqId, Chosen.Id), 4.10m, 20); }

        await story.QuotedAsync(Seller, rfqId, Chosen.Id);
        story.See(Seller, $"has the quote of {Chosen.Name}", "");

        await story.InvitationIsAsync(Seller, rfqId, late.Id, InvitationState.Reminded, InvitationState.Silent, InvitationState.Quoted);
        story.See(Seller, $"sees that {late.Name} was reminded by its timer", "");
        await story.QuoteAsync(late, await story.HandedOverLinkAsync(Seller, rfqId, late.Id), 4.40m, 30);
        await story.QuotedAsync(Seller, rfqId, late.Id);
        var rfq = await story.InvitationIsAsync(Seller, rfqId, never.Id, InvitationState.Silent);
        story.See(Seller, $"sees that {never.Name} is silent and the network's next supplier was asked", FormattableString.Invariant($"{rfq.Invitations.Count(invitation => invitation.Fallback)} asked as fallback"));
        await story.ApproveQuoteAsync(Seller, rfqId, Chosen.Id, Units);
        return rfqId;
    }

    private async Task<string> ProduceAsync(string designId, string rfqId)
    {
        var orderId = await story.OrderPlacedAsync(Seller, designId);
        var link = Chosen.Channel is SupplierChannel.AlibabaHandOff ? await story.OrderLinkAsync(Seller, orderId) : null;
        await story.PayAsync(Seller, orderId, OrderPayment.Deposit);
        if (link is not null)
        {
            foreach (var milestone in new[] { Milestone.DepositReceived, Milestone.SampleApproved, Milestone.InProduction, Milestone.ReadyForInspection }) { await story.ReportAsync(Chosen, link, milestone); }
        }

        await story.ReportedAsync(Seller, orderId, Milestone.ReadyForInspection);
        await story.InspectAsync(Seller, orderId, new(Units, 50, 0, 3, 4), passes: true);
        await story.PayAsync(Seller, orderId, OrderPayment.Balance);
        if (link is not null) { await story.ReportAsync(Chosen, link, Milestone.Shipped); }

        await story.ReportedAsync(Seller, orderId, Milestone.Shipped);
        await story.PassAsync(story.World.Time.IsSkipped ? TimeSpan.FromDays(18) : TimeSpan.Zero);
        await story.ReceiveAsync(Seller, orderId, Units, 0);
        return orderId;
    }

    private async Task<(string ListingId, string Sku)> ListAsync(string designId)
    {
        var listing = await story.ChecklistAsync(Seller, designId);
        await story.SubmitListingAsync(Seller, listing, Design, Expect.Dollars(Price), Units);
        await story.SlowIntakeAsync(Seller, TimeSpan.FromDays(1));
        var buyable = await story.BuyableAsync(Seller, listing.ListingId);
        story.See(Seller, "sees the offer as buyable", $"ASIN {buyable.Asin}");
        return (listing.ListingId, listing.Sku);
    }

    private async Task<(StatementDetail Statement, string PayoutId, Money Paid)> SellAndPayAsync(string licenceId, string sku)
    {
        // All sales in one calendar month of the licence's zone. In a rehearsal the orders were placed a while ago, so that they have shipped and settled.
        if (story.World.Time.IsSkipped) { await story.NextMonthAsync("month-of-sales", 3); }

        await story.SellAsync("northlight", sku, Sold / UnitsPerOrder, UnitsPerOrder, Price, at: story.World.Time.IsSkipped ? null : story.World.Time.Now.AddDays(-1).AddMinutes(-3));
        var gross = Expect.Dollars(Sold * Price * 0.10m);
        var statement = await story.StatementAsync(Creator, licenceId, "the statement of the first month", candidate => candidate.Gross == gross);
        Expect.Equal(Expect.Dollars(60), statement.Statement.Fee, "Platform fee of the first month");
        Expect.Equal(Expect.Dollars(540), statement.Statement.Net, "Net of the first month");
        Expect.Equal(Sold, statement.Lines.Where(line => line.Kind is StatementLineKind.Sale).Sum(line => line.Units), "Units on the statement");
        Expect.Equal(1, statement.Lines.Count(line => line.Kind is StatementLineKind.PlatformFee), "Lines of the platform fee");
        story.See(Creator, "reads the statement", $"{Sold} x $20.00 x 10 % = {statement.Statement.Gross} gross, platform fee {statement.Statement.Fee}, net {statement.Statement.Net}");

        var payoutId = await story.ApprovePayoutAsync(Creator.UserId, statement.Statement.StatementId);
        var paid = await story.PayoutIsAsync(Creator, payoutId, PayoutStatus.Confirmed);
        story.See(Creator, "is paid to the PayPal account", $"{paid.Amount}, reference {paid.ProviderReference}");
        return (statement, payoutId, paid.Amount);
    }

    private async Task<StatementDetail> ReturnAsync(string licenceId, string sku)
    {
        await story.RefundAsync("northlight", sku, Returned);
        var correction = await story.StatementAsync(Creator, licenceId, "the statement with the returns", candidate => candidate.Gross == Expect.Dollars(-4));
        Expect.Equal(Expect.Dollars(-0.40m), correction.Statement.Fee, "Platform fee of the returns");
        Expect.Equal(Returned, Math.Abs(correction.Lines.Where(line => line.Kind is StatementLineKind.Return).Sum(line => line.Units)), "Units returned on the statement");
        story.See(Creator, "reads the next statement", $"-{Returned} x $20.00 x 10 % = {correction.Statement.Gross}, fee {correction.Statement.Fee}, net {correction.Statement.Net}");
        return correction;
    }
}
