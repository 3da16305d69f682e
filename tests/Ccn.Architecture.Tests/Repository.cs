namespace Ccn.Architecture.Tests;

internal static class Repository
{
    /// <summary>The folder of CCN.sln.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "CCN.sln")) ? folder.FullName : Find(folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository."));
}
