using System.Globalization;
using Ccn.Api.Royalties;

namespace Ccn.Web.Components.Pages.Statements;

/// <summary>What people call the period of a statement.</summary>
internal static class StatementPeriod
{
    private const int LongestMonth = 32;

    /// <summary><c>October 2026</c> for a calendar month, else its number.</summary>
    public static string Of(StatementSummary statement)
    {
        if (statement is not { From: { } from, To: { } to } || to - from is not { TotalDays: > 27 and < LongestMonth }) { return string.Create(CultureInfo.InvariantCulture, $"Period {statement.Period}"); }

        // The month begins at midnight of its own zone: half a day on is inside its first day everywhere.
        return from.UtcDateTime.AddHours(12).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
    }
}
