using Ccn.Data;
using Ccn.Domain.Lifecycle;
using Ccn.Sandbox;
using Ccn.TemporalServer.Clock;
using Ccn.TemporalServer.Hosting;
using Ccn.Web;
using Ccn.Worker;
using Ccn.Workflows;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Host;

/// <summary>Every part of the product in one process: PostgreSQL (its only child), workflow server, provider sandbox, site with API, worker. Each part keeps its own container and port, so production runs the same parts as processes.</summary>
public sealed class AllInOne : IAsyncDisposable
{
    private static readonly SandboxOptions Usual = new();

    private readonly Steps steps;
    private FileStream? homeLock;
    private Uri? temporalUi;

    private AllInOne(Steps steps) => this.steps = steps;

    /// <summary>Address of the site.</summary>
    public string Url { get; private set; } = "";

    public string SandboxUrl { get; private set; } = "";

    public string TemporalAddress { get; private set; } = "";

    /// <summary>Whether the site has the workflow server's UI: that of another Temporal server is elsewhere.</summary>
    public bool HasTemporalUi => temporalUi is not null;

    /// <summary>The database as the application sees it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The clock of all parts; null with a Temporal server whose clock is its own.</summary>
    public ServerClock? Clock { get; private set; }

    /// <summary>Whether this database has never held anything.</summary>
    public bool IsFirstStart { get; private set; }

    /// <summary>The site's services: what an installation needs to make its first accounts.</summary>
    internal IServiceProvider Services { get; private set; } = null!;

    /// <summary>What the start page shows.</summary>
    public RunningParts Running { get; private set; } = null!;

    /// <summary>Starts the parts in order. When one does not start, those that run are stopped again.</summary>
    /// <exception cref="HostException">With a sentence that says what to do.</exception>
    internal static async Task<AllInOne> StartAsync(AllInOneOptions options, Steps steps, CancellationToken cancel)
    {
        var machine = new AllInOne(steps);
        try
        {
            await machine.StartPartsAsync(options, cancel);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await steps.StopAsync();
        if (homeLock is not null) { await homeLock.DisposeAsync(); }
    }

    private async Task StartPartsAsync(AllInOneOptions options, CancellationToken cancel)
    {
        homeLock = TakeHome(options.Home);
        var secrets = await HostSecrets.LoadAsync(options.Home, cancel);
        var owner = options.ConnectionString ?? (await steps.RunAsync("PostgreSQL", async () =>
        {
            var postgres = await LocalPostgres.StartAsync(options.Home, cancel);
            return (postgres, postgres.Summary);
        }, postgres => postgres.DisposeAsync())).ConnectionString;

        await steps.RunAsync("Schema", async () =>
        {
            ConnectionString = await DatabaseSetup.MigrateAsync(owner, secrets.DatabasePassword, cancel);
            IsFirstStart = await IsEmptyAsync(cancel);
            return (0, IsFirstStart ? "new database" : "kept from earlier starts");
        });
        await StartWorkflowServerAsync(options, owner, cancel);

        // The site's address is known before it listens: links and webhooks need it.
        Url = FixedUrl(options.Url);
        var sandbox = await steps.RunAsync("Provider sandbox", async () =>
        {
            var app = SandboxApp.Create(SandboxSettings(options, secrets), Quiet);
            await app.StartAsync(cancel);
            return (app, app.Urls.First());
        }, StopAsync);
        SandboxUrl = sandbox.Urls.First().TrimEnd('/');

        var settings = new PartSettings(Url, SandboxUrl, SandboxApp.SmtpPortOf(sandbox), TemporalAddress, temporalUi, options.Namespace, ConnectionString, Path.Combine(options.Home, "files"), options.PayoutTemplate ?? StandardTemplates.OpenChallenge.TemplateId, options.TwoApproversFrom, secrets).ToConfiguration();
        var site = await steps.RunAsync("Site and API", async () =>
        {
            var app = Site.Create([], builder =>
            {
                Quiet(builder);
                builder.WebHost.UseUrls(Url);
                builder.Configuration.AddInMemoryCollection(settings);
                if (Clock is not null) { builder.Services.AddSingleton<TimeProvider>(Clock); }
            });
            await ListenAsync(app, Url, cancel);
            return (app, Url);
        }, StopAsync);
        Services = site.Services;
        Running = site.Services.GetRequiredService<RunningParts>();

        await steps.RunAsync("Worker", async () =>
        {
            var host = WorkerHost.Create([], builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                builder.Configuration.AddInMemoryCollection(settings);
                if (Clock is not null) { builder.Services.AddSingleton<TimeProvider>(Clock); }
            });
            await host.StartAsync(cancel);
            return (host, "3 task queues");
        }, async host =>
        {
            await host.StopAsync();
            host.Dispose();
        });
    }

    private async Task StartWorkflowServerAsync(AllInOneOptions options, string owner, CancellationToken cancel)
    {
        if (options.Temporal is { } address)
        {
            TemporalAddress = address;
            await steps.RunAsync("Workflow server", async () => (await CheckTemporalAsync(address, options.Namespace, cancel), address));
            return;
        }

        var server = await steps.RunAsync("Workflow server", async () =>
        {
            // A first start brings its own clock; later ones go on with the one that the store remembers.
            var clock = IsFirstStart ? new ServerClock(options.FirstClockOffset) : null;
            var embedded = await EmbeddedTemporalServer.StartAsync(new()
            {
                Namespace = options.Namespace,
                UiPort = 0,
                ConnectionString = options.ThrowAwayWorkflows ? null : owner,
                Clock = clock,
                SearchAttributes = CcnSearchAttributes.All.ToDictionary(attribute => attribute.Key, attribute => attribute.Value, StringComparer.Ordinal),
                Retention = TimeSpan.FromDays(3_650),
                AsynchronousCommit = options.ThrowAwayWorkflows,
                TimeSkipping = options.ClockIsOpen,
            }, cancel);
            return (embedded, embedded.Address);
        }, embedded => embedded.DisposeAsync());
        Clock = server.Clock;
        TemporalAddress = server.Address;
        temporalUi = server.UiAddress;
    }

    private SandboxOptions SandboxSettings(AllInOneOptions options, HostSecrets secrets) => new()
    {
        Url = "http://127.0.0.1:0",
        Clock = Clock ?? TimeProvider.System,
        HoldTime = Clock is null ? null : Clock.Busy,
        StatePath = Path.Combine(options.Home, "sandbox.json"),
        DocuSignHmacKey = secrets.DocuSignHmacKey,
        StripeWebhookSecret = secrets.StripeWebhookSecret,
        StripeWebhookUrl = Url + "/webhooks/stripe",
        NetworkHmacSecret = secrets.NetworkHmacSecret,
        PayPalCertificate = secrets.PayPalCertificate(),
        PayPalWebhookUrl = Url + "/webhooks/paypal",
        AmazonPublishDelay = options.ProviderDelay ?? Usual.AmazonPublishDelay,
        PayPalProcessingDelay = options.ProviderDelay ?? Usual.PayPalProcessingDelay,
    };

    private async Task<bool> IsEmptyAsync(CancellationToken cancel)
    {
        await using var db = new CcnDbContext(CcnOptions.For(ConnectionString));
        return !await db.Users.AnyAsync(cancel) && !await db.BusinessEvents.AnyAsync(cancel);
    }

    private static async Task<int> CheckTemporalAsync(string address, string @namespace, CancellationToken cancel)
    {
        try
        {
            var client = await TemporalClient.ConnectAsync(new(address) { Namespace = @namespace });
            await client.Connection.CheckHealthAsync();
            await SearchAttributeRegistration.EnsureAsync(client, cancel);
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or Temporalio.Exceptions.RpcException)
        {
            throw new HostException($"No Temporal server answers at {address}, namespace {@namespace}: {e.Message}", e);
        }
    }

    private static FileStream TakeHome(string home)
    {
        Directory.CreateDirectory(home);
        try { return new FileStream(Path.Combine(home, "ccn.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException e) { throw new HostException($"Already running with the data in {home}. Stop that one first, or choose another folder with --home.", e); }
    }

    // Port 0 must become a number before anything is told the address.
    private static string FixedUrl(string url)
    {
        var address = new UriBuilder(url);
        if (address.Port == 0)
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            address.Port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }

        return address.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static async Task ListenAsync(WebApplication app, string url, CancellationToken cancel)
    {
        try { await app.StartAsync(cancel); }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new HostException($"{url} is taken by another program. Choose another address with --url.", e);
        }
    }

    private static void Quiet(WebApplicationBuilder builder) => builder.Logging.SetMinimumLevel(LogLevel.Error);

    private static async ValueTask StopAsync(WebApplication app)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
    }
}
