using Ccn.Data.Accounts;
using Ccn.Domain;
using Ccn.Domain.Listings;
using Ccn.Testing;
using Ccn.Workflows.Listings;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Listings;

public sealed class FeeActivitiesTests(World world) : IClassFixture<World>
{
    private static readonly ListingContent Content = new("Cat mug", ["A cat", "A mug"], "A mug with a cat.", "DRINKING_CUP", "CCN", MainPhotoConfirmed: true, GtinExempt: true);

    [Fact]
    public async Task An_estimate_asked_for_twice_with_one_key_is_one_answer_that_is_stored()
    {
        var (account, asin) = await OfferAsync("AFEES1");
        var input = Input(account, asin);
        var estimate = (await world.TwiceAsync<IFeeActivities, FeeEstimateResult>(a => a.EstimateAsync(input))).Estimate!;
        Assert.Equal((asin, Usd(2_400), true, Usd(795)), (estimate.Asin, estimate.Price, estimate.FulfilledByAmazon, estimate.Total));
        Assert.Equal([new("ReferralFee", Usd(360)), new("VariableClosingFee", Usd(0)), new("PerItemFee", Usd(0)), new("FBAFees", Usd(435))], estimate.Fees);
        Assert.Equal((world.Time.GetUtcNow(), input.AskedAt), (estimate.EstimatedAt, estimate.AskedAt));
        var row = Assert.Single(await world.ReadAsync(db => db.FeeEstimates.AsNoTracking().Where(row => row.SellerAccountId == account.Id).ToListAsync()));
        Assert.Equivalent(estimate, row.ToEstimate(), strict: true);
        Assert.Equal(World.Us, row.Marketplace);
    }

    [Fact]
    public async Task Asked_again_later_Amazon_answers_again_and_both_answers_stay()
    {
        var (account, asin) = await OfferAsync("AFEES2");
        var input = Input(account, asin) with { FulfilledByAmazon = false };
        Assert.Equal(Usd(360), (await AskAsync(input)).Estimate!.Total);
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(world.Time.GetUtcNow(), (await AskAsync(input with { AskedAt = world.Time.GetUtcNow() })).Estimate!.EstimatedAt);
        Assert.Equal(2, await world.ReadAsync(db => db.FeeEstimates.CountAsync(row => row.SellerAccountId == account.Id)));
    }

    [Fact]
    public async Task An_unknown_product_is_an_answer_and_nothing_is_stored()
    {
        var account = await world.AddSellerAsync("AFEES3");
        var answer = await world.TwiceAsync<IFeeActivities, FeeEstimateResult>(a => a.EstimateAsync(Input(account, "B0NOTTHERE")));
        Assert.Equal(new FeeEstimateResult(null, FeeRefusal.AsinUnknown, "The item is not in the catalogue."), answer);
        Assert.False(await world.ReadAsync(db => db.FeeEstimates.AnyAsync(row => row.SellerAccountId == account.Id)));
    }

    [Fact]
    public async Task Fees_beyond_all_measure_are_not_stored()
    {
        var (account, asin) = await OfferAsync("AFEES6");
        var failure = await FailsAsync(Input(account, asin) with { Price = Usd(1_000_000_000) });
        Assert.Equal((FailureTypes.ProviderContract, true), (failure.ErrorType, failure.NonRetryable));
        Assert.False(await world.ReadAsync(db => db.FeeEstimates.AnyAsync(row => row.SellerAccountId == account.Id)));
    }

    [Fact]
    public async Task Without_an_account_it_is_a_conflict_without_consent_a_refusal_and_a_provider_that_is_down_is_asked_again()
    {
        var (account, asin) = await OfferAsync("AFEES4");
        Assert.Equal(FailureTypes.StateConflict, (await FailsAsync(Input(account, asin) with { SellerAccountId = "sac_nobody" })).ErrorType);
        await world.ControlAsync("faults", new { provider = "amazon", operation = "getMyFeesEstimateForASIN", kind = "error", status = 503 });
        var down = await FailsAsync(Input(account, asin));
        Assert.Equal((FailureTypes.ProviderUnavailable, false), (down.ErrorType, down.NonRetryable));
        Assert.NotNull((await AskAsync(Input(account, asin))).Estimate);

        var revoked = await world.AddSellerAsync("AFEES5");
        await world.ControlAsync("amazon/revoke", new { sellerId = "AFEES5" });
        var refused = await FailsAsync(Input(revoked, asin));
        Assert.Equal((FailureTypes.ProviderRejected, true), (refused.ErrorType, refused.NonRetryable));
        Assert.DoesNotContain("Atzr", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A seller with an offer that Amazon has given its ASIN.</summary>
    private async Task<(SellerAccount Account, string Asin)> OfferAsync(string amazonSeller)
    {
        var account = await world.AddSellerAsync(amazonSeller);
        ReadListingInput which = new(account.Id, World.Us, "MUG-" + amazonSeller);
        await world.RunAsync<IListingActivities, ListingSubmission>(a => a.SubmitAsync(new(account.Id, World.Us, which.Sku, "dsg_1", Content, Usd(2_000), 500)));
        await world.AdvanceAsync(TimeSpan.FromMinutes(31), async () => (await ReadAsync(which)).Asin is not null);
        return (account, (await ReadAsync(which)).Asin!);
    }

    private EstimateFeesInput Input(SellerAccount account, string asin) => new(account.Id, World.Us, asin, Usd(2_400), FulfilledByAmazon: true, world.Time.GetUtcNow());

    private Task<FeeEstimateResult> AskAsync(EstimateFeesInput input) => world.RunAsync<IFeeActivities, FeeEstimateResult>(a => a.EstimateAsync(input));

    private Task<Temporalio.Exceptions.ApplicationFailureException> FailsAsync(EstimateFeesInput input) => world.FailsAsync<IFeeActivities, FeeEstimateResult>(a => a.EstimateAsync(input));

    private Task<ListingReading> ReadAsync(ReadListingInput which) => world.RunAsync<IListingActivities, ListingReading>(a => a.ReadAsync(which));

    private static Money Usd(long cents) => new(cents, "USD");
}
