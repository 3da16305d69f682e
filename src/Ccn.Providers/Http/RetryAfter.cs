using System.Globalization;
using System.Net.Http.Headers;

namespace Ccn.Providers.Http;

/// <summary>
/// Reads <c>Retry-After</c> (RFC 9110, 10.2.3): seconds or an HTTP date. The raw header is read because the typed one
/// drops values it cannot hold, and a number too large must become the cap rather than "no wait".
/// </summary>
internal static class RetryAfter
{
    /// <summary>Longest wait passed on. A provider that asks for a day should be asked again within the hour.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromHours(1);

    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.TryGetValues("Retry-After", out var values) ? Read(values.FirstOrDefault(), headers.Date ?? now) : null;

    /// <summary>The wait that <paramref name="value"/> asks for; null for an absent, negative or unreadable value.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="now">The provider's own clock where it sent one, so that a difference of clocks does not matter.</param>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        var text = value.AsSpan().Trim();
        if (text.IsEmpty) { return null; }
        if (text.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            var seconds = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : long.MaxValue;
            return seconds >= Cap.TotalSeconds ? Cap : TimeSpan.FromSeconds(seconds);
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) { return null; }
        var wait = date - now;
        if (wait < TimeSpan.Zero) { return TimeSpan.Zero; }   // the moment has passed: no need to wait
        return wait > Cap ? Cap : wait;
    }
}
