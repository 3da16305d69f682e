using System.Globalization;
using System.Text;

namespace Ccn.Domain.Licences;

/// <summary>Renders executable terms as the text that both parties sign. The same terms always give the same text; free-text riders do not exist.</summary>
public static class LicenceText
{
    public static string Render(LicenceTerms terms)
    {
        var text = new StringBuilder();
        text.AppendLine("DESIGN LICENCE").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Licence {terms.LicenceId}, terms version {terms.Version}.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"1. Design. \"{terms.DesignTitle}\" ({terms.DesignId}), the version whose original has the SHA-256 {terms.DesignVersionHash}.")
            .AppendLine(CultureInfo.InvariantCulture, $"2. Parties. The creator {terms.CreatorId} grants, the seller {terms.SellerId} receives.")
            .AppendLine(CultureInfo.InvariantCulture, $"3. Grant. {(terms.Exclusive ? "Exclusive" : "Non-exclusive")} right to make and sell products with the design through Amazon, territory {terms.Territory}, for {terms.TermMonths} months from the day both have signed.")
            .AppendLine(CultureInfo.InvariantCulture, $"4. Royalty. {Royalty(terms)} A returned unit is reversed at these terms on the statement of the month of the refund.")
            .AppendLine(CultureInfo.InvariantCulture, $"5. Statements. For each calendar month ({terms.Zone}) a draft on the third day of the next month, five business days for queries, then final. A final statement is never changed; corrections are lines of a later one.")
            .AppendLine(CultureInfo.InvariantCulture, $"6. Reserve. {(terms.ReserveBasisPoints == 0 ? "None." : $"{Percent(terms.ReserveBasisPoints)} of each month's royalty is held for returns and released {terms.ReserveReleaseDays} days after the month.")}")
            .AppendLine(CultureInfo.InvariantCulture, $"7. Platform fee. {Percent(terms.PlatformFeeBasisPoints)} of the royalty, shown as its own line.")
            .AppendLine(CultureInfo.InvariantCulture, $"8. Shares. {string.Join("; ", terms.Splits.Select(split => $"{split.PayeeId} {Percent(split.ShareBasisPoints)}"))}.")
            .AppendLine("9. No set-off. A negative balance is carried within this licence only.");
        return text.ToString();
    }

    /// <summary>One numbered clause of the text as it is signed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has no such clause.</exception>
    public static string Clause(LicenceTerms terms, int number)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        return Render(terms).Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
            ?? throw new ArgumentOutOfRangeException(nameof(number), number, "The licence has no such clause.");
    }

    private static string Royalty(LicenceTerms terms) => terms.Mode is RoyaltyMode.Percent
        ? $"{Percent(terms.RateBasisPoints)} of {(terms.Base is RoyaltyBase.Gross ? "the item price, without shipping and tax" : "the item price less seller-funded promotions, without shipping and tax")}, rounded half-even per order line."
        : $"{terms.PerUnit} per unit sold.";

    private static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
