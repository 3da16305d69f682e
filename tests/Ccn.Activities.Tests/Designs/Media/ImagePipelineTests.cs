using Ccn.Activities.Designs.Media;
using Ccn.Data.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Ccn.Activities.Tests.Designs.Media;

public sealed class ImagePipelineTests : IDisposable
{
    private readonly MediaFixture media = new();

    public static TheoryData<string> Formats => Pictures.Formats;

    [Fact]
    public async Task Artwork_gets_four_sizes_and_stays_as_it_was_sent()
    {
        var result = await media.ProcessAsync(Pictures.Artwork);
        Assert.Equal((2048, 1536), (result.Width, result.Height));
        Assert.Equal([(1600, 1200), (800, 600), (400, 300), (200, 150)], result.Variants.Select(v => (v.Width, v.Height)));
        foreach (var variant in result.Variants)
        {
            using var opened = media.Open(variant);
            Assert.Equal((variant.Width, variant.Height), (opened.Width, opened.Height));
            Assert.Equal(variant.Bytes, media.Read(variant.ObjectKey).Length);
        }

        var original = await media.SaveAsync(Pictures.Artwork);
        Assert.Equal(Pictures.Artwork, media.Read(original.ObjectKey));
        Assert.Matches("^#[0-9a-f]{6}$", result.DominantColor);
    }

    [Fact]
    public async Task The_same_original_gives_the_same_files_again()
    {
        var first = await media.ProcessAsync(Pictures.Artwork);
        var files = media.StoredFiles();
        var second = await media.ProcessAsync(Pictures.Artwork);
        Assert.Equal(first.Variants, second.Variants);
        Assert.Equal((first.PerceptualHash, first.DominantColor), (second.PerceptualHash, second.DominantColor));
        Assert.Equal(files, media.StoredFiles());
    }

    [Theory]
    [InlineData(1000, 1000, 800, 400, 200)]
    [InlineData(800, 800, 400, 200)]
    [InlineData(320, 320, 200)]
    public async Task No_size_is_larger_than_the_original(int width, params int[] widths)
    {
        var result = await media.ProcessAsync(Pictures.Make("png", width, 420));
        Assert.Equal(widths, result.Variants.Select(v => v.Width));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_format_comes_out_looking_the_same(string format)
    {
        var result = await media.ProcessAsync(Pictures.Make(format, 640, 420));
        using var reference = Pictures.Draw(640, 420);
        using var variant = media.Open(result.Variants[0]);
        Assert.InRange(Difference(reference, variant), 0, format == "gif" ? 6 : 3);   // a GIF has 256 colours
        var png = await media.ProcessAsync(Pictures.Make("png", 640, 420));
        Assert.InRange(PerceptualHash.Distance(png.PerceptualHash, result.PerceptualHash), 0, 2);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Each_orientation_is_shown_upright(int orientation)
    {
        using var upright = Pictures.Draw(640, 420);
        using var stored = upright.Clone(x => Undo(x, orientation));
        Pictures.Tag(stored, (ushort)orientation);
        var expected = await media.ProcessAsync(Pictures.Encode(upright, Pictures.Png));
        foreach (var encoder in new SixLabors.ImageSharp.Formats.IImageEncoder[] { Pictures.Png, Pictures.Jpeg, Pictures.WebP })
        {
            var result = await media.ProcessAsync(Pictures.Encode(stored, encoder));
            Assert.Equal((640, 420), (result.Width, result.Height));
            Assert.InRange(PerceptualHash.Distance(expected.PerceptualHash, result.PerceptualHash), 0, 2);
            using var variant = media.Open(result.Variants[0]);
            Assert.InRange(Difference(upright, variant), 0, 3);
            Assert.Null(variant.Metadata.ExifProfile);
        }
    }

    [Fact]
    public async Task Sixteen_bits_a_channel_become_eight()
    {
        using var image = Pictures.Draw(640, 420).CloneAs<Rgba64>();
        var file = Pictures.Encode(image, new SixLabors.ImageSharp.Formats.Png.PngEncoder { BitDepth = SixLabors.ImageSharp.Formats.Png.PngBitDepth.Bit16 });
        using var variant = media.Open((await media.ProcessAsync(file)).Variants[0]);
        using var reference = Pictures.Draw(640, 420);
        Assert.InRange(Difference(reference, variant), 0, 3);
    }

    [Fact]
    public async Task Transparent_art_stays_transparent_and_is_judged_on_white()
    {
        using var image = new Image<Rgba32>(400, 400, new Rgba32(0, 0, 0, 0));
        image.ProcessPixelRows(rows =>
        {
            for (var y = 100; y < 200; y++)
            {
                rows.GetRowSpan(y)[100..200].Fill(new(200, 0, 0));
            }
        });
        var result = await media.ProcessAsync(Pictures.Encode(image, Pictures.Png));
        using var variant = media.Open(result.Variants[0]);
        Assert.Equal(0, variant[10, 10].A);
        Assert.Equal(255, variant[150, 150].A);
        Assert.Matches("^#f[d-f]f[d-f]f[d-f]$", result.DominantColor);
    }

    [Fact]
    public async Task A_plain_colour_is_found_and_has_no_features()
    {
        using var image = new Image<Rgba32>(400, 400, new Rgba32(0x20, 0x80, 0xC0));
        var result = await media.ProcessAsync(Pictures.Encode(image, Pictures.Png));
        Assert.Equal("#2080c0", result.DominantColor);
        Assert.Equal(0, result.PerceptualHash);
    }

    [Fact]
    public async Task Copies_hash_alike_and_other_pictures_do_not()
    {
        var original = await media.ProcessAsync(Pictures.Artwork);
        using var image = Image.Load<Rgba32>(Pictures.Artwork);
        using var copy = image.Clone(x => x.Resize(700, 525).Brightness(1.06f));
        var scaled = await media.ProcessAsync(Pictures.Encode(copy, new SixLabors.ImageSharp.Formats.Jpeg.JpegEncoder { Quality = 60 }));
        Assert.InRange(PerceptualHash.Distance(original.PerceptualHash, scaled.PerceptualHash), 0, 8);
        var other = await media.ProcessAsync(Pictures.Make("png", 700, 525));
        Assert.InRange(PerceptualHash.Distance(original.PerceptualHash, other.PerceptualHash), 16, 64);
    }

    [Fact]
    public async Task Location_and_camera_do_not_reach_a_variant()
    {
        using var image = Pictures.Draw(640, 420);
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.GPSLatitude, [new Rational(50), new Rational(18), new Rational(12)]);
        image.Metadata.ExifProfile.SetValue(ExifTag.Make, "MARKER-CAMERA");
        foreach (var encoder in new SixLabors.ImageSharp.Formats.IImageEncoder[] { Pictures.Jpeg, Pictures.Png, Pictures.WebP })
        {
            var original = Pictures.Encode(image, encoder);
            Assert.True(Contains(original, "MARKER-CAMERA"u8));
            await AssertCleanAsync(await media.ProcessAsync(original), "MARKER-CAMERA");
        }
    }

    [Fact]
    public async Task Bytes_smuggled_in_a_picture_do_not_reach_a_variant()
    {
        var script = "<html><script>MARKER</script>"u8.ToArray();
        var profile = Pictures.AdobeLikeProfile(script);
        var jpeg = Pictures.Insert(Pictures.Make("jpeg", 640, 420), 2,
            [.. Pictures.JpegSegment(0xFE, script), .. Pictures.JpegSegment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile])]);
        var png = Pictures.Insert(Pictures.Make("png", 640, 420), 33,
            [.. Pictures.PngChunk("iCCP", [.. "MARKER\0\0"u8, .. Pictures.Deflate(profile)]), .. Pictures.PngChunk("tEXt", [.. "Comment\0"u8, .. script])]);
        foreach (var file in new[] { jpeg, png, Pictures.Make("gif", 640, 420) })
        {
            byte[] polyglot = [.. file, .. script, .. "PK\u0003\u0004MARKER"u8];
            await AssertCleanAsync(await media.ProcessAsync(polyglot), "MARKER", "<script", "PK\u0003\u0004");
        }
    }

    [Fact]
    public async Task Colours_outside_srgb_keep_a_profile_rebuilt_from_its_numbers()
    {
        var profile = Pictures.AdobeLikeProfile("private"u8.ToArray());
        var jpeg = Pictures.Insert(Pictures.Make("jpeg", 640, 420), 2, Pictures.JpegSegment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]));
        var result = await media.ProcessAsync(jpeg);
        Assert.All(result.Variants, v =>
        {
            var webp = media.Read(v.ObjectKey);
            Assert.Equal((v.Width, v.Height), Size(webp));
            using var opened = Image.Load<Rgba32>(webp);
            var kept = opened.Metadata.IccProfile;
            Assert.True(kept.CheckIsValid());
            Assert.Equal(9, kept.Entries.Length);   // description, copyright, white, three primaries, three curves
        });

        var plain = await media.ProcessAsync(Pictures.Make("jpeg", 640, 420));
        Assert.Equal(plain.PerceptualHash, result.PerceptualHash);
        using var untagged = media.Open(plain.Variants[0]);
        Assert.Null(untagged.Metadata.IccProfile);
    }

    [Fact]
    public async Task A_tall_picture_keeps_its_shape()
    {
        var result = await media.ProcessAsync(Pictures.Make("png", 300, 3000));
        Assert.Equal([(300, 3000), (200, 2000)], result.Variants.Select(v => (v.Width, v.Height)));
    }

    [Fact]
    public async Task An_original_that_is_not_there_is_no_refusal() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() =>
            new ImagePipeline(media.Files, ImageLimits.Default).ProcessAsync(new string('0', 64), CancellationToken.None));

    [Fact]
    public async Task Cancellation_is_no_refusal()
    {
        var stored = await media.SaveAsync(Pictures.Make("jpeg", 640, 420));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ImagePipeline(media.Files, ImageLimits.Default).ProcessAsync(stored.ObjectKey, new CancellationToken(canceled: true)));
    }

    public void Dispose() => media.Dispose();

    private static void Undo(IImageProcessingContext x, int orientation) => _ = orientation switch
    {
        2 => x.Flip(FlipMode.Horizontal),
        3 => x.Rotate(RotateMode.Rotate180),
        4 => x.Flip(FlipMode.Vertical),
        5 => x.Rotate(RotateMode.Rotate90).Flip(FlipMode.Horizontal),    // transposing twice does nothing
        6 => x.Rotate(RotateMode.Rotate270),
        7 => x.Rotate(RotateMode.Rotate270).Flip(FlipMode.Horizontal),   // so does transposing over the other diagonal
        8 => x.Rotate(RotateMode.Rotate90),
        _ => x,
    };

    private static double Difference(Image<Rgba32> expected, Image<Rgba32> actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        double sum = 0;
        for (var y = 0; y < expected.Height; y++)
        {
            for (var x = 0; x < expected.Width; x++)
            {
                var (a, b) = (expected[x, y], actual[x, y]);
                sum += Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B);
            }
        }

        return sum / (3.0 * expected.Width * expected.Height);
    }

    private async Task AssertCleanAsync(ImageResult result, params string[] markers)
    {
        foreach (var variant in result.Variants)
        {
            var webp = media.Read(variant.ObjectKey);
            Assert.All(markers, m => Assert.False(Contains(webp, System.Text.Encoding.Latin1.GetBytes(m)), m));
            Assert.False(Contains(webp, "EXIF"u8) || Contains(webp, "XMP "u8));
            using var opened = await Image.LoadAsync(new MemoryStream(webp));
            Assert.Null(opened.Metadata.ExifProfile);
            Assert.Null(opened.Metadata.XmpProfile);
        }
    }

    private static (int, int) Size(byte[] webp)
    {
        using var stream = new MemoryStream(webp);
        var header = ImageHeader.Read(stream, 1);
        return (header.Width, header.Height);
    }

    private static bool Contains(byte[] file, ReadOnlySpan<byte> bytes) => file.AsSpan().IndexOf(bytes) >= 0;
}
