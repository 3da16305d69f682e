using System.Reflection;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>The recordings that have a scenario here, and their histories.</summary>
internal static class Recordings
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>All scenarios of this assembly by the name of their recording.</summary>
    public static IReadOnlyDictionary<string, Recording> All { get; } = Discover();

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden", "histories");

    /// <summary>Names of a recording's parts; the empty one is the recording itself.</summary>
    public static IReadOnlyList<string> PartsOf(string name) =>
    [
        .. Directory.EnumerateFiles(Folder, name + ".*json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Where(file => file == name || file.StartsWith(name + ".", StringComparison.Ordinal))
            .Select(file => file[name.Length..].TrimStart('.'))
            .Order(StringComparer.Ordinal),
    ];

    public static History Read(string name, string part) =>
        Parser.Parse<History>(File.ReadAllText(Path.Combine(Folder, (part.Length == 0 ? name : $"{name}.{part}") + ".json")));

    private static Dictionary<string, Recording> Discover() => typeof(Recordings).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Select(method => (method, attribute: method.GetCustomAttribute<RecordingAttribute>()))
        .Where(found => found.attribute is not null)
        .Select(found => new Recording(found.attribute!, found.method.CreateDelegate<Func<Scenario, Task>>()))
        .ToDictionary(recording => recording.Attribute.Name, StringComparer.Ordinal);

    /// <summary>A recording and the method that plays it.</summary>
    internal sealed record Recording(RecordingAttribute Attribute, Func<Scenario, Task> PlayAsync);
}
