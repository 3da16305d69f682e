using System.Collections.Frozen;
using System.Globalization;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Hosting;

/// <summary>What a command line asks for.</summary>
/// <param name="Options">Set-up of the server, still without a logger.</param>
/// <param name="LogLevel">Least important level that is logged.</param>
/// <param name="JsonLog">One JSON object a line instead of text.</param>
/// <param name="Notes">What was accepted without an effect, to be logged.</param>
internal sealed record ServerCommand(TemporalServerOptions Options, LogLevel LogLevel, bool JsonLog, IReadOnlyList<string> Notes);

/// <summary>The command line cannot be understood; the message says where.</summary>
internal sealed class CommandLineException(string message) : Exception(message);

/// <summary>
/// Reads the three command lines: the two by which SDKs launch a server (that of the test server, <c>PORT [options]</c>,
/// and that of the development server, <c>server start-dev</c>), and <c>server start</c> with a durable store.
/// </summary>
internal static class CommandLine
{
    /// <summary>Environment variable with the connection string, which is better kept out of process lists.</summary>
    public const string ConnectionStringVariable = "CCN_TEMPORAL_CONNECTION_STRING";

    /// <summary>Help text.</summary>
    public const string Usage = """
        Temporal-compatible server on one node.

          Ccn.TemporalServer PORT [--enable-time-skipping]
              Test server in memory; clients steer the clock.
          Ccn.TemporalServer server start-dev [options]
              Development server, in memory unless a connection string is given.
          Ccn.TemporalServer server start --connection-string STRING [options]
              Durable server; the string may also be given in CCN_TEMPORAL_CONNECTION_STRING.

        Options:
          --port N                          port to listen on (7233)
          --ip ADDRESS                      address to listen on (127.0.0.1)
          --ui-port N                       port of the Web UI (the port + 1000 of start-dev)
          --ui-ip ADDRESS                   address of the Web UI (that of --ip)
          --headless                        no Web UI
          --http-port N                     port of the JSON API by itself (none)
          --namespace NAME                  namespace made at the first start (default); may be repeated
          --search-attribute NAME=TYPE      Text, Keyword, Int, Double, Bool, Datetime or KeywordList; may be repeated
          --dynamic-config-value KEY=VALUE  limit of the server; may be repeated
          --connection-string STRING        PostgreSQL 15 or later
          --schema NAME                     PostgreSQL schema of the tables (temporal)
          --asynchronous-commit             answer before the write reached the disk
          --retention DURATION              how long closed runs are kept (24h)
          --log-level LEVEL                 debug, info, warn, error or never (info)
          --log-format FORMAT               text or json
        """;

    private const int DefaultPort = 7233;
    private const int UiPortDistance = 1_000;

    // Options of the real development server that mean nothing here; true for those with a value.
    private static readonly FrozenDictionary<string, bool> Ignored = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["--ui-asset-path"] = true,
        ["--ui-codec-endpoint"] = true,
        ["--ui-public-path"] = true,
        ["--metrics-port"] = true,
        ["--sqlite-pragma"] = true,
        ["--color"] = true,
        ["--log-config"] = false,
        ["--db-filename"] = true,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">Arguments of the process.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="CommandLineException">They make no sense.</exception>
    public static ServerCommand Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var parsed = new Parsed { ConnectionString = environment(ConnectionStringVariable) is { Length: > 0 } given ? given : null };
        switch (arguments)
        {
            case [var port, ..] when port.Length > 0 && char.IsAsciiDigit(port[0]):
                parsed.Port = PortNumber(port);
                parsed.TimeSkipping = true;
                parsed.ConnectionString = null;
                Read(arguments.Skip(1), parsed);
                break;
            case ["server", "start-dev", ..]:
                Read(arguments.Skip(2), parsed);

                // As the development server of the original, which takes no Web UI with a free port.
                parsed.UiPort ??= parsed.Port is > 0 and <= ushort.MaxValue - UiPortDistance ? parsed.Port + UiPortDistance : null;
                break;
            case ["server", "start", ..]:
                Read(arguments.Skip(2), parsed);
                if (parsed.ConnectionString is null)
                {
                    throw new CommandLineException($"'server start' needs --connection-string or {ConnectionStringVariable}; 'server start-dev' keeps its state in memory.");
                }

                break;
            default:
                throw new CommandLineException(arguments.Count == 0 ? "Say what to start." : $"'{arguments[0]}' is not a command.");
        }

        return parsed.ToCommand();
    }

    private static void Read(IEnumerable<string> arguments, Parsed parsed)
    {
        var queue = new Queue<string>(arguments);
        while (queue.TryDequeue(out var argument))
        {
            // --name value and --name=value mean the same; a value may hold further equals signs.
            var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
            var name = equals < 0 ? argument : argument[..equals];
            string Value() =>
                equals >= 0 ? argument[(equals + 1)..]
                : queue.TryDequeue(out var next) ? next
                : throw new CommandLineException($"{name} needs a value.");

            if (Ignored.TryGetValue(name, out var hasValue))
            {
                parsed.Ignore(name, hasValue ? Value() : null);
            }
            else if (!ReadOption(name, Value, parsed))
            {
                throw new CommandLineException($"'{name}' is not an option.");
            }
        }
    }

    private static bool ReadOption(string name, Func<string> value, Parsed parsed)
    {
        switch (name)
        {
            case "--port" or "-p":
                parsed.Port = PortNumber(value());
                return true;
            case "--ip":
                parsed.Ip = value();
                return true;
            case "--ui-port":
                parsed.UiPort = PortNumber(value());
                return true;
            case "--ui-ip":
                parsed.UiIp = value();
                return true;
            case "--headless":
                parsed.Headless = true;
                return true;
            case "--http-port":
                parsed.HttpPort = PortNumber(value());
                return true;
            case "--namespace" or "-n":
                parsed.Namespaces.Add(value());
                return true;
            case "--search-attribute":
                parsed.AddSearchAttribute(value());
                return true;
            case "--dynamic-config-value":
                var (key, setting) = Pair(name, value());
                parsed.DynamicConfig[key] = setting;
                return true;
            case "--connection-string":
                parsed.ConnectionString = value();
                return true;
            case "--schema":
                parsed.Schema = value();
                return true;
            case "--asynchronous-commit":
                parsed.AsynchronousCommit = true;
                return true;
            case "--retention":
                parsed.Retention = GoDuration.TryParse(value(), out var nanoseconds)
                    ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
                    : throw new CommandLineException($"{name} needs a duration such as 24h.");
                return true;
            case "--enable-time-skipping":
                parsed.TimeSkipping = true;
                parsed.InitialTimeLocks = 0;
                return true;
            case "--log-level":
                parsed.SetLogLevel(value());
                return true;
            case "--log-format":
                parsed.JsonLog = value() == "json";
                return true;
            default:
                return false;
        }
    }

    private static int PortNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue
            ? port
            : throw new CommandLineException($"'{text}' is not a port number.");

    private static (string Key, string Value) Pair(string option, string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? (text[..equals], text[(equals + 1)..])
        : throw new CommandLineException($"{option} needs NAME=VALUE, not '{text}'.");

    /// <summary>What was read so far.</summary>
    private sealed class Parsed
    {
        private readonly List<string> notes = [];
        private readonly Dictionary<string, IndexedValueType> searchAttributes = new(StringComparer.Ordinal);
        private LogLevel logLevel = LogLevel.Information;

        public int Port { get; set; } = DefaultPort;

        public string Ip { get; set; } = "127.0.0.1";

        public int? UiPort { get; set; }

        public string? UiIp { get; set; }

        public bool Headless { get; set; }

        public int? HttpPort { get; set; }

        public List<string> Namespaces { get; } = [];

        public Dictionary<string, string> DynamicConfig { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string? ConnectionString { get; set; }

        public string Schema { get; set; } = "temporal";

        public bool AsynchronousCommit { get; set; }

        public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

        public bool TimeSkipping { get; set; }

        public int InitialTimeLocks { get; set; } = 1;

        public bool JsonLog { get; set; }

        public void Ignore(string name, string? value)
        {
            if (name == "--db-filename")
            {
                notes.Add($"--db-filename {value} has no meaning here: state is kept in PostgreSQL where a connection string is given, else in memory.");
            }
            else
            {
                notes.Add($"{name} has no effect here.");
            }
        }

        public void AddSearchAttribute(string text)
        {
            var (name, type) = Pair("--search-attribute", text);
            searchAttributes[name] = Enum.TryParse<IndexedValueType>(type, ignoreCase: true, out var parsed) && parsed != IndexedValueType.Unspecified && Enum.IsDefined(parsed)
                ? parsed
                : throw new CommandLineException($"'{type}' is not a type of search attributes: Text, Keyword, Int, Double, Bool, Datetime or KeywordList.");
        }

        public void SetLogLevel(string text) => logLevel = text switch
        {
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "never" => LogLevel.None,
            _ => throw new CommandLineException($"'{text}' is not a log level: debug, info, warn, error or never."),
        };

        public ServerCommand ToCommand()
        {
            if (ConnectionString is null && !TimeSkipping)
            {
                notes.Add("State is kept in memory and ends with this process; give --connection-string for a durable server.");
            }

            var options = new TemporalServerOptions
            {
                Port = Port,
                Ip = Ip,
                UiPort = Headless ? null : UiPort,
                UiIp = UiIp,
                HttpPort = HttpPort,
                Namespace = Namespaces.Count > 0 ? Namespaces[0] : "default",
                FurtherNamespaces = ["default", .. Namespaces],
                SearchAttributes = searchAttributes,
                DynamicConfig = DynamicConfig,
                ConnectionString = ConnectionString,
                Schema = Schema,
                AsynchronousCommit = AsynchronousCommit,
                Retention = Retention,
                TimeSkipping = TimeSkipping,
                InitialTimeLocks = InitialTimeLocks,
            };
            return new(options, logLevel, JsonLog, notes);
        }
    }
}
