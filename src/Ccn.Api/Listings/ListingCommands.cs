using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Workflows.Listings;
using Temporalio.Client;

namespace Ccn.Api.Listings;

public sealed class ListingCommands(ITemporalClient temporal, ListingQueries listings, CurrentUser user)
{
    private const int MaxTitleBytes = 200;   // Amazon counts UTF-8 bytes

    /// <summary>Sends the listing to the marketplace; issues that it answers at once come back, later ones show on the listing.</summary>
    public async Task<ListingSubmission> SubmitAsync(string listingId, SubmissionBody body, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(body.Content?.Title, "title", 200);
        errors.Add(body.Content?.Title is { } title && System.Text.Encoding.UTF8.GetByteCount(title) > MaxTitleBytes, "title", $"has at most {MaxTitleBytes} bytes in UTF-8");
        errors.Text(body.Content?.Description, "description", 2_000);
        errors.Text(body.Content?.Brand, "brand", 100);
        errors.Text(body.Content?.ProductType, "productType", 60);
        errors.Add(body.Content?.Bullets is not { Count: <= 5 }, "bullets", "are at most five");
        errors.Add(body.Quantity < 0, "quantity", "is zero or more");
        CheckPrice(errors, body.Price);
        errors.Throw();
        return await (await MineAsync(listingId)).ExecuteUpdateAsync(wf => wf.SubmitListingAsync(new(user.Id, body.Content!, body.Price, body.Quantity)), new(IdempotencyKey.For(key, user.Id)));
    }

    public async Task ChangePriceAsync(string listingId, Money price, string? key)
    {
        var errors = new FieldErrors();
        CheckPrice(errors, price);
        errors.Throw();
        await (await MineAsync(listingId)).ExecuteUpdateAsync(wf => wf.ChangePriceAsync(new(user.Id, price)), new(IdempotencyKey.For(key, user.Id)));
    }

    public async Task ChangeStockAsync(string listingId, int quantity, string? key)
    {
        var errors = new FieldErrors();
        errors.Add(quantity < 0, "quantity", "is zero or more");
        errors.Throw();
        await (await MineAsync(listingId)).ExecuteUpdateAsync(wf => wf.ChangeStockAsync(new(user.Id, quantity)), new(IdempotencyKey.For(key, user.Id)));
    }

    private static void CheckPrice(FieldErrors errors, Money price) => errors.Add(price.MinorUnits <= 0 || !Currencies.IsKnown(price.Currency ?? ""), "price", "is more than zero, in a known currency");

    private async Task<WorkflowHandle<ListingWorkflow>> MineAsync(string listingId)
    {
        var listing = await listings.GetAsync(listingId, CancellationToken.None);
        return listing.SellerId == user.Id ? temporal.GetWorkflowHandle<ListingWorkflow>(ListingWorkflow.IdFor(listingId)) : throw ProblemException.NotFound("listing");
    }
}
