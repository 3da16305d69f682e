using System.Security.Cryptography;
using System.Text.Json;
using Ccn.Domain;

namespace Ccn.Activities.Payouts;

/// <summary>What finance approves: whom, how much, where to, for what. Any change gives another hash, so that nothing else can be sent under an approval.</summary>
internal sealed record PayoutPayload(string PayoutId, string PayeeId, Money Amount, string Provider, string Destination, IReadOnlyList<string> StatementIds)
{
    /// <summary>SHA-256 (lower-case hex) of the payload's canonical JSON. The destination does not leave this hash.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, CcnJson.Options)));
}
