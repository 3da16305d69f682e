using System.Net;

namespace Ccn.Sandbox.Tests;

public sealed class AmazonTests : IAsyncLifetime
{
    private const string Seller = "A2SELLER";
    private const string Market = "ATVPDKIKX0DER";
    private SandboxFixture sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxFixture.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_listing_is_accepted_and_half_an_hour_later_buyable_with_an_asin()
    {
        var submission = await PutAsync("MUG-1", Attributes(quantity: 500));
        Assert.Equal("ACCEPTED", (string?)submission["status"]);
        Assert.Empty((await ItemAsync("MUG-1"))["summaries"]![0]!["status"]!.AsArray());

        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(30));

        var item = await ItemAsync("MUG-1");
        await Contract.AssertMeetsAsync("amazon-listings", "Item", item);
        Assert.Equal(["BUYABLE", "DISCOVERABLE"], item["summaries"]![0]!["status"]!.AsArray().Select(s => (string?)s));
        Assert.StartsWith("B0", (string?)item["summaries"]![0]!["asin"], StringComparison.Ordinal);
        Assert.Equal("20.00", (string?)item["offers"]![0]!["price"]!["amount"]);
        Assert.Equal(500, (int)item["fulfillmentAvailability"]![0]!["quantity"]!);
    }

    [Fact]
    public async Task A_preview_says_what_is_missing_and_writes_nothing()
    {
        var attributes = Attributes(quantity: 1);
        attributes.Remove("item_name");
        var preview = await PutAsync("MUG-2", attributes, "&mode=VALIDATION_PREVIEW");
        await Contract.AssertMeetsAsync("amazon-listings", "ListingsItemSubmissionResponse", preview);
        Assert.Equal("INVALID", (string?)preview["status"]);
        Assert.Equal("90220", (string?)preview["issues"]![0]!["code"]);
        Assert.Equal("VALID", (string?)(await PutAsync("MUG-2", Attributes(1), "&mode=VALIDATION_PREVIEW"))["status"]);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(HttpMethod.Get, ItemPath("MUG-2"))).Status);
    }

    [Fact]
    public async Task An_issue_asked_for_keeps_an_accepted_listing_off_the_shop()
    {
        await sandbox.ControlAsync("faults", new { provider = "amazon", operation = "putListingsItem", kind = "issue", code = "8541" });
        Assert.Equal("ACCEPTED", (string?)(await PutAsync("MUG-3", Attributes(5)))["status"]);
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(30));

        var item = await ItemAsync("MUG-3");
        await Contract.AssertMeetsAsync("amazon-listings", "Item", item);
        Assert.Equal("8541", (string?)item["issues"]![0]!["code"]);
        Assert.Empty(item["summaries"]![0]!["status"]!.AsArray());

        await PutAsync("MUG-3", Attributes(5));   // the seller corrects the data and sends the listing again
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Empty((await ItemAsync("MUG-3"))["issues"]!.AsArray());
    }

    [Theory]
    [InlineData("A B/C")]
    [InlineData("50%25+x")]
    public async Task A_sku_in_the_path_is_decoded_exactly_once(string sku)
    {
        await PutAsync(sku, Attributes(5));
        Assert.Equal(sku, (string?)(await ItemAsync(sku))["sku"]);
    }

    [Fact]
    public async Task Price_and_stock_of_a_live_offer_change_at_once()
    {
        await PublishAsync("MUG-4", 10);
        await PatchAsync("MUG-4", "purchasable_offer", Offer(24.50m));
        await sandbox.ControlAsync("amazon/sales", new { sellerId = Seller, sku = "MUG-4", quantity = 4 });
        Assert.Equal("24.50", (string?)(await ItemAsync("MUG-4"))["offers"]![0]!["price"]!["amount"]);
        await PatchAsync("MUG-4", "purchasable_offer", Offer(25m));
        Assert.Equal(6, (int)(await ItemAsync("MUG-4"))["fulfillmentAvailability"]![0]!["quantity"]!);   // a new price does not bring sold units back
        await PatchAsync("MUG-4", "fulfillment_availability", new JsonArray(new JsonObject { ["fulfillment_channel_code"] = "DEFAULT", ["quantity"] = 0 }));
        Assert.Equal(["DISCOVERABLE"], (await ItemAsync("MUG-4"))["summaries"]![0]!["status"]!.AsArray().Select(s => (string?)s));
    }

    [Fact]
    public async Task Stock_falls_with_sales_and_is_never_oversold()
    {
        await PublishAsync("MUG-5", 3);
        await sandbox.ControlAsync("amazon/sales", new { sellerId = Seller, sku = "MUG-5", orders = 2, quantity = 1 });
        var (status, body, _) = await sandbox.SendAsync(HttpMethod.Post, "/_control/amazon/sales", new { sellerId = Seller, sku = "MUG-5", quantity = 2 });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("Only 1 units are in stock.", (string?)body!["error"]);
        Assert.Equal(1, (int)(await ItemAsync("MUG-5"))["fulfillmentAvailability"]![0]!["quantity"]!);
    }

    [Fact]
    public async Task Orders_are_found_page_by_page_without_anything_about_the_buyer()
    {
        await PublishAsync("MUG-6", 500);
        await sandbox.ControlAsync("amazon/sales", new { sellerId = Seller, sku = "MUG-6", orders = 250, unitPrice = new { amount = "20.00", currency = "USD" } });
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(3));

        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? page = null;
        do
        {
            var path = "/amazon/orders/2026-01-01/orders?lastUpdatedAfter=2026-11-25T00:00:00Z&marketplaceIds=" + Market + "&includedData=PROCEEDS,FULFILLMENT,BUYER,RECIPIENT"
                + (page is null ? "" : "&paginationToken=" + Uri.EscapeDataString(page));
            var (_, body, response) = await CallAsync(HttpMethod.Get, path);
            await Contract.AssertMeetsAsync("amazon-orders", "SearchOrdersResponse", body);
            Assert.Equal("0.0056", response.Headers.GetValues("x-amzn-RateLimit-Limit").Single());
            foreach (var order in body!["orders"]!.AsArray())
            {
                Assert.True(seen.Add((string?)order!["orderId"] ?? ""));
                Assert.Null(order["buyer"]);
                Assert.Null(order["recipient"]);
            }

            page = (string?)body["pagination"]?["nextToken"];
        }
        while (page is not null);
        Assert.Equal(250, seen.Count);
    }

    [Fact]
    public async Task An_order_ships_after_a_day_and_its_money_is_released_seven_days_after_delivery()
    {
        await PublishAsync("MUG-7", 10);
        var sale = await sandbox.ControlAsync("amazon/sales", new { sellerId = Seller, sku = "MUG-7", quantity = 3, unitPrice = new { amount = "20.00", currency = "USD" } });
        var id = (string?)sale["orders"]![0];

        await sandbox.AdvanceAsync(TimeSpan.FromDays(1));
        var (_, body, _) = await CallAsync(HttpMethod.Get, $"/amazon/orders/2026-01-01/orders/{id}?includedData=PROCEEDS,FULFILLMENT,PACKAGES");
        await Contract.AssertMeetsAsync("amazon-orders", "GetOrderResponse", body);
        Assert.Equal("SHIPPED", (string?)body!["order"]!["fulfillment"]!["fulfillmentStatus"]);
        Assert.Equal(["60.00", "5.99", "5.28"], body["order"]!["proceeds"]!["breakdowns"]!.AsArray().Select(b => (string?)b!["subtotal"]!["amount"]));
        var lines = await TransactionsAsync();
        Assert.Equal([("Shipment", "DEFERRED", 56.09m)], lines);   // 60.00 + 5.99 less 15 % = 9.90

        await sandbox.AdvanceAsync(TimeSpan.FromDays(9));
        Assert.Equal([("Shipment", "DEFERRED_RELEASED", 56.09m), ("Shipment", "RELEASED", 56.09m)], await TransactionsAsync());
    }

    [Fact]
    public async Task A_refund_of_some_units_posts_a_negative_line_and_never_more_than_was_sold()
    {
        await PublishAsync("MUG-8", 10);
        var sale = await sandbox.ControlAsync("amazon/sales", new { sellerId = Seller, sku = "MUG-8", quantity = 3, unitPrice = new { amount = "20.00", currency = "USD" } });
        var id = (string?)sale["orders"]![0];
        await sandbox.AdvanceAsync(TimeSpan.FromDays(12));

        var refund = await sandbox.ControlAsync("amazon/refunds", new { sellerId = Seller, orderId = id, sku = "MUG-8", quantity = 1 });
        Assert.Equal("20.00", (string?)refund["refunds"]![0]!["amount"]);
        var last = (await TransactionsAsync())[^1];
        Assert.Equal(("Refund", "RELEASED", -17.60m), last);   // 20.00 less 3.00 referral fee, of which Amazon keeps 0.60
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.SendAsync(HttpMethod.Post, "/_control/amazon/refunds", new { sellerId = Seller, orderId = id, sku = "MUG-8", quantity = 3 })).Status);
    }

    [Fact]
    public async Task Fees_are_estimated_for_a_known_product_and_refused_inside_an_ok_for_an_unknown_one()
    {
        await PublishAsync("MUG-9", 10);
        var request = new
        {
            FeesEstimateRequest = new { MarketplaceId = Market, IsAmazonFulfilled = true, Identifier = "q1", PriceToEstimateFees = new { ListingPrice = new { CurrencyCode = "USD", Amount = 25.00m } } },
        };
        var (_, body, _) = await CallAsync(HttpMethod.Post, "/amazon/products/fees/v0/listings/MUG-9/feesEstimate", request);
        await Contract.AssertMeetsAsync("amazon-fees", "GetMyFeesEstimateResponse", body);
        Assert.Equal(8.10m, (decimal)body!["payload"]!["FeesEstimateResult"]!["FeesEstimate"]!["TotalFeesEstimate"]!["Amount"]!);
        HttpStatusCode status;
        (status, body, _) = await CallAsync(HttpMethod.Post, "/amazon/products/fees/v0/items/B0UNKNOWN/feesEstimate", request);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ClientError", (string?)body!["payload"]!["FeesEstimateResult"]!["Status"]);
    }

    [Fact]
    public async Task Units_received_in_the_fulfilment_centre_show_in_the_inventory_and_make_the_offer_buyable()
    {
        var attributes = Attributes(0);
        attributes["fulfillment_availability"] = new JsonArray(new JsonObject { ["fulfillment_channel_code"] = "AMAZON_NA" });
        await PutAsync("MUG-FBA", attributes);
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["DISCOVERABLE"], (await ItemAsync("MUG-FBA"))["summaries"]![0]!["status"]!.AsArray().Select(s => (string?)s));
        await sandbox.ControlAsync("amazon/fba", new { sellerId = Seller, sku = "MUG-FBA", quantity = 40 });

        var (_, body, _) = await CallAsync(HttpMethod.Get, $"/amazon/fba/inventory/v1/summaries?granularityType=Marketplace&granularityId={Market}&marketplaceIds={Market}&details=true");
        await Contract.AssertMeetsAsync("amazon-inventory", "GetInventorySummariesResponse", body);
        Assert.Equal(40, (int)body!["payload"]!["inventorySummaries"]![0]!["inventoryDetails"]!["fulfillableQuantity"]!);
    }

    [Fact]
    public async Task Tokens_expire_and_a_revoked_seller_gets_no_new_one()
    {
        var (status, body, _) = await sandbox.SendAsync(HttpMethod.Get, ItemPath("X"), null, null, ("x-amz-access-token", "Atza|no"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("Unauthorized", (string?)body!["errors"]![0]!["code"]);
        var other = (string?)(await TokenAsync("OTHER")).Body!["access_token"] ?? "";
        Assert.Equal(HttpStatusCode.Forbidden, (await sandbox.SendAsync(HttpMethod.Get, ItemPath("X"), null, null, ("x-amz-access-token", other))).Status);
        await sandbox.ControlAsync("amazon/revoke", new { sellerId = Seller });
        (status, body, _) = await TokenAsync(Seller);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", (string?)body!["error"]);
    }

    [Fact]
    public async Task A_consent_gives_a_code_that_buys_tokens_of_the_seller_once()
    {
        var consent = await sandbox.SendAsync(HttpMethod.Post, "/amazon/apps/authorize/consent",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["state"] = "s 1", ["redirect_uri"] = "https://ccn.example/amazon", ["selling_partner_id"] = "A9NEW" });
        var back = consent.Response.Headers.Location!;
        Assert.Contains("state=s%201&selling_partner_id=A9NEW", back.OriginalString, StringComparison.Ordinal);
        var form = TokenForm("authorization_code");
        form["code"] = back.OriginalString.Split("spapi_oauth_code=")[1];
        var (status, body, _) = await sandbox.SendAsync(HttpMethod.Post, "/amazon/auth/o2/token", form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("Atzr|", (string?)body!["refresh_token"], StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (string?)(await sandbox.SendAsync(HttpMethod.Post, "/amazon/auth/o2/token", form)).Body!["error"]);
    }

    [Fact]
    public async Task Real_rate_limits_hold_when_they_are_asked_for()
    {
        await sandbox.ControlAsync("faults", new { provider = "amazon", operation = "searchOrders", kind = "rate_limit", count = 0 });
        const string Path = "/amazon/orders/2026-01-01/orders?lastUpdatedAfter=2026-11-25T00:00:00Z";
        for (var i = 0; i < 20; i++) { Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Get, Path)).Status); }
        var (status, body, _) = await CallAsync(HttpMethod.Get, Path);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("QuotaExceeded", (string?)body!["errors"]![0]!["code"]);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(179));
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(HttpMethod.Get, Path)).Status);
    }

    private static JsonObject Attributes(int quantity) => new()
    {
        ["item_name"] = new JsonArray(new JsonObject { ["value"] = "Moon mug by Ada", ["marketplace_id"] = Market }),
        ["supplier_declared_has_product_identifier_exemption"] = new JsonArray(new JsonObject { ["value"] = true }),
        ["purchasable_offer"] = Offer(20m),
        ["fulfillment_availability"] = new JsonArray(new JsonObject { ["fulfillment_channel_code"] = "DEFAULT", ["quantity"] = quantity }),
    };

    private static JsonArray Offer(decimal price) => new(new JsonObject
    {
        ["currency"] = "USD", ["our_price"] = new JsonArray(new JsonObject { ["schedule"] = new JsonArray(new JsonObject { ["value_with_tax"] = price }) }),
    });

    private static string ItemPath(string sku) => $"/amazon/listings/2021-08-01/items/{Seller}/{Uri.EscapeDataString(sku)}?marketplaceIds={Market}";

    private Dictionary<string, string> TokenForm(string grant) => new(StringComparer.Ordinal)
    {
        ["grant_type"] = grant, ["client_id"] = sandbox.Options.AmazonClientId, ["client_secret"] = sandbox.Options.AmazonClientSecret,
    };

    private Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> TokenAsync(string seller)
    {
        var form = TokenForm("refresh_token");
        form["refresh_token"] = "Atzr|" + seller;
        return sandbox.SendAsync(HttpMethod.Post, "/amazon/auth/o2/token", form);
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> CallAsync(HttpMethod method, string path, object? body = null) =>
        await sandbox.SendAsync(method, path, body, null, ("x-amz-access-token", (string?)(await TokenAsync(Seller)).Body!["access_token"] ?? ""));

    private async Task<JsonNode> PutAsync(string sku, JsonObject attributes, string more = "")
    {
        var (status, body, _) = await CallAsync(HttpMethod.Put, ItemPath(sku) + more, new JsonObject { ["productType"] = "MUG", ["requirements"] = "LISTING", ["attributes"] = attributes });
        Assert.Equal(HttpStatusCode.OK, status);
        return body!;
    }

    private async Task PatchAsync(string sku, string attribute, JsonArray value)
    {
        var (_, body, _) = await CallAsync(HttpMethod.Patch, ItemPath(sku), new JsonObject
        {
            ["productType"] = "MUG", ["patches"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/attributes/" + attribute, ["value"] = value }),
        });
        Assert.Equal("ACCEPTED", (string?)body!["status"]);
    }

    private async Task PublishAsync(string sku, int quantity)
    {
        await PutAsync(sku, Attributes(quantity));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(30));
    }

    private async Task<JsonNode> ItemAsync(string sku) =>
        (await CallAsync(HttpMethod.Get, ItemPath(sku) + "&includedData=summaries,issues,offers,fulfillmentAvailability")).Body!;

    private async Task<List<(string? Type, string? Status, decimal Total)>> TransactionsAsync()
    {
        var (_, body, _) = await CallAsync(HttpMethod.Get, "/amazon/finances/2024-06-19/transactions?postedAfter=2026-11-25T00:00:00Z");
        await Contract.AssertMeetsAsync("amazon-finances", "ListTransactionsResponse", body);
        return [.. body!["payload"]!["transactions"]!.AsArray().Select(t => ((string?)t!["transactionType"], (string?)t["transactionStatus"], (decimal)t["totalAmount"]!["currencyAmount"]!))];
    }
}
