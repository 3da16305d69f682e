using System.Collections.Concurrent;
using NJsonSchema;

namespace Ccn.Sandbox.Tests;

/// <summary>Checks bodies against extracts of the providers' own schemas.</summary>
internal static class Contract
{
    private static readonly ConcurrentDictionary<string, Task<JsonSchema>> Files = new(StringComparer.Ordinal);

    /// <param name="file">Extract, without its ending.</param>
    /// <param name="root">Definition the body has to meet.</param>
    /// <param name="body">The body.</param>
    public static async Task AssertMeetsAsync(string file, string root, JsonNode? body)
    {
        Assert.NotNull(body);
        var schema = await Files.GetOrAdd(file, LoadAsync);
        var errors = schema.Definitions[root].Validate(body.ToJsonString());
        Assert.True(errors.Count == 0, $"{root}: {string.Join("; ", errors.Take(5))}\n{body}");
    }

    private static async Task<JsonSchema> LoadAsync(string file)
    {
        using var stream = typeof(Contract).Assembly.GetManifestResourceStream($"Contracts/{file}.json") ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        return await JsonSchema.FromJsonAsync(await reader.ReadToEndAsync());
    }
}
