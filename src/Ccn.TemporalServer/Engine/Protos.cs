using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Engine;

/// <summary>Short forms for what the wire types say at length.</summary>
internal static class Protos
{
    /// <summary>The greatest span that protobuf durations of .NET take; longer ones mean "never" anyway.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>The duration, zero when it is not set, bounded so that adding it to an instant cannot overflow.</summary>
    public static TimeSpan OrZero(this Duration? duration)
    {
        if (duration is null)
        {
            return TimeSpan.Zero;
        }

        return duration.Seconds > Longest.TotalSeconds ? Longest : duration.ToTimeSpan();
    }

    public static Duration AsDuration(this TimeSpan span) => Duration.FromTimeSpan(span > Longest ? Longest : span);

    public static Timestamp AsTimestamp(this DateTimeOffset instant) => Timestamp.FromDateTimeOffset(instant);

    /// <summary>True for a payload that stands for "remove": null, an empty list or nothing at all.</summary>
    public static bool IsRemoval(this Payload payload) =>
        payload.Data.IsEmpty
        || (payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() == "binary/null")
        || payload.Data.ToStringUtf8().Trim() is "null" or "[]";

    public static int SizeOrZero(this IMessage? message) => message?.CalculateSize() ?? 0;
}
