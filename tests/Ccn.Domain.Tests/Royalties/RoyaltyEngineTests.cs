using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using FsCheck;
using FsCheck.Xunit;

namespace Ccn.Domain.Tests.Royalties;

public sealed class RoyaltyEngineTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly LicenceTerms TenPercent = new("lic_1", 1, "dsg_1", "Floral", "00", "usr_c", "usr_s", RoyaltyMode.Percent, RoyaltyBase.Gross, 1_000, null, "USD",
        Exclusive: true, "US", 24, "America/Los_Angeles", PlatformFeeBasisPoints: 0, ReserveBasisPoints: 0, ReserveReleaseDays: 60, ClearanceDays: 0, [new("usr_c", 10_000)]);

    [Fact]
    public void The_reference_month_is_600_gross_with_the_fee_as_its_own_line()
    {
        var statement = RoyaltyEngine.Compute(Input(TenPercent with { PlatformFeeBasisPoints = 1_000 }, sales: [.. Enumerable.Range(0, 300).Select(n => Sale($"s{n:000}", 2_000))]));
        Assert.Equal((300, Usd(60_000), Usd(6_000), Usd(54_000)), (statement.Units, statement.Gross, statement.Fee, statement.Payable));
        Assert.Single(statement.Lines, line => line.Kind is StatementLineKind.PlatformFee && line.Amount == Usd(-6_000));
    }

    [Fact]
    public void Two_returned_units_correct_the_next_statement_with_the_fee_mirrored()
    {
        var statement = RoyaltyEngine.Compute(Input(TenPercent with { PlatformFeeBasisPoints = 1_000 }, refunds: [Refund("r1", Sale("s1", 2_000), 2_000), Refund("r2", Sale("s2", 2_000), 2_000)]));
        Assert.Equal((2, Usd(-400), Usd(-40), Usd(-360), Usd(0)), (statement.ReturnedUnits, statement.Gross, statement.Fee, statement.Net, statement.Payable));
        Assert.Equal(Usd(-360), statement.Closing);
        Assert.All(statement.Lines.Where(line => line.Kind is StatementLineKind.Return), line => Assert.NotNull(line.SaleLineId));
    }

    // Case c001: a refund after the payout is carried within the licence.
    [Fact]
    public void A_negative_month_is_carried_and_nothing_is_sent()
    {
        var january = RoyaltyEngine.Compute(Input(TenPercent, [Sale("s1", 10_000)]));
        var february = RoyaltyEngine.Compute(Input(TenPercent, [Sale("s2", 8_000)], [Refund("r1", Sale("s1", 10_000), 10_000)], carry: january.Closing));
        var march = RoyaltyEngine.Compute(Input(TenPercent, [Sale("s3", 5_000)], carry: february.Closing));
        Assert.Equal([Usd(1_000), Usd(0), Usd(300)], [january.Payable, february.Payable, march.Payable]);
        Assert.Equal(Usd(-200), february.Closing);
    }

    // Case c006, licence B.
    [Fact]
    public void Reserve_is_held_and_given_back()
    {
        var statement = RoyaltyEngine.Compute(Input(TenPercent with { ReserveBasisPoints = 1_000 }, [Sale("s1", 80_000)], due: [new DueReserve(1, Usd(500))]));
        Assert.Equal((Usd(800), Usd(500), Usd(7_700)), (statement.ReserveHeld, statement.ReserveReleased, statement.Payable));
    }

    // Case c007: free copies, and the refund of an earlier sale on its own line.
    [Fact]
    public void Free_units_earn_nothing_and_the_return_names_its_order()
    {
        var terms = TenPercent with { RateBasisPoints = 3_500 };
        var statement = RoyaltyEngine.Compute(Input(terms, [Sale("free", 0) with { Units = 13 }], [Refund("r1", Sale("dec", 399), 399)]));
        Assert.Equal((13, 1, Usd(-140)), (statement.Units, statement.ReturnedUnits, statement.Net));
        Assert.Equal("dec", Assert.Single(statement.Lines, line => line.Kind is StatementLineKind.Return).SaleLineId);
    }

    // Case c009: only the refunded part of the base is reversed; shipping and tax are not in it.
    [Fact]
    public void A_part_refund_reverses_its_part_of_the_base()
    {
        var sale = Sale("s1", 10_000);
        Assert.Equal(Usd(-500), RoyaltyEngine.Of(TenPercent, Refund("r1", sale, 5_000)));
        Assert.Equal(Usd(0), RoyaltyEngine.Of(TenPercent, Refund("r2", sale, 0) with { RefundedBefore = Usd(5_000) }));
    }

    // Cases c036, c037.
    [Fact]
    public void Promotions_reduce_the_base_only_where_the_licence_says_so()
    {
        var sale = Sale("s1", 5_997) with { Units = 3, Promotions = Usd(-600) };
        Assert.Equal(Usd(600), RoyaltyEngine.Of(TenPercent, sale));
        Assert.Equal(Usd(540), RoyaltyEngine.Of(TenPercent with { Base = RoyaltyBase.GrossLessPromotions }, sale));
    }

    [Fact]
    public void Per_unit_terms_count_units()
    {
        var terms = TenPercent with { Mode = RoyaltyMode.PerUnit, PerUnit = Usd(250) };
        Assert.Equal(Usd(75_000), RoyaltyEngine.Compute(Input(terms, [Sale("s1", 600_000) with { Units = 300 }])).Gross);
    }

    [Theory]
    [InlineData(9_999)]
    [InlineData(10_001)]
    public void Splits_that_are_not_exactly_the_whole_are_refused(int share) =>
        Assert.Throws<InvalidOperationException>(() => RoyaltyEngine.Compute(Input(TenPercent with { Splits = [new("usr_c", share)] })));

    [Property]
    public bool Lines_sum_to_net_and_shares_to_what_is_payable(NonEmptyArray<PositiveInt> prices, ushort rate, byte fee, byte reserve, PositiveInt carry)
    {
        var terms = TenPercent with
        {
            RateBasisPoints = rate % 10_001,
            PlatformFeeBasisPoints = fee,
            ReserveBasisPoints = reserve,
            Splits = [new("a", 3_333), new("b", 3_333), new("c", 3_334)],
        };
        var sales = prices.Get.Select((price, index) => Sale($"s{index}", price.Get)).ToList();
        var statement = RoyaltyEngine.Compute(Input(terms, sales, [.. sales.Take(1).Select(sale => Refund("r", sale, sale.ItemPrice.MinorUnits / 2))], carry: Usd(-carry.Get)));
        return Money.Sum(statement.Lines.Select(line => line.Amount), "USD") == statement.Net
            && Money.Sum(statement.Shares, "USD") == statement.Payable
            && statement.Payable + statement.Closing == statement.Net
            && !statement.Payable.IsNegative;
    }

    [Property]
    public bool Refunds_in_any_pieces_take_back_exactly_what_the_sale_accrued(PositiveInt price, ushort rate, NonEmptyArray<PositiveInt> pieces)
    {
        var terms = TenPercent with { RateBasisPoints = rate % 10_001 };
        var sale = Sale("s", price.Get);
        var refunded = Usd(0);
        var reversed = Usd(0);
        foreach (var piece in pieces.Get.Select(piece => (long)piece.Get).Append(price.Get))
        {
            reversed += RoyaltyEngine.Of(terms, Refund("r", sale, piece) with { RefundedBefore = refunded });
            refunded += Usd(piece);
        }

        return reversed == -RoyaltyEngine.Of(terms, sale);
    }

    [Fact]
    public void The_text_that_is_signed_names_the_rate_and_never_varies()
    {
        var text = LicenceText.Render(TenPercent);
        Assert.Equal(text, LicenceText.Render(TenPercent with { }));
        Assert.Contains("10 % of the item price", text, StringComparison.Ordinal);
        Assert.NotEqual(text, LicenceText.Render(TenPercent with { RateBasisPoints = 1_001 }));
    }

    private static Money Usd(long minorUnits) => new(minorUnits, "USD");

    private static SaleLine Sale(string id, long price) => new(id, "order-" + id, Day, 1, Usd(price), Usd(0));

    private static RefundLine Refund(string id, SaleLine sale, long amount) => new(id, Day, 1, Usd(amount), Usd(0), sale);

    private static StatementInput Input(LicenceTerms terms, IReadOnlyList<SaleLine>? sales = null, IReadOnlyList<RefundLine>? refunds = null, IReadOnlyList<DueReserve>? due = null, Money? carry = null) =>
        new(terms, sales ?? [], refunds ?? [], due ?? [], carry ?? Usd(0));
}
