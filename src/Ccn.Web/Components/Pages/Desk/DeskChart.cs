using System.Globalization;
using System.Text.Json;
using Ccn.Api.Sales;

namespace Ccn.Web.Components.Pages.Desk;

/// <summary>Figures in the form that <c>ccn-chart</c> draws.</summary>
internal static class DeskChart
{
    /// <summary>One series of a chart.</summary>
    /// <param name="Money">Whether its values are money, which decides the axis.</param>
    /// <param name="Right">Whether it is read on the right axis.</param>
    public sealed record Series(string Name, string Kind, string Colour, IReadOnlyList<decimal> Values, bool Money = false, bool Right = false);

    public static string Of(IReadOnlyList<string> labels, string currency, params IReadOnlyList<Series> series) =>
        JsonSerializer.Serialize(new { labels, currency, series }, JsonSerializerOptions.Web);

    /// <summary>Units as bars, revenue as a line.</summary>
    public static string Of(SalesTrend trend) => Of([.. trend.Weeks.Select(week => Label(week.Monday))], trend.Revenue30.Currency,
        new Series("Units", "bar", "sky", [.. trend.Weeks.Select(week => (decimal)week.Units)], Right: true),
        new Series("Sales", "line", "pine", [.. trend.Weeks.Select(week => week.Revenue.ToDecimal())], Money: true));

    public static string Label(DateOnly monday) => monday.ToString("d MMM", CultureInfo.InvariantCulture);
}
