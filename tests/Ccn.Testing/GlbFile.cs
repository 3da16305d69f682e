using System.Buffers.Binary;
using System.Text;

namespace Ccn.Testing;

/// <summary>Binary glTF (GLB) around a description of a scene.</summary>
public static class GlbFile
{
    /// <summary>The header and the JSON chunk; there is no binary one.</summary>
    public static byte[] Of(string scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var json = Encoding.UTF8.GetBytes(scene.PadRight((scene.Length + 3) / 4 * 4));
        var file = new byte[20 + json.Length];
        "glTF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), json.Length);
        "JSON"u8.CopyTo(file.AsSpan(16));
        json.CopyTo(file, 20);
        return file;
    }
}
