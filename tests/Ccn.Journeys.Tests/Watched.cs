using System.Net;
using System.Text.Json.Nodes;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>A resource and somebody who may read it.</summary>
internal readonly record struct Resource(Actor Reader, string Path);

/// <summary>What must stay as it is while something is refused: resources as their readers see them, and always the books.</summary>
internal sealed class Watched(Cast people, params IReadOnlyList<Resource> resources)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The request must be refused with this status and code, and leave everything as it was.</summary>
    public async Task RefusesAsync(HttpStatusCode status, string code, Func<Task> request)
    {
        var refusal = await StaysAsync(() => Assert.ThrowsAsync<ProblemResponseException>(request));
        Assert.Equal((status, code), (refusal.Status, refusal.Code));
    }

    /// <summary>Does something and requires that everything is afterwards as it was before.</summary>
    public async Task<T> StaysAsync<T>(Func<Task<T>> act)
    {
        var before = await ReadAsync();
        var result = await act();
        Assert.Equal(before, await ReadAsync());
        return result;
    }

    private async Task<IReadOnlyList<string>> ReadAsync()
    {
        var seen = new List<string>();
        foreach (var (reader, path) in resources.Append(new(people.Finance, "/v1/ledger/trial-balance")))
        {
            seen.Add($"{path}: {await ReadAsync(reader, path)}");
        }

        return seen;
    }

    // A refusal is something to see, too: what is not there must not be there afterwards.
    private static async Task<string> ReadAsync(Actor reader, string path)
    {
        try { return (await reader.GetAsync<JsonNode>(path, Cancel)).ToJsonString(); }
        catch (ProblemResponseException e) { return $"{e.Status} {e.Code}"; }
    }
}
