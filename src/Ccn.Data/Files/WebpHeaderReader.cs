namespace Ccn.Data.Files;

/// <summary>Walks the RIFF chunks of a WebP (RFC 9649, sections 2.3 to 2.7).</summary>
internal sealed class WebpHeaderReader(HeaderReader reader)
{
    private const int MaxExifBytes = 1024 * 1024;

    private int orientation = 1;
    private byte[]? icc;
    private bool animated;
    private (int Width, int Height)? canvas;
    private (int Width, int Height)? frame;

    public ImageHeader Read()
    {
        reader.Skip(4);
        var end = 8L + reader.ReadUInt32LittleEndian();
        if (end > reader.Length)
        {
            throw HeaderReader.CutShort();
        }

        reader.Skip(4);
        while (end - reader.Position >= 8)
        {
            ReadChunk(end);
        }

        if (!animated && frame is null)
        {
            throw HeaderReader.Damaged("The WebP holds no picture.");
        }

        // A small canvas around a huge frame would get past the limit on pixels.
        if (!animated && canvas is not null && canvas != frame)
        {
            throw HeaderReader.Damaged("The WebP gives two sizes for one picture.");
        }

        var (width, height) = canvas ?? frame ?? default;
        return new(FileType.WebP, width, height, animated, Cmyk: false, orientation, icc);
    }

    private void ReadChunk(long end)
    {
        var type = reader.ReadUInt32();
        var length = reader.ReadUInt32LittleEndian();
        var next = reader.Position + length + (length & 1);
        if (reader.Position + length > end)
        {
            throw HeaderReader.CutShort();
        }

        switch (type)
        {
            case 0x56503858:   // VP8X
                animated |= (reader.ReadByte() & 0x02) != 0;
                reader.Skip(3);
                canvas = ((int)reader.ReadUInt24LittleEndian() + 1, (int)reader.ReadUInt24LittleEndian() + 1);
                break;
            case 0x56503820 when frame is null:   // "VP8 "
                frame = ReadLossy();
                break;
            case 0x5650384C when frame is null:   // VP8L
                frame = ReadLossless();
                break;
            case 0x56503820 or 0x5650384C:
                throw HeaderReader.Damaged("The WebP holds two pictures in one.");
            case 0x414E494D or 0x414E4D46:   // ANIM, ANMF
                animated = true;
                break;
            case 0x49434350 when length <= JpegHeaderReader.MaxIccBytes && icc is null:   // ICCP
                icc = reader.ReadBytes((int)length);
                break;
            case 0x45584946 when length <= MaxExifBytes:   // EXIF
                orientation = ReadOrientation(reader.ReadBytes((int)length));
                break;
        }

        // The last chunk's padding byte may be missing: some writers forget it.
        reader.Skip(Math.Max(0, Math.Min(next, reader.Length) - reader.Position));
    }

    private (int, int) ReadLossy()
    {
        reader.Skip(3);
        if (reader.ReadByte() != 0x9D || reader.ReadByte() != 0x01 || reader.ReadByte() != 0x2A)
        {
            throw HeaderReader.Damaged("The WebP's picture does not begin with a key frame.");
        }

        return (reader.ReadUInt16LittleEndian() & 0x3FFF, reader.ReadUInt16LittleEndian() & 0x3FFF);
    }

    private (int, int) ReadLossless()
    {
        if (reader.ReadByte() != 0x2F)
        {
            throw HeaderReader.Damaged("The WebP's picture is damaged.");
        }

        var bits = reader.ReadUInt32LittleEndian();
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    private static int ReadOrientation(ReadOnlySpan<byte> exif) =>
        ExifOrientation.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);   // some writers copy JPEG's prefix along
}
