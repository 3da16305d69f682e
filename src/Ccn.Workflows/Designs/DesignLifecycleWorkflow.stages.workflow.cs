using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Production;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sourcing;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Designs;

/// <summary>The stages after publication, each a child workflow with its own id.</summary>
public sealed partial class DesignLifecycleWorkflow
{
    private StandbyOffer? offer;
    private bool selling;

    /// <summary>A bidding round and the signatures, with the standby bidders after the first. Null when it came to nothing.</summary>
    private async Task<SignedLicence?> BidRoundAsync()
    {
        openBidding = false;
        var bidding = await RunBiddingAsync(++rounds);
        if (bidding?.Accepted is not { } best)
        {
            stage = DesignStage.Published;
            return null;
        }

        (bidAccepted, withdrawal) = (true, null);
        var bidders = new List<SealedBid> { best };
        bidders.AddRange(bidding.Standby);
        foreach (var bid in bidders)
        {
            if (bid != best && !await StandbyTakesItAsync(bid)) { continue; }
            if (await SignAsync(bid) is { } signed) { return signed; }
        }

        bidAccepted = false;
        stage = DesignStage.Published;
        return null;
    }

    /// <summary>The creator may withdraw until a bid is accepted, also while bids are out: then the round is canceled.</summary>
    private async Task<BiddingResult?> RunBiddingAsync(int round)
    {
        stage = DesignStage.OpenToBids;
        progress.Waiting(stage.ToString(), "the bidding round", Party.Seller);
        var bidding = new BiddingInput(input.DesignId, input.CreatorId, round, Template.Bidding);
        return await RunChildUntilAsync("bidding", DateTimeOffset.MaxValue, () => withdrawal is not null, cancel => Workflow.StartChildWorkflowAsync(
            (BiddingWorkflow wf) => wf.RunAsync(bidding), Child(BiddingWorkflow.IdFor(input.DesignId, round), "Sealed bids", cancel)));
    }

    private async Task<bool> StandbyTakesItAsync(SealedBid bid)
    {
        var until = WorkflowTime.Now + Template.Bidding.StandbyOffer;
        offer = new(bid);
        await progress.RecordAsync($"{bid.BidId}:standby-offered", null, new StandbyOffered(bid.BidId, bid.SellerId, until));
        await EnterAsync(DesignStage.OpenToBids, "the next bidder's answer to the standby offer", Party.Seller, until, "the bidder after that is asked", bid.BidId);
        var (answered, accepted) = (false, false);
        try
        {
            answered = await WorkflowTime.UntilAsync(() => offer.Accepted is not null, until, "Standby offer");
            accepted = offer.Accepted is true;
        }
        finally
        {
            // Also when the life cycle is canceled: no offer stays open behind it.
            await progress.RecordAsync($"{bid.BidId}:standby-answered", answered ? bid.SellerId : null, new StandbyAnswered(bid.BidId, bid.SellerId, accepted, !answered));
            offer.Closed = true;
            offer = null;
        }

        return accepted;
    }

    private async Task<SignedLicence?> SignAsync(SealedBid bid)
    {
        var licenceId = WorkflowIds.Named(Ids.Licence, $"{input.DesignId}/{bid.BidId}");
        var terms = LicenceDraft.From(licenceId, input, bid);
        stage = DesignStage.Licensing;
        progress.Waiting(stage.ToString(), "the signatures", Party.Creator);
        var licensing = new LicensingInput(terms, bid.BidId, Template.Signing);
        var result = await progress.RequireAsync("licensing", () => RunChildAsync(cancel => Workflow.StartChildWorkflowAsync(
            (LicensingWorkflow wf) => wf.RunAsync(licensing), Child(LicensingWorkflow.IdFor(licenceId), "Signatures of a licence", cancel))));
        return result is { Outcome: LicenceOutcome.InForce, EffectiveAt: { } from, EndsAt: { } to } ? new(terms, from, to) : null;
    }

    /// <summary>Everything under a licence: statements beside it, goods, the offer, until the licence ends.</summary>
    private async Task<DesignStage> MakeAndSellAsync(SignedLicence licence)
    {
        await StartRoyaltiesAsync(licence);
        await EnterAsync(DesignStage.Licensed, "the seller's request to suppliers", Party.Seller, licence.EndsAt, "the licence ends", licence.Terms.LicenceId);
        if (await OrderAsync(licence) is { } quote)
        {
            var goods = await ProduceAsync(licence, quote);
            await ListAsync(licence, goods.Receipt.Sellable);
        }

        await progress.RecordAsync("licence-ended", null, new LicenceEnded(licence.Terms.LicenceId, "The term has ended."));
        await EndAsync(DesignStage.Ended, "ended", new LifecycleEnded(DesignStage.Ended, "The licence has ended."));
        return stage;
    }

    private async Task StartRoyaltiesAsync(SignedLicence licence)
    {
        var royalties = new RoyaltyLoopInput(licence.Terms, Template.Royalties, Template.Payouts, Template.Calendar, licence.EffectiveAt, licence.EndsAt, 1);
        await progress.TryAsync("start-royalties", async () =>
        {
            try
            {
                await Workflow.StartChildWorkflowAsync((RoyaltyLoopWorkflow wf) => wf.RunAsync(royalties), new()
                {
                    Id = RoyaltyLoopWorkflow.IdFor(licence.Terms.LicenceId), StaticSummary = "Statements of a licence", StaticDetails = Details,
                    ParentClosePolicy = ParentClosePolicy.Abandon, CancellationType = ChildWorkflowCancellationType.Abandon,

                    // Also when both signed in the moment of a cancellation: a licence in force has statements.
                    CancellationToken = CancellationToken.None,
                });
            }
            catch (WorkflowAlreadyStartedException) { Workflow.Logger.LogDebug("The statements of {LicenceId} run already.", licence.Terms.LicenceId); }
        });
    }

    /// <summary>Requests for quotation until one is ordered or the licence ends.</summary>
    private async Task<ApprovedQuote?> OrderAsync(SignedLicence licence)
    {
        var sourcing = new SourcingInput(licence.Terms.LicenceId, input.DesignId, input.CreatorId, licence.Terms.SellerId, Template.Sourcing);
        while (WorkflowTime.Now < licence.EndsAt)
        {
            stage = DesignStage.Sourcing;
            progress.Waiting(stage.ToString(), "suppliers", Party.Seller, licence.EndsAt, "the licence ends");
            var result = await RunChildUntilAsync("sourcing", licence.EndsAt, () => false, cancel => Workflow.StartChildWorkflowAsync(
                (SourcingWorkflow wf) => wf.RunAsync(sourcing), Child(SourcingWorkflow.IdFor(licence.Terms.LicenceId), "Request for quotation", cancel)));
            if (result?.Approved is not null) { return result.Approved; }
        }

        return null;
    }

    private Task<ProductionResult> ProduceAsync(SignedLicence licence, ApprovedQuote quote)
    {
        stage = DesignStage.InProduction;
        progress.Waiting(stage.ToString(), "the goods", Party.Supplier);
        var orderId = WorkflowIds.Named(Ids.Order, $"{licence.Terms.LicenceId}/{quote.QuoteId}");
        var order = new ProductionInput(orderId, licence.Terms.LicenceId, input.DesignId, input.CreatorId, licence.Terms.SellerId, quote, Template.Production);
        return progress.RequireAsync("production", () => RunChildAsync(cancel => Workflow.StartChildWorkflowAsync(
            (ProductionWorkflow wf) => wf.RunAsync(order), Child(ProductionWorkflow.IdFor(orderId), "Purchase order", cancel))));
    }

    private async Task ListAsync(SignedLicence licence, int sellable)
    {
        var sellerId = licence.Terms.SellerId;
        var account = await progress.RequireAsync("find-seller-account", () => Workflow.ExecuteActivityAsync(
            (IListingActivities a) => a.FindSellerAccountAsync(sellerId), ActivityPolicies.Data.Titled("The seller's account at Amazon")));
        var listingId = WorkflowIds.Named(Ids.Listing, licence.Terms.LicenceId);
        var listing = new ListingInput(listingId, licence.Terms.LicenceId, input.DesignId, input.CreatorId, sellerId, account.SellerAccountId, SkuFor(listingId), account.Marketplace,
            sellable, licence.EndsAt, Template.Listing);
        progress.Waiting(stage.ToString(), "the listing", Party.Seller, licence.EndsAt, "the licence ends");
        var running = progress.RequireAsync("listing", () => RunChildAsync(cancel => Workflow.StartChildWorkflowAsync(
            (ListingWorkflow wf) => wf.RunAsync(listing), Child(ListingWorkflow.IdFor(listingId), "Offer at Amazon", cancel))));
        await Workflow.WaitConditionAsync(() => running.IsCompleted || selling, CancellationToken.None);
        if (!running.IsCompleted) { await EnterAsync(DesignStage.Selling, "sales", Party.Community, licence.EndsAt, "the offer is taken down", listingId); }

        await running;
    }

    /// <summary>Runs a stage to its end, or cancels it when the condition holds or the deadline has passed; then null.</summary>
    private async Task<T?> RunChildUntilAsync<TWorkflow, T>(string step, DateTimeOffset deadline, Func<bool> stop, Func<CancellationToken, Task<ChildWorkflowHandle<TWorkflow, T>>> start)
        where T : class
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        var stopped = false;
        var running = progress.RequireAsync(step, async () =>
        {
            try { return await ChildWorkflows.RunAsync(start, cancel.Token); }
            catch (Exception e) when (stopped && TemporalException.IsCanceledException(e)) { return null; }
        });

        // The child hears of a cancellation by its own token; here only its end counts.
        if (deadline == DateTimeOffset.MaxValue) { await Workflow.WaitConditionAsync(() => running.IsCompleted || stop(), CancellationToken.None); }
        else { await WorkflowTime.UntilAsync(() => running.IsCompleted || stop(), deadline, "Licence ends", CancellationToken.None); }

        if (!running.IsCompleted)
        {
            stopped = true;
            cancel.Cancel();
        }

        return await running;
    }

    private static Task<T> RunChildAsync<TWorkflow, T>(Func<CancellationToken, Task<ChildWorkflowHandle<TWorkflow, T>>> start) => ChildWorkflows.RunAsync(start, Workflow.CancellationToken);

    // Amazon allows 40 characters; the listing's id alone makes it unique per seller.
    private static string SkuFor(string listingId) => $"CCN-{listingId[(Ids.Listing.Length + 1)..]}";

    private string Details => LabelFor(input.DesignId, Template).Details;

    private ChildWorkflowOptions Child(string id, string summary, CancellationToken cancel) => new()
    {
        Id = id,
        StaticSummary = summary,
        StaticDetails = Details,
        CancellationToken = cancel,
        ParentClosePolicy = ParentClosePolicy.RequestCancel,
        IdReusePolicy = Temporalio.Api.Enums.V1.WorkflowIdReusePolicy.AllowDuplicate,
    };

    private sealed record SignedLicence(LicenceTerms Terms, DateTimeOffset EffectiveAt, DateTimeOffset EndsAt);

    private sealed class StandbyOffer(SealedBid bid)
    {
        public SealedBid Bid { get; } = bid;
        public bool? Accepted { get; set; }
        public bool Closed { get; set; }
    }
}
