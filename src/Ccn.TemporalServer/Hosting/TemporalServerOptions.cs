using Ccn.TemporalServer.Clock;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Hosting;

/// <summary>How an embedded server is set up.</summary>
public sealed class TemporalServerOptions
{
    /// <summary>Name of the namespace that is made at the first start.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Further namespaces that are made at the first start, with the same search attributes.</summary>
    public IReadOnlyList<string> FurtherNamespaces { get; init; } = [];

    /// <summary>
    /// IP address to listen on. There is neither encryption nor authentication, so anything but the loopback address
    /// gives the network full control over the workflows.
    /// </summary>
    public string Ip { get; init; } = "127.0.0.1";

    /// <summary>TCP port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// TCP port of the Web UI with the JSON API that it calls; 0 takes a free one, null serves none. What is said of
    /// <see cref="Ip"/> holds for it too.
    /// </summary>
    public int? UiPort { get; init; }

    /// <summary>IP address of the Web UI; null for <see cref="Ip"/>.</summary>
    public string? UiIp { get; init; }

    /// <summary>TCP port of the JSON API alone, at <see cref="Ip"/>; 0 takes a free one, null serves none.</summary>
    public int? HttpPort { get; init; }

    /// <summary>PostgreSQL (15 or later) connection string; null keeps everything in memory.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>PostgreSQL schema of the server's tables, which it creates and upgrades itself.</summary>
    public string Schema { get; init; } = "temporal";

    /// <summary>
    /// Answers before the write has reached the disk (<c>synchronous_commit = off</c>): ten times less latency, and a crash
    /// of the machine (not of the process) loses the last part of a second. What is stored stays consistent.
    /// </summary>
    public bool AsynchronousCommit { get; init; }

    /// <summary>The clock to live by; null for one of its own, which begins at the offset that the store remembers.</summary>
    public ServerClock? Clock { get; init; }

    /// <summary>Custom search attributes that the namespaces have from the start.</summary>
    public IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; init; } = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal);

    /// <summary>Adjusted limits under the keys of the real server, for example <c>limit.historyCount.suggestContinueAsNew</c>.</summary>
    public IReadOnlyDictionary<string, string> DynamicConfig { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Serves TestService, by which clients lock, unlock and skip time.</summary>
    public bool TimeSkipping { get; init; }

    /// <summary>Locks on skipping that are held from the start: 1 waits for the first unlock, 0 skips at once. Ignored with a given clock.</summary>
    public int InitialTimeLocks { get; init; } = 1;

    /// <summary>How long closed runs of the namespaces made at the first start are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Where to log; null for nowhere. It is not disposed.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
