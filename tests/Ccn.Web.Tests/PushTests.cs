using System.Text.Json;
using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>A push service is the browser vendor's and out of reach here: the browser is handed the message as if it had come from there.</summary>
[Collection(SiteTests.Name)]
public sealed class PushTests(SiteFixture site)
{
    private const int MostDeliveries = 30;

    [Fact]
    public async Task A_notice_that_is_pushed_is_shown_and_leads_to_its_page()
    {
        await using var visit = await site.VisitAsync("mara");
        await visit.Page.Context.GrantPermissionsAsync(["notifications"]);
        await visit.GoAsync("/account");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show notices in this browser" })).ToBeVisibleAsync();

        var devTools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devTools.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
        {
            if (e?.GetProperty("registrations").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } registration) { registered.TrySetResult(registration.GetProperty("registrationId").GetString()!); }
        };
        await devTools.SendAsync("ServiceWorker.enable");
        await visit.Page.EvaluateAsync("async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; }");
        var registrationId = await registered.Task;

        // DevTools drops a message for a worker that the browser has not quite taken in, where a push service would keep it. The tag makes one notice of two messages.
        string[]? shown = null;
        for (var delivery = 0; shown is null && delivery < MostDeliveries; delivery++)
        {
            await devTools.SendAsync("ServiceWorker.deliverPushMessage", new Dictionary<string, object>
            {
                ["origin"] = site.Url, ["registrationId"] = registrationId,
                ["data"] = """{"title":"Cat mug","body":"The design won its contest.","url":"/designs/dsg_1","tag":"e1"}""",
            });
            shown = await visit.Page.EvaluateAsync<string[]?>("""
                async () => {
                  const registration = await navigator.serviceWorker.ready;
                  for (let frame = 0; frame < 60; frame++) {
                    const [notice] = await registration.getNotifications();
                    if (notice) { return [notice.title, notice.body, notice.data.url]; }
                    await new Promise(requestAnimationFrame);
                  }
                  return null;
                }
                """);
        }

        Assert.Equal(["Cat mug", "The design won its contest.", "/designs/dsg_1"], shown ?? []);
        visit.IsFaultless("/account");
    }
}
