using System.Security.Cryptography;
using System.Text;

namespace Ccn.Sandbox.Tests;

public sealed class AlibabaTests : IAsyncLifetime
{
    private SandboxFixture sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxFixture.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_signed_call_reads_the_lists_and_a_product_with_its_price_ladder()
    {
        var token = (string?)(await CallAsync("/auth/token/create", ("code", "c1")))["access_token"] ?? "";
        var list = await CallAsync("/eco/buyer/product/check", ("access_token", token), ("query_req", """{"scene_id":"906168847","index":0,"size":5}"""));
        Assert.Equal("0", (string?)list["code"]);
        Assert.Equal("9", (string?)list["result"]!["result_total"]);
        var id = (string?)list["result"]!["result_data"]![0]!["product_id"];

        var product = await CallAsync("/eco/buyer/product/description", ("access_token", token), ("query_req", $$"""{"product_id":"{{id}}","country":"US"}"""));
        Assert.Equal("100", (string?)product["result"]!["result_data"]!["min_order_quantity"]);
        Assert.Equal(["1.85", "1.42", "1.18"], product["result"]!["result_data"]!["skus"]![0]!["ladder_price"]!.AsArray().Select(s => (string?)s!["price"]));
    }

    [Fact]
    public async Task A_wrong_signature_a_missing_country_and_an_old_token_are_business_errors_in_an_ok()
    {
        Assert.Equal("IncompleteSignature", (string?)(await CallAsync("/auth/token/create", secret: "wrong", ("code", "c1")))["code"]);
        Assert.Equal("IllegalAccessToken", (string?)(await CallAsync("/eco/buyer/product/check", ("access_token", "old")))["code"]);
        var token = (string?)(await CallAsync("/auth/token/create", ("code", "c1")))["access_token"] ?? "";
        Assert.Equal("MissingParameter", (string?)(await CallAsync("/eco/buyer/product/description", ("access_token", token), ("query_req", """{"product_id":"1600893421001"}""")))["code"]);
    }

    private Task<JsonNode> CallAsync(string path, params (string Name, string Value)[] parameters) => CallAsync(path, sandbox.Options.AlibabaAppSecret, parameters);

    private async Task<JsonNode> CallAsync(string path, string secret, params (string Name, string Value)[] parameters)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_key"] = sandbox.Options.AlibabaAppKey, ["sign_method"] = "sha256", ["timestamp"] = sandbox.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
        };
        foreach (var (name, value) in parameters) { all[name] = value; }
        var text = path + string.Concat(all.Select(p => p.Key + p.Value));
        all["sign"] = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
        var query = string.Join('&', all.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return (await sandbox.SendAsync(HttpMethod.Get, $"/alibaba/rest{path}?{query}")).Body!;
    }
}
