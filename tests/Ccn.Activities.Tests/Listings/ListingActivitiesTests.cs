using Ccn.Domain;
using Ccn.Testing;
using Ccn.Workflows.Listings;

namespace Ccn.Activities.Tests.Listings;

public sealed class ListingActivitiesTests(World world) : IClassFixture<World>
{
    private static readonly ListingContent Content = new("Cat mug", ["A cat", "A mug"], "A mug with a cat.", "DRINKING_CUP", "CCN", MainPhotoConfirmed: true, GtinExempt: true);

    [Fact]
    public async Task A_listing_is_submitted_published_changed_and_taken_down()
    {
        var account = await world.AddSellerAsync("ASELLER1");
        Assert.Equal(new SellerAccountReference(account.Id, World.Us), await world.TwiceAsync<IListingActivities, SellerAccountReference>(a => a.FindSellerAccountAsync(account.SellerId)));
        SubmitListingInput input = new(account.Id, World.Us, "MUG 1/A", "dsg_1", Content, new(2_000, "USD"), 500);
        var first = await world.RunAsync<IListingActivities, ListingSubmission>(a => a.SubmitAsync(input));
        Assert.True(first.Accepted);
        Assert.True((await world.RunAsync<IListingActivities, ListingSubmission>(a => a.SubmitAsync(input))).Accepted);   // one SKU, one listing

        ReadListingInput which = new(account.Id, World.Us, "MUG 1/A");
        Assert.False((await ReadAsync(which)).Buyable);
        await world.AdvanceAsync(TimeSpan.FromMinutes(31), async () => (await ReadAsync(which)).Buyable);
        Assert.NotNull((await ReadAsync(which)).Asin);

        await world.RunAsync<IListingActivities>(a => a.ChangePriceAsync(new(account.Id, World.Us, "MUG 1/A", new(1_800, "USD"))));
        await world.RunAsync<IListingActivities>(a => a.ChangeStockAsync(new(account.Id, World.Us, "MUG 1/A", 0)));
        Assert.False((await ReadAsync(which)).Buyable);   // nothing in stock
        await world.RunAsync<IListingActivities>(a => a.EndAsync(which));
        await world.RunAsync<IListingActivities>(a => a.EndAsync(which));
        Assert.Single(await world.LogAsync("listing.deleted"));
    }

    [Fact]
    public async Task A_dry_run_names_the_issues_and_writes_nothing()
    {
        var account = await world.AddSellerAsync("ASELLER2");
        var refused = await world.RunAsync<IListingActivities, ListingSubmission>(a => a.SubmitAsync(
            new(account.Id, World.Us, "MUG-2", "dsg_1", Content with { GtinExempt = false }, new(2_000, "USD"), 500)));
        Assert.False(refused.Accepted);
        Assert.Contains(refused.Issues, issue => issue.Severity == "ERROR");
        Assert.DoesNotContain(await world.LogAsync("listing.accepted"), e => (string?)e["id"] == "MUG-2");
    }

    [Fact]
    public async Task A_seller_without_a_connected_account_is_a_conflict_and_a_withdrawn_consent_a_refusal()
    {
        Assert.Equal(FailureTypes.StateConflict, (await world.FailsAsync<IListingActivities, SellerAccountReference>(a => a.FindSellerAccountAsync("usr_nobody"))).ErrorType);
        var account = await world.AddSellerAsync("ASELLER3");
        await world.ControlAsync("amazon/revoke", new { sellerId = "ASELLER3" });
        var failure = await world.FailsAsync<IListingActivities, ListingReading>(a => a.ReadAsync(new(account.Id, World.Us, "MUG-3")));
        Assert.Equal((FailureTypes.ProviderRejected, true), (failure.ErrorType, failure.NonRetryable));
        Assert.DoesNotContain("Atzr", failure.ToString(), StringComparison.Ordinal);
    }

    private Task<ListingReading> ReadAsync(ReadListingInput which) => world.RunAsync<IListingActivities, ListingReading>(a => a.ReadAsync(which));
}
