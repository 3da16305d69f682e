namespace Ccn.Data.Files;

/// <summary>
/// Why an uploaded file is refused. The codes are part of the API (pages translate them), so a code is never renamed.
/// </summary>
public static class FileRefusals
{
    /// <summary>The file has no bytes.</summary>
    public const string Empty = "file.empty";

    /// <summary>More bytes than the caller allows.</summary>
    public const string TooLarge = "file.too_large";

    /// <summary>Not a picture at all: a document, an archive, a page, or nothing known.</summary>
    public const string NotAnImage = "file.not_an_image";

    /// <summary>The bytes are of another type than the media type or the file name says.</summary>
    public const string TypeMismatch = "file.type_mismatch";

    /// <summary>A picture in a format that is not decoded here (AVIF, HEIC, SVG, BMP, TIFF, icon). A browser may be able to convert it.</summary>
    public const string FormatNotSupported = "image.format_not_supported";

    /// <summary>More pixels, or a longer side, than <see cref="ImageLimits"/> allows.</summary>
    public const string TooManyPixels = "image.too_many_pixels";

    /// <summary>A side shorter than <see cref="ImageLimits.MinSide"/>.</summary>
    public const string TooSmall = "image.too_small";

    /// <summary>More than one frame.</summary>
    public const string Animated = "image.animated";

    /// <summary>Four inks instead of three lights: without colour management its colours would come out wrong.</summary>
    public const string Cmyk = "image.cmyk";

    /// <summary>Damaged, cut short, or built so that no honest program would have written it.</summary>
    public const string Unreadable = "image.unreadable";

    /// <summary>A 3D model that is damaged, cut short or empty.</summary>
    public const string ModelUnreadable = "model.unreadable";

    /// <summary>A 3D model in a version or packing that the page cannot show.</summary>
    public const string ModelFormat = "model.format_not_supported";

    /// <summary>A 3D model that names other files or addresses.</summary>
    public const string ModelExternal = "model.external_reference";

    /// <summary>A 3D model of more corners than a phone can turn.</summary>
    public const string ModelTooComplex = "model.too_complex";
}
