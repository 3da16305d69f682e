using System.Net;
using System.Text.Json;
using Ccn.Providers.Http;

namespace Ccn.Providers.Network;

/// <summary>Problem details (RFC 9457): <c>{type, title, status, detail}</c>.</summary>
internal static class NetworkErrors
{
    public static ErrorDetail? Read(HttpStatusCode status, string body)
    {
        // A conflict is an id used again for something else; repeating it cannot help. Repeating the same request answers 202.
        ProviderFailure? kind = status is HttpStatusCode.Conflict ? ProviderFailure.Rejected : null;
        var problem = JsonSerializer.Deserialize<Problem>(body, ProviderJson.CamelCase);
        return problem is null ? null : new(problem.Code ?? ProviderCodes.ForStatus((int)status), problem.Detail ?? problem.Title, kind);
    }

    private sealed record Problem(string? Title = null, string? Detail = null, string? Code = null);
}
