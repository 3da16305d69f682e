using Ccn.Api.Listings;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Production;

namespace Ccn.Host.Demo;

/// <summary>The life of one design in the demo history, as far as its plan goes.</summary>
internal sealed class DesignLife(Story story, DesignPlan plan)
{
    private const int Units = 500;

    private readonly Cast cast = story.World.Cast;

    private Actor Creator => cast[plan.Creator];
    private Actor Seller => cast[plan.Seller];

    /// <summary>From the upload on.</summary>
    public async Task LiveAsync()
    {
        var designId = await story.SubmitAsync(Creator, plan.Design);
        await story.ReachesAsync(Creator, designId, TimeSpan.FromDays(1), [.. Enum.GetValues<DesignStage>().Where(stage => stage is not DesignStage.Submitted)]);
        switch (plan.Goal)
        {
            case LifeGoal.Published or LifeGoal.Held:
                return;
            case LifeGoal.Refused:
                await story.PassAsync(TimeSpan.FromHours(30));
                await story.DoAsync("refuse", cast.Moderator, "refuses the held design", () => cast.Moderator.PostAsync($"/v1/designs/{designId}/moderation",
                    new Api.Designs.ModerationBody(false, "The title names a brand that is not yours."), story.Key("refuse"), story.Cancel));
                return;
            case LifeGoal.Withdrawn:
                await story.PassAsync(TimeSpan.FromDays(3));
                await story.DoAsync("withdraw", Creator, "withdraws the design", () => Creator.PostAsync($"/v1/designs/{designId}/withdrawal",
                    new Api.Requests.ReasonBody("I want to redraw it first."), story.Key("withdraw"), story.Cancel));
                return;
        }

        await story.PassAsync(TimeSpan.FromHours(20));
        await story.OpenBiddingAsync(Creator, designId);
        await AfterBiddingOpenedAsync(designId);
    }

    /// <summary>From the opening of the bids on: by the creator, or by a contest that was won.</summary>
    public async Task AfterBiddingOpenedAsync(string designId)
    {
        await story.PassAsync(TimeSpan.FromDays(1));
        if (plan.Goal is LifeGoal.Lapsed) { return; }   // nobody bids, and the window lapses by its timer

        var rival = plan.Seller == "northlight" ? cast["harbor"] : cast["northlight"];
        await story.BidAsync(rival, designId, "second", BidActs.Percent(plan.RateBasisPoints - 100, Expect.Dollars(plan.Price), Units));
        var best = await story.BidAsync(Seller, designId, "best", BidActs.Percent(plan.RateBasisPoints, Expect.Dollars(plan.Price), Units));
        if (plan.Goal is LifeGoal.OpenToBids) { return; }

        await story.RevealedAsync(Creator, designId);
        await story.PassAsync(TimeSpan.FromHours(9));
        await story.AcceptAsync(Creator, designId, best, FormattableString.Invariant($"{plan.RateBasisPoints / 100m:0.##} %"));
        var licence = await story.LicenceSentAsync(Creator, designId);
        await story.PassAsync(TimeSpan.FromHours(5));
        await story.SignAsync(Creator, licence.LicenceId, "sign-creator");
        if (plan.Goal is LifeGoal.Licensing) { return; }

        await story.PassAsync(TimeSpan.FromHours(26));
        await story.SignAsync(Seller, licence.LicenceId, "sign-seller");
        await story.InForceAsync(Creator, licence.LicenceId);
        await MakeAsync(designId, licence.LicenceId);
    }

    private async Task MakeAsync(string designId, string licenceId)
    {
        var supplier = plan.LateSupplier ? DemoSupplier.Dhaka : DemoSupplier.EchoPark;
        var rfqId = await story.InviteAsync(Seller, designId, licenceId, DemoProduct.Of(plan.Design.Category), Units, [supplier, DemoSupplier.Tiruppur, DemoSupplier.Hangzhou]);
        if (plan.Goal is LifeGoal.Sourcing) { return; }

        await story.QuotedAsync(Seller, rfqId, supplier.Id);
        await story.PassAsync(TimeSpan.FromHours(7));
        await story.ApproveQuoteAsync(Seller, rfqId, supplier.Id, Units);
        var orderId = await story.OrderPlacedAsync(Seller, designId);
        await story.PassAsync(TimeSpan.FromHours(3));
        await story.PayAsync(Seller, orderId, OrderPayment.Deposit);
        if (plan.Goal is LifeGoal.InProduction) { return; }

        await story.ReportedAsync(Seller, orderId, Milestone.ReadyForInspection);
        if (plan.Goal is LifeGoal.FailedInspection)
        {
            await story.InspectAsync(Seller, orderId, new(Units, 50, 0, 6, 4), passes: false);
            return;
        }

        await story.InspectAsync(Seller, orderId, new(Units, 50, 0, 2, 3), passes: true);
        await story.PayAsync(Seller, orderId, OrderPayment.Balance);
        await story.ReportedAsync(Seller, orderId, Milestone.Shipped);
        await story.PassAsync(TimeSpan.FromDays(9));
        await story.ReceiveAsync(Seller, orderId, Units, 3);
        await ListAsync(designId);
    }

    private async Task ListAsync(string designId)
    {
        var listing = await story.ChecklistAsync(Seller, designId);
        await story.SubmitListingAsync(Seller, listing, plan.Design, Expect.Dollars(plan.Price), Units - 3);
        await story.SlowIntakeAsync(Seller, DemoHistory.IntakeInterval);
        await story.BuyableAsync(Seller, listing.ListingId);
        if (plan.Goal is LifeGoal.Listed) { return; }

        for (var month = 1; month <= plan.Months; month++) { await SellAsync(listing, month); }
    }

    /// <summary>Sales early and in the middle of a month, so that they are in its statement; a unit or two come back.</summary>
    private async Task SellAsync(ListingSummary listing, int month)
    {
        var orders = 3 + ((plan.Name.Length + (month * 5)) % 6);
        if (month > 1) { await story.NextMonthAsync(FormattableString.Invariant($"month-{month}"), 4); }

        await story.SellAsync(plan.Seller, listing.Sku, orders, 2, plan.Price, FormattableString.Invariant($"sales-{month}a"));
        await story.PassAsync(TimeSpan.FromDays(8));
        await story.SellAsync(plan.Seller, listing.Sku, orders, 2, plan.Price, FormattableString.Invariant($"sales-{month}b"));
        if (month % 2 == 0) { await story.RefundAsync(plan.Seller, listing.Sku, 1, FormattableString.Invariant($"refunds-{month}")); }
    }
}
