using System.Buffers.Binary;
using System.IO.Compression;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace Ccn.Activities.Tests.Designs.Media;

/// <summary>Pictures made here, and the surgery that turns them into hostile ones.</summary>
internal static class Pictures
{
    /// <summary>Real artwork (see NOTICE beside it): PNG, 2048 × 1536.</summary>
    public static byte[] Artwork { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "art_sway_wallpaper_2048.png"));

    public static JpegEncoder Jpeg { get; } = new() { Quality = 95 };

    public static PngEncoder Png { get; } = new();

    public static WebpEncoder WebP { get; } = new() { FileFormat = WebpFileFormatType.Lossy };

    public static WebpEncoder LosslessWebP { get; } = new() { FileFormat = WebpFileFormatType.Lossless };

    public static GifEncoder Gif { get; } = new();

    public static TheoryData<string> Formats => ["jpeg", "png", "webp", "webp-lossless", "gif"];

    /// <summary>A picture in which no two corners look alike, so that any wrong turn shows.</summary>
    public static Image<Rgba32> Draw(int width, int height)
    {
        var image = new Image<Rgba32>(width, height);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < height; y++)
            {
                var row = rows.GetRowSpan(y);
                for (var x = 0; x < width; x++)
                {
                    var (u, v) = ((double)x / width, (double)y / height);
                    var disc = Math.Pow(u - 0.3, 2) + Math.Pow(v - 0.25, 2) < 0.02;
                    var bar = u > 0.6 && v > 0.55 && v < 0.7;
                    row[x] = disc ? new(230, 40, 30) : bar ? new(250, 240, 40) : new((byte)(40 + (60 * u)), (byte)(60 + (120 * v)), (byte)(140 - (80 * u * v)));
                }
            }
        });
        return image;
    }

    public static byte[] Encode(Image image, IImageEncoder encoder)
    {
        using var stream = new MemoryStream();
        image.Save(stream, encoder);
        return stream.ToArray();
    }

    public static byte[] Make(string format, int width, int height)
    {
        using var image = Draw(width, height);
        return Encode(image, format switch { "jpeg" => Jpeg, "png" => Png, "webp" => WebP, "webp-lossless" => LosslessWebP, _ => Gif });
    }

    public static void Tag(Image image, ushort orientation)
    {
        image.Metadata.ExifProfile ??= new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, orientation);
    }

    /// <summary>The first place of some bytes.</summary>
    public static int Find(byte[] file, ReadOnlySpan<byte> bytes)
    {
        var at = file.AsSpan().IndexOf(bytes);
        Assert.True(at >= 0, "The test's own file is not what it expects.");
        return at;
    }

    public static byte[] Insert(byte[] file, int at, byte[] bytes) => [.. file[..at], .. bytes, .. file[at..]];

    public static byte[] JpegSegment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    public static byte[] PngChunk(string type, byte[] content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        System.Text.Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>A PNG of one bit a pixel without a picture, but of the length a flat one would have at the best compression.</summary>
    public static byte[] EmptyPng(int width, int height, int? pixelBytes = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. PngChunk("IHDR", header), .. PngChunk("IDAT", new byte[pixelBytes ?? (int)(((long)width * height / 8 / 1032) + 1)]), .. PngChunk("IEND", [])];
    }

    public static byte[] Deflate(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal))
        {
            zlib.Write(content);
        }

        return stream.ToArray();
    }

    /// <summary>An RGB matrix profile with the primaries of Adobe RGB (1998), gamma 2.2, and a private tag of any content.</summary>
    public static byte[] AdobeLikeProfile(byte[] privateContent)
    {
        static byte[] Xyz(double x, double y, double z)
        {
            var tag = new byte[20];
            "XYZ "u8.CopyTo(tag);
            foreach (var (i, value) in new[] { x, y, z }.Index())
            {
                BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(8 + (4 * i)), (int)(value * 65536));
            }

            return tag;
        }

        byte[] gamma = [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0x02, 0x33, 0, 0];
        (string Name, byte[] Content)[] tags =
        [
            ("wtpt", Xyz(0.9505, 1, 1.0891)), ("rXYZ", Xyz(0.60974, 0.31111, 0.01947)), ("gXYZ", Xyz(0.20528, 0.62567, 0.06087)),
            ("bXYZ", Xyz(0.14919, 0.06322, 0.74457)), ("rTRC", gamma), ("gTRC", gamma), ("bTRC", gamma), ("priv", privateContent),
        ];
        var profile = new byte[132 + (12 * tags.Length) + tags.Sum(t => t.Content.Length)];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        profile[8] = 2;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), tags.Length);
        var offset = 132 + (12 * tags.Length);
        foreach (var (i, (name, content)) in tags.Index())
        {
            System.Text.Encoding.ASCII.GetBytes(name, profile.AsSpan(132 + (12 * i)));
            BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(136 + (12 * i)), offset);
            BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(140 + (12 * i)), content.Length);
            content.CopyTo(profile, offset);
            offset += content.Length;
        }

        return profile;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
