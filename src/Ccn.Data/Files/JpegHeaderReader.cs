namespace Ccn.Data.Files;

/// <summary>Walks the markers of a JPEG (ITU-T T.81, annex B) from start to end of image.</summary>
internal sealed class JpegHeaderReader(HeaderReader reader, int maxScans)
{
    /// <summary>An ICC profile above this is no camera's or editor's; it is ignored.</summary>
    internal const int MaxIccBytes = 4 * 1024 * 1024;

    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;

    private readonly SortedDictionary<byte, byte[]> iccParts = [];
    private int iccBytes;
    private int width;
    private int height;
    private int components;
    private int? orientation;
    private int scans;

    public ImageHeader Read()
    {
        reader.Skip(2);   // the signature has been seen
        var marker = NextMarker();
        while (marker != EndOfImage)
        {
            marker = marker switch
            {
                StartOfScan => ReadScan(),
                StartOfImage or 0x00 or (>= 0xD0 and <= 0xD7) => throw HeaderReader.Damaged("The JPEG's markers are out of order."),
                _ => ReadSegment(marker),
            };
        }

        return scans == 0
            ? throw HeaderReader.Damaged("The JPEG holds no picture.")
            : new(FileType.Jpeg, width, height, Animated: false, Cmyk: components == 4, orientation ?? 1, JoinIcc());
    }

    private byte NextMarker()
    {
        // Stray bytes between segments are tolerated, as every decoder does; a marker may be preceded by any number of fill bytes.
        if (!reader.SkipPast(0xFF))
        {
            throw HeaderReader.CutShort();
        }

        byte marker;
        do
        {
            marker = reader.ReadByte();
        }
        while (marker == 0xFF);
        return marker;
    }

    private byte ReadSegment(byte marker)
    {
        if (marker == 0x01)
        {
            return NextMarker();   // TEM stands alone, without a length
        }

        var length = reader.ReadUInt16() - 2;
        if (length < 0)
        {
            throw HeaderReader.Damaged("A JPEG segment has no length.");
        }

        var segment = reader.Need(length);
        if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
        {
            ReadFrame(segment);
        }
        else if (marker == App1 && orientation is null && segment.StartsWith("Exif\0\0"u8))
        {
            orientation = ExifOrientation.Read(segment[6..]);
        }
        else if (marker == App2 && segment.Length > 14 && segment.StartsWith("ICC_PROFILE\0"u8))
        {
            iccBytes += segment.Length - 14;
            if (iccBytes <= MaxIccBytes)
            {
                iccParts.TryAdd(segment[12], segment[14..].ToArray());
            }
        }

        return NextMarker();
    }

    private void ReadFrame(ReadOnlySpan<byte> frame)
    {
        if (components != 0 || frame.Length < 6)
        {
            throw HeaderReader.Damaged("The JPEG's frame header is damaged or repeated.");
        }

        // A height of zero would be given after the first scan (DNL): legal, written by no program people use, and not decoded.
        height = (frame[1] << 8) | frame[2];
        width = (frame[3] << 8) | frame[4];
        components = frame[5];
        if (components is not (1 or 3 or 4))
        {
            throw HeaderReader.Damaged($"A JPEG of {components} colour components is not a picture.");
        }
    }

    private byte ReadScan()
    {
        if (components == 0)
        {
            throw HeaderReader.Damaged("The JPEG's pixels come before their size.");
        }

        if (++scans > maxScans)
        {
            throw HeaderReader.Damaged($"The JPEG makes more than {maxScans} passes over its pixels.");
        }

        reader.Skip(Math.Max(0, reader.ReadUInt16() - 2));
        while (true)
        {
            // In coded data FF is followed by 00 (the byte itself) or by a restart marker; anything else ends the scan.
            var marker = NextMarker();
            if (marker is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return marker;
            }
        }
    }

    private ReadOnlyMemory<byte> JoinIcc() =>
        iccParts.Count == 0 || iccBytes > MaxIccBytes ? default : iccParts.Values.SelectMany(p => p).ToArray();
}
