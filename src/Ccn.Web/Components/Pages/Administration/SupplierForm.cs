using System.Globalization;
using Ccn.Api.Problems;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Sourcing;

namespace Ccn.Web.Components.Pages.Administration;

/// <summary>An entry of the directory as it is typed.</summary>
internal sealed class SupplierForm
{
    public string? SupplierId { get; set; }
    public string? Name { get; set; }
    public SupplierChannel Channel { get; set; }
    public string? ProviderReference { get; set; }
    public string? Country { get; set; }
    public string? Calendar { get; set; }
    public string? Zone { get; set; }
    public string? Categories { get; set; }
    public string? MinimumOrderQuantity { get; set; }
    public string? LeadTimeDays { get; set; }
    public string? PriceFrom { get; set; }
    public string? PriceTo { get; set; }
    public string? Currency { get; set; }
    public bool Vetted { get; set; }

    public static SupplierForm Of(string supplierId, SupplierBody? entry) => new()
    {
        SupplierId = supplierId,
        Name = entry?.Name,
        Channel = entry?.Channel ?? SupplierChannel.Network,
        ProviderReference = entry?.ProviderReference,
        Country = entry?.Country,
        Calendar = entry?.Calendar,
        Zone = entry?.Zone,
        Categories = entry?.Categories is { } categories ? string.Join(", ", categories) : null,
        MinimumOrderQuantity = entry?.MinimumOrderQuantity.ToString(CultureInfo.InvariantCulture),
        LeadTimeDays = entry?.LeadTimeDays.ToString(CultureInfo.InvariantCulture),
        PriceFrom = entry?.PriceFrom?.ToDecimal().ToString(CultureInfo.InvariantCulture),
        PriceTo = entry?.PriceTo?.ToDecimal().ToString(CultureInfo.InvariantCulture),
        Currency = entry?.PriceFrom?.Currency ?? "USD",
        Vetted = entry?.Vetted ?? false,
    };

    /// <summary>What is typed as an entry; ratings come from orders and stay as they are.</summary>
    /// <exception cref="ProblemException">A number cannot be read.</exception>
    public SupplierBody ToBody(SupplierBody? known)
    {
        var errors = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        var (quantity, days) = (Whole(MinimumOrderQuantity, "minimumOrderQuantity", errors), Whole(LeadTimeDays, "leadTimeDays", errors));
        var (from, to) = (Price(PriceFrom, "priceFrom", errors), Price(PriceTo, "priceTo", errors));
        if (from is null != to is null && errors.Count == 0) { errors[from is null ? "priceFrom" : "priceTo"] = ["is missing: give both prices or none."]; }

        if (errors.Count > 0) { throw ProblemException.Invalid(errors); }

        return new(Name ?? "", Channel, Country?.Trim().ToUpperInvariant() ?? "", Calendar?.Trim() ?? "", Zone?.Trim() ?? "", string.IsNullOrWhiteSpace(ProviderReference) ? null : ProviderReference.Trim(),
            (Categories ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), known?.Rating, known?.RatingCount ?? 0, quantity, days, from, to, Vetted);
    }

    private static int Whole(string? text, string field, SortedDictionary<string, string[]> errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) { return number; }

        errors[field] = ["is a whole number."];
        return 0;
    }

    private Money? Price(string? text, string field, SortedDictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(text)) { return null; }

        var currency = Currency?.Trim().ToUpperInvariant() ?? "";
        if (!Currencies.IsKnown(currency))
        {
            errors["currency"] = ["is a currency code such as USD."];
            return null;
        }

        var minor = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000_000m ? amount * Currencies.Scale(currency) : -1;
        if (minor >= 0 && minor == decimal.Truncate(minor)) { return new((long)minor, currency); }

        errors[field] = [$"is an amount with at most {Currencies.MinorDigits(currency)} decimals."];
        return null;
    }
}
