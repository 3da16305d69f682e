using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Tests.Fakes;

namespace Ccn.Workflows.Tests.Listings;

public class ListingCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Theory]
    [InlineData("Checklist")]
    [InlineData("Issues")]
    [InlineData("Submitted")]
    [InlineData("Buyable")]
    public async Task A_canceled_listing_takes_its_offer_down_and_its_sales_go_on_being_counted(string state)
    {
        await using var world = World.Start(temporal.Environment);
        world.Amazon.RefuseTitle = state == "Issues";
        var endsAt = await world.NowAsync() + TimeSpan.FromDays(90);
        var listing = await world.StartAsync((ListingWorkflow wf) => wf.RunAsync(new("lst_1", "lic_1", "dsg_1", "usr_ada", "usr_bob", "sac_1", "SKU1", "ATVPDKIKX0DER", 485, endsAt, Samples.Template.Listing)), ListingWorkflow.IdFor("lst_1"));
        var submitted = state != "Checklist";
        if (submitted) { await listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_bob", FakeAmazon.Content("The best mug"), FakeAmazon.Usd(2_000), 485))); }
        if (state == "Buyable") { await world.PassAsync(TimeSpan.FromMinutes(31)); }

        // Refunds of what was sold come for weeks: the intake outlives the offer.
        Assert.Equal("Ended", (await Canceled.AtAsync(world, listing, state, submitted ? [SalesIntakeWorkflow.IdFor("sac_1")] : [])).State);
        Assert.Equal(submitted ? ["SKU1"] : [], world.Log.Of("end-listing"));
        Assert.Equal("The listing was canceled.", world.Events.One<ListingEnded>().Reason);
    }
}
