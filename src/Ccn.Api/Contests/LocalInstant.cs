using System.Globalization;
using Ccn.Api.Requests;

namespace Ccn.Api.Contests;

/// <summary>A day and time as a person writes them, in a time zone that the person names.</summary>
public static class LocalInstant
{
    private static readonly string[] Formats = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];

    /// <summary>The instant; null when nothing was written. A time that comes twice, at the end of summer time, is its first one.</summary>
    /// <param name="local">As a browser's field gives it: <c>2026-12-01T09:00</c>.</param>
    /// <param name="zone">IANA zone.</param>
    /// <exception cref="Problems.ProblemException">It is no such time, the zone is not known, or the clocks jump over it; the fields are <c>opensAt</c> and <c>zone</c>.</exception>
    public static DateTimeOffset? Read(string? local, string? zone)
    {
        if (string.IsNullOrWhiteSpace(local)) { return null; }

        var errors = new FieldErrors();
        var at = DateTime.TryParseExact(local, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var written) ? written : (DateTime?)null;
        errors.Add(at is null, "opensAt", "is a day and a time");
        var place = TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "", out var found) ? found : null;
        errors.Add(place is null, "zone", "is an IANA time zone such as Europe/Berlin");
        errors.Add(at is { } skipped && place?.IsInvalidTime(skipped) is true, "opensAt", "does not exist there: the clocks jump over it");
        errors.Throw();
        var offset = place!.IsAmbiguousTime(at!.Value) ? place.GetAmbiguousTimeOffsets(at.Value).Max() : place.GetUtcOffset(at.Value);
        return new DateTimeOffset(at.Value, offset).ToUniversalTime();
    }
}
