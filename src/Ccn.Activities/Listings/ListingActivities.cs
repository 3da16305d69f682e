using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Domain;
using Ccn.Providers;
using Ccn.Providers.Amazon;
using Ccn.Workflows.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;
using ListingIssue = Ccn.Domain.Events.ListingIssue;
using ListingSubmission = Ccn.Workflows.Listings.ListingSubmission;

namespace Ccn.Activities.Listings;

/// <inheritdoc cref="IListingActivities"/>
internal sealed partial class ListingActivities(IListingsApi listings, AmazonSellers sellers, CcnDbContext db, ILogger<ListingActivities> logger) : IListingActivities
{
    private const string Accepted = "ACCEPTED", Valid = "VALID", Buyable = "BUYABLE";

    /// <summary>Amazon's product type for changes of the offer alone, whatever the product is.</summary>
    private const string AnyProduct = "PRODUCT";

    public async Task<SellerAccountReference> FindSellerAccountAsync(string sellerId)
    {
        var account = await db.SellerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.SellerId == sellerId, ActivityFailures.Cancel);
        return account is { Verified: true, AmazonSellerId: not null, RefreshTokenReference: not null }
            ? new(account.Id, account.Marketplace)
            : throw ActivityFailures.Conflict($"{sellerId} has no verified selling account that is connected to Amazon.");
    }

    public Task<ListingSubmission> SubmitAsync(SubmitListingInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var seller = await sellers.FindAsync(input.SellerAccountId, cancel);
        var language = Marketplace.Of(input.Marketplace).Language;
        var body = new PutListing(input.Content.ProductType, ListingAttributes.Of(input.Content, input.Price, input.Quantity, input.Marketplace), "LISTING");
        var preview = await ProviderCall.Amazon.RequireAsync(listings.PutAsync(seller.SellerId, input.Sku, input.Marketplace, ListingMode.ValidationPreview, language, body, seller, cancel));
        if (preview.Status != Valid)
        {
            LogSubmitted(input.Sku, preview.Status);
            return new ListingSubmission(false, null, Issues(preview.Issues));
        }

        var written = await ProviderCall.Amazon.RequireAsync(listings.PutAsync(seller.SellerId, input.Sku, input.Marketplace, null, language, body, seller, cancel));
        LogSubmitted(input.Sku, written.Status);
        return new ListingSubmission(written.Status == Accepted, written.SubmissionId, Issues(written.Issues));
    });

    public Task<ListingReading> ReadAsync(ReadListingInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var seller = await sellers.FindAsync(input.SellerAccountId, cancel);
        var item = await ProviderCall.Amazon.FindAsync(listings.GetAsync(
            seller.SellerId, input.Sku, input.Marketplace, ["summaries", "issues"], Marketplace.Of(input.Marketplace).Language, seller, cancel));
        var summary = item?.Summaries?.FirstOrDefault(s => s.MarketplaceId == input.Marketplace);
        return new ListingReading(summary?.Status.Contains(Buyable, StringComparer.Ordinal) is true, summary?.Asin, Issues(item?.Issues));
    });

    public Task ChangePriceAsync(ChangePriceInput input) => ActivityFailures.TranslatedAsync(cancel =>
        PatchAsync(new(input.SellerAccountId, input.Marketplace, input.Sku), new("replace", $"/attributes/{ListingAttributes.Offer}", [ListingAttributes.Offers(input.Price, input.Marketplace)]), cancel));

    public Task ChangeStockAsync(ChangeStockInput input) => ActivityFailures.TranslatedAsync(cancel =>
        PatchAsync(new(input.SellerAccountId, input.Marketplace, input.Sku), new("replace", $"/attributes/{ListingAttributes.Stock}", [ListingAttributes.Stocks(input.Quantity)]), cancel));

    public Task EndAsync(ReadListingInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var seller = await sellers.FindAsync(input.SellerAccountId, cancel);

        // Not there any more: an earlier attempt, or the seller, took it down.
        var ended = await ProviderCall.Amazon.FindAsync(listings.DeleteAsync(seller.SellerId, input.Sku, input.Marketplace, seller, cancel));
        LogEnded(input.Sku, ended?.Status ?? "not there");
    });

    private async Task PatchAsync(ReadListingInput which, ListingPatch patch, CancellationToken cancel)
    {
        var seller = await sellers.FindAsync(which.SellerAccountId, cancel);
        var answer = await ProviderCall.Amazon.RequireAsync(listings.PatchAsync(
            seller.SellerId, which.Sku, which.Marketplace, null, Marketplace.Of(which.Marketplace).Language, new(AnyProduct, [patch]), seller, cancel));
        LogPatched(which.Sku, patch.Path, answer.Status);
        if (answer.Status != Accepted)
        {
            throw new ApplicationFailureException($"Amazon refused the change: {(answer.Issues is [var first, ..] ? first.Message : answer.Status)}", FailureTypes.ProviderRejected, nonRetryable: true);
        }
    }

    private static IReadOnlyList<ListingIssue> Issues(IReadOnlyList<Providers.Amazon.ListingIssue>? issues) =>
        [.. (issues ?? []).Select(issue => new ListingIssue(issue.Code, issue.Severity, issue.Message))];

    [LoggerMessage(Level = LogLevel.Information, Message = "Listing {Sku} submitted: {Status}.")]
    private partial void LogSubmitted(string sku, string status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Listing {Sku} changed at {Path}: {Status}.")]
    private partial void LogPatched(string sku, string path, string status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Listing {Sku} taken down: {Status}.")]
    private partial void LogEnded(string sku, string status);
}
