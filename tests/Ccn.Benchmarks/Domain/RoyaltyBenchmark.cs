using System.Globalization;
using Ccn.Domain;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;

namespace Ccn.Benchmarks.Domain;

/// <summary>A statement of many lines, each with its formula and source, beside the arithmetic and the text of each line alone.</summary>
internal sealed class RoyaltyBenchmark : Benchmark
{
    private const string Lines = "lines/s";
    private const string Statement = "statement";
    private const string Bare = "arithmetic and texts alone";
    private const int Count = 50_000;

    private static readonly LicenceTerms Terms = new(
        "lic_1", 1, "dsg_1", "Floral", "00", "usr_c", "usr_s", RoyaltyMode.Percent, RoyaltyBase.Gross, 1_250, null, "USD",
        Exclusive: true, "US", 24, "America/Los_Angeles", PlatformFeeBasisPoints: 1_000, ReserveBasisPoints: 500, ReserveReleaseDays: 60, ClearanceDays: 0,
        [new("usr_c", 7_000), new("usr_d", 3_000)]);

    private readonly List<SaleLine> sales =
    [
        .. Enumerable.Range(0, Count).Select(i => new SaleLine(
            string.Create(CultureInfo.InvariantCulture, $"line-{i:D8}"), string.Create(CultureInfo.InvariantCulture, $"order-{i:D8}"),
            DateTimeOffset.UnixEpoch.AddMinutes(i), 1, new Money(999 + (i % 5_000), "USD"), Money.Zero("USD"))),
    ];

    private long sink;

    /// <inheritdoc/>
    public override string Name => "royalties";

    /// <inheritdoc/>
    public override string About => "a royalty statement of 50,000 sale lines, and the arithmetic and texts of it alone";

    /// <inheritdoc/>
    public override IReadOnlyList<Goal> Goals { get; } = [new(Lines, Statement, Bare, 0.2)];

    /// <inheritdoc/>
    public override Task<IReadOnlyList<Subject>> PrepareAsync() => Task.FromResult<IReadOnlyList<Subject>>(
    [
        Subject.Rate(Statement, Lines, Count, () => sink += RoyaltyEngine.Compute(new(Terms, sales, [], [], Money.Zero("USD"))).Payable.MinorUnits),
        Subject.Rate(Bare, Lines, Count, () =>
        {
            foreach (var sale in sales)
            {
                var royalty = new Money(((sale.ItemPrice.MinorUnits * 1_250) + 5_000) / 10_000, "USD");
                sink += string.Create(CultureInfo.InvariantCulture, $"{sale.Units} units, {sale.ItemPrice} x 12.5 % = {royalty}").Length;
            }
        }),
    ]);
}
