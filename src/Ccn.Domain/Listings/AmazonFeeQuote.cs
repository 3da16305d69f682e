namespace Ccn.Domain.Listings;

/// <summary>One kind of fee that Amazon names, such as <c>ReferralFee</c>.</summary>
public sealed record AmazonFee(string Type, Money Amount);

/// <summary>Amazon's own estimate of its fees for one unit of a product that is in its catalogue. It holds for exactly this price and fulfilment.</summary>
/// <param name="FulfilledByAmazon">False where the seller ships from its own warehouse.</param>
/// <param name="Total">As Amazon adds it up.</param>
/// <param name="EstimatedAt">Amazon's own time of the estimation.</param>
/// <param name="AskedAt">When it was asked for.</param>
public sealed record AmazonFeeEstimate(string Asin, Money Price, bool FulfilledByAmazon, Money Total, IReadOnlyList<AmazonFee> Fees, DateTimeOffset EstimatedAt, DateTimeOffset AskedAt);

/// <summary>A fee as a plan shows it.</summary>
/// <param name="Note">What it depends on, or who names it so.</param>
public sealed record FeeLine(string Name, string Note, Money Amount);

/// <summary>What Amazon takes of one unit, and who says so.</summary>
/// <param name="Total">The sum of <paramref name="Lines"/>.</param>
/// <param name="Estimate">Amazon's word; null where the fees are the dated preset.</param>
public sealed record AmazonFeeQuote(IReadOnlyList<FeeLine> Lines, Money Total, AmazonFeeEstimate? Estimate)
{
    /// <summary>The preset, for a product that Amazon was not asked about.</summary>
    /// <param name="size">Null where the seller ships by itself.</param>
    public static AmazonFeeQuote Preset(ReferralCategory category, FulfilmentSize? size, Money price)
    {
        var referral = AmazonFees.Referral(category, price);
        var fulfilment = size is null ? Money.Zero(price.Currency) : AmazonFees.Fulfilment(size, price);
        return new([new("Amazon referral fee", category.Name, referral), new("Amazon fulfilment", size?.Name ?? "you ship yourself", fulfilment)], referral + fulfilment, Estimate: null);
    }

    /// <summary>Amazon's estimate, each fee under the name that Amazon gives it. What Amazon takes without naming it is a line too, so that nothing is left out.</summary>
    public static AmazonFeeQuote Of(AmazonFeeEstimate estimate)
    {
        var unnamed = estimate.Total - Money.Sum(estimate.Fees.Select(fee => fee.Amount), estimate.Total.Currency);
        return new([.. estimate.Fees.Append(new("Other fees", unnamed)).Where(fee => !fee.Amount.IsZero).Select(fee => new FeeLine(fee.Type, "Amazon's estimate", fee.Amount))], estimate.Total, estimate);
    }
}
