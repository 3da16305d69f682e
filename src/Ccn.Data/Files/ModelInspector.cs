using System.Buffers.Binary;
using System.Text.Json;

namespace Ccn.Data.Files;

/// <summary>What a model may be.</summary>
public sealed record ModelLimits
{
    public static ModelLimits Default { get; } = new();

    /// <summary>Longest file, in bytes: 25 MiB. A phone has to load it.</summary>
    public long MaxBytes { get; init; } = 25L * 1024 * 1024;

    /// <summary>Longest description of the scene, in bytes: 4 MiB.</summary>
    public uint MaxJsonBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Most corners over all meshes; beyond it a phone does not turn it smoothly.</summary>
    public long MaxVertices { get; init; } = 1_500_000;
}

/// <summary>
/// Decides whether a file is a 3D model that a browser can show by itself: binary glTF 2.0 (GLB) with everything inside. Reads the
/// header and the JSON chunk only. Text glTF is not taken: its parts are other files.
/// </summary>
public static class ModelInspector
{
    public const string MediaType = "model/gltf-binary";
    public const string Extension = ".glb";

    private const uint JsonChunk = 0x4E4F534A;
    private const int HeaderBytes = 20;

    // Extensions whose decoder the page does not carry: the model would stay empty.
    private static readonly string[] NotShown = ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_texture_basisu"];

    /// <summary>Checks an uploaded model.</summary>
    /// <param name="file">A stream that can seek; read from its beginning, left anywhere.</param>
    /// <param name="claimedContentType">The media type the sender gave; null, empty or application/octet-stream when none.</param>
    /// <exception cref="FileRefusedException">With a code of <see cref="FileRefusals"/>.</exception>
    public static void Inspect(Stream file, string? claimedContentType, string? fileName, ModelLimits limits)
    {
        if (file.Length > limits.MaxBytes) { throw new FileRefusedException(FileRefusals.TooLarge, $"A model has at most {limits.MaxBytes / (1024 * 1024)} MiB."); }

        var media = claimedContentType?.Split(';')[0].Trim();
        var mediaFits = string.IsNullOrEmpty(media) || media is MediaType or "application/octet-stream";
        if (!mediaFits || !string.Equals(Path.GetExtension(fileName), Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new FileRefusedException(FileRefusals.TypeMismatch, "The file is a 3D model (GLB), but its name or media type says otherwise.");
        }

        using var scene = ReadScene(file, limits);
        try { Check(scene.RootElement, limits); }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException) { throw Unreadable("its description is not glTF", e); }
    }

    private static JsonDocument ReadScene(Stream file, ModelLimits limits)
    {
        file.Position = 0;
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) { throw Unreadable("it is cut short"); }

        uint At(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(offset));
        if (At(4) != 2) { throw new FileRefusedException(FileRefusals.ModelFormat, "The model is not glTF 2.0. Export it as GLB, version 2."); }
        if (At(8) != file.Length) { throw Unreadable("its length is not the one it states"); }

        var length = At(12);
        if (At(16) != JsonChunk || length > limits.MaxJsonBytes || length > file.Length - HeaderBytes) { throw Unreadable("it does not begin with its description"); }

        var json = new byte[length];
        file.ReadExactly(json);
        try { return JsonDocument.Parse(json); }
        catch (JsonException e) { throw Unreadable("its description is not JSON", e); }
    }

    private static void Check(JsonElement scene, ModelLimits limits)
    {
        if (scene.GetProperty("asset").GetProperty("version").GetString()?.StartsWith("2.", StringComparison.Ordinal) is not true) { throw new FileRefusedException(FileRefusals.ModelFormat, "The model is not glTF 2.0. Export it as GLB, version 2."); }
        if (List(scene, "meshes").Count == 0) { throw Unreadable("there is no shape in it"); }
        if (List(scene, "buffers").Concat(List(scene, "images")).Any(IsElsewhere)) { throw new FileRefusedException(FileRefusals.ModelExternal, "The model refers to other files or addresses. Export it with everything inside (GLB)."); }
        if (List(scene, "extensionsRequired").Select(name => name.GetString()).FirstOrDefault(name => NotShown.Contains(name, StringComparer.Ordinal)) is { } extension)
        {
            throw new FileRefusedException(FileRefusals.ModelFormat, $"The model is packed with {extension}, which cannot be shown here. Export it without compression.");
        }

        var accessors = List(scene, "accessors");
        var corners = List(scene, "meshes").SelectMany(mesh => List(mesh, "primitives")).Sum(primitive =>
            primitive.GetProperty("attributes").GetProperty("POSITION").GetInt32() is var place && place >= 0 && place < accessors.Count ? accessors[place].GetProperty("count").GetInt64() : throw Unreadable("a shape has no corners"));
        if (corners > limits.MaxVertices) { throw new FileRefusedException(FileRefusals.ModelTooComplex, $"The model has {corners:N0} corners; at most {limits.MaxVertices:N0} are taken. Export a simpler one."); }
    }

    // Data addresses are inside the file.
    private static bool IsElsewhere(JsonElement part) => part.TryGetProperty("uri", out var uri) && uri.GetString()?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) is not true;

    private static List<JsonElement> List(JsonElement of, string name) => of.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];

    private static FileRefusedException Unreadable(string why, Exception? inner = null) => new(FileRefusals.ModelUnreadable, $"The model cannot be read: {why}.", inner);
}
