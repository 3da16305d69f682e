using System.Net;
using System.Text.Json;
using Ccn.Providers.Http;

namespace Ccn.Providers.DocuSign;

/// <summary><c>{"errorCode":"…","message":"…"}</c>.</summary>
internal static class DocuSignErrors
{
    public static ErrorDetail? Read(HttpStatusCode status, string body)
    {
        if (JsonSerializer.Deserialize<Body>(body, ProviderJson.CamelCase) is not { ErrorCode: { } code } error) { return null; }

        // The hourly limits come as 400 with a code of their own; they pass by themselves.
        return new(code, error.Message, code.EndsWith("_LIMIT_EXCEEDED", StringComparison.Ordinal) ? ProviderFailure.Unavailable : null);
    }

    private sealed record Body(string? ErrorCode = null, string? Message = null);
}
