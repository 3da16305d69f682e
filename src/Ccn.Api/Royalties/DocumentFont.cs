using UglyToad.PdfPig.Fonts.TrueType;
using UglyToad.PdfPig.Fonts.TrueType.Parser;

namespace Ccn.Api.Royalties;

/// <summary>A typeface that goes into documents with the letters that are used.</summary>
internal sealed class DocumentFont
{
    private const char Unknown = '□';

    private readonly TrueTypeFont parsed;

    private DocumentFont(string resource)
    {
        using var stream = typeof(DocumentFont).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The font {resource} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Bytes = bytes;
        parsed = TrueTypeFontParser.Parse(new TrueTypeDataBytes(bytes));
    }

    public static DocumentFont Regular { get; } = new("DejaVuSansCondensed.ttf");

    public static DocumentFont Bold { get; } = new("DejaVuSansCondensed-Bold.ttf");

    public byte[] Bytes { get; }

    /// <summary>The text with a box for what the font has no letter for: the writer refuses such text whole.</summary>
    public string Printable(string text) => string.Concat(text.Select(letter => Has(letter) ? letter : Unknown));

    private bool Has(char letter) => !char.IsSurrogate(letter) && !char.IsControl(letter) && parsed.TableRegister.CMapTable?.TryGetGlyphIndex(letter, out var glyph) is true && glyph > 0;
}
