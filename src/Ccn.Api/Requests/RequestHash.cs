using System.Security.Cryptography;
using System.Text.Json;
using Ccn.Domain;

namespace Ccn.Api.Requests;

/// <summary>Tells a repeat from another request under the same id.</summary>
internal static class RequestHash
{
    /// <summary>SHA-256 (hex) of the parts in the product's one JSON form. Parts, not a tuple: the fields of a tuple are not serialized, and every hash would be the same.</summary>
    public static string Of(params object?[] parts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts, CcnJson.Options)));

    /// <summary>An update id for a PUT: the same content again attaches to the first update, other content is another update.</summary>
    public static string UpdateId(string id, object request) => $"{id}:{Of(request)[..32]}";
}
