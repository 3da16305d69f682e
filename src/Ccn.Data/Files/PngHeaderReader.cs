using System.IO.Compression;

namespace Ccn.Data.Files;

/// <summary>Walks the chunks of a PNG (W3C PNG, third edition, sections 5 and 11).</summary>
internal sealed class PngHeaderReader(HeaderReader reader)
{
    private const int MaxExifBytes = 64 * 1024;

    /// <summary>No deflate stream unpacks to more than this many times its size (zlib technical details, "maximum compression factor").</summary>
    private const long MaxDeflateRatio = 1032;

    private int orientation = 1;
    private byte[]? icc;
    private bool declaredSrgb;
    private bool animated;
    private long pixelBytes;

    public ImageHeader Read()
    {
        reader.Skip(8);
        if (reader.ReadUInt32() != 13 || !reader.Need(4).SequenceEqual("IHDR"u8))
        {
            throw HeaderReader.Damaged("The PNG does not begin with its header.");
        }

        var width = reader.ReadUInt32();
        var height = reader.ReadUInt32();
        var depth = reader.ReadByte();
        var color = reader.ReadByte();
        if (width > int.MaxValue || height > int.MaxValue || !IsKind(color, depth))
        {
            throw HeaderReader.Damaged("The PNG's header is damaged.");
        }

        reader.Skip(3 + 4);   // compression, filter, interlace; checksum
        ReadChunks();

        // A few bytes that claim to be megapixels are refused here: the decoder would fill in what is missing.
        if (pixelBytes == 0 || pixelBytes * MaxDeflateRatio < width * (long)height / 8 * depth * Channels(color))
        {
            throw HeaderReader.Damaged("The PNG does not hold as many pixels as it says.");
        }

        return new(FileType.Png, (int)width, (int)height, animated, Cmyk: false, orientation, declaredSrgb ? default : icc);
    }

    /// <summary>The pairs of table 12.</summary>
    private static bool IsKind(byte color, byte depth) => color switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };

    private static int Channels(byte color) => color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    private void ReadChunks()
    {
        while (true)
        {
            var length = reader.ReadUInt32();
            var type = reader.ReadUInt32();
            if (length > int.MaxValue)
            {
                throw HeaderReader.Damaged("A PNG chunk claims an impossible length.");
            }

            switch (type)
            {
                case 0x49454E44:   // IEND
                    return;
                case 0x49444154:   // IDAT
                    pixelBytes += length;
                    break;
                case 0x6163544C:   // acTL
                    animated = true;
                    break;
                case 0x73524742:   // sRGB: wins over iCCP (section 4.3)
                    declaredSrgb = true;
                    break;
                case 0x65584966 when length <= MaxExifBytes:   // eXIf
                    orientation = ExifOrientation.Read(reader.ReadBytes((int)length));
                    length = 0;
                    break;
                case 0x69434350 when length <= JpegHeaderReader.MaxIccBytes && icc is null:   // iCCP
                    icc = Inflate(reader.ReadBytes((int)length));
                    length = 0;
                    break;
            }

            reader.Skip(length + 4L);
        }
    }

    private static byte[]? Inflate(byte[] chunk)
    {
        var name = Array.IndexOf(chunk, (byte)0);
        if (name < 0 || name + 2 > chunk.Length)
        {
            return null;
        }

        // The profile is compressed, so its size is counted while it grows: a chunk of a few KB can be a bomb.
        using var zlib = new ZLibStream(new MemoryStream(chunk, name + 2, chunk.Length - name - 2), CompressionMode.Decompress);
        using var profile = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = zlib.Read(buffer)) > 0)
            {
                if (profile.Length + read > JpegHeaderReader.MaxIccBytes)
                {
                    return null;
                }

                profile.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return null;   // browsers ignore a damaged profile and show the picture
        }

        return profile.ToArray();
    }
}
