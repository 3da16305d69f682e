using Ccn.Activities.Designs.Media;
using Ccn.Data.Files;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ccn.Activities.Tests.Designs.Media;

/// <summary>A store of its own for each test, and ways to put a picture through it.</summary>
public sealed class MediaFixture : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), "ccn-files-" + Guid.NewGuid().ToString("N"));

    public MediaFixture() => Files = new(new FileStoreOptions { Root = root });

    internal static ImageLimits AnySize { get; } = ImageLimits.Default with { MinSide = 1 };

    public FileStore Files { get; }

    public string Root => root;

    /// <summary>
    /// A folder of real pictures from elsewhere (sub-folders images and hostile), which are not ours to commit; tests of them
    /// are skipped where the variable is not set.
    /// </summary>
    public static string RealPictures(string subfolder)
    {
        var folder = Environment.GetEnvironmentVariable("CCN_TEST_IMAGES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "CCN_TEST_IMAGES names no folder of real pictures.");
        return Path.Combine(folder!, subfolder);
    }

    internal async Task<ImageResult> ProcessAsync(byte[] original, ImageLimits? limits = null)
    {
        var stored = await SaveAsync(original);
        return await new ImagePipeline(Files, limits ?? ImageLimits.Default).ProcessAsync(stored.ObjectKey, CancellationToken.None);
    }

    public Task<StoredFile> SaveAsync(byte[] content) =>
        Files.SaveAsync(new MemoryStream(content), "application/octet-stream", long.MaxValue, CancellationToken.None);

    internal async Task<ImageRefusedException> RefusalAsync(byte[] original, ImageLimits? limits = null) =>
        await Assert.ThrowsAsync<ImageRefusedException>(() => ProcessAsync(original, limits));

    public byte[] Read(string objectKey)
    {
        using var file = Files.OpenRead(objectKey);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    internal Image<Rgba32> Open(ImageVariant variant) => Image.Load<Rgba32>(Read(variant.ObjectKey));

    public int StoredFiles() => Directory.GetFiles(root, "*", SearchOption.AllDirectories).Length;

    public void Dispose() => Directory.Delete(root, recursive: true);
}
