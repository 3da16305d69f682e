using System.Buffers.Binary;

namespace Ccn.Data.Files;

/// <summary>Finds the orientation in an EXIF block (EXIF 2.32, section 4.6.4, tag 274) and reads nothing else of it.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort TypeShort = 3;

    /// <summary>Orientation 1 to 8. A damaged block counts as upright: browsers show such a picture as it is stored.</summary>
    /// <param name="tiff">The block from its byte-order mark on.</param>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        var bigEndian = tiff is [(byte)'M', (byte)'M', 0, 42, ..];
        if (tiff.Length < 10 || (!bigEndian && tiff is not [(byte)'I', (byte)'I', 42, 0, ..]))
        {
            return 1;
        }

        var directory = UInt32(tiff[4..], bigEndian);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)directory..];
        var count = UInt16(entries, bigEndian);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (UInt16(entries, bigEndian) == Tag)
            {
                var value = UInt16(entries[2..], bigEndian) == TypeShort ? UInt16(entries[8..], bigEndian) : 1;
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
