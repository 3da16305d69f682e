using System.Text.Json;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Grpc.Core;

namespace Ccn.TemporalServer.Visibility;

/// <summary>The opaque token by which a list goes on: the sort key of the last row, as JSON.</summary>
internal static class PageToken
{
    /// <summary>The token for a position; empty at the end.</summary>
    public static ByteString Of(VisibilityPosition? position) =>
        position is null ? ByteString.Empty : ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(position));

    /// <summary>The position in a token; null for the first page.</summary>
    public static VisibilityPosition? Parse(ByteString token)
    {
        if (token.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<VisibilityPosition>(token.Span) is { RunId: not null } position && Guid.TryParse(position.RunId, out _) ? position : throw Invalid();
        }
        catch (JsonException)
        {
            throw Invalid();
        }
    }

    private static RpcFailure Invalid() => new(StatusCode.InvalidArgument, "Invalid NextPageToken.");
}
