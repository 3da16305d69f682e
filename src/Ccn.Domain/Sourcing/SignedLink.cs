using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Domain.Sourcing;

/// <summary>A personal link for someone without an account: a supplier that answers an RFQ or reports on an order. The signature names the purpose, so a link for one thing opens nothing else.</summary>
/// <param name="Purpose">Such as <c>rfq</c> or <c>order</c>.</param>
/// <param name="SubjectId">The RFQ or order.</param>
/// <param name="PartyId">The supplier.</param>
public sealed record SignedLink(string Purpose, string SubjectId, string PartyId, DateTimeOffset ExpiresAt)
{
    private const int MinKeyBytes = 32;

    /// <summary>URL-safe token: payload and HMAC-SHA256.</summary>
    /// <exception cref="ArgumentException">The key is shorter than 32 bytes.</exception>
    public string ToToken(ReadOnlySpan<byte> key)
    {
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Purpose}|{SubjectId}|{PartyId}|{ExpiresAt.ToUnixTimeSeconds()}"));
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(Sign(payload, key))}";
    }

    /// <summary>Reads a token. Null when it was not made by us, is for something else, or has expired.</summary>
    public static SignedLink? Read(string token, string purpose, ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 2 || !Base64Url.IsValid(parts[0]) || !Base64Url.IsValid(parts[1])) { return null; }

        var payload = Base64Url.DecodeFromChars(parts[0]);
        if (!CryptographicOperations.FixedTimeEquals(Sign(payload, key), Base64Url.DecodeFromChars(parts[1]))) { return null; }

        var fields = Encoding.UTF8.GetString(payload).Split('|');
        var link = new SignedLink(fields[0], fields[1], fields[2], DateTimeOffset.FromUnixTimeSeconds(long.Parse(fields[3], CultureInfo.InvariantCulture)));
        return link.Purpose == purpose && now <= link.ExpiresAt ? link : null;
    }

    private static byte[] Sign(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> key) =>
        key.Length >= MinKeyBytes ? HMACSHA256.HashData(key, payload) : throw new ArgumentException($"The signing key has at least {MinKeyBytes} bytes.", nameof(key));
}
