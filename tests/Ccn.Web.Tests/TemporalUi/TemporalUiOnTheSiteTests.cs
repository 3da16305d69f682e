using System.Net;
using Ccn.Workflows.Designs;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.TemporalUi;

/// <summary>The Temporal UI as a part of the site: who gets it, with which actions, and how it shows the life of a demo design.</summary>
[Collection(SiteTests.Name)]
public sealed class TemporalUiOnTheSiteTests(SiteFixture site)
{
    private const string Api = "/temporal/api/v1/namespaces/default/workflows";

    [Fact]
    public async Task Operations_open_a_design_from_the_board_and_read_what_it_waits_for()
    {
        await using var visit = await site.VisitAsync("ops");
        var page = visit.Page;
        await visit.GoAsync("/ops");
        await page.Locator(".court details summary").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open in Temporal" }).First.ClickAsync();

        await Expect(page.GetByTestId("workflow-id-heading")).ToContainTextAsync("design/");
        await Expect(page.GetByTestId("event-summary-table").GetByText("Timer Started").Or(page.GetByText("Child Workflow Execution Started")).First).ToBeVisibleAsync();
        await PictureAsync(page, "design");
        await page.GetByRole(AriaRole.Button, new() { Name = "Summary & Details" }).ClickAsync();
        await Expect(page.Locator("iframe").First.ContentFrame.Locator("body")).ToContainTextAsync("Life of a design");
        await page.GetByRole(AriaRole.Button, new() { Name = "Current Details" }).ClickAsync();
        await Expect(page.Locator("iframe").Last.ContentFrame.Locator("body")).ToContainTextAsync("Waits for");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Request Cancellation" })).ToBeEnabledAsync();
        await PictureAsync(page, "design-details");
        visit.IsFaultless("a design in the Temporal UI");
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("finance")]
    public async Task Administrators_and_finance_look_but_change_nothing(string role)
    {
        await using var visit = await site.VisitAsync(role);
        await visit.GoAsync($"/temporal/namespaces/default/workflows/{Uri.EscapeDataString(DesignId)}");

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Request Cancellation" })).ToBeDisabledAsync();
        await PictureAsync(visit.Page, "read-only");
        visit.IsFaultless("the Temporal UI without actions");
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(visit, "POST", $"{Api}/{Uri.EscapeDataString(DesignId)}/terminate", "same-origin"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(visit, "DELETE", "/temporal/api/v1/namespaces/default/schedules/nobody", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(visit, "POST", $"{Api}/{Uri.EscapeDataString(DesignId)}/query/status", "same-origin"));
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.NotFound)]
    public async Task Another_sites_page_changes_nothing_with_the_cookie_of_operations(string? from, HttpStatusCode status)
    {
        await using var visit = await site.VisitAsync("ops");

        Assert.Equal(status, await SendAsync(visit, "POST", $"{Api}/nobody/terminate", from));
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        await using var member = await site.VisitAsync("jonas");
        await using var visitor = await site.VisitAsync(null);

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(member, "GET", Api, "same-origin"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(visitor, "GET", Api, "same-origin"));
        await visitor.Page.GotoAsync("/temporal");
        Assert.Contains("/sign-in", visitor.Page.Url, StringComparison.Ordinal);
    }

    private string DesignId => DesignLifecycleWorkflow.IdFor(site.Addresses.PathOf(new("{DesignId}", null)));

    private static async Task<HttpStatusCode> SendAsync(Visit visit, string method, string path, string? from)
    {
        var answer = await visit.Page.Context.APIRequest.FetchAsync(path, new() { Method = method, MaxRedirects = 0, Headers = from is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["Sec-Fetch-Site"] = from } });
        return (HttpStatusCode)answer.Status;
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CCN_SCREENSHOTS") is { Length: > 0 } folder) { await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"temporal-site-{name}.png") }); }
    }
}
