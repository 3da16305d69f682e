using Ccn.Providers.Alibaba;
using Ccn.Providers.Amazon;
using Ccn.Providers.DocuSign;
using Ccn.Providers.Network;
using Ccn.Providers.PayPal;
using Microsoft.AspNetCore.Http;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Ccn.Providers.Tests.Http;

/// <summary>Every provider's read, in every way of failing.</summary>
public sealed class FailureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string, ProviderFailure, string> Refusals => new()
    {
        { "docusign", 400, """{"errorCode":"ENVELOPE_DOES_NOT_EXIST","message":"no"}""", ProviderFailure.Rejected, "ENVELOPE_DOES_NOT_EXIST" },
        { "docusign", 400, """{"errorCode":"HOURLY_APIINVOCATION_LIMIT_EXCEEDED","message":"slow down"}""", ProviderFailure.Unavailable, "HOURLY_APIINVOCATION_LIMIT_EXCEEDED" },
        { "docusign", 409, """{"errorCode":"EDIT_LOCK_ENVELOPE_LOCKED","message":"locked"}""", ProviderFailure.Unavailable, "EDIT_LOCK_ENVELOPE_LOCKED" },
        { "amazon", 400, """{"errors":[{"code":"InvalidInput","message":"bad","details":"sku"}]}""", ProviderFailure.Rejected, "InvalidInput" },
        { "amazon", 403, """{"errors":[{"code":"AccessDeniedException","message":"role"}]}""", ProviderFailure.Rejected, "AccessDeniedException" },
        { "amazon", 429, """{"errors":[{"code":"QuotaExceeded","message":"wait"}]}""", ProviderFailure.Unavailable, "QuotaExceeded" },
        { "amazon", 500, """{"errors":[{"code":"InternalFailure","message":"oops"}]}""", ProviderFailure.Unavailable, "InternalFailure" },
        { "paypal", 422, """{"name":"UNPROCESSABLE_ENTITY","message":"no","debug_id":"d1","details":[{"field":"value","issue":"DECIMALS"}]}""", ProviderFailure.Rejected, "UNPROCESSABLE_ENTITY" },
        { "paypal", 404, """{"name":"INVALID_RESOURCE_ID","message":"no","debug_id":"d2"}""", ProviderFailure.Rejected, "INVALID_RESOURCE_ID" },
        { "paypal", 503, "<html>down</html>", ProviderFailure.Unavailable, "http_503" },
        { "alibaba", 200, """{"code":"IllegalParameter","type":"ISV","message":"bad","request_id":"r"}""", ProviderFailure.Rejected, "IllegalParameter" },
        { "alibaba", 200, """{"code":"ServiceDown","type":"ISP","message":"later","request_id":"r"}""", ProviderFailure.Unavailable, "ServiceDown" },
        { "alibaba", 200, """{"code":"ApiCallLimit","type":"ISV","message":"slow","request_id":"r"}""", ProviderFailure.Unavailable, "ApiCallLimit" },
        { "alibaba", 200, """{"code":"0","request_id":"r","result":{"result_code":"110001","result_msg":"China account"}}""", ProviderFailure.Rejected, "110001" },
        { "alibaba", 200, """{"request_id":"r"}""", ProviderFailure.Contract, "unreadable_answer" },
        { "network", 409, """{"title":"Conflict","detail":"other content","code":"rfq.conflict"}""", ProviderFailure.Rejected, "rfq.conflict" },
        { "network", 400, """{"title":"Bad request"}""", ProviderFailure.Rejected, "http_400" },
        { "network", 302, "", ProviderFailure.Contract, "http_302" },
    };

    public static TheoryData<string> Providers => ["docusign", "amazon", "paypal", "alibaba", "network"];

    [Theory, MemberData(nameof(Refusals))]
    public async Task A_refusal_has_the_providers_code_and_the_right_kind(string provider, int status, string body, ProviderFailure kind, string code)
    {
        await using var server = await FakeProvider.AnsweringAsync(status, body);
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients));
        Assert.Equal((provider, kind, code), (failure.Provider, failure.Kind, failure.Code));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_success_that_is_no_json_is_a_broken_contract(string provider)
    {
        await using var server = await FakeProvider.AnsweringAsync(200, "<html>proxy</html>");
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients));
        Assert.Equal((ProviderFailure.Contract, ProviderCodes.UnreadableAnswer), (failure.Kind, failure.Code));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_success_without_its_promised_members_is_a_broken_contract(string provider)
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"unexpected":true}""");
        await using var clients = new Clients(server.Address);
        Assert.Equal(ProviderFailure.Contract, (await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients))).Kind);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_empty_success_is_a_broken_contract(string provider)
    {
        await using var server = await FakeProvider.AnsweringAsync(200, "");
        await using var clients = new Clients(server.Address);
        Assert.Equal(ProviderFailure.Contract, (await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients))).Kind);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_connection_that_breaks_leaves_the_outcome_unknown(string provider)
    {
        await using var server = await FakeProvider.StartAsync(http => { http.Abort(); return Task.CompletedTask; });
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients));
        Assert.Equal((ProviderFailure.Unavailable, ProviderCodes.ConnectionLost), (failure.Kind, failure.Code));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_that_breaks_off_leaves_the_outcome_unknown(string provider)
    {
        await using var server = await FakeProvider.StartAsync(async http =>
        {
            http.Response.ContentLength = 1_000;
            await http.Response.WriteAsync("{\"a\":");
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        await using var clients = new Clients(server.Address);
        Assert.Equal(ProviderFailure.Unavailable, (await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients))).Kind);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_answer_without_end_is_cut_off_and_not_fetched_again(string provider)
    {
        await using var server = await FakeProvider.StartAsync(async http =>
        {
            var chunk = new byte[1 << 20];
            for (var i = 0; i < 12 && !http.RequestAborted.IsCancellationRequested; i++) { await http.Response.Body.WriteAsync(chunk); }
        });
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients));
        Assert.Equal((ProviderFailure.Contract, ProviderCodes.AnswerTooLarge), (failure.Kind, failure.Code));
        Assert.Single(server.Calls);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_wait_that_a_provider_asks_for_is_passed_on(string provider)
    {
        await using var server = await FakeProvider.AnsweringAsync(429, "", ("Retry-After", "120"));
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(provider, clients));
        Assert.Equal((ProviderFailure.Unavailable, TimeSpan.FromSeconds(120)), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_failure_of_the_provider()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await FakeProvider.StartAsync(async http =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var clients = new Clients(server.Address);
        using var caller = new CancellationTokenSource();
        var call = ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync(null, null, null, null, caller.Token));
        await arrived.Task;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task What_is_not_there_can_be_looked_for()
    {
        await using var server = await FakeProvider.AnsweringAsync(404, """{"name":"INVALID_RESOURCE_ID","message":"no"}""");
        await using var clients = new Clients(server.Address);
        Assert.Null(await ProviderCall.PayPal.FindAsync(clients.Get<IPayPalPayoutsApi>().GetItemAsync("none", Cancel)));
    }

    public static TheoryData<Exception, ProviderFailure, string> Causes => new()
    {
        { new TimeoutRejectedException("20 s"), ProviderFailure.Unavailable, ProviderCodes.Timeout },
        { new TaskCanceledException("slow", new TimeoutException()), ProviderFailure.Unavailable, ProviderCodes.Timeout },
        { new BrokenCircuitException("open", TimeSpan.FromSeconds(5)), ProviderFailure.Unavailable, ProviderCodes.CircuitOpen },
        { new RateLimiterRejectedException("full"), ProviderFailure.Unavailable, ProviderCodes.TooManyCalls },
        { new HttpRequestException(HttpRequestError.NameResolutionError), ProviderFailure.Unavailable, ProviderCodes.ConnectionLost },
        { new InvalidOperationException("outer", new IOException("reset")), ProviderFailure.Unavailable, ProviderCodes.ConnectionLost },
        { new System.Text.Json.JsonException("bad"), ProviderFailure.Contract, ProviderCodes.UnreadableAnswer },
    };

    [Theory, MemberData(nameof(Causes), DisableDiscoveryEnumeration = true)]
    public void Each_cause_of_the_transport_has_its_kind(Exception cause, ProviderFailure kind, string code)
    {
        var failure = ProviderCall.PayPal.Translate(cause);
        Assert.Equal(("paypal", kind, code), (failure.Provider, failure.Kind, failure.Code));
    }

    [Fact]
    public void A_held_back_call_says_when_to_come_again() =>
        Assert.Equal(TimeSpan.FromSeconds(5), ProviderCall.PayPal.Translate(new BrokenCircuitException("open", TimeSpan.FromSeconds(5))).RetryAfter);

    [Fact]
    public void A_long_message_is_cut_before_it_travels_in_histories() =>
        Assert.Equal(ProviderException.MaxMessageLength, new ProviderException("x", ProviderFailure.Rejected, "c", new string('m', 5_000)).Message.Length);

    private static Task ReadAsync(string provider, Clients clients) => provider switch
    {
        "docusign" => ProviderCall.DocuSign.RequireAsync(clients.Get<IDocuSignApi>().GetAsync("e-1", null, Cancel)),
        "amazon" => ProviderCall.Amazon.RequireAsync(clients.Get<IOrdersApi>().GetAsync("111-1111111-1111111", null, Clients.Seller, Cancel)),
        "paypal" => ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().GetItemAsync("i-1", Cancel)),
        "alibaba" => ProviderCall.Alibaba.RequireAsync(clients.Get<IAlibabaProductsApi>().DescribeAsync(new("p-1", "US"), Cancel)),
        _ => ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync(null, null, null, null, Cancel)),
    };
}
