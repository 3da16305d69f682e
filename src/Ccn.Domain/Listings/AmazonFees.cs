namespace Ccn.Domain.Listings;

/// <summary>A referral category. Banded: the whole price takes the rate of its band. Marginal: each portion takes the rate of its own.</summary>
/// <param name="Bands">In ascending order; the last has no upper end.</param>
public sealed record ReferralCategory(string Id, string Name, bool Marginal, IReadOnlyList<FeeBand> Bands);

/// <param name="UpTo">Highest price of the band in minor units, inclusive; null in the last.</param>
public sealed record FeeBand(long? UpTo, int BasisPoints);

/// <summary>A size that Amazon ships, with its fulfilment fee by price: under 10, up to 50, over 50.</summary>
public sealed record FulfilmentSize(string Id, string Name, long Under10, long UpTo50, long Over50);

/// <summary>
/// Amazon's fees in the United States as a dated preset: for plans that have no offer yet, so that Amazon's own estimate cannot be asked.
/// Outside the peak season, without apparel's own fulfilment table, storage and returns.
/// </summary>
public static class AmazonFees
{
    public const string Currency = "USD";

    /// <summary>Prices, costs and fees of one unit are below it, in minor units: no plan reaches it, and sums of what is below never overflow.</summary>
    public const long UnitLimit = 100_000_000;

    /// <summary>The seller ships from its own warehouse: Amazon takes no fulfilment fee.</summary>
    public const string OwnWarehouse = "own";

    private const long MinimumReferral = 30, TenDollars = 10_00, FiftyDollars = 50_00;

    /// <summary>Fuel and logistics surcharge on the fulfilment fee.</summary>
    private const int SurchargeBasisPoints = 350;

    /// <summary>Since when the fulfilment fees are in force.</summary>
    public static DateOnly FulfilmentSince { get; } = new(2026, 1, 15);

    /// <summary>Since when the surcharge is added to them.</summary>
    public static DateOnly SurchargeSince { get; } = new(2026, 4, 17);

    public static IReadOnlyList<ReferralCategory> Categories { get; } =
    [
        new("clothing", "Clothing and accessories", false, [new(15_00, 500), new(20_00, 1_000), new(null, 1_700)]),
        new("home-kitchen", "Home and kitchen", false, [new(null, 1_500)]),
        new("office", "Office products", false, [new(null, 1_500)]),
        new("toys", "Toys and games", false, [new(null, 1_500)]),
        new("bags", "Bags and luggage", false, [new(null, 1_500)]),
        new("jewelry", "Jewelry", true, [new(250_00, 2_000), new(null, 500)]),
        new("furniture", "Furniture", true, [new(200_00, 1_500), new(null, 1_000)]),
        new("everything-else", "Everything else", false, [new(null, 1_500)]),
    ];

    public static IReadOnlyList<FulfilmentSize> Sizes { get; } =
    [
        new("small-8oz", "Small, up to 8 oz (15 × 12 × ¾ in)", 266, 354, 380),
        new("small-16oz", "Small, up to 1 lb (15 × 12 × ¾ in)", 295, 396, 422),
        new("large-8oz", "Standard, up to 8 oz (18 × 14 × 8 in)", 313, 395, 421),
        new("large-12oz", "Standard, up to 12 oz (18 × 14 × 8 in)", 338, 420, 446),
        new("large-1lb", "Standard, up to 1 lb (18 × 14 × 8 in)", 378, 460, 486),
        new("large-2lb", "Standard, up to 2 lb (18 × 14 × 8 in)", 500, 582, 608),
        new("large-3lb", "Standard, up to 3 lb (18 × 14 × 8 in)", 585, 667, 693),
    ];

    /// <summary>The referral fee of one unit, rounded once.</summary>
    /// <param name="price">Consumer price in US dollars, shipping included, without tax.</param>
    public static Money Referral(ReferralCategory category, Money price)
    {
        var fee = MoneyMath.Fraction(Weighted(category, price), 1, 10_000);
        return fee.MinorUnits < MinimumReferral ? new(MinimumReferral, price.Currency) : fee;
    }

    /// <summary>What Amazon takes to store, pick and ship one unit, with the surcharge.</summary>
    public static Money Fulfilment(FulfilmentSize size, Money price)
    {
        var fee = new Money(price.MinorUnits switch { < TenDollars => size.Under10, <= FiftyDollars => size.UpTo50, _ => size.Over50 }, price.Currency);
        return fee + MoneyMath.Share(fee, SurchargeBasisPoints);
    }

    // Portions times their rates; divided once at the end, so that nothing is rounded twice.
    private static Money Weighted(ReferralCategory category, Money price)
    {
        if (!category.Marginal) { return price * category.Bands.First(band => band.UpTo is null || price.MinorUnits <= band.UpTo).BasisPoints; }

        var (sum, from) = (Money.Zero(price.Currency), 0L);
        foreach (var band in category.Bands)
        {
            var to = Math.Min(price.MinorUnits, band.UpTo ?? long.MaxValue);
            if (to <= from) { break; }

            sum += new Money(to - from, price.Currency) * band.BasisPoints;
            from = to;
        }

        return sum;
    }
}
