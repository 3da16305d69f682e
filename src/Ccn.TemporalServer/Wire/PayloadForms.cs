using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Wire;

/// <summary>Payloads that the server writes or understands itself. All others are the clients' own, and pass unread.</summary>
internal static class PayloadForms
{
    public const string EncodingKey = "encoding";

    public static ByteString PlainJson { get; } = ByteString.CopyFromUtf8("json/plain");

    /// <summary>The value as a client's default converter would send it.</summary>
    public static Payload Json<T>(T value) => new()
    {
        Metadata = { [EncodingKey] = PlainJson }, Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };

    /// <summary>True for what takes a field away: null (as JSON or binary/null), no data, or an empty list.</summary>
    public static bool IsRemoval(this Payload payload) =>
        payload.Data.IsEmpty
        || (payload.Metadata.TryGetValue(EncodingKey, out var encoding) && encoding.ToStringUtf8() == "binary/null")
        || Encoding.UTF8.GetString(payload.Data.Span.Trim(" \t\r\n"u8)) is "null" or "[]";
}
