using Ccn.TemporalServer.Hosting;
using Ccn.Workflows;
using Temporalio.Client;
using Temporalio.Testing;
using Xunit;

namespace Ccn.Testing;

/// <summary>The product's own Temporal server in this process, with time skipping, one for each test class that asks for it. Nothing is shared between classes.</summary>
public class TemporalFixture : IAsyncLifetime
{
    private EmbeddedTemporalServer? server;
    private WorkflowEnvironment? environment;

    /// <summary>Limits that differ from the real server's, such as a low number of events at which a new run is suggested.</summary>
    protected virtual IReadOnlyDictionary<string, string> DynamicConfig { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public virtual WorkflowEnvironment Environment => environment ?? throw new InvalidOperationException("The server is not started.");

    public ITemporalClient Client => Environment.Client;

    public virtual async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            TimeSkipping = true,
            SearchAttributes = CcnSearchAttributes.All.ToDictionary(StringComparer.Ordinal),
            DynamicConfig = DynamicConfig,
        });
        environment = new EmbeddedEnvironment(await TemporalClient.ConnectAsync(new(server.Address) { DataConverter = CcnPayloadConverter.DataConverter }));
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) { await server.DisposeAsync(); }
    }
}

/// <summary>A real Temporal dev server from the folder named by <c>CCN_TEMPORAL_BIN</c>. It cannot skip time. Where the variable is not set there is no environment, and its tests skip with <see cref="WhyNone"/>.</summary>
public sealed class RealTemporalFixture : IAsyncLifetime
{
    public const string WhyNone = "CCN_TEMPORAL_BIN is not set: no real Temporal server to compare with.";

    public WorkflowEnvironment? Environment { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (System.Environment.GetEnvironmentVariable("CCN_TEMPORAL_BIN") is not { Length: > 0 } folder) { return; }

        Environment = await WorkflowEnvironment.StartLocalAsync(new()
        {
            DataConverter = CcnPayloadConverter.DataConverter,
            SearchAttributes = [CcnSearchAttributes.Stage, CcnSearchAttributes.Wait, CcnSearchAttributes.Design, CcnSearchAttributes.Until],
            DevServerOptions = new() { ExistingPath = Path.Combine(folder, "temporal") },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Environment is not null) { await Environment.ShutdownAsync(); }
    }
}
