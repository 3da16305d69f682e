namespace Ccn.Host.Demo;

/// <summary>A design as a creator brings it: a real picture and its words.</summary>
/// <param name="MoreFileNames">Further pictures.</param>
/// <param name="OnMug">Whether it comes with a 3D model of a mug that it is printed on.</param>
internal sealed record DemoDesign(string Title, string Description, string Category, IReadOnlyList<string> Tags, string FileName, IReadOnlyList<string>? MoreFileNames = null, bool OnMug = false)
{
    public string ContentType => TypeOf(FileName);

    public static string TypeOf(string fileName) => Path.GetExtension(fileName) switch { ".jpg" => "image/jpeg", ".png" => "image/png", _ => "image/webp" };

    /// <summary>What is printed on the mug: the pattern alone where there is one.</summary>
    public string Pattern => (MoreFileNames ?? []).Append(FileName).FirstOrDefault(name => name.EndsWith("-b.webp", StringComparison.Ordinal)) ?? FileName;

    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Demo", "Images");

    /// <summary>The pictures that come with the host, in order of their names.</summary>
    public static IReadOnlyList<string> Pictures { get; } = [.. Directory.GetFiles(Folder).Where(file => Path.GetExtension(file) is ".webp" or ".jpg" or ".png").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public Task<byte[]> ReadAsync(CancellationToken cancel) => ReadAsync(FileName, cancel);

    public static Task<byte[]> ReadAsync(string fileName, CancellationToken cancel) => File.ReadAllBytesAsync(Path.Combine(Folder, fileName), cancel);
}
