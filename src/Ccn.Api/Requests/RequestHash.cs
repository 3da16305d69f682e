using System.Security.Cryptography;
using System.Text.Json;
using Ccn.Domain;

namespace Ccn.Api.Requests;

/// <summary>Tells a repeat from another request under the same id.</summary>
internal static class RequestHash
{
    /// <summary>SHA-256 (hex) of the request in the product's one JSON form.</summary>
    public static string Of<T>(T request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, CcnJson.Options)));

    /// <summary>An update id for a PUT: the same content again attaches to the first update, other content is another update.</summary>
    public static string UpdateId<T>(string id, T request) => $"{id}:{Of(request)[..32]}";
}
