using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Listings;

public class ListingWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task A_listing_is_corrected_submitted_becomes_buyable_and_ends_with_the_licence()
    {
        await using var world = World.Start(temporal.Environment);
        world.Amazon.RefuseTitle = true;
        var listing = await OpenAsync(world, TimeSpan.FromDays(2));
        var refused = await SubmitAsync(listing, FakeAmazon.Content("The best mug"));
        Assert.Equal("90220", Assert.Single(refused.Issues).Code);
        Assert.True((await SubmitAsync(listing, FakeAmazon.Content())).Accepted);
        var intake = await world.Client.GetWorkflowHandle(SalesIntakeWorkflow.IdFor("sac_1")).DescribeAsync();
        Assert.Equal(SalesIntakeWorkflow.LabelFor("sac_1"), new(await intake.GetStaticSummaryAsync() ?? "", await intake.GetStaticDetailsAsync() ?? ""));
        await world.PassAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("Buyable", (await listing.QueryAsync(wf => wf.Status)).State);

        await listing.ExecuteUpdateAsync(wf => wf.ChangePriceAsync(new("usr_bob", FakeAmazon.Usd(1_900))));
        await listing.ExecuteUpdateAsync(wf => wf.ChangeStockAsync(new("usr_bob", 450)));
        var result = await listing.GetResultAsync();
        Assert.Equal("B0TEST0001", result.Asin);
        Assert.Equal(["ListingOpened", "ListingIssuesFound", "ListingSubmitted", "ListingBuyable", "ListingPriceChanged", "ListingStockChanged", "ListingEnded"], world.Events.Story);
        Assert.Equal(["SKU1"], world.Log.Of("end-listing"));
        Assert.Contains((await world.Client.GetWorkflowHandle<SalesIntakeWorkflow>(SalesIntakeWorkflow.IdFor("sac_1")).QueryAsync(wf => wf.Status)).State, new[] { "Waiting", "Pulling" });
    }

    [Fact]
    public async Task The_checklist_the_stock_and_the_state_are_checked_before_anything_is_sent()
    {
        await using var world = World.Start(temporal.Environment);
        var listing = await OpenAsync(world, TimeSpan.FromDays(2));
        var missing = await Refused.WithAsync(FailureTypes.RequestInvalid, () => SubmitAsync(listing, FakeAmazon.Content() with { MainPhotoConfirmed = false, Bullets = [] }));
        Assert.Contains("bullet points, main photo", missing, StringComparison.Ordinal);
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_bob", FakeAmazon.Content(), FakeAmazon.Usd(2_000), 486))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => listing.ExecuteUpdateAsync(wf => wf.ChangePriceAsync(new("usr_bob", FakeAmazon.Usd(1_900)))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_eve", FakeAmazon.Content(), FakeAmazon.Usd(2_000), 1))));
        Assert.Empty(world.Log.Of("submit"));
    }

    [Fact]
    public async Task A_refused_price_change_is_the_answer_and_changes_nothing()
    {
        await using var world = World.Start(temporal.Environment);
        var listing = await OpenAsync(world, TimeSpan.FromDays(2));
        await SubmitAsync(listing, FakeAmazon.Content());
        world.Log.FailOnce("price", FailureTypes.ProviderRejected);
        await Refused.WithAsync(FailureTypes.ProviderRejected, () => listing.ExecuteUpdateAsync(wf => wf.ChangePriceAsync(new("usr_bob", FakeAmazon.Usd(1_900)))));
        Assert.Empty(world.Events.Of<ListingPriceChanged>());
    }

    private static async Task<WorkflowHandle<ListingWorkflow, ListingResult>> OpenAsync(World world, TimeSpan licence)
    {
        var endsAt = await world.NowAsync() + licence;
        return await world.StartAsync((ListingWorkflow wf) => wf.RunAsync(new("lst_1", "lic_1", "dsg_1", "usr_ada", "usr_bob", "sac_1", "SKU1", "ATVPDKIKX0DER", 485, endsAt, Samples.Template.Listing, null)),
            ListingWorkflow.IdFor("lst_1"));
    }

    private static Task<ListingSubmission> SubmitAsync(WorkflowHandle<ListingWorkflow> listing, ListingContent content) =>
        listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_bob", content, FakeAmazon.Usd(2_000), 485)));
}
