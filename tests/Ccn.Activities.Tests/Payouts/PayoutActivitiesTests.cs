using Ccn.Data.Ledger;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Ledger;
using Ccn.Testing;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Payouts;

public sealed class PayoutActivitiesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_lost_answer_is_followed_to_the_first_batch_and_paid_once()   // c017
    {
        var payout = await PrepareAsync(2_500);
        await world.ControlAsync("faults", new { provider = "paypal", operation = "payouts.post", kind = "timeout_after_effect" });
        var lost = await world.FailsAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout));
        Assert.Equal((FailureTypes.ProviderUnavailable, false), (lost.ErrorType, lost.NonRetryable));
        Assert.Equal((0, 2_500), await BalancesAsync(payout));

        var sent = await world.TwiceAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout));
        Assert.True(sent.Sent);
        Assert.Single(await world.LogAsync("payout.item.accepted"), e => (string?)e["key"] == payout.PayoutId);
        Assert.Equal((0, 2_500), await BalancesAsync(payout));

        ReadPayoutInput which = new(payout.PayoutId, sent.ProviderReference!);
        Assert.Equal(PayoutState.Pending, (await ReadAsync(which)).State);
        await world.AdvanceAsync(TimeSpan.FromMinutes(4), async () => (await ReadAsync(which)).State is PayoutState.Confirmed);   // c025: asked, without a webhook
        var reading = await world.TwiceAsync<IPayoutActivities, PayoutReading>(a => a.ReadAsync(which));
        await SettleTwiceAsync(payout, PayoutState.Confirmed, reading.Fee);
        Assert.Equal((0, 0), await BalancesAsync(payout));
        Assert.Equal(50, reading.Fee!.Value.MinorUnits);
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task A_definite_refusal_puts_the_money_back_and_the_next_attempt_has_another_key()   // c016
    {
        var payout = await PrepareAsync(2_500);
        await world.ControlAsync("faults", new { provider = "paypal", operation = "payouts.post", kind = "error", status = 422 });
        var refused = await world.RunAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout));
        Assert.False(refused.Sent);
        Assert.NotNull(refused.RefusalCode);
        Assert.Equal((2_500, 0), await BalancesAsync(payout));
        Assert.False((await world.RunAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout))).Sent);   // the books say refused: nothing is sent under that attempt again
        Assert.Equal((2_500, 0), await BalancesAsync(payout));

        await SettleTwiceAsync(payout, PayoutState.Returned, null);   // given up: nothing is in transit, nothing moves
        Assert.Equal((2_500, 0), await BalancesAsync(payout));
        Assert.True((await world.TwiceAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout with { Attempt = 2 }))).Sent);
        Assert.Equal((0, 2_500), await BalancesAsync(payout));
        Assert.Single(await world.LogAsync("payout.item.accepted"), e => (string?)e["key"] == payout.PayoutId);
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task Unclaimed_money_comes_back_in_full_and_the_fee_that_PayPal_keeps_is_our_cost()   // c018
    {
        var payee = await AddPayeeAsync("unclaimed-");
        await EarnAsync(payee, world.NewId("lic"), 4_000);
        var payout = await PreparedAsync(payee, 1_000);
        var fees = await world.BalanceAsync(ChartOfAccounts.ProviderFees, null);
        var sent = await world.RunAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout));
        ReadPayoutInput which = new(payout.PayoutId, sent.ProviderReference!);

        // The batch is a SUCCESS, the item is not: nothing is settled, the money is under way.
        await world.AdvanceAsync(TimeSpan.FromMinutes(5), async () => (await ReadAsync(which)).State is PayoutState.Unclaimed);
        Assert.Equal((0, 4_000), await BalancesAsync(payout));
        await world.AdvanceAsync(TimeSpan.FromDays(30), async () => (await ReadAsync(which)).State is PayoutState.Returned);
        var returned = await ReadAsync(which);
        Assert.Equal(new Money(80, "USD"), returned.Fee);
        await SettleTwiceAsync(payout, PayoutState.Returned, returned.Fee);
        await world.AppendAsync(null, new PayoutReturned(payout.PayoutId, returned.Reason!));

        Assert.Equal((4_000, 0), await BalancesAsync(payout));
        Assert.Equal(fees + 80, await world.BalanceAsync(ChartOfAccounts.ProviderFees, null));
        Assert.Contains("blocked", (await HeldAsync(payee)).Reason, StringComparison.Ordinal);   // another address is asked for, nothing is sent to this one again
        await world.AssertBalancedAsync();
    }

    [Theory]   // c018, c019
    [InlineData(false)]
    [InlineData(true)]
    public async Task Money_that_comes_back_is_payable_again_and_its_method_is_blocked_until_it_changes(bool afterConfirmation)
    {
        var payout = await PrepareAsync(4_000);
        Assert.True((await world.RunAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout))).Sent);
        if (afterConfirmation) { await SettleTwiceAsync(payout, PayoutState.Confirmed, new Money(25, "USD")); }

        await SettleTwiceAsync(payout, PayoutState.Returned, afterConfirmation ? null : new Money(25, "USD"));
        Assert.Equal((4_000, 0), await BalancesAsync(payout));
        await world.AppendAsync(null, new PayoutReturned(payout.PayoutId, "RECEIVER_UNREGISTERED"));

        PreparePayoutInput again = new(world.NewId("pyt"), payout.PayeeId, 0);
        Assert.Contains("blocked", (await world.RunAsync<IPayoutActivities, PreparedPayout>(a => a.PrepareAsync(again))).HoldReason, StringComparison.Ordinal);
        await world.ReadAsync(db => db.PayoutMethods.Where(m => m.PayeeId == payout.PayeeId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Destination, "other@example.com").SetProperty(x => x.BlockedReason, (string?)null)));
        var next = await world.TwiceAsync<IPayoutActivities, PreparedPayout>(a => a.PrepareAsync(again));
        Assert.Equal((new Money(4_000, "USD"), null), (next.Amount, next.HoldReason));
        Assert.Single(next.StatementIds);
        await world.AssertBalancedAsync();
    }

    [Fact]
    public async Task Only_what_was_approved_is_sent_and_never_more_than_the_balance()
    {
        var payout = await PrepareAsync(3_000);
        var changed = await world.FailsAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout with { Amount = new(3_100, "USD") }));
        Assert.Equal((FailureTypes.StateConflict, true), (changed.ErrorType, changed.NonRetryable));
        await world.ReadAsync(db => db.PayoutMethods.Where(m => m.PayeeId == payout.PayeeId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Destination, "thief@example.com")));
        Assert.Equal(FailureTypes.StateConflict, (await world.FailsAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout))).ErrorType);
        Assert.DoesNotContain(await world.LogAsync("payout.item.accepted"), e => (string?)e["key"] == payout.PayoutId);
        Assert.Equal((3_000, 0), await BalancesAsync(payout));
    }

    [Fact]
    public async Task Small_and_negative_months_are_carried_and_exactly_the_minimum_pays()   // c026
    {
        var (payee, licence) = (await AddPayeeAsync(), world.NewId("lic"));
        await EarnAsync(payee, licence, 600);
        Assert.Equal((600, "The balance of 6.00 USD is below the minimum of 10.00 USD."), await HeldAsync(payee));
        await PostAsync($"{world.NewId("stm")}:finalize", JournalLine.Debit(ChartOfAccounts.ClawbackReceivable, licence, Usd(300)), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, licence, Usd(300)));
        Assert.Equal(300, (await HeldAsync(payee)).Amount);   // the same licence's loss, 3.00

        // 8.00 less the carried 3.00
        await PostAsync($"{world.NewId("stm")}:finalize", JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, licence, Usd(800)), JournalLine.Credit(ChartOfAccounts.ClawbackReceivable, licence, Usd(300)), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, payee, Usd(500)));
        var payout = await PreparedAsync(payee, 1_000);
        Assert.Equal(Usd(1_100), payout.Amount);
        Assert.True((await world.RunAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout))).Sent);
        await EarnAsync(payee, licence, 999);
        Assert.Equal(999, (await HeldAsync(payee)).Amount);
        await EarnAsync(payee, licence, 1);
        Assert.Equal(Usd(1_000), (await PreparedAsync(payee, 1_000)).Amount);
        await world.AssertBalancedAsync();
    }

    [Theory]   // c023, c024: PayPal takes whole forints and yen
    [InlineData("HUF", 123_456, 123_400)]
    [InlineData("JPY", 10_000, 10_000)]
    [InlineData("USD", 1_234, 1_234)]
    public async Task What_the_provider_cannot_express_stays_in_the_balance(string currency, long balance, long sent)
    {
        var payee = await AddPayeeAsync();
        await EarnAsync(payee, world.NewId("lic"), balance, currency);
        var payout = await PreparedAsync(payee, 0);
        Assert.Equal(new Money(sent, currency), payout.Amount);
        Assert.True((await world.TwiceAsync<IPayoutActivities, SendResult>(a => a.SendAsync(payout))).Sent);
        Assert.Equal(balance - sent, await world.BalanceAsync(ChartOfAccounts.RoyaltiesPayable, payee, currency));
    }

    [Fact]
    public async Task A_payee_without_a_method_is_held()
    {
        var payee = await world.AddUserAsync("Payee");
        await EarnAsync(payee, world.NewId("lic"), 5_000);
        Assert.Equal((5_000, "No payout method is set."), await HeldAsync(payee));
    }

    private static Money Usd(long minor) => new(minor, "USD");

    private async Task<SendPayoutInput> PrepareAsync(long minor)
    {
        var payee = await AddPayeeAsync();
        await EarnAsync(payee, world.NewId("lic"), minor);
        return await PreparedAsync(payee, 1_000);
    }

    private async Task<SendPayoutInput> PreparedAsync(string payee, long minimum)
    {
        var id = world.NewId("pyt");
        var prepared = await world.TwiceAsync<IPayoutActivities, PreparedPayout>(a => a.PrepareAsync(new(id, payee, minimum)));
        Assert.Null(prepared.HoldReason);
        await world.AppendAsync(null, new PayoutPrepared(id, payee, prepared.Amount, prepared.PayloadHash!, prepared.StatementIds));
        return new(id, payee, prepared.Amount, 1, prepared.PayloadHash!);
    }

    private async Task<(long Amount, string? Reason)> HeldAsync(string payee)
    {
        var held = await world.TwiceAsync<IPayoutActivities, PreparedPayout>(a => a.PrepareAsync(new(world.NewId("pyt"), payee, 1_000)));
        return (held.Amount.MinorUnits, held.HoldReason);
    }

    /// <param name="behaviour">What the sandbox makes of the payout, by the receiver's name.</param>
    private async Task<string> AddPayeeAsync(string behaviour = "")
    {
        var payee = await world.AddUserAsync("Payee");
        await world.SaveAsync(new PayoutMethod { PayeeId = payee, Provider = "paypal", Destination = $"{behaviour}{payee}@example.com", Display = "p…@example.com", SetAt = world.Time.GetUtcNow() });
        return payee;
    }

    /// <summary>A final statement of a licence, with its document as the finalizing activity leaves it.</summary>
    private async Task EarnAsync(string payee, string licence, long minor, string currency = "USD")
    {
        var statement = world.NewId("stm");
        var content = System.Text.Encoding.UTF8.GetBytes(statement);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        var period = await world.ReadAsync(db => db.StatementDocuments.CountAsync(d => d.LicenceId == licence)) + 1;
        var previous = await world.ReadAsync(db => db.StatementDocuments.Where(d => d.LicenceId == licence).OrderByDescending(d => d.Period).Select(d => d.Sha256).FirstOrDefaultAsync());
        await world.SaveAsync(new Data.Royalties.StatementDocument { StatementId = statement, LicenceId = licence, Period = period, Content = content, Sha256 = hash, PreviousSha256 = previous, FinalizedAt = world.Time.GetUtcNow() });
        await PostAsync($"{statement}:finalize", JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, licence, new(minor, currency)), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, payee, new(minor, currency)));
    }

    private Task<PostedEntry> PostAsync(string key, params JournalLine[] lines) => world.ReadAsync(db => Journal.PostAsync(db, new(key, world.Time.GetUtcNow(), lines)));

    private Task<PayoutReading> ReadAsync(ReadPayoutInput which) => world.RunAsync<IPayoutActivities, PayoutReading>(a => a.ReadAsync(which));

    private async Task SettleTwiceAsync(SendPayoutInput payout, PayoutState state, Money? fee)
    {
        await world.RunAsync<IPayoutActivities>(a => a.SettleAsync(new(payout.PayoutId, payout.PayeeId, payout.Amount, state, fee, world.Time.GetUtcNow(), "RECEIVER_UNREGISTERED")));
        await world.RunAsync<IPayoutActivities>(a => a.SettleAsync(new(payout.PayoutId, payout.PayeeId, payout.Amount, state, fee, world.Time.GetUtcNow().AddMinutes(1), "RECEIVER_UNREGISTERED")));
    }

    /// <summary>Payable and in transit.</summary>
    private async Task<(long Payable, long InTransit)> BalancesAsync(SendPayoutInput payout) =>
        (await world.BalanceAsync(ChartOfAccounts.RoyaltiesPayable, payout.PayeeId), await world.BalanceAsync(ChartOfAccounts.PayoutsInTransit, payout.PayeeId));
}
