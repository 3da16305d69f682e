using System.Globalization;
using Ccn.Api.Problems;
using Ccn.Domain;

namespace Ccn.Web.Forms;

/// <summary>Reads what people typed as the values that a command takes. What cannot be read is told beside its field, all fields at once.</summary>
internal sealed class TypedFields
{
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>Whether everything could be read so far.</summary>
    public bool AllRead => errors.Count == 0;

    /// <summary>An amount in major units: <c>19.99</c>. Left empty it is zero where <paramref name="optional"/>.</summary>
    public Money Amount(string? text, string field, string currency, bool optional = false)
    {
        if (optional && string.IsNullOrWhiteSpace(text)) { return Money.Zero(currency); }

        if (MoneyMath.TryParse((text ?? "").Trim(), currency, out var amount)) { return amount; }

        errors[field] = ["is an amount such as 19.99"];
        return Money.Zero(currency);
    }

    public int Whole(string? text, string field)
    {
        if (int.TryParse((text ?? "").Trim().Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) { return number; }

        errors[field] = ["is a whole number"];
        return 0;
    }

    /// <summary>A percentage with at most two decimals, in hundredths of a percent.</summary>
    public int BasisPoints(string? text, string field)
    {
        if (decimal.TryParse((text ?? "").Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 1_000m && percent * 100m == decimal.Truncate(percent * 100m)) { return (int)(percent * 100m); }

        errors[field] = ["is a percentage such as 7.5"];
        return 0;
    }

    /// <summary>A day as date fields send it: <c>2026-05-01</c>.</summary>
    public DateOnly Day(string? text, string field)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { return day; }

        errors[field] = ["is a date"];
        return default;
    }

    /// <exception cref="ProblemException">Something could not be read.</exception>
    public void Throw()
    {
        if (!AllRead) { throw ProblemException.Invalid(errors); }
    }
}
