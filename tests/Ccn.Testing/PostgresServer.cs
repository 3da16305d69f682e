using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Ccn.Testing;

/// <summary>
/// A throw-away PostgreSQL server of the test process: made by initdb in memory (or the temp folder), without any
/// durability unless that is asked for, on a free port of the loopback address, removed at the end. Use it as an assembly or class fixture
/// (<c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>), with a database of its own for each test class.
/// </summary>
/// <remarks>
/// Binaries are taken from <c>CCN_PG_BIN</c>, else the newest <c>/usr/lib/postgresql/*/bin</c>, else the path. Under root
/// the server runs as <c>postgres</c> or <c>nobody</c>, because it refuses root. It is started through pg_ctl, which
/// gives it a session of its own: Ctrl-C in the terminal does not kill it before the tests have closed their connections.
/// </remarks>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string FolderPrefix = "ccn-pg-";
    private const long MemoryNeeded = 512L << 20;
    private const string Volatile = """
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0
        -c max_wal_size=64MB -c autovacuum=off
        """;

    private static int instances;

    private readonly ConcurrentDictionary<string, Lazy<Task>> templates = new(StringComparer.Ordinal);
    private readonly string binaries = FindBinaries();
    private readonly string folderName = string.Create(CultureInfo.InvariantCulture, $"{FolderPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref instances)}");
    private string folder = "";
    private int databases;
    private string? connectionString;

    /// <summary>True for a server as in production: on a disk, with every commit written through. For benchmarks.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Folder in which the server's files are made; null for memory or the temp folder.</summary>
    public string? ParentFolder { get; init; }

    /// <summary>Connects to the maintenance database <c>postgres</c> as a superuser.</summary>
    public string ConnectionString => connectionString ?? throw new InvalidOperationException("The PostgreSQL server is not started.");

    /// <summary>Process id of the server itself.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string DataFolder => Path.Combine(folder, "data");

    private string LogFile => Path.Combine(folder, "log");

    /// <summary>Starts the server, after sweeping what killed test processes have left behind.</summary>
    public async ValueTask InitializeAsync()
    {
        folder = Path.Combine(ParentFolder ?? BaseFolder(), folderName);
        await SweepAsync();
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            // The user that the server runs as makes the data folder in it.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit);
        }

        await RunAsync("initdb", ["-D", DataFolder, "-U", "ccn", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", "--no-sync", "--wal-segsize=4"]);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await StartAsync(port);
            }
            catch (InvalidOperationException e) when (attempt < 4 && LogText().Contains("Address already in use", StringComparison.Ordinal))
            {
                // Another process took the port between our look and the start.
                await Console.Error.WriteLineAsync("PostgreSQL start, attempt " + attempt.ToString(CultureInfo.InvariantCulture) + ": " + e.Message);
                File.Delete(LogFile);
                continue;
            }

            connectionString = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = "ccn",
                Database = "postgres",
                IncludeErrorDetail = true,
                MaxPoolSize = 10,
            }.ConnectionString;
            return;
        }
    }

    /// <summary>Creates an empty database and gives the connection string to it. Without a name it gets a new one.</summary>
    public Task<string> CreateDatabaseAsync(string? name = null) => CreateDatabaseAsync(name, template: null);

    /// <summary>
    /// Creates a database as a copy of a template made by <see cref="EnsureTemplateAsync"/>, some hundredths of a second
    /// instead of a migration, and gives the connection string to it.
    /// </summary>
    public async Task<string> CreateDatabaseAsync(string? name, string? template)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");

        // Files are copied as they are: writing a copy through the log, the default, takes twice as long.
        await ExecuteAsync($"CREATE DATABASE {Quoted(name)} TEMPLATE {Quoted(template ?? "template0")} STRATEGY file_copy");
        return ConnectionStringTo(name);
    }

    /// <summary>
    /// Makes a template database once for the process, however many callers ask: it is created empty, filled by
    /// <paramref name="fill"/> through the connection string given to it, and closed. Gives back its name.
    /// </summary>
    /// <param name="name">Name of the template; one name always means one content.</param>
    /// <param name="fill">Runs migrations and set-up data. It must close its connections, so the string has pooling off.</param>
    public async Task<string> EnsureTemplateAsync(string name, Func<string, Task> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        await templates.GetOrAdd(name, key => new Lazy<Task>(() => MakeTemplateAsync(key, fill))).Value;
        return name;
    }

    /// <summary>Drops the database behind a connection string of this server, whoever is still connected to it.</summary>
    public async Task DropDatabaseAsync(string databaseConnectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(databaseConnectionString).Database!;
        await using (var pooled = new NpgsqlConnection(databaseConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {Quoted(database)} WITH (FORCE)");
    }

    /// <summary>Kills the server and all its processes with SIGKILL, as a crash would; <see cref="RestartAsync"/> starts it again.</summary>
    public async Task CrashAsync()
    {
        using var postmaster = Process.GetProcessById(ProcessId);
        var children = File.ReadAllText($"/proc/{postmaster.Id}/task/{postmaster.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
        foreach (var child in children)
        {
            try
            {
                using var process = Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture));
                process.Kill();
                await process.WaitForExitAsync();
            }
            catch (ArgumentException)
            {
                // It saw that its parent is gone, and ended.
            }
        }
    }

    /// <summary>Starts the server again after <see cref="CrashAsync"/>.</summary>
    public Task RestartAsync() => StartAsync(new NpgsqlConnectionStringBuilder(ConnectionString).Port);

    /// <summary>Stops the server and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connectionString is not null)
        {
            await using (var pooled = new NpgsqlConnection(connectionString))
            {
                NpgsqlConnection.ClearPool(pooled);
            }

            await RunAsync("pg_ctl", ["-s", "-w", "-D", DataFolder, "-m", "immediate", "stop"]);
            connectionString = null;
        }

        if (folder.Length > 0)
        {
            DeleteFolder(folder);
        }
    }

    private Task StartAsync(int port) => RunAsync("pg_ctl", ["-s", "-w", "-D", DataFolder, "-l", LogFile, "-o", ServerOptions(port), "start"]);

    private async Task MakeTemplateAsync(string name, Func<string, Task> fill)
    {
        await CreateDatabaseAsync(name);
        await fill(new NpgsqlConnectionStringBuilder(ConnectionStringTo(name)) { Pooling = false }.ConnectionString);
        await ExecuteAsync($"ALTER DATABASE {Quoted(name)} IS_TEMPLATE true ALLOW_CONNECTIONS false");
    }

    private string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // database names cannot be parameters; they are quoted
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Small memory: several test processes may run at once. What need not survive is neither synced nor vacuumed.</summary>
    private string ServerOptions(int port) => string.Create(CultureInfo.InvariantCulture, $"""
        -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers={(IsDurable ? 256 : 64)}MB
        -c timezone=UTC {(IsDurable ? "" : Volatile)}
        """).ReplaceLineEndings(" ");

    private async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(binaries, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(folder)!,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            start.UserName = UnprivilegedUser();
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {await error}{await output}{LogText()}");
        }
    }

    private string LogText() => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private static string UnprivilegedUser() =>
        File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private string BaseFolder()
    {
        if (IsDurable)
        {
            return Path.GetTempPath();
        }

        try
        {
            var memory = new DriveInfo("/dev/shm");
            if (memory.IsReady && memory.AvailableFreeSpace >= MemoryNeeded)
            {
                return memory.Name;
            }
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // No such thing on this system: the temp folder does.
        }

        return Path.GetTempPath();
    }

    private static string FindBinaries()
    {
        var server = OperatingSystem.IsWindows() ? "postgres.exe" : "postgres";
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(VersionOf).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Environment.GetEnvironmentVariable("CCN_PG_BIN") is { Length: > 0 } given
            ? given
            : packaged.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, server)))
              ?? throw new InvalidOperationException("No PostgreSQL found: install postgresql (15 or later), or set CCN_PG_BIN to the folder of initdb and pg_ctl.");

        static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A test process that was killed could not stop its server; its folder still bears its process id.</summary>
    private async Task SweepAsync()
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(folder)!, FolderPrefix + "*"))
        {
            var id = Path.GetFileName(left)[FolderPrefix.Length..].Split('-')[0];
            if (!int.TryParse(id, CultureInfo.InvariantCulture, out var processId) || IsAlive(processId))
            {
                continue;
            }

            try
            {
                if (File.Exists(Path.Combine(left, "data", "postmaster.pid")))
                {
                    await RunAsync("pg_ctl", ["-s", "-w", "-D", Path.Combine(left, "data"), "-m", "immediate", "stop"]);
                }
            }
            catch (InvalidOperationException)
            {
                // It had stopped by itself, or another test process is sweeping the same folder.
            }

            DeleteFolder(left);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static void DeleteFolder(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or being swept by another test process: the next sweep tries again.
        }
    }
}
