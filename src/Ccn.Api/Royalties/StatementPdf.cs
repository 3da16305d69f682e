using System.Globalization;
using Ccn.Domain;
using Ccn.Domain.Royalties;

namespace Ccn.Api.Royalties;

/// <summary>A statement as a document to file: head, totals, and every line with its formula. What it says is the page's report, nothing is computed here.</summary>
public static class StatementPdf
{
    private const double Kind = PdfPages.Left, Order = 148, Units = 372, Base = 460, Amount = PdfPages.Right;

    public static byte[] Write(StatementReport report)
    {
        using var pages = new PdfPages($"Royalty statement {report.Statement.StatementId}");
        Head(pages, report);
        Totals(pages, report);
        Columns(pages);
        foreach (var line in report.Lines) { Line(pages, line); }

        pages.Room(40);
        pages.Y -= 4;
        pages.Text("Net to the creator", Kind, 11, strong: true);
        pages.Number(Of(report.Statement.Net), Amount, 11, strong: true);
        pages.Y -= 26;
        Clauses(pages, report);
        return pages.Build(report.Statement.Sha256 is { } hash ? $"{report.Statement.StatementId} · SHA-256 of the frozen statement {hash}" : $"{report.Statement.StatementId} · draft, may still change");
    }

    private static void Head(PdfPages pages, StatementReport report)
    {
        var statement = report.Statement;
        pages.Text("Creative Commerce Network", PdfPages.Left, 9, faint: true);
        pages.Y -= 34;
        pages.Text("Royalty statement", PdfPages.Left, 24, strong: true);
        pages.Number(report.IsFinal ? "Final" : "Draft", PdfPages.Right, 11, strong: true);
        pages.Y -= 22;
        pages.Text($"{report.DesignTitle}, period {statement.Period.ToString(CultureInfo.InvariantCulture)}: {Period(report)}", PdfPages.Left, 11);
        pages.Y -= 30;
        foreach (var (name, value) in new[]
        {
            ("Creator", report.CreatorName), ("Seller", report.SellerName), ("Licence", $"{statement.LicenceId}, terms version {report.TermsVersion.ToString(CultureInfo.InvariantCulture)}"),
            ("Statement", statement.StatementId), (report.IsFinal ? "Final since" : "Queries until", Day(report.IsFinal ? statement.FinalizedAt : statement.QueryUntil)),
        })
        {
            pages.Text(name, PdfPages.Left, 9, faint: true);
            pages.Text(value, 130, 9);
            pages.Y -= 14;
        }

        pages.Y -= 14;
    }

    private static void Totals(PdfPages pages, StatementReport report)
    {
        var statement = report.Statement;
        (string Name, string Value)[] totals =
        [
            ("Units sold", report.UnitsSold.ToString("N0", CultureInfo.InvariantCulture)), ("Units returned", report.UnitsReturned.ToString("N0", CultureInfo.InvariantCulture)),
            ("Royalty", Of(statement.Gross)), ("CCN fee", Of(-statement.Fee)), ("Net", Of(statement.Net)),
        ];
        foreach (var (index, (name, value)) in totals.Index())
        {
            var x = PdfPages.Left + (index * 102);
            pages.Text(name, x, 8, faint: true);
            pages.Y -= 16;
            pages.Text(value, x, 12, strong: true);
            pages.Y += 16;
        }

        pages.Y -= 48;
    }

    private static void Columns(PdfPages pages)
    {
        pages.Text("Line", Kind, 8, strong: true);
        pages.Text("Order, product", Order, 8, strong: true);
        pages.Number("Units", Units, 8, strong: true);
        pages.Number("Base", Base, 8, strong: true);
        pages.Number("Amount", Amount, 8, strong: true);
        pages.Y -= 6;
        pages.Rule(1);
        pages.Y -= 14;
    }

    private static void Line(PdfPages pages, ReportLine report)
    {
        var (line, _, order) = report;
        if (!pages.Room(30)) { Columns(pages); }

        pages.Text(string.Create(CultureInfo.InvariantCulture, $"{line.Line}. {StatementWords.Of(line.Kind)}"), Kind);
        pages.Text(pages.Fit(order?.OrderId ?? "", Units - Order - 40, 9), Order);
        if (line.Units != 0) { pages.Number(line.Units.ToString("N0", CultureInfo.InvariantCulture), Units); }

        pages.Number(Of(line.Base), Base);
        pages.Number(Of(line.Amount), Amount);
        pages.Y -= 11;
        pages.Text(pages.Fit(order is null ? line.Formula : $"{line.Formula}, {order.Sku}", Amount - Order, 7), Order, 7, faint: true);
        pages.Y -= 5;
        pages.Rule();
        pages.Y -= 13;
    }

    private static void Clauses(PdfPages pages, StatementReport report)
    {
        pages.Room(40);
        pages.Text("From the licence", PdfPages.Left, 10, strong: true);
        pages.Y -= 16;
        foreach (var clause in report.Lines.Select(line => line.Clause).Distinct(StringComparer.Ordinal)) { pages.Paragraph(clause, PdfPages.Left, PdfPages.Right - PdfPages.Left, 8, faint: true); }
    }

    private static string Period(StatementReport report) => report.Statement is { From: { } from, To: { } to } ? $"{Day(from)} up to {Day(to)} ({report.Zone})" : "";

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "";

    private static string Of(Money amount) => amount.ToString();
}
