using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Sdk.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Payloads, failures and durations as the recordings hold them.</summary>
internal static class Data
{
    public static Payload Json(object? value) => RawJson(JsonSerializer.Serialize(value));

    public static Payload RawJson(string json) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(json)),
    };

    public static Payloads Jsons(object? value) => new() { Payloads_ = { Json(value) } };

    /// <summary>A search attribute's value with its type beside it, as an SDK sends it.</summary>
    public static Payload Typed(string type, object? value)
    {
        var payload = Json(value);
        payload.Metadata["type"] = ByteString.CopyFromUtf8(type);
        return payload;
    }

    /// <summary>The value that removes a search attribute.</summary>
    public static Payload TypedNull(string type) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/null"), ["type"] = ByteString.CopyFromUtf8(type) },
    };

    public static Memo MemoOf(string key, object? value) => new() { Fields = { [key] = Json(value) } };

    public static Header HeaderOf(string key, object? value) => new() { Fields = { [key] = Json(value) } };

    public static SearchAttributes Keyword(string value) => new() { IndexedFields = { ["GKeyword"] = Typed("Keyword", value) } };

    public static UserMetadata Summary(string summary, string? details = null) =>
        new() { Summary = Json(summary), Details = details is null ? null : Json(details) };

    public static Timestamp Instant(DateTime utc) => Timestamp.FromDateTime(utc);

    public static Duration Seconds(double seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));

    public static RetryPolicy Retry(double initial, double coefficient, double maximum, int attempts = 0) => new()
    {
        InitialInterval = Seconds(initial),
        BackoffCoefficient = coefficient,
        MaximumInterval = Seconds(maximum),
        MaximumAttempts = attempts,
    };

    public static RetryPolicy NeverFor(string failureType) => new() { NonRetryableErrorTypes = { failureType } };

    public static Failure Failure(string message, string type, bool nonRetryable = false, double? nextRetryDelay = null) => new()
    {
        Message = message,
        Source = "golden",
        ApplicationFailureInfo = new()
        {
            Type = type,
            NonRetryable = nonRetryable,
            NextRetryDelay = nextRetryDelay is { } delay ? Seconds(delay) : null,
        },
    };
}
