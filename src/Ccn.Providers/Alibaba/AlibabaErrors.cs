using System.Net;
using System.Text.Json;
using Ccn.Providers.Http;

namespace Ccn.Providers.Alibaba;

/// <summary>Alibaba's failures, which come with HTTP 200 as a rule.</summary>
internal static class AlibabaErrors
{
    public static ErrorDetail? Read(HttpStatusCode status, string body) =>
        JsonSerializer.Deserialize<AlibabaAnswer>(body, ProviderJson.SnakeCase) is { Code: not null } answer ? answer.Failure : null;

    public static ProviderFailure KindOf(string code, string? type) =>
        code is "7" or "ApiCallLimit" || type is "ISP" or "SYSTEM" ? ProviderFailure.Unavailable : ProviderFailure.Rejected;
}
