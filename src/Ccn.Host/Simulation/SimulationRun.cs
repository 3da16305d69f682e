using System.Diagnostics;
using System.Globalization;
using Ccn.Api.Ledger;
using Ccn.Api.Royalties;
using Ccn.Host.Demo;
using Spectre.Console;

namespace Ccn.Host.Simulation;

/// <summary>Plays a whole year of one design on a throw-away database with the product's own code, prints its timeline and books, and checks that they balance.</summary>
internal static class SimulationRun
{
    /// <returns>Exit code: 0 when the books balance and every statement is as the sales say.</returns>
    public static async Task<int> RunAsync(IAnsiConsole console, CancellationToken cancel)
    {
        var home = Directory.CreateTempSubdirectory("ccn-simulation-");
        try
        {
            var options = new AllInOneOptions { Home = home.FullName, Url = "http://127.0.0.1:0", ThrowAwayWorkflows = true };
            await using var machine = await AllInOne.StartAsync(options, new Steps(console), cancel);
            var time = new SkippedTime(machine.Clock!);
            using var stage = await DemoStage.OpenAsync(machine, YearOfOneDesign.People, time, "simulation", cancel);
            return await PlayAsync(stage.World, console, cancel);
        }
        finally { home.Delete(recursive: true); }
    }

    private static async Task<int> PlayAsync(World world, IAnsiConsole console, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var transcript = new Transcript();
        using var journal = StoryJournal.InMemory();
        var year = new YearOfOneDesign(new Story("year", world, journal, transcript, cancel));
        try { await year.RunAsync(); }
        finally { PrintTimeline(console, transcript); }

        PrintStatements(console, year.Statements);
        var rows = await world.Cast.Finance.TrialBalanceAsync(cancel);
        PrintBooks(console, rows);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"One year in {watch.Elapsed.TotalSeconds:0.0} s.");
        var wrong = rows.OutOfBalance().Where(sum => sum.Value != 0).ToList();
        if (wrong.Count == 0)
        {
            console.MarkupLineInterpolated($"[green]The books balance: debits {Money(rows.Sum(row => row.Debits.MinorUnits))} USD, credits {Money(rows.Sum(row => row.Credits.MinorUnits))} USD.[/]");
            return 0;
        }

        console.MarkupLineInterpolated($"[red]The books do not balance: {string.Join(", ", wrong.Select(sum => $"{sum.Key} {Money(sum.Value)}"))}.[/]");
        return 1;
    }

    private static void PrintTimeline(IAnsiConsole console, Transcript transcript)
    {
        var table = new Table().Title("Timeline").Border(TableBorder.Simple).AddColumns("When (UTC)", "Who", "What", "Result");
        foreach (var line in transcript.Lines)
        {
            table.AddRow(line.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Markup.Escape(line.Actor), Markup.Escape(line.What), Markup.Escape(line.Result));
        }

        console.Write(table);
    }

    private static void PrintStatements(IAnsiConsole console, IReadOnlyList<StatementSummary> statements)
    {
        var table = new Table().Title("Royalty statements").Border(TableBorder.Simple).AddColumn("Period").AddColumn("From").AddColumn(new TableColumn("Gross").RightAligned()).AddColumn(new TableColumn("Fee").RightAligned()).AddColumn(new TableColumn("Net").RightAligned());
        foreach (var statement in statements)
        {
            table.AddRow(statement.Period.ToString(CultureInfo.InvariantCulture), statement.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Money(statement.Gross.MinorUnits), Money(statement.Fee.MinorUnits), Money(statement.Net.MinorUnits));
        }

        console.Write(table);
    }

    private static void PrintBooks(IAnsiConsole console, IReadOnlyList<TrialBalanceRow> rows)
    {
        var table = new Table().Title("Trial balance").Border(TableBorder.Simple).AddColumn("Account").AddColumn("Name")
            .AddColumn(new TableColumn("Debits").RightAligned()).AddColumn(new TableColumn("Credits").RightAligned()).AddColumn(new TableColumn("Balance").RightAligned());
        foreach (var row in rows)
        {
            table.AddRow(row.Account.ToString(CultureInfo.InvariantCulture), Markup.Escape(row.Name), Money(row.Debits.MinorUnits), Money(row.Credits.MinorUnits), Money(row.Balance.MinorUnits));
        }

        console.Write(table);
    }

    private static string Money(long minorUnits) => (minorUnits / 100m).ToString("#,0.00", CultureInfo.InvariantCulture);
}
