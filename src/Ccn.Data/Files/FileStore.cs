using System.Buffers;
using System.Security.Cryptography;

namespace Ccn.Data.Files;

/// <summary>
/// Files by the hash of their content, in a folder. A file is written once and never changed, so any number of processes may
/// save the same content at once, and a repeated activity finds its earlier result.
/// </summary>
public sealed class FileStore
{
    private const int BufferSize = 128 * 1024;

    private readonly string root;
    private readonly string incoming;

    /// <summary>Opens the store and makes its folders when they are absent.</summary>
    /// <exception cref="ArgumentException">The root is empty or not an absolute path.</exception>
    public FileStore(FileStoreOptions options)
    {
        if (!Path.IsPathFullyQualified(options.Root))
        {
            throw new ArgumentException("The root of the file store must be an absolute path.", nameof(options));
        }

        root = Path.GetFullPath(options.Root);
        incoming = Path.Combine(root, "incoming");
        Directory.CreateDirectory(incoming);
    }

    /// <summary>
    /// Saves a stream. It is hashed and counted while it is written to a temporary file, which gets its name only when all
    /// of it is on disk: a reader sees a whole file or none, also after a power cut.
    /// </summary>
    /// <param name="content">Read from its present position to its end; not closed.</param>
    /// <param name="contentType">Kept in the answer only.</param>
    /// <param name="maxBytes">Most bytes accepted. Reading stops at the first byte above it.</param>
    /// <param name="cancel">Leaves nothing behind when canceled.</param>
    /// <exception cref="FileRefusedException"><see cref="FileRefusals.Empty"/> or <see cref="FileRefusals.TooLarge"/>.</exception>
    public async Task<StoredFile> SaveAsync(Stream content, string contentType, long maxBytes, CancellationToken cancel)
    {
        var temporary = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            var (hash, bytes) = await WriteAsync(content, temporary, maxBytes, cancel);
            var path = PathOf(hash);
            if (!File.Exists(path) || new FileInfo(path).Length != bytes)
            {
                var folder = Path.GetDirectoryName(path)!;
                var folderIsNew = !Directory.Exists(folder);
                Directory.CreateDirectory(folder);
                File.Move(temporary, path, overwrite: true);   // two writers race to put the same bytes there: either may win
                DurableDirectory.Flush(folder);
                if (folderIsNew)
                {
                    DurableDirectory.Flush(root);
                }
            }

            return new(hash, hash, bytes, contentType);
        }
        finally
        {
            File.Delete(temporary);   // does nothing when the file has been renamed
        }
    }

    /// <summary>Opens a file for reading; the stream can seek.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="ArgumentException">Not a key of this store.</exception>
    public FileStream OpenRead(string objectKey)
    {
        try
        {
            return new(PathOf(objectKey), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException($"No file {objectKey} in the store.", e);   // which folder is absent is this class's business
        }
    }

    /// <summary>Whether the store has a file. A text that is no key names none.</summary>
    public bool Exists(string objectKey) => IsKey(objectKey) && File.Exists(PathOf(objectKey));

    /// <summary>
    /// Removes a file, for erasure. Equal content is one file: the caller makes sure that nobody else's row names the key.
    /// </summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ArgumentException">Not a key of this store.</exception>
    public bool Delete(string objectKey)
    {
        var path = PathOf(objectKey);
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        DurableDirectory.Flush(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Removes what writers that were killed have left behind. Safe while others write, as long as no upload lasts as long as this.</summary>
    /// <returns>How many temporary files were removed.</returns>
    public int DeleteAbandonedUploads(DateTimeOffset writtenBefore)
    {
        var abandoned = Directory.GetFiles(incoming).Where(f => File.GetLastWriteTimeUtc(f) < writtenBefore.UtcDateTime).ToList();
        abandoned.ForEach(File.Delete);
        return abandoned.Count;
    }

    private static async Task<(string Hash, long Bytes)> WriteAsync(Stream content, string path, long maxBytes, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            });
            var bytes = 0L;
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancel)) > 0)
            {
                bytes += read;
                if (bytes > maxBytes)
                {
                    throw new FileRefusedException(FileRefusals.TooLarge, $"The file is larger than the {maxBytes / 1024} KB allowed.");
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            if (bytes == 0)
            {
                throw new FileRefusedException(FileRefusals.Empty, "The file is empty.");
            }

            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // 65,536 folders keep each small enough for tools that list them. The check keeps "../" and the like out of the path.
    private string PathOf(string objectKey) => IsKey(objectKey)
        ? Path.Combine(root, objectKey[..4], objectKey)
        : throw new ArgumentException("Not a key of the file store.", nameof(objectKey));

    private static bool IsKey(string objectKey) =>
        objectKey.Length == 64 && objectKey.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
