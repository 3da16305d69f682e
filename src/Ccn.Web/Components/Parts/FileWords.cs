using System.Globalization;

namespace Ccn.Web.Components.Parts;

internal static class FileWords
{
    /// <summary>How long a file is, for people.</summary>
    public static string Size(long bytes) => bytes < 1_048_576 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_024.0:0} KiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.0} MiB");
}
