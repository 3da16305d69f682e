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

    /// <summary>Price per unit with the tooling spread over the quantity; null where there is no price.</summary>
    public static Money? LandedPerUnit(Quote quote, int quantity) => UnitPrice(quote, quantity) is { } unit ? unit + MoneyMath.Fraction(quote.Tooling, 1, quantity) : null;

    /// <summary>Units at the price per unit, and the tooling once.</summary>
    public static Money Total(Money unitPrice, int quantity, Money tooling) => (unitPrice * quantity) + tooling;
}
