using Deque.AxeCore.Playwright;

namespace Ccn.Web.Tests;

/// <summary>What holds for every page, in a real browser. With CCN_SCREENSHOTS naming a folder, a picture of each is left there.</summary>
[Collection(SiteTests.Name)]
public sealed class EveryPageTests(SiteFixture site)
{
    private static readonly int[] Widths = [1440, 768, 390, 360];

    public static TheoryData<SitePage> Pages => [.. SitePage.All];

    [Theory, MemberData(nameof(Pages))]
    public async Task Opens_without_an_error_and_fits_every_width(SitePage page)
    {
        var path = site.Addresses.PathOf(page);
        foreach (var width in Widths)
        {
            await using var visit = await site.VisitAsync(site.Addresses.PersonOf(page), width);
            await visit.GoAsync(path);
            await visit.Page.WaitForLoadStateAsync();
            var over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(over <= 0, $"{path} is {over} px too wide at {width} px");
            await PictureAsync(visit, page, width);
            visit.IsFaultless($"{path} at {width} px");
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Is_accessible_in_the_light_and_in_the_dark(SitePage page)
    {
        await using var visit = await site.VisitAsync(site.Addresses.PersonOf(page));
        foreach (var scheme in new[] { Microsoft.Playwright.ColorScheme.Light, Microsoft.Playwright.ColorScheme.Dark })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await visit.GoAsync(site.Addresses.PathOf(page));
            var found = (await visit.Page.RunAxe()).Violations;
            Assert.True(found.Length == 0, string.Join('\n', found.SelectMany(rule => rule.Nodes.Select(node => $"{page} ({scheme}): {rule.Id}: {rule.Help}: {node.Html}"))));
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Reads_without_script(SitePage page)
    {
        await using var visit = await site.VisitAsync(site.Addresses.PersonOf(page), script: false);
        await visit.GoAsync(site.Addresses.PathOf(page));
        Assert.NotEqual("", (await visit.Page.Locator("h1, h2").First.InnerTextAsync()).Trim());
        Assert.True((await visit.Page.Locator("#content").InnerTextAsync()).Length > 40);
    }

    private static async Task PictureAsync(Visit visit, SitePage page, int width)
    {
        if (Environment.GetEnvironmentVariable("CCN_SCREENSHOTS") is not { Length: > 0 } folder) { return; }

        var name = string.Join('-', page.Template.Split('/', '{', '}', ':').Where(part => part.Length > 0)) is { Length: > 0 } words ? words : "front";
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, FormattableString.Invariant($"{name}.{width}.png")), FullPage = true });
    }
}
