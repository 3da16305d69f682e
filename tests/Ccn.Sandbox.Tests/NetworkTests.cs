using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Sandbox.Tests;

public sealed class NetworkTests : IAsyncLifetime
{
    private SandboxFixture sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxFixture.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Suppliers_are_found_by_word_category_and_minimum_order()
    {
        Assert.Equal(["sup_jingdezhen_ceramics", "sup_dehua_ceramics"], await SearchAsync("query=mugs"));
        Assert.Contains("sup_la_apparel", await SearchAsync("category=t-shirts&maxMoq=50"));
        Assert.DoesNotContain("sup_dhaka_apparel", await SearchAsync("category=t-shirts&maxMoq=50"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.SendAsync(HttpMethod.Get, "/network/v1/suppliers", bearer: "wrong")).Status);
    }

    [Fact]
    public async Task A_prompt_supplier_quotes_on_its_next_business_morning()
    {
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync("rfq-1", "sup_jingdezhen_ceramics", 500));
        await sandbox.AdvanceAsync(TimeSpan.FromHours(16.9));   // Thursday 09:54 in Shanghai
        Assert.Empty(sandbox.Receiver.All);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(0.2));

        var message = Assert.Single(sandbox.Receiver.All);
        Assert.Equal("quote.received", (string?)message.Json["type"]);
        Assert.EndsWith("/reply/quote", message.Path, StringComparison.Ordinal);
        var price = Assert.Single(message.Json["prices"]!.AsArray(), p => (int)p!["fromQuantity"]! == 500)!["unitPrice"]!;
        Assert.Equal((418, "USD"), ((long)price["minorUnits"]!, (string)price["currency"]!));
        Assert.Equal(10, ((string)message.Json["validUntil"]!).Length);
        Assert.True(IsSigned(message));
    }

    [Fact]
    public async Task A_late_supplier_takes_five_days_and_a_silent_one_never_answers()
    {
        await AskAsync("rfq-2", "sup_dehua_ceramics", 500);
        await AskAsync("rfq-2", "sup_guadalajara_lighting", 500);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(4.9));
        Assert.Empty(sandbox.Receiver.All);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(60));
        Assert.Equal("sup_dehua_ceramics", (string?)Assert.Single(sandbox.Receiver.All).Json["supplierId"]);
    }

    [Fact]
    public async Task A_quantity_below_the_minimum_is_declined_with_a_reason()
    {
        await AskAsync("rfq-3", "sup_jingdezhen_ceramics", 10);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(2));
        var message = Assert.Single(sandbox.Receiver.All).Json;
        Assert.Equal("quote.declined", (string?)message["type"]);
        Assert.Equal("The minimum order is 200 units.", (string?)message["reason"]);
    }

    [Fact]
    public async Task A_request_sent_again_is_the_same_and_with_other_terms_a_conflict()
    {
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync("rfq-4", "sup_porto_ceramics", 500));
        Assert.Equal(HttpStatusCode.Accepted, await AskAsync("rfq-4", "sup_porto_ceramics", 500));
        Assert.Equal(HttpStatusCode.Conflict, await AskAsync("rfq-4", "sup_porto_ceramics", 600));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Single(sandbox.Receiver.All);
    }

    [Fact]
    public async Task An_order_reports_its_milestones_in_order_and_can_be_canceled_only_before_production()
    {
        var order = new { orderId = "po-1", supplierId = "sup_la_apparel", quantity = 500, statusUrl = sandbox.Receiver.Url + "/status" };
        Assert.Equal(HttpStatusCode.Accepted, (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders", order, sandbox.Options.NetworkApiKey)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders", order, sandbox.Options.NetworkApiKey)).Status);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(60));

        Assert.Equal(["DepositReceived", "SampleApproved", "InProduction", "ReadyForInspection"], sandbox.Receiver.All.Select(w => (string?)w.Json["milestone"]));
        Assert.All(sandbox.Receiver.All, w => Assert.True(IsSigned(w)));
        Assert.Equal(HttpStatusCode.Conflict, (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders/po-1/cancel", null, sandbox.Options.NetworkApiKey)).Status);
        Assert.Single(await sandbox.LogAsync("order.accepted"));
    }

    [Fact]
    public async Task A_notice_is_given_once_and_a_refused_lot_comes_back_for_inspection()
    {
        var order = new { orderId = "po-3", supplierId = "sup_la_apparel", quantity = 500, statusUrl = sandbox.Receiver.Url + "/status" };
        await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders", order, sandbox.Options.NetworkApiKey);
        var notice = new { noticeId = "po-3:tell:rework-1", supplierId = "sup_la_apparel", kind = "rework-1", detail = "major 5" };
        Assert.Equal(HttpStatusCode.Accepted, (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders/po-3/notices", notice, sandbox.Options.NetworkApiKey)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders/po-3/notices", notice, sandbox.Options.NetworkApiKey)).Status);
        Assert.Single(await sandbox.LogAsync("notice.rework-1"));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(6));
        Assert.Equal(["DepositReceived", "ReadyForInspection"], sandbox.Receiver.All.Select(w => (string?)w.Json["milestone"]));
    }

    [Fact]
    public async Task Errors_are_problem_details()
    {
        var (status, body, response) = await sandbox.SendAsync(
            HttpMethod.Post, "/network/v1/orders", new { orderId = "po-2", supplierId = "sup_la_apparel", quantity = 3, statusUrl = "https://ccn.example/s" }, sandbox.Options.NetworkApiKey);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("below_minimum", (string?)body!["code"]);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("rfq-5", "sup_nobody", 1));
    }

    [Fact]
    public async Task Goods_leave_after_the_balance_and_not_after_a_refused_lot()
    {
        var order = new { orderId = "po-4", supplierId = "sup_la_apparel", quantity = 500, statusUrl = sandbox.Receiver.Url + "/status" };
        await sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders", order, sandbox.Options.NetworkApiKey);
        Task NoticeAsync(string kind) => sandbox.SendAsync(HttpMethod.Post, "/network/v1/orders/po-4/notices", new { noticeId = "po-4:tell:" + kind, supplierId = "sup_la_apparel", kind }, sandbox.Options.NetworkApiKey);
        await sandbox.AdvanceAsync(TimeSpan.FromDays(60));
        await NoticeAsync("rework-1");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal("ReadyForInspection", (string?)sandbox.Receiver.All[^1].Json["milestone"]);
        await NoticeAsync("balance-paid");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Equal("Shipped", (string?)sandbox.Receiver.All[^1].Json["milestone"]);
    }

    private async Task<List<string?>> SearchAsync(string query) =>
        [.. (await sandbox.SendAsync(HttpMethod.Get, "/network/v1/suppliers?" + query, bearer: sandbox.Options.NetworkApiKey)).Body!["suppliers"]!.AsArray().Select(s => (string?)s!["supplierId"])];

    private async Task<HttpStatusCode> AskAsync(string rfqId, string supplierId, int quantity) =>
        (await sandbox.SendAsync(HttpMethod.Post, "/network/v1/rfqs", new { rfqId, supplierId, quantity, spec = new { material = "stoneware" }, replyUrl = sandbox.Receiver.Url + "/reply" }, sandbox.Options.NetworkApiKey)).Status;

    private bool IsSigned(ReceivedWebhook message)
    {
        var parts = message.Headers["X-Network-Signature"].Split(',');
        byte[] signed = [.. Encoding.ASCII.GetBytes(parts[0][2..] + "."), .. message.Body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sandbox.Options.NetworkHmacSecret), signed)) == parts[1][3..];
    }
}
