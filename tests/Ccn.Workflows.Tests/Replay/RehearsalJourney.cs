using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Notifications;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Production;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Sourcing;
using Ccn.Workflows.Tests.Fakes;

namespace Ccn.Workflows.Tests.Replay;

/// <summary>The whole story in seconds of real time, by the rehearsal template: for a server that cannot skip time, and for recording histories.</summary>
internal static class RehearsalJourney
{
    /// <summary>Runs it up to a confirmed payout. All workflows are left as they stand then.</summary>
    /// <returns>Type and id of every workflow that took part.</returns>
    public static async Task<IReadOnlyList<(string Type, string Id)>> RunAsync(World world)
    {
        var template = StandardTemplates.Rehearsal;
        world.Designs.Ranking.Add("dsg_1");
        world.Ledger.Royalties[1] = 60_000;
        var now = await world.NowAsync();
        await world.StartAsync((ContestWorkflow wf) => wf.RunAsync(new("ctt_1", "usr_admin", "Mugs", "Brief", "home", template.Contest, now)), ContestWorkflow.IdFor("ctt_1"));
        var design = await world.StartAsync((DesignLifecycleWorkflow wf) => wf.RunAsync(Samples.Design(template)), DesignLifecycleWorkflow.IdFor("dsg_1"));
        await StateAsync(() => design.QueryAsync(wf => wf.Status), "Published");
        Assert.True((await design.ExecuteUpdateAsync(wf => wf.EnterContestAsync(new("ctt_1", "usr_ada")))).Accepted);

        await LicenseAsync(world);
        await MakeAsync(world);
        await ListAsync(world);
        await PayAsync(world);
        await NoticesDue.SignalAsync(world.Client);
        await StateAsync(() => world.Client.GetWorkflowHandle<NoticeDeliveryWorkflow>(NoticeDeliveryWorkflow.Id).QueryAsync(wf => wf.Status), "Waiting");
        await (await world.StartAsync((FeeEstimateWorkflow wf) => wf.RunAsync(Fees), FeeEstimateWorkflow.IdFor(Fees))).GetResultAsync();
        return Participants(world);
    }

    private static FeeEstimateInput Fees => new("sac_usr_cy", "ATVPDKIKX0DER", FakeFees.Known, FakeAmazon.Usd(2_400), FulfilledByAmazon: true);

    private static async Task LicenseAsync(World world)
    {
        await FactAsync<BiddingOpened>(world);
        var bidding = world.Client.GetWorkflowHandle<BiddingWorkflow>(BiddingWorkflow.IdFor("dsg_1"));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_8", "usr_bob", Samples.Bid(800))));
        await bidding.ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new("bid_10", "usr_cy", Samples.Bid(1_000))));
        await StateAsync(() => bidding.QueryAsync(wf => wf.Status), "Revealed");
        await bidding.ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new("bid_10", "usr_ada")));

        await FactAsync<LicenceSent>(world);
        var sent = world.Events.One<LicenceSent>();
        var now = await world.NowAsync();
        world.Signing.Sign(sent.EnvelopeId, "usr_ada", now);
        world.Signing.Sign(sent.EnvelopeId, "usr_cy", now);
        await world.Client.GetWorkflowHandle<LicensingWorkflow>(LicensingWorkflow.IdFor(sent.LicenceId)).SignalAsync(wf => wf.EnvelopeEventAsync(new("m1", sent.EnvelopeId, "envelope-completed", now)));
        await FactAsync<LicenceInForce>(world);
    }

    private static async Task MakeAsync(World world)
    {
        var sourcing = world.Client.GetWorkflowHandle<SourcingWorkflow>(SourcingWorkflow.IdFor(world.Events.One<LicenceInForce>().LicenceId));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Sourcing)));
        await sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_1", "usr_cy", 500, "spec", new[] { "sup_1", "sup_2", "sup_3" })));
        var quote = Samples.Quote("qte_1", "sup_1", (await world.NowAsync()).AddDays(15));
        await sourcing.SignalAsync(wf => wf.SupplierQuotedAsync(new("r1", "rfq_1", quote)));
        await FactAsync<QuoteReceived>(world);
        await sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_cy", 500)));

        await FactAsync<OrderPlaced>(world);
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

    private static async Task ListAsync(World world)
    {
        await FactAsync<ListingOpened>(world);
        var listing = world.Client.GetWorkflowHandle<ListingWorkflow>(ListingWorkflow.IdFor(world.Events.One<ListingOpened>().ListingId));
        world.Amazon.SoldDesignIds = ["dsg_1"];
        await StateAsync(() => listing.QueryAsync(wf => wf.Status), "Checklist");
        await listing.ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new("usr_cy", FakeAmazon.Content("Mug by Ada"), FakeAmazon.Usd(2_000), 500)));
        await StateAsync(() => listing.QueryAsync(wf => wf.Status), "Buyable");
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Stages.Contains(DesignStage.Selling)));
    }

    private static async Task PayAsync(World world)
    {
        await FactAsync<PayoutPrepared>(world);
        var payee = world.Client.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor("usr_ada"));
        var payoutId = world.Events.One<PayoutPrepared>().PayoutId;
        await StateAsync(() => payee.QueryAsync(wf => wf.Status), "AwaitingApproval");
        await payee.ExecuteUpdateAsync(wf => wf.ApproveAsync(new(payoutId, "usr_fin", "hash-1")));
        await FactAsync<PayoutSent>(world);
        world.Ledger.Readings[payoutId] = new(PayoutState.Confirmed, FakeAmazon.Usd(25), await world.NowAsync(), null);
        await payee.SignalAsync(wf => wf.ProviderEventAsync(new("w1", payoutId, "PAYMENT.PAYOUTS-ITEM.SUCCEEDED", DateTimeOffset.UnixEpoch)));
        await FactAsync<PayoutConfirmed>(world);
    }

    private static IReadOnlyList<(string Type, string Id)> Participants(World world)
    {
        var licenceId = world.Events.One<LicenceInForce>().LicenceId;
        return
        [
            ("DesignLifecycle", DesignLifecycleWorkflow.IdFor("dsg_1")), ("Contest", ContestWorkflow.IdFor("ctt_1")), ("Bidding", BiddingWorkflow.IdFor("dsg_1")),
            ("Licensing", LicensingWorkflow.IdFor(licenceId)), ("Sourcing", SourcingWorkflow.IdFor(licenceId)), ("Production", ProductionWorkflow.IdFor(world.Events.One<OrderPlaced>().OrderId)),
            ("Listing", ListingWorkflow.IdFor(world.Events.One<ListingOpened>().ListingId)), ("SalesIntake", SalesIntakeWorkflow.IdFor("sac_usr_cy")),
            ("RoyaltyLoop", RoyaltyLoopWorkflow.IdFor(licenceId)), ("PayeePayout", PayeePayoutWorkflow.IdFor("usr_ada")), ("NoticeDelivery", NoticeDeliveryWorkflow.Id),
            ("FeeEstimate", FeeEstimateWorkflow.IdFor(Fees)),
        ];
    }

    private static Task FactAsync<T>(World world) where T : EventData => Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<T>().Count > 0));

    private static Task StateAsync(Func<Task<WorkflowStatus>> query, string state) => Eventually.AsyncTrue(async () =>
    {
        try { return (await query()).State == state; }
        catch (Temporalio.Exceptions.RpcException e) when (e.Code is Temporalio.Exceptions.RpcException.StatusCode.NotFound) { return false; }
    });
}
