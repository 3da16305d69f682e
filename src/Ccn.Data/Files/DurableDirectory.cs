using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Ccn.Data.Files;

/// <summary>
/// Makes a rename survive a power cut. On POSIX systems a file's name is content of its directory, which has to be flushed by
/// itself (fsync(2), notes); .NET opens no directories, hence the three calls. Windows journals names without being asked.
/// </summary>
internal static class DurableDirectory
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder {path}.", new Win32Exception(Marshal.GetLastPInvokeError()));
        }

        try
        {
            // Some network file systems cannot flush a directory and say so with EINVAL: they promise nothing more anyway.
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error and not InvalidArgument)
            {
                throw new IOException($"Cannot flush the folder {path}.", new Win32Exception(error));
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
