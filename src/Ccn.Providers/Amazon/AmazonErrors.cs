using System.Net;
using System.Text.Json;
using Ccn.Providers.Http;

namespace Ccn.Providers.Amazon;

/// <summary><c>{"errors":[{"code","message","details"}]}</c>.</summary>
internal static class AmazonErrors
{
    public static ErrorDetail? Read(HttpStatusCode status, string body) =>
        JsonSerializer.Deserialize<Body>(body, ProviderJson.CamelCase) is { Errors: [{ Code: { } code } first, ..] }
            ? new(code, string.IsNullOrWhiteSpace(first.Details) ? first.Message : $"{first.Message} ({first.Details})")
            : null;

    private sealed record Body(IReadOnlyList<Error>? Errors = null);

    private sealed record Error(string? Code = null, string? Message = null, string? Details = null);
}
