using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests;

/// <summary>A seller keeps a list, turns its notices off, finds it again and lets it go.</summary>
[Collection(SiteTests.Name)]
public sealed class SavedSearchPageTests(SiteFixture site)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_list_is_saved_opened_and_deleted(bool script)
    {
        await using var visit = await site.VisitAsync(Host.Demo.DemoPeople.Sellers[0].Handle, script: script);
        var name = "Mugs that are new " + (script ? "1" : "2");
        await visit.GoAsync("/desk/designs?show=all&category=mugs");
        await visit.Page.GetByText("Save this list").ClickAsync();
        await visit.Page.GetByLabel("A name for it").FillAsync(name);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await visit.Page.GetByText($"Change “{name}”").ClickAsync();
        await Expect(visit.Page.GetByLabel("Tell me when a design comes in")).ToBeCheckedAsync();
        await visit.Page.GetByLabel("Tell me when a design comes in").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();

        await visit.GoAsync("/desk/designs");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/desk/designs?show=all&category=mugs");
        await visit.Page.GetByText($"Change “{name}”").ClickAsync();
        await Expect(visit.Page.GetByLabel("Tell me when a design comes in")).Not.ToBeCheckedAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await visit.Page.GetByText("Save this list").WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { Name = name }).CountAsync());
    }
}
