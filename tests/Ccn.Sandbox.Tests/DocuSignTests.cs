using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Sandbox.Tests;

public sealed class DocuSignTests : IAsyncLifetime
{
    private const string UserId = "0a7c8a1e-2e6c-4f0e-8a3e-3f3b7f6f2a11";
    private SandboxFixture sandbox = null!;
    private string token = "";

    private string Account => $"/docusign/restapi/v2.1/accounts/{sandbox.Options.DocuSignAccountId}";

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxFixture.StartAsync();
        token = (string?)(await TokenAsync(sandbox.Options.DocuSignIntegrationKey, "signature impersonation")).Body!["access_token"] ?? "";
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Userinfo_leads_to_the_account_and_its_base_address()
    {
        var (_, body, _) = await sandbox.SendAsync(HttpMethod.Get, "/docusign/oauth/userinfo", bearer: token);
        Assert.Equal(UserId, (string?)body!["sub"]);
        Assert.Equal(sandbox.Url + "/docusign", (string?)body["accounts"]![0]!["base_uri"]);
    }

    [Fact]
    public async Task A_token_needs_the_right_issuer_consent_and_form()
    {
        Assert.Equal("invalid_grant", (string?)(await TokenAsync("someone-else", "signature impersonation")).Body!["error"]);
        Assert.Equal("consent_required", (string?)(await TokenAsync(sandbox.Options.DocuSignIntegrationKey, "signature")).Body!["error"]);
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = "a.b.c" };
        Assert.Equal("invalid_grant", (string?)(await sandbox.SendAsync(HttpMethod.Post, "/docusign/oauth/token", form)).Body!["error"]);
        Assert.Equal("AUTHORIZATION_INVALID_TOKEN", (string?)(await sandbox.SendAsync(HttpMethod.Get, Account + "/envelopes/x", bearer: "expired")).Body!["errorCode"]);
    }

    [Fact]
    public async Task Two_signers_sign_in_order_and_the_envelope_completes()
    {
        var id = await CreateAsync("tx-1");
        Assert.Equal("RECIPIENT_NOT_IN_SEQUENCE", (string?)(await ViewAsync(id, 2)).Body!["errorCode"]);

        await SignAsync(id, 1, new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "sign", ["consent"] = "yes" }, "signing_complete");
        await SignAsync(id, 2, new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "sign", ["consent"] = "yes" }, "signing_complete");

        var (_, envelope, _) = await sandbox.SendAsync(HttpMethod.Get, $"{Account}/envelopes/{id}?include=recipients", bearer: token);
        await Contract.AssertMeetsAsync("docusign", "envelope", envelope);
        Assert.Equal("completed", (string?)envelope!["status"]);
        Assert.All(envelope["recipients"]!["signers"]!.AsArray(), s => Assert.Equal("completed", (string?)s!["status"]));
        Assert.Equal(
            ["envelope-sent", "recipient-completed", "envelope-delivered", "recipient-completed", "envelope-completed"],
            sandbox.Receiver.All.Select(w => (string?)w.Json["event"]));
        Assert.Equal(2, (await sandbox.LogAsync("envelope.signed")).Count);
    }

    [Fact]
    public async Task The_sealed_copy_is_a_pdf_with_the_text_and_the_certificate()
    {
        var id = await CreateAsync("tx-2");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Account}/envelopes/{id}/documents/combined?certificate=true");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await sandbox.Http.SendAsync(request);
        var pdf = Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-1.4", pdf, StringComparison.Ordinal);
        Assert.Contains("royalty of ten percent", pdf, StringComparison.Ordinal);
        Assert.Contains("Certificate Of Completion", pdf, StringComparison.Ordinal);
        var table = int.Parse(pdf[(pdf.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10)..pdf.LastIndexOf("\n%%EOF", StringComparison.Ordinal)]);
        Assert.StartsWith("xref", pdf[table..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signing_link_works_once_and_for_five_minutes()
    {
        var id = await CreateAsync("tx-3");
        var url = (string?)(await ViewAsync(id, 1)).Body!["url"];
        Assert.Equal(HttpStatusCode.Redirect, (await sandbox.SendAsync(HttpMethod.Get, url!)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await sandbox.SendAsync(HttpMethod.Get, url!)).Status);

        url = (string?)(await ViewAsync(id, 1)).Body!["url"];
        await sandbox.AdvanceAsync(TimeSpan.FromMinutes(6));
        var late = await sandbox.SendAsync(HttpMethod.Get, url!);
        Assert.Contains("event=ttl_expired", late.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decline_ends_the_envelope_with_its_reason()
    {
        var id = await CreateAsync("tx-4");
        await SignAsync(id, 1, new Dictionary<string, string>(StringComparer.Ordinal) { ["action"] = "decline", ["reason"] = "The rate is too low" }, "decline");

        var (_, recipients, _) = await sandbox.SendAsync(HttpMethod.Get, $"{Account}/envelopes/{id}/recipients", bearer: token);
        await Contract.AssertMeetsAsync("docusign", "EnvelopeRecipients", recipients);
        Assert.Equal("The rate is too low", (string?)recipients!["signers"]![0]!["declinedReason"]);
        Assert.Equal("envelope-declined", (string?)sandbox.Receiver.All[^1].Json["event"]);
        Assert.Equal("ENVELOPE_INVALID_STATUS", (string?)(await ViewAsync(id, 2)).Body!["errorCode"]);
    }

    [Fact]
    public async Task A_transaction_id_makes_one_envelope()
    {
        var first = await CreateAsync("tx-5");
        Assert.Equal(first, await CreateAsync("tx-5"));
        Assert.NotEqual(first, await CreateAsync("tx-6"));
    }

    [Fact]
    public async Task A_sent_envelope_can_be_voided_with_a_reason_and_not_twice()
    {
        var id = await CreateAsync("tx-7");
        var path = $"{Account}/envelopes/{id}";
        Assert.Equal("INVALID_REQUEST_PARAMETER", (string?)(await sandbox.SendAsync(HttpMethod.Put, path, new { status = "voided" }, token)).Body!["errorCode"]);
        Assert.Equal(HttpStatusCode.OK, (await sandbox.SendAsync(HttpMethod.Put, path, new { status = "voided", voidedReason = "Bid withdrawn" }, token)).Status);
        Assert.Equal("ENVELOPE_CANNOT_VOID_INVALID_STATE", (string?)(await sandbox.SendAsync(HttpMethod.Put, path, new { status = "voided", voidedReason = "Again" }, token)).Body!["errorCode"]);
        Assert.Equal("Bid withdrawn", (string?)(await sandbox.SendAsync(HttpMethod.Get, path, bearer: token)).Body!["voidedReason"]);
    }

    [Fact]
    public async Task An_envelope_nobody_signs_expires()
    {
        var id = await CreateAsync("tx-8");
        await sandbox.AdvanceAsync(TimeSpan.FromDays(14));
        token = (string?)(await TokenAsync(sandbox.Options.DocuSignIntegrationKey, "signature impersonation")).Body!["access_token"] ?? "";
        Assert.Equal("voided", (string?)(await sandbox.SendAsync(HttpMethod.Get, $"{Account}/envelopes/{id}", bearer: token)).Body!["status"]);
        Assert.Equal("envelope-voided", (string?)sandbox.Receiver.All[^1].Json["event"]);
    }

    [Fact]
    public async Task Errors_have_docusigns_shape()
    {
        var (status, body, _) = await sandbox.SendAsync(HttpMethod.Get, $"{Account}/envelopes/{Guid.Empty}", bearer: token);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("ENVELOPE_DOES_NOT_EXIST", (string?)body!["errorCode"]);
        await Contract.AssertMeetsAsync("docusign", "errorDetails", body);
        (status, body, _) = await sandbox.SendAsync(HttpMethod.Post, $"{Account}/envelopes", new { status = "sent", emailSubject = "No documents" }, token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("ENVELOPE_IS_INCOMPLETE", (string?)body!["errorCode"]);
    }

    [Fact]
    public async Task Names_and_addresses_of_a_view_are_compared_byte_for_byte()
    {
        var id = await CreateAsync("tx-9");
        var (_, body, _) = await sandbox.SendAsync(HttpMethod.Post, $"{Account}/envelopes/{id}/views/recipient",
            new { returnUrl = "https://ccn.example/done", authenticationMethod = "none", email = "Signer1@example.com", userName = "Signer 1", clientUserId = "u1" }, token);
        Assert.Equal("UNKNOWN_ENVELOPE_RECIPIENT", (string?)body!["errorCode"]);
    }

    [Fact]
    public async Task Connect_messages_bear_the_hmac_of_their_raw_body_and_count_their_retries()
    {
        sandbox.Receiver.Refuse(1);
        await CreateAsync("tx-10");
        await sandbox.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([0, 1], sandbox.Receiver.All.Select(w => (int)w.Json["retryCount"]!));
        Assert.All(sandbox.Receiver.All, w => Assert.Equal(
            Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sandbox.Options.DocuSignHmacKey), w.Body)), w.Headers["X-DocuSign-Signature-1"]));
        Assert.Equal(sandbox.Options.DocuSignAccountId, (string?)sandbox.Receiver.All[0].Json["data"]!["accountId"]);
    }

    [Fact]
    public async Task Audit_events_tell_who_did_what()
    {
        var id = await CreateAsync("tx-11");
        await sandbox.ControlAsync($"docusign/envelopes/{id}/sign", new { email = "signer1@example.com" });
        var (_, body, _) = await sandbox.SendAsync(HttpMethod.Get, $"{Account}/envelopes/{id}/audit_events", bearer: token);
        await Contract.AssertMeetsAsync("docusign", "envelopeAuditEventResponse", body);
        var actions = body!["auditEvents"]!.AsArray().Select(e => (string?)e!["eventFields"]!.AsArray().Single(f => (string?)f!["name"] == "Action")!["value"]);
        Assert.Equal(["Registered", "Sent Invitations", "Viewed", "Signed"], actions);
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> TokenAsync(string issuer, string scope)
    {
        using var key = RSA.Create(2048);
        static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        var now = sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = issuer, ["sub"] = UserId, ["aud"] = "account-d.docusign.com", ["iat"] = now, ["exp"] = now + 3600, ["scope"] = scope };
        var signed = Encode("""{"alg":"RS256","typ":"JWT"}"""u8.ToArray()) + "." + Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        var assertion = signed + "." + Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return await sandbox.SendAsync(HttpMethod.Post, "/docusign/oauth/token",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = assertion });
    }

    private async Task<string> CreateAsync(string transactionId)
    {
        var (status, body, _) = await sandbox.SendAsync(HttpMethod.Post, $"{Account}/envelopes", new
        {
            status = "sent", emailSubject = "Licence agreement", transactionId,
            documents = new[] { new { documentId = "1", name = "Licence.html", fileExtension = "html", documentBase64 = Convert.ToBase64String("<h1>Licence</h1><p>A royalty of ten percent &amp; more.</p>"u8.ToArray()) } },
            recipients = new
            {
                signers = new[]
                {
                    new { email = "signer1@example.com", name = "Signer 1", recipientId = "1", routingOrder = "1", clientUserId = "u1" },
                    new { email = "signer2@example.com", name = "Signer 2", recipientId = "2", routingOrder = "2", clientUserId = "u2" },
                },
            },
            notification = new { expirations = new { expireEnabled = "true", expireAfter = "14" } },
            eventNotification = new
            {
                url = sandbox.Receiver.Url + "/docusign", includeHMAC = "true", deliveryMode = "SIM",
                events = new[] { "envelope-sent", "envelope-delivered", "envelope-completed", "envelope-declined", "envelope-voided", "recipient-completed" },
                eventData = new { version = "restv2.1", format = "json", includeData = new[] { "recipients" } },
            },
        }, token);
        Assert.Equal(HttpStatusCode.Created, status);
        await Contract.AssertMeetsAsync("docusign", "envelopeSummary", body);
        await sandbox.SettleAsync();
        return (string?)body!["envelopeId"] ?? "";
    }

    private Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> ViewAsync(string id, int signer) =>
        sandbox.SendAsync(HttpMethod.Post, $"{Account}/envelopes/{id}/views/recipient", new
        {
            returnUrl = "https://ccn.example/done", authenticationMethod = "none", email = $"signer{signer}@example.com", userName = $"Signer {signer}", clientUserId = $"u{signer}",
        }, token);

    private async Task SignAsync(string id, int signer, Dictionary<string, string> form, string expectedEvent)
    {
        var (status, view, _) = await ViewAsync(id, signer);
        Assert.Equal(HttpStatusCode.Created, status);
        await Contract.AssertMeetsAsync("docusign", "viewUrl", view);
        var opened = await sandbox.SendAsync(HttpMethod.Get, (string?)view!["url"] ?? "");
        var page = opened.Response.Headers.Location!.OriginalString;
        Assert.Contains("royalty of ten percent", await sandbox.Http.GetStringAsync(page), StringComparison.Ordinal);
        var done = await sandbox.SendAsync(HttpMethod.Post, page, form);
        Assert.Contains("event=" + expectedEvent, done.Response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await sandbox.SettleAsync();
    }
}
