using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Production;
using Ccn.Workflows.Sourcing;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Client;

namespace Ccn.Workflows.Tests.Designs;

/// <summary>The reference journey of one design, part by part, as its people take it.</summary>
internal static class DesignJourney
{
    public static Task<WorkflowHandle<DesignLifecycleWorkflow, DesignStage>> StartAsync(World world) =>
        world.StartAsync((DesignLifecycleWorkflow wf) => wf.RunAsync(Samples.Design(null)), DesignLifecycleWorkflow.IdFor("dsg_1"));

    public static async Task<WorkflowHandle<DesignLifecycleWorkflow, DesignStage>> SubmitAsync(World world)
    {
        var design = await StartAsync(world);
        await Eventually.StandsAtAsync(design, "Published");
        return design;
    }

    public static async Task BidAndAcceptAsync(World world, string id)
    {
        var bidding = world.Client.GetWorkflowHandle<BiddingWorkflow>(id);
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<BiddingOpened>().Count == 1));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_10", "usr_cy", Samples.Bid(1_000))));
        await world.PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_10", "usr_ada")));
    }

    public static async Task SignAsync(World world, string sellerId)
    {
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<LicenceSent>().Any(sent => sent.EnvelopeId == "env_" + sellerId)));
        var now = await world.NowAsync();
        world.Signing.Sign("env_" + sellerId, "usr_ada", now);
        world.Signing.Sign("env_" + sellerId, sellerId, now);
        await TellSigningAsync(world, sellerId);
    }

    public static async Task TellSigningAsync(World world, string sellerId)
    {
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<LicenceSent>().Any(sent => sent.EnvelopeId == "env_" + sellerId)));
        var licenceId = world.Events.Of<LicenceSent>().Single(sent => sent.EnvelopeId == "env_" + sellerId).LicenceId;
        await world.Client.GetWorkflowHandle<LicensingWorkflow>(LicensingWorkflow.IdFor(licenceId)).SignalAsync(wf => wf.EnvelopeEventAsync(new("msg-" + sellerId, "env_" + sellerId, "envelope-completed", DateTimeOffset.UnixEpoch)));
    }

    public static async Task OrderAsync(World world)
    {
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Sourcing)));
        var sourcing = world.Client.GetWorkflowHandle<SourcingWorkflow>(SourcingWorkflow.IdFor(world.Events.One<LicenceInForce>().LicenceId));
        await sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_1", "usr_cy", 500, "spec", new[] { "sup_1", "sup_2", "sup_3" })));
        var quote = Samples.Quote("qte_1", "sup_1", (await world.NowAsync()).AddDays(15));
        await sourcing.SignalAsync(wf => wf.SupplierQuotedAsync(new("r1", "rfq_1", quote)));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<QuoteReceived>().Count == 1));
        await sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_cy", 500)));
    }

    public static async Task ProduceAsync(World world)
    {
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<OrderPlaced>().Count == 1));
        var order = world.Client.GetWorkflowHandle<ProductionWorkflow>(ProductionWorkflow.IdFor(world.Events.One<OrderPlaced>().OrderId));
        await StateAsync(() => order.QueryAsync(wf => wf.Status), "Placed");
        await order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_cy", OrderPayment.Deposit)));
        await StateAsync(() => order.QueryAsync(wf => wf.Status), "DepositPaid");
        await order.SignalAsync(wf => wf.MilestoneReportedAsync(new("m1", Milestone.ReadyForInspection, DateTimeOffset.UnixEpoch, null)));
        await StateAsync(() => order.QueryAsync(wf => wf.Status), "ReadyForInspection");
        await order.ExecuteUpdateAsync(wf => wf.RecordInspectionAsync(new("usr_cy", new(500, 50, 0, 0, 0))));
        await StateAsync(() => order.QueryAsync(wf => wf.Status), "Inspected");
        await order.ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new("usr_cy", OrderPayment.Balance)));
        await order.ExecuteUpdateAsync(wf => wf.RecordReceiptAsync(new("usr_cy", 500, 0)));
    }

    public static async Task ListAsync(World world)
    {
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<ListingOpened>().Count == 1));
        var listing = world.Client.GetWorkflowHandle<ListingWorkflow>(ListingWorkflow.IdFor(world.Events.One<ListingOpened>().ListingId));
        await StateAsync(() => listing.QueryAsync(wf => wf.Status), "Checklist");
        await listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_cy", FakeAmazon.Content("Mug by Ada"), FakeAmazon.Usd(2_000), 500)));
        await world.PassAsync(TimeSpan.FromMinutes(40));
        await StateAsync(() => listing.QueryAsync(wf => wf.Status), "Buyable");
    }

    public static Task StateAsync(Func<Task<WorkflowStatus>> query, string state) => Eventually.AsyncTrue(async () => (await query()).State == state);
}
