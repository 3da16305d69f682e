using Ccn.Domain.Bids;
using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Bids;

public sealed partial class BiddingWorkflow
{
    private bool WindowIsOpen => phase is BidPhase.Sealed && WorkflowTime.Now < closesAt;
    private bool CreatorMayDecide => phase is BidPhase.Revealed && accepted is null && lapseReason is null && WorkflowTime.Now <= decideBy;

    /// <summary>Lodges a sealed bid. The same bid again is answered with its first receipt.</summary>
    [WorkflowUpdate("PlaceBid")]
    public async Task<BidReceipt> PlaceBidAsync(PlaceBid command)
    {
        if (bids.Find(bid => bid.BidId == command.BidId) is { } lodged) { return new(lodged.BidId, ReceiptOf(lodged), lodged.LodgedAt); }

        // In place before the first await: a bid that was let in while the window was open counts, whatever the store is doing.
        var replaced = bids.Find(bid => bid.SellerId == command.SellerId);
        if (replaced is not null) { bids.Remove(replaced); }
        var sealedBid = new SealedBid(command.BidId, command.SellerId, WorkflowTime.Now, command.Terms, Workflow.NewGuid().ToString("N"));
        bids.Add(sealedBid);

        if (replaced is not null) { await progress.RecordAsync($"{replaced.BidId}:withdrawn", command.SellerId, new BidWithdrawn(replaced.BidId)); }
        var receipt = ReceiptOf(sealedBid);
        await progress.RecordAsync($"{command.BidId}:lodged", command.SellerId, new BidLodged(command.BidId, command.SellerId, receipt));
        return new(command.BidId, receipt, sealedBid.LodgedAt);
    }

    [WorkflowUpdateValidator(nameof(PlaceBidAsync))]
    public void ValidatePlaceBid(PlaceBid command)
    {
        if (bids.Find(bid => bid.BidId == command.BidId) is { } lodged)
        {
            if (lodged.SellerId != command.SellerId || lodged.Terms != command.Terms) { throw Refusal.Duplicate("This bid id was used for another bid."); }

            return;
        }

        if (!WindowIsOpen) { throw Refusal.Conflict("The bidding window is closed."); }
        if (command.SellerId == input.CreatorId) { throw Refusal.Invalid("Creators do not bid on their own designs."); }
        if (BidRules.Refuse(command.Terms, input.Rules) is { } reason) { throw Refusal.Invalid(reason); }
    }

    /// <summary>Takes the seller's own bid back while the window is open.</summary>
    [WorkflowUpdate("WithdrawBid")]
    public async Task<WorkflowStatus> WithdrawBidAsync(WithdrawBid command)
    {
        bids.RemoveAll(bid => bid.BidId == command.BidId);
        await progress.RecordAsync($"{command.BidId}:withdrawn", command.SellerId, new BidWithdrawn(command.BidId));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(WithdrawBidAsync))]
    public void ValidateWithdrawBid(WithdrawBid command)
    {
        if (!WindowIsOpen) { throw Refusal.Conflict("The bidding window is closed."); }
        if (!bids.Exists(bid => bid.BidId == command.BidId && bid.SellerId == command.SellerId)) { throw Refusal.Conflict("You have no such open bid."); }
    }

    /// <summary>The creator takes one bid. Of two at the same instant the first wins and the second is refused.</summary>
    [WorkflowUpdate("AcceptBid")]
    public async Task<WorkflowStatus> AcceptBidAsync(AcceptBid command)
    {
        accepted = bids.Find(bid => bid.BidId == command.BidId);
        await Workflow.WaitConditionAsync(() => phase is BidPhase.Accepted or BidPhase.Lapsed);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(AcceptBidAsync))]
    public void ValidateAcceptBid(AcceptBid command)
    {
        ValidateDecision(command.CreatorId);
        if (!bids.Exists(bid => bid.BidId == command.BidId)) { throw Refusal.Conflict("There is no such bid."); }
    }

    /// <summary>The creator takes none of the bids.</summary>
    [WorkflowUpdate("DeclineAll")]
    public async Task<WorkflowStatus> DeclineAllAsync(DeclineAllBids command)
    {
        lapseReason = "The creator declined all bids.";
        await Workflow.WaitConditionAsync(() => phase is BidPhase.Accepted or BidPhase.Lapsed);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(DeclineAllAsync))]
    public void ValidateDeclineAll(DeclineAllBids command) => ValidateDecision(command.CreatorId);

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    private static string ReceiptOf(SealedBid bid) => BidCommitment.Receipt(bid.BidId, bid.SellerId, bid.LodgedAt, bid.Terms, bid.Nonce!);

    private void ValidateDecision(string creatorId)
    {
        if (creatorId != input.CreatorId) { throw Refusal.Conflict("Only the design's creator decides on its bids."); }
        if (!CreatorMayDecide) { throw Refusal.Conflict(phase is BidPhase.Sealed ? "The bids are still sealed." : "The bids are decided."); }
    }
}
