using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Api.Sales;
using Ccn.Host;
using Ccn.Host.Demo;
using Ccn.Sandbox;
using Ccn.Workflows;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Sales;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;

namespace Ccn.Journeys.Tests;

/// <summary>What the providers told in the reference journey, told once more: nothing happens twice.</summary>
[Collection(MachineTests.Name)]
public sealed class ReplayTests(MachineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private World World => fixture.Machine.World;

    private ITemporalClient Temporal => fixture.Machine.Parts.Services.GetRequiredService<ITemporalClient>();

    [Fact]
    public async Task The_very_requests_of_DocuSign_and_PayPal_come_again_and_change_nothing()
    {
        var journey = await fixture.ReferenceAsync();
        var genuine = fixture.Webhooks.To(World.SiteUrl).Where(webhook => webhook.Provider is not "stripe").ToList();
        Assert.Contains(genuine, webhook => webhook.Provider == "docusign");
        Assert.Contains(genuine, webhook => webhook.Provider == "paypal" && Encoding.UTF8.GetString(webhook.Body).Contains(journey.PayoutId, StringComparison.Ordinal));
        await ChangesNothingAsync(journey, HttpStatusCode.OK, genuine);
    }

    [Fact]
    public async Task Stripes_very_request_comes_again_in_its_five_minutes_and_later()
    {
        var journey = await fixture.ReferenceAsync();
        var stripe = fixture.Webhooks.To(World.SiteUrl).Where(webhook => webhook.Provider == "stripe").ToList();
        Assert.NotEmpty(stripe);

        // Weeks later the signature is too old: that is how Stripe means it.
        await ChangesNothingAsync(journey, HttpStatusCode.BadRequest, stripe);

        // Sent again by Stripe itself, which signs each attempt anew, and that request at once once more.
        await RedeliverAsync("stripe");
        await ChangesNothingAsync(journey, HttpStatusCode.OK, [fixture.Webhooks.To(World.SiteUrl).Last(webhook => webhook.Provider == "stripe")]);
    }

    [Fact]
    public async Task A_known_message_id_with_another_body_changes_nothing_even_when_it_is_signed()
    {
        var journey = await fixture.ReferenceAsync();
        var secrets = await fixture.Machine.SecretsAsync();
        var sent = fixture.Webhooks.To(World.SiteUrl);
        await ChangesNothingAsync(journey, HttpStatusCode.OK,
        [
            DocuSign(sent.Last(webhook => webhook.Provider == "docusign"), secrets),
            PayPal(sent.Last(webhook => webhook.Provider == "paypal" && Encoding.UTF8.GetString(webhook.Body).Contains(journey.PayoutId, StringComparison.Ordinal)), secrets),
            Stripe(sent.Last(webhook => webhook.Provider == "stripe"), secrets, World.Time.Now),
        ]);
    }

    [Fact]
    public async Task Forged_webhooks_are_refused()
    {
        var journey = await fixture.ReferenceAsync();
        var sent = fixture.Webhooks.To(World.SiteUrl);
        var invented = sent.DistinctBy(webhook => webhook.Provider).Select(webhook => webhook with { Headers = [], Body = Encoding.UTF8.GetBytes("""{"event":"envelope-completed","data":{"envelopeId":"x"}}""") });
        var altered = sent.DistinctBy(webhook => webhook.Provider).Select(webhook => webhook with { Body = [.. webhook.Body, (byte)' '] });
        IReadOnlyList<SentWebhook> forged = [.. invented, .. altered];
        Assert.Equal(6, forged.Count);
        await ChangesNothingAsync(journey, HttpStatusCode.BadRequest, forged);
    }

    [Fact]
    public async Task Order_lines_that_Amazon_delivers_again_are_sold_once()
    {
        var journey = await fixture.ReferenceAsync();
        var seller = World.Cast["northlight"];
        var account = (await seller.GetAsync<SellerAccountSummary>("/v1/me/seller-account", Cancel)).SellerAccountId;
        var sales = (await seller.GetAsync<Page<SaleSummary>>($"/v1/sales?licenceId={journey.LicenceId}&limit=100", Cancel)).Items;
        Assert.Equal((60, 300), (sales.Count, sales.Sum(sale => sale.Quantity)));

        // A second intake of the same account begins before the first order. It is given every line again, each with a later LastUpdated than the
        // first intake saw it with: the orders have shipped, arrived, and some have come back since.
        var start = sales.Min(sale => sale.OrderedAt).AddHours(-1);
        var again = await Temporal.StartWorkflowAsync((SalesIntakeWorkflow wf) => wf.RunAsync(new(account, TimeSpan.FromDays(30), start, 1, null)), new($"sales/{account}/again", TaskQueues.Lifecycle));
        try
        {
            await new Watched(World.Cast, ReferenceResources.Of(World.Cast, journey)).StaysAsync(async () =>
            {
                var pulled = await again.ExecuteUpdateAsync(wf => wf.PullNowAsync(new(seller.UserId)));
                Assert.Contains(journey.DesignId, pulled.SoldDesignIds!);   // of the lines that came, known or not
                Assert.Equal((0, 0), (pulled.NewLines, pulled.NewEvents));
                return pulled;
            });
        }
        finally { await again.TerminateAsync("The test has ended."); }
    }

    /// <summary>Sends the requests, requires one status of all, and that neither a workflow was told nor anything that people see has changed.</summary>
    private async Task ChangesNothingAsync(JourneyResult journey, HttpStatusCode status, IReadOnlyList<SentWebhook> webhooks)
    {
        using var http = new HttpClient();
        await new Watched(World.Cast, ReferenceResources.Of(World.Cast, journey)).StaysAsync(async () =>
        {
            var told = await MessagesAsync(journey);
            foreach (var webhook in webhooks)
            {
                using var answer = await webhook.RepeatAsync(http, Cancel);
                var body = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.True(answer.StatusCode == status, $"{webhook.Provider}: {(int)answer.StatusCode} {body}");
                if (status is HttpStatusCode.BadRequest) { Assert.Contains("webhook.signature", body, StringComparison.Ordinal); }
            }

            Assert.Equal(told, await MessagesAsync(journey));
            return told;
        });
    }

    /// <summary>How often the two workflows that webhooks speak to have been told something.</summary>
    private async Task<(int Licence, int Payee)> MessagesAsync(JourneyResult journey) =>
        (await SignalsAsync(LicensingWorkflow.IdFor(journey.LicenceId)), await SignalsAsync(PayeePayoutWorkflow.IdFor(World.Cast["mara"].UserId)));

    private async Task<int> SignalsAsync(string workflowId)
    {
        // A signal that comes while a workflow task is under way stands in the history after it; a query waits for that.
        var workflow = Temporal.GetWorkflowHandle(workflowId);
        await workflow.QueryAsync<WorkflowStatus>("status", []);
        return (await workflow.FetchHistoryAsync()).Events.Count(e => e.WorkflowExecutionSignaledEventAttributes is not null);
    }

    private async Task RedeliverAsync(string provider)
    {
        var before = fixture.Webhooks.To(World.SiteUrl).Count;
        using var sandbox = new HttpClient { BaseAddress = new(fixture.Machine.Parts.SandboxUrl) };
        var known = await sandbox.GetFromJsonAsync<JsonElement>("/_control/webhooks", Cancel);
        var id = known.EnumerateArray().Last(webhook => webhook.GetProperty("provider").GetString() == provider).GetProperty("id").GetString();
        using var asked = await sandbox.PostAsync($"/_control/webhooks/{id}/redeliver", null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await World.Time.UntilAsync("the webhook to be sent again", () => Task.FromResult(fixture.Webhooks.To(World.SiteUrl).Count), count => count > before, TimeSpan.FromMinutes(4), Cancel);
    }

    private static SentWebhook DocuSign(SentWebhook genuine, HostSecrets secrets)
    {
        var body = Changed(genuine, message => message["data"]!["envelopeSummary"] = new JsonObject { ["status"] = "voided" });
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.DocuSignHmacKey), body));
        return genuine with { Body = body, Headers = [new("X-DocuSign-Signature-1", signature)] };
    }

    private static SentWebhook PayPal(SentWebhook genuine, HostSecrets secrets)
    {
        var body = Changed(genuine, message => message["event_type"] = "PAYMENT.PAYOUTS-ITEM.RETURNED");
        var header = genuine.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase);
        var checksum = Crc32.HashToUInt32(body).ToString(CultureInfo.InvariantCulture);
        var signed = $"{header["PAYPAL-TRANSMISSION-ID"]}|{header["PAYPAL-TRANSMISSION-TIME"]}|{new SandboxOptions().PayPalWebhookId}|{checksum}";
        using var certificate = secrets.PayPalCertificate();
        using var key = certificate.GetRSAPrivateKey()!;
        header["PAYPAL-TRANSMISSION-SIG"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return genuine with { Body = body, Headers = [.. header] };
    }

    private static SentWebhook Stripe(SentWebhook genuine, HostSecrets secrets, DateTimeOffset now)
    {
        var body = Changed(genuine, message => message["type"] = "payment_intent.payment_failed");
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.StripeWebhookSecret), (byte[])[.. Encoding.UTF8.GetBytes(time + "."), .. body]));
        return genuine with { Body = body, Headers = [new("Stripe-Signature", $"t={time},v1={signature}")] };
    }

    private static byte[] Changed(SentWebhook genuine, Action<JsonNode> change)
    {
        var message = JsonNode.Parse(genuine.Body)!;
        change(message);
        return Encoding.UTF8.GetBytes(message.ToJsonString());
    }
}
