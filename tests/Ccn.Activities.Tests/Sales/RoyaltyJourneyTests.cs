using Ccn.Data.Accounts;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Testing;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Activities.Tests.Sales;

/// <summary>Months pass in these tests, so each has a world and a clock of its own.</summary>
public sealed class RoyaltyJourneyTests(PostgresServer server) : IAsyncLifetime
{
    private readonly World world = new(server);

    private static readonly DateTimeOffset March = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), April = new(2026, 4, 1, 7, 0, 0, TimeSpan.Zero), May = new(2026, 5, 1, 7, 0, 0, TimeSpan.Zero);

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Three_hundred_sold_units_give_540_and_two_returns_lower_the_next_statement_by_four()
    {
        var (account, terms) = await OpenAsync("ASALES1", "MUG-5");
        await SellAsync(account, "MUG-5", orders: 300, quantity: 1, "20.00");
        var pulled = await PullAsync(account, March);
        Assert.Equal((300, 0, 0), (pulled.NewLines, pulled.NewEvents, pulled.Unmatched));
        Assert.Equal([terms.DesignId], pulled.SoldDesignIds);
        var again = await PullAsync(account, March);   // the same orders seen twice change nothing
        Assert.Equal((0, 300), (again.NewLines, await world.ReadAsync(db => db.SaleLines.CountAsync(l => l.LicenceId == terms.LicenceId))));
        Assert.Equal(60_000, await world.BalanceAsync(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId));

        var statement = world.NewId("stm");
        var draft = await world.TwiceAsync<IRoyaltyActivities, StatementTotals>(a => a.DraftAsync(new(statement, terms, 1, March, April)));
        Assert.Equal((300, Usd(600_000), Usd(60_000), Usd(6_000), Usd(54_000)), (draft.Units, draft.Sales, draft.Gross, draft.Fee, draft.Net));
        var final = await world.TwiceAsync<IRoyaltyActivities, FinalStatement>(a => a.FinalizeAsync(new(statement, terms, 1, March, April)));
        Assert.Equal(new PayeeShare(terms.CreatorId, Usd(54_000)), Assert.Single(final.Shares));
        Assert.Equal((0, 54_000), (await world.BalanceAsync(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId), await world.BalanceAsync(ChartOfAccounts.RoyaltiesPayable, terms.CreatorId)));
        await CollectTwiceAsync(account, statement, 60_000);
        Assert.Equal(0, await world.BalanceAsync(ChartOfAccounts.SellerReceivable, account.Id));

        await world.AdvanceAsync(April.AddDays(2) - world.Time.GetUtcNow());
        await world.ControlAsync("amazon/refunds", new { sellerId = "ASALES1", sku = "MUG-5", quantity = 2 });
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, (await PullAsync(account, world.Time.GetUtcNow().AddDays(-1))).NewEvents);
        Assert.Equal(0, (await PullAsync(account, world.Time.GetUtcNow().AddDays(-1))).NewEvents);
        var next = await world.RunAsync<IRoyaltyActivities, FinalStatement>(a => a.FinalizeAsync(new(world.NewId("stm"), terms, 2, April, May)));
        Assert.Equal((2, Usd(-400), Usd(-40), Usd(-360)), (next.Totals.Returned, next.Totals.Gross, next.Totals.Fee, next.Totals.Net));
        Assert.Equal(360, await world.BalanceAsync(ChartOfAccounts.ClawbackReceivable, terms.LicenceId));
        await ChainHoldsAsync(terms);
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_paid_sale_that_is_refunded_is_carried_and_taken_from_the_next_month()   // c001, with the fee left out
    {
        var (account, terms) = await OpenAsync("ASALES2", "TEE", fee: 0);
        await SellAsync(account, "TEE", 1, 1, "100.00");
        await PullAsync(account, March);
        var first = await FinalizeAsync(terms, 1, March, April);
        Assert.Equal(Usd(1_000), first.Totals.Net);

        await world.AdvanceAsync(April.AddDays(1) - world.Time.GetUtcNow());
        await world.ControlAsync("amazon/refunds", new { sellerId = "ASALES2", sku = "TEE", quantity = 1 });
        await SellAsync(account, "TEE", 1, 1, "80.00");
        await PullAsync(account, April);
        var second = await FinalizeAsync(terms, 2, April, May);
        Assert.Equal((Usd(-200), Usd(0)), (second.Totals.Net, second.Shares[0].Amount));
        var returned = await world.ReadAsync(db => db.StatementLines.SingleAsync(l => l.RefundLineId != null && l.StatementId == second.Totals.StatementId));
        var january = await world.ReadAsync(db => db.StatementLines.SingleAsync(l => l.StatementId == first.Totals.StatementId && l.SaleLineId != null));
        Assert.Equal((january.SaleLineId, january.OrderId, -1_000), (returned.SaleLineId, returned.OrderId, returned.AmountMinor));

        await world.AdvanceAsync(May.AddDays(1) - world.Time.GetUtcNow());
        await SellAsync(account, "TEE", 1, 1, "50.00");
        await PullAsync(account, May);
        var third = await FinalizeAsync(terms, 3, May, May.AddMonths(1));
        Assert.Equal((Usd(500), Usd(300)), (third.Totals.Gross, third.Shares[0].Amount));
        Assert.Equal((0, 1_300), (await world.BalanceAsync(ChartOfAccounts.ClawbackReceivable, terms.LicenceId), await world.BalanceAsync(ChartOfAccounts.RoyaltiesPayable, terms.CreatorId)));
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task Free_units_earn_nothing_and_the_refund_of_a_month_before_stands_on_its_own_line()   // c007, with the fee left out
    {
        var (account, terms) = await OpenAsync("ASALES6", "BOOK", fee: 0, rate: 3_500);
        await SellAsync(account, "BOOK", 1, 1, "3.99");
        await PullAsync(account, March);
        Assert.Equal(Usd(140), (await FinalizeAsync(terms, 1, March, April)).Totals.Net);   // 1.3965
        var paid = await world.ReadAsync(db => db.SaleLines.SingleAsync(l => l.LicenceId == terms.LicenceId));

        await world.AdvanceAsync(April.AddDays(1) - world.Time.GetUtcNow());
        await world.ControlAsync("amazon/refunds", new { sellerId = "ASALES6", sku = "BOOK", quantity = 1 });
        await SellAsync(account, "BOOK", 13, 1, "0.00");
        await PullAsync(account, April);
        var second = await FinalizeAsync(terms, 2, April, May);
        Assert.Equal((13, 1, Usd(0), Usd(-140), Usd(0)), (second.Totals.Units, second.Totals.Returned, second.Totals.Sales, second.Totals.Net, second.Shares[0].Amount));
        var lines = await world.ReadAsync(db => db.StatementLines.Where(l => l.StatementId == second.Totals.StatementId).ToListAsync());
        Assert.Equal((paid.MarketplaceOrderId, paid.Id, -140), lines.Where(l => l.RefundLineId != null).Select(l => (l.OrderId, l.SaleLineId, l.AmountMinor)).Single());
        Assert.Equal(13, lines.Count(l => l is { RefundLineId: null, SaleLineId: not null, AmountMinor: 0 }));
        Assert.Equal(140, await world.BalanceAsync(ChartOfAccounts.ClawbackReceivable, terms.LicenceId));
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task Ten_thousand_lines_are_taken_once_although_the_pull_was_killed_twice_and_no_answer_grows()   // c082, c081
    {
        var (account, terms) = await OpenAsync("ASALES7", "PIN");
        await SellAsync(account, "PIN", orders: 10_000, quantity: 1, "1.00");
        PullSalesInput span = new(account.Id, March, world.Time.GetUtcNow());
        foreach (var written in new[] { 500, 6_000 })
        {
            await world.KillAsync<ISalesActivities>(a => a.PullAsync(span), async () => await CountAsync() >= written);
            Assert.InRange(await CountAsync(), written, 9_999);
        }

        var before = await CountAsync();
        var pulled = await world.RunAsync<ISalesActivities, SalesPulled>(a => a.PullAsync(span));
        Assert.Equal((10_000 - before, 10_000), (pulled.NewLines, await CountAsync()));
        Assert.Equal(10_000, await world.ReadAsync(db => db.SaleLines.Where(l => l.LicenceId == terms.LicenceId).Select(l => l.MarketplaceOrderId).Distinct().CountAsync()));
        Assert.Equal(100_000, await world.BalanceAsync(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId));
        var statement = await FinalizeAsync(terms, 1, March, April);
        Assert.Equal((10_000, Usd(100_000)), (statement.Totals.Units, statement.Totals.Gross));
        foreach (var answer in new object[] { pulled, statement })
        {
            Assert.InRange(Workflows.CcnPayloadConverter.DataConverter.PayloadConverter.ToPayload(answer).CalculateSize(), 1, 2_000);
        }

        await world.AssertBalancedAsync();

        Task<int> CountAsync() => world.ReadAsync(db => db.SaleLines.CountAsync(l => l.LicenceId == terms.LicenceId));
    }

    [Fact]
    public async Task A_reserve_is_held_and_released_after_its_days_within_its_licence()   // c006
    {
        var (account, terms) = await OpenAsync("ASALES3", "LAMP", fee: 0, reserve: 1_000);
        await SellAsync(account, "LAMP", 1, 1, "500.00");
        await PullAsync(account, March);
        var first = await FinalizeAsync(terms, 1, March, April);
        Assert.Equal((Usd(5_000), Usd(500), Usd(4_500)), (first.Totals.Gross, first.Totals.ReserveHeld, first.Totals.Net));
        Assert.Equal(500, await world.BalanceAsync(ChartOfAccounts.ReturnsReserve, terms.LicenceId));

        Assert.Equal(Usd(0), (await FinalizeAsync(terms, 2, April, May)).Totals.ReserveReleased);   // 60 days are not over
        var third = await FinalizeAsync(terms, 3, May, May.AddMonths(1));
        Assert.Equal((Usd(500), Usd(500)), (third.Totals.ReserveReleased, third.Shares[0].Amount));
        Assert.Equal(0, await world.BalanceAsync(ChartOfAccounts.ReturnsReserve, terms.LicenceId));
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_final_statement_never_changes_whatever_is_sold_or_asked_for_later()   // c003
    {
        var (account, terms) = await OpenAsync("ASALES4", "MUG-9");
        await SellAsync(account, "MUG-9", 1, 3, "9.99");
        await PullAsync(account, March);
        var final = await FinalizeAsync(terms, 1, March, April);
        Assert.Equal(Usd(300), final.Totals.Gross);   // 29.97 x 10 %, once for the line

        await SellAsync(account, "MUG-9", 1, 1, "9.99");
        await PullAsync(account, March);
        FinalizeStatementInput changed = new(final.Totals.StatementId, terms with { RateBasisPoints = 5_000 }, 1, March, April);
        Assert.Equivalent(final, await world.RunAsync<IRoyaltyActivities, FinalStatement>(a => a.FinalizeAsync(changed)), strict: true);
        Assert.Equal(final.Totals, await world.RunAsync<IRoyaltyActivities, StatementTotals>(a => a.DraftAsync(new(final.Totals.StatementId, terms, 1, March, April))));
        await Assert.ThrowsAsync<PostgresException>(() => world.ReadAsync(db => db.StatementLines.Where(l => l.StatementId == final.Totals.StatementId).ExecuteDeleteAsync()));

        // What became known too late is a line of the next statement, once.
        Assert.Equal(1, (await FinalizeAsync(terms, 2, April, May)).Totals.Units);
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_line_that_came_before_its_listing_waits_as_a_break_and_is_accrued_when_it_is_matched()
    {
        var account = await world.AddSellerAsync("ASALES5");
        await PublishAsync(account, "CAP");
        await SellAsync(account, "CAP", 1, 2, "10.00");
        Assert.Equal(1, (await PullAsync(account, March)).Unmatched);
        var terms = await world.AddListingAsync(world.Terms(world.NewId("usr"), account.SellerId), account, "CAP");
        await world.ControlAsync("amazon/refunds", new { sellerId = "ASALES5", sku = "CAP", quantity = 1 });
        await world.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([terms.DesignId], (await PullAsync(account, March)).SoldDesignIds);
        Assert.Equal(100, await world.BalanceAsync(ChartOfAccounts.RoyaltiesAccrued, terms.LicenceId));   // 2.00 less 1.00
        await world.AssertBalancedAsync();
    }

    [Theory]
    [InlineData("pm_card_chargeCustomerFail", "generic_decline")]
    [InlineData("pm_card_authenticationRequired", "authentication_required")]
    public async Task A_declined_card_is_an_answer_and_posts_nothing(string card, string code)
    {
        var account = await world.AddSellerAsync("ADECLINE" + code.Length, card);
        var declined = await world.TwiceAsync<IRoyaltyActivities, CollectionResult>(a => a.CollectAsync(new($"stm_{code}:collect:1", $"stm_{code}", account.SellerId, Usd(1_000))));
        Assert.Equal((false, code), (declined.Collected, declined.DeclineCode));
        Assert.Equal(0, await world.BalanceAsync(ChartOfAccounts.SellerReceivable, account.Id));
    }

    private static Money Usd(long minor) => new(minor, "USD");

    private async Task<(SellerAccount Account, LicenceTerms Terms)> OpenAsync(string amazonSeller, string sku, int fee = 1_000, int reserve = 0, int rate = 1_000)
    {
        var account = await world.AddSellerAsync(amazonSeller);
        var terms = await world.AddListingAsync(world.Terms(world.NewId("usr"), account.SellerId, reserve) with { PlatformFeeBasisPoints = fee, RateBasisPoints = rate }, account, sku);
        await PublishAsync(account, sku);
        return (account, terms);
    }

    private async Task PublishAsync(SellerAccount account, string sku)
    {
        await world.AdvanceAsync(March.AddDays(2) > world.Time.GetUtcNow() ? March.AddDays(2) - world.Time.GetUtcNow() : TimeSpan.Zero);
        await world.RunAsync<IListingActivities, ListingSubmission>(a => a.SubmitAsync(new(account.Id, World.Us, sku, "dsg", new("Title", ["b"], "d", "DRINKING_CUP", "CCN", true, true), new(2_000, "USD"), 10_000)));
        await world.AdvanceAsync(TimeSpan.FromHours(1), async () => (await world.RunAsync<IListingActivities, ListingReading>(a => a.ReadAsync(new(account.Id, World.Us, sku)))).Buyable);
    }

    private async Task SellAsync(SellerAccount account, string sku, int orders, int quantity, string price)
    {
        var placed = (await world.ControlAsync("amazon/sales", new { sellerId = account.AmazonSellerId, sku, orders, quantity, unitPrice = new { amount = price, currency = "USD" } }))["orders"]!.AsArray().Select(o => (string)o!).ToHashSet(StringComparer.Ordinal);
        await world.AdvanceAsync(TimeSpan.FromHours(25), async () => (await world.LogAsync("order.shipped")).Count(e => placed.Contains((string)e["id"]!)) == placed.Count);
    }

    private Task<SalesPulled> PullAsync(SellerAccount account, DateTimeOffset since) => world.RunAsync<ISalesActivities, SalesPulled>(a => a.PullAsync(new(account.Id, since, world.Time.GetUtcNow())));

    private Task<FinalStatement> FinalizeAsync(LicenceTerms terms, int period, DateTimeOffset from, DateTimeOffset to)
    {
        var statement = world.NewId("stm");
        return world.TwiceAsync<IRoyaltyActivities, FinalStatement>(a => a.FinalizeAsync(new(statement, terms, period, from, to)));
    }

    private async Task CollectTwiceAsync(SellerAccount account, string statement, long minor)
    {
        var collected = await world.TwiceAsync<IRoyaltyActivities, CollectionResult>(a => a.CollectAsync(new($"{statement}:collect:1", statement, account.SellerId, Usd(minor))));
        Assert.True(collected.Collected);
        Assert.Single(await world.LogAsync("payment.received"), e => (string?)e["id"] == collected.ProviderReference);
    }

    private async Task ChainHoldsAsync(LicenceTerms terms)
    {
        var documents = await world.ReadAsync(db => db.StatementDocuments.Where(d => d.LicenceId == terms.LicenceId).OrderBy(d => d.Period).ToListAsync());
        Assert.Equal((null, documents[0].Sha256), (documents[0].PreviousSha256, documents[1].PreviousSha256));
    }
}
