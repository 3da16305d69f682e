using Ccn.Data.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace Ccn.Activities.Designs.Media;

/// <summary>
/// Decodes an inspected file. The decoder is chosen by the header, never guessed again; metadata is not parsed at all, so the
/// compressed text of a PNG or the offsets of an EXIF block never reach the library, and nothing of them can reach a variant.
/// </summary>
internal static class ImageDecoding
{
    private static readonly Configuration Decoders = new(
        new JpegConfigurationModule(), new PngConfigurationModule(), new WebpConfigurationModule(), new GifConfigurationModule())
    {
        MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions
        {
            AllocationLimitMegabytes = 512,   // the largest buffer of the largest picture: 100 megapixels of four bytes, and some
            MaximumPoolSizeMegabytes = 128,   // kept for the next picture; what large ones need above it goes back to the system
        }),
    };

    /// <summary>Decodes the pixels as they are stored, without orientation.</summary>
    /// <exception cref="ImageRefusedException"><see cref="FileRefusals.Unreadable"/>.</exception>
    public static async Task<Image<TPixel>> DecodeAsync<TPixel>(Stream file, ImageHeader header, CancellationToken cancel)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        file.Position = 0;
        Image<TPixel> image;
        try
        {
            image = await Image.LoadAsync<TPixel>(Decoders, file, DecoderOf(header.Type), cancel);
        }
        catch (Exception e) when (IsFaultOfTheFile(e))
        {
            throw new ImageRefusedException(FileRefusals.Unreadable, "The picture is damaged and cannot be opened.", e);
        }

        if (image.Width == header.Width && image.Height == header.Height && image.Frames.Count == 1)
        {
            return image;
        }

        image.Dispose();
        throw new ImageRefusedException(FileRefusals.Unreadable, "The picture's size is not what its header says.");
    }

    private static IImageDecoder DecoderOf(FileType type) => type switch
    {
        FileType.Jpeg => new JpegDecoder { IgnoreMetadata = true },
        FileType.Png => new PngDecoder { IgnoreMetadata = true },
        FileType.WebP => new WebpDecoder { IgnoreMetadata = true },
        FileType.Gif => new GifDecoder { IgnoreMetadata = true, DecodingMode = FrameDecodingMode.First },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a decoded format."),
    };

    /// <summary>
    /// A decoder fed with broken bytes throws whatever it stumbles over (index, overflow, division), not only the library's own
    /// types. Those are the file's fault and final. A disk that cannot be read and a machine out of memory are not.
    /// </summary>
    private static bool IsFaultOfTheFile(Exception e) => e switch
    {
        OperationCanceledException or OutOfMemoryException or ObjectDisposedException => false,
        EndOfStreamException => true,
        IOException or UnauthorizedAccessException => false,
        _ => true,
    };
}
