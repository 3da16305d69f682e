using System.Net;
using System.Text.Json;
using Ccn.Providers.Http;

namespace Ccn.Providers.PayPal;

/// <summary><c>{name, message, debug_id, details[{field, issue}]}</c>; the first issue is what an operator needs to see.</summary>
internal static class PayPalErrors
{
    public static ErrorDetail? Read(HttpStatusCode status, string body)
    {
        if (JsonSerializer.Deserialize<PayPalError>(body, ProviderJson.SnakeCase) is not { Name: { } name } error) { return null; }
        var issue = error.Details is [var first, ..] ? $" {first.Field} {first.Issue}".TrimEnd() : "";
        return new(name, $"{error.Message}{issue} (debug id {error.DebugId ?? "none"})");
    }
}
