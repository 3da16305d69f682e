using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Sandbox.Tests;

public sealed class FaultTests : IAsyncLifetime
{
    private SandboxFixture sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxFixture.StartAsync();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task An_error_has_no_effect_and_happens_as_often_as_asked()
    {
        await sandbox.ControlAsync("faults", new { provider = "network", operation = "createOrder", kind = "error", count = 2, status = 502 });
        Assert.Equal(HttpStatusCode.BadGateway, (await OrderAsync("po-1")).Status);
        Assert.Equal(HttpStatusCode.BadGateway, (await OrderAsync("po-1")).Status);
        Assert.Empty(await sandbox.LogAsync("order.accepted"));
        Assert.Equal(HttpStatusCode.Accepted, (await OrderAsync("po-1")).Status);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_effect_leaves_one_effect_when_the_call_is_repeated()
    {
        await sandbox.ControlAsync("faults", new { provider = "stripe", operation = "payment_intents.create", kind = "timeout_after_effect" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(PayAsync);
        var (status, body, _) = await PayAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("succeeded", (string?)body!["status"]);
        Assert.Single(await sandbox.LogAsync("payment.received"));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_effect_leaves_none()
    {
        await sandbox.ControlAsync("faults", new { provider = "stripe", operation = "payment_intents.create", kind = "error", status = 0 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(PayAsync);
        Assert.Empty(await sandbox.LogAsync("payment.received"));
    }

    [Fact]
    public async Task Garbage_is_html_with_ok_after_the_effect()
    {
        await sandbox.ControlAsync("faults", new { provider = "network", kind = "garbage" });
        var (status, body, response) = await OrderAsync("po-2");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(body);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Single(await sandbox.LogAsync("order.accepted"));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Wed, 25 Nov 2026 09:01:00 GMT")]
    [InlineData("-5")]
    [InlineData(null)]
    public async Task A_rate_limit_names_its_wait_in_whatever_form(string? retryAfter)
    {
        await sandbox.ControlAsync("faults", new { provider = "network", kind = "rate_limit", retryAfter });
        var (status, body, response) = await OrderAsync("po-3");
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Equal("rate_limited", (string?)body!["code"]);
        Assert.Equal(retryAfter, response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null);
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_clock()
    {
        await sandbox.ControlAsync("faults", new { provider = "network", kind = "slow", delay = "00:01:00" });
        var call = OrderAsync("po-4");
        while (!call.IsCompleted)
        {
            await sandbox.Http.GetStringAsync("/healthz");   // gives the waiting call a turn between two steps of the clock
            sandbox.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(HttpStatusCode.Accepted, (await call).Status);
        var entry = Assert.Single(await sandbox.LogAsync("order.accepted"))!;
        Assert.True(DateTimeOffset.Parse((string?)entry["at"] ?? "") >= sandbox.Clock.Start.AddMinutes(1));
    }

    [Fact]
    public async Task A_webhook_is_sent_twice_or_forged_when_asked()
    {
        await sandbox.ControlAsync("faults", new { provider = "network", operation = "DepositReceived", kind = "twice" });
        await sandbox.ControlAsync("faults", new { provider = "network", operation = "SampleApproved", kind = "garbage" });
        await OrderAsync("po-5");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(8.5));

        Assert.Equal(["DepositReceived", "DepositReceived", "SampleApproved"], sandbox.Receiver.All.Select(w => (string?)w.Json["milestone"]));
        Assert.Equal((string?)sandbox.Receiver.All[0].Json["reportId"], (string?)sandbox.Receiver.All[1].Json["reportId"]);
        Assert.Equal([true, true, false], sandbox.Receiver.All.Select(IsSigned));
    }

    [Fact]
    public async Task A_refused_webhook_comes_again_on_a_growing_schedule_until_it_is_accepted()
    {
        sandbox.Receiver.Refuse(3);
        await OrderAsync("po-6");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Single(sandbox.Receiver.All);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, sandbox.Receiver.All.Count);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(119));
        Assert.Equal(2, sandbox.Receiver.All.Count);
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(1));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(4, sandbox.Receiver.All.Count);
        var webhooks = (await sandbox.SendAsync(HttpMethod.Get, "/_control/webhooks")).Body!.AsArray();
        Assert.Equal(4, (int)webhooks[0]!["attempts"]!);
        Assert.NotNull(webhooks[0]!["deliveredAt"]);
    }

    [Fact]
    public async Task Faults_are_listed_and_deleted_and_bad_ones_refused()
    {
        await sandbox.ControlAsync("faults", new { provider = "paypal", kind = "error", count = 0 });
        Assert.Single((await sandbox.SendAsync(HttpMethod.Get, "/_control/faults")).Body!.AsArray());
        await sandbox.SendAsync(HttpMethod.Delete, "/_control/faults");
        Assert.Empty((await sandbox.SendAsync(HttpMethod.Get, "/_control/faults")).Body!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.SendAsync(HttpMethod.Post, "/_control/faults", new { provider = "paypal", kind = "explode" })).Status);
    }

    private Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> OrderAsync(string id) => sandbox.SendAsync(
        HttpMethod.Post, "/network/v1/orders", new { orderId = id, supplierId = "sup_la_apparel", quantity = 100, statusUrl = sandbox.Receiver.Url + "/status" }, sandbox.Options.NetworkApiKey);

    private Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> PayAsync() => sandbox.SendAsync(
        HttpMethod.Post, "/stripe/v1/payment_intents",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["amount"] = "1000", ["currency"] = "usd", ["payment_method"] = "pm_card_visa", ["confirm"] = "true" },
        sandbox.Options.StripeApiKey, ("Idempotency-Key", "pay-1"));

    private bool IsSigned(ReceivedWebhook message)
    {
        var parts = message.Headers["X-Network-Signature"].Split(',');
        byte[] signed = [.. Encoding.ASCII.GetBytes(parts[0][2..] + "."), .. message.Body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sandbox.Options.NetworkHmacSecret), signed)) == parts[1][3..];
    }
}
