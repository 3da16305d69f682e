using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Royalties;

namespace Ccn.Api.Royalties;

/// <summary>A statement as people read it: on its page, as a table file and as PDF alike, so that they cannot disagree.</summary>
/// <param name="WhyNotQuery">Why no line can be queried now; null when the reader may.</param>
public sealed record StatementReport(StatementDetail Detail, string DesignTitle, string CreatorName, string SellerName, string Zone, int TermsVersion, int UnitsSold, int UnitsReturned,
    IReadOnlyList<ReportLine> Lines, IReadOnlyList<KindTotal> Totals, string? WhyNotQuery)
{
    public StatementSummary Statement => Detail.Statement;

    public bool IsFinal => Statement.State is StatementState.Final;

    internal static IReadOnlyList<KindTotal> TotalsOf(IEnumerable<StatementLineView> lines) =>
        [.. lines.GroupBy(line => line.Kind).OrderBy(kind => kind.Key).Select(kind => new KindTotal(kind.Key, kind.Count(), kind.Min(line => line.Line), Money.Sum(kind.Select(line => line.Amount), kind.First().Amount.Currency)))];
}

/// <summary>What the lines of one kind come to; all together they are the net.</summary>
/// <param name="FirstLine">Number of the first of them.</param>
public sealed record KindTotal(StatementLineKind Kind, int Count, int FirstLine, Money Amount);

/// <summary>A line with its provenance.</summary>
/// <param name="Clause">The licence's clause that it rests on, as signed.</param>
/// <param name="Order">The order line; null for fee, reserve and carry.</param>
public sealed record ReportLine(StatementLineView Line, string Clause, OrderLine? Order);

/// <param name="ItemPrice">For all units, without shipping and tax.</param>
/// <param name="RefundedAt">Of a return, when the money went back.</param>
/// <param name="SourcesSeen">Where CCN saw the order: notice, poll, report, settlement.</param>
public sealed record OrderLine(string OrderId, string OrderItemId, string Marketplace, string Sku, string? Asin, int Quantity, Money? ItemPrice, Money Promotions, DateTimeOffset OrderedAt, DateTimeOffset? ShippedAt,
    DateTimeOffset? RefundedAt, Money? Refunded, IReadOnlyList<string> SourcesSeen);

/// <summary>What people call the kinds of lines.</summary>
public static class StatementWords
{
    public static string Of(StatementLineKind kind) => kind switch
    {
        StatementLineKind.Sale => "Sale",
        StatementLineKind.Return => "Return",
        StatementLineKind.PlatformFee => "CCN fee",
        StatementLineKind.ReserveHeld => "Reserve held",
        StatementLineKind.ReserveReleased => "Reserve released",
        _ => "Carried from the period before",
    };
}
