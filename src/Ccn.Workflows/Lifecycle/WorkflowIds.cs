using System.Security.Cryptography;
using System.Text;
using Ccn.Domain;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Ids that a workflow makes itself: named by what they stand for, so that a run started again after a failure makes the same ones and nothing is done twice.</summary>
internal static class WorkflowIds
{
    /// <summary>An id of the given kind for a name, such as <c>stm</c> and <c>lic_…/3</c>: a UUID of version 8 over the SHA-256 of both.</summary>
    public static string Named(string prefix, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{prefix}:{name}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Ids.For(prefix, new Guid(bytes, bigEndian: true));
    }
}
