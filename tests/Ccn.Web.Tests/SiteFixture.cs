using Ccn.Host;
using Ccn.Host.Demo;
using Microsoft.Playwright;
using Spectre.Console;

namespace Ccn.Web.Tests;

/// <summary>The whole product with a small lived history, and one browser, for all tests of pages.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private const int Designs = 14;

    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ccn-web-");
    private readonly Dictionary<string, string> signedIn = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim signingIn = new(1);
    private AllInOne machine = null!;
    private DemoStage stage = null!;
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

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
        Addresses = await PageAddresses.FindAsync(stage.World.Cast);
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    /// <summary>A browser window of its own: signed in as one of the demo people, or as nobody.</summary>
    /// <param name="handle">The demo person's handle; null for a visitor.</param>
    internal async Task<Visit> VisitAsync(string? handle, int width = 1440, bool script = true)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Url, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, Locale = "en-GB", TimezoneId = "Europe/Berlin", JavaScriptEnabled = script,
            StorageState = handle is null ? null : await SignInAsync(handle),
        });
        return await Visit.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        signingIn.Dispose();
        if (Browser is not null) { await Browser.DisposeAsync(); }

        playwright?.Dispose();
        stage?.Dispose();
        if (machine is not null) { await machine.DisposeAsync(); }

        home.Delete(recursive: true);
    }

    // Each person signs in once, by the form; later windows get the cookie.
    private async Task<string> SignInAsync(string handle)
    {
        await signingIn.WaitAsync();
        try
        {
            if (signedIn.TryGetValue(handle, out var known)) { return known; }

            await using var context = await Browser.NewContextAsync(new() { BaseURL = Url });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("E-mail").FillAsync($"{handle}@demo.example");
            await page.GetByLabel("Password").FillAsync(DemoPeople.Password);
            await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.WaitForURLAsync(Url + "/");
            return signedIn[handle] = await context.StorageStateAsync();
        }
        finally { signingIn.Release(); }
    }
}

[CollectionDefinition(Name)]
public sealed class SiteTests : ICollectionFixture<SiteFixture>
{
    public const string Name = "site";
}
