using System.Text;
using Ccn.Providers.DocuSign;

namespace Ccn.Providers.Tests.Sandbox;

public sealed class DocuSignSandboxTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDocuSignApi Api => sandbox.Clients.Get<IDocuSignApi>();

    [Fact]
    public async Task An_envelope_is_sent_signed_by_both_and_read_back_as_pdf()
    {
        var created = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/1:send"), Cancel));
        Assert.Equal(EnvelopeStatus.Sent, created.Status);

        await sandbox.ControlAsync($"docusign/envelopes/{created.EnvelopeId}/sign", new { email = "maker@example.net" });
        var recipients = await ProviderCall.DocuSign.RequireAsync(Api.GetRecipientsAsync(created.EnvelopeId, Cancel));
        Assert.Equal(["completed", "sent"], recipients.Signers!.OrderBy(s => s.RoutingOrder, StringComparer.Ordinal).Select(s => s.Status));
        Assert.Equal(sandbox.Time.GetUtcNow(), recipients.Signers!.Single(s => s.Email == "maker@example.net").SignedDateTime);

        await sandbox.ControlAsync($"docusign/envelopes/{created.EnvelopeId}/sign", new { email = "legal@seller.example" });
        var envelope = await ProviderCall.DocuSign.RequireAsync(Api.GetAsync(created.EnvelopeId, "recipients", Cancel));
        Assert.Equal(EnvelopeStatus.Completed, envelope.Status);
        Assert.NotNull(envelope.CompletedDateTime);
        Assert.Equal(2, envelope.Recipients!.Signers!.Count);

        await using var pdf = await ProviderCall.DocuSign.RequireAsync(Api.GetCombinedDocumentAsync(created.EnvelopeId, Cancel));
        var start = new byte[5];
        await pdf.ReadExactlyAsync(start, Cancel);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(start));
    }

    [Fact]
    public async Task The_same_transaction_names_the_first_envelope_again()
    {
        var first = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/2:send"), Cancel));
        var second = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/2:send"), Cancel));
        Assert.Equal(first.EnvelopeId, second.EnvelopeId);
    }

    [Fact]
    public async Task An_answer_lost_after_the_effect_is_found_again_by_the_transaction()
    {
        await sandbox.FailAsync("docusign", "createEnvelope", "timeout_after_effect");
        var lost = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/3:send"), Cancel)));
        Assert.Equal(ProviderFailure.Unavailable, lost.Kind);
        var found = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/3:send"), Cancel));
        var again = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/3:send"), Cancel));
        Assert.Equal(found.EnvelopeId, again.EnvelopeId);
    }

    [Fact]
    public async Task A_sent_envelope_can_be_withdrawn_with_a_reason_and_a_withdrawn_one_not_again()
    {
        var created = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/4:send"), Cancel));
        await ProviderCall.DocuSign.RequireAsync(Api.UpdateAsync(created.EnvelopeId, UpdateEnvelope.Void("Offer withdrawn"), Cancel));
        var envelope = await ProviderCall.DocuSign.RequireAsync(Api.GetAsync(created.EnvelopeId, null, Cancel));
        Assert.Equal((EnvelopeStatus.Voided, "Offer withdrawn"), (envelope.Status, envelope.VoidedReason));
        var refused = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.DocuSign.RequireAsync(Api.UpdateAsync(created.EnvelopeId, UpdateEnvelope.Void("again"), Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "ENVELOPE_CANNOT_VOID_INVALID_STATE"), (refused.Kind, refused.Code));
    }

    [Fact]
    public async Task A_signer_inside_our_page_gets_an_address_and_a_stranger_does_not()
    {
        var created = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/5:send", clientUserId: "usr_1"), Cancel));
        var view = await ProviderCall.DocuSign.RequireAsync(Api.CreateRecipientViewAsync(
            created.EnvelopeId, new("https://ccn.example/signed", "maker@example.net", "Creator 17", "usr_1"), Cancel));
        Assert.StartsWith("http", view.Url, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.DocuSign.RequireAsync(Api.CreateRecipientViewAsync(
            created.EnvelopeId, new("https://ccn.example/signed", "maker@example.net", "creator 17", "usr_1"), Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "UNKNOWN_ENVELOPE_RECIPIENT"), (refused.Kind, refused.Code));
    }

    [Fact]
    public async Task An_expired_token_is_replaced_without_the_caller_noticing()
    {
        var created = await ProviderCall.DocuSign.RequireAsync(Api.CreateAsync(Licence("licence/6:send"), Cancel));
        sandbox.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(created.EnvelopeId, (await ProviderCall.DocuSign.RequireAsync(Api.GetAsync(created.EnvelopeId, null, Cancel))).EnvelopeId);
    }

    private static CreateEnvelope Licence(string transactionId, string? clientUserId = null) => new(
        EnvelopeStatus.Sent,
        "Please sign the licence for Mug No. 5",
        [new("1", "Licence", "txt", Convert.ToBase64String("Licence between creator and seller. /sig1/ /sig2/"u8))],
        new(
        [
            new("maker@example.net", "Creator 17", "1", "1", clientUserId, new([new("/sig1/")])),
            new("legal@seller.example", "Seller 4", "2", "2", Tabs: new([new("/sig2/")])),
        ]),
        EventNotification.ForLicence(new Uri("https://ccn.example/webhooks/docusign")),
        new([new("licenceId", "lic_1")]),
        transactionId,
        new(new("30")));
}
