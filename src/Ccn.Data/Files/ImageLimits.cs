namespace Ccn.Data.Files;

/// <summary>What a picture may be. The check at upload and the decoder share one set, so what is accepted can be processed.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits of the product.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Longest file, in bytes: 50 MiB.</summary>
    public long MaxBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Most pixels: 100 million, a medium-format camera. At four bytes each that is 400 MB decoded.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Longest side in pixels: 16,383, the most a WebP can hold (RFC 9649, section 2.5), so each variant fits.</summary>
    public int MaxSide { get; init; } = 16_383;

    /// <summary>Shortest side in pixels. Below it a design cannot be judged on a card.</summary>
    public int MinSide { get; init; } = 300;

    /// <summary>
    /// Most scans in a JPEG. Each scan is a pass over all pixels, so a small file of very many scans keeps a decoder busy for
    /// minutes; encoders write about ten (libjpeg-turbo's advisory on progressive images, "Two Issues with the JPEG Standard").
    /// </summary>
    public int MaxJpegScans { get; init; } = 100;
}
