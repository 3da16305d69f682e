using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ccn.TemporalServer.Engine;
using Temporalio.Api.Schedule.V1;

namespace Ccn.TemporalServer.Schedules;

/// <summary>When a schedule acts.</summary>
/// <param name="Nominal">The time its spec names; runs are called by it.</param>
/// <param name="At">When it acts: the nominal time and its jitter.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct ActionTime(DateTimeOffset Nominal, DateTimeOffset At);

/// <summary>All times of a canonical spec.</summary>
internal sealed class ScheduleTimes
{
    /// <summary>A spec that excludes so many of its times in a row is taken to have none.</summary>
    private const int MostExcluded = 500_000;

    private readonly List<Calendar> calendars;
    private readonly List<Calendar> excluded;
    private readonly List<(long Interval, long Phase)> intervals;
    private readonly DateTimeOffset? start;
    private readonly DateTimeOffset? end;
    private readonly TimeSpan jitter;
    private readonly string seed;

    /// <param name="spec">Canonical spec.</param>
    /// <param name="seed">What makes the jitter of this schedule its own.</param>
    public ScheduleTimes(ScheduleSpec spec, string seed)
    {
        this.seed = seed;
        var zone = CanonicalSpec.Zone(spec.TimezoneName);
        calendars = [.. spec.StructuredCalendar.Select(c => new Calendar(c, zone))];
        excluded = [.. spec.ExcludeStructuredCalendar.Select(c => new Calendar(c, zone))];
        intervals = [.. spec.Interval.Select(i => (i.Interval.Seconds, i.Phase?.Seconds ?? 0))];
        start = spec.StartTime?.ToDateTimeOffset();
        end = spec.EndTime?.ToDateTimeOffset();
        jitter = spec.Jitter.OrZero();
    }

    /// <summary>The first time after an instant; null when there is none any more.</summary>
    public ActionTime? Next(DateTimeOffset after)
    {
        if (start is { } first && after < first)
        {
            after = first.AddTicks(-1);
        }

        var left = MostExcluded;
        for (var nominal = NextNominal(after); nominal is { } at; nominal = NextNominal(at))
        {
            if (at > end || left-- == 0)
            {
                return null;
            }

            if (!excluded.Exists(c => c.Matches(at)))
            {
                return new(at, at + Jitter(at));
            }
        }

        return null;
    }

    /// <summary>The times after an instant, one after the other.</summary>
    public IEnumerable<ActionTime> After(DateTimeOffset instant)
    {
        for (var next = Next(instant); next is { } time; next = Next(time.Nominal))
        {
            yield return time;
        }
    }

    private DateTimeOffset? NextNominal(DateTimeOffset after)
    {
        DateTimeOffset? next = null;
        foreach (var calendar in calendars)
        {
            if (calendar.Next(after) is { } time && (next is null || time < next))
            {
                next = time;
            }
        }

        foreach (var (interval, phase) in intervals)
        {
            var periods = Math.DivRem(after.ToUnixTimeSeconds() - phase, interval, out var rest) - (rest < 0 ? 1 : 0);
            var time = DateTimeOffset.FromUnixTimeSeconds(((periods + 1) * interval) + phase);
            if (next is null || time < next)
            {
                next = time;
            }
        }

        return next;
    }

    /// <summary>Always the same for one nominal time, and never so long that two times change places.</summary>
    private TimeSpan Jitter(DateTimeOffset nominal)
    {
        if (jitter <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var limit = NextNominal(nominal) is { } next && next - nominal < jitter ? next - nominal : jitter;
        var text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seed} {nominal.ToUnixTimeSeconds()}");
        var fraction = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return TimeSpan.FromMilliseconds(Math.Floor(limit.TotalMilliseconds * fraction / (1L << 32)));
    }
}
