using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Workflows.Bids;
using Ccn.Workflows.Designs;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Bids;

/// <summary>Bids on a design. Each command is one update of the running bidding round.</summary>
public sealed class BidCommands(ITemporalClient temporal, CcnDbContext db, CurrentUser user)
{
    private const int MaxNote = 2_000;

    /// <summary>Lodges the seller's sealed bid, or replaces it while the window is open.</summary>
    public async Task<BidReceipt> PlaceAsync(string designId, string bidId, BidTerms terms)
    {
        Check.Id(bidId, Ids.Bid, "bidId");
        Validate(terms);
        var sellerId = user.Id;
        if (!await db.SellerAccounts.AnyAsync(account => account.SellerId == sellerId && account.Verified))
        {
            throw new ProblemException(ProblemCode.SellerNotVerified, "Only verified sellers can bid. Connect your Amazon account and wait for the verification.");
        }

        return await (await RoundAsync(designId)).ExecuteUpdateAsync(wf => wf.PlaceBidAsync(new(bidId, sellerId, terms)), new(RequestHash.UpdateId(bidId, terms)));
    }

    public async Task WithdrawAsync(string designId, string bidId) =>
        await (await RoundAsync(designId)).ExecuteUpdateAsync(wf => wf.WithdrawBidAsync(new(bidId, user.Id)), new($"withdraw:{bidId}"));

    /// <summary>The creator's choice. Of two requests in the same instant one wins; the other is refused.</summary>
    public async Task AcceptAsync(string designId, string bidId, string? key) =>
        await (await MyRoundAsync(designId)).ExecuteUpdateAsync(wf => wf.AcceptBidAsync(new(bidId, user.Id)), new(IdempotencyKey.For(key, user.Id)));

    public async Task DeclineAllAsync(string designId, string? key) =>
        await (await MyRoundAsync(designId)).ExecuteUpdateAsync(wf => wf.DeclineAllAsync(new(user.Id)), new(IdempotencyKey.For(key, user.Id)));

    /// <summary>A standby bidder takes or leaves the licence that fell through.</summary>
    public async Task AnswerStandbyAsync(string designId, string bidId, bool accept, string? key)
    {
        var sellerId = user.Id;
        if (!await db.Bids.AnyAsync(bid => bid.Id == bidId && bid.DesignId == designId && bid.SellerId == sellerId)) { throw ProblemException.NotFound("bid"); }

        await temporal.GetWorkflowHandle<DesignLifecycleWorkflow>(DesignLifecycleWorkflow.IdFor(designId))
            .ExecuteUpdateAsync(wf => wf.AnswerStandbyAsync(new(sellerId, bidId, accept)), new(IdempotencyKey.For(key, sellerId)));
    }

    private static void Validate(BidTerms terms)
    {
        var errors = new FieldErrors();
        if (terms.Mode is RoyaltyMode.Percent)
        {
            errors.Add(terms.RateBasisPoints is < 1 or > 10_000, "rateBasisPoints", "is between 1 (0.01 %) and 10000 (100 %)");
            errors.Add(terms.PerUnit is not null, "perUnit", "is left out of a percent bid");
        }
        else
        {
            errors.Add(terms.PerUnit is not { MinorUnits: > 0 }, "perUnit", "is the fee per unit and more than zero");
            errors.Add(terms.PerUnit is { } fee && fee.Currency != terms.PlannedPrice.Currency, "perUnit", "is in the currency of the planned price");
        }

        errors.Add(terms.PlannedPrice.MinorUnits <= 0 || !Currencies.IsKnown(terms.PlannedPrice.Currency ?? ""), "plannedPrice", "is more than zero, in a known currency");
        errors.Add(terms.PlannedUnits is < 1 or > 10_000_000, "plannedUnits", "is between 1 and 10,000,000");
        errors.Add(terms.TermMonths is < 1 or > 120, "termMonths", "is between 1 and 120");
        errors.Add(terms.Note?.Length > MaxNote, "note", $"has at most {MaxNote} characters");
        errors.Throw();
    }

    // Another person's design is not told apart from one that does not exist.
    private async Task<WorkflowHandle<BiddingWorkflow>> MyRoundAsync(string designId)
    {
        var creator = user.Id;
        return await db.Designs.AnyAsync(design => design.Id == designId && design.CreatorId == creator) ? await RoundAsync(designId) : throw ProblemException.NotFound("design");
    }

    private async Task<WorkflowHandle<BiddingWorkflow>> RoundAsync(string designId)
    {
        var round = await db.Biddings.AsNoTracking().Where(bidding => bidding.DesignId == designId).OrderByDescending(bidding => bidding.OpenedAt).Select(bidding => bidding.Id).FirstOrDefaultAsync();

        // A first round that opened a moment ago may not be on record yet, but its id is known. Where there is none, the server says so.
        return temporal.GetWorkflowHandle<BiddingWorkflow>(round ?? BiddingWorkflow.IdFor(designId));
    }
}
