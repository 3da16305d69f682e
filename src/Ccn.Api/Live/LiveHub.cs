using System.Security.Claims;
using Ccn.Domain;
using Microsoft.AspNetCore.SignalR;

namespace Ccn.Api.Live;

/// <summary>
/// One connection for each open tab. A tab says which things it shows; it is told when one of them changes, and reads it again by the same pages
/// and rules as before: nothing but ids travels here.
/// </summary>
public sealed class LiveHub(RecentChanges recent) : Hub
{
    public const string Path = "/hubs/live";

    private const int MaxTopics = 200;

    /// <summary>Watches things by their ids. A user's own things are for that user alone.</summary>
    /// <param name="renderedAt">When the page began to be rendered, in Unix milliseconds.</param>
    /// <returns>Those that may have changed since then.</returns>
    public async Task<IReadOnlyList<string>> Watch(IReadOnlyList<string> topics, long renderedAt)
    {
        var then = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(renderedAt, 0, RecentChanges.Now.ToUnixTimeMilliseconds()));
        var changed = new List<string>();
        foreach (var topic in topics.Take(MaxTopics))
        {
            if (topic.StartsWith(Ids.User + "_", StringComparison.Ordinal) && topic != Context.User?.FindFirstValue(ClaimTypes.NameIdentifier)) { continue; }

            await Groups.AddToGroupAsync(Context.ConnectionId, topic);
            if (recent.Since(topic, then)) { changed.Add(topic); }
        }

        return changed;
    }
}

/// <param name="Topic">Id of what has changed.</param>
/// <param name="Count">For a user: unread notices.</param>
public sealed record Change(string Topic, int? Count = null);
