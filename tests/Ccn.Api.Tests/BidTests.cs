using System.Net;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class BidTests(ApiFixture api)
{
    [Fact]
    public async Task Bids_stay_sealed_until_the_close_and_of_two_acceptances_in_one_instant_one_wins()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        using var first = await VerifiedSellerAsync(admin);
        using var second = await VerifiedSellerAsync(admin);
        var designId = await OpenRoundAsync(creator);
        var (low, high) = (await PlaceAsync(first, designId, 800), await PlaceAsync(second, designId, 1_000));
        (await creator.PostAsync($"/v1/designs/{designId}/bids/{high}/acceptance")).Refused(HttpStatusCode.Conflict, "state.conflict");
        Assert.DoesNotContain("rateBasisPoints", (await creator.GetAsync($"/v1/designs/{designId}/bids")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Equal(1, (await first.GetAsync($"/v1/designs/{designId}/bids")).Is(HttpStatusCode.OK).Json.GetArrayLength());

        await CloseAsync(designId);
        (await second.PutAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(1_200))).Refused(HttpStatusCode.Conflict, "state.conflict");
        var revealed = (await creator.GetAsync($"/v1/designs/{designId}/bids")).Is(HttpStatusCode.OK).Json;
        Assert.Equal([high, low], revealed.EnumerateArray().Select(bid => bid.GetProperty("bidId").GetString()));
        Assert.Equal(200, revealed[0].GetProperty("royaltyPerUnit").GetProperty("minorUnits").GetInt64());

        (await creator.PostAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}/acceptance")).Refused(HttpStatusCode.Conflict, "state.conflict");
        var answers = await Task.WhenAll(creator.PostAsync($"/v1/designs/{designId}/bids/{low}/acceptance"), creator.PostAsync($"/v1/designs/{designId}/bids/{high}/acceptance"));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        answers.Single(answer => answer.Status != HttpStatusCode.NoContent).Refused(HttpStatusCode.Conflict, "state.conflict");
        await using var db = api.OpenDatabase();
        Assert.Equal(1, await db.Bids.CountAsync(bid => bid.DesignId == designId && bid.State == Domain.Bids.BidState.Accepted));
        (await first.PutAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(1_200))).Refused(HttpStatusCode.Conflict, "state.conflict");
    }

    [Fact]
    public async Task An_acceptance_repeated_with_its_key_is_the_same_acceptance()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        using var seller = await VerifiedSellerAsync(admin);
        var designId = await OpenRoundAsync(creator);
        var bid = await PlaceAsync(seller, designId, 900);
        await CloseAsync(designId);
        var path = $"/v1/designs/{designId}/bids/{bid}/acceptance";
        (await creator.SendAsync(HttpMethod.Post, path)).Refused(HttpStatusCode.BadRequest, "idempotency_key.missing");
        (await creator.SendAsync(HttpMethod.Post, path, key: "one")).Is(HttpStatusCode.NoContent);
        (await creator.SendAsync(HttpMethod.Post, path, key: "one")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_bid_is_lodged_once_and_refused_where_it_breaks_the_rules()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        using var seller = await VerifiedSellerAsync(admin);
        using var unverified = await api.SignUpAsync("seller");
        var designId = await OpenRoundAsync(creator);
        (await unverified.PutAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(1_000))).Refused(HttpStatusCode.Forbidden, "seller.not_verified");
        (await seller.PutAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(499))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await seller.PutAsync($"/v1/designs/{Ids.New(Ids.Design, api.Now)}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(900))).Refused(HttpStatusCode.NotFound, "not_found");

        var bidId = Ids.New(Ids.Bid, api.Now);
        var path = $"/v1/designs/{designId}/bids/{bidId}";
        var receipt = (await seller.PutAsync(path, Terms(900))).Is(HttpStatusCode.OK);
        Assert.Equal(receipt.Body, (await seller.PutAsync(path, Terms(900))).Is(HttpStatusCode.OK).Body);
        (await seller.PutAsync(path, Terms(950))).Refused(HttpStatusCode.Conflict, "request.duplicate");
        (await seller.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await seller.DeleteAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}")).Refused(HttpStatusCode.Conflict, "state.conflict");
    }

    private static object Terms(int rate) => new
    {
        mode = "Percent", rateBasisPoints = rate, plannedPrice = new { minorUnits = 2_000, currency = "USD" }, plannedUnits = 500, exclusive = true, termMonths = 24,
    };

    private async Task<Person> VerifiedSellerAsync(Person admin)
    {
        var seller = await api.SignUpAsync("seller");
        await seller.BecomeVerifiedSellerAsync(admin);
        return seller;
    }

    private async Task<string> OpenRoundAsync(Person creator)
    {
        var designId = await creator.PublishDesignAsync();
        (await creator.PostAsync($"/v1/designs/{designId}/bidding")).Is(HttpStatusCode.NoContent);
        await ApiFixture.UntilAsync(async () =>
        {
            await using var db = api.OpenDatabase();
            return await db.Biddings.AnyAsync(round => round.DesignId == designId);
        }, "the bidding round");
        return designId;
    }

    private async Task<string> PlaceAsync(Person seller, string designId, int rate)
    {
        var bidId = Ids.New(Ids.Bid, api.Now);
        (await seller.PutAsync($"/v1/designs/{designId}/bids/{bidId}", Terms(rate))).Is(HttpStatusCode.OK);
        return bidId;
    }

    private async Task CloseAsync(string designId)
    {
        await api.PassAsync(StandardTemplates.OpenChallenge.Bidding.Window);
        await ApiFixture.UntilAsync(async () =>
        {
            await using var db = api.OpenDatabase();
            return await db.Bids.AnyAsync(bid => bid.DesignId == designId && bid.Terms != null);
        }, "the reveal of the bids");
    }
}
