using System.Globalization;
using System.Text;

namespace Ccn.Activities.Designs;

/// <summary>Phrases that send a design to a moderator. Compared as whole words, without case and accents, so that "Scunthorpe" is no match and "PÓKEMON" is one.</summary>
internal static class BannedWords
{
    private static readonly Lazy<IReadOnlyList<string>> Phrases = new(Read);

    /// <summary>The first banned phrase in the text; null when there is none.</summary>
    public static string? FindIn(string text)
    {
        var words = Normalize(text);
        return Phrases.Value.FirstOrDefault(phrase => words.Contains($" {phrase} ", StringComparison.Ordinal));
    }

    private static List<string> Read()
    {
        using var reader = new StreamReader(typeof(BannedWords).Assembly.GetManifestResourceStream("banned-words.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    private static string Normalize(string text)
    {
        var words = new StringBuilder(" ");
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) { continue; }
            if (char.IsLetterOrDigit(c)) { words.Append(char.ToLowerInvariant(c)); }
            else if (words[^1] != ' ') { words.Append(' '); }
        }

        return words.Append(' ').ToString();
    }
}
