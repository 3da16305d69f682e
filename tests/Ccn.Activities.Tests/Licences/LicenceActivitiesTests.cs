using Ccn.Activities.Licences;
using Ccn.Domain;
using Ccn.Domain.Licences;
using Ccn.Testing;
using Ccn.Workflows.Licences;

namespace Ccn.Activities.Tests.Licences;

public sealed class LicenceActivitiesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_envelope_is_sent_once_signed_by_both_and_stored()
    {
        var (terms, sent) = await SendAsync();
        Assert.Equal(LicenceDocument.HashOf(terms), sent.TermsHash);
        Assert.Single(await world.LogAsync("envelope.created"), e => (string?)e["id"] == sent.EnvelopeId);

        var page = await world.RunAsync<ILicenceActivities, SigningPage>(a => a.OpenSigningPageAsync(new(sent.EnvelopeId, terms.SellerId, "https://ccn.example/back")));
        Assert.StartsWith("http", page.Url, StringComparison.Ordinal);
        Assert.Equal(FailureTypes.RequestInvalid, (await world.FailsAsync<ILicenceActivities, SigningPage>(a => a.OpenSigningPageAsync(new(sent.EnvelopeId, "usr_other", "https://ccn.example")))).ErrorType);

        await world.RunAsync<ILicenceActivities>(a => a.RemindAsync(new("k", sent.EnvelopeId, 1)));
        await SignAsync(sent);
        var part = await ReadAsync(sent);
        Assert.Equal(1, part.Signatures.Count(s => s.SignedAt is not null));   // c042: the first signature is in the provider's word, whatever the message said
        Assert.Null(part.CompletedAt);

        await SignAsync(sent);
        var done = await world.TwiceAsync<ILicenceActivities, EnvelopeState>(a => a.ReadEnvelopeAsync(sent.EnvelopeId));
        Assert.Equal(("completed", world.Time.GetUtcNow()), (done.Status, done.CompletedAt));
        Assert.Equal([terms.CreatorId, terms.SellerId], done.Signatures.Where(s => s.SignedAt is not null).Select(s => s.UserId));

        // Too late to void: completed stays completed.
        Assert.Equal("completed", (await world.TwiceAsync<ILicenceActivities, EnvelopeState>(a => a.VoidEnvelopeAsync(new("k", sent.EnvelopeId, "late")))).Status);
        var copy = await world.RunAsync<ILicenceActivities, SealedCopy>(a => a.StoreSealedCopyAsync(new(terms.LicenceId, sent.EnvelopeId)));
        await world.AppendAsync(terms.DesignId, new Domain.Events.LicenceInForce(terms.LicenceId, done.CompletedAt!.Value, done.CompletedAt.Value.AddYears(2), copy.FileKey, copy.Sha256));
        Assert.Equal(copy, await world.TwiceAsync<ILicenceActivities, SealedCopy>(a => a.StoreSealedCopyAsync(new(terms.LicenceId, sent.EnvelopeId))));
    }

    [Fact]
    public async Task A_voided_envelope_stays_voided_with_its_reason()   // c047
    {
        var (_, sent) = await SendAsync();
        await SignAsync(sent);
        var voided = await world.TwiceAsync<ILicenceActivities, EnvelopeState>(a => a.VoidEnvelopeAsync(new("k", sent.EnvelopeId, "The signing time is over.")));
        Assert.Equal(("voided", "The signing time is over."), (voided.Status, voided.Reason));
        Assert.Equal(1, voided.Signatures.Count(s => s.SignedAt is not null));
        Assert.Single(await world.LogAsync("envelope.voided"), e => (string?)e["id"] == sent.EnvelopeId);
    }

    [Fact]
    public async Task A_refusal_to_sign_comes_with_its_reason()
    {
        var (_, sent) = await SendAsync();
        await world.ControlAsync($"docusign/envelopes/{sent.EnvelopeId}/sign", new { decline = "true", reason = "Too low." });
        var state = await ReadAsync(sent);
        Assert.Equal(("declined", "Too low."), (state.Status, state.Reason));
    }

    [Fact]
    public async Task A_party_without_an_address_is_a_conflict_and_the_document_has_no_names()
    {
        var terms = world.Terms("usr_nobody", "usr_nobody_else");
        var failure = await world.FailsAsync<ILicenceActivities, SentEnvelope>(a => a.SendEnvelopeAsync(new("k", terms, world.Time.GetUtcNow().AddDays(14))));
        Assert.Equal((FailureTypes.StateConflict, true), (failure.ErrorType, failure.NonRetryable));
    }

    private async Task<(LicenceTerms Terms, SentEnvelope Sent)> SendAsync()
    {
        var terms = world.Terms(await world.AddUserAsync("Ada"), await world.AddUserAsync("Bob"));
        return (terms, await world.TwiceAsync<ILicenceActivities, SentEnvelope>(a => a.SendEnvelopeAsync(new($"{terms.LicenceId}:envelope", terms, world.Time.GetUtcNow().AddDays(14)))));
    }

    private Task<System.Text.Json.Nodes.JsonNode> SignAsync(SentEnvelope sent) => world.ControlAsync($"docusign/envelopes/{sent.EnvelopeId}/sign", new { });

    private Task<EnvelopeState> ReadAsync(SentEnvelope sent) => world.RunAsync<ILicenceActivities, EnvelopeState>(a => a.ReadEnvelopeAsync(sent.EnvelopeId));
}
