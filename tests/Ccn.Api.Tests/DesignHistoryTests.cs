using System.Globalization;
using System.Net;
using System.Text.Json;
using Ccn.Api.Designs;
using Ccn.Data.Ledger;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Ledger;
using Ccn.Domain.Lifecycle;

namespace Ccn.Api.Tests;

/// <summary>A design at a past instant: everybody sees where it stood, the parties and finance its money.</summary>
[Collection(ApiCollection.Name)]
public sealed class DesignHistoryTests(ApiFixture api)
{
    [Fact]
    public async Task Money_of_a_past_day_is_what_the_books_said_at_its_end()
    {
        using var parties = await Parties.MakeAsync(api);
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        await BookAsync(parties, day);

        Assert.Empty((await MomentAsync(parties.Creator, parties, day.AddDays(-1))).Money!);
        Assert.Equal([Usd(accrued: 60_000)], (await MomentAsync(parties.Creator, parties, day)).Money);
        Assert.Equal([Usd(payable: 54_000)], (await MomentAsync(parties.Creator, parties, day.AddDays(1))).Money);
        Assert.Equal([Usd(underWay: 54_000)], (await MomentAsync(parties.Creator, parties, day.AddDays(2))).Money);
        Assert.Equal([Usd(paid: 54_000)], (await MomentAsync(parties.Creator, parties, day.AddDays(3))).Money);
        Assert.Equal([Usd(payable: 54_000)], (await MomentAsync(parties.Creator, parties, day.AddDays(4))).Money);
    }

    [Fact]
    public async Task Only_the_parties_and_finance_see_money()
    {
        using var parties = await Parties.MakeAsync(api);
        using var finance = await api.SignUpAsync("finance");
        using var moderator = await api.SignUpAsync("moderator");
        using var other = await api.SignUpAsync("seller");
        await BookAsync(parties, api.Now);

        foreach (var person in new[] { parties.Creator, parties.Seller, finance }) { Assert.Equal([Usd(accrued: 60_000)], (await MomentAsync(person, parties, api.Now)).Money); }

        foreach (var person in new[] { moderator, other })
        {
            var moment = await MomentAsync(person, parties, api.Now);
            Assert.Equal((DesignStage.Licensed, null), (moment.Stage!.Stage, moment.Money));
        }

        using var visitor = new HttpClient { BaseAddress = api.Address };
        Assert.Contains("\"money\":null", await visitor.GetStringAsync(new Uri(Path(parties, api.Now), UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stage_is_the_one_of_that_instant()
    {
        using var parties = await Parties.MakeAsync(api);
        var licensed = (await MomentAsync(parties.Creator, parties, api.Now)).Stage!;
        await api.RecordAsync(new BusinessEvent($"test/{parties.DesignId}:later", parties.DesignId, "test", api.Now.AddDays(10), null, new StageEntered(DesignStage.Sourcing, Party.Supplier, "quotes", null, null, null)));

        Assert.Null((await MomentAsync(parties.Creator, parties, licensed.At.AddDays(-1))).Stage);
        Assert.Equal(DesignStage.Licensed, (await MomentAsync(parties.Creator, parties, licensed.At.AddDays(9))).Stage!.Stage);
        Assert.Equal(DesignStage.Sourcing, (await MomentAsync(parties.Creator, parties, licensed.At.AddDays(11))).Stage!.Stage);
    }

    /// <summary>A sale, a day later the final statement, then the payout: sent, confirmed, and come back after all.</summary>
    private async Task BookAsync(Parties parties, DateTimeOffset at)
    {
        var (creator, licence, gross, net) = (parties.Creator.Id, parties.LicenceId, new Money(60_000, "USD"), new Money(54_000, "USD"));
        await using var db = api.OpenDatabase();
        Task PostAsync(string key, int days, params IReadOnlyList<JournalLine> lines) => Journal.PostAsync(db, new(key, at.AddDays(days), lines));
        await PostAsync($"sale:{parties.OrderId}:accrue", 0, JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_1", gross), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, licence, gross));
        await PostAsync(JournalKeys.Finalized(parties.StatementId), 1, JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, licence, gross), JournalLine.Credit(ChartOfAccounts.Commission, null, gross - net), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, creator, net));
        await PostAsync(JournalKeys.Sent(parties.PayoutId, 1), 2, JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, creator, net), JournalLine.Credit(ChartOfAccounts.PayoutsInTransit, creator, net));
        await PostAsync(JournalKeys.Confirmed(parties.PayoutId), 3, JournalLine.Debit(ChartOfAccounts.PayoutsInTransit, creator, net), JournalLine.Credit(ChartOfAccounts.CashPayPal, null, net));
        await PostAsync(JournalKeys.Returned(parties.PayoutId), 4, JournalLine.Debit(ChartOfAccounts.CashPayPal, null, net), JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, creator, net));
    }

    private static async Task<DesignMoment> MomentAsync(Person person, Parties parties, DateTimeOffset at) => JsonSerializer.Deserialize<DesignMoment>((await person.GetAsync(Path(parties, at))).Is(HttpStatusCode.OK).Body, CcnJson.Options)!;

    private static string Path(Parties parties, DateTimeOffset at) => $"/v1/designs/{parties.DesignId}/moment?at={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}";

    private static DesignMoney Usd(long accrued = 0, long payable = 0, long underWay = 0, long paid = 0) =>
        new("USD", new(accrued, "USD"), new(0, "USD"), new(payable, "USD"), new(underWay, "USD"), new(paid, "USD"));
}
