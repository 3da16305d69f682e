using Ccn.Data.Files;
using Ccn.Testing;

namespace Ccn.Activities.Tests.Designs.Media;

/// <summary>A 3D model is taken when a browser can show it by itself, and refused with the reason otherwise.</summary>
public sealed class ModelInspectorTests
{
    private const string Scene = """{"asset":{"version":"2.0"},"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"count":3}],"buffers":[{"byteLength":36}]}""";

    [Fact]
    public void A_model_with_everything_inside_is_taken() => Inspect(GlbFile.Of(Scene));

    [Fact]
    public void It_is_told_from_pictures_by_its_first_bytes() => Assert.Equal(FileType.Glb, FileSignature.Identify(GlbFile.Of(Scene)));

    [Theory]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":[{"primitives":[]}],"buffers":[{"uri":"https://elsewhere.example/lamp.bin"}]}""", FileRefusals.ModelExternal)]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":[{"primitives":[]}],"images":[{"uri":"../../secret.png"}]}""", FileRefusals.ModelExternal)]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":[{"primitives":[]}],"extensionsRequired":["KHR_draco_mesh_compression"]}""", FileRefusals.ModelFormat)]
    [InlineData("""{"asset":{"version":"1.0"},"meshes":[{"primitives":[]}]}""", FileRefusals.ModelFormat)]
    [InlineData("""{"asset":{"version":"2.0"}}""", FileRefusals.ModelUnreadable)]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":"none"}""", FileRefusals.ModelUnreadable)]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":[{"primitives":[{"attributes":{"POSITION":7}}]}]}""", FileRefusals.ModelUnreadable)]
    [InlineData("""{"asset":{"version":"2.0"},"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"count":9000000}]}""", FileRefusals.ModelTooComplex)]
    [InlineData("""[]""", FileRefusals.ModelUnreadable)]
    [InlineData("""{"asset":""", FileRefusals.ModelUnreadable)]
    public void What_cannot_be_shown_is_refused_with_its_reason(string scene, string code) => Assert.Equal(code, Assert.Throws<FileRefusedException>(() => Inspect(GlbFile.Of(scene))).Code);

    [Fact]
    public void A_picture_inside_the_file_is_no_reference() =>
        Inspect(GlbFile.Of(Scene.Replace("\"buffers\":", "\"images\":[{\"uri\":\"data:image/png;base64,AA==\"},{\"bufferView\":0,\"mimeType\":\"image/png\"}],\"buffers\":", StringComparison.Ordinal)));

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var file = GlbFile.Of(Scene);
        for (var length = 4; length < file.Length; length++) { Assert.Equal(FileRefusals.ModelUnreadable, Assert.Throws<FileRefusedException>(() => Inspect(file[..length])).Code); }
    }

    [Theory]
    [InlineData("lamp.png", "model/gltf-binary")]
    [InlineData("lamp.glb", "image/png")]
    public void A_name_or_type_that_says_otherwise_is_refused(string name, string type) =>
        Assert.Equal(FileRefusals.TypeMismatch, Assert.Throws<FileRefusedException>(() => ModelInspector.Inspect(new MemoryStream(GlbFile.Of(Scene)), type, name, ModelLimits.Default)).Code);

    [Fact]
    public void A_model_that_is_too_long_is_not_read() =>
        Assert.Equal(FileRefusals.TooLarge, Assert.Throws<FileRefusedException>(() => ModelInspector.Inspect(new MemoryStream(GlbFile.Of(Scene)), null, "lamp.glb", new() { MaxBytes = 20 })).Code);

    private static void Inspect(byte[] file) => ModelInspector.Inspect(new MemoryStream(file), ModelInspector.MediaType, "lamp.glb", ModelLimits.Default);
}
