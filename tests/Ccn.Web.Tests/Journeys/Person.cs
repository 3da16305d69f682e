using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.Journeys;

/// <summary>Somebody in a browser: finds things by their role and label, as people do, and waits for what is to be seen, never for time.</summary>
internal sealed class Person(string name, Visit visit) : IAsyncDisposable
{
    /// <summary>What is to be seen may be several workflow steps away on a busy machine.</summary>
    private const float Patience = 45_000;

    public IPage Page => visit.Page;

    public Task GoesToAsync(string path) => visit.GoAsync(path);

    public async Task FollowsAsync(string link)
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
        await Page.WaitForLoadStateAsync();
    }

    public async Task PressesAsync(string button)
    {
        // The script that asks before and sends once is there when the page is loaded.
        await Page.WaitForLoadStateAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();
    }

    /// <summary>Presses a button whose consequences are asked about first, reads them, and goes on.</summary>
    /// <param name="consequences">What the question must name.</param>
    public async Task PressesAndConfirmsAsync(string button, string yes, params IReadOnlyList<string> consequences)
    {
        await PressesAsync(button);
        var dialog = Page.GetByRole(AriaRole.Dialog);
        foreach (var consequence in consequences) { await Expect(dialog).ToContainTextAsync(consequence, new() { Timeout = Patience }); }

        await PictureAsync($"asked-{button}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = yes, Exact = true }).ClickAsync();
    }

    public Task FillsAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task ChoosesAsync(string label, string option) => Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    public Task ChecksAsync(string label) => Page.GetByLabel(label).CheckAsync();

    public Task SeesAsync(string text) => Expect(Page.GetByText(text).First).ToBeVisibleAsync(new() { Timeout = Patience });

    public Task SeesAsync(ILocator what, string text) => Expect(what).ToContainTextAsync(text, new() { Timeout = Patience });

    public Task SeesNoMoreAsync(string text) => Expect(Page.GetByText(text)).ToHaveCountAsync(0, new() { Timeout = Patience });

    public Task IsAtAsync(Func<string, bool> address) => Page.WaitForURLAsync(address, new() { Timeout = Patience });

    /// <summary>The page hears of changes from now on.</summary>
    public Task IsLiveAsync() => Expect(Page.Locator("html")).ToHaveAttributeAsync("data-live", "on", new() { Timeout = Patience });

    /// <summary>The instant that a countdown of the page runs to.</summary>
    public async Task<DateTimeOffset> DeadlineAsync(string near)
    {
        var countdown = Page.Locator(near).Locator("ccn-countdown").First;
        await Expect(countdown).ToBeAttachedAsync(new() { Timeout = Patience });
        return DateTimeOffset.Parse((await countdown.GetAttributeAsync("until"))!, CultureInfo.InvariantCulture);
    }

    /// <summary>A section of the page by its heading.</summary>
    public ILocator Section(string heading) => Page.GetByRole(AriaRole.Region, new() { Name = heading });

    public ILocator Row(string text) => Page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>With CCN_SCREENSHOTS naming a folder, leaves a picture of what the person sees.</summary>
    public async Task PictureAsync(string step)
    {
        if (Environment.GetEnvironmentVariable("CCN_SCREENSHOTS") is not { Length: > 0 } folder) { return; }

        var file = string.Concat($"journey-{step}-{name}".ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file + ".png"), FullPage = true });
    }

    public void IsFaultless() => visit.IsFaultless(name);

    public ValueTask DisposeAsync() => visit.DisposeAsync();
}
