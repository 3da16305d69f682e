using Ccn.TemporalServer.Hosting;
using Microsoft.Playwright;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.Web.Tests.TemporalUi;

/// <summary>An embedded server with its Web UI, a worker and a browser.</summary>
public sealed class TemporalUiFixture : IAsyncLifetime
{
    public const string TaskQueue = "parcels";

    private readonly CancellationTokenSource stop = new();
    private EmbeddedTemporalServer server = null!;
    private TemporalWorker worker = null!;
    private Task working = Task.CompletedTask;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public TemporalClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new() { UiPort = 0 });
        Client = await TemporalClient.ConnectAsync(new(server.Address));
        worker = new(Client, new TemporalWorkerOptions(TaskQueue) { WorkflowStackTrace = WorkflowStackTrace.Normal }.AddWorkflow<ParcelWorkflow>().AddAllActivities(new ParcelActivities()));
        working = worker.ExecuteAsync(stop.Token);
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>Starts a parcel, waits until it waits, and says its run.</summary>
    public async Task<WorkflowHandle<ParcelWorkflow, string>> StartParcelAsync(string id)
    {
        var parcel = await Client.StartWorkflowAsync((ParcelWorkflow wf) => wf.RunAsync("Berlin"), new(id, TaskQueue)
        {
            StaticSummary = "A parcel to Berlin", StaticDetails = "Sent by **Ada**", Memo = new Dictionary<string, object>(StringComparer.Ordinal) { ["weight"] = "2 kg" },
        });
        await parcel.QueryAsync(wf => wf.Notes);
        return parcel;
    }

    /// <summary>A browser window of its own.</summary>
    internal async Task<Visit> VisitAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = server.UiAddress!.ToString(), ViewportSize = new() { Width = width, Height = 1000 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, Locale = "en-GB" });
        return await Visit.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) { await browser.DisposeAsync(); }

        playwright?.Dispose();
        await stop.CancelAsync();
        try { await working; }
        catch (OperationCanceledException) { }   // that is how a worker ends

        worker?.Dispose();
        stop.Dispose();
        if (server is not null) { await server.DisposeAsync(); }
    }
}
