using Microsoft.Playwright;
using Temporalio.Api.Enums.V1;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.TemporalUi;

/// <summary>The Web UI of the embedded server, driven as operations drive it. With CCN_SCREENSHOTS naming a folder, pictures are left there.</summary>
public sealed class TemporalUiTests(TemporalUiFixture ui) : IClassFixture<TemporalUiFixture>
{
    private const string Namespace = "/temporal/namespaces/default";

    [Fact]
    public async Task Workflows_are_listed_counted_and_filtered()
    {
        await ui.StartParcelAsync("list/1");
        var other = await ui.StartParcelAsync("list/2");
        await other.TerminateAsync("lost");
        await using var visit = await ui.VisitAsync();
        await visit.GoAsync($"{Namespace}/workflows?query={Uri.EscapeDataString("WorkflowId STARTS_WITH \"list/\"")}");
        var page = visit.Page;

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 Workflows" })).ToBeVisibleAsync();
        await Expect(page.GetByText("1 Running")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "list/1", Exact = true })).ToBeVisibleAsync();
        await PictureAsync(page, "workflows");
        await page.GetByText("1 Terminated").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "list/1", Exact = true })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "list/2", Exact = true })).ToBeVisibleAsync();
        Assert.Contains("ExecutionStatus", Uri.UnescapeDataString(page.Url), StringComparison.Ordinal);
        await PictureAsync(page, "workflows-filtered");
        visit.IsFaultless("list");
    }

    [Fact]
    public async Task A_history_has_three_views_with_summaries_and_timer_names()
    {
        await ui.StartParcelAsync("history/1");
        await using var visit = await OpenAsync("history/1");
        var page = visit.Page;
        var table = page.GetByTestId("event-summary-table");

        await Expect(table.GetByText("Timer Started").First).ToBeVisibleAsync();
        await Expect(page.GetByText("customs: 3 days").First).ToBeVisibleAsync();
        await Expect(page.GetByText("label for Berlin").First).ToBeVisibleAsync();
        await PictureAsync(page, "history-all");
        await page.GetByTestId("compact").ClickAsync();
        await Expect(table.GetByText("customs: 3 days").First).ToBeVisibleAsync();
        await PictureAsync(page, "history-compact");
        await page.GetByTestId("json").ClickAsync();
        await Expect(page.GetByTestId("event-history-json")).ToContainTextAsync("Parcel");
        await PictureAsync(page, "history-json");
        await page.GetByTestId("feed").ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Summary & Details" }).ClickAsync();
        await Expect(page.Locator("iframe").First.ContentFrame.GetByText("A parcel to Berlin")).ToBeVisibleAsync();
        await Expect(page.Locator("iframe").Nth(1).ContentFrame.Locator("strong", new() { HasText = "Ada" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Current Details" }).ClickAsync();
        await Expect(page.Locator("iframe").Nth(2).ContentFrame.Locator("strong", new() { HasText = "customs" })).ToBeVisibleAsync();
        await PictureAsync(page, "details");
        visit.IsFaultless("history");
    }

    [Fact]
    public async Task Each_tab_of_a_workflow_says_what_it_is_there_for()
    {
        await ui.StartParcelAsync("tabs/1");
        await using var visit = await OpenAsync("tabs/1");
        var page = visit.Page;

        await TabAsync(page, "Pending Activities");
        await page.GetByRole(AriaRole.Button, new() { Name = "Last Failure with Stack Trace" }).ClickAsync();
        await Expect(page.GetByText("No paper for Berlin").First).ToBeVisibleAsync();
        await PictureAsync(page, "pending-activities");
        await TabAsync(page, "Workers");
        await Expect(page.GetByTestId("task-queue-name")).ToContainTextAsync(TemporalUiFixture.TaskQueue);
        await PictureAsync(page, "workers");
        await TabAsync(page, "Queries");
        await page.GetByTestId("query-select-button").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "notes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Query" }).ClickAsync();
        await Expect(page.GetByTestId("query-result")).ToContainTextAsync("[]");
        await PictureAsync(page, "queries");
        await TabAsync(page, "Call Stack");
        await Expect(page.GetByTestId("query-call-stack")).ToContainTextAsync("RunAsync");
        await PictureAsync(page, "call-stack");
        await TabAsync(page, "Metadata");
        await Expect(page.GetByText("2 kg")).ToBeVisibleAsync();
        await PictureAsync(page, "metadata");
        await TabAsync(page, "Relationships");
        await Expect(page.GetByText("tabs/1").Last).ToBeVisibleAsync();
        await PictureAsync(page, "relationships");
        visit.IsFaultless("tabs");
    }

    [Fact]
    public async Task A_signal_and_an_update_reach_the_workflow_and_its_end_shows_without_a_reload()
    {
        var parcel = await ui.StartParcelAsync("send/1");
        await using var visit = await OpenAsync("send/1");
        var page = visit.Page;

        await ActAsync(page, "update");
        await page.Locator("dialog[open] [data-testid=update-select-button]").ClickAsync();
        await page.Locator("dialog[open]").GetByRole(AriaRole.Option, new() { Name = "note" }).ClickAsync();
        await page.Locator("dialog[open] .cm-content").First.FillAsync("\"fragile\"");
        await PictureAsync(page, "update");
        await ConfirmAsync(page);
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        Assert.Equal(["fragile"], await parcel.QueryAsync(wf => wf.Notes));

        await ActAsync(page, "signal");
        await page.Locator("dialog[open] [data-testid=signal-select-button]").ClickAsync();
        await page.Locator("dialog[open]").GetByRole(AriaRole.Option, new() { Name = "release" }).ClickAsync();
        await PictureAsync(page, "signal");
        await ConfirmAsync(page);
        Assert.Equal("delivered", await parcel.GetResultAsync());
        await Expect(page.GetByText("Completed").First).ToBeVisibleAsync();
        await Expect(page.GetByTestId("input-and-result")).ToContainTextAsync("delivered");
        await PictureAsync(page, "completed");
        visit.IsFaultless("signal and update");
    }

    [Fact]
    public async Task A_workflow_is_canceled_and_another_is_terminated()
    {
        var canceled = await ui.StartParcelAsync("end/1");
        await using (var visit = await OpenAsync("end/1"))
        {
            await visit.Page.Locator("#workflow-actions-primary-button:visible").ClickAsync();
            await ConfirmAsync(visit.Page);
            await Assert.ThrowsAsync<Temporalio.Exceptions.WorkflowFailedException>(() => canceled.GetResultAsync());
            await Expect(visit.Page.GetByText("Canceled").First).ToBeVisibleAsync();
            visit.IsFaultless("cancel");
        }

        var terminated = await ui.StartParcelAsync("end/2");
        await using (var visit = await OpenAsync("end/2"))
        {
            await ActAsync(visit.Page, "terminate");
            await visit.Page.Locator("dialog[open] #workflow-termination-reason").FillAsync("lost at sea");
            await PictureAsync(visit.Page, "terminate");
            await ConfirmAsync(visit.Page);
            await Expect(visit.Page.GetByText("lost at sea").First).ToBeVisibleAsync();
            visit.IsFaultless("terminate");
        }

        Assert.Equal(WorkflowExecutionStatus.Terminated, (await terminated.DescribeAsync()).Status);
    }

    [Fact]
    public async Task A_workflow_is_reset_to_an_earlier_task()
    {
        var parcel = await ui.StartParcelAsync("reset/1");
        var first = parcel.ResultRunId;
        await using var visit = await OpenAsync("reset/1");
        var page = visit.Page;

        await ActAsync(page, "reset");
        await page.Locator("dialog[open] [data-testid=workflow-reset-event-id-select-button]").ClickAsync();
        await page.Locator("dialog[open]").GetByRole(AriaRole.Option).First.ClickAsync();
        await page.Locator("dialog[open] #reset-reason").FillAsync("again");
        await PictureAsync(page, "reset");
        await ConfirmAsync(page);
        await Expect(page.GetByTestId("workflow-reset-alert")).ToBeVisibleAsync();
        await PictureAsync(page, "reset-done");
        visit.IsFaultless("reset");

        Assert.NotEqual(first, (await ui.Client.GetWorkflowHandle("reset/1").DescribeAsync()).RunId);
    }

    [Fact]
    public async Task A_schedule_is_made_triggered_and_paused()
    {
        await using var visit = await ui.VisitAsync();
        var page = visit.Page;
        await visit.GoAsync($"{Namespace}/schedules");
        await PictureAsync(page, "schedules-empty");
        await visit.GoAsync($"{Namespace}/schedules/create");
        await page.GetByTestId("schedule-name-input").FillAsync("daily");
        await page.GetByTestId("schedule-type-input").FillAsync("Parcel");
        await page.GetByTestId("schedule-workflow-id-input").FillAsync("daily-parcel");
        await page.GetByTestId("schedule-task-queue-input").FillAsync(TemporalUiFixture.TaskQueue);
        await page.GetByTestId("hour-interval-input").FillAsync("12");
        await PictureAsync(page, "schedule-create");
        await page.GetByTestId("create-schedule-button").ClickAsync();
        await page.WaitForURLAsync("**/schedules");
        await page.GetByRole(AriaRole.Link, new() { Name = "daily", Exact = true }).First.ClickAsync();
        await Expect(page.GetByTestId("schedule-name")).ToContainTextAsync("daily");

        await page.Locator("[id$=-menu-button]:visible").Last.ClickAsync();
        await page.GetByTestId("trigger-schedule").ClickAsync();
        await ConfirmAsync(page);
        await page.Locator("[id$=-primary-button]:visible").ClickAsync();
        await page.Locator("dialog[open] input").First.FillAsync("holiday");
        await ConfirmAsync(page);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unpause" }).First).ToBeVisibleAsync();
        await Expect(page.GetByText("holiday").First).ToBeVisibleAsync();
        await PictureAsync(page, "schedule");
        visit.IsFaultless("schedule");

        var schedule = await ui.Client.GetScheduleHandle("daily").DescribeAsync();
        Assert.True(schedule.Schedule.State.Paused);
        Assert.Equal(1, schedule.Info.NumActions);
    }

    [Theory]
    [InlineData("", "Workflows")]
    [InlineData("/namespaces", "Namespaces")]
    [InlineData("/namespaces/default/workflows/start-workflow", "Start a Workflow")]
    [InlineData("/namespaces/default/task-queues/parcels", "parcels")]
    [InlineData("/namespaces/default/batch-operations", "Batch Operations")]
    [InlineData("/import/events", "Import Event History")]
    public async Task The_other_pages_open(string path, string heading)
    {
        await using var visit = await ui.VisitAsync();
        await visit.GoAsync("/temporal" + path);

        await Expect(visit.Page.GetByText(heading).Last).ToBeVisibleAsync();
        await PictureAsync(visit.Page, "page-" + path.Split('/')[^1]);
        visit.IsFaultless(path);
    }

    private async Task<Visit> OpenAsync(string id)
    {
        var visit = await ui.VisitAsync();

        // As links from elsewhere do it: by the id alone, whose latest run is meant.
        await visit.GoAsync($"{Namespace}/workflows/{Uri.EscapeDataString(id)}");
        await Expect(visit.Page.GetByTestId("workflow-id-heading")).ToContainTextAsync(id);
        return visit;
    }

    private static Task TabAsync(IPage page, string name) => page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();

    // Header and dialogs are there twice, for wide and for narrow windows.
    private static async Task ActAsync(IPage page, string action)
    {
        await page.Locator("#workflow-actions-menu-button:visible").ClickAsync();
        await page.Locator($"[data-testid={action}-button]:visible").ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(1);
    }

    private static Task ConfirmAsync(IPage page) => page.Locator("dialog[open] [data-testid=confirm-modal-button]").ClickAsync();

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CCN_SCREENSHOTS") is { Length: > 0 } folder) { await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"temporal-{name}.png") }); }
    }
}
