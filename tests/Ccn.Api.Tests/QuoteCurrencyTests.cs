using System.Security.Claims;
using Ccn.Api.Problems;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

/// <summary>Case c052: quotes in three currencies are compared by dated rates, and their own prices never change.</summary>
[Collection(ApiCollection.Name)]
public sealed class QuoteCurrencyTests(ApiFixture api)
{
    [Fact]
    public async Task Quotes_are_compared_by_the_newest_rate_and_one_without_a_rate_is_not()
    {
        using var parties = await Parties.MakeAsync(api);
        using var finance = await api.SignUpAsync("finance");
        var rfqId = Ids.New(Ids.Rfq, api.Now);
        await api.RecordAsync([Fact(parties.DesignId, rfqId, 0, new RfqOpened(rfqId, parties.LicenceId, parties.Seller.Id, 500, "brass")),
            .. new[] { ("CNY", 2_600L), ("USD", 380L), ("EUR", 330L) }.Select((offer, place) => Fact(parties.DesignId, rfqId, place + 1, new QuoteReceived(rfqId, Quote(offer.Item1, offer.Item2))))]);

        Assert.Equal([null, "3.80 USD", null], await ComparedAsync(parties.Seller, rfqId));
        var day = DateOnly.FromDateTime(api.Now.UtcDateTime);
        await AsAsync(finance, async services =>
        {
            var rates = services.GetRequiredService<ExchangeRates>();
            await rates.SetAsync("CNY", day.AddDays(-2), 0.1379m, "a bank", CancellationToken.None);
            await rates.SetAsync("EUR", day.AddDays(-2), 1.16m, "a bank", CancellationToken.None);
            Assert.Equal(ProblemCode.RequestInvalid, (await Assert.ThrowsAsync<ProblemException>(() => rates.SetAsync("EUR", day.AddDays(1), 1m, "a bank", CancellationToken.None))).Code);
            Assert.Equal(ProblemCode.RequestInvalid, (await Assert.ThrowsAsync<ProblemException>(() => rates.SetAsync("XXX", day, 1m, "a bank", CancellationToken.None))).Code);
        });
        Assert.Equal(["3.59 USD", "3.80 USD", "3.83 USD"], await ComparedAsync(parties.Seller, rfqId));
        await AsAsync(finance, services => services.GetRequiredService<ExchangeRates>().SetAsync("CNY", day, 0.15m, "a bank", CancellationToken.None));
        Assert.Equal(["3.90 USD", "3.80 USD", "3.83 USD"], await ComparedAsync(parties.Seller, rfqId));
        await AsAsync(parties.Seller, async services =>
        {
            Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => services.GetRequiredService<ExchangeRates>().SetAsync("EUR", day, 2m, "me", CancellationToken.None))).Code);
            var row = (await services.GetRequiredService<SourcingQueries>().GridAsync(rfqId, [], CancellationToken.None)).Rows.Single(row => row.Quote.Quote!.Tooling.Currency == "CNY");
            Assert.Equal((new Money(2_600, "CNY"), new Money(195_000, "USD"), day), (row.Cells[0].UnitPrice, row.Cells[0].ComparedTotal, row.Rate!.Date));
        });
    }

    private async Task<IReadOnlyList<string?>> ComparedAsync(Person seller, string rfqId)
    {
        IReadOnlyList<string?> compared = [];
        await AsAsync(seller, async services => compared = [.. (await services.GetRequiredService<SourcingQueries>().GridAsync(rfqId, [], CancellationToken.None)).Rows
            .OrderBy(row => row.Quote.Quote!.Tooling.Currency switch { "CNY" => 0, "USD" => 1, _ => 2 }).Select(row => row.Cells[0].ComparedPerUnit?.ToString())]);
        return compared;
    }

    private BusinessEvent Fact(string designId, string rfqId, int place, EventData data) => new(FormattableString.Invariant($"test/{rfqId}:{place}"), designId, "test", api.Now, null, data);

    private Quote Quote(string currency, long unit) => new(Ids.New(Ids.Quote, api.Now), Parties.SupplierId, [new(500, new(unit, currency))], 500, Money.Zero(currency), 30, "FOB", api.Now.AddDays(15));

    private async Task AsAsync(Person person, Func<IServiceProvider, Task> act)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var roles = (await person.GetAsync("/v1/me")).Json.GetProperty("roles").EnumerateArray().Select(role => new Claim(ClaimTypes.Role, role.GetString()!));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id), .. roles], "test");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(identity), RequestServices = scope.ServiceProvider };
        await act(scope.ServiceProvider);
    }
}
