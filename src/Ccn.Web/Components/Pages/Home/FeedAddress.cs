using Ccn.Api.Designs;

namespace Ccn.Web.Components.Pages.Home;

/// <summary>The feed's address: sort, filters and page stand in it, so that every view of it is a link.</summary>
internal sealed record FeedAddress(FeedSort Sort, string? Q, string? Category, string? Tag)
{
    public static string Slug(FeedSort sort) => sort.ToString().ToLowerInvariant();

    public bool IsFiltered => Q is not null || Category is not null || Tag is not null;

    public string With(string? cursor = null)
    {
        var parts = new List<string>();
        if (Sort is not FeedSort.Trending) { parts.Add("sort=" + Slug(Sort)); }

        Add(parts, "q", Q);
        Add(parts, "category", Category);
        Add(parts, "tag", Tag);
        Add(parts, "cursor", cursor);
        return parts.Count == 0 ? "/" : "/?" + string.Join('&', parts);
    }

    private static void Add(List<string> parts, string name, string? value)
    {
        if (value is not null) { parts.Add(name + "=" + Uri.EscapeDataString(value)); }
    }
}
