using System.Net;
using System.Net.Http.Json;
using Ccn.Domain;
using Ccn.Domain.Sourcing;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class PrivacyTests(ApiFixture api)
{
    [Fact]
    public async Task Each_party_reads_what_is_theirs()
    {
        using var parties = await Parties.MakeAsync(api);
        foreach (var path in OfBoth(parties).Concat(OfSeller(parties)).Append($"/v1/designs/{parties.DesignId}/bids").Append("/v1/licences").Append("/v1/rfqs").Append("/v1/orders").Append("/v1/listings").Append("/v1/statements").Append("/v1/suppliers"))
        {
            (await parties.Seller.GetAsync(path)).Is(HttpStatusCode.OK);
        }

        foreach (var path in OfBoth(parties).Concat(OfCreator(parties)).Append("/v1/payouts").Append("/v1/me/balance")) { (await parties.Creator.GetAsync(path)).Is(HttpStatusCode.OK); }

        Assert.Equal(54_000, (await parties.Creator.GetAsync($"/v1/statements/{parties.StatementId}")).Json.GetProperty("statement").GetProperty("net").GetProperty("minorUnits").GetInt64());
    }

    [Fact]
    public async Task Other_peoples_things_are_not_told_apart_from_what_does_not_exist()
    {
        using var parties = await Parties.MakeAsync(api);
        using var creator = await api.SignUpAsync("creator");
        using var seller = await api.SignUpAsync("seller");
        foreach (var path in OfBoth(parties).Concat(OfSeller(parties)).Concat(OfCreator(parties)))
        {
            (await creator.GetAsync(path)).Refused(HttpStatusCode.NotFound, "not_found");
            (await seller.GetAsync(path)).Refused(HttpStatusCode.NotFound, "not_found");
        }

        foreach (var path in OfSeller(parties).Except(OfBoth(parties), StringComparer.Ordinal)) { (await parties.Creator.GetAsync(path)).Refused(HttpStatusCode.NotFound, "not_found"); }

        foreach (var list in new[] { "/v1/licences", "/v1/rfqs", "/v1/orders", "/v1/listings", "/v1/statements", "/v1/payouts" }) { Assert.Equal("[]", (await creator.GetAsync(list)).Is(HttpStatusCode.OK).Body); }
    }

    [Fact]
    public async Task Nobody_acts_on_other_peoples_things()
    {
        using var parties = await Parties.MakeAsync(api);
        using var creator = await api.SignUpAsync("creator");
        using var seller = await api.SignUpAsync("seller");
        var price = new { price = new { minorUnits = 1_999, currency = "USD" } };
        var content = new { title = "t", description = "d", brand = "b", productType = "LAMP", bullets = Array.Empty<string>(), mainPhotoConfirmed = true, gtinExempt = true };
        (await seller.PostAsync($"/v1/licences/{parties.LicenceId}/signing", new { returnUrl = ApiFixture.PublicUrl + "/back" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PutAsync($"/v1/rfqs/{Ids.New(Ids.Rfq, api.Now)}", new { licenceId = parties.LicenceId, quantity = 500, specification = "s", supplierIds = new[] { Parties.SupplierId } })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync($"/v1/rfqs/{parties.RfqId}/quotes/{parties.QuoteId}/approval", new { quantity = 500 })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync($"/v1/orders/{parties.OrderId}/payments", new { payment = "Deposit" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync($"/v1/orders/{parties.OrderId}/inspections", new { lotSize = 500, sampleSize = 50, critical = 0, major = 0, minor = 0 })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync($"/v1/orders/{parties.OrderId}/receipt", new { received = 500, damaged = 0 })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync($"/v1/listings/{parties.ListingId}/submission", new { content, price.price, quantity = 1 })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.SendAsync(HttpMethod.Put, $"/v1/listings/{parties.ListingId}/price", price, "k")).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.SendAsync(HttpMethod.Put, $"/v1/listings/{parties.ListingId}/stock", new { quantity = 1 }, "k")).Refused(HttpStatusCode.NotFound, "not_found");
        (await creator.PostAsync($"/v1/statements/{parties.StatementId}/queries", new { queryId = "q", line = 1, text = "?" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await seller.PostAsync("/v1/sales/pull")).Refused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Staff_read_everything_and_finance_the_ledger()
    {
        using var parties = await Parties.MakeAsync(api);
        using var finance = await api.SignUpAsync("finance");
        using var ops = await api.SignUpAsync("ops");
        foreach (var path in OfBoth(parties).Concat(OfSeller(parties)).Concat(OfCreator(parties)).Append("/v1/ledger/trial-balance").Append("/v1/ledger/entries").Append($"/v1/ledger/entries?account=2110&owner={parties.Creator.Id}&limit=5"))
        {
            (await finance.GetAsync(path)).Is(HttpStatusCode.OK);
        }

        Assert.Contains(parties.DesignId, (await ops.GetAsync("/v1/board")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Contains(parties.ListingId, (await ops.GetAsync("/v1/parked-steps")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ops.PostAsync("/v1/parked-steps/resolution", new { workflowId = "listing/" + parties.ListingId, step = "Listings.Read", resolution = "Retry", reason = "fixed" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await finance.GetAsync($"/v1/statements/{parties.StatementId}/document")).Refused(HttpStatusCode.Conflict, "statement.not_final");
    }

    [Fact]
    public async Task The_registry_shows_the_licence_and_not_its_price()
    {
        using var parties = await Parties.MakeAsync(api);
        using var visitor = new HttpClient { BaseAddress = api.Address };
        var entry = (await Answer.OfAsync(await visitor.GetAsync("/v1/registry"))).Is(HttpStatusCode.OK).Json.EnumerateArray().Single(row => row.GetProperty("licenceId").GetString() == parties.LicenceId);
        Assert.DoesNotContain(entry.EnumerateObject(), member => member.Name.Contains("rate", StringComparison.OrdinalIgnoreCase) || member.Name.Contains("terms", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_signing_page_returns_only_to_this_site()
    {
        using var parties = await Parties.MakeAsync(api);
        foreach (var url in new[] { "https://evil.example/", ApiFixture.PublicUrl + ".evil.example/", null })
        {
            (await parties.Seller.PostAsync($"/v1/licences/{parties.LicenceId}/signing", new { returnUrl = url })).Refused(HttpStatusCode.BadRequest, "return_url.foreign");
        }
    }

    [Fact]
    public async Task A_suppliers_link_opens_its_own_thing_until_it_expires()
    {
        using var parties = await Parties.MakeAsync(api);
        using var supplier = new HttpClient { BaseAddress = api.Address };
        string Link(string purpose, string subject, DateTimeOffset expires) => new SignedLink(purpose, subject, Parties.SupplierId, expires).ToToken(System.Text.Encoding.UTF8.GetBytes(ApiFixture.LinkKey));
        var order = Link("order", parties.OrderId, api.Now.AddDays(1));
        Assert.Equal(parties.OrderId, (await Answer.OfAsync(await supplier.GetAsync($"/v1/supplier-links/{order}/"))).Is(HttpStatusCode.OK).Text("subjectId"));
        foreach (var token in new[] { "made-up", "a.b", order + "x", Link("order", parties.OrderId, api.Now.AddDays(-1)), Link("rfq", parties.RfqId, api.Now.AddDays(-1)) })
        {
            (await Answer.OfAsync(await supplier.GetAsync($"/v1/supplier-links/{token}/"))).Refused(HttpStatusCode.NotFound, "link.invalid");
        }
    }

    [Fact]
    public async Task An_answer_of_five_megabytes_is_refused_before_a_workflow_sees_it()   // c081
    {
        using var parties = await Parties.MakeAsync(api);
        using var supplier = new HttpClient { BaseAddress = api.Address };
        supplier.DefaultRequestHeaders.ExpectContinue = true;   // asks before it sends the body, so that the refusal is not lost with the connection
        var link = new SignedLink("rfq", parties.RfqId, Parties.SupplierId, api.Now.AddDays(1)).ToToken(System.Text.Encoding.UTF8.GetBytes(ApiFixture.LinkKey));
        var body = new { replyId = "reply-1", reason = new string('x', 5_000_000) };
        (await Answer.OfAsync(await supplier.PostAsJsonAsync($"/v1/supplier-links/{link}/decline", body))).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        (await Answer.OfAsync(await supplier.PostAsJsonAsync($"/v1/supplier-links/{link}/decline", body with { reason = new string('x', 500_000) }))).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    private static IEnumerable<string> OfBoth(Parties parties) =>
        [$"/v1/licences/{parties.LicenceId}", $"/v1/statements/{parties.StatementId}", $"/v1/listings/{parties.ListingId}", $"/v1/sales?licenceId={parties.LicenceId}"];

    private static IEnumerable<string> OfSeller(Parties parties) => [$"/v1/rfqs/{parties.RfqId}", $"/v1/orders/{parties.OrderId}"];

    private static IEnumerable<string> OfCreator(Parties parties) => [$"/v1/payouts/{parties.PayoutId}"];
}
