using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Licences;

public class LicensingCancellationTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private const string Envelope = "env_usr_bob";

    [Theory]
    [InlineData("Sent")]
    [InlineData("PartSigned")]
    public async Task A_canceled_licence_leaves_no_envelope_that_could_be_signed(string state)
    {
        await using var world = World.Start(temporal.Environment);
        var licence = await SendAsync(world);
        if (state == "PartSigned")
        {
            world.Signing.Sign(Envelope, "usr_ada", await world.NowAsync());
            await licence.SignalAsync(wf => wf.EnvelopeEventAsync(new("m1", Envelope, "recipient-completed", DateTimeOffset.UnixEpoch)));
        }

        Assert.Equal("Voided", (await Canceled.AtAsync(world, licence, state)).State);
        Assert.Equal(["lic_1:void"], world.Log.Of("void"));
        Assert.Equal("voided", (await world.Signing.ReadEnvelopeAsync(Envelope)).Status);
        Assert.Equal("Voided", world.Events.One<LicenceNotSigned>().Outcome);
    }

    [Fact]
    public async Task Both_signatures_that_were_faster_than_the_cancellation_put_it_in_force()
    {
        await using var world = World.Start(temporal.Environment);
        var licence = await SendAsync(world);
        world.Signing.Sign(Envelope, "usr_ada", await world.NowAsync());
        world.Signing.Sign(Envelope, "usr_bob", await world.NowAsync());
        await licence.CancelAsync();
        Assert.Equal(LicenceOutcome.InForce, (await licence.GetResultAsync()).Outcome);
        Assert.Equal(["lic_1"], world.Log.Of("seal"));
    }

    private static async Task<WorkflowHandle<LicensingWorkflow, LicensingResult>> SendAsync(World world)
    {
        var licence = await world.StartAsync((LicensingWorkflow wf) => wf.RunAsync(new(Samples.Terms("lic_1"), "bid_1", Samples.Template.Signing)), LicensingWorkflow.IdFor("lic_1"));
        await Eventually.StandsAtAsync(licence, "Sent");
        return licence;
    }
}
