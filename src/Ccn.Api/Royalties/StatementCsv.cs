using System.Globalization;
using System.Text;
using Ccn.Domain;

namespace Ccn.Api.Royalties;

/// <summary>
/// A statement as a table file (RFC 4180, UTF-8). Text that a spreadsheet would run as a formula gets an apostrophe before it;
/// numbers are written as numbers, the negative ones too, so that sums come out right.
/// </summary>
public static class StatementCsv
{
    private static readonly string[] Columns =
        ["line", "kind", "order", "sku", "asin", "ordered", "shipped", "refunded", "units", "base", "amount", "currency", "formula", "terms_version", "clause"];

    public static byte[] Write(StatementReport report)
    {
        var text = new StringBuilder();
        AppendRow(text, Columns);
        foreach (var (line, clause, order) in report.Lines)
        {
            AppendRow(text, Number(line.Line), Text(StatementWords.Of(line.Kind)), Text(line.OrderId), Text(order?.Sku), Text(order?.Asin), Day(order?.OrderedAt), Day(order?.ShippedAt), Day(order?.RefundedAt),
                Number(line.Units), Number(line.Base), Number(line.Amount), Text(line.Amount.Currency), Text(line.Formula), Number(line.TermsVersion), Text(clause));
        }

        AppendRow(text, "", "Net", "", "", "", "", "", "", "", "", Number(report.Statement.Net), Text(report.Statement.Net.Currency), "", "", "");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A cell of text: quoted where it must be, never read as a formula.</summary>
    internal static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text)) { return ""; }

        // A tab, a line end or blanks before the sign do not stop a spreadsheet from running it.
        var start = text.AsSpan().TrimStart();
        var safe = text[0] is '\t' or '\r' or '\n' || (start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠') ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n;") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>A cell that stays a number in every spreadsheet.</summary>
    internal static string Number(Money amount) => amount.ToDecimal().ToString("F" + Currencies.MinorDigits(amount.Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Ends the cells with the line end of the standard.</summary>
    internal static void AppendRow(StringBuilder text, params IEnumerable<string> cells) => text.AppendJoin(',', cells).Append("\r\n");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
