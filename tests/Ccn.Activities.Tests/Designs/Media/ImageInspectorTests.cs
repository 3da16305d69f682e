using System.Text;
using Ccn.Data.Files;
using SixLabors.ImageSharp;

namespace Ccn.Activities.Tests.Designs.Media;

public sealed class ImageInspectorTests
{
    public static TheoryData<string> Formats => Pictures.Formats;

    [Theory, MemberData(nameof(Formats))]
    public void The_header_is_read_as_the_decoder_reads_it(string format)
    {
        var file = Pictures.Make(format, 640, 417);
        var header = Inspect(file);
        var decoder = Image.Identify(file);
        Assert.Equal((640, 417), (header.Width, header.Height));
        Assert.Equal((decoder.Width, decoder.Height), (header.Width, header.Height));
        Assert.StartsWith(header.Type.ToString(), format, StringComparison.OrdinalIgnoreCase);
        Assert.False(header.Animated || header.Cmyk);
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_file_cut_anywhere_is_refused_as_unreadable_or_no_picture(string format)
    {
        var file = Pictures.Make(format, 320, 310);
        // A GIF without its last byte lacks only the trailer, yet the trailer is what says that it is whole.
        for (var length = 1; length < file.Length; length += Math.Max(1, file.Length / 400))
        {
            var refusal = Assert.Throws<ImageRefusedException>(() => Inspect(file[..length]));
            Assert.True(refusal.Code is FileRefusals.Unreadable or FileRefusals.NotAnImage, refusal.Code);
        }
    }

    [Theory]
    [InlineData("%PDF-1.7\n", FileRefusals.NotAnImage, "PDF")]
    [InlineData("PK\u0003\u0004....", FileRefusals.NotAnImage, "ZIP")]
    [InlineData("<!DOCTYPE html><html>", FileRefusals.NotAnImage, "HTML")]
    [InlineData("  <?xml version='1.0'?><svg xmlns='x'>", FileRefusals.FormatNotSupported, "SVG")]
    [InlineData("\0\0\0\u001cftypavif\0\0\0\0", FileRefusals.FormatNotSupported, "AVIF")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", FileRefusals.FormatNotSupported, "HEIC")]
    [InlineData("BM0000000000000000", FileRefusals.FormatNotSupported, "BMP")]
    [InlineData("II*\0....", FileRefusals.FormatNotSupported, "TIFF")]
    [InlineData("\0\0\u0001\0\u0001\0", FileRefusals.FormatNotSupported, "Icon")]
    [InlineData("just words", FileRefusals.NotAnImage, "not a picture")]
    [InlineData("", FileRefusals.Empty, "empty")]
    public void What_is_no_accepted_picture_is_named(string content, string code, string named)
    {
        var refusal = Assert.Throws<ImageRefusedException>(() => Inspect(Encoding.Latin1.GetBytes(content)));
        Assert.Equal(code, refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/jpeg", "chair.jpg", true)]
    [InlineData("image/jpg; charset=binary", "CHAIR.JPEG", true)]
    [InlineData(null, null, true)]
    [InlineData("application/octet-stream", "chair", true)]
    [InlineData("image/png", "chair.jpg", false)]
    [InlineData("image/jpeg", "chair.png", false)]
    [InlineData("image/jpeg", "chair.jpg.exe", false)]
    [InlineData("text/html", null, false)]
    public void Content_must_be_what_its_media_type_and_name_claim(string? media, string? name, bool accepted)
    {
        var file = Pictures.Make("jpeg", 320, 320);
        var refusal = Record.Exception(() => ImageInspector.Inspect(new MemoryStream(file), media, name, ImageLimits.Default));
        Assert.Equal(accepted ? null : FileRefusals.TypeMismatch, (refusal as ImageRefusedException)?.Code);
    }

    [Fact]
    public void Pictures_of_too_many_pixels_are_refused_by_their_header()
    {
        var jpeg = Pictures.Make("jpeg", 320, 320);
        var frame = Pictures.Find(jpeg, [0xFF, 0xC0]);
        new byte[] { 14000 >> 8, 14000 & 0xFF, 20000 >> 8, 20000 & 0xFF }.CopyTo(jpeg, frame + 5);
        Assert.Equal(FileRefusals.TooManyPixels, Refusal(jpeg).Code);
        Assert.Equal(FileRefusals.TooManyPixels, Refusal(Pictures.EmptyPng(50_000, 50_000)).Code);
        Assert.Equal(FileRefusals.TooManyPixels, Refusal(Pictures.EmptyPng(16_384, 400)).Code);
        Assert.Equal(FileRefusals.TooManyPixels, Refusal(Pictures.EmptyPng(10_001, 10_000)).Code);
        Assert.Equal(10_000, Inspect(Pictures.EmptyPng(10_000, 10_000)).Width);
        Assert.Equal(FileRefusals.Unreadable, Refusal(Pictures.EmptyPng(10_000, 10_000, pixelBytes: 1000)).Code);   // could not unpack to so many
    }

    [Fact]
    public void A_picture_too_small_for_a_card_is_refused()
    {
        Assert.Equal(FileRefusals.TooSmall, Refusal(Pictures.Make("png", 299, 600)).Code);
        Assert.Equal(300, Inspect(Pictures.Make("png", 300, 600)).Width);
    }

    [Fact]
    public void A_file_of_too_many_bytes_is_refused_unread() =>
        Assert.Equal(FileRefusals.TooLarge, Refusal(Pictures.Make("png", 300, 300), ImageLimits.Default with { MaxBytes = 100 }).Code);

    [Fact]
    public void Animations_are_refused_in_every_format()
    {
        using var image = Pictures.Draw(320, 320);
        image.Frames.AddFrame(image.Frames.RootFrame);
        Assert.Equal(FileRefusals.Animated, Refusal(Pictures.Encode(image, Pictures.Gif)).Code);

        var png = Pictures.Make("png", 320, 320);
        Assert.Equal(FileRefusals.Animated, Refusal(Pictures.Insert(png, 33, Pictures.PngChunk("acTL", new byte[8]))).Code);

        byte[] webp = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, 0x3F, 1, 0, 0x3F, 1, 0];
        Assert.Equal(FileRefusals.Animated, Refusal(webp).Code);
    }

    [Fact]
    public void Print_colours_are_refused()
    {
        var jpeg = Pictures.Make("jpeg", 320, 320);
        jpeg[Pictures.Find(jpeg, [0xFF, 0xC0]) + 9] = 4;
        Assert.Equal(FileRefusals.Cmyk, Refusal(jpeg).Code);
    }

    [Fact]
    public void A_canvas_or_screen_smaller_than_its_frame_is_refused()
    {
        var still = Pictures.Make("webp", 320, 320);
        var pixels = still[12..];
        byte[] webp = [.. "RIFF"u8, .. BitConverter.GetBytes(22 + pixels.Length), .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x2B, 1, 0, 0x2B, 1, 0, .. pixels];
        Assert.Equal(FileRefusals.Unreadable, Refusal(webp).Code);

        var gif = Pictures.Make("gif", 320, 320);
        gif[6] = gif[8] = 0x2C;   // the screen becomes 300 × 300
        Assert.Equal(FileRefusals.Unreadable, Refusal(gif).Code);
    }

    [Fact]
    public void A_jpeg_of_very_many_scans_is_refused()
    {
        var jpeg = Pictures.Make("jpeg", 320, 320);
        var scan = jpeg[Pictures.Find(jpeg, [0xFF, 0xDA])..^2];
        Assert.Equal(FileRefusals.Unreadable, Refusal(Pictures.Insert(jpeg, jpeg.Length - 2, [.. Enumerable.Repeat(scan, 100).SelectMany(s => s)])).Code);
    }

    [Fact]
    public void A_profile_that_swells_when_unpacked_is_ignored()
    {
        byte[] bomb = [.. "x\0\0"u8, .. Pictures.Deflate(new byte[50_000_000])];
        var png = Pictures.Insert(Pictures.Make("png", 320, 320), 33, Pictures.PngChunk("iCCP", bomb));
        Assert.True(Inspect(png).IccProfile.IsEmpty);
    }

    [Fact]
    public void Every_real_picture_is_read_as_the_decoder_reads_it()
    {
        var compared = 0;
        foreach (var path in Directory.GetFiles(MediaFixture.RealPictures("images")).Concat(Directory.GetFiles(MediaFixture.RealPictures("hostile"))))
        {
            var file = File.ReadAllBytes(path);
            if (Record.Exception(() => Image.Identify(file)) is not null || Image.Identify(file) is not { } decoder)
            {
                continue;
            }

            try
            {
                using var stream = new MemoryStream(file);
                var header = ImageHeader.Read(stream, maxJpegScans: 100);
                Assert.True((decoder.Width, decoder.Height) == (header.Width, header.Height), path);
                // The decoder does not find the tag of this WebP, whose name says what it is.
                var orientation = path.EndsWith("portrait_exif6.webp", StringComparison.Ordinal) ? 6 : decoder.Metadata.ExifProfile?.GetValue(SixLabors.ImageSharp.Metadata.Profiles.Exif.ExifTag.Orientation)?.Value ?? 1;
                Assert.True(orientation == header.Orientation, $"{path}: {orientation} and {header.Orientation}");
                if (header.Type is FileType.Jpeg or FileType.WebP)
                {
                    Assert.Equal(decoder.Metadata.IccProfile?.ToByteArray() ?? [], header.IccProfile.ToArray());
                }

                compared++;
            }
            catch (ImageRefusedException)
            {
                // Stricter than the decoder, which opens damaged files and other formats. What is refused is listed elsewhere.
            }
        }

        Assert.True(compared >= 28, $"Only {compared} pictures were compared.");
    }

    private static ImageHeader Inspect(byte[] file, ImageLimits? limits = null) =>
        ImageInspector.Inspect(new MemoryStream(file), claimedContentType: null, fileName: null, limits ?? ImageLimits.Default);

    private static ImageRefusedException Refusal(byte[] file, ImageLimits? limits = null) =>
        Assert.Throws<ImageRefusedException>(() => Inspect(file, limits));
}
