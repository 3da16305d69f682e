using System.ComponentModel.DataAnnotations;

namespace Ccn.Data.Files;

/// <summary>Where the file store keeps its files.</summary>
public sealed class FileStoreOptions
{
    /// <summary>
    /// An absolute folder, made when absent, of this store alone. Temporary files live in it too, because a rename is
    /// atomic only inside one file system.
    /// </summary>
    [Required]
    public string Root { get; set; } = "";
}
