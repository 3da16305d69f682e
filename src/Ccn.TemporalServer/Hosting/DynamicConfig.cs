using System.Globalization;

namespace Ccn.TemporalServer.Hosting;

/// <summary>
/// The server's adjustable limits, under the keys of the real server (<c>limit.historyCount.suggestContinueAsNew</c>, …),
/// which are compared without case. A value that cannot be read is a mistake worth hearing of, so it throws.
/// </summary>
internal sealed class DynamicConfig(IReadOnlyDictionary<string, string> values)
{
    private readonly Dictionary<string, string> values = new(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>A whole number.</summary>
    public int Int(string key, int fallback) => Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    /// <summary>A switch.</summary>
    public bool Bool(string key, bool fallback) => Text(key) is { } text ? bool.Parse(text) : fallback;

    /// <summary>A duration such as <c>10s</c> or <c>1h30m</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan fallback) =>
        Text(key) is not { } text ? fallback
        : GoDuration.TryParse(text, out var nanoseconds) ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : throw new FormatException($"{key}: '{text}' is not a duration.");

    /// <summary>The value as given, without the quotes of a JSON string; null when it was not given.</summary>
    public string? Text(string key) => values.GetValueOrDefault(key)?.Trim().Trim('"');
}
