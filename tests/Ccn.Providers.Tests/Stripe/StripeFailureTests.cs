using Ccn.Providers.Stripe;
using Stripe;

namespace Ccn.Providers.Tests.Stripe;

public sealed class StripeFailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(402, """{"error":{"type":"card_error","code":"card_declined","message":"no"}}""", ProviderFailure.Rejected, "card_declined")]
    [InlineData(400, """{"error":{"type":"invalid_request_error","code":"balance_insufficient","message":"no"}}""", ProviderFailure.Rejected, "balance_insufficient")]
    [InlineData(400, """{"error":{"type":"idempotency_error","message":"other parameters"}}""", ProviderFailure.Rejected, "idempotency_error")]
    [InlineData(401, """{"error":{"type":"invalid_request_error","message":"key"}}""", ProviderFailure.Rejected, "invalid_request_error")]
    [InlineData(409, """{"error":{"type":"invalid_request_error","code":"idempotency_key_in_use","message":"wait"}}""", ProviderFailure.Unavailable, "idempotency_key_in_use")]
    [InlineData(409, """{"error":{"type":"idempotency_error","code":"idempotency_key_in_use","message":"wait"}}""", ProviderFailure.Unavailable, "idempotency_key_in_use")]
    [InlineData(429, """{"error":{"type":"invalid_request_error","code":"rate_limit","message":"wait"}}""", ProviderFailure.Unavailable, "rate_limit")]
    [InlineData(500, """{"error":{"type":"api_error","message":"oops"}}""", ProviderFailure.Unavailable, "api_error")]
    public async Task An_error_has_stripes_code_and_the_right_kind(int status, string body, ProviderFailure kind, string code)
    {
        var failure = await FailAsync(await FakeProvider.AnsweringAsync(status, body, ("Retry-After", "9"), ("Request-Id", "req_1")));
        Assert.Equal(("stripe", kind, code), (failure.Provider, failure.Kind, failure.Code));
        Assert.Equal(TimeSpan.FromSeconds(9), failure.RetryAfter);
        Assert.Contains("req_1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_proxy_in_place_of_json_is_a_broken_contract() =>
        Assert.Equal(ProviderFailure.Contract, (await FailAsync(await FakeProvider.AnsweringAsync(200, "<html>"))).Kind);

    [Fact]
    public async Task A_broken_gateway_leaves_the_outcome_unknown() =>
        Assert.Equal(ProviderFailure.Unavailable, (await FailAsync(await FakeProvider.AnsweringAsync(502, "<html>"))).Kind);

    [Fact]
    public async Task A_broken_connection_leaves_the_outcome_unknown() =>
        Assert.Equal(ProviderFailure.Unavailable, (await FailAsync(await FakeProvider.StartAsync(http => { http.Abort(); return Task.CompletedTask; }))).Kind);

    [Fact]
    public async Task The_callers_cancellation_is_not_stripes_failure()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, "{}");
        await using var clients = new Clients(server.Address);
        var e = await Record.ExceptionAsync(() => new TransferService(clients.Get<IStripeClient>()).GetAsync("tr_1", cancellationToken: new CancellationToken(canceled: true)));
        Assert.False(StripeFailure.Is(e!));
    }

    [Fact]
    public async Task A_call_goes_to_the_configured_address_with_key_and_idempotency_key()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"id":"tr_1","object":"transfer","amount":366,"currency":"eur"}""");
        await using var clients = new Clients(server.Address);
        await new TransferService(clients.Get<IStripeClient>()).CreateAsync(new() { Amount = 366, Currency = "eur", Destination = "acct_1" }, new() { IdempotencyKey = "pay_1:transfer" }, Cancel);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("/stripe/v1/transfers", "Bearer sk_test_sandbox", "pay_1:transfer"), (call.Target, call.Headers["Authorization"], call.Headers["Idempotency-Key"]));
    }

    private static async Task<ProviderException> FailAsync(FakeProvider server)
    {
        await using (server)
        {
            await using var clients = new Clients(server.Address);
            var e = await Record.ExceptionAsync(() => new TransferService(clients.Get<IStripeClient>()).CreateAsync(
                new() { Amount = 1, Currency = "eur", Destination = "acct_1" }, new() { IdempotencyKey = "k" }, Cancel));
            Assert.True(StripeFailure.Is(e!), e?.ToString());
            return StripeFailure.Translate(e!);
        }
    }
}
