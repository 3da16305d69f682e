using System.Net;
using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Ui;
using Ccn.TemporalServer.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ccn.TemporalServer.Hosting;

/// <summary>
/// A Temporal server inside this process: SDK clients and workers connect to <see cref="Address"/> as to any other.
/// </summary>
public sealed class EmbeddedTemporalServer : IAsyncDisposable
{
    private const int MaxStreamsPerConnection = 100_000;
    private const int ConnectionWindow = 8 << 20;
    private const int StreamWindow = 4 << 20;

    // Parked long polls end when the server stops; this is for clients that do not read their answers.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly IStore store;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IServerPart> started = [];
    private int disposed;

    private EmbeddedTemporalServer(WebApplication app, IStore store, ServerClock clock)
    {
        this.app = app;
        this.store = store;
        Clock = clock;
    }

    /// <summary>Where the server listens, as SDKs want it: <c>127.0.0.1:7233</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where the Web UI is; null when none is served.</summary>
    public Uri? UiAddress { get; private set; }

    /// <summary>Where the JSON API is by itself; null when it is not.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>The clock by which everything in the server happens.</summary>
    public ServerClock Clock { get; }

    /// <summary>
    /// Ends when the server is disposed, and fails when it gave up by itself because another process took over its
    /// database: what it answers from then on is UNAVAILABLE, and only a new server can go on.
    /// </summary>
    public Task Completion => ended.Task;

    /// <summary>Opens the store, loads what was running, and listens.</summary>
    /// <exception cref="TemporalServerStartException">It could not; the message is fit to be shown.</exception>
    public static async Task<EmbeddedTemporalServer> StartAsync(TemporalServerOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ip = AddressOf(options.Ip);
        var opened = StoreFactory.Create(options);
        EmbeddedTemporalServer? server = null;
        try
        {
            var opening = await StoreFactory.OpenAsync(opened, options, cancel);
            var clock = ClockFor(options, opening);
            server = new(Build(options, ip, opened, clock), opened, clock);
            await server.StartAsync(opening, options, cancel);
            return server;
        }
        catch
        {
            // What was started is stopped, and the database is free for the next attempt.
            await (server?.DisposeAsync() ?? opened.DisposeAsync());
            throw;
        }
    }

    /// <summary>Ends parked long polls, answers what is in flight, writes what is queued and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await app.StopAsync();
        foreach (var part in Enumerable.Reverse(started))
        {
            await part.StopAsync();
        }

        Clock.OffsetChanging = null;
        await app.Services.GetRequiredService<CommitPipeline>().DisposeAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
        ended.TrySetResult();
    }

    /// <summary>Removes closed runs whose retention is over now, without waiting for the next look.</summary>
    internal Task SweepAsync() => app.Services.GetServices<IServerPart>().OfType<Engine.Retention>().Single().SweepAsync(CancellationToken.None);

    private static ServerClock ClockFor(TemporalServerOptions options, StoreOpening opening)
    {
        if (options.Clock is not { } given)
        {
            return new ServerClock(opening.ClockOffset, options.InitialTimeLocks);
        }

        // In a store that has never held anything no time has passed: a clock may begin in the past.
        return given.Offset >= opening.ClockOffset || opening.Namespaces.Count == 0
            ? given
            : throw new TemporalServerStartException(
                $"The given clock is {opening.ClockOffset - given.Offset} behind what is stored: time would run backwards. Start without a clock, and use the server's.");
    }

    private static WebApplication Build(TemporalServerOptions options, IPAddress ip, IStore store, ServerClock clock)
    {
        // Nothing of the surroundings (appsettings.json, ASPNETCORE_URLS, …) may change an embedded server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(ip, options.Port, listen => listen.Protocols = HttpProtocols.Http2);
            foreach (var (address, port) in WebListeners(options, ip))
            {
                kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
            }

            // Every poller and every long poll is a stream of one connection, and stays open for a minute.
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
            kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(clock);
        builder.Services.AddTemporalServer(options);
        return builder.Build();
    }

    private static IEnumerable<(IPAddress Address, int Port)> WebListeners(TemporalServerOptions options, IPAddress ip)
    {
        if (options.UiPort is { } ui)
        {
            yield return (options.UiIp is { } own ? AddressOf(own) : ip, ui);
        }

        if (options.HttpPort is { } http)
        {
            yield return (ip, http);
        }
    }

    private static IPAddress AddressOf(string text) =>
        IPAddress.TryParse(text, out var ip) ? ip : throw new TemporalServerStartException($"'{text}' is not an IP address to listen on.");

    private static string PortsOf(TemporalServerOptions options)
    {
        var ports = new[] { options.Port, options.UiPort, options.HttpPort }.Where(port => port is > 0).ToList();
        return ports.Count == 1 ? $"Port {ports[0]} of {options.Ip} is" : $"One of the ports {string.Join(", ", ports)} is";
    }

    private async Task StartAsync(StoreOpening opening, TemporalServerOptions options, CancellationToken cancel)
    {
        var pipeline = app.Services.GetRequiredService<CommitPipeline>();
        pipeline.Failed += OnCommitFailed;
        app.Services.GetRequiredService<WorkflowEngine>().Recovered += app.Services.GetRequiredService<HealthState>().StoreIsBack;

        // Queued before anything that bears the new time, so a restart never turns time back. Nobody waits for this
        // write by itself: if it fails, what follows it fails too.
        Clock.OffsetChanging = offset => _ = pipeline.AppendAsync([new ClockWrite(offset)])
            .ContinueWith(static write => _ = write.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        if (Clock.Offset != opening.ClockOffset)
        {
            await pipeline.AppendAsync([new ClockWrite(Clock.Offset)]);   // where a first start begins is remembered even if no time is ever skipped
        }

        foreach (var part in app.Services.GetServices<IServerPart>())
        {
            started.Add(part);
            await part.StartAsync(opening, cancel);
        }

        // gRPC is HTTP/2 only, and the web listeners speak HTTP/1.1 only.
        app.MapWhen(static http => !HttpProtocol.IsHttp2(http.Request.Protocol), web => web.Run(web.ApplicationServices.GetRequiredService<WebFrontend>().AnswerAsync));
        app.MapGrpcService<RpcEndpoint>();
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new TemporalServerStartException($"{PortsOf(options)} in use: another server runs there. Choose another port (--port, --ui-port, --http-port).", e);
        }

        // In the order in which Kestrel was told to listen.
        var addresses = new Queue<string>(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);
        Address = new Uri(addresses.Dequeue()).Authority;
        UiAddress = options.UiPort is null ? null : new Uri(addresses.Dequeue());
        HttpAddress = options.HttpPort is null ? null : new Uri(addresses.Dequeue());
    }

    private void OnCommitFailed(Exception cause)
    {
        var health = app.Services.GetRequiredService<HealthState>();
        health.StoreIsOut();
        if (cause is StoreFencedException)
        {
            health.StopServing();
            ended.TrySetException(cause);
        }
    }
}
