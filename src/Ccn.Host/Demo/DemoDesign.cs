namespace Ccn.Host.Demo;

/// <summary>A design as a creator brings it: a real picture and its words.</summary>
internal sealed record DemoDesign(string Title, string Description, string Category, IReadOnlyList<string> Tags, string FileName)
{
    public string ContentType => Path.GetExtension(FileName) switch { ".jpg" => "image/jpeg", ".png" => "image/png", _ => "image/webp" };

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Demo", "Images");

    /// <summary>The pictures that come with the host, in order of their names.</summary>
    public static IReadOnlyList<string> Pictures { get; } = [.. Directory.GetFiles(Folder).Where(file => Path.GetExtension(file) is ".webp" or ".jpg" or ".png").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public Task<byte[]> ReadAsync(CancellationToken cancel) => File.ReadAllBytesAsync(Path.Combine(Folder, FileName), cancel);
}
