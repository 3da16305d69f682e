using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Licences;

public class LicensingWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private const string Envelope = "env_usr_bob";

    [Fact]
    public async Task Two_signatures_put_the_licence_in_force_for_its_term()
    {
        await using var world = World.Start(temporal.Environment);
        var licence = await SendAsync(world);
        var page = await licence.ExecuteUpdateAsync(wf => wf.OpenSigningAsync(new("usr_ada", "https://ccn.example")));
        Assert.EndsWith("/usr_ada", page.Url, StringComparison.Ordinal);

        var now = await world.NowAsync();
        world.Signing.Sign(Envelope, "usr_ada", now);
        await MessageAsync(licence, "m1");
        await Eventually.StandsAtAsync(licence, "PartSigned");
        await Refused.WithAsync(FailureTypes.StateConflict, () => licence.ExecuteUpdateAsync(wf => wf.OpenSigningAsync(new("usr_ada", "https://ccn.example"))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => licence.ExecuteUpdateAsync(wf => wf.OpenSigningAsync(new("usr_eve", "https://ccn.example"))));

        world.Signing.Sign(Envelope, "usr_bob", now.AddSeconds(1));
        await MessageAsync(licence, "m2");
        var result = await licence.GetResultAsync();
        Assert.Equal((LicenceOutcome.InForce, now.AddSeconds(1)), (result.Outcome, result.EffectiveAt));
        Assert.Equal(now.AddSeconds(1).AddMonths(12).Date, result.EndsAt!.Value.Date);
        Assert.Equal(["LicenceDrafted", "LicenceSent", "LicencePartySigned", "LicencePartySigned", "LicenceInForce"], world.Events.Story);
        Assert.Equal(["lic_1:envelope"], world.Log.Of("send"));
    }

    [Fact]
    public async Task Unsigned_it_reminds_three_times_and_asks_the_provider_to_void_on_the_fourteenth_day()
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        var licence = await SendAsync(world);
        Assert.Equal(LicenceOutcome.Expired, (await licence.GetResultAsync()).Outcome);
        Assert.Equal(["lic_1:reminder-1", "lic_1:reminder-2", "lic_1:reminder-3"], world.Log.Of("remind"));
        Assert.Equal(["lic_1:void"], world.Log.Of("void"));
        var sent = world.Events.All.Single(fact => fact.Data is LicenceSent).OccurredAt;
        Assert.Equal([3, 7, 12], world.Events.All.Where(fact => fact.Data is LicenceReminderSent).Select(fact => (int)Math.Round((fact.OccurredAt - sent).TotalDays)));
        Assert.Equal(14, (int)Math.Round((world.Events.All.Single(fact => fact.Data is LicenceNotSigned).OccurredAt - sent).TotalDays));
    }

    [Fact]
    public async Task A_signature_that_was_faster_than_the_expiry_wins()
    {
        await using var world = World.Start(temporal.Environment);
        world.SkipsTime();
        var licence = await SendAsync(world);
        world.Signing.Sign(Envelope, "usr_ada", await world.NowAsync());
        world.Signing.Sign(Envelope, "usr_bob", await world.NowAsync());   // and no webhook ever comes
        Assert.Equal(LicenceOutcome.InForce, (await licence.GetResultAsync()).Outcome);
        Assert.Equal(["lic_1:void"], world.Log.Of("void"));
    }

    [Fact]
    public async Task A_decline_ends_it_with_its_reason()
    {
        await using var world = World.Start(temporal.Environment);
        var licence = await SendAsync(world);
        world.Signing.Decline(Envelope, "rate too high");
        await MessageAsync(licence, "m1");
        var result = await licence.GetResultAsync();
        Assert.Equal((LicenceOutcome.Declined, "rate too high"), (result.Outcome, result.Reason));
        Assert.Equal("Declined", world.Events.One<LicenceNotSigned>().Outcome);
    }

    [Fact]
    public async Task Repeated_messages_are_dropped()
    {
        await using var world = World.Start(temporal.Environment);
        var licence = await SendAsync(world);
        for (var repeat = 0; repeat < 5; repeat++) { await MessageAsync(licence, "m1"); }

        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("read").Count == 1));
        await licence.ExecuteUpdateAsync(wf => wf.OpenSigningAsync(new("usr_ada", "https://ccn.example")));
        Assert.Single(world.Log.Of("read"));
    }

    private static async Task<WorkflowHandle<LicensingWorkflow, LicensingResult>> SendAsync(World world)
    {
        var licence = await world.StartAsync((LicensingWorkflow wf) => wf.RunAsync(new(Samples.Terms("lic_1"), "bid_1", Samples.Template.Signing)), LicensingWorkflow.IdFor("lic_1"));
        await Eventually.StandsAtAsync(licence, "Sent");
        return licence;
    }

    private static Task MessageAsync(WorkflowHandle<LicensingWorkflow> licence, string id) =>
        licence.SignalAsync(wf => wf.EnvelopeEventAsync(new(id, Envelope, "recipient-completed", DateTimeOffset.UnixEpoch)));
}
