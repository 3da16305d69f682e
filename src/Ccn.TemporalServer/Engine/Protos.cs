using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

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

    public static int SizeOrZero(this IMessage? message) => message?.CalculateSize() ?? 0;
}
