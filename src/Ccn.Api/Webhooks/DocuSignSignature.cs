using System.Security.Cryptography;
using System.Text;

namespace Ccn.Api.Webhooks;

/// <summary>DocuSign Connect: base64 of HMAC-SHA256 over the raw body, one header for each active key, any match is enough.</summary>
internal static class DocuSignSignature
{
    private const int MaxKeys = 100;

    public static bool IsValid(IHeaderDictionary headers, ReadOnlySpan<byte> body, IEnumerable<string> keys)
    {
        var valid = false;
        foreach (var key in keys)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body);
            for (var number = 1; number <= MaxKeys && headers.TryGetValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"X-DocuSign-Signature-{number}"), out var given); number++)
            {
                var signature = new byte[expected.Length];
                valid |= Convert.TryFromBase64String(given.ToString(), signature, out var length) && length == expected.Length && CryptographicOperations.FixedTimeEquals(signature, expected);
            }
        }

        return valid;
    }
}
