using Ccn.Domain;
using Ccn.Domain.Listings;
using Ccn.Workflows.Listings;

namespace Ccn.Workflows.Tests.Fakes;

/// <summary>Amazon's catalogue has one product.</summary>
internal sealed class FakeFees(CallLog log) : IFeeActivities
{
    public const string Known = "B0TEST0001";

    public async Task<FeeEstimateResult> EstimateAsync(EstimateFeesInput input)
    {
        await log.AddAsync("fees", input.Asin);
        var fee = new Money(360, input.Price.Currency);
        return input.Asin == Known
            ? new(new(input.Asin, input.Price, input.FulfilledByAmazon, fee, [new("ReferralFee", fee)], input.AskedAt, input.AskedAt))
            : new(null, FeeRefusal.AsinUnknown, "The item is not in the catalogue.");
    }
}
