using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ccn.Sandbox.Tests;

public sealed class PayPalTests : IAsyncLifetime
{
    private SandboxFixture sandbox = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxFixture.StartAsync();
        token = await TokenAsync();
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_payout_batch_is_pending_then_paid_and_reported_by_webhook()
    {
        var (status, created, _) = await CreateAsync("batch-1", ("creator@example.com", "9.87", "USD"));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("PENDING", (string?)created!["batch_header"]!["batch_status"]);
        await Contract.AssertMeetsAsync("paypal-payouts", "payout", created);

        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));

        var batch = await GetBatchAsync(created);
        await Contract.AssertMeetsAsync("paypal-payouts", "payout_batch", batch);
        Assert.Equal("SUCCESS", (string?)batch["batch_header"]!["batch_status"]);
        Assert.Equal("SUCCESS", (string?)batch["items"]![0]!["transaction_status"]);
        Assert.Equal(
            ["PAYMENT.PAYOUTSBATCH.PROCESSING", "PAYMENT.PAYOUTS-ITEM.SUCCEEDED", "PAYMENT.PAYOUTSBATCH.SUCCESS"],
            sandbox.Receiver.All.Select(w => (string?)w.Json["event_type"]));
        await Contract.AssertMeetsAsync("paypal-webhooks", "event", sandbox.Receiver.All[1].Json);
        Assert.Single(await sandbox.LogAsync("payout.item.paid"));
    }

    [Fact]
    public async Task A_sender_batch_id_used_again_is_refused_with_a_link_to_the_first_batch()
    {
        var (_, first, _) = await CreateAsync("batch-2", ("a@example.com", "1.00", "USD"));
        var (status, again, _) = await CreateAsync("batch-2", ("a@example.com", "1.00", "USD"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("USER_BUSINESS_ERROR", (string?)again!["name"]);
        Assert.EndsWith((string?)first!["batch_header"]!["payout_batch_id"]!, (string?)again["links"]![0]!["href"], StringComparison.Ordinal);
        await Contract.AssertMeetsAsync("paypal-payouts", "error", again);
        Assert.Single(await sandbox.LogAsync("payout.item.accepted"));
    }

    [Fact]
    public async Task An_unclaimed_item_returns_after_thirty_days_although_its_batch_succeeded()
    {
        var (_, created, _) = await CreateAsync("batch-3", ("unclaimed@example.com", "20.00", "USD"), ("b@example.com", "5.00", "USD"));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["UNCLAIMED", "SUCCESS"], await StatusesAsync(created));

        await sandbox.AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(["UNCLAIMED", "SUCCESS"], await StatusesAsync(created));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(["RETURNED", "SUCCESS"], await StatusesAsync(created));
        Assert.Equal("PAYMENT.PAYOUTS-ITEM.RETURNED", (string?)sandbox.Receiver.All[^1].Json["event_type"]);
    }

    [Fact]
    public async Task A_returned_item_comes_back_five_days_after_it_was_paid()
    {
        var (_, created, _) = await CreateAsync("batch-4", ("returned@example.com", "20.00", "USD"));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["SUCCESS"], await StatusesAsync(created));
        await sandbox.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal(["RETURNED"], await StatusesAsync(created));
    }

    [Fact]
    public async Task Only_an_unclaimed_item_can_be_canceled()
    {
        var (_, created, _) = await CreateAsync("batch-5", ("unclaimed@example.com", "20.00", "USD"), ("b@example.com", "5.00", "USD"));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));
        var items = (await GetBatchAsync(created))["items"]!.AsArray();

        var (status, canceled, _) = await sandbox.SendAsync(HttpMethod.Post, $"/paypal/v1/payments/payouts-item/{items[0]!["payout_item_id"]}/cancel", bearer: token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("RETURNED", (string?)canceled!["transaction_status"]);
        (status, canceled, _) = await sandbox.SendAsync(HttpMethod.Post, $"/paypal/v1/payments/payouts-item/{items[1]!["payout_item_id"]}/cancel", bearer: token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("ITEM_INCORRECT_STATUS", (string?)canceled!["name"]);
    }

    [Theory]
    [InlineData("JPY", "100.50")]
    [InlineData("HUF", "100.00")]
    [InlineData("TWD", "1.5")]
    [InlineData("USD", "1.005")]
    [InlineData("USD", "-1.00")]
    [InlineData("USD", "1e3")]
    public async Task An_amount_the_currency_cannot_have_is_refused(string currency, string value)
    {
        var (status, error, _) = await CreateAsync("batch-6", ("a@example.com", value, currency));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("items[0].amount.value", (string?)error!["details"]![0]!["field"]);
        await Contract.AssertMeetsAsync("paypal-payouts", "error", error);
    }

    [Fact]
    public async Task A_call_without_a_live_token_is_unauthorized()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.SendAsync(HttpMethod.Get, "/paypal/v1/payments/payouts/X", bearer: "no")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.SendAsync(HttpMethod.Get, "/paypal/v1/payments/payouts/X", bearer: token)).Status);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(9));
        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.SendAsync(HttpMethod.Get, "/paypal/v1/payments/payouts/X", bearer: token)).Status);
    }

    [Fact]
    public async Task The_signature_of_a_webhook_verifies_offline_and_online_and_not_over_another_body()
    {
        await CreateAsync("batch-7", ("é@example.com", "1.00", "USD"));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));
        var webhook = sandbox.Receiver.All[1];
        var crc = Crc32(webhook.Body);
        var message = string.Create(
            CultureInfo.InvariantCulture, $"{webhook.Headers["PAYPAL-TRANSMISSION-ID"]}|{webhook.Headers["PAYPAL-TRANSMISSION-TIME"]}|{sandbox.Options.PayPalWebhookId}|{crc}");
        using var certificate = X509Certificate2.CreateFromPem(await sandbox.Http.GetStringAsync(new Uri(webhook.Headers["PAYPAL-CERT-URL"])));
        using var key = certificate.GetRSAPublicKey()!;
        var signature = Convert.FromBase64String(webhook.Headers["PAYPAL-TRANSMISSION-SIG"]);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(message), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal("SUCCESS", await VerifyOnlineAsync(webhook, Encoding.UTF8.GetString(webhook.Body)));
        Assert.Equal("FAILURE", await VerifyOnlineAsync(webhook, Encoding.UTF8.GetString(webhook.Body).Replace("1.00", "9.00", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Registration_names_the_events_that_are_sent()
    {
        var url = sandbox.Receiver.Url + "/second";
        var (status, webhook, _) = await sandbox.SendAsync(
            HttpMethod.Post, "/paypal/v1/notifications/webhooks", new { url, event_types = new[] { new { name = "PAYMENT.PAYOUTS-ITEM.SUCCEEDED" } } }, token);
        Assert.Equal(HttpStatusCode.Created, status);
        await CreateAsync("batch-8", ("a@example.com", "1.00", "USD"));
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Single(sandbox.Receiver.All, w => w.Path == "/second");
        Assert.NotEqual(sandbox.Options.PayPalWebhookId, (string?)webhook!["id"]);
    }

    private async Task<string> TokenAsync()
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sandbox.Options.PayPalClientId}:{sandbox.Options.PayPalClientSecret}"));
        var (_, body, _) = await sandbox.SendAsync(
            HttpMethod.Post, "/paypal/v1/oauth2/token", new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials" }, null, ("Authorization", "Basic " + basic));
        return (string?)body!["access_token"] ?? throw new InvalidOperationException("No token.");
    }

    private Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> CreateAsync(string id, params (string Receiver, string Value, string Currency)[] items) =>
        sandbox.SendAsync(HttpMethod.Post, "/paypal/v1/payments/payouts", new
        {
            sender_batch_header = new { sender_batch_id = id, email_subject = "Your royalties" },
            items = items.Select((item, i) => new { recipient_type = "EMAIL", amount = new { value = item.Value, currency = item.Currency }, receiver = item.Receiver, sender_item_id = $"{id}-{i}" }),
        }, token);

    private async Task<JsonNode> GetBatchAsync(JsonNode? created)
    {
        token = await TokenAsync();   // tests turn the clock beyond a token's life
        return (await sandbox.SendAsync(HttpMethod.Get, $"/paypal/v1/payments/payouts/{created!["batch_header"]!["payout_batch_id"]}?total_required=true", bearer: token)).Body!;
    }

    private async Task<string?[]> StatusesAsync(JsonNode? created) =>
        [.. (await GetBatchAsync(created))["items"]!.AsArray().Select(i => (string?)i!["transaction_status"])];

    private async Task<string?> VerifyOnlineAsync(ReceivedWebhook webhook, string body)
    {
        var header = new JsonObject
        {
            ["auth_algo"] = webhook.Headers["PAYPAL-AUTH-ALGO"], ["cert_url"] = webhook.Headers["PAYPAL-CERT-URL"], ["transmission_id"] = webhook.Headers["PAYPAL-TRANSMISSION-ID"],
            ["transmission_sig"] = webhook.Headers["PAYPAL-TRANSMISSION-SIG"], ["transmission_time"] = webhook.Headers["PAYPAL-TRANSMISSION-TIME"], ["webhook_id"] = sandbox.Options.PayPalWebhookId,
        }.ToJsonString();
        using var content = new StringContent(header[..^1] + ",\"webhook_event\":" + body + "}", Encoding.UTF8, "application/json");   // the event unchanged, byte for byte
        using var request = new HttpRequestMessage(HttpMethod.Post, "/paypal/v1/notifications/verify-webhook-signature") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await sandbox.Http.SendAsync(request);
        return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["verification_status"];
    }

    /// <summary>By table, unlike the sandbox's own, so that the two cannot be wrong in the same way.</summary>
    private static uint Crc32(byte[] data)
    {
        var table = Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1)).ToArray();
        return ~data.Aggregate(uint.MaxValue, (crc, value) => table[(crc ^ value) & 0xFF] ^ (crc >> 8));
    }
}
