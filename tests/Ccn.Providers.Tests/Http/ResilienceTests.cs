using Ccn.Providers.Amazon;
using Ccn.Providers.DocuSign;
using Ccn.Providers.Network;
using Ccn.Providers.PayPal;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace Ccn.Providers.Tests.Http;

public sealed class ResilienceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_survives_one_hiccup()
    {
        var calls = 0;
        await using var server = await FakeProvider.StartAsync(http => Interlocked.Increment(ref calls) == 1
            ? FakeProvider.WriteAsync(http, 503, "")
            : FakeProvider.WriteAsync(http, 200, """{"suppliers":[{"supplierId":"s","name":"n","country":"CN","timeZone":"Asia/Shanghai"}]}"""));
        await using var clients = new Clients(server.Address);
        Assert.Single((await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync(null, null, null, null, Cancel))).Suppliers);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task A_read_is_tried_twice_and_no_more()
    {
        await using var server = await FakeProvider.AnsweringAsync(503, "");
        await using var clients = new Clients(server.Address);
        await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync(null, null, null, null, Cancel)));
        Assert.Equal(2, server.Calls.Count);
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(503, "60")]
    [InlineData(400, null)]
    public async Task A_read_is_not_repeated_when_waiting_is_the_only_help(int status, string? retryAfter)
    {
        await using var server = await FakeProvider.AnsweringAsync(status, "", retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        await using var clients = new Clients(server.Address);
        await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync(null, null, null, null, Cancel)));
        Assert.Single(server.Calls);
    }

    public static TheoryData<string, string> Writes => new()
    {
        { "network rfq", "POST" }, { "network order", "POST" }, { "paypal create", "POST" }, { "paypal cancel", "POST" }, { "docusign create", "POST" },
        { "docusign void", "PUT" }, { "docusign view", "POST" }, { "amazon put", "PUT" }, { "amazon patch", "PATCH" }, { "amazon delete", "DELETE" },
        { "amazon fees", "POST" }, { "stripe transfer", "POST" },
    };

    [Theory, MemberData(nameof(Writes))]
    public async Task A_write_is_sent_once_when_the_answer_is_lost(string write, string method)
    {
        await using var server = await FakeProvider.StartAsync(http => { http.Abort(); return Task.CompletedTask; });
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => WriteAsync(write, clients));
        Assert.Equal(ProviderFailure.Unavailable, failure.Kind);
        Assert.Equal(method, Assert.Single(server.Calls).Method);
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task A_write_is_sent_once_when_the_server_fails(string write, string method)
    {
        await using var server = await FakeProvider.AnsweringAsync(500, "{}");
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => WriteAsync(write, clients));
        Assert.Equal(ProviderFailure.Unavailable, failure.Kind);
        Assert.Equal(method, Assert.Single(server.Calls).Method);
    }

    [Fact]
    public async Task A_jump_of_the_business_clock_does_not_time_a_call_out()
    {
        var time = new FakeTimeProvider();
        await using var server = await FakeProvider.StartAsync(async http =>
        {
            time.Advance(TimeSpan.FromDays(30));   // virtual time passes while the provider works
            await FakeProvider.WriteAsync(http, 202, """{"rfqId":"r","supplierId":"s"}""");
        });
        await using var clients = new Clients(server.Address, time);
        await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().SendRfqAsync(new("r", "s", new("spec"), 1, "https://ccn.example/r"), Cancel));
    }

    private static async Task WriteAsync(string write, Clients clients)
    {
        switch (write)
        {
            case "network rfq": await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().SendRfqAsync(new("r", "s", new("spec"), 1, "https://ccn.example/r"), Cancel)); break;
            case "network order": await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().PlaceOrderAsync(new("o", "s", "r", 1, "https://ccn.example/o"), Cancel)); break;
            case "paypal create": await ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().CreateBatchAsync(new(new("b"), []), "b", Cancel)); break;
            case "paypal cancel": await ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().CancelItemAsync("i", Cancel)); break;
            case "docusign create": await ProviderCall.DocuSign.RequireAsync(clients.Get<IDocuSignApi>().CreateAsync(new("sent", "s", [], new([])), Cancel)); break;
            case "docusign void": await ProviderCall.DocuSign.RequireAsync(clients.Get<IDocuSignApi>().UpdateAsync("e", UpdateEnvelope.Void("r"), Cancel)); break;
            case "docusign view": await ProviderCall.DocuSign.RequireAsync(clients.Get<IDocuSignApi>().CreateRecipientViewAsync("e", new("https://ccn.example", "a@b.example", "n", "1"), Cancel)); break;
            case "amazon put": await ProviderCall.Amazon.RequireAsync(clients.Get<IListingsApi>().PutAsync("s", "k", "m", null, null, new("T", new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal)), Clients.Seller, Cancel)); break;
            case "amazon patch": await ProviderCall.Amazon.RequireAsync(clients.Get<IListingsApi>().PatchAsync("s", "k", "m", null, null, new("T", []), Clients.Seller, Cancel)); break;
            case "amazon delete": await ProviderCall.Amazon.RequireAsync(clients.Get<IListingsApi>().DeleteAsync("s", "k", "m", Clients.Seller, Cancel)); break;
            case "amazon fees": await ProviderCall.Amazon.RequireAsync(clients.Get<IProductFeesApi>().EstimateForSkuAsync("k", new(new("m", new(new("USD", 25m)), "i")), Clients.Seller, Cancel)); break;
            default:
                try { await new TransferService(clients.Get<IStripeClient>()).CreateAsync(new() { Amount = 1, Currency = "eur", Destination = "acct_1" }, new() { IdempotencyKey = "k" }, Cancel); }
                catch (Exception e) when (Ccn.Providers.Stripe.StripeFailure.Is(e)) { throw Ccn.Providers.Stripe.StripeFailure.Translate(e); }
                break;
        }
    }
}
