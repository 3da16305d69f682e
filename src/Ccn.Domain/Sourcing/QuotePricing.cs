namespace Ccn.Domain.Sourcing;

/// <summary>What an order at a quote costs.</summary>
public static class QuotePricing
{
    /// <summary>Price per unit at a quantity: the break with the largest <c>FromQuantity</c> that is reached. Null below the minimum order or the first break.</summary>
    public static Money? UnitPrice(Quote quote, int quantity)
    {
        if (quantity < quote.MinimumOrderQuantity) { return null; }

        var reached = quote.Prices.Where(price => price.FromQuantity <= quantity).OrderByDescending(price => price.FromQuantity).FirstOrDefault();
        return reached?.UnitPrice;
    }

    /// <summary>A larger quantity that costs less in all than the one asked for, because it reaches a lower price; the cheapest of them. Null where there is none.</summary>
    public static CheaperQuantity? Cheaper(Quote quote, int quantity)
    {
        if (UnitPrice(quote, quantity) is not { } unit) { return null; }

        var asked = unit * quantity;
        return quote.Prices.Where(price => price.FromQuantity > quantity).Select(price => new CheaperQuantity(price.FromQuantity, price.UnitPrice * price.FromQuantity))
            .Where(larger => larger.Goods < asked).OrderBy(larger => larger.Goods).FirstOrDefault();
    }

    /// <summary>The smallest quantity that has a price.</summary>
    public static int? Smallest(Quote quote) => quote.Prices.Count == 0 ? null : Math.Max(quote.MinimumOrderQuantity, quote.Prices.Min(price => price.FromQuantity));

    /// <summary>Price per unit with the tooling spread over the quantity; null where there is no price.</summary>
    public static Money? LandedPerUnit(Quote quote, int quantity) => UnitPrice(quote, quantity) is { } unit ? unit + MoneyMath.Fraction(quote.Tooling, 1, quantity) : null;

    /// <summary>Units at the price per unit, and the tooling once.</summary>
    public static Money Total(Money unitPrice, int quantity, Money tooling) => (unitPrice * quantity) + tooling;
}

/// <param name="Goods">What all of it costs, without the tooling, which is the same at every quantity.</param>
public sealed record CheaperQuantity(int Quantity, Money Goods);
