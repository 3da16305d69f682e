using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccn.Providers.Alibaba;
using Microsoft.Extensions.Time.Testing;

namespace Ccn.Providers.Tests.Alibaba;

public sealed class AlibabaSigningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_signed_over_exactly_what_is_sent()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"code":"0","request_id":"r","result":{"result_code":"200","result_total":"1","result_data":[{"product_id":"1600000000001"}]}}""");
        await using var clients = new Clients(server.Address, new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123)));
        var answer = await ProviderCall.Alibaba.RequireAsync(clients.Get<IAlibabaProductsApi>().ListAsync(new("906124611", 0, 20), Cancel));
        Assert.Equal("1600000000001", Assert.Single(answer.Result!.ResultData!).ProductId);

        var call = Assert.Single(server.Calls);
        Assert.Equal("/alibaba/rest/eco/buyer/product/check", call.Path);
        var sent = call.Target.Split('?')[1].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        Assert.Equal("""{"scene_id":"906124611","index":0,"size":20,"product_type":"common"}""", sent["query_req"]);
        Assert.Equal(("500001", "sha256", "token-1", "1790000000123"), (sent["app_key"], sent["sign_method"], sent["access_token"], sent["timestamp"]));
        AssertSigned("/eco/buyer/product/check", sent);
    }

    [Fact]
    public async Task A_second_attempt_is_signed_anew()
    {
        var calls = 0;
        await using var server = await FakeProvider.StartAsync(http => Interlocked.Increment(ref calls) == 1
            ? FakeProvider.WriteAsync(http, 503, "")
            : FakeProvider.WriteAsync(http, 200, """{"code":"0","request_id":"r","result":{"result_code":"200","result_data":[]}}"""));
        await using var clients = new Clients(server.Address);
        await ProviderCall.Alibaba.RequireAsync(clients.Get<IAlibabaProductsApi>().ListCrossBorderAsync(new(0, 20), Cancel));
        Assert.Equal(2, server.Calls.Count);
        foreach (var call in server.Calls)
        {
            var sent = call.Target.Split('?')[1].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
            AssertSigned("/eco/buyer/crossborder/product/check", sent);   // a name that came twice would have failed here already
        }
    }

    [Fact]
    public async Task The_token_call_is_signed_and_a_renewed_refresh_token_is_used_next_time()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
        await using var server = await FakeProvider.AnsweringAsync(200, """{"code":"0","request_id":"r","result":{"result_code":"200","result_data":[]}}""");
        await using var clients = new Clients(server.Address, time);
        var api = clients.Get<IAlibabaProductsApi>();
        await ProviderCall.Alibaba.RequireAsync(api.ListCrossBorderAsync(new(0, 1), Cancel));
        time.Advance(TimeSpan.FromDays(11));
        await ProviderCall.Alibaba.RequireAsync(api.ListCrossBorderAsync(new(0, 1), Cancel));
        Assert.Equal(2, server.TokenCalls.Count);
        Assert.Contains("refresh_token=refresh-1&", server.TokenCalls[0].Target, StringComparison.Ordinal);
        Assert.Contains("refresh_token=refresh-2&", server.TokenCalls[1].Target, StringComparison.Ordinal);
        Assert.StartsWith("/alibaba/rest/auth/token/refresh?", server.TokenCalls[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_refused_inside_a_200_is_replaced_once()
    {
        var calls = 0;
        await using var server = await FakeProvider.StartAsync(http => Interlocked.Increment(ref calls) == 1
            ? FakeProvider.WriteAsync(http, 200, """{"type":"ISV","code":"IllegalAccessToken","message":"expired","request_id":"r"}""")
            : FakeProvider.WriteAsync(http, 200, """{"code":"0","request_id":"r","result":{"result_code":"200","result_data":[]}}"""));
        await using var clients = new Clients(server.Address);
        await ProviderCall.Alibaba.RequireAsync(clients.Get<IAlibabaProductsApi>().ListCrossBorderAsync(new(0, 1), Cancel));
        Assert.Equal(2, server.TokenCalls.Count);
    }

    [Fact]
    public void The_signature_is_upper_case_hex_over_path_and_sorted_pairs()
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["A"] = "ü", ["a"] = "1" };
        var expected = Convert.ToHexString(HMACSHA256.HashData("secret"u8, "/auth/token/createAüa1b2"u8));   // capitals sort first
        Assert.Equal(expected, AlibabaSigningHandler.Sign("secret", "/auth/token/create", parameters));
    }

    private static void AssertSigned(string path, Dictionary<string, string> sent)
    {
        var text = path + string.Concat(sent.Where(p => p.Key != "sign").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + p.Value));
        Assert.Equal(Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes("sandbox-alibaba-secret"), Encoding.UTF8.GetBytes(text))), sent["sign"]);
        Assert.True(long.Parse(sent["timestamp"], CultureInfo.InvariantCulture) > 0);
    }
}
