using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Ccn.Sandbox.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"ccn-sandbox-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task A_second_start_goes_on_with_the_state_and_with_what_was_still_to_come()
    {
        var start = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
        await using (var first = await SandboxFixture.StartAsync(path, new FakeTimeProvider(start)))
        {
            await OrderAsync(first, "https://127.0.0.1:1/");   // nobody listens there: its webhooks stay undelivered
        }

        await using var second = await SandboxFixture.StartAsync(path, new FakeTimeProvider(start.AddDays(10)));
        var (status, order, _) = await second.SendAsync(HttpMethod.Get, "/network/v1/orders/po-1", bearer: second.Options.NetworkApiKey);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("InProduction", (string?)order!["status"]);
        Assert.Equal("2026-12-04T09:00:00Z", (string?)order["milestones"]![2]!["at"]);   // when it was due, not when it was noticed
        Assert.Single(await second.LogAsync("order.accepted"));
    }

    [Fact]
    public async Task A_webhook_that_was_not_delivered_is_tried_again_after_a_restart()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse(1);
        await using (var first = await SandboxFixture.StartAsync(path, clock))
        {
            await OrderAsync(first, receiver.Url);
            await first.AdvanceAsync(TimeSpan.FromDays(2));
            Assert.Single(receiver.All);
        }

        await using var second = await SandboxFixture.StartAsync(path, new FakeTimeProvider(clock.GetUtcNow()));
        await second.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task A_webhook_that_was_under_way_when_the_process_died_goes_out_again()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse(1);
        await using (var first = await SandboxFixture.StartAsync(path, clock))
        {
            await OrderAsync(first, receiver.Url);
            await first.AdvanceAsync(TimeSpan.FromDays(2));
        }

        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var items = snapshot["due"]!["items"]!.AsArray();
        Assert.True(items.Remove(items.Single(i => (string?)i!["kind"] == "webhook")));   // as the file is between taking a message and its answer
        await File.WriteAllTextAsync(path, snapshot.ToJsonString());

        await using var second = await SandboxFixture.StartAsync(path, new FakeTimeProvider(clock.GetUtcNow()));
        Assert.Equal(2, receiver.All.Count);
    }

    [Fact]
    public async Task Reset_forgets_everything_but_never_hands_out_an_id_twice()
    {
        await using var sandbox = await SandboxFixture.StartAsync(path);
        await OrderAsync(sandbox, sandbox.Receiver.Url);
        var before = (string?)(await sandbox.LogAsync("order.accepted"))[0]!["id"];
        await sandbox.ControlAsync("reset", new { });
        Assert.Empty(await sandbox.LogAsync("order.accepted"));
        await OrderAsync(sandbox, sandbox.Receiver.Url);
        Assert.NotEqual(before, (string?)(await sandbox.LogAsync("order.accepted"))[0]!["id"]);
    }

    [Fact]
    public async Task Time_is_held_while_a_webhook_is_under_way_and_free_while_it_waits()
    {
        var held = 0;
        var most = 0;
        await using var sandbox = await SandboxFixture.StartAsync(holdTime: () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref held));
            return new Release(() => Interlocked.Decrement(ref held));
        });
        sandbox.Receiver.Refuse(1);
        await OrderAsync(sandbox, sandbox.Receiver.Url);
        sandbox.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(most > 0);   // taken before the clock's callback returned
        await sandbox.SettleAsync();
        Assert.Equal(0, held);   // the next attempt is half a minute away
        Assert.Single(sandbox.Receiver.All);
    }

    [Fact]
    public async Task The_page_lists_what_the_providers_know()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await OrderAsync(sandbox, sandbox.Receiver.Url);
        await sandbox.ControlAsync("faults", new { provider = "paypal", kind = "error" });
        var page = await sandbox.Http.GetStringAsync("/");
        Assert.Contains("po-1", page, StringComparison.Ordinal);
        Assert.Contains("paypal", page, StringComparison.Ordinal);
    }

    private static async Task OrderAsync(SandboxFixture sandbox, string url)
    {
        var (status, _, _) = await sandbox.SendAsync(
            HttpMethod.Post, "/network/v1/orders", new { orderId = "po-1", supplierId = "sup_la_apparel", quantity = 100, statusUrl = url }, sandbox.Options.NetworkApiKey);
        Assert.Equal(HttpStatusCode.Accepted, status);
    }

    private sealed class Release(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
