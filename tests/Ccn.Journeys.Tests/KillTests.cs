using Ccn.Domain;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>The host is killed while work is under way, twice, and started again on the same home.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task A_host_killed_in_the_middle_of_the_journey_finishes_it_with_the_same_books()
    {
        var cancel = TestContext.Current.CancellationToken;
        var home = Directory.CreateTempSubdirectory("ccn-kill-");
        using var journal = StoryJournal.InMemory();
        var transcript = new Transcript();
        try
        {
            // Placing the order, and reading the orders of the shop, are under way when the process is gone.
            await TellUntilAsync(home.FullName, "approve-quote", journal, transcript, cancel);
            await TellUntilAsync(home.FullName, "sales", journal, transcript, cancel);
            await using var host = await HostProcess.StartAsync(home.FullName, cancel);
            using var stage = await ConnectAsync(host, cancel);
            var result = await new ReferenceJourney(new Story("kill", stage.World, journal, transcript, cancel), JourneyPlan.Published).RunAsync();
            Assert.Equal(new Money(60_000, "USD"), result.Gross);
            Assert.Equal(ReferenceBooks.WithReturns, ReferenceBooks.Of(await stage.World.Cast.Finance.TrialBalanceAsync(cancel)));
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, transcript.Lines));
            home.Delete(recursive: true);
        }
    }

    private static async Task TellUntilAsync(string home, string step, StoryJournal journal, Transcript transcript, CancellationToken cancel)
    {
        await using var host = await HostProcess.StartAsync(home, cancel);
        using var stage = await ConnectAsync(host, cancel);
        var story = new Story("kill", stage.World, journal, transcript, cancel)
        {
            AfterStep = async done =>
            {
                if (done != step) { return; }

                await host.KillAsync();
                throw new KilledException();
            },
        };
        await Assert.ThrowsAsync<KilledException>(() => new ReferenceJourney(story, JourneyPlan.Published).RunAsync());
    }

    private static async Task<DemoStage> ConnectAsync(HostProcess host, CancellationToken cancel) =>
        await DemoStage.ConnectAsync(host.Url, host.SandboxUrl, DemoPeople.All, await RemoteTime.ConnectAsync(host.TemporalAddress), "kill", cancel);

    private sealed class KilledException() : Exception("The host was killed.");
}
