using Ccn.Domain.Lifecycle;

namespace Ccn.Web.Components.Pages.Mine;

/// <summary>What a design waits for, said to its creator.</summary>
internal static class Waits
{
    private const string ToDo = "the creator: ", Theirs = "the creator's ";

    /// <summary>Of the creator's own turn what they are to do, of others' turns what it waits for.</summary>
    public static string Sentence(Party turn, string wait) => turn switch
    {
        Party.Creator when wait.StartsWith(ToDo, StringComparison.Ordinal) => $"{char.ToUpperInvariant(wait[ToDo.Length])}{wait[(ToDo.Length + 1)..]}.",
        Party.Creator when wait.StartsWith(Theirs, StringComparison.Ordinal) => $"Waits for your {wait[Theirs.Length..]}.",
        _ => $"Waits for {wait}.",
    };
}
