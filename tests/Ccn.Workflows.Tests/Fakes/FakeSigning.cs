using Ccn.Workflows.Licences;

namespace Ccn.Workflows.Tests.Fakes;

/// <summary>An e-sign provider: its own state is the truth, and a completed envelope cannot be voided.</summary>
internal sealed class FakeSigning(CallLog log) : ILicenceActivities
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, DateTimeOffset?>> envelopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Status, string? Reason)> ended = new(StringComparer.Ordinal);

    /// <summary>Both parties sign in the moment of the sending.</summary>
    public bool SignAtOnce { get; set; }

    /// <summary>Sellers who decline at once.</summary>
    public HashSet<string> Declining { get; } = new(StringComparer.Ordinal);

    public void Sign(string envelopeId, string userId, DateTimeOffset at)
    {
        lock (gate)
        {
            envelopes[envelopeId][userId] = at;
            if (envelopes[envelopeId].Values.All(signedAt => signedAt is not null)) { ended[envelopeId] = ("completed", null); }
        }
    }

    public void Decline(string envelopeId, string reason)
    {
        lock (gate) { ended[envelopeId] = ("declined", reason); }
    }

    public Task<SentEnvelope> SendEnvelopeAsync(SendEnvelopeInput input)
    {
        log.Add("send", input.IdempotencyKey);
        var id = "env_" + input.Terms.SellerId;
        lock (gate) { envelopes.TryAdd(id, new(StringComparer.Ordinal) { [input.Terms.CreatorId] = null, [input.Terms.SellerId] = null }); }

        if (Declining.Contains(input.Terms.SellerId)) { Decline(id, "not for me"); }
        else if (SignAtOnce)
        {
            Sign(id, input.Terms.CreatorId, input.ExpiresAt.AddDays(-14));
            Sign(id, input.Terms.SellerId, input.ExpiresAt.AddDays(-14));
        }

        return Task.FromResult(new SentEnvelope(id, "cd34"));
    }

    public Task<SigningPage> OpenSigningPageAsync(OpenSigningPageInput input)
    {
        log.Add("page", input.UserId);
        return Task.FromResult(new SigningPage($"https://sign.example/{input.EnvelopeId}/{input.UserId}"));
    }

    public Task<EnvelopeState> ReadEnvelopeAsync(string envelopeId)
    {
        log.Add("read", envelopeId);
        return Task.FromResult(State(envelopeId));
    }

    public Task RemindAsync(RemindInput input)
    {
        log.Add("remind", input.IdempotencyKey);
        return Task.CompletedTask;
    }

    public Task<EnvelopeState> VoidEnvelopeAsync(VoidEnvelopeInput input)
    {
        log.Add("void", input.IdempotencyKey);
        lock (gate) { ended.TryAdd(input.EnvelopeId, ("voided", input.Reason)); }

        return Task.FromResult(State(input.EnvelopeId));
    }

    public Task<SealedCopy> StoreSealedCopyAsync(StoreSealedCopyInput input)
    {
        log.Add("seal", input.LicenceId);
        return Task.FromResult(new SealedCopy("fil_sealed", "ef56"));
    }

    private EnvelopeState State(string envelopeId)
    {
        lock (gate)
        {
            var signatures = envelopes[envelopeId].Select(party => new SignatureState(party.Key, party.Value is null ? "sent" : "completed", party.Value)).ToList();
            var (status, reason) = ended.GetValueOrDefault(envelopeId, ("sent", null));
            return new(status, signatures, reason, status == "completed" ? signatures.Max(signature => signature.SignedAt) : null);
        }
    }
}
