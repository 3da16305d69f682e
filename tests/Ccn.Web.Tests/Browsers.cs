using Ccn.Host.Demo;
using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>One Chromium, and windows of it that belong to people.</summary>
internal sealed class Browsers : IAsyncDisposable
{
    private readonly string url;
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly Dictionary<string, string> signedIn = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim signingIn = new(1);

    private Browsers(string url, IPlaywright playwright, IBrowser browser) => (this.url, this.playwright, this.browser) = (url, playwright, browser);

    public static async Task<Browsers> StartAsync(string url)
    {
        var playwright = await Playwright.CreateAsync();
        return new(url, playwright, await Chromium.LaunchAsync(playwright));
    }

    /// <summary>A browser window of its own: signed in as one of the demo people, or as nobody.</summary>
    /// <param name="handle">The demo person's handle; null for a visitor.</param>
    public async Task<Visit> VisitAsync(string? handle, int width = 1440, bool script = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = url, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, Locale = "en-GB", TimezoneId = "Europe/Berlin", JavaScriptEnabled = script,
            StorageState = handle is null ? null : await SignInAsync(handle),
        });
        return await Visit.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        signingIn.Dispose();
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    // Each person signs in once, by the form; later windows get the cookie.
    private async Task<string> SignInAsync(string handle)
    {
        await signingIn.WaitAsync();
        try
        {
            if (signedIn.TryGetValue(handle, out var known)) { return known; }

            await using var context = await browser.NewContextAsync(new() { BaseURL = url });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sign-in");
            await page.GetByLabel("E-mail").FillAsync($"{handle}@demo.example");
            await page.GetByLabel("Password").FillAsync(DemoPeople.Password);
            await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await page.WaitForURLAsync(url + "/");
            return signedIn[handle] = await context.StorageStateAsync();
        }
        finally { signingIn.Release(); }
    }
}
