using Ccn.Activities.Listings;
using Ccn.Activities.Sales;
using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Activities.Tests.Sales;

public sealed class SaleReadingTests
{
    [Fact]
    public void An_item_price_is_for_all_units_and_german_prices_lose_their_vat_and_pending_ones_are_unknown()   // c037
    {
        Assert.Equal(new Money(5_997, "USD"), Read("US", 3, new("ITEM", new("59.97", "USD")), new("TAX", new("4.80", "USD"))).Price);
        Assert.Equal(new Money(4_000, "EUR"), Read("DE", 2, new("ITEM", new("47.60", "EUR")), new("TAX", new("0.00", "EUR"))).Price);
        Assert.Null(Read("US", 1).Price);
    }

    [Fact]
    public void All_three_promotions_of_one_id_count_and_an_unsplit_one_is_an_assumption()   // c036
    {
        ProceedsBreakdown[] parts = [new("ITEM", new("20.00", "USD")), new("DISCOUNT", new("-2.00", "USD")), new("DISCOUNT", new("-4.99", "USD")), new("DISCOUNT", new("0.00", "USD"))];
        var reading = Read("US", 1, parts);
        Assert.Equal((new Money(-699, "USD"), true), (reading.Promotions!.Value, reading.PromotionIsAssumed));

        var split = Read("US", 1, parts[0], new("DISCOUNT", new("-6.99", "USD"), [new("ITEM", new("-2.00", "USD")), new("SHIPPING", new("-4.99", "USD"))]));
        Assert.Equal((new Money(-200, "USD"), false), (split.Promotions!.Value, split.PromotionIsAssumed));
    }

    private static SaleReading Read(string country, int quantity, params ProceedsBreakdown[] parts) => SaleReading.Of(
        new("1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new("AMAZON"), [], new("SHIPPED")),
        new("1", quantity, new(), parts.Length == 0 ? null : new(null, parts)), Marketplace.Of(country == "DE" ? "A1PA6795UKMFR9" : World.Us));
}
