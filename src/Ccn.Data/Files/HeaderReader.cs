using System.Buffers.Binary;

namespace Ccn.Data.Files;

/// <summary>
/// Reads the structure of an untrusted file: every read is checked against the end, and nothing is allocated by a length the
/// file claims. Running out of bytes is one kind of damage, so it is reported as such.
/// </summary>
internal sealed class HeaderReader
{
    private readonly Stream stream;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    public HeaderReader(Stream stream)
    {
        this.stream = stream;
        stream.Position = 0;
        Length = stream.Length;
    }

    public long Length { get; }

    public long Position => stream.Position - (end - start);

    public byte ReadByte() => Need(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Need(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Need(4));

    public ushort ReadUInt16LittleEndian() => BinaryPrimitives.ReadUInt16LittleEndian(Need(2));

    public uint ReadUInt24LittleEndian() => Need(3) is var b ? (uint)(b[0] | (b[1] << 8) | (b[2] << 16)) : 0;

    public uint ReadUInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Need(4));

    /// <summary>The next bytes, valid until the next call. At most 64 KiB, which is more than any header here.</summary>
    public ReadOnlySpan<byte> Need(int count)
    {
        if (end - start < count)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
            end += stream.ReadAtLeast(buffer.AsSpan(end), count - end, throwOnEndOfStream: false);
            if (end < count)
            {
                throw CutShort();
            }
        }

        start += count;
        return buffer.AsSpan(start - count, count);
    }

    /// <summary>Copies bytes out. The caller has limited the count.</summary>
    public byte[] ReadBytes(int count)
    {
        if (count > Length - Position)
        {
            throw CutShort();
        }

        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var part = Need(Math.Min(buffer.Length, count - done));
            part.CopyTo(bytes.AsSpan(done));
            done += part.Length;
        }

        return bytes;
    }

    public void Skip(long count)
    {
        if (count > Length - Position)
        {
            throw CutShort();
        }

        if (count <= end - start)
        {
            start += (int)count;
            return;
        }

        stream.Position = Position + count;
        start = end = 0;
    }

    /// <summary>Moves just behind the next byte of this value.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool SkipPast(byte value)
    {
        while (true)
        {
            var found = buffer.AsSpan(start, end - start).IndexOf(value);
            if (found >= 0)
            {
                start += found + 1;
                return true;
            }

            start = 0;
            end = stream.Read(buffer);
            if (end == 0)
            {
                return false;
            }
        }
    }

    public static ImageRefusedException CutShort() => Damaged("The file is cut short.");

    public static ImageRefusedException Damaged(string message) => new(FileRefusals.Unreadable, message);
}
