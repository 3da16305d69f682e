using System.Security.Cryptography;
using System.Text;
using Ccn.Domain;

namespace Ccn.Activities.Lifecycle;

/// <summary>Ids named by what they stand for: a row that is read again, even after a restore of the database, gets the same id and so the same ledger keys.</summary>
internal static class NamedId
{
    /// <summary>Prefix and a UUID of version 8 over the SHA-256 of prefix and name.</summary>
    public static string For(string prefix, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}:{name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Ids.For(prefix, new Guid(bytes, bigEndian: true));
    }
}
