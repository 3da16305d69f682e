namespace Ccn.Data.Files;

/// <summary>
/// Tells a file's type from its first bytes, by the magic numbers of the WHATWG MIME Sniffing Standard and of ISO/IEC 23008-12
/// (brands). Never from its name: a name is a claim.
/// </summary>
public static class FileSignature
{
    /// <summary>How many bytes <see cref="Identify"/> looks at. Fewer are fine when the file is shorter.</summary>
    public const int Length = 512;

    /// <summary>The type of a file that begins with these bytes.</summary>
    public static FileType Identify(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] => FileType.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileType.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => FileType.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => FileType.Gif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => IdentifyBrand(start),
        [(byte)'B', (byte)'M', ..] when start.Length > 14 => FileType.Bmp,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => FileType.Tiff,
        [0, 0, 1 or 2, 0, ..] => FileType.Icon,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => FileType.Pdf,
        [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..] => FileType.Zip,
        [(byte)'g', (byte)'l', (byte)'T', (byte)'F', ..] => FileType.Glb,
        [0x1F, 0x8B, 8, ..] => FileType.Gzip,
        _ => IdentifyText(start),
    };

    /// <summary>The name people know a type by.</summary>
    public static string NameOf(FileType type) => type switch
    {
        FileType.Jpeg => "JPEG",
        FileType.Png => "PNG",
        FileType.Gif => "GIF",
        FileType.Avif => "AVIF",
        FileType.Heic => "HEIC",
        FileType.Svg => "SVG",
        FileType.Bmp => "BMP",
        FileType.Tiff => "TIFF",
        FileType.Pdf => "PDF",
        FileType.Zip => "ZIP",
        FileType.Html => "HTML",
        FileType.Glb => "GLB",
        FileType.Unknown => "unknown",
        _ => type.ToString(),
    };

    /// <summary>The media type of a picture that is decoded here; null for the other types.</summary>
    public static string? MediaTypeOf(FileType type) => type switch
    {
        FileType.Jpeg => "image/jpeg",
        FileType.Png => "image/png",
        FileType.WebP => "image/webp",
        FileType.Gif => "image/gif",
        _ => null,
    };

    private static FileType IdentifyBrand(ReadOnlySpan<byte> start)
    {
        // The major brand may be the general "mif1"; the compatible brands then say which codec it is.
        var brands = start[8..Math.Min(start.Length, 64)];
        if (brands.IndexOf("avif"u8) >= 0 || brands.IndexOf("avis"u8) >= 0)
        {
            return FileType.Avif;
        }

        return brands.IndexOf("heic"u8) >= 0 || brands.IndexOf("heix"u8) >= 0 || brands.IndexOf("hevc"u8) >= 0
            || brands.IndexOf("mif1"u8) >= 0 || brands.IndexOf("msf1"u8) >= 0
            ? FileType.Heic
            : FileType.Unknown;
    }

    private static FileType IdentifyText(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8))
        {
            start = start[3..];
        }

        Span<byte> text = stackalloc byte[Math.Min(start.Length, Length)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = start[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(start[i] | 0x20) : start[i];
        }

        var first = text.IndexOfAnyExcept(" \t\r\n\f"u8);
        if (first < 0 || text[first] != (byte)'<')
        {
            return FileType.Unknown;
        }

        var svg = text.IndexOf("<svg"u8);
        var html = text.IndexOf("<html"u8);
        if (svg >= 0 && (html < 0 || svg < html))
        {
            return FileType.Svg;
        }

        return html >= 0 || text.IndexOf("<!doctype html"u8) >= 0 || text.IndexOf("<script"u8) >= 0 || text.IndexOf("<body"u8) >= 0
            ? FileType.Html
            : FileType.Unknown;
    }
}
