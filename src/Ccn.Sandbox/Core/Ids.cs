using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Sandbox.Core;

/// <summary>Ids in the shapes the providers use, derived from the state's salt and counter: unique, and not guessable from each other.</summary>
internal static class Ids
{
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const string Mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Digit = "0123456789";

    public static string NextUpper(this SandboxState state, int length) => Letters(state, Upper, length);

    public static string NextMixed(this SandboxState state, int length) => Letters(state, Mixed, length);

    public static string NextDigits(this SandboxState state, int length) => Letters(state, Digit, length);

    public static string NextGuid(this SandboxState state) => new Guid(NextHash(state).AsSpan(0, 16)).ToString("D");

    /// <summary>An Amazon order id: 3, 7 and 7 digits.</summary>
    public static string NextOrderId(this SandboxState state) => $"{state.NextDigits(3)}-{state.NextDigits(7)}-{state.NextDigits(7)}";

    private static string Letters(SandboxState state, string alphabet, int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            foreach (var value in NextHash(state).AsSpan(0, Math.Min(32, length - text.Length))) { text.Append(alphabet[value % alphabet.Length]); }
        }

        return text.ToString();
    }

    private static byte[] NextHash(SandboxState state)
    {
        state.Sequence++;
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{state.Salt}:{state.Sequence}")));
    }
}
