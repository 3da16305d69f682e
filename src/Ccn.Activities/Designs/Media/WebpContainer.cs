using System.Buffers.Binary;

namespace Ccn.Activities.Designs.Media;

/// <summary>
/// Puts a colour profile into an encoded WebP (RFC 9649, section 2.7): ImageSharp 2.1 reads the ICCP chunk but writes none.
/// </summary>
internal static class WebpContainer
{
    private const byte IccFlag = 0x20;
    private const int HeaderBytes = 12;
    private const int ExtendedBytes = 8 + 10;

    /// <summary>The same picture in the extended layout, with the profile before the pixels as the format asks.</summary>
    public static byte[] WithProfile(ReadOnlySpan<byte> webp, int width, int height, ReadOnlySpan<byte> profile)
    {
        var chunks = webp[HeaderBytes..];
        byte flags = IccFlag;
        if (chunks.StartsWith("VP8X"u8))
        {
            flags |= chunks[8];
            chunks = chunks[ExtendedBytes..];
        }

        var padded = profile.Length + (profile.Length & 1);
        var result = new byte[HeaderBytes + ExtendedBytes + 8 + padded + chunks.Length];
        var at = result.AsSpan();
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], result.Length - 8);
        "WEBPVP8X"u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], 10);
        at[20] = flags;
        WriteUInt24(at[24..], width - 1);
        WriteUInt24(at[27..], height - 1);
        "ICCP"u8.CopyTo(at[30..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[34..], profile.Length);
        profile.CopyTo(at[38..]);
        chunks.CopyTo(at[(38 + padded)..]);
        return result;
    }

    private static void WriteUInt24(Span<byte> at, int value)
    {
        at[0] = (byte)value;
        at[1] = (byte)(value >> 8);
        at[2] = (byte)(value >> 16);
    }
}
