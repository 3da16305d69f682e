using System.Net;
using System.Text;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class WebhookTests(ApiFixture api)
{
    [Fact]
    public async Task A_docusign_message_reaches_its_licence_once_however_often_it_comes()
    {
        using var parties = await Parties.MakeAsync(api);
        var licence = await api.Temporal.StartWorkflowAsync((LicensingWorkflow wf) => wf.RunAsync(new(parties.Terms(), "bid_1", StandardTemplates.OpenChallenge.Signing)),
            new(LicensingWorkflow.IdFor(parties.LicenceId), TaskQueues.Lifecycle));
        var body = DocuSign(parties.EnvelopeId, "recipient-completed", "2026-11-01T10:00:00.0000000Z");
        for (var time = 0; time < 3; time++) { (await PostAsync("docusign", body, ProviderKeys.DocuSign(body))).Is(HttpStatusCode.OK); }

        Assert.Equal(1, await SignalsAsync(licence, "envelopeEvent"));
        Assert.Equal([licence.Id], await InboxAsync("docusign", parties.EnvelopeId));
    }

    [Fact]
    public async Task A_forged_or_altered_docusign_message_changes_nothing()
    {
        using var parties = await Parties.MakeAsync(api);
        var body = DocuSign(parties.EnvelopeId, "envelope-completed", "2026-11-01T10:00:00Z");
        (await PostAsync("docusign", body, ProviderKeys.DocuSign(body, "a-guessed-key"))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("docusign", [.. body, (byte)' '], ProviderKeys.DocuSign(body))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("docusign", body, new Dictionary<string, string>(StringComparer.Ordinal))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        Assert.Empty(await InboxAsync("docusign", parties.EnvelopeId));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"event":1,"data":{"envelopeId":"e"},"generatedDateTime":"2026-11-01T10:00:00Z"}""")]
    [InlineData("""{"event":"x","data":{"envelopeId":"e"},"generatedDateTime":"yesterday"}""")]
    public async Task A_signed_message_that_nobody_can_read_is_refused(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        (await PostAsync("docusign", body, ProviderKeys.DocuSign(body))).Refused(HttpStatusCode.BadRequest, "webhook.unreadable");
    }

    [Fact]
    public async Task A_message_of_more_than_a_megabyte_is_not_taken()
    {
        var body = new byte[1_000_001];
        (await PostAsync("docusign", body, ProviderKeys.DocuSign(body))).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task A_paypal_message_reaches_the_payees_loop_once_however_often_it_comes()
    {
        using var parties = await Parties.MakeAsync(api);
        (await parties.Creator.PutAsync("/v1/me/payout-method", new { provider = "paypal", receiver = "creator@ccn.example" })).Is(HttpStatusCode.NoContent);
        var body = PayPal("WH-" + parties.PayoutId, parties.PayoutId);
        for (var time = 0; time < 3; time++) { (await PostAsync("paypal", body, api.Keys.PayPal(body, $"tid-{time}"))).Is(HttpStatusCode.OK); }

        var payee = api.Temporal.GetWorkflowHandle(PayeePayoutWorkflow.IdFor(parties.Creator.Id));
        Assert.Equal(1, await SignalsAsync(payee, "providerEvent"));
        Assert.Equal([payee.Id], await InboxAsync("paypal", "WH-" + parties.PayoutId));
        (await parties.Creator.GetAsync($"/v1/payees/{parties.Creator.Id}/status")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forged_or_altered_paypal_message_changes_nothing()
    {
        using var parties = await Parties.MakeAsync(api);
        var id = "WH-" + parties.PayoutId;
        var body = PayPal(id, parties.PayoutId);
        var signed = api.Keys.PayPal(body, "tid");
        (await PostAsync("paypal", PayPal(id, parties.PayoutId, "DENIED"), signed)).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("paypal", body, api.Keys.PayPalByStranger(body, "tid"))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        foreach (var (header, value) in new[] { ("PAYPAL-TRANSMISSION-ID", "other"), ("PAYPAL-CERT-URL", "http://evil.example/cert"), ("PAYPAL-AUTH-ALGO", "none"), ("PAYPAL-TRANSMISSION-SIG", "?") })
        {
            (await PostAsync("paypal", body, new Dictionary<string, string>(signed, StringComparer.Ordinal) { [header] = value })).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        }

        Assert.Empty(await InboxAsync("paypal", id));
    }

    // Case c076: the check is over the bytes as they came; written again, the same JSON has another sum.
    [Fact]
    public async Task PayPals_signature_is_over_the_raw_bytes()
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Cases", "c076.body.json"));
        var signed = api.Keys.PayPalSigned("tid-76|2026-03-15T09:05:01Z|WHID-CCN|50966635", "tid-76", "2026-03-15T09:05:01Z");
        var json = System.Text.Json.Nodes.JsonNode.Parse(body)!;
        var relaxed = new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        foreach (var rewritten in new[] { json.ToJsonString(), json.ToJsonString(relaxed) })
        {
            (await PostAsync("paypal", Encoding.UTF8.GetBytes(rewritten), signed)).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        }

        Assert.Empty(await InboxAsync("paypal", "WH-CCN-76"));
        (await PostAsync("paypal", body, signed)).Is(HttpStatusCode.OK);
        (await PostAsync("paypal", body, signed)).Is(HttpStatusCode.OK);
        Assert.Equal([null], await InboxAsync("paypal", "WH-CCN-76"));
    }

    [Fact]
    public async Task A_stripe_message_is_kept_once_and_only_with_a_fresh_signature()
    {
        var id = "evt_" + Guid.NewGuid().ToString("N");
        var body = Stripe(id);
        (await PostAsync("stripe", body, ProviderKeys.Stripe(body, api.Now, "whsec_guessed"))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("stripe", [.. body, (byte)' '], ProviderKeys.Stripe(body, api.Now))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("stripe", body, ProviderKeys.Stripe(body, api.Now.AddMinutes(-6)))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        (await PostAsync("stripe", body, new Dictionary<string, string>(StringComparer.Ordinal))).Refused(HttpStatusCode.BadRequest, "webhook.signature");
        Assert.Empty(await InboxAsync("stripe", id));

        var signed = ProviderKeys.Stripe(body, api.Now);
        (await PostAsync("stripe", body, signed)).Is(HttpStatusCode.OK);
        (await PostAsync("stripe", body, signed)).Is(HttpStatusCode.OK);
        Assert.Equal([null], await InboxAsync("stripe", id));
    }

    private static byte[] DocuSign(string envelopeId, string name, string at) => Encoding.UTF8.GetBytes(
        $$$"""{"event":"{{{name}}}","apiVersion":"v2.1","generatedDateTime":"{{{at}}}","data":{"accountId":"a","envelopeId":"{{{envelopeId}}}","recipientId":"1"}}""");

    private static byte[] PayPal(string id, string payoutId, string outcome = "SUCCEEDED") => Encoding.UTF8.GetBytes(
        $$$$"""{"id":"{{{{id}}}}","event_type":"PAYMENT.PAYOUTS-ITEM.{{{{outcome}}}}","create_time":"2026-11-01T10:00:00Z","resource":{"payout_item_id":"P1","payout_item":{"sender_item_id":"{{{{payoutId}}}}"}}}""");

    private static byte[] Stripe(string id) => Encoding.UTF8.GetBytes(
        $$$$"""{"id":"{{{{id}}}}","object":"event","api_version":"2025-01-27","created":1760000000,"type":"payment_intent.succeeded","livemode":false,"pending_webhooks":1,"request":null,"data":{"object":{"id":"pi_1","object":"payment_intent"}}}""");

    private static async Task<int> SignalsAsync(WorkflowHandle workflow, string name)
    {
        // A signal that comes while a workflow task is under way stands in the history after it; a query waits for that.
        await workflow.QueryAsync<WorkflowStatus>("status", []);
        return (await workflow.FetchHistoryAsync()).Events.Count(e => e.WorkflowExecutionSignaledEventAttributes?.SignalName == name);
    }

    /// <summary>For each row of messages whose id holds the text: the workflow that was told.</summary>
    private async Task<IReadOnlyList<string?>> InboxAsync(string provider, string text)
    {
        await using var db = api.OpenDatabase();
        return await db.WebhookInbox.Where(message => message.Provider == provider && message.MessageId.Contains(text)).Select(message => message.WorkflowId).ToListAsync();
    }

    private async Task<Answer> PostAsync(string provider, byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{provider}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }

        return await Answer.OfAsync(await http.SendAsync(request));
    }
}
