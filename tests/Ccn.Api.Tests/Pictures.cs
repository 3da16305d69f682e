using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Ccn.Testing;

namespace Ccn.Api.Tests;

/// <summary>PNG files made chunk by chunk: black, one bit for a pixel, so that very many pixels fit into a small file.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 1;   // bits for a pixel; colour type 0 is grey
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", Pixels(width, height));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A triangle as binary glTF.</summary>
    /// <param name="uri">Where its buffer is; null for none.</param>
    public static byte[] Glb(string? uri = null)
    {
        const string Scene = """{"asset":{"version":"2.0"},"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"count":3}],"buffers":[{"byteLength":36,"uri":"data:"}]}""";
        return GlbFile.Of(uri is null ? Scene : Scene.Replace("data:", uri, StringComparison.Ordinal));
    }

    private static byte[] Pixels(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + ((width + 7) / 8)];
            for (var y = 0; y < height; y++) { zlib.Write(row); }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(checkedPart));
        file.Write(number);
    }
}
