namespace Ccn.Data.Files;

/// <summary>
/// Decides from a file's structure whether it may be a picture of a design. Managed code without a decoder, made to run inside
/// the upload request: reads the file once at most, allocates about 64 KB and the ICC profile.
/// </summary>
public static class ImageInspector
{
    /// <summary>Checks an uploaded file and tells what it is.</summary>
    /// <param name="file">A stream that can seek; read from its beginning, left anywhere.</param>
    /// <param name="claimedContentType">The media type the sender gave; null, empty or application/octet-stream when none.</param>
    /// <param name="fileName">The name the sender gave; null, or without an extension, when it says nothing.</param>
    /// <param name="limits">What a picture may be.</param>
    /// <exception cref="ImageRefusedException">With any code of <see cref="FileRefusals"/>.</exception>
    public static ImageHeader Inspect(Stream file, string? claimedContentType, string? fileName, ImageLimits limits)
    {
        if (file.Length > limits.MaxBytes)
        {
            throw new ImageRefusedException(FileRefusals.TooLarge, $"The picture is larger than {limits.MaxBytes / (1024 * 1024)} MB.");
        }

        var header = ImageHeader.Read(file, limits.MaxJpegScans);
        CheckClaims(header.Type, claimedContentType, fileName);
        CheckLimits(header, limits);
        return header;
    }

    private static void CheckClaims(FileType type, string? contentType, string? fileName)
    {
        var media = contentType?.Split(';')[0].Trim();
        if (!string.IsNullOrEmpty(media) && !Is(media, "application/octet-stream") && TypeOfMedia(media) != type)
        {
            throw Mismatch(type, media);
        }

        var extension = Path.GetExtension(fileName);
        if (!string.IsNullOrEmpty(extension) && TypeOfExtension(extension) != type)
        {
            throw Mismatch(type, extension);
        }
    }

    private static void CheckLimits(ImageHeader header, ImageLimits limits)
    {
        // Size first: it is what protects the decoder.
        if (header.Pixels > limits.MaxPixels || Math.Max(header.Width, header.Height) > limits.MaxSide)
        {
            throw new ImageRefusedException(
                FileRefusals.TooManyPixels,
                $"The picture is {header.Width} × {header.Height} pixels; at most {limits.MaxPixels / 1_000_000} megapixels and {limits.MaxSide} pixels a side are accepted.");
        }

        if (header.Animated)
        {
            throw new ImageRefusedException(FileRefusals.Animated, "The picture is animated. Send a still picture.");
        }

        if (header.Cmyk)
        {
            throw new ImageRefusedException(FileRefusals.Cmyk, "The picture is in print colours (CMYK). Export it as RGB.");
        }

        if (Math.Min(header.Width, header.Height) < limits.MinSide)
        {
            throw new ImageRefusedException(
                FileRefusals.TooSmall, $"The picture is {header.Width} × {header.Height} pixels; each side needs at least {limits.MinSide}.");
        }
    }

    private static FileType TypeOfMedia(string media) =>
        Is(media, "image/jpeg") || Is(media, "image/jpg") || Is(media, "image/pjpeg") ? FileType.Jpeg
        : Is(media, "image/png") ? FileType.Png
        : Is(media, "image/webp") ? FileType.WebP
        : Is(media, "image/gif") ? FileType.Gif
        : FileType.Unknown;

    private static FileType TypeOfExtension(string extension) =>
        Is(extension, ".jpg") || Is(extension, ".jpeg") || Is(extension, ".jpe") || Is(extension, ".jfif") ? FileType.Jpeg
        : Is(extension, ".png") ? FileType.Png
        : Is(extension, ".webp") ? FileType.WebP
        : Is(extension, ".gif") ? FileType.Gif
        : FileType.Unknown;

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static ImageRefusedException Mismatch(FileType type, string claim) => new(
        FileRefusals.TypeMismatch, $"The file says it is {claim}, but its content is {FileSignature.NameOf(type)}.");
}
