using Ccn.Domain;
using Ccn.Testing;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Listings;

public sealed class FeeEstimateWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    [Fact]
    public async Task Amazon_is_asked_once_for_a_double_click_and_again_when_asked_later()
    {
        await using var world = World.Start(temporal.Environment);
        var input = Input(FakeFees.Known);
        var held = world.Log.Hold("fees", FakeFees.Known);
        var (first, second) = (await AskAsync(world, input), await AskAsync(world, input));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("fees").Count == 1));
        Assert.Equal("Asking", (await first.QueryAsync(wf => wf.Status)).State);
        held.SetResult();
        var estimate = (await first.GetResultAsync()).Estimate!;
        Assert.Equal((first.ResultRunId, FakeFees.Known, input.Price), (second.ResultRunId, estimate.Asin, estimate.Price));
        Assert.Equal(estimate.AskedAt, (await second.GetResultAsync()).Estimate!.AskedAt);
        Assert.Equal("Estimated", (await first.QueryAsync(wf => wf.Status)).State);

        Assert.NotNull((await (await AskAsync(world, input)).GetResultAsync()).Estimate);
        Assert.Equal(2, world.Log.Of("fees").Count);
    }

    [Fact]
    public async Task Another_price_or_fulfilment_is_another_question()
    {
        var input = Input(FakeFees.Known);
        Assert.Equal(4, new[] { input, input with { Price = FakeAmazon.Usd(2_500) }, input with { FulfilledByAmazon = false }, input with { SellerAccountId = "sac_2" } }.Select(FeeEstimateWorkflow.IdFor).Distinct().Count());
        await using var world = World.Start(temporal.Environment);
        await (await AskAsync(world, input)).GetResultAsync();
        await (await AskAsync(world, input with { FulfilledByAmazon = false })).GetResultAsync();
        Assert.Equal(2, world.Log.Of("fees").Count);
    }

    [Fact]
    public async Task An_unknown_product_is_an_answer_with_Amazons_reason()
    {
        await using var world = World.Start(temporal.Environment);
        var asked = await AskAsync(world, Input("B0NOTTHERE"));
        Assert.Equal(new FeeEstimateResult(null, FeeRefusal.AsinUnknown, "The item is not in the catalogue."), await asked.GetResultAsync());
        Assert.Equal("Refused", (await asked.QueryAsync(wf => wf.Status)).State);
    }

    [Theory]
    [InlineData(FailureTypes.StateConflict, FeeRefusal.NotConnected)]
    [InlineData(FailureTypes.ProviderRejected, FeeRefusal.Refused)]
    [InlineData(FailureTypes.ProviderUnavailable, FeeRefusal.NotAnswering)]
    public async Task What_keeps_Amazon_from_answering_is_said_and_the_run_ends(string failure, FeeRefusal refusal)
    {
        await using var world = World.Start(temporal.Environment);
        world.Log.FailOnce("fees", failure);
        var result = await (await AskAsync(world, Input(FakeFees.Known))).GetResultAsync();
        Assert.Equal((refusal, "Planned failure of fees."), (result.Refusal, result.Reason));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_understood_fails_the_run_so_that_a_person_looks()
    {
        await using var world = World.Start(temporal.Environment);
        world.Log.FailOnce("fees", FailureTypes.ProviderContract);
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(async () => await (await AskAsync(world, Input(FakeFees.Known))).GetResultAsync());
        Assert.Equal(FailureTypes.ProviderContract, Assert.IsType<ApplicationFailureException>(Assert.IsType<ActivityFailureException>(failed.InnerException).InnerException).ErrorType);
    }

    [Fact]
    public async Task Canceled_while_Amazon_is_asked_it_ends_as_canceled()
    {
        await using var world = World.Start(temporal.Environment);
        var held = world.Log.Hold("fees", FakeFees.Known);
        var asked = await AskAsync(world, Input(FakeFees.Known));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("fees").Count == 1));
        await asked.CancelAsync();
        await Canceled.EndedAsync(world, asked);
        held.SetResult();
    }

    private static FeeEstimateInput Input(string asin) => new("sac_1", "ATVPDKIKX0DER", asin, FakeAmazon.Usd(2_400), FulfilledByAmazon: true);

    private static Task<WorkflowHandle<FeeEstimateWorkflow, FeeEstimateResult>> AskAsync(World world, FeeEstimateInput input) => world.Client.StartWorkflowAsync((FeeEstimateWorkflow wf) => wf.RunAsync(input),
        new(FeeEstimateWorkflow.IdFor(input), TaskQueues.Lifecycle) { IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate, IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
}
