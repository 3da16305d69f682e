using System.Net;
using System.Security.Claims;
using Ccn.Api.Listings;
using Ccn.Data.Listings;
using Ccn.Domain;
using Ccn.Workflows.Listings;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

/// <summary>A seller asks what Amazon would take of one unit.</summary>
[Collection(ApiCollection.Name)]
public sealed class FeeEstimateTests(ApiFixture api)
{
    private const string Path = "/v1/fee-estimates";

    [Fact]
    public async Task A_connected_seller_gets_Amazons_own_figures_and_a_repeat_the_same_ones()
    {
        using var seller = await ConnectedAsync();
        var answer = (await seller.SendAsync(HttpMethod.Post, Path, Body(" b0ccn00001 "), "one")).Is(HttpStatusCode.OK);
        Assert.Equal((TestActivities.KnownAsin, "2400", "360", "ReferralFee"), (answer.Text("asin"), answer.Text("price", "minorUnits"), answer.Text("total", "minorUnits"), answer.Json.GetProperty("fees")[0].GetProperty("type").GetString()));
        Assert.Equal(api.Now, answer.Json.GetProperty("estimatedAt").GetDateTimeOffset(), TimeSpan.FromMinutes(1));
        await api.PassAsync(TimeSpan.FromHours(1));
        var again = (await seller.SendAsync(HttpMethod.Post, Path, Body(" b0ccn00001 "), "one")).Is(HttpStatusCode.OK);
        Assert.Equal((answer.Body, true), (again.Body, again.Replayed));
        var later = (await seller.SendAsync(HttpMethod.Post, Path, Body(" b0ccn00001 "), "two")).Is(HttpStatusCode.OK);
        Assert.NotEqual(answer.Text("estimatedAt"), later.Text("estimatedAt"));
        (await seller.SendAsync(HttpMethod.Post, Path, Body(TestActivities.KnownAsin), "one")).Refused(HttpStatusCode.Conflict, "request.duplicate");
    }

    [Fact]
    public async Task Each_reason_for_no_estimate_has_a_code()
    {
        using var seller = await ConnectedAsync();
        var unknown = await seller.PostAsync(Path, Body("B0NOTTHERE"));
        unknown.Refused(HttpStatusCode.BadRequest, "asin.unknown");
        Assert.Contains("The item is not in the catalogue.", unknown.Text("detail"), StringComparison.Ordinal);
        Assert.True(unknown.Json.GetProperty("errors").TryGetProperty("asin", out _));
        (await seller.PostAsync(Path, Body(TestActivities.SilentAsin))).Refused(HttpStatusCode.ServiceUnavailable, "provider.unavailable");
        (await seller.PostAsync(Path, Body("a mug"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await seller.PostAsync(Path, Body(TestActivities.KnownAsin, cents: 0))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await seller.PostAsync(Path, new { asin = TestActivities.KnownAsin })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        using var unconnected = await api.SignUpAsync("seller");
        (await unconnected.PostAsync(Path, Body(TestActivities.KnownAsin))).Refused(HttpStatusCode.Conflict, "seller_account.not_connected");
        using var creator = await api.SignUpAsync("creator");
        (await creator.PostAsync(Path, Body(TestActivities.KnownAsin))).Refused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_workflow_says_what_it_is_and_belongs_to_the_sellers_own_account()
    {
        using var seller = await ConnectedAsync();
        (await seller.PostAsync(Path, Body(TestActivities.KnownAsin))).Is(HttpStatusCode.OK);
        await using var db = api.OpenDatabase();
        var account = await db.SellerAccounts.SingleAsync(row => row.SellerId == seller.Id);
        var described = await api.Temporal.GetWorkflowHandle(FeeEstimateWorkflow.IdFor(new(account.Id, account.Marketplace, TestActivities.KnownAsin, new(2_400, "USD"), true))).DescribeAsync();
        Assert.Equal("Amazon's fees for a plan", await described.GetStaticSummaryAsync());
        Assert.Contains($"`{account.Id}`", await described.GetStaticDetailsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_answer_for_exactly_this_price_and_fulfilment_of_the_own_account_is_found()
    {
        using var seller = await ConnectedAsync();
        using var other = await ConnectedAsync();
        await StoreAsync(seller, 2_400, byAmazon: true, total: 800, at: api.Now);
        await StoreAsync(seller, 2_400, byAmazon: true, total: 810, at: api.Now.AddMinutes(5));
        await StoreAsync(seller, 2_400, byAmazon: false, total: 360, at: api.Now.AddMinutes(9));
        Assert.Equal(810, (await FindAsync(seller, "b0ccn00001", 2_400, true))?.MinorUnits);
        Assert.Equal(360, (await FindAsync(seller, TestActivities.KnownAsin, 2_400, false))?.MinorUnits);
        Assert.Null(await FindAsync(seller, TestActivities.KnownAsin, 2_401, true));
        Assert.Null(await FindAsync(seller, "B0OTHER001", 2_400, true));
        Assert.Null(await FindAsync(seller, null, 2_400, true));
        Assert.Null(await FindAsync(other, TestActivities.KnownAsin, 2_400, true));
    }

    private static object Body(string asin, long cents = 2_400) => new { asin, price = new { minorUnits = cents, currency = "USD" }, fulfilledByAmazon = true };

    private async Task<Person> ConnectedAsync()
    {
        var seller = await api.SignUpAsync("seller");
        (await seller.PutAsync("/v1/me/seller-account", new { amazonSellerId = "A" + seller.Id, amazonRefreshToken = "Atzr|" + seller.Id, marketplace = "ATVPDKIKX0DER", stripePaymentMethod = "pm_card_visa" })).Is(HttpStatusCode.OK);
        return seller;
    }

    private async Task StoreAsync(Person seller, long cents, bool byAmazon, long total, DateTimeOffset at)
    {
        await using var db = api.OpenDatabase();
        var account = await db.SellerAccounts.SingleAsync(row => row.SellerId == seller.Id);
        db.FeeEstimates.Add(new FeeEstimateRow
        {
            SellerAccountId = account.Id, Marketplace = account.Marketplace, Asin = TestActivities.KnownAsin, PriceMinor = cents, Currency = "USD", FulfilledByAmazon = byAmazon, AskedAt = at, TotalMinor = total,
            Fees = [new("ReferralFee", new(total, "USD"))], EstimatedAt = at,
        });
        await db.SaveChangesAsync();
    }

    private async Task<Money?> FindAsync(Person person, string? asin, long cents, bool byAmazon)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id)], "test");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(identity), RequestServices = scope.ServiceProvider };
        return (await scope.ServiceProvider.GetRequiredService<FeeEstimates>().FindAsync(asin, new(cents, "USD"), byAmazon, CancellationToken.None))?.Total;
    }
}
