using System.Text.Json;
using Ccn.Providers.Amazon;

namespace Ccn.Providers.Tests.Amazon;

/// <summary>A SKU is any text; it must arrive as it left, encoded once (RFC 3986).</summary>
public sealed class SkuEncodingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Skus => new()
    {
        { "EP-CAT 5E/W", "EP-CAT%205E%2FW" },
        { "SKU1 + SKU2-FBA", "SKU1%20%2B%20SKU2-FBA" },
        { "100%_Cotton", "100%25_Cotton" },
        { "B2X_244|4", "B2X_244%7C4" },
        { "wScrew&Gun#2", "wScrew%26Gun%232" },
        { "5291 (FPT.PE-CA)", "5291%20%28FPT.PE-CA%29" },
        { "ÜBER-Ärmel", "%C3%9CBER-%C3%84rmel" },
        { "a.b-c_d~e", "a.b-c_d~e" },
        { "already%2Fencoded", "already%252Fencoded" },
        { "a..b", "a..b" },
        { "?x=1", "%3Fx%3D1" },
        { "{sku}", "%7Bsku%7D" },
    };

    [Theory, MemberData(nameof(Skus))]
    public async Task A_sku_stands_in_the_request_line_encoded_once(string sku, string encoded)
    {
        await using var server = await FakeProvider.AnsweringAsync(400, """{"errors":[{"code":"InvalidInput","message":"x"}]}""");
        await using var clients = new Clients(server.Address);
        var listings = clients.Get<IListingsApi>();
        var none = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        await listings.PutAsync("S1", sku, "ATVPDKIKX0DER", ListingMode.ValidationPreview, "en_US", new("SHIRT", none), Clients.Seller, Cancel);
        await listings.GetAsync("S1", sku, "ATVPDKIKX0DER", ["summaries", "issues"], null, Clients.Seller, Cancel);
        await listings.PatchAsync("S1", sku, "ATVPDKIKX0DER", null, null, new("SHIRT", []), Clients.Seller, Cancel);
        await clients.Get<IProductFeesApi>().EstimateForSkuAsync(sku, new(new("ATVPDKIKX0DER", new(new("USD", 25m)), "1")), Clients.Seller, Cancel);

        Assert.Equal(
            [
                $"/amazon/listings/2021-08-01/items/S1/{encoded}", $"/amazon/listings/2021-08-01/items/S1/{encoded}",
                $"/amazon/listings/2021-08-01/items/S1/{encoded}", $"/amazon/products/fees/v0/listings/{encoded}/feesEstimate",
            ],
            server.Calls.Select(c => c.Path));
        Assert.EndsWith("?marketplaceIds=ATVPDKIKX0DER&mode=VALIDATION_PREVIEW&issueLocale=en_US", server.Calls[0].Target, StringComparison.Ordinal);
        Assert.EndsWith("?marketplaceIds=ATVPDKIKX0DER&includedData=summaries%2Cissues", server.Calls[1].Target, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("?marketplaceIds=ATVPDKIKX0DER", server.Calls[2].Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_value_that_would_change_the_address_is_refused_before_it_is_sent(string sku)
    {
        await using var server = await FakeProvider.AnsweringAsync(200, "{}");
        await using var clients = new Clients(server.Address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            ProviderCall.Amazon.RequireAsync(clients.Get<IListingsApi>().DeleteAsync("S1", sku, "ATVPDKIKX0DER", Clients.Seller, Cancel)));
        Assert.Equal((ProviderFailure.Rejected, ProviderCodes.UnsafePath), (failure.Kind, failure.Code));
        Assert.Empty(server.Received);
    }
}
