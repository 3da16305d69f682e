using Ccn.Providers.Amazon;
using Ccn.Providers.PayPal;

namespace Ccn.Providers.Tests.Http;

/// <summary>Tokens over real HTTP.</summary>
public sealed class TokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_first_calls_ask_for_one_token()
    {
        await using var server = await FakeProvider.AnsweringAsync(404, "");
        await using var clients = new Clients(server.Address);
        var api = clients.Get<IPayPalPayoutsApi>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ProviderCall.PayPal.FindAsync(api.GetItemAsync($"i-{i}", Cancel))));
        Assert.Single(server.TokenCalls);
        Assert.Equal(20, server.Calls.Count);
        Assert.All(server.Calls, c => Assert.Equal("Bearer token-1", c.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_and_a_write_sent_again_with_its_body()
    {
        var tokens = 0;
        await using var server = await FakeProvider.StartAsync(
            http => http.Request.Headers.Authorization == "Bearer token-2"
                ? FakeProvider.WriteAsync(http, 201, """{"batch_header":{"payout_batch_id":"P1","batch_status":"PENDING"}}""")
                : FakeProvider.WriteAsync(http, 401, """{"name":"AUTHENTICATION_FAILURE","message":"expired"}"""),
            http => FakeProvider.WriteAsync(http, 200, $$"""{"access_token":"token-{{Interlocked.Increment(ref tokens)}}","expires_in":32400}"""));
        await using var clients = new Clients(server.Address);
        var batch = await ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().CreateBatchAsync(new(new("b-1"), []), "b-1", Cancel));
        Assert.Equal("P1", batch.BatchHeader.PayoutBatchId);
        Assert.Equal(2, server.Calls.Count);
        Assert.Equal(server.Calls[0].Body, server.Calls[1].Body);
        Assert.Equal(["b-1", "b-1"], server.Calls.Select(c => c.Headers["PayPal-Request-Id"]));
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_not_asked_for_without_end()
    {
        await using var server = await FakeProvider.AnsweringAsync(401, """{"name":"AUTHENTICATION_FAILURE","message":"no"}""");
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().GetItemAsync("i", Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "AUTHENTICATION_FAILURE"), (failure.Kind, failure.Code));
        Assert.Equal((2, 2), (server.TokenCalls.Count, server.Calls.Count));
    }

    [Fact]
    public async Task Each_seller_calls_with_a_token_of_its_own()
    {
        await using var server = await FakeProvider.StartAsync(http => FakeProvider.WriteAsync(http, 404, ""), async http =>
        {
            var form = await http.Request.ReadFormAsync();
            await FakeProvider.WriteAsync(http, 200, $$"""{"access_token":"for {{form["refresh_token"]}}","expires_in":3600}""");
        });
        await using var clients = new Clients(server.Address);
        var orders = clients.Get<IOrdersApi>();
        foreach (var seller in new[] { "one", "two", "one" })
        {
            await ProviderCall.Amazon.FindAsync(orders.GetAsync("o", null, new(seller, seller), Cancel));
        }

        Assert.Equal(["for one", "for two", "for one"], server.Calls.Select(c => c.Headers["x-amz-access-token"]));
        Assert.Equal(2, server.TokenCalls.Count);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"expired"}""", ProviderFailure.Rejected, "invalid_grant")]
    [InlineData(400, """{"error":"consent_required"}""", ProviderFailure.Rejected, "consent_required")]
    [InlineData(503, "", ProviderFailure.Unavailable, "http_503")]
    [InlineData(200, "<html>", ProviderFailure.Contract, "unreadable_answer")]
    [InlineData(200, """{"access_token":"t"}""", ProviderFailure.Contract, "unreadable_answer")]
    [InlineData(200, """{"expires_in":3600}""", ProviderFailure.Contract, "unreadable_answer")]
    public async Task A_failure_to_get_a_token_is_the_calls_failure(int status, string body, ProviderFailure kind, string code)
    {
        await using var server = await FakeProvider.StartAsync(http => FakeProvider.WriteAsync(http, 200, "{}"), http => FakeProvider.WriteAsync(http, status, body));
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().GetItemAsync("i", Cancel)));
        Assert.Equal((kind, code), (failure.Kind, failure.Code));
        Assert.Single(server.TokenCalls);   // asking for a token is a POST and is not repeated here
        Assert.Empty(server.Calls);
    }

    [Fact]
    public void Secrets_do_not_show_when_a_seller_is_written_to_a_log() => Assert.Equal("A1", $"{new AmazonSeller("A1", "Atzr|secret")}");
}
