using Ccn.Api.Sourcing;
using Ccn.Data.Sourcing;
using Ccn.Domain.Sourcing;
using Ccn.Host;
using Ccn.Host.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Ccn.Web.Tests;

/// <summary>The whole product with a small lived history, and one browser, for all tests of pages.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private const int Designs = 14;

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ccn-web-");
    private AllInOne machine = null!;
    private DemoStage stage = null!;
    private Browsers browsers = null!;

    public string Url => machine.Url;

    internal World World => stage.World;

    internal PageAddresses Addresses { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var silent = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });
        machine = await AllInOne.StartAsync(new() { Home = home.FullName, Url = "http://127.0.0.1:0", ThrowAwayWorkflows = true, FirstClockOffset = -DemoHistory.Length }, new Steps(silent), CancellationToken.None);
        machine.Clock!.SkipLimit = TimeSpan.Zero;
        var time = new SkippedTime(machine.Clock);
        stage = await DemoStage.OpenAsync(machine, DemoPeople.All, time, "pages", CancellationToken.None);
        await new DemoHistory(home.FullName, Designs).LiveAsync(machine, stage.World, time, silent, CancellationToken.None);
        Addresses = await PageAddresses.FindAsync(stage.World.Cast, SupplierToken);
        browsers = await Browsers.StartAsync(Url);
    }

    /// <inheritdoc cref="Browsers.VisitAsync"/>
    internal Task<Visit> VisitAsync(string? handle, int width = 1440, bool script = true) => browsers.VisitAsync(handle, width, script);

    private string SupplierToken(string rfqId, string supplierId) =>
        new SignedLink(SupplierLinks.RfqPurpose, rfqId, supplierId, machine.Clock!.GetUtcNow().AddDays(30)).ToToken(machine.Services.GetRequiredService<IOptions<SignedLinkOptions>>().Value.KeyBytes);

    public async ValueTask DisposeAsync()
    {
        if (browsers is not null) { await browsers.DisposeAsync(); }

        stage?.Dispose();
        if (machine is not null) { await machine.DisposeAsync(); }

        home.Delete(recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class SiteTests : ICollectionFixture<SiteFixture>
{
    public const string Name = "site";
}
