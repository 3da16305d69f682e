namespace Ccn.Data.Files;

/// <summary>Walks the blocks of a GIF (GIF89a specification) as far as its second frame.</summary>
internal static class GifHeaderReader
{
    public static ImageHeader Read(HeaderReader reader)
    {
        reader.Skip(6);
        var width = reader.ReadUInt16LittleEndian();
        var height = reader.ReadUInt16LittleEndian();
        var flags = reader.ReadByte();
        reader.Skip(2 + ColorTableBytes(flags));
        var frames = 0;
        while (frames < 2)
        {
            switch (reader.ReadByte())
            {
                case 0x21:
                    reader.Skip(1);
                    SkipSubBlocks(reader);
                    break;
                case 0x2C:
                    frames++;
                    ReadFrame(reader, width, height);
                    break;
                case 0x3B:
                    return frames == 1
                        ? new(FileType.Gif, width, height, Animated: false, Cmyk: false, Orientation: 1, IccProfile: default)
                        : throw HeaderReader.Damaged("The GIF holds no picture.");
                default:
                    throw HeaderReader.Damaged("The GIF's blocks are damaged.");
            }
        }

        return new(FileType.Gif, width, height, Animated: true, Cmyk: false, Orientation: 1, IccProfile: default);
    }

    private static void ReadFrame(HeaderReader reader, int width, int height)
    {
        var left = reader.ReadUInt16LittleEndian();
        var top = reader.ReadUInt16LittleEndian();
        var right = left + reader.ReadUInt16LittleEndian();
        var bottom = top + reader.ReadUInt16LittleEndian();

        // A huge frame on a small screen would get past the limit on pixels.
        if (right > width || bottom > height)
        {
            throw HeaderReader.Damaged("The GIF's frame is larger than its screen.");
        }

        reader.Skip(ColorTableBytes(reader.ReadByte()) + 1);
        SkipSubBlocks(reader);
    }

    private static int ColorTableBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static void SkipSubBlocks(HeaderReader reader)
    {
        byte length;
        while ((length = reader.ReadByte()) != 0)
        {
            reader.Skip(length);
        }
    }
}
