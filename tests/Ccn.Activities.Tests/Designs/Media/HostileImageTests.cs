using System.Diagnostics;
using Ccn.Activities.Designs.Media;
using Ccn.Data.Files;

namespace Ccn.Activities.Tests.Designs.Media;

public sealed class HostileImageTests : IDisposable
{
    private readonly MediaFixture media = new();

    public static TheoryData<string> Formats => Pictures.Formats;

    [Theory, MemberData(nameof(Formats))]
    public async Task A_file_with_changed_bytes_is_processed_or_refused_and_nothing_else(string format)
    {
        // CCN_TEST_MUTATIONS asks for a longer run than every build can afford.
        var rounds = int.Parse(Environment.GetEnvironmentVariable("CCN_TEST_MUTATIONS") ?? "150", System.Globalization.CultureInfo.InvariantCulture);
        var valid = Pictures.Make(format, 48, 40);
        var random = new Random(20261125);
        for (var round = 0; round < rounds; round++)
        {
            var mutated = (byte[])valid.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            await ProcessOrRefuseAsync(mutated, $"{format} round {round}");
        }
    }

    [Fact]
    public async Task Text_that_swells_when_unpacked_is_not_unpacked()
    {
        byte[] bomb = [.. "Comment\0\0"u8, .. Pictures.Deflate(new byte[100_000_000])];
        var png = Pictures.Insert(Pictures.Make("png", 320, 320), 33, Pictures.PngChunk("zTXt", bomb));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = await media.ProcessAsync(png);
        Assert.Equal(2, result.Variants.Count);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 60_000_000);
    }

    [Fact]
    public async Task A_png_whose_pixels_are_damaged_is_refused()
    {
        var png = Pictures.Make("png", 320, 320);
        var data = Pictures.Find(png, "IDAT"u8) + 4;
        png.AsSpan(data + 20, 200).Fill(0xFF);
        Assert.Equal(FileRefusals.Unreadable, (await media.RefusalAsync(png)).Code);
    }

    [Fact]
    public async Task A_png_without_its_pixels_is_refused() =>
        Assert.Equal(FileRefusals.Unreadable, (await media.RefusalAsync(Pictures.EmptyPng(400, 400, pixelBytes: 10))).Code);

    [Fact]
    public async Task A_refused_file_leaves_only_itself()
    {
        await media.RefusalAsync(Pictures.EmptyPng(50_000, 50_000));
        Assert.Equal(1, media.StoredFiles());
    }

    [Theory]
    [InlineData("bomb_jpeg_20000x14000.jpg", FileRefusals.TooManyPixels)]
    [InlineData("bomb_gif_decompression_bomb.gif", FileRefusals.Unreadable)]
    [InlineData("bomb_gif_extents.gif", FileRefusals.Unreadable)]
    [InlineData("bomb_ico_decompression_bomb.ico", FileRefusals.FormatNotSupported)]
    [InlineData("bomb_avif_17000x17000.avif", FileRefusals.FormatNotSupported)]
    [InlineData("bomb_png_text_chunk_dos.png", null)]
    [InlineData("broken_truncated.jpg", FileRefusals.Unreadable)]
    [InlineData("broken_truncated.png", FileRefusals.Unreadable)]
    [InlineData("broken_data_stream.png", FileRefusals.Unreadable)]
    [InlineData("broken_corrupt_header.jpg", FileRefusals.Unreadable)]
    [InlineData("broken_invalid_exif.jpg", null)]
    [InlineData("broken_crash_libtiff.tif", FileRefusals.FormatNotSupported)]
    [InlineData("confusing_looks_like_svg.webp", null)]
    [InlineData("hang_truncated.svgz", FileRefusals.NotAnImage)]
    [InlineData("svg_useDosTest.svg", FileRefusals.FormatNotSupported)]
    [InlineData("glb_empty_file.glb", FileRefusals.Empty)]
    [InlineData("glb_chunk_too_big.glb", FileRefusals.NotAnImage)]
    public async Task Each_known_hostile_file_ends_as_expected(string name, string? code)
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(MediaFixture.RealPictures("hostile"), name));
        if (code is null)
        {
            Assert.NotEmpty((await media.ProcessAsync(file, MediaFixture.AnySize)).Variants);
        }
        else if (file.Length > 0)
        {
            Assert.Equal(code, (await media.RefusalAsync(file, MediaFixture.AnySize)).Code);
        }
        else
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<FileRefusedException>(() => media.SaveAsync(file))).Code);
        }
    }

    [Fact]
    public async Task Every_corrupt_file_of_the_png_suite_is_refused()
    {
        var files = Directory.GetFiles(MediaFixture.RealPictures("hostile"), "pngsuite_*.png");
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            var refusal = await media.RefusalAsync(await File.ReadAllBytesAsync(path), MediaFixture.AnySize);
            Assert.True(refusal.Code is FileRefusals.Unreadable or FileRefusals.NotAnImage, refusal.Code);
        }
    }

    [Fact]
    public async Task Every_real_picture_is_processed_or_refused_for_a_known_reason()
    {
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(MediaFixture.RealPictures("images")))
        {
            try
            {
                var watch = Stopwatch.StartNew();
                var result = await media.ProcessAsync(await File.ReadAllBytesAsync(path));
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{Path.GetFileName(path)}: {result.Width}x{result.Height} {result.PerceptualHash:x16} {result.DominantColor} {watch.ElapsedMilliseconds} ms, {string.Join(' ', result.Variants.Select(v => v.Bytes))} bytes");
            }
            catch (ImageRefusedException e)
            {
                refused[Path.GetFileName(path)] = e.Code;
            }
        }

        Assert.Equal(
            string.Join(
                ' ',
                "animated_colors.avif=image.format_not_supported", "animated_rotating_squares.webp=image.animated", "photo_concert_gray.jpg=image.too_small",
                "photo_paris.avif=image.format_not_supported", "photo_seine_hdr_10bit.avif=image.format_not_supported",
                "portrait_exif6.webp=image.too_small", "sample_cmyk_adobe_noicc.jpg=image.cmyk"),
            string.Join(' ', refused.Select(r => $"{r.Key}={r.Value}")));
    }

    [Fact]
    public async Task The_eight_real_orientations_are_one_picture()
    {
        var hashes = new List<long>();
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var result = await media.ProcessAsync(await File.ReadAllBytesAsync(
                Path.Combine(MediaFixture.RealPictures("images"), $"exif_orientation_landscape_{orientation}.jpg")));
            Assert.Equal((1800, 1200), (result.Width, result.Height));
            hashes.Add(result.PerceptualHash);
        }

        Assert.All(hashes, h => Assert.InRange(PerceptualHash.Distance(hashes[0], h), 0, 6));
    }

    public void Dispose() => media.Dispose();

    private async Task ProcessOrRefuseAsync(byte[] file, string what)
    {
        try
        {
            await media.ProcessAsync(file, MediaFixture.AnySize with { MaxPixels = 4_000_000 });
        }
        catch (ImageRefusedException)
        {
            // An answer like any other: the point is that there is one.
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }
}
