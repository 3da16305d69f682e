using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Listings;

public sealed partial class ListingWorkflow
{
    /// <summary>The seller submits the listing; the answer is the provider's word, with each problem explained.</summary>
    [WorkflowUpdate("SubmitListing")]
    public async Task<ListingSubmission> SubmitListingAsync(SubmitListing command)
    {
        answer = null;
        submitted = command;
        await Workflow.WaitConditionAsync(() => answer is not null || state is ListingState.Ended);
        return answer ?? throw Refusal.Conflict("The listing has ended.");
    }

    [WorkflowUpdateValidator(nameof(SubmitListingAsync))]
    public void ValidateSubmitListing(SubmitListing command)
    {
        RequireSeller(command.SellerId);
        if (state is not (ListingState.Checklist or ListingState.Issues) || submitted is not null) { throw Refusal.Conflict($"The listing is {state}."); }

        var missing = Missing(command.Content).ToList();
        if (missing.Count > 0) { throw Refusal.Invalid($"The checklist is not complete: {string.Join(", ", missing)}."); }
        if (command.Price.MinorUnits <= 0) { throw Refusal.Invalid("The price is above zero."); }
        RequireStock(command.Quantity);
    }

    /// <summary>A new price, in force at Amazon when this is answered.</summary>
    [WorkflowUpdate("ChangePrice")]
    public async Task<WorkflowStatus> ChangePriceAsync(ChangePrice command)
    {
        await OneAtATimeAsync(async () =>
        {
            await AskAmazonAsync(() => Workflow.ExecuteActivityAsync(
                (IListingActivities a) => a.ChangePriceAsync(new(input.SellerAccountId, input.Marketplace, input.Sku, command.Price)), ActivityPolicies.Interactive.Titled($"Change the price to {command.Price}")));
            price = command.Price;
            await progress.RecordAsync(Numbered("price", ++changes), command.SellerId, new ListingPriceChanged(input.ListingId, command.Price));
        });
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ChangePriceAsync))]
    public void ValidateChangePrice(ChangePrice command)
    {
        RequireSeller(command.SellerId);
        RequireOffer();
        if (command.Price.MinorUnits <= 0 || command.Price.Currency != price?.Currency) { throw Refusal.Invalid("The price is above zero and in the listing's currency."); }
    }

    /// <summary>A new stock, in force at Amazon when this is answered.</summary>
    [WorkflowUpdate("ChangeStock")]
    public async Task<WorkflowStatus> ChangeStockAsync(ChangeStock command)
    {
        await OneAtATimeAsync(async () =>
        {
            await AskAmazonAsync(() => Workflow.ExecuteActivityAsync(
                (IListingActivities a) => a.ChangeStockAsync(new(input.SellerAccountId, input.Marketplace, input.Sku, command.Quantity)), ActivityPolicies.Interactive.Titled($"Change the stock to {command.Quantity}")));
            quantity = command.Quantity;
            await progress.RecordAsync(Numbered("stock", ++changes), command.SellerId, new ListingStockChanged(input.ListingId, command.Quantity));
        });
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ChangeStockAsync))]
    public void ValidateChangeStock(ChangeStock command)
    {
        RequireSeller(command.SellerId);
        RequireOffer();
        RequireStock(command.Quantity);
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    /// <summary>What the checklist still lacks, in the words of the page.</summary>
    private static IEnumerable<string> Missing(ListingContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Title)) { yield return "title"; }
        if (content.Bullets.Count == 0) { yield return "bullet points"; }
        if (string.IsNullOrWhiteSpace(content.Description)) { yield return "description"; }
        if (string.IsNullOrWhiteSpace(content.ProductType)) { yield return "product type"; }
        if (string.IsNullOrWhiteSpace(content.Brand)) { yield return "brand"; }
        if (!content.MainPhotoConfirmed) { yield return "main photo of the golden sample"; }
        if (!content.GtinExempt) { yield return "exemption from product identifiers"; }
    }

    // Two changes of one offer are never under way at once, so the last one asked for is the last one sent.
    private async Task OneAtATimeAsync(Func<Task> change)
    {
        await offer.WaitOneAsync();
        try { await change(); }
        finally { offer.ReleaseMutex(); }
    }

    private static async Task AskAmazonAsync(Func<Task> call)
    {
        try { await call(); }
        catch (ActivityFailureException e) { throw Refusal.Unavailable(e); }
    }

    private void RequireSeller(string userId)
    {
        if (userId != input.SellerId) { throw Refusal.Conflict("Only the licence's seller acts on the listing."); }
    }

    private void RequireOffer()
    {
        if (state is not (ListingState.Submitted or ListingState.Buyable)) { throw Refusal.Conflict($"The listing is {state}."); }
    }

    private void RequireStock(int units)
    {
        if (units < 0 || units > input.SellableUnits) { throw Refusal.Invalid(FormattableString.Invariant($"The stock is 0 to {input.SellableUnits} units: what arrived undamaged.")); }
    }
}
