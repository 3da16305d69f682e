using System.Globalization;
using System.Net;
using System.Text;
using Ccn.Api.Royalties;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Royalties;
using UglyToad.PdfPig;

namespace Ccn.Api.Tests;

/// <summary>Statements as files: what a spreadsheet and a reader get.</summary>
[Collection(ApiCollection.Name)]
public sealed class StatementFileTests(ApiFixture api)
{
    private static readonly DateTimeOffset At = new(2026, 10, 1, 7, 0, 0, TimeSpan.Zero);

    /// <summary>Case c088.</summary>
    [Fact]
    public void Text_never_runs_as_a_formula_and_a_negative_amount_stays_a_number()
    {
        var written = new StringBuilder();
        var (header, rows) = ReadCase("c088.tsv");
        StatementCsv.AppendRow(written, header);
        foreach (var cells in rows) { StatementCsv.AppendRow(written, [.. cells[..^1].Select(StatementCsv.Text), StatementCsv.Number(Usd(cells[^1]))]); }

        var expected = File.ReadAllText(CasePath("c088.expected.csv"));
        Assert.Equal(expected.ReplaceLineEndings("\r\n"), written.ToString());
        var amounts = written.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => decimal.Parse(row[(row.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture));
        Assert.Equal(rows.Select(cells => decimal.Parse(cells[^1], CultureInfo.InvariantCulture)), amounts);
    }

    [Theory]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("\n@x", "\"'\n@x\"")]
    [InlineData("plain - text", "plain - text")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData(null, "")]
    public void A_cell_is_neutralised_and_quoted(string? text, string cell) => Assert.Equal(cell, StatementCsv.Text(text));

    [Fact]
    public void The_table_has_a_row_for_each_line_and_the_net_in_the_column_of_the_amounts()
    {
        var rows = Encoding.UTF8.GetString(StatementCsv.Write(Report("=cmd()"))).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var amount = Array.IndexOf(rows[0].Split(','), "amount");
        Assert.Equal(["Sale", "Return", "CCN fee", "Net"], rows.Skip(1).Select(row => row.Split(',')[1]));
        Assert.Equal(["10.00", "-2.50", "-0.75", "6.75"], rows.Skip(1).Select(row => row.Split(',')[amount]));
        Assert.Equal("'=cmd()", rows[1].Split(',')[3]);
    }

    [Fact]
    public void The_document_says_what_the_statement_says_and_boxes_letters_that_it_has_not()
    {
        using var document = PdfDocument.Open(StatementPdf.Write(Report("SKU-ž-灯", lines: 60)));
        var text = string.Join(' ', document.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.True(document.NumberOfPages > 1);
        Assert.Contains("Royalty statement", text, StringComparison.Ordinal);
        Assert.Contains("SKU-ž-□", text, StringComparison.Ordinal);
        Assert.Contains("6.75 USD", text, StringComparison.Ordinal);
        Assert.Contains("7. Platform fee.", text, StringComparison.Ordinal);
        Assert.Contains($"{document.NumberOfPages} / {document.NumberOfPages}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_parties_download_them_and_others_do_not()
    {
        using var parties = await Parties.MakeAsync(api);
        using var stranger = await api.SignUpAsync("creator");
        foreach (var (file, type) in new[] { ("csv", "text/csv"), ("pdf", "application/pdf") })
        {
            var path = $"/v1/statements/{parties.StatementId}/{file}";
            foreach (var party in new[] { parties.Creator, parties.Seller }) { Assert.Equal(type, (await party.GetAsync(path)).Is(HttpStatusCode.OK).MediaType); }

            (await stranger.GetAsync(path)).Refused(HttpStatusCode.NotFound, "not_found");
        }
    }

    private static StatementReport Report(string sku, int lines = 1)
    {
        var statement = new StatementSummary("stm_1", "dsg_1", "lic_1", 1, At, At.AddMonths(1), StatementState.Draft, At.AddDays(40), Usd("7.50"), Usd("0.75"), Usd("6.75"), null, null, null);
        var order = new OrderLine("111-1", "item-1", "ATVPDKIKX0DER", sku, null, 1, Usd("100.00"), Usd("0.00"), At, At, null, null, ["poll"]);
        var rows = Enumerable.Range(1, lines).Select(line => new ReportLine(new(line, StatementLineKind.Sale, 1, Usd("100.00"), Usd("10.00"), "1 units, 100.00 USD x 10 % = 10.00 USD", 1, "111-1", "sal_1", null), "4. Royalty.", order))
            .Append(new(new(lines + 1, StatementLineKind.Return, -1, Usd("-25.00"), Usd("-2.50"), "-1 units, -25.00 USD x 10 % = -2.50 USD", 1, "111-1", "sal_1", "ref_1"), "4. Royalty.", order))
            .Append(new(new(lines + 2, StatementLineKind.PlatformFee, 0, Usd("7.50"), Usd("-0.75"), "7.50 USD x 10 % = 0.75 USD", 1, null, null, null), "7. Platform fee.", null)).ToList();
        return new(new(statement, [.. rows.Select(row => row.Line)], [], null), "A lamp", "Ada", "Northlight", "America/Los_Angeles", 1, lines, 1, rows, StatementReport.TotalsOf(rows.Select(row => row.Line)), null);
    }

    private static (string[] Header, List<string[]> Rows) ReadCase(string file)
    {
        var lines = File.ReadAllLines(CasePath(file));
        return (lines[0].Split('\t'), [.. lines.Skip(1).Select(line => line.Split('\t'))]);
    }

    private static string CasePath(string file) => Path.Combine(AppContext.BaseDirectory, "Cases", file);

    private static Money Usd(string amount) => MoneyMath.TryParse(amount, "USD", out var money) ? money : throw new FormatException(amount);
}
