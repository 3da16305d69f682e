using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccn.Domain;

namespace Ccn.Api.Requests;

/// <summary>Tells a repeat from another request under the same id.</summary>
internal static class RequestHash
{
    // With fields: the items of a tuple are fields, and without them every tuple would be {}.
    private static readonly JsonSerializerOptions Whole = new(CcnJson.Options) { IncludeFields = true };

    /// <summary>SHA-256 (hex) of who asks and what, in the product's one JSON form.</summary>
    /// <param name="content">A record. Value types, and so tuples, do not compile.</param>
    public static string Of<T>(string who, T content)
        where T : class => Hex(new Asked<T>(who, content));

    /// <summary>SHA-256 (hex) of texts, each apart from the next.</summary>
    public static string Of(params ReadOnlySpan<string> texts) => Hex(texts.ToArray());

    /// <summary>An update id for a PUT: the same content again attaches to the first update, other content is another update.</summary>
    public static string UpdateId<T>(string id, T content)
        where T : class => $"{id}:{Of(id, content)[..32]}";

    /// <summary>SHA-256 of a request as it came: method, address, body byte for byte. The body can be read again afterwards.</summary>
    public static async Task<byte[]> OfAsync(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancel)) > 0) { hash.AppendData(chunk, 0, read); }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static string Hex<T>(T asked) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, Whole)));

    private sealed record Asked<T>(string Who, T Content);
}
