using Ccn.Data.Designs;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Designs;

/// <summary>Finds designs by what people type.</summary>
internal static class DesignSearch
{
    // Stages in which only the creator and staff see the design.
    internal static readonly DesignStage[] Hidden = [DesignStage.Submitted, DesignStage.Held, DesignStage.Refused, DesignStage.Withdrawn];

    /// <summary>What everybody may see. A row without its submission was made by an event that overtook it.</summary>
    public static IQueryable<DesignView> Visible(this IQueryable<DesignView> designs) => designs.Where(design => design.SubmittedAt != null && !Hidden.Contains(design.Stage));

    /// <summary>Designs with the words, with a title that is spelt nearly so or begins so, or with the tag.</summary>
    public static IQueryable<DesignView> Matching(this IQueryable<DesignView> designs, string typed)
    {
        var (words, tag) = (Clean(typed), Clean(typed).ToLowerInvariant());
        return designs.Where(design => design.Search.Matches(EF.Functions.WebSearchToTsQuery("english", words)) || EF.Functions.TrigramsAreWordSimilar(words, design.Title) || design.Tags.Contains(tag));
    }

    /// <summary>The best matches first.</summary>
    public static IOrderedQueryable<DesignView> Nearest(this IQueryable<DesignView> designs, string typed)
    {
        var words = Clean(typed);
        return designs.OrderByDescending(design => design.Search.Rank(EF.Functions.WebSearchToTsQuery("english", words)) + EF.Functions.TrigramsWordSimilarity(words, design.Title))
            .ThenByDescending(design => design.SubmittedAt).ThenBy(design => design.Id);
    }

    // PostgreSQL has no text with zero characters.
    internal static string Clean(string typed) => typed.Replace("\0", "", StringComparison.Ordinal).Trim();
}
