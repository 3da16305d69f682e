namespace Ccn.Data.Files;

/// <summary>What the structure of a picture file says about it, without decoding a pixel.</summary>
/// <param name="Type">JPEG, PNG, WebP or GIF.</param>
/// <param name="Width">Stored width in pixels, before orientation is applied.</param>
/// <param name="Height">Stored height in pixels, before orientation is applied.</param>
/// <param name="Animated">More than one frame, or marked as an animation.</param>
/// <param name="Cmyk">Four colour components.</param>
/// <param name="Orientation">EXIF orientation 1 to 8; 1 when absent or senseless.</param>
/// <param name="IccProfile">The embedded ICC profile as it stands in the file, unchecked; empty when there is none.</param>
public sealed record ImageHeader(
    FileType Type, int Width, int Height, bool Animated, bool Cmyk, int Orientation, ReadOnlyMemory<byte> IccProfile)
{
    /// <summary>Width × height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>
    /// Walks the file's container to its end, so that a file cut short is noticed at once. Cost is one read of the file at
    /// most, and memory does not depend on what the file claims.
    /// </summary>
    /// <param name="file">A stream that can seek; read from its beginning, left anywhere.</param>
    /// <param name="maxJpegScans">See <see cref="ImageLimits.MaxJpegScans"/>.</param>
    /// <exception cref="ImageRefusedException">
    /// <see cref="FileRefusals.Empty"/>, <see cref="FileRefusals.NotAnImage"/>, <see cref="FileRefusals.FormatNotSupported"/> or
    /// <see cref="FileRefusals.Unreadable"/>. The limits on pixels are <see cref="ImageInspector"/>'s.
    /// </exception>
    public static ImageHeader Read(Stream file, int maxJpegScans)
    {
        var type = ReadType(file);
        var reader = new HeaderReader(file);
        var header = type switch
        {
            FileType.Jpeg => new JpegHeaderReader(reader, maxJpegScans).Read(),
            FileType.Png => new PngHeaderReader(reader).Read(),
            FileType.WebP => new WebpHeaderReader(reader).Read(),
            FileType.Gif => GifHeaderReader.Read(reader),
            _ => throw NotDecoded(type),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw HeaderReader.Damaged("The picture has no pixels.");
    }

    private static FileType ReadType(Stream file)
    {
        Span<byte> start = stackalloc byte[FileSignature.Length];
        file.Position = 0;
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return read == 0
            ? throw new ImageRefusedException(FileRefusals.Empty, "The file is empty.")
            : FileSignature.Identify(start[..read]);
    }

    private static ImageRefusedException NotDecoded(FileType type) => type switch
    {
        FileType.Avif or FileType.Heic or FileType.Svg or FileType.Bmp or FileType.Tiff or FileType.Icon => new(
            FileRefusals.FormatNotSupported, $"This is a picture in {FileSignature.NameOf(type)} format. Send it as JPEG, PNG, WebP or GIF."),
        FileType.Unknown => new(FileRefusals.NotAnImage, "This is not a picture. Send a JPEG, PNG, WebP or GIF file."),
        _ => new(FileRefusals.NotAnImage, $"This is a {FileSignature.NameOf(type)} file, not a picture. Send a JPEG, PNG, WebP or GIF file."),
    };
}
