using Ccn.Data.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Ccn.Activities.Designs.Media;

/// <summary>
/// Makes the sizes, the perceptual hash and the dominant colour of an original. The original stays as it was sent; a variant
/// holds pixels and, where its colours need one, a rebuilt colour profile: no location, no camera, no hidden second picture.
/// The same original gives the same object keys, so a repeated activity changes nothing.
/// </summary>
/// <param name="files">Holds the originals and gets the variants.</param>
/// <param name="limits">What a picture may be; the same set as at upload.</param>
internal sealed class ImagePipeline(FileStore files, ImageLimits limits)
{
    private const long LargePixels = 25_000_000;
    private const long MaxVariantBytes = 32L * 1024 * 1024;

    private static readonly int[] Widths = [1600, 800, 400, 200];

    // Measured on a photograph of 12 megapixels, CPU time and bytes of its four sizes together: WebP 75 with effort 1 170 ms and
    // 308 KB; JPEG 80, as good by PSNR, 50 ms and 438 KB. Effort 2 is slower and larger than 1, effort 3 saves another 18 % for
    // five times the time, effort 4 (the default) no more than 3 for seven times.
    private static readonly WebpEncoder Encoder = new()
    {
        FileFormat = WebpFileFormatType.Lossy,
        Quality = 75,
        Method = WebpEncodingMethod.Level1,
    };

    // Two pictures of 100 megapixels at once could need two gigabytes; ordinary ones do not wait here.
    private static readonly SemaphoreSlim LargePictures = new(1);

    /// <summary>Processes one original of the store.</summary>
    /// <exception cref="ImageRefusedException">The file is not a picture that is accepted; final.</exception>
    /// <exception cref="FileNotFoundException">The store has no such file.</exception>
    public async Task<ImageResult> ProcessAsync(string objectKey, CancellationToken cancel)
    {
        await using var original = files.OpenRead(objectKey);
        var header = ImageInspector.Inspect(original, claimedContentType: null, fileName: null, limits);
        if (header.Pixels <= LargePixels)
        {
            return await ProcessAsync(original, header, cancel);
        }

        await LargePictures.WaitAsync(cancel);
        try
        {
            return await ProcessAsync(original, header, cancel);
        }
        finally
        {
            LargePictures.Release();
        }
    }

    // A JPEG has no alpha: three bytes a pixel save a quarter of the memory and the multiplication by alpha in each resize.
    private Task<ImageResult> ProcessAsync(Stream original, ImageHeader header, CancellationToken cancel) =>
        header.Type is FileType.Jpeg
            ? ProcessAsync<Rgb24>(original, header, cancel)
            : ProcessAsync<Rgba32>(original, header, cancel);

    private async Task<ImageResult> ProcessAsync<TPixel>(Stream original, ImageHeader header, CancellationToken cancel)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = await ImageDecoding.DecodeAsync<TPixel>(original, header, cancel);
        var turned = header.Orientation >= 5;
        var (width, height) = turned ? (header.Height, header.Width) : (header.Width, header.Height);
        var profile = ColorProfile.ForVariants(header.IccProfile.Span);

        var variants = new List<ImageVariant>(Widths.Length);
        foreach (var size in SizesOf(width, height))
        {
            // Each size comes from the one before. The first is turned after it has shrunk, which moves far fewer pixels.
            var first = variants.Count == 0;
            Shrink(image, first && turned ? new(size.Height, size.Width) : size);
            if (first)
            {
                Orient(image, header.Orientation);
            }

            variants.Add(await SaveAsync(image, profile, cancel));
        }

        var thumbnail = OpaquePixels.Of(image);
        return new(width, height, variants, PerceptualHash.Compute(thumbnail), DominantColor.Of(thumbnail));
    }

    private static IEnumerable<Size> SizesOf(int width, int height) =>
        Widths.Select(w => Math.Min(w, width)).Distinct()
            .Select(w => new Size(w, Math.Max(1, (int)Math.Round((double)height * w / width, MidpointRounding.AwayFromZero))));

    private static void Shrink(Image image, Size size)
    {
        if (image.Size() != size)
        {
            image.Mutate(x => x.Resize(new ResizeOptions { Size = size, Mode = ResizeMode.Stretch, Sampler = KnownResamplers.Bicubic }));
        }
    }

    private static void Orient(Image image, int orientation)
    {
        if (orientation == 1)
        {
            return;
        }

        // The library turns by the EXIF tag, which was read without it: the tag is lent for the call and taken away again.
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.Mutate(x => x.AutoOrient());
        image.Metadata.ExifProfile = null;
    }

    private async Task<ImageVariant> SaveAsync<TPixel>(Image<TPixel> image, byte[]? profile, CancellationToken cancel)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var encoded = new MemoryStream();
        await image.SaveAsync(encoded, Encoder, cancel);
        var webp = encoded.ToArray();
        if (profile is not null)
        {
            webp = WebpContainer.WithProfile(webp, image.Width, image.Height, profile);
        }

        var stored = await files.SaveAsync(new MemoryStream(webp), "image/webp", MaxVariantBytes, cancel);
        return new(image.Width, image.Height, stored.ObjectKey, stored.Bytes);
    }
}
