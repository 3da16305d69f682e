using System.Text.Json;
using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Providers.Tests.Sandbox;

public sealed class AmazonSandboxTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Us = "ATVPDKIKX0DER";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IListingsApi Listings => sandbox.Clients.Get<IListingsApi>();

    public static TheoryData<string> Skus =>
        ["EP-CAT 5E/W", "SKU1 + SKU2-FBA", "100%_Cotton", "B2X_244|4", "wScrew&Gun#2", "5291 (FPT.PE-CA)", "ÜBER-Ärmel", "a.b-c_d~e"];

    [Theory, MemberData(nameof(Skus))]
    public async Task A_sku_of_any_text_is_created_read_patched_and_estimated(string sku)
    {
        Assert.Equal((sku, "ACCEPTED"), await PutAsync(sku));
        var read = await ProviderCall.Amazon.RequireAsync(Listings.GetAsync(Clients.Seller.SellerId, sku, Us, ["summaries", "attributes"], null, Clients.Seller, Cancel));
        Assert.Equal(sku, read.Sku);
        Assert.Equal("Mug No. 5", read.Attributes!["item_name"][0].GetProperty("value").GetString());
        var patch = new PatchListing("DRINKING_CUP", [new("replace", "/attributes/item_name", [Json("""{"value":"Mug No. 6"}""")])]);
        var patched = await ProviderCall.Amazon.RequireAsync(Listings.PatchAsync(Clients.Seller.SellerId, sku, Us, null, null, patch, Clients.Seller, Cancel));
        Assert.Equal((sku, "ACCEPTED"), (patched.Sku, patched.Status));
        var fees = await ProviderCall.Amazon.RequireAsync(sandbox.Clients.Get<IProductFeesApi>().EstimateForSkuAsync(
            sku, new(new(Us, new(FeeMoney.From(new Money(2500, "USD"))), "e-1", IsAmazonFulfilled: false)), Clients.Seller, Cancel));
        Assert.Equal(new Money(375, "USD"), fees.Payload.FeesEstimateResult.FeesEstimate!.TotalFeesEstimate!.ToMoney());
    }

    [Fact]
    public async Task A_preview_names_what_is_missing_and_writes_nothing()
    {
        var body = new PutListing("DRINKING_CUP", new Dictionary<string, JsonElement>(StringComparer.Ordinal), "LISTING");
        var preview = await ProviderCall.Amazon.RequireAsync(Listings.PutAsync(
            Clients.Seller.SellerId, "CCN-PREVIEW", Us, ListingMode.ValidationPreview, "en_US", body, Clients.Seller, Cancel));
        Assert.Equal("INVALID", preview.Status);
        Assert.Contains(preview.Issues!, i => i is { Code: "90220", Severity: "ERROR" } && i.AttributeNames!.Contains("item_name", StringComparer.Ordinal));
        Assert.Null(await ProviderCall.Amazon.FindAsync(Listings.GetAsync(Clients.Seller.SellerId, "CCN-PREVIEW", Us, null, null, Clients.Seller, Cancel)));
    }

    [Fact]
    public async Task A_sale_is_found_with_its_total_and_its_money()
    {
        const string Sku = "CCN-MUG-5";
        await PutAsync(Sku);
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        await SandboxFixture.EventuallyAsync(
            async () => await ProviderCall.Amazon.RequireAsync(Listings.GetAsync(Clients.Seller.SellerId, Sku, Us, ["summaries"], null, Clients.Seller, Cancel)),
            item => item.Summaries![0].Status.Contains("BUYABLE", StringComparer.Ordinal));

        var before = sandbox.Time.GetUtcNow();
        await sandbox.ControlAsync("amazon/sales", new { sellerId = Clients.Seller.SellerId, sku = Sku, quantity = 3, unitPrice = new { amount = "19.99", currency = "USD" } });
        sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        var orders = sandbox.Clients.Get<IOrdersApi>();
        var page = await ProviderCall.Amazon.RequireAsync(orders.SearchAsync(
            new() { CreatedAfter = before, MarketplaceIds = [Us], IncludedData = [OrderData.Proceeds, OrderData.Fulfillment] }, Clients.Seller, Cancel));
        var order = Assert.Single(page.Orders, o => o.OrderItems[0].Product.SellerSku == Sku);
        Assert.Equal(new Money(5997, "USD"), order.OrderItems[0].ItemTotal());

        sandbox.Time.Advance(TimeSpan.FromDays(12));
        var money = await SandboxFixture.EventuallyAsync(
            async () => await ProviderCall.Amazon.RequireAsync(sandbox.Clients.Get<IFinancesApi>().ListTransactionsAsync(
                new() { RelatedIdentifierName = "ORDER_ID", RelatedIdentifierValue = order.OrderId }, Clients.Seller, Cancel)),
            answer => answer.Payload.Transactions is { Count: > 0 });
        Assert.Contains(money.Payload.Transactions!, t => t.TransactionType == "Shipment" && t.TotalAmount!.ToMoney().Currency == "USD");
    }

    [Fact]
    public async Task A_listing_of_another_seller_is_refused()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            ProviderCall.Amazon.RequireAsync(Listings.GetAsync("A9SOMEONEELSE", "CCN-1", Us, null, null, Clients.Seller, Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "Unauthorized"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task A_withdrawn_authorization_is_a_definite_refusal()
    {
        var seller = new AmazonSeller("A8REVOKED", "Atzr|A8REVOKED");
        await sandbox.ControlAsync("amazon/revoke", new { sellerId = seller.SellerId });
        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            ProviderCall.Amazon.RequireAsync(sandbox.Clients.Get<IOrdersApi>().GetAsync("111-1111111-1111111", null, seller, Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "invalid_grant"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task A_spent_quota_is_waited_for()
    {
        await sandbox.FailAsync("amazon", "searchOrders", "rate_limit", new { retryAfter = "180" });
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Amazon.RequireAsync(
            sandbox.Clients.Get<IOrdersApi>().SearchAsync(new() { CreatedAfter = sandbox.Time.GetUtcNow().AddDays(-1) }, Clients.Seller, Cancel)));
        Assert.Equal((ProviderFailure.Unavailable, "QuotaExceeded", TimeSpan.FromMinutes(3)), (failure.Kind, failure.Code, failure.RetryAfter));
    }

    private async Task<(string Sku, string Status)> PutAsync(string sku)
    {
        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["item_name"] = Json("""[{"value":"Mug No. 5","language_tag":"en_US","marketplace_id":"ATVPDKIKX0DER"}]"""),
            ["supplier_declared_has_product_identifier_exemption"] = Json("""[{"value":true}]"""),
            ["purchasable_offer"] = Json("""[{"currency":"USD","our_price":[{"schedule":[{"value_with_tax":19.99}]}]}]"""),
            ["fulfillment_availability"] = Json("""[{"fulfillment_channel_code":"DEFAULT","quantity":500}]"""),
        };
        var submission = await ProviderCall.Amazon.RequireAsync(Listings.PutAsync(
            Clients.Seller.SellerId, sku, Us, null, "en_US", new("DRINKING_CUP", attributes, "LISTING"), Clients.Seller, Cancel));
        return (submission.Sku, submission.Status);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
