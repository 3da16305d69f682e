using System.Buffers.Binary;

namespace Ccn.Activities.Designs.Media;

/// <summary>
/// An RGB colour profile by three primaries and three curves (ICC.1:2022, section 8.3.3): Adobe RGB, Display P3 and nearly all
/// others that cameras and editors embed. Only the numbers are taken over and a new profile is written from them, because a
/// profile may hold private tags of any content, and a variant must hold none of the sender's bytes but colours.
/// </summary>
internal sealed class ColorProfile
{
    private static readonly string[] Primaries = ["rXYZ", "gXYZ", "bXYZ"];
    private static readonly string[] Curves = ["rTRC", "gTRC", "bTRC"];

    // The primaries of sRGB adapted to D50, as IEC 61966-2-1 profiles hold them.
    private static readonly double[] SrgbPrimaries = [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141];

    private readonly byte version;
    private readonly List<(string Name, byte[] Content)> tags;

    private ColorProfile(byte version, List<(string Name, byte[] Content)> tags) => (this.version, this.tags) = (version, tags);

    /// <summary>
    /// The profile that variants of a picture need: none when the picture is sRGB, which is what browsers assume, and none when
    /// the profile is damaged, not for RGB, or works by tables (those belong to printers and scanners).
    /// </summary>
    public static byte[]? ForVariants(ReadOnlySpan<byte> embedded) =>
        Parse(embedded) is { } profile && !profile.IsSrgb ? profile.Write() : null;

    private static ColorProfile? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 132 || !bytes[36..].StartsWith("acsp"u8) || !bytes[16..].StartsWith("RGB XYZ "u8) || bytes[8] is not (2 or 4))
        {
            return null;
        }

        var found = new List<(string, byte[])>();
        foreach (var name in (string[])["wtpt", "chad", .. Primaries, .. Curves])
        {
            var content = Clean(Find(bytes, name));
            if (content is not null)
            {
                found.Add((name, content));
            }
            else if (name is not "chad")   // version 2 profiles have none
            {
                return null;
            }
        }

        return new(bytes[8], found);
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile, string name)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[128..]);
        for (var (i, at) = (0, 132); i < count && at + 12 <= profile.Length; i++, at += 12)
        {
            var (offset, size) = (BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 4)..]), BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 8)..]));
            if (Signature(profile[at..]) == Signature(name) && offset + (ulong)size <= (ulong)profile.Length)
            {
                return profile.Slice((int)offset, (int)size);
            }
        }

        return default;
    }

    /// <summary>The tag cut to what its type defines; null when it is damaged or of a type that does not belong here.</summary>
    private static byte[]? Clean(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 12)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
        var length = tag switch
        {
            [(byte)'X', (byte)'Y', (byte)'Z', (byte)' ', ..] => 20,
            [(byte)'s', (byte)'f', (byte)'3', (byte)'2', ..] => 8 + (9 * 4),
            [(byte)'c', (byte)'u', (byte)'r', (byte)'v', ..] when count <= 4096 => 12 + (2 * (int)count),
            [(byte)'p', (byte)'a', (byte)'r', (byte)'a', ..] when count >> 16 <= 4 => 12 + (4 * ParameterCount((int)(count >> 16))),
            _ => int.MaxValue,
        };
        return tag.Length >= length ? tag[..length].ToArray() : null;
    }

    private static int ParameterCount(int function) => function switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, _ => 7 };

    private bool IsSrgb
    {
        get
        {
            var primaries = Primaries.SelectMany(p => Enumerable.Range(0, 3).Select(i => Fixed(Content(p), 8 + (4 * i))));
            return primaries.Zip(SrgbPrimaries).All(p => Math.Abs(p.First - p.Second) < 0.004)
                && Curves.All(c => Math.Abs(Halfway(Content(c)) - 0.214) < 0.012);   // sRGB's curve at one half; gamma 2.2 gives 0.218, 1.8 gives 0.287
        }
    }

    private byte[] Content(string name) => tags.Find(t => t.Name == name).Content;

    /// <summary>What a curve makes of one half.</summary>
    private static double Halfway(byte[] curve)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(curve.AsSpan(8));
        if (curve[0] == 'c')
        {
            return count switch
            {
                0 => 0.5,
                1 => Math.Pow(0.5, BinaryPrimitives.ReadUInt16BigEndian(curve.AsSpan(12)) / 256.0),
                _ => BinaryPrimitives.ReadUInt16BigEndian(curve.AsSpan(12 + (2 * ((int)count / 2)))) / 65535.0,
            };
        }

        var p = Enumerable.Range(0, (curve.Length - 12) / 4).Select(i => Fixed(curve, 12 + (4 * i))).ToArray();
        var power = p.Length == 1 ? 0.5 : Math.Max(0, (p[1] * 0.5) + p[2]);
        return Math.Pow(power, p[0]) + (p.Length switch { 4 => p[3], 7 => p[5], _ => 0 });
    }

    private static double Fixed(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)) / 65536.0;

    private byte[] Write()
    {
        List<(string Name, byte[] Content)> all = [("desc", Text("RGB", description: true)), ("cprt", Text("CC0", description: false)), .. tags];
        var offset = 132 + (12 * all.Count);
        var profile = new byte[offset + all.Sum(t => (t.Content.Length + 3) & ~3)];
        WriteHeader(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            var entry = profile.AsSpan(132 + (12 * i));
            BinaryPrimitives.WriteUInt32BigEndian(entry, Signature(all[i].Name));
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], all[i].Content.Length);
            all[i].Content.CopyTo(profile, offset);
            offset += (all[i].Content.Length + 3) & ~3;
        }

        return profile;
    }

    private void WriteHeader(byte[] profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        profile[8] = version;
        profile[9] = version == 2 ? (byte)0x10 : (byte)0;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        ReadOnlySpan<byte> date = [0x07, 0xEA, 0, 1, 0, 1];   // 2026-01-01: fixed, since the same picture must give the same bytes
        date.CopyTo(profile.AsSpan(24));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        ReadOnlySpan<byte> d50 = [0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];
        d50.CopyTo(profile.AsSpan(68));
    }

    private byte[] Text(string ascii, bool description)
    {
        if (version == 4)   // multiLocalizedUnicodeType with one record
        {
            var text = new byte[28 + (2 * ascii.Length)];
            "mluc"u8.CopyTo(text);
            text[11] = 1;
            text[15] = 12;
            "enUS"u8.CopyTo(text.AsSpan(16));
            text[23] = (byte)(2 * ascii.Length);
            text[27] = 28;
            System.Text.Encoding.BigEndianUnicode.GetBytes(ascii, text.AsSpan(28));
            return text;
        }

        // textType, or textDescriptionType with empty Unicode and Macintosh parts (ICC.1:2001-04, sections 6.5.17 and 6.5.18).
        var old = new byte[description ? 12 + ascii.Length + 1 + 8 + 3 + 67 : 8 + ascii.Length + 1];
        (description ? "desc"u8 : "text"u8).CopyTo(old);
        if (description)
        {
            old[11] = (byte)(ascii.Length + 1);
        }

        System.Text.Encoding.ASCII.GetBytes(ascii, old.AsSpan(description ? 12 : 8));
        return old;
    }

    private static uint Signature(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt32BigEndian(at);

    private static uint Signature(string name) => (uint)((name[0] << 24) | (name[1] << 16) | (name[2] << 8) | name[3]);
}
